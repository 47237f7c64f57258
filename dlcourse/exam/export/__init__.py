"""The same exam for other systems: nbgrader, Moodle, QTI 2.1, Canvas."""
