"""The files for Kubernetes: well-formed, known to the chart, and in step with the hub.

There is no cluster here, and the chart comes from no package registry. So the keys are
compared with a list that was written down from the chart's documentation.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import yaml
from traitlets.config import Config

# https://z2jh.jupyter.org/en/stable/resources/reference.html; what stands below `*` is
# free, or Kubernetes' own.
DOCUMENTED = [
    "custom.*",
    "hub.config.*",
    "hub.extraFiles.*.mountPath",
    "hub.extraConfig.*",
    "hub.networkPolicy.enabled",
    "proxy.https.enabled",
    "proxy.https.hosts",
    "proxy.https.letsencrypt.contactEmail",
    "singleuser.image.name",
    "singleuser.image.tag",
    "singleuser.uid",
    "singleuser.fsGid",
    "singleuser.startTimeout",
    "singleuser.cpu.guarantee",
    "singleuser.cpu.limit",
    "singleuser.memory.guarantee",
    "singleuser.memory.limit",
    "singleuser.storage.type",
    "singleuser.storage.capacity",
    "singleuser.storage.homeMountPath",
    "singleuser.storage.extraVolumes",
    "singleuser.storage.extraVolumeMounts",
    "singleuser.extraEnv.*",
    "singleuser.networkPolicy.enabled",
    "singleuser.networkPolicy.egressAllowRules.cloudMetadataServer",
    "singleuser.networkPolicy.egressAllowRules.nonPrivateIPs",
    "singleuser.networkPolicy.egressAllowRules.privateIPs",
    "singleuser.cloudMetadata.blockWithIptables",
    "singleuser.profileList",
    "cull.enabled",
    "cull.timeout",
    "cull.every",
    "scheduling.userScheduler.enabled",
    "scheduling.podPriority.enabled",
]


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / "deploy/kubernetes"


@pytest.fixture(scope="module")
def values(folder: Path) -> dict[str, Any]:
    return dict(yaml.safe_load((folder / "values.yaml").read_text()))


def keys(tree: dict[str, Any], above: str = "") -> Iterator[str]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from keys(value, f"{above}{key}.")
        else:
            yield above + key


@pytest.fixture
def classroom(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(root / "deploy/hub"))
    monkeypatch.delitem(sys.modules, "classroom", raising=False)
    import classroom

    return classroom


@pytest.fixture
def settings(
    values: dict[str, Any], classroom: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> Config:
    """What the hub's pod makes of `extraConfig`."""
    chart = ModuleType("z2jh")
    chart.get_config = lambda key: values["custom"][key.removeprefix("custom.")]
    monkeypatch.setitem(sys.modules, "z2jh", chart)
    c = Config()
    c.KubeSpawner.environment = dict(values["singleuser"]["extraEnv"])
    for _, code in sorted(values["hub"]["extraConfig"].items()):
        exec(code, {"c": c, "classroom": classroom})
    return c


def test_the_chart_documents_every_key(values: dict[str, Any]) -> None:
    known = [re.escape(one).replace(r"\*", "[^ ]+") for one in DOCUMENTED]
    unknown = [
        key for key in keys(values) if not any(re.fullmatch(k, key) for k in known)
    ]
    assert unknown == []


def test_roles_and_groups_are_those_of_the_tested_hub(
    settings: Config, classroom: ModuleType
) -> None:
    other = Config()
    classroom.set_up(other, ["instructor"], ["ada", "ben"], exchange="/srv/exchange")
    for name in ("load_groups", "load_roles", "default_url"):
        ours, theirs = settings.JupyterHub[name], other.JupyterHub[name]
        assert getattr(ours, "_extend", ours) == getattr(theirs, "_extend", theirs)
    assert settings.Authenticator.allowed_users == {"instructor", "ada", "ben"}


def test_everybody_is_a_user_of_their_own(settings: Config) -> None:
    people = [SimpleNamespace(user=SimpleNamespace(id=n, name=f"p{n}")) for n in (1, 2)]
    assert len({settings.KubeSpawner.uid(one) for one in people}) == 2
    environment = settings.KubeSpawner.environment
    assert environment["DLCOURSE_EXCHANGE"] == "/srv/exchange"
    assert environment["DLCOURSE_DATA"] == "offline"
    assert [environment["USER"](one) for one in people] == ["p1", "p2"]


def test_only_the_course_has_a_pod_that_can_make_sandboxes(settings: Config) -> None:
    def spawned(name: str) -> SimpleNamespace:
        spawner = SimpleNamespace(user=SimpleNamespace(name=name), extra_pod_config={})
        settings.Spawner.pre_spawn_hook(spawner)
        return spawner

    assert spawned("course-dl").extra_pod_config == {"hostUsers": False}
    assert spawned("course-dl").default_url == "/formgrader"
    assert spawned("ada").extra_pod_config == {}
    assert not hasattr(spawned("ada"), "container_security_context")


def test_the_exchange_is_mounted_where_nbgrader_looks(
    values: dict[str, Any], folder: Path, settings: Config
) -> None:
    claim, job = yaml.safe_load_all((folder / "exchange.yaml").read_text())
    storage = values["singleuser"]["storage"]
    (volume,), (mount,) = storage["extraVolumes"], storage["extraVolumeMounts"]
    assert volume["persistentVolumeClaim"]["claimName"] == claim["metadata"]["name"]
    assert claim["spec"]["accessModes"] == ["ReadWriteMany"]
    assert mount == {"name": volume["name"], "mountPath": "/srv/exchange"}
    assert (
        job["spec"]["template"]["spec"]["containers"][0]["command"][-1]
        == (settings.KubeSpawner.environment["DLCOURSE_EXCHANGE"])
    )


def instructions(folder: Path) -> list[tuple[str, str]]:
    text = re.sub(r"^#.*\n", "", (folder / "Dockerfile").read_text(), flags=re.M)
    lines = text.replace("\\\n", " ").splitlines()
    return [tuple(line.split(None, 1)) for line in lines if line.strip()]


def test_the_image_takes_what_is_pinned_and_no_solutions(
    root: Path, folder: Path
) -> None:
    copied = []
    for name, rest in instructions(folder):
        if name == "COPY":
            *sources, _ = rest.split()
            copied += sources
        if name == "RUN" and "pip install" in rest:
            held = "--constraint" in rest or "-r requirements.txt" in rest
            assert held or "--no-deps" in rest, f"not pinned: {rest}"
    assert all((root / one).exists() for one in copied)
    assert not [one for one in copied if one.startswith(("solutions", "class", "."))]
    first = (root / "requirements.txt").read_text()
    assert re.search(r"^--constraint constraints.txt$", first, re.MULTILINE)


def test_the_image_is_well_written(folder: Path) -> None:
    linter = Path(sys.executable).with_name("hadolint")
    done = subprocess.run(
        [linter, folder / "Dockerfile"], capture_output=True, text=True, check=False
    )
    assert done.stdout == ""
    assert done.returncode == 0


def test_the_image_puts_settings_where_the_hub_says(
    folder: Path, values: dict[str, Any]
) -> None:
    # `classroom.config_path` names folders beside the file itself.
    place = values["hub"]["extraFiles"]["classroom"]["mountPath"]
    home = place.rpartition("/")[0]
    targets = [
        rest.split()[-1] for name, rest in instructions(folder) if name == "COPY"
    ]
    assert {f"{home}/everybody", f"{home}/course"} <= set(targets)
