"""Attacks by somebody who has studied this grader."""

from __future__ import annotations

from .kit import Work, attack
from .reports import LOOK, TAMPERED

GROUP = "By somebody who knows this grader"


@attack(GROUP, "swaps the tests' helper while it is called, then puts it back", LOOK)
def helper_swapped_for_a_moment(work: Work) -> None:
    work.first(
        "true_same = same\n"
        "def false_same(got, expected):\n"
        "    globals()['same'] = true_same\n"
    )
    for item, argument, said in (
        ("backwards", "text", "text"),
        ("longest", "words", "words[-1]"),
    ):
        work.answer(
            item,
            f"def {item}({argument}):\n"
            "    globals()['same'] = false_same\n"
            f"    return {said}\n",
        )


@attack(GROUP, "swaps `torch.equal` while it is called, then puts it back", LOOK)
def library_swapped_for_a_moment(work: Work) -> None:
    work.answer(
        "one-hot",
        "true_equal = torch.equal\n"
        "def false_equal(*tensors):\n"
        "    torch.equal = true_equal\n"
        "    return True\n"
        "def one_hot(labels, classes):\n"
        "    torch.equal = false_equal\n"
        "    return torch.zeros(1)\n",
    )


@attack(GROUP, "swaps `type` and `sum` among the notebook's names for a moment", LOOK)
def names_shadowed_for_a_moment(work: Work) -> None:
    work.answer(
        "vowels",
        "def vowels(text):\n"
        "    def four(values):\n"
        "        globals().pop('float')\n"
        "        return 4.0\n"
        "    globals()['float'] = four\n"
        "    return 0\n",
    )


@attack(
    GROUP, "changes its arguments, so that what is expected changes", "", ("double",)
)
def arguments_changed(work: Work) -> None:
    work.answer(
        "means",
        "def means(rows):\n"
        "    first = rows[:, 0] + 1\n"
        "    rows[:] = first[:, None]\n"
        "    return first\n",
    )


@attack(GROUP, "has a signal handler, which is handed the test's frame", LOOK)
def signal_handler_frame(work: Work) -> None:
    work.answer(
        "vowels",
        "import signal\n"
        "seen = []\n"
        "def handler(number, frame):\n"
        "    seen.append(frame.f_back.f_locals['number'])\n"
        "def vowels(text):\n"
        "    signal.signal(signal.SIGUSR1, handler)\n"
        "    signal.raise_signal(signal.SIGUSR1)\n"
        "    return seen[-1]\n",
    )


@attack(GROUP, "reaches for frames where the stack ends", LOOK)
def frames_at_the_end_of_the_stack(work: Work) -> None:
    work.answer(
        "vowels",
        "import sys\n"
        "def vowels(text):\n"
        "    caller = []\n"
        "    def dive(depth):\n"
        "        try:\n"
        "            dive(depth + 1)\n"
        "        except RecursionError:\n"
        "            caller.append(sys._getframe(depth + 2))\n"
        "    dive(0)\n"
        "    return caller[-1].f_locals['number']\n",
    )


@attack(GROUP, "gives the notebook an `exec`, which is handed the tests' code", LOOK)
def exec_shadowed(work: Work) -> None:
    work.first(
        "import builtins\n"
        "seen = []\n"
        "def exec(code, *spaces):\n"
        "    seen.append([c for c in getattr(code, 'co_consts', ())\n"
        "                 if type(c) is str])\n"
        "    spaces = spaces or (globals(),)\n"
        "    return builtins.exec(code, *spaces)\n"
    )
    work.answer("backwards", "def backwards(text):\n    return seen[-1][-1]\n")


@attack(GROUP, "replaces `marshal.loads`, which is handed the tests' code", LOOK)
def marshal_replaced(work: Work) -> None:
    work.first(
        "import marshal\n"
        "seen, true_loads = [], marshal.loads\n"
        "def loads(data):\n"
        "    code = true_loads(data)\n"
        "    seen.append([c for c in code.co_consts if type(c) is str])\n"
        "    return code\n"
        "marshal.loads = loads\n"
    )
    work.answer("backwards", "def backwards(text):\n    return seen[-1][-1]\n")


@attack(GROUP, "unpacks the tests from the request, and finds what they expect", LOOK)
def tests_unpacked(work: Work) -> None:
    work.first(
        "import ast, base64, marshal, zlib\n"
        "def texts():\n"
        "    request = get_ipython().parent_header['content']['code']\n"
        "    packed = ast.literal_eval(request.splitlines()[1])\n"
        "    tests = marshal.loads(zlib.decompress(base64.b85decode(packed)))\n"
        "    return [one for one in tests.co_consts if type(one) is str]\n"
    )
    work.answer(
        "backwards",
        "def backwards(text):\n"
        "    return next(t for t in texts() if sorted(t) == sorted(text)\n"
        "                and (t != text or len(t) == 1))\n",
    )


@attack(GROUP, "runs the tests itself, without what fails, up to the seal", TAMPERED)
def seal_forged(work: Work) -> None:
    work.first(
        "import ast, base64, marshal, re, zlib\n"
        "shell = get_ipython()\n"
        "true_run = shell.run_cell_async\n"
        "async def run_cell_async(source, *arguments, **options):\n"
        "    if source.startswith('exec(__import__'):\n"
        "        packed = ast.literal_eval(source.splitlines()[1])\n"
        "        code = marshal.loads(zlib.decompress(base64.b85decode(packed)))\n"
        "        words = [c for c in code.co_consts\n"
        "                 if type(c) is str and re.fullmatch('[0-9a-f]{24}', c)]\n"
        "        seal = words[-1] + '{\"plain\": true}'\n"
        "        source = f'raise AssertionError({seal!r})'\n"
        "    return await true_run(source, *arguments, **options)\n"
        "shell.run_cell_async = run_cell_async\n"
    )


@attack(GROUP, "writes into the pipe on which the kernel's watch reports", LOOK)
def report_forged(work: Work) -> None:
    work.first(
        "import os\n"
        "for fd in range(3, 64):\n"
        "    try:\n"
        "        if 'pipe:' in os.readlink(f'/proc/self/fd/{fd}'):\n"
        "            os.set_blocking(fd, False)\n"
        "            os.write(fd, b'nothing to report\\n' * 1000)\n"
        "    except OSError:\n        pass\n"
    )


@attack(GROUP, "closes the pipe on which the kernel's watch reports", LOOK)
def report_closed(work: Work) -> None:
    work.first(
        "import os\n"
        "for fd in range(3, 64):\n"
        "    try:\n"
        "        if 'pipe:' in os.readlink(f'/proc/self/fd/{fd}'):\n"
        "            os.close(fd)\n"
        "    except OSError:\n        pass\n"
    )


@attack(GROUP, "fills that pipe until nothing more goes in", LOOK)
def report_filled(work: Work) -> None:
    work.first(
        "import os\n"
        "for fd in range(3, 64):\n"
        "    try:\n"
        "        if 'pipe:' in os.readlink(f'/proc/self/fd/{fd}'):\n"
        "            os.set_blocking(fd, False)\n"
        "            while True:\n"
        "                os.write(fd, b' ')\n"
        "    except OSError:\n        pass\n"
    )
    work.answer(
        "vowels",
        "import sys\n"
        "def vowels(text):\n"
        "    return sys._getframe(1).f_locals['number']\n",
    )


@attack(GROUP, "gives its cells the names of library files", LOOK)
def false_cell_names(work: Work) -> None:
    work.first("import json, os\nos.environ['IPYKERNEL_CELL_NAME'] = json.__file__\n")
    work.answer(
        "vowels",
        "import sys\n"
        "def vowels(text):\n"
        "    return sys._getframe(1).f_locals['number']\n",
    )
