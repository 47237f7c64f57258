"""nbgrader for everybody on the hub."""

import os

c = get_config()  # noqa: F821  (nbgrader defines it)

c.CourseDirectory.course_id = "deep-learning-lab"
c.Exchange.root = os.environ.get("DLCOURSE_EXCHANGE", "/srv/exchange")
if "JUPYTERHUB_API_TOKEN" in os.environ:
    # Only who is in the course's group sees its assignments. Without a hub around, as
    # in a shell by SSH, there is nobody to ask.
    c.Authenticator.plugin_class = "nbgrader.auth.JupyterHubAuthPlugin"
    c.CourseDirectory.student_id = os.environ["JUPYTERHUB_USER"]
# Accounts share a machine: nobody else listens to what a kernel says while validating.
c.KernelManager.transport_encryption = "auto"
