"""What runs inside the kernel, in a namespace of its own, to tell how things are there.

The source of this file is compiled by the grader and sent along with tests, so it
imports nothing of the course and nothing that an honest kernel has not loaded. Who
replaces what is used here changes what it says, and that is noticed.
"""

# mypy: ignore-errors

# Where an object lies. Looked up in a way that no patch of built-in names reaches.
_place = ().__class__.__base__.__hash__

_METHODS = {
    "shell": "run_cell run_cell_async run_code run_ast_nodes showtraceback "
    "_showtraceback transform_cell transform_ast user_expressions",
    "kernel": "do_execute execute_request send_response dispatch_shell should_handle",
    "session": "send serialize",
}
_BUILT_IN = (
    "AssertionError BaseException Exception abs all any bool callable compile dict "
    "enumerate eval exec float getattr hasattr id int isinstance issubclass iter len "
    "list map max min next range repr round set sorted str sum tuple type zip"
)
_TENSOR = (
    "__abs__ __bool__ __eq__ __float__ __ge__ __getitem__ __gt__ __int__ __le__ "
    "__len__ __lt__ __ne__ __sub__ abs all allclose any cpu detach dtype equal isclose "
    "item max min numpy shape sum tolist"
)


def _places(owner, names):
    return [_place(getattr(owner, name)) for name in names.split()]


def _shell():
    """Say where the methods are that run cells and report on them."""
    shell = __import__("IPython").get_ipython()
    kernel = shell.kernel
    said = [_place(kernel.shell_handlers["execute_request"].__func__)]
    parts = {"shell": shell, "kernel": kernel, "session": kernel.session}
    for name, part in parts.items():
        said += [_place(part.__class__), *_places(part.__class__, _METHODS[name])]
        # A method of one object only.
        said += [one for one in _METHODS[name].split() if one in part.__dict__]
    for part in (shell.compile, shell.displayhook, shell.display_formatter):
        said.append(_place(part.__class__))
    return said


def _loader(space):
    """Say where that is by which tests are unpacked and run."""
    builtins = __import__("builtins")
    return [
        *_places(builtins, "exec __import__"),
        _place(space.get("__builtins__", builtins)),
        *[name for name in ("exec", "__import__") if name in space],
        _place(__import__("marshal").loads),
        _place(__import__("zlib").decompress),
        _place(__import__("base64").b64decode),
    ]


def _traced():
    """Say whether each step of the code is told to a function written in Python."""
    sys = __import__("sys")
    profiler = __import__("_lsprof").Profiler  # cProfile's, which is written in C
    tracers = (sys.gettrace(), sys.getprofile())
    return [
        one.__class__.__name__
        for one in tracers
        if one is not None and (callable(one) or not isinstance(one, profiler))
    ]


def _functions(space, names):
    """Say where functions of libraries are, by the names that tests use for them."""
    said = []
    for name in names:
        first, *rest = name.split(".")
        found = space[first]
        for part in rest:
            found = getattr(found, part)
        said.append(_place(found))
    return said


def _helper(space, name):
    """Say what a function of the tests does; nothing of what only took its name."""
    found = space[name]
    if found.__class__ is not _helper.__class__:
        return "another" if callable(found) else None
    return [_code(found.__code__), found.__defaults__, found.__kwdefaults__]


def _code(code):
    kind = code.__class__
    constants = [_code(one) if one.__class__ is kind else one for one in code.co_consts]
    return [code.co_code, code.co_names, code.co_varnames, constants]


def _measured(measure, *arguments):
    try:
        said = measure(*arguments)
    except Exception:
        return None
    # The same text has the same number as long as this process lives.
    return None if said is None else hash(repr(said))


def groups(space, prints):
    """Say how everything is that tests depend on, a number for each group.

    space: the notebook's names. prints: pairs of a library and names of functions, and
    names of helpers in locked cells. None stands for what is not there.
    """
    said = {
        "shell": _measured(_shell),
        "loader": _measured(_loader, space),
        "traced": _measured(_traced),
        "built-in": _measured(_places, __import__("builtins"), _BUILT_IN),
    }
    torch = __import__("sys").modules.get("torch")
    if torch is not None:
        said["tensors"] = _measured(_places, torch.Tensor, _TENSOR)
    return {**said, **_used(space, prints)}


def _used(space, prints):
    functions, helpers = prints
    said = {
        root + ".": _measured(_functions, space, names) for root, names in functions
    }
    said.update({name: _measured(_helper, space, name) for name in helpers})
    return said


def outcomes(checks):
    """Say how each expression comes out: true, false, it raises, short of memory."""
    said = ""
    for check in checks:
        try:
            said += "10"[not check()]
        except (MemoryError, RecursionError):
            said += "3"
        except BaseException:
            said += "2"
    return said


def shown(value):
    """Say what a test's last value is, and whether it is an ordinary number."""
    try:
        return [value.__class__ in (int, float), f"{value!r:.80}"]
    except Exception:
        return [False, ""]


def first_answer(modules, functions):
    """Say how things are before anybody could replace them.

    modules: what each name of a library stands for. functions: by such a name, those
    that tests use. Returns the folder of cells, the functions that stay where they are,
    and the groups.
    """
    folder = __import__("ipykernel.compiler", fromlist=["_"]).get_tmp_directory()
    space, kept = {}, {}
    for root, names in functions.items():
        try:
            space[root] = _find(modules[root])
        except Exception:
            continue
        for name in names:
            try:
                one, again = (_find(modules[root] + name[len(root) :]) for _ in "12")
            except Exception:
                continue
            if callable(one) and not isinstance(one, type) and one is again:
                kept.setdefault(root, []).append(name)
    return [folder, kept, groups(space, (tuple(kept.items()), ()))]


def _find(path):
    importlib = __import__("importlib")
    done, *rest = path.split(".")
    found = importlib.import_module(done)
    for part in rest:
        done += "." + part
        if not hasattr(found, part):
            importlib.import_module(done)
        found = getattr(found, part)
    return found


def hold(space, prints, before):
    """Fail if what a test uses is not what it was, even if it will be again.

    before: pairs of a group of functions, or a helper, and its number.
    """
    now = _used(space, prints)
    for name, number in before:
        if now[name] is not None and now[name] != number:
            raise AssertionError("what this test uses was replaced while it ran")


def say(space, prints, checks, value):
    """Say everything that a seal tells."""
    return text(
        {
            "outcomes": outcomes(checks),
            "groups": groups(space, prints),
            "shown": shown(value),
        }
    )


def text(said):
    """Write it as JSON, on one line."""
    return __import__("json").dumps(said)
