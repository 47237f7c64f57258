"""A forked kernel starts with what an ordinary one starts with."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

from dlcourse.grading.kernels import preload, warm
from dlcourse.grading.kernels.order import needs_rare

from .running import KINDS, PATIENCE, open_kernel, run

# What an ordinary kernel has after the same imports.
STATE = (
    f"""
import importlib
for name in {preload.MODULES + preload.RARE}: importlib.import_module(name)
"""
    + """
import json, os, random, resource, signal, sys, threading, warnings
import numpy, torch, matplotlib, sklearn, threadpoolctl
import matplotlib.pyplot as plt
def count(api): return sorted(
    one["num_threads"] for one in threadpoolctl.threadpool_info()
    if one["user_api"] == api)
state = dict(
    path=sys.path, argv=sys.argv[:2], main=__name__,
    folder=os.getcwd(), umask=os.umask(0o22), group=os.getpgid(0) == os.getpid(),
    signals={str(one): str(signal.getsignal(one)) for one in (
        signal.SIGINT, signal.SIGTERM, signal.SIGPIPE, signal.SIGCHLD, signal.SIGHUP)},
    blocked=[int(one) for one in signal.pthread_sigmask(signal.SIG_BLOCK, ())],
    limits=[resource.getrlimit(one) for one in (
        resource.RLIMIT_NOFILE, resource.RLIMIT_AS, resource.RLIMIT_STACK)],
    **{f"env {k}": v for k, v in os.environ.items()}, bytecode=sys.dont_write_bytecode,
    **{f"rc {k}": str(v) for k, v in matplotlib.rcParams.items()},
    figures=plt.get_fignums(), torch=torch.get_num_threads(), blas=count("blas"),
    openmp=count("openmp"), grad=torch.is_grad_enabled(),
    parallel=torch.__config__.parallel_info(),
    dtype=str(torch.get_default_dtype()), device=str(torch.get_default_device()),
    deterministic=torch.are_deterministic_algorithms_enabled(),
    print=str(numpy.get_printoptions()), errors=numpy.geterr(),
    frozen=sys.flags.isolated, name=threading.current_thread().name,
    filters=sorted(str(one) for one in warnings.filters),
    tz=__import__("time").tzname, history=get_ipython().history_manager.hist_file,
)
print(json.dumps(state))
"""
)


def state_of(name: str, folder: Path, environment: dict[str, str]) -> dict[str, Any]:
    memory = ["--HistoryManager.hist_file=:memory:"] if name == "python3" else []
    manager, client = start_new_kernel(
        kernel_name=name, cwd=str(folder), env=environment, extra_arguments=memory
    )
    said: list[str] = []

    def hear(message: dict[str, Any]) -> None:
        said.append(message["content"].get("text", ""))

    try:
        client.execute_interactive(STATE, timeout=PATIENCE, output_hook=hear)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return dict(json.loads("".join(said).splitlines()[-1]))


@pytest.mark.parametrize("threads", ["1", "2", None])
def test_state_is_that_of_an_ordinary_kernel(tmp_path, threads):
    """Library paths, threads, parameters of figures and so on: all the same."""
    (tmp_path / "matplotlibrc").write_text("figure.figsize: 3, 3\n")
    (tmp_path / "library").mkdir()
    environment = {
        **os.environ,
        "MARKER": "here",
        "PYTHONPATH": str(tmp_path / "library"),
        "TZ": "Asia/Tokyo",
    }
    del environment["OMP_NUM_THREADS"], environment["MPLBACKEND"]
    if threads is not None:
        environment["OMP_NUM_THREADS"] = threads
    ordinary = state_of("python3", tmp_path, environment)
    warm = state_of("dlcourse-warm", tmp_path, environment)
    for state in (ordinary, warm):
        # Each has its own connection file; jupyter_client tells an ordinary kernel
        # the number of the process to look out for.
        state["argv"] = state["argv"][1:]
        state.pop("env JPY_PARENT_PID", None)
    assert warm["env MARKER"] == "here"
    different = {
        key: (warm.get(key), ordinary.get(key))
        for key in ordinary.keys() | warm.keys()
        if warm.get(key) != ordinary.get(key)
    }
    assert not different


DRAW = (
    "import random, numpy, torch\n"
    "print(random.random(), numpy.random.rand(), torch.rand(1).item())"
)


@pytest.mark.parametrize("sandbox", KINDS)
def test_each_kernel_has_its_own_chance(sandbox):
    async def test():
        drawn = []
        for _ in range(2):
            async with open_kernel(sandbox) as kernel:
                drawn.append((await kernel.run(DRAW)).split())
        for one, other in zip(*drawn, strict=True):
            assert one != other

    run(test)


@pytest.mark.parametrize("sandbox", KINDS)
def test_figures_belong_to_one_kernel_and_are_shown(sandbox):
    async def test():
        async with open_kernel(sandbox) as one, open_kernel(sandbox) as other:
            await one.run(
                "import matplotlib.pyplot as plt; plt.rcParams['lines.linewidth'] = 7\n"
                "%config InlineBackend.close_figures = False\n"
                "plt.figure(5);"
            )
            look = "import matplotlib.pyplot as plt\nprint(plt.get_fignums(), "
            look += "plt.rcParams['lines.linewidth'])"
            assert await one.run(look) == "[5] 7.0"
            assert await other.run(look) == "[] 1.5"
            assert "image/png" in await other.run("plt.plot([1, 2]);")

    run(test)


COUNT_DRAWINGS = """
import matplotlib.pyplot as plt
from matplotlib.backend_bases import FigureCanvasBase
drawn, draw = [], FigureCanvasBase.draw_idle
def count(canvas, *arguments):
    drawn.append(canvas)
    draw(canvas, *arguments)
FigureCanvasBase.draw_idle = count
"""


@pytest.mark.parametrize(("sandbox", "before"), [("none", "1"), ("bubblewrap", "0")])
def test_a_graded_figure_is_drawn_to_be_shown_and_not_before(sandbox, before):
    """Without a window there is nothing else to draw it for."""

    async def test():
        async with open_kernel(sandbox) as kernel:
            await kernel.run(COUNT_DRAWINGS)
            assert "image/png" in await kernel.run("plt.plot([1, 2]);")
            assert await kernel.run("print(len(drawn))") == before

    run(test)


def test_a_figure_of_another_backend_is_drawn_after_its_cell():
    async def test():
        async with open_kernel("bubblewrap") as kernel:
            await kernel.run(COUNT_DRAWINGS)
            await kernel.run("plt.switch_backend('agg'); plt.ion(); plt.plot([1, 2]);")
            assert await kernel.run("print(len(drawn))") == "1"

    run(test)


@pytest.mark.parametrize("sandbox", KINDS)
def test_the_files_of_modules_are_looked_up_already(sandbox):
    """The first traceback would take longer for that than for all else."""

    async def test():
        async with open_kernel(sandbox) as kernel:
            await kernel.run(
                "import inspect\nbefore = len(inspect.modulesbyfile)\n"
                "inspect.getmodule(compile('', '<none>', 'exec'))"
            )
            said = await kernel.run("print(before, len(inspect.modulesbyfile))")
            before, after = map(int, said.split())
            assert before > 1000
            assert after - before < 100

    run(test)


@pytest.mark.parametrize("sandbox", KINDS)
def test_environment_and_folder_belong_to_one_kernel(sandbox):
    async def test():
        async with open_kernel(sandbox) as one, open_kernel(sandbox) as other:
            await one.run("import os; os.environ['MARK'] = '1'; os.mkdir('x')")
            await one.run("os.chdir('x'); import sys; sys.path.insert(0, 'mine')")
            look = "import os, sys; print('MARK' in os.environ, os.path.basename("
            look += "os.getcwd()), 'mine' in sys.path)"
            assert await one.run(look) == "True x True"
            assert (await other.run(look)).split()[0::2] == ["False", "False"]

    run(test)


def test_sandboxed_environment_is_made_from_nothing(monkeypatch):
    monkeypatch.setenv("SECRET", "of the instructor")

    async def test():
        async with open_kernel("bubblewrap") as kernel:
            environment = json.loads(
                await kernel.run("import json, os; print(json.dumps(dict(os.environ)))")
            )
        assert "SECRET" not in environment
        assert environment["HOME"] == "/home/student"
        assert environment["DLCOURSE_DATA"] == "offline"
        assert environment["OMP_NUM_THREADS"] == "1"
        assert environment["NBGRADER_EXECUTION"] == "autograde"
        assert os.environ["PATH"] not in environment["PATH"]

    run(test)


def test_a_kernel_can_do_without_what_few_notebooks_use():
    """It is imported once somebody wants it, in the parent and for all that follow."""
    look = "import sys; print('sklearn' in sys.modules)"
    use = "import sklearn.datasets as d; print(len(d.load_digits().data))"

    async def test():
        warm.close()
        for wanted, there in ((False, "False"), (True, "True"), (False, "True")):
            async with open_kernel("bubblewrap", rare=wanted) as kernel:
                assert await kernel.run(look) == there
                assert await kernel.run(use) == "1797"

    run(test)


@pytest.mark.parametrize(
    ("source", "rare"),
    [
        ("import torch\nfrom torch import nn", False),
        ("x = 'scipyx'", False),
        ("from sklearn.datasets import load_digits", True),
        ("import numpy, scipy.linalg", True),
        ("from dlcourse import data", True),
    ],
)
def test_what_few_notebooks_use_is_seen_by_its_name(source, rare):
    assert needs_rare(["pass", source]) is rare


def test_resetting_all_keeps_what_was_there_at_first():
    async def test():
        async with open_kernel("bubblewrap") as kernel:
            await kernel.run("import tabnanny, torch")
            await kernel.run("%reset -f --aggressive")
            look = (
                "import sys; print('tabnanny' in sys.modules, 'torch' in sys.modules)"
            )
            assert await kernel.run(look) == "False True"

    run(test)


def test_submitted_files_never_stand_before_libraries():
    """Neither the standard library's modules nor installed ones can be replaced."""
    shadows = ("colorsys", "antigravity", "nbgrader", "sqlite3", "sitecustomize")
    files = {f"{name}.py": b"mine = True" for name in (*shadows, "helper")}

    async def test():
        async with open_kernel("bubblewrap", files=files) as kernel:
            for name in ("colorsys", "sqlite3", "nbgrader"):
                look = f"import {name}; print(hasattr({name}, 'mine'))"
                assert await kernel.run(look) == "False"
            assert await kernel.run("import helper; print(helper.mine)") == "True"

    run(test)


def test_no_file_of_the_student_is_run_at_the_start():
    spy = b"open('ran.txt', 'w').write('ran')"
    places = (
        "ipython_config.py",
        "ipython_kernel_config.py",
        ".ipython/profile_default/startup/start.py",
        ".ipython/profile_default/ipython_config.py",
        "profile_default/startup/start.py",
        "sitecustomize.py",
        "usercustomize.py",
        "matplotlibrc",
    )
    files = dict.fromkeys(places, spy)

    async def test():
        async with open_kernel("bubblewrap", files=files) as kernel:
            assert await kernel.run("open('ran.txt')") == "FileNotFoundError"
            assert await kernel.run("import matplotlib.pyplot; print(1)") == "1"

    run(test)


def test_warnings_follow_the_environment(tmp_path):
    environment = {**os.environ, "PYTHONWARNINGS": "error::UserWarning"}
    manager, client = start_new_kernel(
        kernel_name="dlcourse-warm", cwd=str(tmp_path), env=environment
    )
    try:
        cell = "import warnings; warnings.warn('x')"
        reply = client.execute_interactive(
            cell, timeout=PATIENCE, output_hook=lambda _: None
        )
        assert reply["content"]["ename"] == "UserWarning"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
