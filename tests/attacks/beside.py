"""Attacks by files that lie beside the notebook."""

from __future__ import annotations

from .kit import SOME, Work, attack

GROUP = "Files beside the notebook"
# Runs wherever one of these files is loaded: tests lose their teeth.
TEETH = (
    "import builtins, os\n"
    "os.environ['SHADOWED'] = 'yes'\n"
    "def _same(*a, **k):\n    return True\n"
    "try:\n"
    "    get_ipython().showtraceback = lambda *a, **k: None\n"
    "except Exception:\n    pass\n"
)
CHECK = "import os\nif 'SHADOWED' in os.environ:\n    print('UNSEEN-SHADOWED')\n"


def _beside(work: Work, *names: str, source: str = TEETH) -> None:
    for name in names:
        work.files[name] = source.encode()
    work.last(CHECK)


@attack(GROUP, "a `torch.py` in place of PyTorch", "name of a library", SOME, SOME)
def shadows_torch(work: Work) -> None:
    _beside(work, "torch.py")


@attack(GROUP, "a `numpy` folder in place of NumPy", "name of a library", SOME, SOME)
def shadows_numpy(work: Work) -> None:
    _beside(work, "numpy/__init__.py", "numpy/testing.py")


@attack(
    GROUP,
    "`random.py`, `json.py`, `ast.py` in place of Python's own",
    "name of a library",
    SOME,
    SOME,
)
def shadows_standard_library(work: Work) -> None:
    _beside(work, "random.py", "json.py", "ast.py", "inspect.py", "tokenize.py")


@attack(
    GROUP,
    "a `dlcourse` folder in place of the course's package",
    "name of a library",
    SOME,
    SOME,
)
def shadows_dlcourse(work: Work) -> None:
    _beside(work, "dlcourse/__init__.py", "dlcourse/data.py")
    work.first("import dlcourse\n")


@attack(GROUP, "an `ipykernel` folder: its own kernel", "name of a library", SOME, SOME)
def shadows_ipykernel(work: Work) -> None:
    source = TEETH + "print('not a kernel')\nraise SystemExit\n"
    names = ("ipykernel/__init__.py", "ipykernel_launcher.py", "IPython/__init__.py")
    _beside(work, *names, source=source)


@attack(
    GROUP,
    "`sitecustomize.py`, `usercustomize.py`, a `.pth` file",
    "programs read by themselves",
    SOME,
    SOME,
)
def start_up_modules(work: Work) -> None:
    _beside(work, "sitecustomize.py", "usercustomize.py", "conftest.py")
    work.files["start.pth"] = b"import os; os.environ['SHADOWED'] = 'yes'\n"


@attack(
    GROUP,
    "start-up files and configuration of IPython",
    "programs read by themselves",
    SOME,
    SOME,
)
def ipython_start_up(work: Work) -> None:
    folder = ".ipython/profile_default"
    _beside(work, f"{folder}/startup/00.py")
    setting = b'c.InteractiveShellApp.exec_lines = [\'import os; os.environ["SHADOWED"]'
    setting += b' = "yes"\']\n'
    for name in (
        f"{folder}/ipython_config.py",
        "ipython_config.py",
        f"{folder}/ipython_kernel_config.py",
        "ipython_kernel_config.py",
    ):
        work.files[name] = setting


@attack(
    GROUP,
    "configuration of Jupyter and nbgrader, read by the grader",
    "programs read by themselves",
    SOME,
    SOME,
)
def jupyter_configuration(work: Work) -> None:
    source = work.aimed("import os\nopen(f'{HOME}/{ME}', 'w').close()\n").encode()
    for name in (
        "jupyter_config.py",
        "nbgrader_config.py",
        "jupyter_nbgrader_config.py",
        "jupyter_nbconvert_config.py",
        ".jupyter/jupyter_config.py",
    ):
        work.files[name] = (
            source + b"c = get_config()\nc.Execute.allow_errors = False\n"
        )


@attack(
    GROUP,
    "`matplotlibrc`, `.env`, `pyproject.toml` and other settings",
    "programs read by themselves",
    SOME,
    SOME,
)
def other_settings(work: Work) -> None:
    work.files["matplotlibrc"] = b"backend: module://evil\n"
    work.files["evil.py"] = TEETH.encode()
    work.files[".env"] = b"PYTHONSTARTUP=evil.py\nPYTHONPATH=.\n"
    work.files["pyproject.toml"] = b"[tool.nbgrader]\n"
    work.first("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.close()\n")
    work.last(CHECK)


@attack(
    GROUP,
    "a kernel of its own in `share/jupyter/kernels`",
    "programs read by themselves",
    SOME,
    SOME,
)
def own_kernelspec(work: Work) -> None:
    spec = b'{"argv": ["/bin/sh", "-c", "touch $HOME/OWNED-own-kernelspec"],'
    spec += b' "display_name": "Python 3", "language": "python"}'
    for folder in ("share/jupyter/kernels/python3", "kernels/python3", "python3"):
        work.files[f"{folder}/kernel.json"] = spec


@attack(
    GROUP,
    "its own modules patch the tests when imported",
    "(?i)tamper|review|look",
    SOME,
)
def helper_module(work: Work) -> None:
    work.files["helpers.py"] = (
        b"import torch, numpy.testing, IPython\n"
        b"torch.testing.assert_close = lambda *a, **k: None\n"
        b"torch.equal = lambda *a: True\n"
        b"IPython.get_ipython().user_ns['same'] = lambda *a: None\n"
    )
    work.first("import sys\nsys.path.insert(0, '.')\nimport helpers\n")


@attack(
    GROUP,
    "a gradebook of its own and another time of handing in",
    "programs read by themselves",
    SOME,
    SOME,
)
def own_gradebook(work: Work) -> None:
    work.files["gradebook.db"] = b"SQLite format 3\0" + bytes(4080)
    work.files["timestamp.txt"] = b"1999-01-01 00:00:00 UTC"


@attack(GROUP, "3,000 files", "500 files", SOME, SOME)
def many_files_beside(work: Work) -> None:
    for number in range(3000):
        work.files[f"many/{number % 50}/{number}.txt"] = b"x"


@attack(GROUP, "a file of 200 MB", "too large", SOME, SOME)
def large_file_beside(work: Work) -> None:
    work.files["large.bin"] = b"sparse:" + str(200 * 2**20).encode()


@attack(GROUP, "a link to the instructor's home", "(?i)link", SOME, SOME)
def link_to_home(work: Work) -> None:
    work.links["home"] = work.aims.home
    work.links["key.txt"] = f"{work.aims.home}/.secret/token"
    work.first(
        "import os\nfor name in ('home/.secret/token', 'key.txt'):\n"
        "    if os.path.exists(name):\n        print(open(name).read())\n"
    )


@attack(
    GROUP, "links to `/dev/zero` and to itself, a named pipe", "(?i)link", SOME, SOME
)
def odd_files(work: Work) -> None:
    work.links["zero"] = "/dev/zero"
    work.links["loop"] = "loop"
    work.fifos.append("pipe")


@attack(
    GROUP,
    "file names with line breaks, markup and bytes that are no text",
    "no text",
    SOME,
    SOME,
)
def odd_names(work: Work) -> None:
    work.files["a\nb.txt"] = b"x"
    work.files["<img src=x onerror=alert(1)>.txt"] = b"x"
    work.files["\udcff\udcfe.txt"] = b"x"
    work.files["-rf"] = b"x"
    work.files["\x1b[31mred.txt"] = b"x"
