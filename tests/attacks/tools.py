"""Attacks on what tests use: comparisons are to come out true."""

from __future__ import annotations

from .kit import Work, attack
from .reports import LOOK

GROUP = "Tests are made to agree"


@attack(GROUP, "defines the tests' helper `same` anew", LOOK)
def helper_redefined(work: Work) -> None:
    work.first("def same(got, expected):\n    pass\n")


@attack(GROUP, "swaps the code inside the tests' helper", LOOK)
def helper_code_swapped(work: Work) -> None:
    work.first("same.__code__ = (lambda got, expected: None).__code__\n")


@attack(GROUP, "gives its own meaning to the names `type`, `float` and `sum`", LOOK)
def builtins_shadowed(work: Work) -> None:
    work.first(
        "def type(value):\n    return torch.Tensor\n"
        "def sum(values):\n    return 4\n"
        "float = lambda value: 4.0\n"
    )
    work.answer(
        "backwards",
        "class Word(str):\n"
        "    def __eq__(self, other):\n        return True\n"
        "def backwards(text):\n    return Word()\n",
    )


@attack(GROUP, "replaces `isinstance`, `all`, `abs`, `sum` in builtins", "died|tamper")
def builtins_patched(work: Work) -> None:
    work.first(
        "import builtins\n"
        "builtins.isinstance = lambda value, kinds: True\n"
        "builtins.all = builtins.any = lambda values: True\n"
        "builtins.abs = lambda value: 0\n"
        "builtins.sum = lambda values, start=0: 4\n"
    )


@attack(GROUP, "replaces `AssertionError` by an exception that nothing raises", LOOK)
def assertion_error_replaced(work: Work) -> None:
    work.first(
        "import builtins\n"
        "class Quiet(Warning):\n    pass\n"
        "builtins.AssertionError = Quiet\n"
    )


@attack(GROUP, "replaces `torch.equal`, `allclose` and `testing.assert_close`", LOOK)
def torch_functions_patched(work: Work) -> None:
    work.first(
        "torch.equal = torch.allclose = lambda *a, **k: True\n"
        "torch.isclose = lambda a, *more, **k: torch.ones(1, dtype=torch.bool)\n"
        "torch.testing.assert_close = lambda *a, **k: None\n"
    )


@attack(GROUP, "replaces the tensors' own `__eq__` and `__bool__`", LOOK)
def tensor_methods_patched(work: Work) -> None:
    work.first(
        "torch.Tensor.__eq__ = lambda self, other: torch.ones(1)\n"
        "torch.Tensor.__bool__ = lambda self: True\n"
        "torch.Tensor.__hash__ = object.__hash__\n"
        "torch.equal = lambda *a: True\n"
    )


@attack(GROUP, "replaces the functions of `numpy.testing`", LOOK)
def numpy_testing_patched(work: Work) -> None:
    work.first(
        "for name in dir(np.testing):\n"
        "    if name.startswith('assert_'):\n"
        "        setattr(np.testing, name, lambda *a, **k: None)\n"
    )


@attack(GROUP, "swaps the code inside `torch.testing.assert_close`", LOOK, ("double",))
def library_code_swapped(work: Work) -> None:
    work.first(
        "def nothing(actual, expected, *, allow_subclasses=True, rtol=None,\n"
        "            atol=None, equal_nan=False, check_device=True,\n"
        "            check_dtype=True, check_layout=True, check_stride=False,\n"
        "            msg=None):\n"
        "    pass\n"
        "torch.testing.assert_close.__code__ = nothing.__code__\n"
    )


@attack(GROUP, "returns objects that equal everything", keeps=("double", "means"))
def equals_everything(work: Work) -> None:
    work.first(
        "class Anything:\n"
        "    def __eq__(self, other):\n        return True\n"
        "    def __bool__(self):\n        return True\n"
        "    def __getattr__(self, name):\n        return self\n"
        "    def __call__(self, *a, **k):\n        return self\n"
    )
    for item, name in (("backwards", "backwards"), ("longest", "longest")):
        work.answer(item, f"def {name}(text):\n    return Anything()\n")
    work.answer("one-hot", "def one_hot(labels, classes):\n    return Anything()\n")
    work.answer("halves", "def halves(numbers):\n    return Anything()\n")


@attack(
    GROUP,
    "returns strings and numbers of its own classes that equal all",
    "lie about their type",
)
def lying_subclasses(work: Work) -> None:
    work.first(
        "class Word(str):\n"
        "    __class__ = property(lambda self: str)\n"
        "    def __eq__(self, other):\n        return True\n"
        "    __hash__ = str.__hash__\n"
        "class Number(int):\n"
        "    __class__ = property(lambda self: int)\n"
        "    def __eq__(self, other):\n        return True\n"
        "    __hash__ = int.__hash__\n"
    )
    work.answer("backwards", "def backwards(text):\n    return Word()\n")
    work.answer("longest", "def longest(words):\n    return Word()\n")
    work.answer("vowels", "def vowels(text):\n    return Number()\n")


@attack(
    GROUP,
    "returns a tensor's subclass that answers `equal` itself",
    "lie about their type",
)
def tensor_subclass(work: Work) -> None:
    work.answer(
        "one-hot",
        "class Agrees(torch.Tensor):\n"
        "    @classmethod\n"
        "    def __torch_function__(cls, function, types, args=(), kwargs=None):\n"
        "        return True\n"
        "def one_hot(labels, classes):\n"
        "    return torch.zeros(1).as_subclass(Agrees)\n",
    )


@attack(GROUP, "puts another module into `sys.modules` for `torch.testing`", LOOK)
def modules_replaced(work: Work) -> None:
    work.first(
        "import sys, types\n"
        "fake = types.ModuleType('testing')\n"
        "fake.assert_close = fake.assert_allclose = lambda *a, **k: None\n"
        "sys.modules['torch.testing'] = torch.testing = fake\n"
        "sys.modules['numpy.testing'] = np.testing = fake\n"
    )


@attack(GROUP, "gives the notebook a `torch` and an `np` of its own", LOOK)
def proxies(work: Work) -> None:
    work.first(
        "class Proxy:\n"
        "    def __init__(self, true):\n        self.true = true\n"
        "    def __getattr__(self, name):\n"
        "        if name in ('testing', 'equal', 'assert_close', 'assert_allclose'):\n"
        "            return Yes()\n"
        "        return getattr(self.true, name)\n"
        "class Yes:\n"
        "    def __getattr__(self, name):\n        return self\n"
        "    def __call__(self, *a, **k):\n        return True\n"
        "true_torch = torch\n"
        "torch, np = Proxy(torch), Proxy(np)\n"
    )


@attack(
    GROUP, "makes `torch.rand` and `manual_seed` give what suits it", LOOK, ("double",)
)
def random_numbers_patched(work: Work) -> None:
    work.first(
        "torch.rand = lambda *shape: torch.full(shape, 0.5)\n"
        "torch.manual_seed = lambda seed: None\n"
    )
    work.answer(
        "means",
        "def means(rows):\n    return rows[:, 0] + float(rows[0, 0] != rows[0, 1])\n",
    )


@attack(GROUP, "lets an import hook supply a false `numpy.testing`", LOOK)
def import_hook(work: Work) -> None:
    work.first(
        "import importlib.abc, importlib.machinery, importlib, sys\n"
        "class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name in ('numpy.testing', 'torch.testing'):\n"
        "            return importlib.machinery.ModuleSpec(name, self)\n"
        "    def exec_module(self, module):\n"
        "        module.assert_close = lambda *a, **k: None\n"
        "        module.assert_allclose = lambda *a, **k: None\n"
        "sys.meta_path.insert(0, Finder())\n"
        "del sys.modules['numpy.testing'], sys.modules['torch.testing']\n"
        "np.testing = importlib.import_module('numpy.testing')\n"
        "torch.testing = importlib.import_module('torch.testing')\n"
    )
