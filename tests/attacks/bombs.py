"""Attacks that use up what everybody needs; bounded, should nothing stop them."""

from __future__ import annotations

from .kit import SOME, Work, attack
from .reports import MEMORY, PROCESSES, SPACE

GROUP = "Memory, processes, disk space"
BEFORE = ("double", "backwards")


@attack(GROUP, "takes 10 GB of memory", MEMORY, BEFORE)
def memory_bomb(work: Work) -> None:
    # If no limit holds, untouched pages cost nothing: a quarter of one is touched.
    work.answer(
        "longest",
        "blocks = [np.ones(2**25)]\n"
        "for _ in range(10):\n"
        "    blocks.append(np.empty(2**27))\n"
        "print('TOOK', 10, 'GB')\n",
    )


@attack(GROUP, "takes 10 GB of memory in a tensor", MEMORY, BEFORE)
def tensor_bomb(work: Work) -> None:
    work.answer("longest", "block = torch.empty(10 * 2**28)\nprint('TOOK', 10, 'GB')\n")


@attack(GROUP, "takes 5 GB of shared memory", r"(?i)memory|stop", BEFORE)
def shared_memory_bomb(work: Work) -> None:
    work.answer(
        "longest",
        "import mmap\n"
        "blocks = []\n"
        "for _ in range(20):\n"
        "    block = mmap.mmap(-1, 2**28)\n"
        "    block.write(bytes(2**28))\n"
        "    blocks.append(block)\n"
        "print('TOOK', 5, 'GB')\n",
    )


@attack(GROUP, "starts 400 processes", PROCESSES, BEFORE)
def fork_bomb(work: Work) -> None:
    work.answer(
        "longest",
        "import os, time\n"
        "for _ in range(400):\n"
        "    if not os.fork():\n"
        "        time.sleep(20)\n        os._exit(0)\n"
        "print('STARTED', 400)\n",
    )


@attack(GROUP, "starts 1,000 threads", "(?i)thread|process", BEFORE)
def thread_bomb(work: Work) -> None:
    work.answer(
        "longest",
        "import threading, time\n"
        "for _ in range(1000):\n"
        "    threading.Thread(target=time.sleep, args=(20,), daemon=True).start()\n"
        "print('STARTED', 1000)\n",
    )


@attack(GROUP, "leaves a daemon behind that outlives the kernel", PROCESSES, SOME)
def daemon_left_behind(work: Work) -> None:
    work.first(
        work.aimed(
            "import os, sys\n"
            "if not os.fork():\n"
            "    os.setsid()\n"
            "    if not os.fork():\n"
            "        os.closerange(0, 4096)\n"
            "        os.execv(sys.executable, [sys.executable, '-c',\n"
            "            'import time; time.sleep(90)', ME])\n"
            "    os._exit(0)\n"
            "os.wait()\n"
        )
    )


@attack(GROUP, "leaves busy threads behind in every cell", "threads", SOME, SOME)
def busy_threads(work: Work) -> None:
    work.first(
        "import threading\n"
        "def spin():\n"
        "    while True:\n        pass\n"
        "for _ in range(4):\n"
        "    threading.Thread(target=spin, daemon=True).start()\n"
    )


def _fill(folder: str) -> str:
    return (
        "import os\n"
        f"with open(os.path.join({folder!r}, ME), 'wb') as file:\n"
        "    for _ in range(32):\n"
        "        file.write(bytes(2**25))\n"
        "print('WROTE', 1, 'GB')\n"
    )


@attack(GROUP, "writes 1 GB into its working folder", SPACE, BEFORE)
def fills_folder(work: Work) -> None:
    work.answer("longest", work.aimed(_fill(".")))


@attack(GROUP, "writes 1 GB to /tmp", SPACE, BEFORE)
def fills_tmp(work: Work) -> None:
    work.answer("longest", work.aimed(_fill("/tmp")))


@attack(GROUP, "writes 1 GB to /dev/shm", SPACE, BEFORE)
def fills_shared_memory(work: Work) -> None:
    work.answer("longest", work.aimed(_fill("/dev/shm")))


@attack(GROUP, "makes 100,000 empty files", SPACE, BEFORE, BEFORE, 1)
def many_files(work: Work) -> None:
    work.answer(
        "longest",
        work.aimed(
            "import os\n"
            "os.mkdir(ME)\n"
            "for number in range(100000):\n"
            "    os.close(os.open(f'{ME}/{number}', os.O_CREAT | os.O_WRONLY))\n"
        ),
    )


@attack(GROUP, "opens files until none is left", "", BEFORE, BEFORE)
def many_descriptors(work: Work) -> None:
    work.answer(
        "longest",
        "files = []\n"
        "try:\n"
        "    for _ in range(100000):\n"
        "        files.append(open('/dev/null'))\n"
        "except OSError as error:\n    print(len(files), error)\n"
        "del files\n",
    )


@attack(GROUP, "raises its own limits", "limits", SOME, SOME)
def raises_limits(work: Work) -> None:
    work.first(
        "import resource\n"
        "for name in dir(resource):\n"
        "    if name.startswith('RLIMIT_'):\n"
        "        kind = getattr(resource, name)\n"
        "        soft, hard = resource.getrlimit(kind)\n"
        "        try:\n"
        "            resource.setrlimit(kind, (resource.RLIM_INFINITY,) * 2)\n"
        "            if hard != resource.RLIM_INFINITY:\n"
        "                print('RAISED', name)\n"
        "        except (OSError, ValueError):\n            pass\n"
    )


@attack(GROUP, "takes the highest priority and all threads", "limits", SOME, SOME)
def greedy_scheduling(work: Work) -> None:
    work.first(
        "import os\n"
        "for greedy in (lambda: os.nice(-20), lambda: torch.set_num_threads(512)):\n"
        "    try:\n        greedy()\n"
        "    except (OSError, RuntimeError) as error:\n        print(error)\n"
    )
