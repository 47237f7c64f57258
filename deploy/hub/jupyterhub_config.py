"""JupyterHub for a class on one Linux machine, started as root: see README.md."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import classroom

HERE = classroom.HERE
c = get_config()  # noqa: F821  (JupyterHub defines it)
STATE = Path("/srv/jupyterhub")

classroom.set_up(
    c,
    instructors=classroom.names(HERE / "instructors.txt"),
    students=classroom.names(HERE / "students.txt"),
    exchange="/srv/exchange",
)

# People log in with their accounts on this machine, and their servers run as them.
c.JupyterHub.authenticator_class = "pam"
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.start_timeout = c.Spawner.http_timeout = 120

# The web server in front of it speaks TLS; nothing else comes from outside.
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.ConfigurableHTTPProxy.command = classroom.proxy_command(HERE / "proxy")
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
c.JupyterHub.db_url = f"sqlite:///{STATE}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
# A restart of the hub leaves people at work alone.
c.JupyterHub.cleanup_servers = False
c.JupyterHub.cleanup_proxy = True
