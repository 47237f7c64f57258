"""Who made a value, as far as reading the code of a test cell can tell.

What a student's function returns may be of a class that equals everything. It can be
trusted once the test knows its exact type: `type(x) is int`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from enum import IntEnum


class Origin(IntEnum):
    """How far a value can be trusted."""

    OURS = 0  # made by the test, or of an exact type
    HOLDER = 1  # an exact list, tuple or dictionary, whose parts may be the student's
    THEIRS = 2  # the student's, of an unknown type


OURS, HOLDER, THEIRS = Origin
_HOLDERS = frozenset(("dict", "frozenset", "list", "set", "tuple"))


class Values:
    """What is known of names, and where the value of an expression comes from.

    Args:
        theirs: the names that the student's cells define.
    """

    def __init__(self, theirs: frozenset[str]) -> None:
        self.theirs = theirs
        self.known: dict[str, Origin] = {}

    def called(self, node: ast.Call) -> Origin:
        """Tell where comes from what a call returns."""
        raise NotImplementedError

    # Names

    def default(self, name: str) -> Origin:
        """Tell where a name comes from of which nothing else is known."""
        return THEIRS if name in self.theirs else OURS

    def mark(self, node: ast.expr, origin: Origin) -> None:
        """Note what is known of a name, an attribute or an element."""
        if isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
            self.known[ast.unparse(node)] = origin

    def set(self, target: ast.expr, origin: Origin) -> None:
        """Give a target its origin; what was known of its parts no longer holds."""
        if isinstance(target, ast.Tuple | ast.List):
            for part in target.elts:
                self.set(part, THEIRS if origin is not OURS else OURS)
        elif isinstance(target, ast.Starred):
            self.set(target.value, HOLDER if origin is not OURS else OURS)
        elif isinstance(target, ast.Name):
            parts = (f"{target.id}.", f"{target.id}[")
            self.known = {
                key: value
                for key, value in self.known.items()
                if not key.startswith(parts)
            }
            self.known[target.id] = origin
        elif isinstance(target, ast.Subscript | ast.Attribute) and origin is not OURS:
            self.mark(target.value, max(self.origin(target.value), HOLDER))

    def bind(self, target: ast.expr, value: ast.expr) -> None:
        """Assign a value to a target."""
        if (
            isinstance(target, ast.Tuple)
            and isinstance(value, ast.Tuple)
            and len(target.elts) == len(value.elts)
        ):
            origins = [self.origin(one) for one in value.elts]
            for part, origin in zip(target.elts, origins, strict=True):
                self.set(part, origin)
        else:
            self.set(target, self.origin(value))

    def bind_each(
        self, target: ast.expr, iterated: ast.expr
    ) -> Iterator[tuple[ast.expr, ast.expr]]:
        """Bind the target of a loop; yields its names with what each goes through."""
        called = name_called(iterated)
        parts = target.elts if isinstance(target, ast.Tuple) else []
        sources = iterated.args if isinstance(iterated, ast.Call) else []
        if called == "enumerate" and len(parts) == 2 and sources:
            self.set(parts[0], OURS)
            yield from self.bind_each(parts[1], sources[0])
        elif called == "zip" and len(parts) == len(sources):
            for part, source in zip(parts, sources, strict=True):
                yield from self.bind_each(part, source)
        elif isinstance(iterated, ast.Tuple | ast.List):
            rows = [row.elts for row in iterated.elts if isinstance(row, ast.Tuple)]
            if parts and all(len(row) == len(parts) for row in rows) and rows:
                for number, part in enumerate(parts):
                    self.set(part, max(self.origin(row[number]) for row in rows))
            else:
                origins = [self.origin(one) for one in iterated.elts]
                self.set(target, max(origins, default=OURS))
                yield target, iterated
        else:
            origin = self.origin(iterated)
            self.set(target, OURS if origin is OURS else THEIRS)
            yield target, iterated

    # What a test tells of types

    def learn(self, test: ast.expr) -> None:
        """Take in what a test tells of types, supposing that it holds."""
        for checked, origin in type_checks(test):
            self.mark(checked, origin)

    # Expressions

    def origin(self, node: ast.expr) -> Origin:
        """Tell where a value comes from."""
        if isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
            return self.place(node)
        if isinstance(node, ast.Call):
            return self.called(node)
        if isinstance(node, ast.Compare):
            return self._compare(node)
        if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp):
            return self._comprehension(node, [node.elt])
        if isinstance(node, ast.DictComp):
            return self._comprehension(node, [node.key, node.value])
        if isinstance(node, ast.JoinedStr | ast.Lambda | ast.Constant):
            return OURS
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return THEIRS if self.origin(node.operand) is THEIRS else OURS
        if isinstance(node, ast.NamedExpr):
            self.bind(node.target, node.value)
            return self.origin(node.value)
        parts = [one for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr)]
        found = max(map(self.origin, parts), default=OURS)
        if isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict):
            return min(found, HOLDER)
        return found

    def place(self, node: ast.Name | ast.Attribute | ast.Subscript) -> Origin:
        """Tell where a name, an attribute or an element comes from."""
        written = ast.unparse(node)
        if written in self.known:
            return self.known[written]
        if isinstance(node, ast.Name):
            return self.default(node.id)
        whole = self.origin(node.value)
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
            return whole
        return OURS if whole is OURS else THEIRS

    def _compare(self, node: ast.Compare) -> Origin:
        if all(isinstance(one, ast.Is | ast.IsNot) for one in node.ops):
            return OURS  # nobody can fake who they are
        found = map(self.origin, [node.left, *node.comparators])
        return OURS if max(found) is OURS else THEIRS

    def _comprehension(
        self,
        node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp,
        made: Sequence[ast.expr],
    ) -> Origin:
        outside = self.known
        self.known = dict(outside)
        for loop in node.generators:
            list(self.bind_each(loop.target, loop.iter))
            for test in loop.ifs:
                self.learn(test)
        found = max(map(self.origin, made))
        self.known = outside
        return min(found, HOLDER)


def name_called(node: ast.expr) -> str:
    """Name the function that an expression calls; "" if it calls none by name."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id
    return ""


def arguments(node: ast.expr) -> list[ast.expr]:
    """List what a call hands over, by place and by name."""
    if not isinstance(node, ast.Call):
        return []
    return [*node.args, *(keyword.value for keyword in node.keywords)]


def type_checks(test: ast.expr) -> Iterator[tuple[ast.expr, Origin]]:
    """Find `type(x) is T` in a test, and `all(type(y) is T for y in x)`."""
    if isinstance(test, ast.ListComp | ast.SetComp | ast.GeneratorExp):
        whole = test.generators[0].iter
        for _, origin in type_checks(test.elt):
            if origin is OURS:
                yield whole, OURS
        return
    if isinstance(test, ast.Compare) and name_called(test.left) == "type":
        named = {n.id for n in ast.walk(test.comparators[0]) if isinstance(n, ast.Name)}
        yield arguments(test.left)[0], HOLDER if named & _HOLDERS else OURS
        return
    for child in ast.iter_child_nodes(test):
        if isinstance(child, ast.expr):
            yield from type_checks(child)
