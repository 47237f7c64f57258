"""The course's server; comes after everybody's."""

c = get_config()  # noqa: F821  (Jupyter defines it)

c.ServerApp.jpserver_extensions = {
    "nbgrader.server_extensions.formgrader": True,
    # The formgrader's button "Autograde" runs `dlcourse grade`.
    "dlcourse.grading.formgrader": True,
    "nbgrader.server_extensions.assignment_list": False,
}
# Instructors share this server: it stays while nobody clicks.
c.ServerApp.shutdown_no_activity_timeout = 0
