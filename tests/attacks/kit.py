"""What attacks are made of: a release notebook filled in, and what is added to it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Cell = dict[str, Any]

NAME = "attacked"

# What each item is worth, answered rightly and answered wrongly. The wrong answers pass
# what students see of the tests and fail what is hidden.
WORTH = {
    "double": (2, 0),
    "backwards": (3, 0),
    "longest": (4, 0),
    "means": (2, 0),
    "one-hot": (3, 0),
    "halves": (2, 0),
    "vowels": (4, 1),
}
MOST = sum(most for most, _ in WORTH.values())
RIGHT = {
    "double": "def double(number):\n    return number + number\n",
    "backwards": "def backwards(text):\n    return ''.join(reversed(text))\n",
    "longest": "def longest(words):\n    return max(words, key=len)\n",
    "means": "def means(rows):\n    return rows.sum(1) / rows.shape[1]\n",
    "one-hot": "def one_hot(labels, classes):\n"
    "    return torch.nn.functional.one_hot(torch.tensor(labels), classes).float()\n",
    "halves": "def halves(numbers):\n    return 0.5 * np.array(numbers)\n",
    "vowels": "def vowels(text):\n    return sum(map(text.lower().count, 'aeiou'))\n",
    "why": "Without it the alphabet decides.\n",
}
WRONG = {
    "double": "def double(number):\n    return number + 1\n",
    "backwards": "def backwards(text):\n    return text\n",
    "longest": "def longest(words):\n    return words[-1]\n",
    "means": "def means(rows):\n    return rows[:, 0] + 1\n",
    "one-hot": "def one_hot(labels, classes):\n"
    "    return torch.eye(classes)[: len(labels)]\n",
    "halves": "def halves(numbers):\n    return np.sqrt(numbers)\n",
    "vowels": "def vowels(text):\n    return 0\n",
}
# What most attacks know: a few marks that must neither grow nor get lost.
SOME = ("double", "means")


def worth(right: tuple[str, ...]) -> float:
    """Count the marks of a submission that answers these items rightly."""
    return float(sum(WORTH[item][item not in right] for item in WORTH))


@dataclass(frozen=True)
class Aims:
    """Where an attack finds what it must not reach; a student might know all of it.

    Attributes:
        home: the instructor's home.
        course: the course's root.
        port: of a server on 127.0.0.1.
        socket: name of an abstract Unix socket that the same server listens on.
    """

    home: str
    course: str
    port: int
    socket: str


@dataclass
class Work:
    """A submission in the making.

    Attributes:
        files: handed in beside the notebook, by path.
        links: symbolic links, their targets by path.
        fifos: named pipes.
        raw: the notebook's bytes, where they are not the JSON of ``notebook``.
        file: the notebook's name; empty for none.
        student: the folder's name.
    """

    release: dict[str, Any]
    aims: Aims
    student: str
    right: tuple[str, ...]
    file: str = f"{NAME}.ipynb"
    raw: bytes | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    fifos: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.notebook = copy.deepcopy(self.release)
        for cell in self.cells:
            cell["source"] = "".join(cell["source"])
        for item in WORTH:
            self.answer(item, (RIGHT if item in self.right else WRONG)[item])
        self.answer("why", RIGHT["why"])

    @property
    def cells(self) -> list[Cell]:
        """The notebook's cells."""
        found: list[Cell] = self.notebook["cells"]
        return found

    def cell(self, grade_id: str) -> Cell:
        """Find a cell of the assignment."""
        return self.cells[self.place(grade_id)]

    def place(self, grade_id: str) -> int:
        """Find the place of a cell of the assignment."""
        return next(
            place
            for place, cell in enumerate(self.cells)
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
        )

    def answer(self, item: str, source: str) -> None:
        """Fill in a solution."""
        self.cell(item)["source"] = source

    def first(self, source: str) -> None:
        """Put code between the helper and the first solution."""
        self.cells.insert(self.place("helper") + 1, code(source))

    def before(self, grade_id: str, source: str) -> None:
        """Put code right before a cell of the assignment."""
        self.cells.insert(self.place(grade_id), code(source))

    def last(self, source: str) -> None:
        """Put code at the end."""
        self.cells.append(code(source))

    def text(self, source: str) -> None:
        """Put Markdown at the top."""
        cell = {"cell_type": "markdown", "id": "own", "metadata": {}, "source": source}
        self.cells.insert(0, cell)

    def aimed(self, source: str) -> str:
        """Tell code where everything is, and its own name."""
        aims = self.aims
        return (
            f"HOME, COURSE, PORT = {aims.home!r}, {aims.course!r}, {aims.port}\n"
            f"SOCKET, ME = {aims.socket!r}, {mark(self.student)!r}\n{source}"
        )

    def content(self) -> bytes:
        """Give the notebook's bytes."""
        if self.raw is not None:
            return self.raw
        return json.dumps(self.notebook, indent=1).encode()


def mark(student: str) -> str:
    """Make the word by which traces of an attack are recognised."""
    return f"OWNED-{student}"


def code(source: str) -> Cell:
    """Make a code cell of the student's own."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": source,
    }


@dataclass(frozen=True)
class Attack:
    """One attack.

    Attributes:
        name: its id, and the student's folder unless it chooses another.
        group: the heading of the table.
        tries: what it tries, for the table.
        make: changes an honest submission into the attack.
        right: the items that it answers rightly, its honest work.
        keeps: the marks that it must get, None where all up to the honest ones will do.
        says: what the report must say, a regular expression.
        overtime: how many of its cells run out of time.
    """

    name: str
    group: str
    tries: str
    make: Callable[[Work], None]
    right: tuple[str, ...]
    keeps: float | None
    says: str
    overtime: int

    @property
    def honest(self) -> float:
        """The marks of the honest work in it."""
        return worth(self.right)

    def build(self, release: dict[str, Any], aims: Aims) -> Work:
        """Make the submission."""
        work = Work(release, aims, self.name, self.right)
        self.make(work)
        return work


ATTACKS: dict[str, Attack] = {}


def attack(
    group: str,
    tries: str,
    says: str = "",
    right: tuple[str, ...] = SOME,
    keeps: tuple[str, ...] | float | None = None,
    overtime: int = 0,
) -> Callable[[Callable[[Work], None]], Callable[[Work], None]]:
    """Register an attack under its function's name; see ``Attack``."""

    def register(make: Callable[[Work], None]) -> Callable[[Work], None]:
        name = make.__name__.replace("_", "-")
        if name in ATTACKS:
            raise ValueError(f"two attacks are called {name}")
        kept = worth(keeps) if isinstance(keeps, tuple) else keeps
        ATTACKS[name] = Attack(name, group, tries, make, right, kept, says, overtime)
        return make

    return register
