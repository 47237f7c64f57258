"""What is kept of a cell's outputs: as much as anybody would read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode, from_dict

MOST_PRINTED = 200_000  # characters of stdout, or of stderr, of a cell
MOST_SHOWN = 5_000_000  # characters of pictures and the like of a cell
MOST_SAID = 20_000  # characters of an error's message, or of a frame of its traceback
MOST_FRAMES = 50
MOST_ITEMS = 300  # outputs of a cell
MOST_READ = 5_000  # messages of a cell that are looked at
MOST_TOGETHER = 20_000_000  # characters of all cells
_RICH = ("display_data", "execute_result", "update_display_data")
_CUT = "\n(cut here: too much to keep)\n"


@dataclass
class Room:
    """How many characters all cells of a notebook may still add."""

    left: int = MOST_TOGETHER


class Outputs:
    """Collects the outputs of one cell, and drops a flood as it comes."""

    def __init__(self, room: Room) -> None:
        self.items: list[NotebookNode] = []
        self._room = room
        self._printed: Counter[str] = Counter()
        self._shown = 0
        self._read = 0
        self._shelved = False
        self._by_id: dict[str, list[NotebookNode]] = {}

    def wants(self, kind: str, topic: str, size: int) -> bool:
        """Say whether a message is worth reading.

        Args:
            kind: of message.
            topic: under which the kernel published it, which names the stream.
            size: of its content, in bytes.
        """
        if kind == "stream":
            name = topic.rpartition(".")[2]
            if self._printed[name] > MOST_PRINTED and not self._shelved:
                return False
        elif kind not in (*_RICH, "error", "clear_output"):
            return False
        self._read += 1
        if self._read > MOST_READ or len(self.items) >= MOST_ITEMS + self._shelved:
            return kind in ("error", "clear_output") and self._read < 2 * MOST_READ
        shown = 0 if self._shelved else self._shown
        if kind in _RICH and shown + size > MOST_SHOWN:
            self._note()
            return False
        return True

    def add(self, kind: str, content: Mapping[str, Any]) -> None:
        """Take in the content of a message that was wanted."""
        if kind == "clear_output":
            self._shelved = True
            if not content.get("wait"):
                self._clear()
            return
        if self._shelved:
            self._clear()
        if kind == "stream":
            self._stream(str(content.get("name")), content.get("text"))
        elif kind == "error":
            self._error(content)
        else:
            self._rich(kind, content)

    def say(self, name: str, text: str) -> None:
        """Add an error of the grader's own, which tells the student what happened."""
        error = {"ename": name, "evalue": text, "traceback": [text]}
        self.items.append(from_dict({"output_type": "error", **error}))

    def _clear(self) -> None:
        self.items.clear()
        self._by_id.clear()
        self._printed.clear()
        self._shown, self._shelved = 0, False

    def _take(self, size: int) -> bool:
        if size > self._room.left:
            return False
        self._room.left -= size
        return True

    def _note(self) -> None:
        if not self.items or self.items[-1].get("text") != _CUT:
            self.items.append(_printed("stdout", _CUT))

    def _stream(self, given: str, text: object) -> None:
        name = "stderr" if given == "stderr" else "stdout"
        if not isinstance(text, str) or self._printed[name] > MOST_PRINTED:
            return
        # One more than fits, so that the next message is known to be too much.
        kept = text[: MOST_PRINTED - self._printed[name]]
        self._printed[name] += len(text)
        if not self._take(len(kept)):
            return
        if len(kept) < len(text):
            kept += _CUT
        last = self.items[-1] if self.items else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += kept
        else:
            self.items.append(_printed(name, kept))

    def _error(self, content: Mapping[str, Any]) -> None:
        frames = content.get("traceback")
        texts = [str(one) for one in frames] if isinstance(frames, list) else []
        if len(texts) > MOST_FRAMES:
            half = MOST_FRAMES // 2
            texts = [*texts[:half], "...", *texts[-half:]]
        error = {
            "ename": str(content.get("ename"))[:MOST_SAID],
            "evalue": str(content.get("evalue"))[:MOST_SAID],
            "traceback": [text[:MOST_SAID] for text in texts],
        }
        if self._take(len(str(error))):
            self.items.append(from_dict({"output_type": "error", **error}))

    def _rich(self, kind: str, content: Mapping[str, Any]) -> None:
        data = content.get("data")
        bundle = {
            mime: value
            for mime, value in (data if isinstance(data, dict) else {}).items()
            if isinstance(value, str) or mime.endswith("json")
        }
        size = len(str(bundle))
        if not self._take(size):
            return
        self._shown += size
        transient = content.get("transient")
        name = str(transient.get("display_id")) if isinstance(transient, dict) else ""
        for shown in self._by_id.get(name, []):
            shown["data"] = from_dict(bundle)
        if kind == "update_display_data":
            return
        made = from_dict({"output_type": kind, "data": bundle, "metadata": {}})
        if kind == "execute_result":
            made["execution_count"] = None
        self.items.append(made)
        if name and name != "None":
            self._by_id.setdefault(name, []).append(made)


def _printed(name: str, text: str) -> NotebookNode:
    return from_dict({"output_type": "stream", "name": name, "text": text})
