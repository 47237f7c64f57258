"""Talking with kernels that say too much, too little, twice, or nothing any more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from dlcourse.grading.kernels.manager import kernel_manager
from dlcourse.grading.sandbox.limits import Limits
from dlcourse.grading.talk import talk as module
from dlcourse.grading.talk.answer import ANSWERED, CUT, DEAD, LOST, STUCK, Answer
from dlcourse.grading.talk.answer import Request as Asked
from dlcourse.grading.talk.outputs import MOST_PRINTED
from dlcourse.grading.talk.talk import KernelError, Talk


@pytest.fixture
def talk() -> Iterator[Talk]:
    with Talk(kernel_manager("none", Limits(wall=120), {"a.txt": b"x"})) as begun:
        yield begun


def ask(talk: Talk, code: str, seconds: float = 20, **more: object) -> Answer:
    return talk.ask(Asked(code, monotonic() + seconds, **more))  # type: ignore[arg-type]


def said(answer: Answer) -> str:
    return "".join(one.get("text", "") for one in answer.outputs.items)


def test_an_answer_tells_everything(talk: Talk) -> None:
    answer = ask(talk, "print(open('a.txt').read())\n1 / 0", store=True)
    assert (answer.end, answer.status, answer.overdue) == (ANSWERED, "error", False)
    assert answer.error == ("ZeroDivisionError", "division by zero")
    assert answer.errors == [answer.error]
    assert said(answer) == "x\n"
    assert "ZeroDivisionError" in "".join(answer.traceback)
    answer = ask(talk, "a = 2", expressions={"n": "a + 1"})
    assert (answer.status, answer.value("n"), answer.value("m")) == ("ok", "3", "")
    assert not answer.quits
    assert ask(talk, "exit()").quits


def test_history_holds_what_is_stored_only(talk: Talk) -> None:
    ask(talk, "a = 1", store=True)
    ask(talk, "b = 2")
    assert said(ask(talk, "print(In)")) == "['', 'a = 1']\n"


def test_endless_printing_is_dropped_as_it_comes(talk: Talk) -> None:
    answer = ask(talk, "while True: print('on and on' * 99, flush=True)", 1)
    assert (answer.end, answer.overdue) == (ANSWERED, True)
    assert len(said(answer)) < MOST_PRINTED + 100
    # The interrupt may strike within the kernel's own stream, which then complains.
    assert answer.error[0] in ("KeyboardInterrupt", "RuntimeError")
    assert said(ask(talk, "print('well')")) == "well\n"


def test_a_kernel_that_ignores_the_interrupt_is_stuck(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 1)
    stubborn = "import signal, time\nsignal.signal(2, signal.SIG_IGN)\ntime.sleep(60)"
    answer = ask(talk, stubborn, 0.5)
    assert (answer.end, answer.overdue) == (STUCK, True)


def test_a_death_is_noticed(talk: Talk) -> None:
    begun = monotonic()
    answer = ask(
        # What was printed leaves the process a moment later.
        talk,
        "import os, time\nprint('so far', flush=True)\ntime.sleep(0.5)\n"
        "os.kill(os.getpid(), 9)",
        100,
    )
    assert (answer.end, said(answer)) == (DEAD, "so far\n")
    assert monotonic() - begun < 50


def test_closed_sockets_are_noticed(talk: Talk) -> None:
    begun = monotonic()
    assert ask(
        talk, "import os, time\nos.closerange(3, 999)\ntime.sleep(60)", 50
    ).end in (*(CUT, DEAD),)
    assert monotonic() - begun < 45


@pytest.mark.timeout(60)  # it waited for ever
@pytest.mark.parametrize(
    ("deed", "end"),
    [
        ("os._exit(0)", DEAD),
        # What a socket would ask the kernel for is closed with it.
        ("get_ipython().kernel.shell_stream.socket.close(0)", CUT),
    ],
)
def test_a_kernel_that_goes_between_two_questions_is_not_waited_for(
    talk: Talk, deed: str, end: str
) -> None:
    later = f"import os, threading\nthreading.Timer(0.3, lambda: {deed}).start()"
    assert ask(talk, later).end == ANSWERED
    sleep(2)
    assert [ask(talk, "1").end for _ in range(3)] == [end] * 3


def test_a_message_that_is_too_large_ends_it(talk: Talk) -> None:
    assert ask(talk, "print('x' * 70_000_000)").end in (CUT, DEAD)


FORGE = (
    "kernel = get_ipython().kernel\n"
    "def say(stream, kind, content):\n"
    "    ident = kernel._get_shell_context_var(kernel._shell_parent_ident)\n"
    "    ident = None if stream is kernel.iopub_socket else ident\n"
    "    parent = kernel.get_parent('shell')\n"
    "    kernel.session.send(stream, kind, content, parent, ident=ident)\n"
)
REPLY = (
    "say(kernel.shell_stream, 'execute_reply', {'status': 'ok'})\n"
    "kernel.shell_stream.flush()\n"
)
IDLE = "say(kernel.iopub_socket, 'status', {'execution_state': 'idle'})\n"


def test_two_answers_to_one_question_are_noticed(talk: Talk) -> None:
    ask(talk, "pass")
    assert not talk.twice
    # The second comes at once or a moment later.
    answer = ask(talk, f"{FORGE}{REPLY}{IDLE}1 / 0")
    assert answer.status == "ok"
    ask(talk, "pass")
    assert talk.twice


def test_an_idle_kernel_that_has_not_answered_is_waited_for(talk: Talk) -> None:
    answer = ask(talk, f"{FORGE}{IDLE}import time\ntime.sleep(1)\n1 / 0")
    assert (answer.end, answer.status) == (ANSWERED, "error")
    assert not talk.twice


def test_an_answer_without_an_end_is_lost(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 1)
    assert ask(talk, f"{FORGE}{REPLY}import time\ntime.sleep(9)").end == LOST


def test_messages_that_are_not_signed_or_no_messages_are_dropped(talk: Talk) -> None:
    junk = (
        "from jupyter_client.session import Session\n"
        f"{FORGE}"
        "false = Session(key=b'another')\n"
        "false.send(kernel.iopub_socket, 'stream', {'name': 'stdout', 'text': 'lie'},\n"
        "           kernel.get_parent('shell'))\n"
        "for parts in ([b'x'], [b'<IDS|MSG>'], [b'<IDS|MSG>', *[b'[' * 99999] * 5]):\n"
        "    kernel.iopub_socket.send_multipart(parts)\n"
        "say(kernel.iopub_socket, 'stream', {'name': 3, 'text': None})\n"
    )
    answer = ask(talk, f"{junk}print('truth')")
    assert (answer.end, said(answer)) == (ANSWERED, "truth\n")


def test_a_kernel_that_cannot_start_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    manager = kernel_manager("none", Limits(wall=120), {})

    async def refuse(*arguments: object, **options: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(type(manager.provisioner), "launch_kernel", refuse)
    with pytest.raises(KernelError, match="no more processes"), Talk(manager):
        pass


def test_nothing_is_left_of_a_kernel() -> None:
    manager = kernel_manager("none", Limits(wall=120), {})
    with Talk(manager) as other:
        pid = said(ask(other, "import os; print(os.getpid())")).strip()
        folder = said(ask(other, "print(os.getcwd())")).strip()
        assert Path("/proc", pid).exists()
        assert Path(folder).exists()
    assert not Path("/proc", pid).exists()
    assert not Path(folder).exists()
