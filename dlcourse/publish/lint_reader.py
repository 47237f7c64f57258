"""Follows values through a test cell, from the student's names to the asserts.

It reads the code and never runs it: a loop once, a helper with what it is handed.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence

from dlcourse.publish.origins import (
    HOLDER,
    OURS,
    THEIRS,
    Origin,
    Values,
    arguments,
    name_called,
)

# What these return is of an exact type, whatever they are handed.
_EXACT = frozenset(
    (
        *("callable", "float", "hasattr", "id", "int", "isinstance", "len", "repr"),
        *("str", "type"),
    )
)
_HOLDING = frozenset(
    ["dict", "enumerate", "filter", "list", "reversed", "set", "sorted", "tuple", "zip"]
)
_GROWING = frozenset(("add", "append", "extend", "insert", "update"))
_DEPTH = 8  # of helpers that call helpers


class Reader(Values):
    """Reads statements in their order and reports each assert that trusts too early.

    Args:
        theirs: the names that the student's cells define.
        functions: those of the assignment's own cells, by name.
        report: called with each expression that an assert must not rely on.
        depth: how many helpers are being read.
    """

    def __init__(
        self,
        theirs: frozenset[str],
        functions: Mapping[str, ast.FunctionDef],
        report: Callable[[ast.expr], None],
        depth: int = 0,
    ) -> None:
        super().__init__(theirs)
        self.functions, self.report, self.depth = dict(functions), report, depth
        self.returned = OURS  # what a helper gives back

    def read(self, statements: Sequence[ast.stmt]) -> bool:
        """Read statements; whether what follows them can be reached."""
        for statement in statements:
            if isinstance(statement, ast.Return):
                if statement.value is not None:
                    self.returned = max(self.returned, self.origin(statement.value))
                return False
            if isinstance(statement, ast.Raise | ast.Continue | ast.Break):
                return False
            method = getattr(self, f"_{type(statement).__name__.lower()}", None)
            if method is not None:
                method(statement)
        return True

    def _functiondef(self, node: ast.FunctionDef) -> None:
        self.functions[node.name] = node

    def _assert(self, node: ast.Assert) -> None:
        self.learn(node.test)
        if self.origin(node.test) is THEIRS:
            self.report(node.test)

    def _expr(self, node: ast.Expr) -> None:
        origin = self.origin(node.value)
        call = node.value
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr in _GROWING
            and isinstance(call.func.value, ast.Name)
            and origin is not OURS
        ):
            self.mark(call.func.value, HOLDER)

    def _assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            self.bind(target, node.value)

    def _annassign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.bind(node.target, node.value)

    def _augassign(self, node: ast.AugAssign) -> None:
        self.set(node.target, max(self.origin(node.target), self.origin(node.value)))

    def _for(self, node: ast.For) -> None:
        sources = list(self.bind_each(node.target, node.iter))
        self.read(node.body)
        # If the loop checked each part, the whole is checked.
        for target, source in sources:
            if self.origin(target) is OURS:
                whole = source.elts if isinstance(source, ast.Tuple) else [source]
                for one in whole:
                    self.mark(one, OURS)
        self.read(node.orelse)

    def _while(self, node: ast.While) -> None:
        self.learn(node.test)
        self.read(node.body)

    def _with(self, node: ast.With) -> None:
        for item in node.items:
            if item.optional_vars is not None:
                self.bind(item.optional_vars, item.context_expr)
        self.read(node.body)

    def _if(self, node: ast.If) -> None:
        self.learn(node.test)
        if self.origin(node.test) is THEIRS:
            self.returned = THEIRS  # which of its values that is, the student decides
        self._branch([node.body, node.orelse])

    def _try(self, node: ast.Try) -> None:
        handlers = [handler.body for handler in node.handlers]
        self._branch([[*node.body, *node.orelse], *handlers])
        self.read(node.finalbody)

    def _branch(self, branches: Sequence[Sequence[ast.stmt]]) -> None:
        """Read alternatives; afterwards, trust only what all that go on trust."""
        before, ends = dict(self.known), []
        for branch in branches:
            self.known = dict(before)
            if self.read(branch):
                ends.append(self.known)
        names = {name for end in ends for name in end}
        self.known = {
            name: max(end.get(name, self.default(name)) for end in ends)
            for name in names
        }

    def called(self, node: ast.Call) -> Origin:
        """Tell where comes from what a call returns."""
        name = name_called(node)
        handed = [self.origin(one) for one in arguments(node)]
        most = max(handed, default=OURS)
        if name in self.theirs and name not in self.functions:
            return self.place(ast.Name(name))
        if name in self.functions and self.depth < _DEPTH:
            return self._helper(self.functions[name], node)
        if name in _EXACT:
            return OURS
        if name == "map" and node.args:
            first = node.args[0]
            exact = isinstance(first, ast.Name) and first.id in _EXACT
            return OURS if exact else min(most, HOLDER)
        if name in _HOLDING:
            return min(most, HOLDER)
        return OURS if max(most, self.origin(node.func)) is OURS else THEIRS

    def _helper(self, function: ast.FunctionDef, node: ast.Call) -> Origin:
        """Read a helper with what it is handed; what it checks is checked here too."""
        inner = Reader(self.theirs, self.functions, self.report, self.depth + 1)
        names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
        handed = dict(zip(names, node.args, strict=False))
        handed |= {one.arg: one.value for one in node.keywords if one.arg}
        every = {*names, *(one.arg for one in function.args.kwonlyargs)}
        loose = any(isinstance(one, ast.Starred) for one in node.args)
        most = max(map(self.origin, arguments(node)), default=OURS)
        for name in every:
            given = self.origin(handed[name]) if name in handed else OURS
            inner.known[name] = most if loose else given
        inner.read(function.body)
        for name, argument in handed.items():
            if inner.known.get(name, THEIRS) < self.origin(argument):
                self.mark(argument, inner.known[name])
        return inner.returned
