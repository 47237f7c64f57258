"""JupyterHub for trying the course on one's own computer: `make hub` starts it.

NEVER for a class: all accounts share one password and one Unix user, so that everybody
could read everybody's files. A hub for a class is made by jupyterhub_config.py.
"""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import classroom

c = get_config()  # noqa: F821  (JupyterHub defines it)
trial = json.loads(os.environ["DLCOURSE_TRIAL"])
folder = Path(trial["folder"])

classroom.set_up(
    c, trial["instructors"], trial["students"], exchange=str(folder / "exchange")
)
c.Spawner.environment.update({"DLCOURSE_ONE_ACCOUNT": "1"})

c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = trial["password"]
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(folder / "home/{username}")
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.args = ["--allow-root"] if os.geteuid() == 0 else []
c.Spawner.start_timeout = c.Spawner.http_timeout = 120

# Nothing of it can be reached from another computer.
c.JupyterHub.bind_url = f"http://127.0.0.1:{trial['port']}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{trial['hub_port']}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{trial['proxy_port']}"
c.ConfigurableHTTPProxy.command = trial["proxy"]
c.ConfigurableHTTPProxy.pid_file = str(folder / "proxy.pid")
c.JupyterHub.db_url = f"sqlite:///{folder}/hub.sqlite"
c.JupyterHub.cookie_secret_file = str(folder / "cookie_secret")
