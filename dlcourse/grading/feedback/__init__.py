"""Pages made from marked notebooks: feedback for students, formgrader for markers."""
