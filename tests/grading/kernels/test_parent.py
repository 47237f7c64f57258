"""The process that kernels are forked from: it only imports, and it never stays."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dlcourse.grading.kernels import link, warm
from dlcourse.grading.kernels.manager import kernel_manager
from dlcourse.grading.sandbox.limits import Limits

from .processes import children, descendants, gone, parent_pid
from .running import KINDS, PATIENCE, open_kernel, run

# Starts threads and processes: after any of it in the parent, it would hang here.
PARALLEL = """
import torch
from torch.utils.data import DataLoader, TensorDataset
torch.set_num_threads(2)
(torch.rand(700, 700) @ torch.rand(700, 700)).sort()
data = TensorDataset(torch.rand(64, 1, 16, 16), torch.arange(64) % 10)
net = torch.nn.Sequential(
    torch.nn.Conv2d(1, 8, 3, padding=1), torch.nn.ReLU(), torch.nn.Flatten(),
    torch.nn.Linear(8 * 256, 10))
optimiser = torch.optim.Adam(net.parameters())
for images, labels in DataLoader(data, batch_size=16, shuffle=True, num_workers=2):
    optimiser.zero_grad()
    torch.nn.functional.cross_entropy(net(images), labels).backward()
    optimiser.step()
import numpy, sklearn.cluster
numpy.linalg.svd(numpy.random.rand(200, 200))
sklearn.cluster.KMeans(3, n_init=1).fit(numpy.random.rand(200, 2))
print("done", torch.get_num_threads())
"""


@pytest.mark.parametrize("sandbox", KINDS)
def test_parallel_work_in_kernel_after_kernel_does_not_hang(sandbox):
    async def test():
        for _ in range(3):
            async with open_kernel(sandbox) as kernel:
                assert await kernel.run(PARALLEL) == "done 2"

    run(test)


def test_parent_has_one_thread_and_no_cuda_after_serving():
    """Seen from outside, and from a process that is its copy."""

    async def test():
        async with open_kernel() as kernel:
            await kernel.run(PARALLEL)
        async with open_kernel() as kernel:
            parent = parent_pid()
            assert len(list(Path(f"/proc/{parent}/task").iterdir())) == 1
            for file in Path(f"/proc/{parent}/fd").iterdir():
                assert "nvidia" not in str(file.readlink())
            look = (
                "import os, torch; print(os.getppid(), torch.cuda.is_initialized(), "
                "torch.cuda._is_in_bad_fork())"
            )
            assert await kernel.run(look) == f"{parent} False False"

    run(test)


@pytest.mark.parametrize(
    ("before", "says"),
    [
        ("pass", ""),
        (
            "import threading, time; "
            "threading.Thread(target=time.sleep, args=(9,), daemon=True).start()",
            "threads",
        ),
        (
            "import torch; torch.set_num_threads(2); torch.rand(999, 999).exp()",
            "threads",
        ),
        ("import torch; torch.cuda.is_initialized = lambda: True", "CUDA"),
    ],
    ids=["clean", "thread", "torch", "cuda"],
)
def test_parent_knows_when_it_must_not_fork(before, says):
    code = f"{before}\nfrom dlcourse.grading.kernels import preload as p\n"
    code += "print(p.problem())"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.stderr == ""
    assert says in done.stdout
    assert bool(says) is bool(done.stdout.strip())


CLIENT = """
import asyncio, sys, time
from dlcourse.grading.kernels import warm
from dlcourse.grading.kernels.manager import kernel_manager
from dlcourse.grading.sandbox.limits import Limits

async def main():
    manager = kernel_manager(sys.argv[1], Limits(), {})
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready()
    client.execute("import subprocess; subprocess.Popen(['sleep', '120']); print(1)")
    while (await client.get_iopub_msg())["msg_type"] != "stream":
        pass
    print("ready", flush=True)
    time.sleep(1000)

asyncio.run(main())
"""


@pytest.mark.parametrize("sandbox", KINDS)
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_parent_and_kernels_die_with_their_client(sandbox, number):
    with subprocess.Popen(
        [sys.executable, "-c", CLIENT, sandbox], stdout=subprocess.PIPE
    ) as client:
        assert client.stdout.readline() == b"ready\n"
        left = descendants(client.pid)
        assert len(left) >= 3  # a parent, a kernel, and what it started
        client.send_signal(number)
    assert gone(left)


@pytest.mark.parametrize("sandbox", KINDS)
def test_killed_parent_takes_its_kernels_along_and_is_started_again(sandbox):
    async def test():
        async with open_kernel(sandbox) as kernel:
            parent = parent_pid(sandbox != "none")
            left = descendants(parent)
            os.kill(parent, signal.SIGKILL)
            assert await kernel.end() == -9
            assert await asyncio.to_thread(gone, left)
            async with open_kernel(sandbox) as another:
                assert await another.run("print(1)") == "1"
                assert parent_pid(sandbox != "none") != parent

    run(test)


def test_parent_does_not_end_with_the_thread_that_started_it():
    """The book's build uses threads that come and go."""

    async def use():
        async with open_kernel("bubblewrap") as kernel:
            assert await kernel.run("print(1)") == "1"
        return parent_pid(sandboxed=True)

    def one_use():
        return asyncio.run(use())

    warm.close()
    parents = set()
    for _ in range(2):
        with ThreadPoolExecutor(1) as pool:
            parents.add(pool.submit(one_use).result())
    assert len(parents) == 1


def test_threads_share_one_parent():
    async def use(barrier):
        barrier.wait()
        async with open_kernel() as kernel:
            return await kernel.run("import os; print(os.getppid())")

    warm.close()
    barrier = threading.Barrier(3)
    with ThreadPoolExecutor(3) as pool:
        uses = [pool.submit(asyncio.run, use(barrier)) for _ in range(3)]
        assert len({one.result() for one in uses}) == 1


def test_forked_client_starts_a_parent_of_its_own():
    """And leaves that of the process it was forked from alone."""
    code = """
    import asyncio, os, sys
    from pathlib import Path
    from dlcourse.grading.kernels import warm
    from dlcourse.grading.kernels.manager import kernel_manager
    from dlcourse.grading.sandbox.limits import Limits

    async def parent():
        manager = kernel_manager("none", Limits(), {})
        await manager.start_kernel()
        status = Path(f"/proc/{manager.provisioner.pid}/stat").read_text()
        await manager.shutdown_kernel()
        return status.rpartition(")")[2].split()[1]

    mine = asyncio.run(parent())
    child = os.fork()
    if child == 0:
        own = asyncio.run(parent())
        warm.close()
        os._exit(0 if own != mine else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert asyncio.run(parent()) == mine
    """
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_seed_of_hashes_is_that_of_the_environment(monkeypatch):
    """Read when an interpreter starts, and all the same chosen by each kernel."""

    async def hashed(seed):
        manager = kernel_manager("none", Limits(), {})
        patch = {**os.environ, "PYTHONHASHSEED": seed}
        monkeypatch.setattr(
            "dlcourse.grading.kernels.manager.grading_environment", lambda: patch
        )
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        said = []
        await client.execute_interactive(
            "print(hash('x'))",
            output_hook=lambda message: said.append(message["content"].get("text", "")),
        )
        client.stop_channels()
        await manager.shutdown_kernel()
        return "".join(said).strip()

    def ordinary(seed):
        return subprocess.run(
            [sys.executable, "-c", "print(hash('x'))"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
        ).stdout.strip()

    for seed in ("0", "7"):
        assert asyncio.run(hashed(seed)) == ordinary(seed)


def test_large_environment_arrives():
    huge = "x" * 100_000  # the most that Linux takes, times four
    os.environ.update({f"HUGE{i}": huge for i in range(4)})

    async def test():
        async with open_kernel() as kernel:
            look = "import os; print(sum(map(len, os.environ.values())) > 400_000)"
            assert await kernel.run(look) == "True"

    try:
        run(test)
    finally:
        for i in range(4):
            del os.environ[f"HUGE{i}"]


def test_messages_bring_their_files():
    one, other = link.pair()
    read, write = os.pipe()
    with one, other:
        link.send(one, {"text": "é" * 300_000}, {"pipe": write})
        os.close(write)
        message, files = link.receive(other)
        assert message == {"text": "é" * 300_000}
        os.write(files["pipe"], b"through")
        os.close(files["pipe"])
        assert os.read(read, 100) == b"through"
        os.close(read)
        one.close()
        assert link.receive(other) is None


def test_parent_ends_with_nobody_to_serve():
    """It was started, and its client has gone before it had imported anything."""
    mine, theirs = link.pair()
    with mine, theirs:
        parent = subprocess.Popen(
            [sys.executable, "-P", "-m", "dlcourse.grading.kernels.parent"],
            stdin=theirs.fileno(),
        )
    assert parent.wait(timeout=PATIENCE) == 0
    assert children(parent.pid) == []
