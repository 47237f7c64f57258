"""Writes the page of attacks from what was recorded.

    python -m tests.attacks.table [--grade]

With ``--grade`` the class is graded first, and what comes of it is recorded in
``here.json``; what stock nbgrader makes of the same attacks is in ``stock.json``.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .catalogue import ATTACKS
from .kit import MOST, Attack

FOLDER = Path(__file__).parent
STOCK, HERE = FOLDER / "stock.json", FOLDER / "here.json"
ROOT = FOLDER.parents[1]
PAGE = ROOT / "book/reference/attacks.md"
INTRODUCTION = FOLDER / "introduction.md"
LONG = 160  # characters of a report
SECRETS = {
    "UNSEEN-HOME": "the instructor's files",
    "UNSEEN-SOURCE": "solutions and hidden tests",
    "UNSEEN-GRADEBOOK": "the gradebook",
    "UNSEEN-SUBMISSION": "other submissions",
    "UNSEEN-ENVIRONMENT": "the instructor's environment",
    "UNSEEN-KEY": "keys of other kernels",
    "UNSEEN-ATTACHED": "other processes' memory",
    "UNSEEN-SHADOWED": "",
}
CLAIMS = {
    "TOOK 10 GB": "took 10 GB",
    "TOOK 5 GB": "took 5 GB",
    "WROTE 1 GB": "wrote 1 GB",
    "STARTED 400": "started 400 processes",
    "STARTED 1000": "started 1,000 threads",
    "RAISED": "raised its limits",
    "PLANTED": "planted code",
}


def stock_words(attack: Attack, found: dict[str, Any]) -> str:
    """Say what stock nbgrader made of an attack."""
    said = []
    if not found.get("others"):
        said.append("**grading stopped**, later submissions were not graded")
    elif not found.get("recorded"):
        said.append(f"**no marks** for work worth {attack.honest:g}")
    else:
        said.append(_marks(attack, found["marks"]))
    said += [f"read {what}" for what in _read(found)]
    said += [CLAIMS[claim] for claim in found.get("said", [])]
    said += _traces(found)
    if found.get("status") == 124:
        said.append(f"hung: it was stopped after {found['seconds']} s")
    return "; ".join(said)


def _marks(attack: Attack, marks: float) -> str:
    if marks > attack.honest:
        return f"**{marks:g} marks** for work worth {attack.honest:g}"
    if marks < attack.honest:
        return f"{marks:g} marks for work worth {attack.honest:g}"
    return f"{marks:g} marks, as earned"


def _read(found: dict[str, Any]) -> list[str]:
    return [SECRETS[word] for word in found.get("loot", []) if SECRETS.get(word)]


def _traces(found: dict[str, Any]) -> list[str]:
    said = []
    if found.get("heard"):
        said.append("reached the network")
    if found.get("left"):
        said.append("left a process behind")
    written = [path.removeprefix("course/") for path in found.get("written", [])]
    if written:
        shown = ", ".join(f"`{path}`" for path in written[:3])
        more = f" and {len(written) - 3} more" if len(written) > 3 else ""
        said.append(f"changed {shown}{more}")
    if found.get("names") not in (None, ["None"]):
        said.append("changed the gradebook")
    if "UNSEEN-SHADOWED" in found.get("loot", []):
        said.append("its files ran in place of libraries")
    if found.get("markup"):
        said.append("its code is in the feedback")
    if found.get("hidden"):
        said.append("hidden tests are in the feedback")
    return said


def here_words(attack: Attack, found: dict[str, Any]) -> str:
    """Say what came of an attack here."""
    sentences = [
        one.removeprefix("FLAGGED: ").removeprefix("for review: ")
        for one in found["said"].split("; ")
    ]
    evidence = [one for one in sentences if one.startswith("tampering: ")]
    if evidence:
        said = evidence[:1]
        marks = f"{found['marks']:g} until reviewed"
    else:
        said = [one for one in sentences if one]
        marks = _marks(attack, found["marks"]).replace("**", "")
    shown = "; ".join(said[:2])
    return f"{marks}; *{_plain(shown)}*" if shown else marks


def _plain(said: str) -> str:
    """Shorten a report, and keep what Markdown would take for markup."""
    shown = said if len(said) <= LONG else f"{said[: LONG - 2].rsplit(' ', 1)[0]} …"
    return re.sub(r"([|*_`<>\[\]$\\])", r"\\\1", shown)


def make_page(stock: dict[str, Any], here: dict[str, Any]) -> str:
    """Make the page.

    Args:
        stock: what is recorded of stock nbgrader.
        here: what is recorded of this course's grader.
    """
    versions = ", ".join(f"{name} {one}" for name, one in stock["versions"].items())
    gains = [
        name
        for name, attack in ATTACKS.items()
        if (stock["attacks"][name].get("marks") or 0) > attack.honest
    ]
    parts = [
        INTRODUCTION.read_text("utf-8").format(
            count=len(ATTACKS),
            gains=len(gains),
            most=MOST,
            versions=versions,
            stock_date=stock["date"],
            here_date=here["date"],
        )
    ]
    group = ""
    for name, attack in ATTACKS.items():
        if attack.group != group:
            group = attack.group
            parts.append(f"\n## {group}\n\n| attack | stock nbgrader | here |\n")
            parts.append("|---|---|---|\n")
        cells = [
            attack.tries,
            stock_words(attack, stock["attacks"][name]),
            here_words(attack, here["attacks"][name]),
        ]
        parts.append(f"| {' | '.join(cells)} |\n")
    return "".join(parts)


def grade() -> dict[str, Any]:
    """Grade the class; what came of each attack."""
    from .lesson import give

    with tempfile.TemporaryDirectory(dir=Path.home()) as folder:
        lesson = give(ROOT, Path(folder))
    lines = {name: lesson.lines[who] for name, who in lesson.students.items()}
    waiting = re.compile(r"(?:; )?1 answer to mark by hand \(why\)")
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "attacks": {
            name: {"marks": line.score, "said": waiting.sub("", line.said)}
            for name, line in lines.items()
        },
    }


def main() -> None:
    """Write the page."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--grade", action="store_true", help="grade the class first")
    if asked.parse_args().grade:
        HERE.write_text(json.dumps(grade(), indent=1, ensure_ascii=False) + "\n")
    page = make_page(json.loads(STOCK.read_text()), json.loads(HERE.read_text()))
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
