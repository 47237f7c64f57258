"""Read assignments and their mistakes; run every variant against its item's tests.

While you write an item::

    .venv/bin/python tests/assignments/variants.py lab01-tensors [GRADE-ID ...]

prints one line for each variant. `test_variants.py` beside this file asserts on the
same verdicts. Everything runs in a process of its own: the reference cells once, in
order, and each variant in a child forked just before its solution cell, so that a
training cell further up is not repeated.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import json
import linecache
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from multiprocessing import connection
from pathlib import Path
from typing import Any

import jupytext

ROOT = Path(__file__).parents[2]
LIMIT = 60  # seconds a variant may take
# One thread, because a fork after parallel torch work hangs; no accelerator, because
# CUDA does not survive a fork.
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "DLCOURSE_DATA": "offline",
    "DLCOURSE_DEVICE": "cpu",
    "CUDA_VISIBLE_DEVICES": "",
    "MPLBACKEND": "Agg",
}


@dataclass(frozen=True)
class Cell:
    """A cell of a source: its text, and what nbgrader and the coverage page read."""

    kind: str  # "code" or "markdown"
    text: str
    grade_id: str = ""
    points: float = 0
    grade: bool = False
    solution: bool = False
    tags: tuple[str, ...] = ()

    def hidden_lines(self) -> range:
        """Return the numbers of the lines from BEGIN to END HIDDEN TESTS, from 1."""
        lines = self.text.splitlines()
        marks = [
            [n for n, line in enumerate(lines, 1) if f"{word} HIDDEN TESTS" in line]
            for word in ("BEGIN", "END")
        ]
        if [len(mark) for mark in marks] != [1, 1]:
            return range(0)
        return range(marks[0][0], marks[1][0] + 1)

    def visible_text(self) -> str:
        """Return the text without its hidden region, as students get it."""
        hidden = self.hidden_lines()
        lines = self.text.splitlines()
        return "\n".join(line for n, line in enumerate(lines, 1) if n not in hidden)


@dataclass(frozen=True)
class Item:
    """A graded code item: the places of its solution cell and its test cell."""

    grade_id: str
    solution: int
    test: int


@dataclass(frozen=True)
class Variant:
    """What a student might leave in a solution cell."""

    kind: str  # "wrong" or "right"
    number: int  # from 1, in its file
    what: str  # the words after "# wrong:" or "# right:"
    text: str


@dataclass(frozen=True)
class Source:
    """An assignment's source, taken apart."""

    name: str
    cells: tuple[Cell, ...]

    def items(self) -> list[Item]:
        """List the items whose tests follow their solution, in order."""
        places = {cell.grade_id: n for n, cell in enumerate(self.cells)}
        return [
            Item(cell.grade_id, n, places[f"{cell.grade_id}-test"])
            for n, cell in enumerate(self.cells)
            if cell.kind == "code" and cell.solution and not cell.grade
            if places.get(f"{cell.grade_id}-test", -1) > n
        ]


@dataclass
class Verdict:
    """How one attempt at an item went."""

    grade_id: str
    kind: str  # "wrong", "right", "stub", "reference" or a kind of impostor
    number: int = 0
    passed: bool = False
    error: str = ""  # the error's class
    message: str = ""
    is_assertion: bool = False
    own_code: bool = False  # the solution cell is in the traceback
    where: str = ""  # "visible" or "hidden" tests, or "" before the tests
    printed: str = ""  # by the test cell; for the reference only
    trace: str = ""
    seconds: float = 0.0

    def is_clear_failure(self) -> bool:
        """Tell whether a student would learn from it: a message, or their own error."""
        has_message = self.is_assertion and bool(self.message.strip())
        return not self.passed and (has_message or self.own_code)

    def line(self) -> str:
        """Return the verdict in one line."""
        result = "passed" if self.passed else f"{self.error}: {self.message}"
        place = f" [{self.where}]" if self.where else ""
        name = f"{self.grade_id} {self.kind} {self.number or ''}".strip()
        return f"{name}: {result}{place} ({self.seconds:.2f} s)"


def read_source(name: str, root: Path = ROOT) -> Source:
    """Read solutions/NAME/NAME.md."""
    notebook = jupytext.read(root / "solutions" / name / f"{name}.md", fmt="md:myst")
    cells = []
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader", {})
        cells.append(
            Cell(
                kind=cell.cell_type,
                text=cell.source,
                grade_id=meta.get("grade_id", ""),
                points=meta.get("points", 0),
                grade=meta.get("grade", False),
                solution=meta.get("solution", False),
                tags=tuple(cell.metadata.get("tags", ())),
            )
        )
    return Source(name, tuple(cells))


def variant_files(name: str, root: Path = ROOT) -> dict[str, Path]:
    """Map each grade id to its file in tests/mistakes/NAME/."""
    folder = root / "tests" / "mistakes" / name
    return {path.stem: path for path in sorted(folder.glob("*.py"))}


def read_variants(name: str, grade_id: str, root: Path = ROOT) -> list[Variant]:
    """Read tests/mistakes/NAME/GRADE-ID.py; none if the file is missing."""
    path = variant_files(name, root).get(grade_id)
    if path is None:
        return []
    # [text before the first, kind, what, text, kind, what, text, ...]
    parts = re.split(r"(?m)^# (wrong|right):[ \t]*(.*)\n", path.read_text("utf-8"))
    triples = zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    return [Variant(kind, n, *rest) for n, (kind, *rest) in enumerate(triples, 1)]


def judge(name: str, grade_ids: Sequence[str] = (), root: Path = ROOT) -> list[Verdict]:
    """Run an assignment's variants in a fresh process and return the verdicts.

    Raises:
        RuntimeError: if a cell of the source itself fails outside the items' tests.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "verdicts.json"
        command = [sys.executable, __file__, name, *grade_ids]
        command += ["--root", str(root), "--json", str(report)]
        done = subprocess.run(
            command,
            env=os.environ | ENVIRONMENT,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode != 0:
            raise RuntimeError(f"solutions/{name}/{name}.md: {done.stdout[-4000:]}")
        return [Verdict(**entry) for entry in json.loads(report.read_text("utf-8"))]


# --- What follows runs in the process that `judge` starts. ---------------------------


@dataclass
class Run:
    """The cells of one assignment and the state that they share, as in one kernel."""

    source: Source
    names: dict[str, Any] = field(default_factory=dict)

    def execute(self, place: int, text: str | None = None) -> str:
        """Execute one cell, or `text` in its stead; return what it printed."""
        cell = self.source.cells[place]
        text = cell.text if text is None else text
        file = self.file(place)
        linecache.cache[file] = (len(text), None, text.splitlines(True), file)
        with captured() as output:
            exec(compile(text, file, "exec", dont_inherit=True), self.names)
        return output()

    def file(self, place: int) -> str:
        """Name a cell in tracebacks."""
        cell = self.source.cells[place]
        return f"<{self.source.name}: cell {place}, {cell.grade_id or cell.kind}>"

    def attempt(self, item: Item, verdict: Verdict, text: str) -> Verdict:
        """Put `text` in the item's solution cell and run on to the end of its test."""
        began = time.perf_counter()
        try:
            for place in range(item.solution, item.test + 1):
                if self.source.cells[place].kind == "code":
                    self.execute(place, text if place == item.solution else None)
            verdict.passed = True
        except BaseException as error:
            self.note(item, verdict, error)
        verdict.seconds = time.perf_counter() - began
        return verdict

    def posed(self, item: Item) -> list[str]:
        """List what the item's solution cell defines and its tests use."""
        text = self.source.cells[item.test].text
        used = {n.id for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Name)}
        defined = defined_by(self.source.cells[item.solution].text)
        return [name for name in defined if name in used]

    def pose(self, item: Item, verdict: Verdict) -> Verdict:
        """Put impostors in the place of what the item's solution cell has defined.

        Those of a kind that ends in "later" come when the visible tests have passed.
        """
        import impostors

        began = time.perf_counter()
        cell, names = self.source.cells[item.test], self.posed(item)
        kind, _, later = verdict.kind.partition(", ")
        hidden = cell.hidden_lines()
        lines = cell.text.splitlines()
        text = cell.text
        try:
            if later:
                self.execute(item.test, cell.visible_text())
                # As many lines above as there are, so that tracebacks fit.
                above = [""] * (hidden.start - 1)
                text = "\n".join([*above, *lines[hidden.start - 1 :]])
            chosen = names[verdict.number - 1 :][:1] if verdict.number else names
            self.names |= impostors.impostors({n: self.names[n] for n in chosen}, kind)
            self.execute(item.test, text)
            verdict.passed = True
        except BaseException as error:
            self.note(item, verdict, error)
        verdict.seconds = time.perf_counter() - began
        return verdict

    def note(self, item: Item, verdict: Verdict, error: BaseException) -> None:
        """Write into the verdict what went wrong and where."""
        verdict.error, verdict.message = type(error).__name__, str(error)
        verdict.is_assertion = isinstance(error, AssertionError)
        verdict.trace = "".join(traceback.format_exception(error))
        frames = traceback.extract_tb(error.__traceback__)
        files = [frame.filename for frame in frames]
        syntax = isinstance(error, SyntaxError) and error.filename
        verdict.own_code = self.file(item.solution) in [*files, syntax]
        # The outermost line counts: a test cell may call a function of its own.
        lines = [f.lineno for f in frames if f.filename == self.file(item.test)]
        if lines:
            hidden = self.source.cells[item.test].hidden_lines()
            verdict.where = "hidden" if lines[0] in hidden else "visible"


def defined_by(text: str) -> list[str]:
    """List the names that a cell defines at its top level, imports aside."""
    names: dict[str, None] = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names[node.name] = None
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for one in ast.walk(ast.Module(targets, [])):
                if isinstance(one, ast.Name):
                    names[one.id] = None
    return list(names)


@contextlib.contextmanager
def captured() -> Iterator[Callable[[], str]]:
    """Swallow what is printed, by C code and child processes too."""
    streams = ((sys.stdout, 1), (sys.stderr, 2))
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as file:
        kept = [os.dup(number) for _, number in streams]
        for stream, number in streams:
            stream.flush()
            os.dup2(file.fileno(), number)
        text = ""
        try:
            yield lambda: text
        finally:
            for (stream, number), old in zip(streams, kept, strict=True):
                stream.flush()
                os.dup2(old, number)
                os.close(old)
            file.seek(0)
            text = file.read()


def in_children(jobs: Sequence[tuple[Verdict, Callable[[], Verdict]]]) -> list[Verdict]:
    """Run each job in a forked child, as many at once as there are cores."""
    fork = multiprocessing.get_context("fork")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
    waiting, running, done = list(jobs), {}, []

    def child(sender: connection.Connection, job: Callable[[], Verdict]) -> None:
        signal.alarm(LIMIT)  # its default action ends the process, whatever it is doing
        sender.send(asdict(job()))

    while waiting or running:
        while waiting and len(running) < cores:
            verdict, job = waiting.pop(0)
            receiver, sender = fork.Pipe(duplex=False)
            process = fork.Process(target=child, args=(sender, job))
            process.start()
            sender.close()  # so that a dead child means an end of file here
            running[receiver] = (verdict, process)
        for receiver in connection.wait(list(running)):
            verdict, process = running.pop(receiver)
            try:
                verdict = Verdict(**receiver.recv())
            except EOFError:
                process.join()
                late = process.exitcode == -signal.SIGALRM
                verdict.error = "TimeLimit" if late else "ProcessEnded"
                verdict.message = (
                    f"took more than {LIMIT} s"
                    if late
                    else f"ended the process, exit status {process.exitcode}"
                )
            process.kill()  # what a variant left running ends here
            process.join()
            receiver.close()
            done.append(verdict)
    return done


def stub_of(cell: Cell) -> str:
    """Return what the release leaves of a solution cell, made by nbgrader itself."""
    from nbformat.v4 import new_code_cell, new_notebook
    from nbgrader.preprocessors import ClearSolutions

    message = f"{cell.grade_id}: write your code here"
    clear = ClearSolutions(
        code_stub={"python": f'raise NotImplementedError("{message}")'}
    )
    meta = {"nbgrader": {"solution": True, "schema_version": 3}}
    notebook = new_notebook(cells=[new_code_cell(cell.text, metadata=meta)])
    return clear.preprocess(notebook, {})[0].cells[0].source


def run_all(source: Source, grade_ids: Sequence[str], root: Path) -> list[Verdict]:
    """Execute the reference once, and every variant from the state before its item."""
    # Cells are the main module, as in a kernel: pickling and dataclasses rely on it.
    module = types.ModuleType("__main__")
    run, verdicts = Run(source, module.__dict__), []
    sys.modules["__main__"] = module
    items = source.items()
    for place, cell in enumerate(source.cells):
        if cell.kind != "code":
            continue
        for item in items:
            if place != item.solution or (grade_ids and item.grade_id not in grade_ids):
                continue
            texts = [("stub", 0, stub_of(cell))]
            for v in read_variants(source.name, item.grade_id, root):
                texts.append((v.kind, v.number, v.text))
            jobs = []
            for kind, number, text in texts:
                verdict = Verdict(item.grade_id, kind, number)
                jobs.append((verdict, _bind(run, item, verdict, text)))
            verdicts += in_children(jobs)
        tested = next((item for item in items if item.test == place), None)
        if tested is None:
            run.execute(place)
            continue
        if not grade_ids or tested.grade_id in grade_ids:
            verdicts += in_children(_impostors(run, tested))
        verdict = Verdict(tested.grade_id, "reference")
        verdicts.append(verdict)
        began = time.perf_counter()
        try:
            verdict.printed = run.execute(place)
            verdict.passed = True
        except Exception as error:
            run.note(tested, verdict, error)
        verdict.seconds = time.perf_counter() - began
    return verdicts


def _impostors(run: Run, item: Item) -> list[tuple[Verdict, Callable[[], Verdict]]]:
    """List attempts with each kind of impostor, for all names and for each alone."""
    import impostors

    names = run.posed(item)
    jobs = []
    for kind in impostors.KINDS:
        # Where a cell defines several names, one impostor could hide another's success.
        alone = kind in ("anything", "liar", "part") and len(names) > 1
        for number in range(len(names) + 1 if alone else 1):
            for when in ("", ", later"):
                verdict = Verdict(item.grade_id, kind + when, number)
                jobs.append((verdict, functools.partial(run.pose, item, verdict)))
    return jobs


def _bind(run: Run, item: Item, verdict: Verdict, text: str) -> Callable[[], Verdict]:
    return lambda: run.attempt(item, verdict, text)


def main(arguments: Sequence[str]) -> int:
    """Judge NAME's variants, of the given items or all; print or store the verdicts."""
    import argparse

    parser = argparse.ArgumentParser(description="Run an assignment's variants.")
    parser.add_argument("name")
    parser.add_argument("grade_ids", nargs="*", metavar="GRADE-ID")
    parser.add_argument("--root", type=Path, default=ROOT)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    os.environ.update(ENVIRONMENT)
    source = read_source(options.name, options.root)
    verdicts = run_all(source, options.grade_ids, options.root)
    if options.json:
        text = json.dumps([asdict(verdict) for verdict in verdicts])
        options.json.write_text(text, "utf-8")
        return 0
    bad = 0
    for verdict in verdicts:
        right = verdict.kind in ("right", "reference")
        good = verdict.passed if right else verdict.is_clear_failure()
        bad += not good
        print("ok " if good else "BAD", verdict.line())
    return min(bad, 1)


if __name__ == "__main__":
    this = sys.modules["__main__"]  # kept alive: the cells take its place
    sys.exit(main(sys.argv[1:]))
