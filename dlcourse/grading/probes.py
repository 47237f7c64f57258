"""Finding out whether a kernel can be believed, while it runs a submission.

Each test carries a seal (see ``trust.seal``). Between cells stand probes, at places
that no two runs share: cells in plain view that must fail, and tests that are nothing
but a seal. They draw no random numbers, leave no names, call nothing of the student's,
and an honest notebook loses nothing by them.
"""

from __future__ import annotations

import random
import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from dlcourse.grading.restore import Original
from dlcourse.grading.talk.answer import ANSWERED, Answer
from dlcourse.grading.trust import packing
from dlcourse.grading.trust import seal as seals
from dlcourse.grading.trust.calls import call_checks
from dlcourse.grading.trust.decoy import false_claim, first_line
from dlcourse.grading.trust.prints import Prints, understand
from dlcourse.grading.trust.reliance import reliance
from dlcourse.grading.trust.seal import Seal, Shape
from dlcourse.grading.trust.sent import Passed, Sent

_SOME = 4  # of the checks of functions that a test's seal makes; a probe makes all
_FUTURE = re.compile(r"^from __future__ import .*\bannotations\b", re.MULTILINE)
_ANNOTATIONS = 0x1000000  # of the compiler, as __future__ says
# What may hit a probe although nobody meant harm.
_WEARY = ("KeyboardInterrupt", "MemoryError", "RecursionError")


class Probes:
    """The trust in one kernel.

    Attributes:
        evidence: what did not behave, in words, each thing once.
        trouble: seals that could not be worked out, in words.
    """

    def __init__(self, originals: Sequence[Original]) -> None:
        self.evidence: list[str] = []
        self.trouble: list[str] = []
        self._relied = reliance(originals)
        self._tests = [one.source for one in originals if one.test]
        self._prints = Prints("", {}, {})
        self._chance: random.Random = secrets.SystemRandom()
        self._flags = 0
        self._shows_all = False

    def places(self, own: Sequence[int], cells: Sequence[int]) -> dict[int, list[str]]:
        """Choose after which cells there will be probes, and of which kind.

        Args:
            own: places of the student's own cells and solutions.
            cells: places of all cells that run.
        """
        chosen: dict[int, list[str]] = {}
        if self._tests and cells:
            after = self._chance.choice(own or cells)
            somewhere = self._chance.choice(cells)
            for place, kind in (
                (after, "plain"),
                (somewhere, self._chance.choice(["plain", "sealed"])),
                (cells[-1], "sealed"),
                (cells[-1], "plain"),
            ):
                chosen.setdefault(place, []).append(kind)
        return chosen

    def question(self) -> str:
        """Give the code to run before anything else."""
        functions = {k: list(names) for k, names in self._relied.functions.items()}
        modules = dict(self._relied.modules)
        return seals.raised("first_answer", modules, functions)

    def understand(self, answer: Answer) -> bool:
        """Take in what the kernel said to that; False if it was no answer."""
        prints = understand(answer.error[1])
        if prints is not None:
            self._prints = prints
        return prints is not None

    def note(self, source: str) -> None:
        """Take note of a cell that runs before the next test."""
        if _FUTURE.search(source):
            self._flags = _ANNOTATIONS
        self._shows_all |= "ast_node_interactivity" in source

    def helpers(self, name: str) -> bool:
        """Look after the functions of a locked cell that has just run.

        Returns:
            Whether there are any: a sealed probe right now tells how they are.
        """
        found = self._relied.helpers.get(name, ())
        self._prints.watch(found)
        return bool(found) and bool(self._tests)

    def test(self, source: str, file: str) -> Sent:
        """Make ready a test.

        Args:
            source: of the test.
            file: a name for its file.
        """
        return self._sealed(seals.shape(source), source, file, _SOME)

    def shows(self, source: str) -> bool:
        """Tell whether a test's last line is a value, which may be partial credit."""
        return seals.shape(source).shows

    def probe(self, kind: str, file: str) -> Sent:
        """Make a probe of a kind that ``places`` gave."""
        source = self._chance.choice(self._tests)
        if kind == "sealed":
            every = seals.shape("pass")
            return self._sealed(every, source, file, None)
        seal = Seal(secrets.token_hex(12), None)
        claim = false_claim(source, self._chance)
        beginning = first_line(source) if self._chance.random() < 0.7 else ""
        code = seals.in_plain_view(beginning, claim, seal.word)
        return Sent(code, seal, hidden=False)

    def _sealed(self, shape: Shape, source: str, file: str, most: int | None) -> Sent:
        checks = call_checks(self._relied, self._chance)[:most]
        seal = Seal(secrets.token_hex(12), checks)
        claim = false_claim(source, self._chance)
        prints = self._prints.measured()
        value = seals.VALUE_NAME if shape.shows else "None"
        text = seals.seal_text(seal, claim, prints, value)
        if not shape.sent_compiled:
            whole = f"{shape.text}\n{seals.WORD_NAME} = {seal.word!r}\n{text}"
            return Sent(whole, seal, shape, hidden=False)
        values = {
            packing.PRINTS: prints,
            packing.BEFORE: self._prints.used(),
            packing.WORD: seal.word,
            packing.SEAL: packing.seal_code(text),
        }
        code = packing.test_code(shape.text, seals.WORD_NAME, self._flags)
        path = f"{self._prints.folder}/{file}.py"
        return Sent(packing.packed(code, path, values), seal, shape)

    def judge(self, sent: Sent, answer: Answer) -> Passed | None:
        """Say whether a test ended with its seal; note what did not behave."""
        if answer.end != ANSWERED or answer.overdue:
            return None
        said = sent.ended(answer)
        if said is None:
            if answer.status != "error":
                self._add("a test was called done that had not reached its end")
            elif not answer.traceback:
                # Only the seal itself fails without a traceback.
                self.trouble.append(f"a seal broke ({': '.join(answer.error)})")
            return None
        self._examine(sent.seal, said)
        shows = sent.shape is not None and sent.shape.shows
        if answer.seen["execute_result"] > shows and not self._shows_all:
            self._add("results were shown that are not the test's")
        number, shown = said["shown"]
        return Passed(bool(number), str(shown))

    def judge_probe(self, sent: Sent, answer: Answer) -> None:
        """Note what did not behave."""
        if answer.end != ANSWERED or answer.overdue:
            return
        said = sent.ended(answer)
        if said is None:
            if answer.status != "error" or answer.error[0] not in _WEARY:
                self._add("a cell that must fail did not")
            return
        shown = [sent.seal.read(message) for _, message in answer.errors]
        if all(said is None for said in shown):
            self._add("errors are not shown")
        if answer.seen["execute_result"] or answer.seen["clear_output"]:
            self._add("something writes into cells that it is no part of")
        self._examine(sent.seal, said)

    def _examine(self, seal: Seal, said: Mapping[str, Any]) -> None:
        if seal.checks is None:
            return
        for check, got in zip(seal.checks, said["outcomes"], strict=True):
            if check.failed(got):
                self._add(check.what)
        for what in self._prints.changed(said["groups"], self._relied):
            self._add(what)

    def _add(self, what: str) -> None:
        if what not in self.evidence:
            self.evidence.append(what)
