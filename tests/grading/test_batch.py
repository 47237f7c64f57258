"""The batch: what is graded, what is kept, and what happens when grading fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest
from nbgrader.api import Gradebook

from dlcourse.errors import CourseError
from dlcourse.grading import batch
from dlcourse.grading.batch import grade_batch
from dlcourse.grading.collect import MOST_BYTES
from dlcourse.grading.executors import WorkerDiedError
from dlcourse.grading.options import Options
from dlcourse.grading.registrar import Registrar
from dlcourse.grading.result import FAILED, GRADED, UNCHANGED, Result, Summary
from dlcourse.grading.shelf import Shelf
from dlcourse.grading.task import KILLED, MarkedNotebook, decode_task, encode

from .postgres import book_of
from .pretend import Threads, changed, mark, marked
from .submissions import answered, written

BY_HAND = "1 answer to mark by hand (why)"
GRADEBOOKS = ("SQLite", "PostgreSQL")


@pytest.fixture(autouse=True)
def pool(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Threads]:
    """Marks by a function of one's own in place of kernels; ``mark`` if not called."""

    def use(function: Callable[[str], str] = mark, width: int = 2) -> Threads:
        threads: list[Threads] = []

        def make(*wishes: object) -> Threads:
            threads.append(Threads(function, width))
            chosen.ran = threads[-1].ran
            return threads[-1]

        chosen = Threads(function, 1)
        monkeypatch.setattr(batch, "make_pool", make)
        return chosen

    use()
    return use


def hand_in(course: Path, student: str, raw: bytes, time: str = "") -> Path:
    folder = course / "class/submitted" / student / "toy"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "toy.ipynb").write_bytes(raw)
    if time:
        (folder / "timestamp.txt").write_text(time)
    return folder


def grade(course: Path, *students: str, force: bool = False) -> list[str]:
    """The lines of a run, by student."""
    options = Options(students=students, force=force, sandbox="none")
    return sorted(result.line() for result in grade_batch(course, "toy", options))


def run_cli(course: Path) -> subprocess.CompletedProcess[str]:
    code = "from dlcourse.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, "grade", "toy"],
        cwd=course,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def gradebook(course: Path) -> Gradebook:
    return Gradebook(book_of(course), "deep-learning-lab")


def mark_by_hand(course: Path, student: str, score: float) -> None:
    """What the formgrader does when a person types a score and a comment."""
    with gradebook(course) as book:
        grade = book.find_grade("why", "toy", "toy", student)
        grade.manual_score, grade.needs_manual_grade = score, False
        book.find_comment("why", "toy", "toy", student).manual_comment = "Well put."
        book.db.commit()


def test_a_line_says_marks_and_what_happened() -> None:
    assert Result("ada", 2.5, 4.0).line() == "ada 2.5/4"
    assert Result("ada", 4, 4, ["one", "two"]).line() == "ada 4/4: one; two"
    flagged = Result("ada", 4, 4, ["one"], ["odd"]).line()
    assert flagged == "ada 4/4: one; FLAGGED: odd"


def test_a_line_stays_one_line_whatever_a_student_wrote() -> None:
    line = Result("ada", 1, 4, ["\x1b[2Kold\nname\u2028\x9b"]).line()
    assert line == "ada 1/4: �[2Kold�name��"


def test_the_summary_counts() -> None:
    summary = Summary()
    for outcome, flags in ((GRADED, []), (GRADED, ["odd"]), (UNCHANGED, ["odd"])):
        summary.add(Result("ada", 1, 4, flags=flags, outcome=outcome))
    summary.add(Result("ada", 0, 4, outcome=FAILED))
    said = "2 graded, 1 unchanged, 2 flagged, 1 failed; "
    assert summary.line().startswith(said)
    assert summary.line().endswith(" a minute")


def test_every_submission_is_counted_and_the_chosen_are_graded(
    course: Path, release: bytes
) -> None:
    for student in ("ada", "ben", "cleo"):
        hand_in(course, student, release)
    (course / "class/submitted/dora/other").mkdir(parents=True)
    (course / "class/submitted/.ipynb_checkpoints/toy").mkdir(parents=True)
    results = list(grade_batch(course, "toy", Options(students=("cleo", "ada"))))
    assert [(one.number, one.total) for one in results] == [(1, 2), (2, 2)]
    assert {one.student for one in results} == {"ada", "cleo"}


def test_what_was_graded_is_not_run_again(
    course: Path, release: bytes, pool: Callable[..., Threads]
) -> None:
    def tell(one: MarkedNotebook) -> MarkedNotebook:
        return replace(one, events=["put right"], flags=["looks at frames"])

    hand_in(course, "ada", written(answered(release)))
    pool(changed(tell))
    (first,) = grade(course)
    assert first == f"ada 9/11: put right; {BY_HAND}; FLAGGED: looks at frames"
    ran = pool()
    (second,) = grade(course)
    unchanged = f"put right; graded before, nothing new; {BY_HAND}"
    assert second == f"ada 9/11: {unchanged}; FLAGGED: looks at frames"
    assert ran.ran == []
    (course / "class/submitted/ada/toy/helper.py").write_text("handed = 'in later'")
    assert grade(course) == [f"ada 9/11: {BY_HAND}"]
    assert ran.ran == ["ada"]


def test_no_more_submissions_are_in_memory_than_twice_the_workers(
    course: Path,
    release: bytes,
    pool: Callable[..., Threads],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(20):
        hand_in(course, f"s{number:02}", release)
    read, done, most = 0, 0, 0
    look, record = Registrar.look, Registrar.record

    def count_look(self: Registrar, student: str) -> object:
        nonlocal read, most
        read += 1
        most = max(most, read - done)
        return look(self, student)

    def count_record(self: Registrar, *work: object) -> object:
        nonlocal done
        done += 1
        return record(self, *work)

    monkeypatch.setattr(Registrar, "look", count_look)
    monkeypatch.setattr(Registrar, "record", count_record)
    pool(lambda text: sleep(0.05) or mark(text), width=3)
    assert len(grade(course)) == 20
    assert 3 < most <= 6


def test_marks_by_hand_stay_with_the_work_and_go_with_it(
    course: Path, release: bytes
) -> None:
    hand_in(course, "ada", written(answered(release)), "2030-01-01 10:00:00 UTC")
    assert grade(course) == [f"ada 9/11: {BY_HAND}"]
    mark_by_hand(course, "ada", 1.5)

    # The same file, graded again, and handed in again: a person may look once more.
    assert grade(course, force=True) == [f"ada 10.5/11: {BY_HAND}"]
    hand_in(course, "ada", written(answered(release)), "2030-01-02 10:00:00 UTC")
    assert grade(course) == [f"ada 10.5/11: {BY_HAND}"]
    mark_by_hand(course, "ada", 1.5)

    # Another file, without a time, as from a learning-management system.
    shutil.rmtree(course / "class/submitted")
    hand_in(course, "ada", written(answered(release, why="No idea, all wrong.")))
    gone = "new work: 1 mark given by hand to the old one no longer counted"
    assert grade(course) == [f"ada 0/11: {gone}; {BY_HAND}"]
    with gradebook(course) as book:
        assert book.find_comment("why", "toy", "toy", "ada").comment is None
        # Nobody knows when the new work came: it is not late because the old one was.
        assert book.find_submission("toy", "ada").timestamp is None


def test_when_grading_itself_fails_nothing_is_kept_and_the_others_go_on(
    course: Path, release: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for student in ("ada", "ben"):
        hand_in(course, student, written(answered(release)))
    grade(course)
    prepare = Shelf.prepare

    def fail_for_ada(self: Shelf, *what: object) -> None:
        if "ada" in self.folder.parts:
            raise OSError("the disk is full\nby now")
        prepare(self, *what)

    monkeypatch.setattr(Shelf, "prepare", fail_for_ada)
    ada, ben = grade(course, force=True)
    assert ada == (
        "ada 0/11: could not be graded (OSError: the disk is full): no marks recorded, "
        "see class/logs/toy.log"
    )
    assert ben == f"ben 9/11: {BY_HAND}"
    log = (course / "class/logs/toy.log").read_text()
    assert "OSError: the disk is full\nby now" in log
    assert "Traceback" in log
    assert not (course / "class/autograded/ada/toy").exists()
    monkeypatch.setattr(Shelf, "prepare", prepare)
    assert grade(course)[0] == f"ada 9/11: {BY_HAND}"


def test_an_error_nobody_foresaw_stops_one_submission(
    course: Path, release: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for student in ("ada", "ben"):
        hand_in(course, student, written(answered(release)))
    look = Registrar.look

    def fail_for_ada(self: Registrar, student: str) -> object:
        if student == "ada":
            raise ZeroDivisionError
        return look(self, student)

    monkeypatch.setattr(Registrar, "look", fail_for_ada)
    assert grade(course) == [
        "ada 0/11: could not be graded (ZeroDivisionError): no marks recorded, see "
        "class/logs/toy.log",
        f"ben 9/11: {BY_HAND}",
    ]


def test_a_result_that_is_none_fails_one_submission(
    course: Path, release: bytes, pool: Callable[..., Threads]
) -> None:
    hand_in(course, "ada", release)
    pool(lambda text: "no JSON")
    said = "could not be graded (TaskError: message is not JSON): no marks recorded"
    assert grade(course)[0].startswith(f"ada 0/11: {said}")
    pool(lambda text: mark(text.replace("double-test", "other-test")))
    said = "could not be graded (TaskError: result has other cells than toy)"
    assert grade(course)[0].startswith(f"ada 0/11: {said}")
    pool(changed(lambda one: replace(one, name="other")))
    said = "could not be graded (TaskError: result has the notebooks ['other'])"
    assert grade(course)[0].startswith(f"ada 0/11: {said}")


@pytest.mark.parametrize("score", [-1.0, 2.5, float("nan"), float("inf")])
def test_impossible_marks_are_not_recorded(
    course: Path, release: bytes, pool: Callable[..., Threads], score: float
) -> None:
    def spoil(one: MarkedNotebook) -> MarkedNotebook:
        cells = [replace(one.cells[0], score=score), *one.cells[1:]]
        return replace(one, cells=cells)

    hand_in(course, "ada", release)
    pool(changed(spoil))
    said = "could not be graded (TaskError: result has impossible marks for double-test"
    assert grade(course)[0].startswith(f"ada 0/11: {said}")


def test_a_dead_worker_costs_only_its_submission_and_that_is_tried_again_alone(
    course: Path, release: bytes, pool: Callable[..., Threads]
) -> None:
    for student in ("ada", "ben", "cleo", "dan"):
        hand_in(course, student, written(answered(release)))
    deaths = {"ben": 1, "cleo": 2}
    at_work: set[str] = set()
    company: dict[str, set[str]] = {}

    def die(text: str) -> str:
        student = decode_task(text).student
        at_work.add(student)
        try:
            company[student] = set(at_work)
            if deaths.get(student, 0):
                deaths[student] -= 1
                raise WorkerDiedError("exit status 9")
            return mark(text)
        finally:
            at_work.discard(student)

    ran = pool(die, width=4)
    ada, ben, cleo, dan = grade(course)
    assert (ada, dan) == (f"ada 9/11: {BY_HAND}", f"dan 9/11: {BY_HAND}")
    assert ben == f"ben 9/11: {BY_HAND}"
    assert cleo.startswith(
        "cleo 0/11: could not be graded (the process that graded it died twice: exit "
        "status 9)"
    )
    assert sorted(ran.ran) == ["ada", "ben", "ben", "cleo", "cleo", "dan"]
    assert (company["ben"], company["cleo"]) == ({"ben"}, {"cleo"})


def dies_in(cell: str) -> Callable[[MarkedNotebook], MarkedNotebook]:
    """Let the kernel have died in a test."""

    def change(one: MarkedNotebook) -> MarkedNotebook:
        cells = [
            replace(mark, state=KILLED, score=0.0) if mark.name == cell else mark
            for mark in one.cells
        ]
        return replace(one, cells=cells)

    return change


@pytest.mark.parametrize(
    ("deaths", "score", "runs"),
    [
        # Killed from outside: by somebody, or because memory was short.
        (["backwards-test", ""], 9, 2),
        (["backwards-test", "longest-test", ""], 9, 3),
        # It dies of itself, so it dies there again.
        (["backwards-test", "backwards-test"], 6, 2),
        (["double-test", "backwards-test", "double-test"], 7, 3),
        (["double-test", "backwards-test", "longest-test", "why"], 9, 4),
    ],
    ids=str,
)
def test_a_death_counts_when_it_happens_again(
    course: Path,
    release: bytes,
    pool: Callable[..., Threads],
    deaths: list[str],
    score: float,
    runs: int,
) -> None:
    hand_in(course, "ada", written(answered(release)))
    left = list(deaths)
    ran = pool(lambda text: changed(dies_in(left.pop(0)))(text))
    (line,) = grade(course)
    assert line.split(":")[0] == f"ada {score}/11"
    assert len(ran.ran) == runs


def test_marking_that_fails_is_tried_once_more(
    course: Path, release: bytes, pool: Callable[..., Threads]
) -> None:
    hand_in(course, "ada", written(answered(release)))
    errors = ["no kernel", ""]

    def fail(text: str) -> str:
        return encode(replace(marked(decode_task(text)), error=errors.pop(0)))

    pool(fail)
    assert grade(course) == [f"ada 9/11: {BY_HAND}"]
    errors.extend(["no kernel", "none again"])
    said = "could not be graded (none again): no marks recorded, see class/logs/toy.log"
    assert grade(course, force=True) == [f"ada 0/11: {said}"]


def test_no_links_devices_or_endless_files_are_read(
    course: Path, release: bytes, tmp_path: Path
) -> None:
    folder = hand_in(course, "ada", written(answered(release)))
    secret = tmp_path / "secret.txt"
    secret.write_text("of somebody else")
    (folder / "secret.txt").symlink_to(secret)
    (folder / "up").symlink_to("..")
    (folder / "null").symlink_to("/dev/zero")
    with (folder / "large.bin").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    (folder / "data").mkdir()
    (folder / "data/own.csv").write_text("1,2")
    (line,) = grade(course)
    for said in (
        "secret.txt was not taken: it is a link",
        "up was not taken: it is a link",
        "null was not taken: it is a link",
        "large.bin was not taken: it is too large (20.0 MB)",
    ):
        assert said in line
    graded = course / "class/autograded/ada/toy"
    found = sorted(str(path.relative_to(graded)) for path in graded.rglob("*"))
    assert found == ["data", "data/own.csv", "toy.ipynb"]


@pytest.mark.parametrize(("shared", "mode"), [(False, 0o444), (True, 0o664)])
def test_graded_files_have_nbgraders_permissions(
    course: Path, release: bytes, shared: bool, mode: int
) -> None:
    folder = hand_in(course, "ada", written(answered(release)))
    (folder / "data").mkdir()
    (folder / "data/own.csv").write_text("1,2")
    if shared:
        with (course / "nbgrader_config.py").open("a") as config:
            config.write("\nc.CourseDirectory.groupshared = True\n")
    grade(course)
    graded = course / "class/autograded/ada/toy"
    files = {path: path.stat().st_mode & 0o7777 for path in graded.rglob("*.*")}
    assert set(files.values()) == {mode}
    assert len(files) == 2
    for inside in (graded, graded / "data", graded.parent):
        assert (inside.stat().st_mode & 0o2770 == 0o2770) == shared
    # Once more: what is read-only is replaced all the same.
    assert grade(course, force=True) == [f"ada 9/11: {BY_HAND}"]


def test_a_name_that_is_no_text_fails_alone(course: Path, release: bytes) -> None:
    hand_in(course, os.fsdecode(b"odd\xff"), written(answered(release)))
    hand_in(course, "ada", written(answered(release)))
    ada, odd = grade(course)
    assert ada == f"ada 9/11: {BY_HAND}"
    assert odd.startswith("odd� 0/11: could not be graded (UnicodeEncodeError: ")


def test_a_time_that_is_none_is_told(course: Path, release: bytes) -> None:
    hand_in(course, "ada", written(answered(release)), "long ago")
    said = "timestamp.txt holds no time: nobody knows if it was late"
    assert grade(course) == [f"ada 9/11: {said}; {BY_HAND}"]


def test_a_linked_notebook_is_not_there(
    course: Path, release: bytes, pool: Callable[..., Threads]
) -> None:
    folder = hand_in(course, "ada", b"")
    (folder / "toy.ipynb").unlink()
    hand_in(course, "ben", written(answered(release)))
    (folder / "toy.ipynb").symlink_to(course / "class/submitted/ben/toy/toy.ipynb")
    seen: dict[str, set[str]] = {}

    def see(text: str) -> str:
        task = decode_task(text)
        seen[task.student] = set(task.submitted)
        return mark(text)

    pool(see)
    ada, _ = grade(course)
    assert "toy.ipynb was not taken: it is a link" in ada
    assert seen == {"ada": set(), "ben": {"toy.ipynb"}}


def test_files_of_the_assignment_win_and_a_student_cannot_stand_in_their_way(
    course: Path, release: bytes, pool: Callable[..., Threads]
) -> None:
    source = course / "solutions/toy"
    (source / "data").mkdir()
    (source / "data/true.csv").write_text("true")
    folder = hand_in(course, "ada", written(answered(release)))
    (folder / "data").write_text("a file where a folder has to be")
    ben = hand_in(course, "ben", written(answered(release)))
    (ben / "data").mkdir()
    (ben / "data/true.csv").write_text("false")
    given: dict[str, set[str]] = {}

    def see(text: str) -> str:
        task = decode_task(text)
        given[task.student] = set(task.provided)
        return mark(text)

    pool(see)
    assert grade(course) == [f"ada 9/11: {BY_HAND}", f"ben 9/11: {BY_HAND}"]
    assert given == {"ada": {"data/true.csv"}, "ben": {"data/true.csv"}}
    for student in ("ada", "ben"):
        graded = course / "class/autograded" / student / "toy/data/true.csv"
        assert graded.read_text() == "true"


def test_workers_are_told_nothing_of_gradebook_and_others(
    course: Path, release: bytes, pool: Callable[..., Threads]
) -> None:
    for student in ("ada", "ben"):
        hand_in(course, student, written(answered(release)))
    texts: list[str] = []
    pool(lambda text: texts.append(text) or mark(text))
    grade(course)
    assert len(texts) == 2
    for text in texts:
        assert "gradebook" not in text
        assert "sqlite" not in text
        assert "postgres" not in text
        assert str(course) not in text
        assert ('"ada"' in text) != ('"ben"' in text)


@pytest.mark.parametrize(
    ("name", "students", "said"),
    [
        ("tyo", (), "tyo is not in the gradebook; run `dlcourse release tyo` first"),
        ("toy", (), "class/submitted holds no submission of toy; run `nbgrader coll"),
        ("toy", ("ada",), "class/submitted holds no toy of ada; students who handed"),
    ],
)
def test_bad_input_gets_a_sentence(
    course: Path, name: str, students: tuple[str, ...], said: str
) -> None:
    with pytest.raises(CourseError) as caught:
        list(grade_batch(course, name, Options(students=students)))
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (Options(sandbox="docker"), "There is no sandbox 'docker'; choose"),
        (Options(workers=2, cluster="local:2"), "--workers and --cluster do not go"),
    ],
    ids=["sandbox", "workers"],
)
def test_options_that_cannot_be_had(course: Path, options: Options, said: str) -> None:
    with pytest.raises(CourseError) as caught:
        list(grade_batch(course, "toy", options))
    assert str(caught.value).startswith(said)


def test_without_a_sandbox_nothing_is_graded_unless_asked_for(
    course: Path, release: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dlcourse.grading.sandbox import check

    hand_in(course, "ada", written(answered(release)))
    monkeypatch.setattr(check, "problem", lambda: "No sandbox here: mend that.")
    with pytest.raises(CourseError) as caught:
        list(grade_batch(course, "toy", Options()))
    assert str(caught.value) == "No sandbox here: mend that."
    assert grade(course) == [f"ada 9/11: {BY_HAND}"]


def test_a_second_batch_on_the_course_is_refused(course: Path, release: bytes) -> None:
    hand_in(course, "ada", release)
    hand_in(course, "ben", release)
    first = grade_batch(course, "toy", Options(sandbox="none"))
    next(first)
    try:
        done = run_cli(course)
    finally:
        rest = list(first)
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"running on this course already (process {os.getpid()} on " in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert len(rest) == 1
