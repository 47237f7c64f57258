"""What the course holds on one student, and deleting it."""
