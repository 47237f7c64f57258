"""Servers of everybody on the hub."""

c = get_config()  # noqa: F821  (Jupyter defines it)

c.ServerApp.jpserver_extensions = {
    "nbgrader.server_extensions.formgrader": False,  # the course's server has it
    "nbgrader.server_extensions.course_list": False,  # there is one course
}
# Accounts share a machine: nobody else listens to what kernels say.
c.KernelManager.transport_encryption = "auto"
# A forgotten kernel ends after two hours, a forgotten server half an hour later.
c.MappingKernelManager.cull_idle_timeout = 2 * 3600
c.MappingKernelManager.cull_interval = 300
c.ServerApp.shutdown_no_activity_timeout = 1800
