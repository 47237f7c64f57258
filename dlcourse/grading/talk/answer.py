"""What a kernel is asked, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dlcourse.grading.talk.outputs import Outputs
from dlcourse.grading.talk.wire import Message

# How a request ended.
ANSWERED = "answered"
LOST = "lost"  # the kernel answered, but the end of its output is missing
STUCK = "stuck"  # it ran out of time and ignored the interrupt
DEAD = "dead"
CUT = "cut"  # the kernel lives, but nobody is at the other end


@dataclass(frozen=True)
class Request:
    """Code to run.

    Attributes:
        code: what to run.
        until: when its time is over, by ``monotonic``.
        store: whether IPython keeps it in its history.
        expressions: evaluated after it, by name.
    """

    code: str
    until: float
    store: bool = False
    expressions: Mapping[str, str] = field(default_factory=dict)

    def content(self) -> dict[str, Any]:
        """Give the content of Jupyter's message."""
        return {
            "code": self.code,
            "silent": False,
            "store_history": self.store,
            "user_expressions": dict(self.expressions),
            "allow_stdin": False,
            "stop_on_error": False,
        }


@dataclass
class Answer:
    """What became of a request.

    Attributes:
        outputs: what was kept of its outputs.
        end: how it ended; only ``ANSWERED`` makes the rest worth anything.
        overdue: whether its time was over and it was interrupted.
        reply: the content of the kernel's reply, None until it comes.
        idle: whether the kernel said that it is done.
        errors: name and message of each error that was published.
        seen: how many messages of each kind were published.
    """

    outputs: Outputs
    end: str = ""
    overdue: bool = False
    reply: Mapping[str, Any] | None = None
    idle: bool = False
    errors: list[tuple[str, str]] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    @property
    def status(self) -> str:
        """``ok``, ``error`` or ``aborted``; "" if there is no reply."""
        return str((self.reply or {}).get("status", ""))

    @property
    def error(self) -> tuple[str, str]:
        """Name and message of the error that the reply tells of."""
        reply = self.reply or {}
        return str(reply.get("ename", "")), str(reply.get("evalue", ""))

    @property
    def traceback(self) -> list[str]:
        """The lines that go with it."""
        lines = (self.reply or {}).get("traceback")
        return [str(line) for line in lines] if isinstance(lines, list) else []

    @property
    def quits(self) -> bool:
        """Whether the kernel was told to end, by ``exit()``."""
        payload = (self.reply or {}).get("payload")
        return isinstance(payload, list) and any(
            isinstance(one, dict) and one.get("source") == "ask_exit" for one in payload
        )

    def value(self, name: str) -> str:
        """Give the text of an expression's value; "" if there is none."""
        expressions = (self.reply or {}).get("user_expressions")
        found = expressions.get(name) if isinstance(expressions, dict) else None
        data = found.get("data") if isinstance(found, dict) else None
        return str(data.get("text/plain", "")) if isinstance(data, dict) else ""

    def wants(self, kind: str, topic: str, size: int) -> bool:
        """Count a published message, and say whether it is worth reading."""
        self.seen[kind] += 1
        return kind == "status" or self.outputs.wants(kind, topic, size)

    def take(self, message: Message) -> None:
        """Take in a published message."""
        said = message.content
        if message.kind == "status":
            self.idle |= said.get("execution_state") == "idle"
            return
        if message.kind == "error":
            self.errors.append((str(said.get("ename")), str(said.get("evalue"))))
        self.outputs.add(message.kind, said)
