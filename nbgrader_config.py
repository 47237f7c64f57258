"""Where plain nbgrader commands, run in the course's root, find and put things."""

from pathlib import Path

c = get_config()  # noqa: F821  (nbgrader defines it)
root = Path(__file__).resolve().parent

try:
    from dlcourse.publish import sources, stubs

    # nbgrader reads notebooks and our sources are text: _build/ holds their copies.
    sources.refresh_sources(root)
except ModuleNotFoundError as error:
    raise SystemExit(
        f"{__file__} cannot be read, because {error.name} is missing here: run the "
        f"nbgrader of the course's own environment, {root}/.venv/bin/nbgrader, or "
        f"install the course into this one by `pip install -e '{root}[course]'`."
    ) from None

# Folders.
sources.make_class_folder(root)
c.CourseDirectory.root = str(root)
c.CourseDirectory.course_id = "deep-learning-lab"
c.CourseDirectory.source_directory = "_build/nbgrader/source"
c.CourseDirectory.release_directory = "exercises"
c.CourseDirectory.submitted_directory = "class/submitted"
c.CourseDirectory.autograded_directory = "class/autograded"
c.CourseDirectory.feedback_directory = "class/feedback"
c.CourseDirectory.solution_directory = "class/solution"
c.CourseDirectory.db_url = f"sqlite:///{root}/class/gradebook.db"
c.ZipCollectApp.downloaded_directory = "class/downloaded"

# Versions. A stub names its task, and the solution keeps the marking schemes.
c.GenerateAssignment.preprocessors = stubs.release_steps()
c.GenerateSolution.preprocessors = stubs.solution_steps()
c.ClearSolutions.text_stub = "*Your answer: write it in place of this line.*"

# Execution.
