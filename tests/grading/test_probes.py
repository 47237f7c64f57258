"""Kernels that lie are found out; honest notebooks, however odd, lose nothing."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from dlcourse.grading.probes import Probes
from dlcourse.grading.talk.answer import ANSWERED, DEAD, Answer
from dlcourse.grading.talk.outputs import Outputs, Room
from dlcourse.grading.task import TAMPERED
from dlcourse.grading.trust.decoy import false_claim, first_line
from dlcourse.grading.trust.reliance import reliance

from .making import code, exam, helper, marked, of, printed, scores, solution, states

TEST = (
    "assert isinstance(add(1, 2), int), 'no int'\n"
    "same(add(1, 2), 3)\n"
    "### BEGIN HIDDEN TESTS\n"
    "same(add(40, 2), 42)\n"
    "assert torch.equal(torch.tensor([add(1, 1)]), torch.tensor([2]))\n"
    "assert abs(sum([add(1, 1)]) - 2) < 1e-9 and len([add]) == 1\n"
    "### END HIDDEN TESTS\n"
)
HELPER = helper(
    "helper",
    "import torch\n\n"
    "def same(got, expected):\n    assert got == expected, f'{expected}, not {got}'\n",
)
ADD, ADD_TEST = solution("add"), exam("add-test", TEST)
LAST = exam("last-test", "assert True\n")
ALL = [HELPER, ADD, ADD_TEST, LAST]
RIGHT = "def add(a, b): return a + b\n"
WRONG = "def add(a, b): return 3\n"

HONEST = {
    "nothing special": "",
    "a variable named as a built-in function": "sum = 0\nlen, abs = 3, [1]\nid = 4\n",
    "all of NumPy's names": "from numpy import *\n",
    "all of PyTorch's names": "from torch import *\n",
    "a function named as a built-in one": "def abs(x):\n"
    "    return x if x > 0 else -x\n",
    "figures in the notebook": "%matplotlib inline\nimport matplotlib.pyplot as plt\n"
    "plt.plot([1, 2])\n",
    "an extension of IPython": "%load_ext autoreload\n%autoreload 2\n",
    "the debugger": "%pdb on\n",
    "plain tracebacks": "%xmode Plain\n",
    "all values shown": "from IPython.core.interactiveshell import InteractiveShell\n"
    "InteractiveShell.ast_node_interactivity = 'all'\n",
    "numbers with three places": "%precision 3\n",
    "warnings as errors": "import warnings\nwarnings.simplefilter('error')\n",
    "double precision": "import torch\ntorch.set_default_dtype(torch.float64)\n",
    "another device": "import torch\ntorch.set_default_device('meta')\n",
    "no gradients": "import torch\ntorch.set_grad_enabled(False)\n",
    "a profiler left on": "import cProfile\ncProfile.Profile().enable()\n",
    "old names of NumPy": "import numpy as np\nnp.float, np.int = float, int\n",
    "deterministic algorithms": "import torch\n"
    "torch.backends.cudnn.deterministic = True\ntorch.manual_seed(0)\n",
    "the helper pasted once more": HELPER.source,
    "annotations of the future": "from __future__ import annotations\n",
    "a thread that prints": "import threading, time\n"
    "def talk():\n    while True:\n        print('hm'); time.sleep(0.01)\n"
    "threading.Thread(target=talk, daemon=True).start()\n",
    "numbers counted from one": "%config InteractiveShell.cache_size = 0\n",
    "a cell that fails": "1 / 0\n",
}


@pytest.mark.parametrize("oddity", HONEST)
def test_an_honest_notebook_loses_nothing(oddity: str) -> None:
    cells = [of(HELPER), code(HONEST[oddity]), of(ADD, RIGHT), of(ADD_TEST), of(LAST)]
    found = marked(ALL, cells)
    assert "tamper" not in f"{found.events} {found.flags}"
    # What a name was given to a variable, tests cannot use either.
    shadowed = "named as a built-in function" in oddity or "all of PyTorch" in oddity
    shadowed |= oddity == "another device"
    assert scores(found) == {"add-test": 0 if shadowed else 2, "last-test": 2}


SHELL = "shell = get_ipython()\n"
LIES = {
    "the helper says yes": "def same(got, expected): pass\n",
    "the helper says yes, by its code": "same.__code__ = (lambda a, b: 0).__code__\n",
    "the helper is some other object": "same = print\n",
    "isinstance says yes": "isinstance = lambda *a: True\n",
    "built-in functions say yes": "import builtins\nbuiltins.abs = lambda x: 0\n",
    "torch.equal says yes": "torch.equal = lambda *a: True\n",
    "tensors are equal": "torch.Tensor.__eq__ = lambda *a: torch.tensor(True)\n",
    "errors are not shown": SHELL + "shell.showtraceback = lambda *a, **k: None\n",
    "cells are not run": SHELL + "from IPython.core.interactiveshell import *\n"
    "async def run(*a, **k): return ExecutionResult(None)\n"
    "shell.run_cell_async = run\n",
    "errors are forgotten": SHELL + "def forget(result):\n"
    "    result.error_in_exec = None\n"
    "shell.events.register('post_run_cell', forget)\n",
    "asserts are removed": SHELL + "import ast\n"
    "class Remove(ast.NodeTransformer):\n"
    "    def visit_Assert(self, node):\n"
    "        return ast.copy_location(ast.Pass(), node)\n"
    "shell.ast_transformers.append(Remove())\n",
    "asserts are optimised away": "import builtins\ntrue = builtins.compile\n"
    "builtins.compile = lambda *a, **k: true(*a, **{**k, 'optimize': 2})\n",
    "replies are forged": SHELL + "send = shell.kernel.session.send\n"
    "def lie(stream, kind, content=None, *a, **k):\n"
    "    if kind == 'execute_reply':\n"
    "        content = {**content, 'status': 'ok'}\n"
    "    return send(stream, kind, content, *a, **k)\n"
    "shell.kernel.session.send = lie\n",
    "each step is traced": "import sys\n"
    "def trace(frame, event, argument):\n"
    "    if frame.f_code.co_name == 'same':\n"
    "        frame.f_locals['got'] = frame.f_locals['expected']\n"
    "sys.settrace(trace)\n",
    "tests are unpacked by another function": "import marshal\ntrue = marshal.loads\n"
    "marshal.loads = lambda data: true(data)\n",
    "exec is another": "def exec(*a): pass\n",
}


@pytest.mark.parametrize("lie", LIES)
def test_a_kernel_that_lies_is_found_out(lie: str) -> None:
    cells = [of(HELPER), code(LIES[lie]), of(ADD, WRONG), of(ADD_TEST), of(LAST)]
    found = marked(ALL, cells)
    assert scores(found) == {"add-test": 0, "last-test": 0}
    assert set(states(found).values()) == {TAMPERED}
    assert any(flag.startswith("tampering: ") for flag in found.flags)
    assert any("reviewed" in event for event in found.events)


def test_probes_leave_nothing_behind() -> None:
    look = (
        "left = sorted(n for n in globals() if 'seal' in n or 'dlcourse' in n)\n"
        "print(left, _, __, [c[:6] for c in In[:-1] if 'assert' in c or 'exec' in c])\n"
    )
    before = "sorted([7])[0]\n"
    cells = [of(HELPER), code(before), of(ADD, RIGHT), of(ADD_TEST), of(LAST)]
    found = marked(ALL, [*cells, code(look)])
    assert printed(found) == "[] 7  ['import']\n"


def test_what_is_being_tested_is_not_in_reach() -> None:
    add = (
        "import linecache\n"
        "def add(a, b):\n"
        "    seen = [*In, get_ipython().parent_header['content']['code']]\n"
        "    seen += [str(one) for one in linecache.cache.values()]\n"
        "    print(any(f'{40}, 2' in one for one in seen))\n"
        "    return a + b\n"
    )
    cells = [of(HELPER), of(ADD, add), of(ADD_TEST), of(LAST)]
    found = marked(ALL, cells)
    assert scores(found)["add-test"] == 2
    assert set(printed(found, 2).split()) == {"False"}


def test_chance_goes_on_as_if_there_were_no_probes() -> None:
    seed = "import random\nrandom.seed(5)\nnp.random.seed(5)\ntorch.manual_seed(5)\n"
    draw = "[random.random(), np.random.rand(), torch.rand(1).item()]\n"
    first = helper(
        "first", f"import numpy as np\nimport torch\n{seed}was = {draw}{seed}"
    )
    draws = exam("draws-test", f"assert was == {draw}")
    items = [first, HELPER, ADD, ADD_TEST, LAST, draws]
    cells = [of(first), of(HELPER), of(ADD, RIGHT), of(ADD_TEST), of(LAST), of(draws)]
    assert scores(marked(items, cells))["draws-test"] == 2


def test_tests_that_replace_functions_themselves_are_believed() -> None:
    test = (
        "from unittest import mock\n"
        "with mock.patch('torch.equal', lambda *a: True):\n"
        "    assert torch.equal(torch.ones(1), add(1, 1))\n"
        "assert not torch.equal(torch.ones(1), torch.zeros(1))\n"
    )
    items = [HELPER, ADD, exam("mock-test", test)]
    found = marked(items, [of(HELPER), of(ADD, RIGHT), of(items[2])])
    assert (scores(found), found.flags) == ({"mock-test": 2}, [])


@pytest.mark.parametrize(
    "test",
    [
        "%matplotlib inline\nassert add(1, 2) == 3\n",
        "%%time\nassert add(1, 2) == 3\n",
        "import asyncio\nawait asyncio.sleep(0)\nassert add(1, 2) == 3\n",
        "import inspect\nassert 'a + b' in inspect.getsource(add)\nadd(1, 2)\n",
        "def f(é):\n    return add(é, 0)\n(\n    f('ü' * 2 and 1)\n)  # end\n",
        "assert add(1, 2) == 3; add(0, 1)\n",
        "add(1, 2);\n",
        "x = [\n    add(1, 2),\n]\nassert x == [3]",
    ],
)
def test_any_code_can_be_a_test(test: str) -> None:
    items = [ADD, exam("odd-test", test, points=3)]
    right = marked(items, [of(ADD, RIGHT), of(items[1])])
    assert right.flags == []
    assert scores(right)["odd-test"] in (1, 3)
    wrong = marked(items, [of(ADD, "def add(*a): raise ValueError\n"), of(items[1])])
    assert wrong.flags == []
    assert scores(wrong)["odd-test"] == 0


def test_claims_are_false_and_run_nothing() -> None:
    source = (
        "same(add(1, 2), 3)\nadd(**settings)\nadd(*x)\nadd(a, b=[c, -1])\nadd(len)\n"
        "### BEGIN HIDDEN TESTS\nadd('secret')\n"
    )
    claims = {false_claim(source, random.Random(n)) for n in range(50)}
    assert len(claims) == 50
    assert {eval(claim, {"__builtins__": {}}) for claim in claims} == {False}
    assert "secret" not in str(claims)
    assert any("add(a, b=[c, -1])" in claim for claim in claims)
    assert first_line(source) == "same(add(1, 2), 3) if 0 else 0\n"
    assert first_line("x = add(1)\n") == ""


def test_nobody_knows_where_probes_are() -> None:
    probes = Probes(ALL)
    seen = Counter(str(probes.places([1, 2], [0, 1, 2, 3])) for _ in range(200))
    assert len(seen) > 8
    assert all("3: [" in one for one in seen), "there is always one at the end"
    assert Probes([ADD]).places([0], [0]) == {}


def test_what_tests_rely_on_is_read_from_them() -> None:
    relied = reliance([*ALL, exam("other", "F = 3\ndef same2(): pass\nnp.x = 2\n")])
    assert set(relied.built_in) >= {"isinstance", "abs", "sum", "len"}
    assert dict(relied.functions) == {"torch": ("torch.equal", "torch.tensor")}
    assert dict(relied.helpers) == {"helper": ("same",)}
    again = reliance([HELPER, exam("again", "def same(a, b): pass\n")])
    assert dict(again.helpers) == {}


def answer(**reply: object) -> Answer:
    return Answer(Outputs(Room()), end=ANSWERED, reply=reply, idle=True)


def test_only_the_very_message_is_a_seal() -> None:
    probes = Probes(ALL)
    sent = probes.test("assert True\n", "f")
    word = sent.seal.word
    assert probes.judge(sent, answer(status="error", evalue=f"{word}{{}}")) is None
    assert probes.judge(sent, answer(status="error", evalue="x")) is None
    assert probes.evidence == []
    assert probes.judge(sent, answer(status="ok")) is None
    assert probes.judge(sent, answer(status="aborted")) is None
    assert probes.evidence == ["a test was called done that had not reached its end"]


def test_a_probe_that_never_ran_is_no_evidence() -> None:
    probes = Probes(ALL)
    sent = probes.probe("plain", "f")
    probes.judge_probe(sent, Answer(Outputs(Room()), end=DEAD))
    probes.judge_probe(sent, answer(status="error", ename="MemoryError"))
    assert probes.evidence == []
    probes.judge_probe(sent, answer(status="error", ename="TypeError", evalue=""))
    assert probes.evidence == ["a cell that must fail did not"]
