"""The one exception that the command line turns into a sentence and exit status 2."""


class CourseError(Exception):
    """Bad input: one sentence naming file and place, what is wrong and what to do."""
