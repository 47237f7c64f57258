"""The watch notes what a student's code reaches for, and who runs cells."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dlcourse.grading.kernels.cells import cell_mark

SHELL_PROGRAM = str(Path(__file__).with_name("watched_shell.py"))


def lines(*cells: str) -> list[dict[str, Any]]:
    """Run cells; what the watch wrote."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", SHELL_PROGRAM, json.dumps(cells)],
        env={**os.environ, "IPYTHONDIR": "/nonexistent"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    said = done.stdout.rpartition("=====\n")[2]
    return [json.loads(line) for line in said.splitlines() if line]


def noticed(*cells: str, first: str = "") -> list[tuple[str, str, str]]:
    """Run cells, one before them; what was noticed, and the numbers of cells from 0."""
    names = {cell_mark(cell): str(i) for i, cell in enumerate(cells)}
    return [
        (one["event"], names.get(one["cell"], "?"), names.get(one["during"], "?"))
        for one in lines(first or "pass", *cells)
    ]


REACH = {
    "sys._getframe(1)": "sys._getframe",
    "inspect.stack()": "sys._getframe",
    "inspect.currentframe()": "sys._getframe",
    "traceback.extract_stack()": "sys._getframe",
    "logging.currentframe()": "sys._getframe",
    "logging.getLogger().findCaller(stack_info=True)": "sys._getframe",
    "(lambda g: g.gi_frame)((i for i in ()))": "object.__getattr__",
    "gc.get_objects()": "gc.get_objects",
    "sys._current_frames()": "sys._current_frames",
    "sys.settrace(None)": "sys.settrace",
    "sys.addaudithook(lambda event, arguments: None)": "sys.addaudithook",
    "ctypes.string_at(b'x')": "ctypes.string_at",
    "blank.__code__ = (lambda: 0).__code__": "object.__setattr__",
    "compile('0', inspect.__file__, 'eval')": "compile",
    "os.kill(os.getpid(), 0)": "os.kill",
    "subprocess.run('true')": "subprocess.Popen",
    "open('/srv/x')": "open",
    "open('../../../etc/passwd')": "open",
    "socket.getaddrinfo('', 1)": "socket.getaddrinfo",
    "resource.setrlimit(7, resource.getrlimit(7))": "resource.setrlimit",
}
IMPORTS = (
    "import ctypes, gc, inspect, logging, os, resource, socket, subprocess, sys\n"
    "import traceback\n"
    "def blank():\n    pass\n"
)


@pytest.fixture(scope="module")
def reached() -> list[tuple[str, str, str]]:
    """What is noticed where one cell defines a function and the next one calls it."""
    cells = []
    for number, source in enumerate(REACH):
        cells.append(f"def f{number}():\n    {source}\n")
        cells.append(f"try:\n    f{number}()\nexcept OSError:\n    pass\n")
    return noticed(*cells, first=IMPORTS)


@pytest.mark.parametrize("source", REACH)
def test_students_code_is_noticed_while_a_test_runs(
    reached: list[tuple[str, str, str]], source: str
) -> None:
    place = 2 * list(REACH).index(source)
    assert (REACH[source], str(place), str(place + 1)) in reached


def test_a_frame_of_an_exception_is_noticed_and_its_printing_is_not() -> None:
    catch = "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    {}\n"
    reads = catch.format("error.__traceback__.tb_frame")
    prints = "import traceback\n" + catch.format("traceback.print_exc()")
    assert noticed(reads, prints) == [("object.__getattr__", "0", "0")]


def test_code_made_by_exec_is_noticed_though_its_cell_is_unknown() -> None:
    make = "import sys\nexec('def f():\\n    sys._getframe()')\n"
    hide = "exec(compile('def g():\\n    sys._getframe()', '<x>', 'exec'))\n"
    assert noticed(make, hide, "f()", "g()") == [
        ("sys._getframe", "?", "2"),
        ("sys._getframe", "?", "3"),
    ]


def test_a_thread_that_only_runs_library_code_is_noticed() -> None:
    thread = "import gc, threading\n"
    thread += "one = threading.Thread(target=gc.get_objects)\none.start()\none.join()"
    assert noticed(thread) == [("gc.get_objects", "?", "0")]


HONEST = [
    "import warnings, logging\nwarnings.warn('w')\nlogging.warning('l')",
    "from dataclasses import dataclass\n@dataclass\nclass A:\n    x: int = 0\nA(1)",
    "from collections import namedtuple\nP = namedtuple('P', 'x')\nP(1)",
    "from enum import Enum\nE = Enum('E', 'a b')\n"
    "import typing\nT = typing.TypeVar('T')",
    "import inspect\nprint(inspect.signature(A), inspect.getsource(A))",
    "import numpy as np, json, tempfile\nnp.testing.assert_allclose([1], [1])",
    "with open('own.txt', 'w') as file:\n    file.write('x')\nopen('own.txt').read()",
    "import torch\nmodel = torch.nn.Sequential(torch.nn.Linear(3, 2))",
    "optimiser = torch.optim.Adam(model.parameters())\n"
    "model(torch.rand(4, 3)).sum().backward()\noptimiser.step()",
    "data = torch.utils.data.TensorDataset(torch.rand(8, 3))\n"
    "loader = torch.utils.data.DataLoader(data, batch_size=2, num_workers=1)\n"
    "len(list(loader))",
    "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\n"
    "axes.plot([1, 2], label='x')\naxes.legend()\nplt.close()",
    "torch.testing.assert_close(torch.ones(2), torch.ones(2))",
    "1 / 0",
    "def deep(n):\n    return deep(n + 1)\ndeep(0)",
    "%time sum(range(10))",
    "%matplotlib inline",
]


def test_honest_work_is_not_noticed() -> None:
    assert noticed(*HONEST) == []


def test_signal_handlers_work_and_see_no_frame() -> None:
    cell = (
        "import os, signal\n"
        "seen = []\n"
        "signal.signal(signal.SIGUSR1, lambda number, frame: seen.append(frame))\n"
        "signal.raise_signal(signal.SIGUSR1)\n"
        "signal.signal(signal.SIGUSR2, signal.SIG_IGN)\n"
        "assert signal.getsignal(signal.SIGUSR2) is signal.SIG_IGN\n"
        "try:\n    signal.raise_signal(signal.SIGINT)\n"
        "except KeyboardInterrupt:\n    seen.append('interrupted')\n"
        "if seen == [None, 'interrupted']:\n    os.fork() or os._exit(0)\n"
    )
    assert noticed(cell) == [("os.fork", "0", "0")]


TEST = "assert 1 == 2\npass\n"
SHELL = "from IPython import get_ipython\nshell = get_ipython()\n"


WRAP = "true = shell.run_code\nasync def wrap(*a, **k):\n{}\n    return False\n"
WRAP += "shell.run_code = wrap"


@pytest.mark.parametrize(
    "body",
    [
        "    try:\n        exec(a[0], shell.user_ns)\n    except AssertionError:\n"
        "        pass",
        "    await true(*a, **k)",
    ],
)
def test_nobody_but_ipython_runs_cells_unnoticed(body: str) -> None:
    assert "exec" in [one[0] for one in noticed(SHELL + WRAP.format(body), TEST)]


def test_code_that_a_cell_holds_compiled_runs_under_its_own_name() -> None:
    student = "import sys\ndef f():\n    sys._getframe()\n"
    compiled = (
        "import marshal\nfrom ipykernel.compiler import get_tmp_directory\n"
        "name = get_tmp_directory() + '/test.py'\n"
        "data = marshal.dumps(compile('f()\\nsys._getframe()', name, 'exec'))\n"
    )
    (_, during), (_, again) = [
        (one["cell"], one["during"])
        for one in lines(student, compiled, "exec(marshal.loads(data))")
        if one["event"] == "sys._getframe"
    ]
    assert during == again == "test"


def test_cells_under_a_false_name_are_noticed() -> None:
    rename = "import os\nfrom ipykernel import compiler\n"
    rename += "compiler.get_file_name = lambda code: os.__file__"
    assert noticed(rename, "import sys\nsys._getframe()") == [
        ("exec", "?", "?"),
        ("sys._getframe", "?", "?"),
    ]


def test_no_setting_of_the_environment_renames_cells() -> None:
    rename = "import os\nos.environ['IPYKERNEL_CELL_NAME'] = os.__file__"
    reach = "import sys\nsys._getframe()"
    assert noticed(rename, reach) == [("sys._getframe", "1", "1")]


def test_reaching_for_frames_where_the_stack_ends_is_noticed() -> None:
    dive = (
        "import sys\n"
        "def dive():\n"
        "    try:\n        dive()\n"
        "    except RecursionError:\n        sys._getframe()\n"
        "dive()\n"
    )
    assert noticed(dive) == [("sys._getframe", "0", "0")]


def test_patched_builtins_do_not_blind_the_watch() -> None:
    patch = (
        "import builtins, os, sys\n"
        "def blind():\n"
        "    names = ('str', 'len', 'type', 'getattr', 'isinstance', 'dict', 'tuple')\n"
        "    true = {name: getattr(builtins, name) for name in names}\n"
        "    for name in names:\n        setattr(builtins, name, None)\n"
        "    os.write, write = None, os.write\n"
        "    sys._getframe()\n"
        "    os.write = write\n"
        "    builtins.__dict__.update(true)\n"
        "blind()\n"
    )
    assert ("sys._getframe", "0", "0") in noticed(patch)
