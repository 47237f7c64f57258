"""Learning-management systems: their zips of submissions, tables of marks, feedback."""
