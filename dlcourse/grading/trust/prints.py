"""Whether anything that tests depend on was replaced in a kernel.

Before the first cell runs, the kernel tells how things are. What is otherwise when
a test has run was changed by the submission.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dlcourse.grading.trust.reliance import Reliance

_IN_WORDS = {
    "shell": "IPython or its kernel was changed",
    "loader": "what unpacks and runs tests was replaced",
    "traced": "each step of the code is told to a function (sys.settrace)",
    "built-in": "built-in functions were replaced",
    "tensors": "methods of tensors were replaced",
}


@dataclass
class Prints:
    """How things were.

    Attributes:
        folder: where ipykernel says that cells lie, for file names.
        functions: of libraries, those to be watched, by the notebook's name of it.
        helpers: functions of locked cells that have run.
        groups: what the kernel said, a number for each group.
    """

    folder: str
    functions: Mapping[str, Sequence[str]]
    groups: dict[str, Any]
    helpers: list[str] = field(default_factory=list)

    def watch(self, helpers: Sequence[str]) -> None:
        """Look after functions of a locked cell that has just run."""
        self.helpers.extend(helpers)

    def measured(self) -> tuple[object, ...]:
        """Give what is measured: functions by library, and helpers."""
        functions = ((root, tuple(names)) for root, names in self.functions.items())
        return tuple(functions), tuple(self.helpers)

    def used(self) -> tuple[tuple[str, Any], ...]:
        """Give the groups of functions that tests use, and of helpers that ran."""
        names = [*(f"{root}." for root in self.functions), *self.helpers]
        return tuple((n, self.groups[n]) for n in names if n in self.groups)

    def changed(self, now: Mapping[str, Any], relied: Reliance) -> list[str]:
        """List what is otherwise than it was, in words.

        Args:
            now: what the kernel says now; how new helpers are it tells for the first
                time.
            relied: what tests rely on.
        """
        for helper in self.helpers:
            if now.get(helper) is not None:
                self.groups.setdefault(helper, now[helper])
        return [
            _in_words(group, relied)
            for group, before in self.groups.items()
            if now.get(group) != before and not _slip(group, now.get(group))
        ]


def _slip(group: str, now: object) -> bool:
    """Tell whether a name may have been given to a variable, which helps nobody."""
    return now is None and group not in _IN_WORDS


def _in_words(group: str, relied: Reliance) -> str:
    if group in _IN_WORDS:
        return _IN_WORDS[group]
    if group.endswith("."):
        return f"functions of {relied.modules[group[:-1]]} were replaced"
    return f"the tests' helper {group} was replaced"


def understand(said: str) -> Prints | None:
    """Read the kernel's first answer; None if it is none."""
    try:
        folder, functions, groups = json.loads(said)
        return Prints(str(folder), dict(functions), dict(groups))
    except (ValueError, TypeError):
        return None
