"""Tests and probes on their way to the kernel, and tests that came back well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dlcourse.grading.talk.answer import Answer
from dlcourse.grading.trust.seal import Seal, Shape


@dataclass(frozen=True)
class Sent:
    """A test or a probe on its way.

    Attributes:
        code: what the kernel runs.
        seal: what it must end with.
        shape: of the test; None if it is no test.
        hidden: whether the kernel gets no source, so that frames need it put in.
    """

    code: str
    seal: Seal
    shape: Shape | None = None
    hidden: bool = True

    def ended(self, answer: Answer) -> Mapping[str, Any] | None:
        """Read the seal, in the reply or where a debugger has hidden it there."""
        messages = [answer.error[1], *(message for _, message in answer.errors)]
        found = map(self.seal.read, messages)
        return next((said for said in found if said is not None), None)


@dataclass(frozen=True)
class Passed:
    """A test that ended with its seal.

    Attributes:
        number: whether its last value is an ordinary number.
        shown: how its last value reads.
    """

    number: bool
    shown: str
