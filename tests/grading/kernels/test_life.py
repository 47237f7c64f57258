"""Interrupting, restarting, ending: as with any kernel, and noticed at once."""

from __future__ import annotations

import asyncio

import pytest
from jupyter_client.manager import KernelManager, start_new_kernel

from dlcourse.grading.sandbox.limits import Limits

from .processes import forked, gone
from .running import KINDS, PATIENCE, open_kernel, run

SLEEP = "import time; print(1, flush=True); time.sleep(1000)"
LOOP = "print(1, flush=True)\nwhile True: pass"
WORK = "import torch\nprint(1, flush=True)\nwhile True: torch.ones(400, 400).exp()"


@pytest.mark.parametrize("sandbox", KINDS)
@pytest.mark.parametrize("cell", [SLEEP, LOOP, WORK], ids=["sleeps", "loops", "works"])
def test_interrupt(sandbox, cell):
    async def test():
        async with open_kernel(sandbox) as kernel:
            await kernel.begin(cell)
            await kernel.manager.interrupt_kernel()
            reply = await kernel.client.get_shell_msg(timeout=PATIENCE)
            assert reply["content"]["ename"] == "KeyboardInterrupt"
            assert await kernel.run("print(6 * 7)") == "42"

    run(test)


@pytest.mark.parametrize("sandbox", KINDS)
def test_restart_gives_a_clean_state(sandbox):
    async def test():
        async with open_kernel(sandbox, files={"given.txt": b"as given"}) as kernel:
            await kernel.run("x = 1; open('made.txt', 'w').write('x'); import os")
            first = kernel.manager.provisioner.pid
            await kernel.manager.restart_kernel()
            await kernel.connect()
            assert kernel.manager.provisioner.pid != first
            assert await kernel.run("x") == "NameError"
            assert await kernel.run("print(open('given.txt').read())") == "as given"
            assert await kernel.run("print(In[1])") == "x"

    run(test)


def test_restarted_kernel_keeps_the_clients_it_had():
    manager, client = start_new_kernel(kernel_name="dlcourse-warm")
    try:
        client.execute_interactive("x = 1", timeout=PATIENCE)
        manager.restart_kernel()
        client.wait_for_ready(timeout=PATIENCE)
        reply = client.execute_interactive("x", timeout=PATIENCE, output_hook=print)
        assert reply["content"]["ename"] == "NameError"
    finally:
        client.stop_channels()
        manager.shutdown_kernel()


@pytest.mark.parametrize("name", ["dlcourse-warm", "dlcourse-sandbox"])
def test_kernel_ends_in_an_orderly_way_when_it_is_asked_to(name):
    """Not one of several hangs in the end, so that it has to be terminated."""
    for _ in range(10):
        manager = KernelManager(kernel_name=name, shutdown_wait_time=16)
        manager.start_kernel()
        process = manager.provisioner.kernel
        manager.shutdown_kernel()
        assert process.status == 0


@pytest.mark.parametrize("sandbox", KINDS)
@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("import os; os._exit(3)", 3),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -9),
        ("import ctypes; ctypes.string_at(0)", -11),
        ("exit()", 0),
    ],
    ids=["leaves", "kills itself", "crashes", "asks to exit"],
)
def test_death_is_noticed_with_its_exit_status(sandbox, cell, status):
    async def test():
        async with open_kernel(sandbox) as kernel:
            kernel.client.execute(cell)
            assert await kernel.end() == status
            assert not await kernel.manager.is_alive()
            assert not kernel.manager.provisioner.overdue

    run(test)


def test_death_is_noticed_without_looking_for_it(monkeypatch):
    """Nothing in the wait for the end takes a nap."""

    async def no_nap(*args):
        raise AssertionError("polls")

    async def test():
        async with open_kernel() as kernel:
            kernel.client.execute("import os; os._exit(3)")
            ended = asyncio.ensure_future(kernel.manager.provisioner.ended())
            with monkeypatch.context() as patch:
                patch.setattr(asyncio, "sleep", no_nap)
                assert await ended == 3

    run(test)


@pytest.mark.parametrize("sandbox", KINDS)
def test_wall_time_ends_a_kernel_that_ignores_everything(sandbox):
    async def test():
        cell = (
            "import signal\n"
            "for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):\n"
            "    signal.signal(one, signal.SIG_IGN)\n"
            "while True: pass"
        )
        async with open_kernel(sandbox, Limits(wall=2)) as kernel:
            kernel.client.execute(cell)
            assert await kernel.end() == -9
            assert kernel.manager.provisioner.overdue

    run(test)


@pytest.mark.parametrize("sandbox", KINDS)
def test_what_a_kernel_started_ends_with_it(sandbox):
    async def test():
        async with open_kernel(sandbox) as kernel:
            await kernel.run("import subprocess; subprocess.Popen(['sleep', '120'])")
            left = forked()
            kernel.client.execute("import os; os._exit(0)")
            await kernel.end()
        assert await asyncio.to_thread(gone, left)

    run(test)


@pytest.mark.parametrize("sandbox", KINDS)
def test_two_kernels_at_once_know_nothing_of_each_other(sandbox):
    async def test():
        async with open_kernel(sandbox) as one, open_kernel(sandbox) as other:
            await asyncio.gather(one.run("x = 1"), other.run("x = 2"))
            await other.run("open('own.txt', 'w').write('mine')")
            assert await one.run("print(x)") == "1"
            assert await one.run("open('own.txt')") == "FileNotFoundError"
            assert one.client.session.key != other.client.session.key

    run(test)


def test_messages_signed_with_another_key_are_not_heard():
    async def test():
        async with open_kernel() as kernel:
            stranger = kernel.manager.client()
            stranger.session.key, stranger.session.session = b"another", "stranger"
            stranger.start_channels()
            stranger.execute("heard = True")
            # Each takes its time: enough of them, and the stranger's had its chance.
            for _ in range(50):
                assert await kernel.run("heard") == "NameError"
            stranger.stop_channels()

    run(test)


def test_dropped_kernel_is_ended():
    """Whoever loses its manager does not leave a kernel for ever."""

    async def test():
        async with open_kernel() as kernel:
            pids = forked()
            kernel.manager.provisioner.kernel.close()
            assert await asyncio.to_thread(gone, pids)

    run(test)
