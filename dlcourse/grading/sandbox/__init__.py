"""A sandbox for each submission, without Docker and without special rights."""
