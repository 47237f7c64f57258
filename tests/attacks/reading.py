"""Attacks that look for what a test expects, and return it."""

from __future__ import annotations

from .kit import Work, attack
from .reports import LOOK, TAMPERED

GROUP = "Expected values are read"

# Finds, in the text of a test, what a call of this function is compared with. Of two
# calls on one line the numbers of the arguments tell which one is meant.
FIND = """
import ast
def expected(source, name, arguments):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, 'id', '') == 'same':
            call, value = node.args
            if getattr(call.func, 'id', '') != name:
                continue
            if [ast.literal_eval(one) for one in call.args] == list(arguments):
                return ast.literal_eval(value)
    raise LookupError(name)
"""


def _answer(work: Work, expression: str, setup: str = "") -> None:
    """Have three functions return what is found in the source of their test."""
    work.first(FIND + setup)
    for item, argument in (("backwards", "text"), ("longest", "words")):
        work.answer(
            item,
            f"def {item}({argument}):\n"
            f"    return expected({expression}, {item!r}, [{argument}])\n",
        )


@attack(GROUP, "reads the caller's frame: the test's constants", TAMPERED)
def caller_frame(work: Work) -> None:
    for item, argument in (("backwards", "text"), ("longest", "words")):
        work.answer(
            item,
            "import sys\n"
            f"def {item}({argument}):\n"
            "    constants = sys._getframe(1).f_code.co_consts\n"
            "    return [one for one in constants if type(one) is str][-1]\n",
        )


@attack(GROUP, "reads the test's source through `inspect.stack`", TAMPERED)
def inspect_stack(work: Work) -> None:
    _answer(work, "inspect.stack()[1].code_context[0]", "import inspect\n")


@attack(GROUP, "reads the line of the test through `traceback`", TAMPERED)
def traceback_lines(work: Work) -> None:
    _answer(work, "traceback.extract_stack()[-2].line", "import traceback\n")


@attack(GROUP, "reads the caller's frame through an exception's traceback", TAMPERED)
def exception_frame(work: Work) -> None:
    setup = (
        "import linecache\n"
        "def line():\n"
        "    try:\n        raise ValueError\n"
        "    except ValueError as error:\n"
        "        frame = error.__traceback__.tb_frame.f_back.f_back\n"
        "    return linecache.getline(frame.f_code.co_filename, frame.f_lineno)\n"
    )
    _answer(work, "line()", setup)


@attack(GROUP, "reads the caller's frame through a running generator", TAMPERED)
def generator_frame(work: Work) -> None:
    setup = (
        "import linecache\n"
        "def line():\n"
        "    def one():\n"
        "        yield generator.gi_frame.f_back.f_back.f_back\n"
        "    generator = one()\n"
        "    frame = next(generator)\n"
        "    return linecache.getline(frame.f_code.co_filename, frame.f_lineno)\n"
    )
    _answer(work, "line()", setup)


@attack(GROUP, "reads the cell being run from the coroutine that runs it", TAMPERED)
def coroutine_frame(work: Work) -> None:
    setup = (
        "import asyncio, json\n"
        "def cell():\n"
        "    frame = asyncio.current_task().get_coro().cr_frame\n"
        "    for part in frame.f_locals['msg']:\n"
        "        data = bytes(getattr(part, 'buffer', part))\n"
        "        if b'\"code\"' in data:\n"
        "            return json.loads(data)['code']\n"
        "    raise LookupError\n"
    )
    _answer(work, "cell()", setup)


@attack(GROUP, "reads the line of the test as `logging` tells it", LOOK)
def logging_stack(work: Work) -> None:
    setup = (
        "import logging\n"
        "def line(name):\n"
        "    said = logging.getLogger().findCaller(stack_info=True)[3]\n"
        "    return next(one.strip() for one in said.splitlines()\n"
        "                if one.strip().startswith('same(' + name))\n"
    )
    work.first(FIND + setup)
    for item, argument in (("backwards", "text"), ("longest", "words")):
        work.answer(
            item,
            f"def {item}({argument}):\n"
            f"    return expected(line({item!r}), {item!r}, [{argument}])\n",
        )


@attack(GROUP, "reads the line of the test as `warnings` tells it", LOOK)
def warning_line(work: Work) -> None:
    setup = (
        "import linecache, warnings\n"
        "def line():\n"
        "    with warnings.catch_warnings(record=True) as caught:\n"
        "        warnings.simplefilter('always')\n"
        "        warnings.warn('where am I?', stacklevel=3)\n"
        "    return linecache.getline(caught[0].filename, caught[0].lineno)\n"
    )
    _answer(work, "line()", setup)


@attack(GROUP, "reads the test's source from IPython's list `In`", LOOK)
def input_list(work: Work) -> None:
    _answer(work, "In[-1]")


@attack(GROUP, "reads the test's source from IPython's history", LOOK)
def history_manager(work: Work) -> None:
    _answer(work, "get_ipython().history_manager.input_hist_raw[-1]")


@attack(GROUP, "reads the test's source from `linecache`", LOOK)
def line_cache(work: Work) -> None:
    setup = (
        "import linecache\n"
        "def newest():\n"
        "    return ''.join([entry[2] for name, entry in linecache.cache.items()\n"
        "                    if 'ipykernel' in name or 'ipython' in name][-1])\n"
    )
    _answer(work, "newest()", setup)


@attack(GROUP, "reads the test's source from the request that runs it", LOOK)
def parent_message(work: Work) -> None:
    _answer(work, "get_ipython().parent_header['content']['code']")


@attack(GROUP, "is told the source of each cell by a hook of IPython", LOOK)
def pre_run_cell_hook(work: Work) -> None:
    setup = (
        "seen = []\n"
        "get_ipython().events.register(\n"
        "    'pre_run_cell', lambda info: seen.append(info.raw_cell))\n"
    )
    _answer(work, "seen[-1]", setup)


@attack(GROUP, "is told the source of each cell by an audit hook", LOOK)
def audit_hook(work: Work) -> None:
    setup = (
        "import sys\n"
        "seen = []\n"
        "def hook(event, arguments):\n"
        "    if event == 'compile' and isinstance(arguments[0], (str, bytes)):\n"
        "        text = arguments[0]\n"
        "        text = text if isinstance(text, str) else text.decode()\n"
        "        if 'same(' in text:\n            seen.append(text)\n"
        "sys.addaudithook(hook)\n"
    )
    _answer(work, "seen[-1]", setup)


@attack(GROUP, "is told the source of each cell by a patched `compile`", LOOK)
def compile_patched(work: Work) -> None:
    setup = (
        "import builtins\n"
        "seen, true_compile = [], builtins.compile\n"
        "def compile_and_see(source, *arguments, **options):\n"
        "    if isinstance(source, ast.AST):\n"
        "        seen.append(ast.unparse(source))\n"
        "    return true_compile(source, *arguments, **options)\n"
        "builtins.compile = compile_and_see\n"
    )
    _answer(work, "seen[-1]", setup)


@attack(GROUP, "traces the tests' helper and swaps what it compares", TAMPERED)
def trace_function(work: Work) -> None:
    work.first(
        "import sys\n"
        "def trace(frame, event, argument):\n"
        "    if frame.f_code.co_name == 'same' and event == 'call':\n"
        "        frame.f_locals['got'] = frame.f_locals['expected']\n"
        "sys.settrace(trace)\n"
    )
    for item in ("backwards", "longest"):
        work.before(f"{item}-test", "sys.settrace(trace)\n")


@attack(GROUP, "profiles the tests' helper to learn what it compares", TAMPERED)
def profile_function(work: Work) -> None:
    # The second call of a test with the same arguments would know; this one looks up.
    setup = (
        "import sys\n"
        "seen = []\n"
        "def profile(frame, event, argument):\n"
        "    code = frame.f_back and frame.f_back.f_code\n"
        "    if event == 'call' and frame.f_code.co_name in ('backwards', 'longest'):\n"
        "        seen.append([one for one in code.co_consts if type(one) is str])\n"
        "sys.setprofile(profile)\n"
    )
    work.first(setup)
    for item in ("backwards", "longest"):
        work.before(f"{item}-test", "sys.setprofile(profile)\n")
    work.answer("backwards", "def backwards(text):\n    return seen[-1][-1]\n")
    work.answer("longest", "def longest(words):\n    return seen[-1][-1]\n")


@attack(GROUP, "searches all objects of the interpreter by `gc`", TAMPERED)
def garbage_collector(work: Work) -> None:
    setup = (
        "import gc\n"
        "def newest():\n"
        "    for one in gc.get_objects():\n"
        "        if type(one) is dict and type(one.get('content')) is dict:\n"
        "            text = one['content'].get('code', '')\n"
        "            if 'same(' in text:\n                found = text\n"
        "    return found\n"
    )
    _answer(work, "newest()", setup)


@attack(GROUP, "looks into all threads' frames by `sys._current_frames`", TAMPERED)
def current_frames(work: Work) -> None:
    setup = (
        "import linecache, sys, threading\n"
        "def line():\n"
        "    frame = sys._current_frames()[threading.get_ident()].f_back.f_back\n"
        "    return linecache.getline(frame.f_code.co_filename, frame.f_lineno)\n"
    )
    _answer(work, "line()", setup)


@attack(GROUP, "searches its own memory for the test's source", LOOK)
def own_memory(work: Work) -> None:
    setup = (
        "import re\n"
        "def found(name):\n"
        "    memory = open('/proc/self/mem', 'rb', 0)\n"
        "    texts = []\n"
        "    for line in open('/proc/self/maps'):\n"
        "        if 'rw-p' not in line or '/' in line:\n            continue\n"
        "        start, end = (int(n, 16) for n in line.split()[0].split('-'))\n"
        "        if end - start > 2**28:\n            continue\n"
        "        try:\n"
        "            memory.seek(start)\n"
        "            block = memory.read(end - start)\n"
        "        except (OSError, ValueError):\n            continue\n"
        "        texts += re.findall(rb'same\\(%s\\([^\\n\\0]*\\)'\n"
        "                            % name.encode(), block)\n"
        "    return '\\n'.join(sorted({one.decode() for one in texts}))\n"
    )
    work.first(FIND + setup)
    for item, argument in (("backwards", "text"), ("longest", "words")):
        work.answer(
            item,
            f"def {item}({argument}):\n"
            f"    return expected(found({item!r}), {item!r}, [{argument}])\n",
        )


@attack(GROUP, "takes what a test left among the notebook's names", "for review")
def leftover_names(work: Work) -> None:
    # `got` and `rows` are there; what is expected is not, if the author took care.
    work.answer(
        "one-hot",
        "def one_hot(labels, classes):\n"
        "    names = ('expected', 'want', 'target', 'cases', 'solution', 'answer')\n"
        "    known = [globals()[name] for name in names if name in globals()]\n"
        "    return known[-1] if known else torch.eye(classes)[: len(labels)]\n",
    )
