"""What reaches for insides is named; what honest notebooks do is not."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode, from_dict

from dlcourse.grading.flags import flags
from dlcourse.grading.trust import names

from ..assignments import variants
from .making import code, helper, of, solution

IMPORTS = helper("imports", "import torch\nimport numpy as np\nimport math\n")


def said(*sources: str) -> list[str]:
    cells = [of(IMPORTS), *map(code, sources)]
    return flags([from_dict(cell) for cell in cells])


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("import sys\nsys._getframe(1)", names.FRAMES),
        ("from sys import _getframe as f", names.FRAMES),
        ("import inspect as i\ni.stack()", names.FRAMES),
        ("error.__traceback__.tb_frame", names.FRAMES),
        ("f = frame.f_back", names.FRAMES),
        ("shell = get_ipython()", names.IPYTHON),
        ("from IPython.core import interactiveshell", names.IPYTHON),
        ("x.ast_transformers.append(y)", names.IPYTHON),
        ("import gc\ngc.get_objects()", names.OBJECTS),
        ("import ctypes", names.MEMORY),
        ("print(In[-1])", names.HISTORY),
        ("x = _ih", names.HISTORY),
        ("import linecache", names.SOURCE),
        ("import inspect\ninspect.getsource(f)", names.SOURCE),
        ("same.__code__ = f", names.SOURCE),
        ("import sys\nsys.settrace(f)", names.TRACE),
        ("import sys\nsys.addaudithook(f)", names.TRACE),
        ("torch.isclose = f", names.PATCH),
        ("torch.nn.functional.relu = f", names.PATCH),
        ("np.testing.assert_allclose, x = f, 1", names.PATCH),
        ("setattr(torch, 'equal', f)", names.PATCH),
        ("del math.isclose", names.PATCH),
        ("import builtins\nbuiltins.len = f", names.PATCH),
        ("import sys\nsys.modules['torch'] = x", names.NAMES),
        ("globals()['same'] = f", names.NAMES),
        ("import __main__", names.NAMES),
        ("import os\nos.fork()", names.PROCESSES),
        ("import subprocess", names.PROCESSES),
        ("!curl example.invalid", names.PROCESSES),
        ("out = !ps", names.PROCESSES),
        ("%%bash\nls /", names.PROCESSES),
        ("import os\nos._exit(0)", names.SIGNALS),
        ("import os\nos.kill(1, 9)", names.SIGNALS),
        ("from threading import Thread", names.THREADS),
        ("import socket", names.NETWORK),
        ("import urllib.request", names.NETWORK),
        ("open('/etc/passwd')", names.FILES),
        ("open('../../solutions/x')", names.FILES),
        ("p = '~/.ssh/id'", names.FILES),
        ("exec('x = 1')", names.TEXT),
        ("import dlcourse.grading", names.GRADER),
        ("class A(int):\n    __class__ = 3", names.LIES),
        ("class A:\n    def __torch_function__(self): pass", names.LIES),
        ("import resource", names.LIMITS),
    ],
)
def test_what_reaches_for_insides_is_named(source: str, what: str) -> None:
    [sentence] = said(source)
    assert sentence.startswith("for review: cell 2 ")
    assert what in sentence


@pytest.mark.parametrize(
    "source",
    [
        "model.eval()\nx = torch.compile(model)\npattern = re.compile('a')\n",
        "%matplotlib inline\n%load_ext autoreload\n%timeit f()\n%%time\n",
        "%%time\nmodel(x)\n",
        "!pip install torchinfo\n!nvidia-smi\n",
        "In = torch.eye(3)\nOut = In @ In\n",
        "x = torch.stack([a, b])\ntorch.trace(x)\n",
        "torch.backends.cudnn.benchmark = True\nnp.random.seed(3)\n",
        "torch.manual_seed(1)\nplt.rcParams['figure.dpi'] = 80\n",
        "self.conv = nn.Conv2d(1, 2, 3)\nmodel.weight.data = x\nx.grad = None\n",
        "import os, sys, time, inspect\nsys.path.append('x')\nos.path.join('a', 'b')\n",
        "import gc\ngc.collect()\n",
        "open('data/table.csv')\nopen('result.txt', 'w')\n'a/b'\n'/'\n",
        "def broken(:\n    exec(",
        "try:\n    f()\nexcept ValueError as error:\n    print(error)\n",
        "",
    ],
)
def test_what_everybody_does_is_not(source: str) -> None:
    assert said(source) == []


def test_a_cell_is_named_once_and_by_its_grade_id() -> None:
    item = solution("add")
    source = "import sys, ctypes\nsys._getframe()\nsys._getframe()\n"
    [sentence] = flags([from_dict(of(item, source))])
    assert sentence == f"for review: cell add {names.MEMORY}, {names.FRAMES}"


def test_imports_of_other_cells_are_known() -> None:
    sentences = said("import sys as harmless\n", "harmless._getframe(0)\n")
    assert sentences == [f"for review: cell 3 {names.FRAMES}"]


def test_the_assignments_own_cells_may_do_anything() -> None:
    locked = helper("locked", "import ctypes, inspect\nget_ipython()\n")
    assert flags([from_dict(of(locked))]) == []


NAMES = sorted(path.name for path in (variants.ROOT / "exercises").iterdir())


def filled(name: str, item: str, source: str) -> list[NotebookNode]:
    path = Path(variants.ROOT, "exercises", name, f"{name}.ipynb")
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == item:
            cell.source = source
    cells: list[NotebookNode] = notebook.cells
    return cells


@pytest.mark.parametrize("name", NAMES)
def test_no_false_alarm_on_solutions_and_mistakes(name: str) -> None:
    source = variants.read_source(name)
    tried = [("", "")]
    for item in source.items():
        tried.append((item.grade_id, source.cells[item.solution].text))
        for one in variants.read_variants(name, item.grade_id):
            tried.append((item.grade_id, one.text))
    # A problem set may take all of its items from the labs, where they are tried; the
    # mock exam is written by a command, without mistakes beside it.
    by_hand = (variants.ROOT / "tests" / "mistakes" / name).is_dir()
    assert len(tried) > (50 if by_hand else len(source.items()))
    alarms = {one: flags(filled(name, *one)) for one in tried}
    assert not {one: found for one, found in alarms.items() if found}
