"""Whether functions that tests use tell right from wrong."""

from __future__ import annotations

import random
from collections.abc import Iterator

from dlcourse.grading.trust.check import FALSE, RAISES, TRUE, Check
from dlcourse.grading.trust.reliance import Reliance

# Calls of built-in functions that come out true, and some that do not. The numbers are
# others each time, and a is less than b.
_BUILT_IN = {
    "abs": ("abs(-{a}) == {a}", "abs(-{b}) == {a}"),
    "all": ("all([{a}, {b}])", "all([{a}, 0])"),
    "any": ("any([0, {b}])", "any([0, 0])"),
    "bool": ("bool({a}) is True", "bool(0)"),
    "callable": ("callable(''.join)", "callable({a})"),
    "float": ("float('{a}') == {a}", "float('{b}') == {a}"),
    "getattr": ("getattr({a}, 'real') == {a}", "getattr({a}, 'real') == {b}"),
    "hasattr": ("hasattr({a}, 'real')", "hasattr({a}, 'x{b}')"),
    "int": ("int('{a}') == {a}", "int('{b}') == {a}"),
    "isinstance": ("isinstance({a}, int)", "isinstance({a}, str)"),
    "issubclass": ("issubclass(bool, int)", "issubclass(int, bool)"),
    "len": ("len(({a}, {b})) == 2", "len(({a}, {b})) == {b}"),
    "list": ("list(({a}, {b})) == [{a}, {b}]", "list(({a}, {b})) == [{b}, {a}]"),
    "max": ("max([{a}, {b}]) == {b}", "max([{a}, {b}]) == {a}"),
    "min": ("min([{b}, {a}]) == {a}", "min([{b}, {a}]) == {b}"),
    "range": ("[*range({a}, {b})][-1] + 1 == {b}", "[*range({a}, {b})][0] == {b}"),
    "set": ("{a} in set([{a}])", "{b} in set([{a}])"),
    "sorted": ("sorted([{b}, {a}])[0] == {a}", "sorted([{b}, {a}])[0] == {b}"),
    "str": ("str({a}) == '{a}'", "str({a}) == '{b}'"),
    "sum": ("sum([{a}, {b}]) == {a} + {b}", "sum([{a}, {b}]) == {a}"),
    "tuple": ("tuple([{a}, {b}]) == ({a}, {b})", "tuple([{a}, {b}]) == ({b}, {a})"),
    "type": ("type({a}) is type({b})", "type({a}) is type('{a}')"),
    "zip": ("[*zip([{a}], [{b}])] == [({a}, {b})]", "[*zip([{a}], [{b}])] == []"),
}
_A, _B = "{m}.tensor([{a}.0], device='cpu')", "{m}.tensor([{b}.0], device='cpu')"
_C, _D = "{m}.array([{a}.0])", "{m}.array([{b}.0])"
# What libraries must say of two things that differ, by the name that tests use.
_COMPARISONS = {
    "torch": {
        "==": (f"({_A} == {_B}).any()", FALSE),
        "allclose": (f"{{m}}.allclose({_A}, {_B})", FALSE),
        "assert_close": (f"{{m}}.testing.assert_close({_A}, {_B})", RAISES),
        "equal": (f"{{m}}.equal({_A}, {_B})", FALSE),
        "isclose": (f"{{m}}.isclose({_A}, {_B}).any()", FALSE),
        "item": (f"{_A}.item() == {{b}}", FALSE),
        "tolist": (f"{_A}.tolist() == [{{b}}]", FALSE),
    },
    "numpy": {
        "==": (f"({_C} == {_D}).any()", FALSE),
        "allclose": (f"{{m}}.allclose({_C}, {_D})", FALSE),
        "array_equal": (f"{{m}}.array_equal({_C}, {_D})", FALSE),
        "assert_allclose": (f"{{m}}.testing.assert_allclose({_C}, {_D})", RAISES),
        "assert_array_equal": (f"{{m}}.testing.assert_array_equal({_C}, {_D})", RAISES),
        "isclose": (f"{{m}}.isclose({_C}, {_D}).any()", FALSE),
    },
    "math": {"isclose": ("{m}.isclose({a}, {b})", FALSE)},
}


def call_checks(relied: Reliance, chance: random.Random) -> list[Check]:
    """Make a check of each function that tests use, with numbers of this time.

    Args:
        relied: what tests and helpers use.
        chance: where the numbers come from.
    """
    checks = [*_of_built_in(relied, chance), *_of_libraries(relied, chance)]
    chance.shuffle(checks)
    return checks


def _of_built_in(relied: Reliance, chance: random.Random) -> Iterator[Check]:
    for name in relied.built_in:
        for want, pattern in zip((TRUE, FALSE), _BUILT_IN.get(name, ()), strict=False):
            text = pattern.format(**_numbers(chance))
            yield Check(f"{name}() no longer tells right from wrong", text, want)


def _of_libraries(relied: Reliance, chance: random.Random) -> Iterator[Check]:
    for alias, module in relied.modules.items():
        for name, (pattern, want) in _COMPARISONS.get(module, {}).items():
            if name in relied.attributes:
                text = pattern.format(m=alias, **_numbers(chance))
                said = f"{name} of {module} no longer tells what differs"
                yield Check(said, text, want)


def _numbers(chance: random.Random) -> dict[str, int]:
    a = chance.randint(3, 400)
    return {"a": a, "b": a + chance.randint(2, 400)}
