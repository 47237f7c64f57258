"""The files for Kubernetes: well-formed, known to the chart, and in step with the hub.

There is no cluster here, and the chart comes from no package registry. So the values
are checked as `helm` would, but against a schema of our own: `values.schema.yaml`
beside this file says what the chart's says of the keys that we use.
"""

from __future__ import annotations

import copy
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from traitlets.config import Config


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / "deploy/kubernetes"


@pytest.fixture(scope="module")
def values(folder: Path) -> dict[str, Any]:
    return dict(yaml.safe_load((folder / "values.yaml").read_text()))


def put(tree: dict[str, Any], key: str, value: object) -> None:
    *above, last = key.split(".")
    for name in above:
        tree = tree[name]
    tree[last] = value


@pytest.fixture
def installed(root: Path, folder: Path, values: dict[str, Any]) -> dict[str, Any]:
    """The values as the README's command hands them to the chart."""
    whole = copy.deepcopy(values)
    readme = (folder / "README.md").read_text()
    for key, file in re.findall(r"--set-file ([\w.]+)=(\S+)", readme):
        put(whole, key, (root / file).read_text())
    return whole


@pytest.fixture(scope="module")
def schema(root: Path) -> Draft7Validator:
    said = yaml.safe_load((root / "tests/hub/values.schema.yaml").read_text())
    Draft7Validator.check_schema(said)
    return Draft7Validator(said)


def refused(schema: Draft7Validator, values: dict[str, Any]) -> list[str]:
    return [f"{one.json_path}: {one.message}" for one in schema.iter_errors(values)]


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
    """What the hub's pod makes of `extraConfig`, after the chart's own settings."""

    def get_config(key: str) -> Any:
        found = values
        for name in key.split("."):
            found = found[name]
        return found

    chart = ModuleType("z2jh")
    chart.get_config = get_config
    monkeypatch.setitem(sys.modules, "z2jh", chart)
    c = Config()
    c.JupyterHub.load_roles = []
    c.KubeSpawner.uid = values["singleuser"]["uid"]
    c.KubeSpawner.environment = dict(values["singleuser"]["extraEnv"])
    names = {"c": c}
    for _, code in sorted(values["hub"]["extraConfig"].items()):
        exec(code, names)
    return c


def test_the_chart_takes_the_values(
    schema: Draft7Validator, installed: dict[str, Any]
) -> None:
    assert refused(schema, installed) == []


def test_the_chart_wants_the_file_that_the_command_brings(
    schema: Draft7Validator, values: dict[str, Any]
) -> None:
    (one,) = refused(schema, values)
    assert one.startswith("$.hub.extraFiles.classroom: ")


@pytest.mark.parametrize(
    ("key", "value", "place", "said"),
    [
        ("hub.extraconfig", {}, "hub", "'extraconfig' was unexpected"),
        ("hub.config.dummy", {}, "hub.config", "'dummy' does not match"),
        ("hub.extraFiles.classroom.data", {}, "hub.extraFiles.classroom", "each of"),
        ("singleuser.start_timeout", 600, "singleuser", "'start_timeout' was unex"),
        ("singleuser.startTimeout", "600", "singleuser.startTimeout", "not of type"),
        ("singleuser.cpu.limit", "2", "singleuser.cpu.limit", "'2' is not of type"),
        ("singleuser.image", {"name": "lab"}, "singleuser.image", "'tag' is a requ"),
        ("singleuser.storage.type", "disk", "singleuser.storage.type", "not one of"),
        (
            "singleuser.profileList",
            [{"display_name": "GPU", "kubespawner_overrides": {}}],
            "singleuser.profileList[0]",
            "'kubespawner_overrides' was unexpected",
        ),
        (
            "singleuser.networkPolicy.egressAllowRules.cloudMetadataServer",
            True,
            "singleuser.networkPolicy.egressAllowRules.cloudMetadataServer",
            "False was expected",
        ),
    ],
)
def test_what_the_chart_does_not_take_is_refused_with_its_place(
    schema: Draft7Validator,
    installed: dict[str, Any],
    key: str,
    value: object,
    place: str,
    said: str,
) -> None:
    put(installed, key, value)
    (one,) = refused(schema, installed)
    assert one.startswith(f"$.{place}: ")
    assert said in one


def test_roles_and_groups_are_those_of_the_tested_hub(
    settings: Config, classroom: ModuleType
) -> None:
    other = Config()
    classroom.set_up(other, ["instructor"], ["ada", "ben"], exchange="/srv/exchange")
    for name in ("load_groups", "load_roles", "default_url"):
        ours, theirs = settings.JupyterHub[name], other.JupyterHub[name]
        assert getattr(ours, "_extend", ours) == getattr(theirs, "_extend", theirs)
    assert settings.Authenticator.allowed_users == {"instructor", "ada", "ben"}


def person(number: int, name: str) -> SimpleNamespace:
    return SimpleNamespace(
        user=SimpleNamespace(id=number, name=name),
        extra_pod_config={},
        init_containers=["block-cloud-metadata"],
    )


def test_everybody_is_a_user_of_their_own(settings: Config) -> None:
    people = [person(1, "ada"), person(2, "ben"), person(3, "course-dl")]
    numbers = [settings.KubeSpawner.uid(one) for one in people]
    assert len(set(numbers)) == 3
    assert max(numbers) < 2**16  # a pod with a user namespace knows no more
    environment = settings.KubeSpawner.environment
    assert environment["DLCOURSE_EXCHANGE"] == "/srv/exchange"
    assert environment["DLCOURSE_DATA"] == "offline"
    assert [environment["USER"](one) for one in people[:2]] == ["ada", "ben"]


def test_the_course_has_a_name_in_the_image(folder: Path, settings: Config) -> None:
    # nbgrader looks up whose the exchange's folders are when it releases.
    (user,) = (rest for _, rest in instructions(folder) if rest.startswith("useradd"))
    assert f"--uid {settings.KubeSpawner.uid(person(3, 'course-dl'))} " in user


def test_only_the_course_has_a_pod_that_can_make_sandboxes(settings: Config) -> None:
    def spawned(name: str) -> SimpleNamespace:
        spawner = person(1, name)
        settings.Spawner.pre_spawn_hook(spawner)
        return spawner

    assert spawned("course-dl").extra_pod_config == {"hostUsers": False}
    assert spawned("course-dl").init_containers == []  # privileged: may not start
    assert spawned("course-dl").default_url == "/formgrader"
    assert spawned("ada").extra_pod_config == {}
    assert spawned("ada").init_containers == ["block-cloud-metadata"]
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
    *_, script, path = job["spec"]["template"]["spec"]["containers"][0]["command"]
    assert path == settings.KubeSpawner.environment["DLCOURSE_EXCHANGE"]
    # As Kubernetes wants to find it: else it changes all files below.
    group = values["singleuser"]["fsGid"]
    assert script == f'chgrp {group} "$0" && chmod 2777 "$0"'
    policy = settings.KubeSpawner.pod_security_context["fsGroupChangePolicy"]
    assert policy == "OnRootMismatch"


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
