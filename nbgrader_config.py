"""Where plain nbgrader commands, run in the course's root, find and put things."""

from pathlib import Path

c = get_config()  # noqa: F821  (nbgrader defines it)
root = Path(__file__).resolve().parent

try:
    from dlcourse.publish import gradebook_guard, sources, stubs

    # On a server: tables are made once, and no log shows a password.
    gradebook_guard.guard()
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

# Grading. What a student's file says of cells, points and formats does not count, and
# one broken submission costs nobody else anything: see book/teaching/cycle.md.
# `nbgrader autograde` goes the same way as `dlcourse grade`: it cleans, runs and scores
# by the same code.
c.Autograde.exporter_class = "dlcourse.grading.sanitize.SubmissionReader"
c.Autograde.sanitize_preprocessors = ["dlcourse.grading.sanitize.RestoreCells"]
c.Autograde.autograde_preprocessors = [
    "dlcourse.grading.execute.SteadyExecute",
    "dlcourse.grading.execute.SaveMarks",
    "nbgrader.preprocessors.AssignLatePenalties",
]
c.SteadyExecute.timeout = 60
c.Execute.timeout = 60  # of releasing, which runs the source
# Nobody else on the machine can listen to what a kernel says.
c.KernelManager.transport_encryption = "auto"

# Penalties for lateness, off by default: see book/teaching/deadlines.md.
# c.AssignLatePenalties.plugin_class = "dlcourse.grading.late.DailyPenalty"
# c.DailyPenalty.a_day = 0.1  # of the marks that were earned, for each day begun
# c.DailyPenalty.grace_minutes = 15  # that cost nothing
# c.DailyPenalty.most = 0.5  # lateness never costs more

# Feedback shows no hidden test, and no page, the formgrader's included, runs what a
# student wrote: see book/teaching/marks.md.
c.GenerateFeedback.exporter_class = "dlcourse.grading.feedback.steps.FeedbackPage"
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "dlcourse.grading.feedback.steps.HideTests",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
c.HTMLExporter.preprocessors = ["dlcourse.grading.feedback.steps.CutOutputs"]
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {
    "markdown2html": "dlcourse.grading.feedback.markup.markdown_to_html",
    "clean_html": "dlcourse.grading.feedback.markup.clean",
}

# Collecting from a zip.
# Moodle's "Download all submissions": NAME_NUMBER_assignsubmission_file/FILE.ipynb
c.FileNameCollectorPlugin.named_regexp = (
    r".*/(?P<student_id>[^/_]+)_\d+_assignsubmission_file(_?/|_)(?P<file_id>[^/]+)"
)
