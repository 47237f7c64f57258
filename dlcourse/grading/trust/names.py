"""Names that no solution needs, and what reaching for them means, in words."""

from __future__ import annotations

FRAMES = "looks at who called it"
IPYTHON = "reaches for IPython or the kernel"
OBJECTS = "searches the interpreter's objects"
SOURCE = "reads the source of tests"
TRACE = "has itself called at each step of the code"
MEMORY = "uses native memory"
PATCH = "replaces what tests use"
PROCESSES = "starts processes or programs"
SIGNALS = "sends or catches signals, or ends the process"
THREADS = "starts threads, which go on while tests run"
NETWORK = "reaches for the network"
FILES = "names files outside its folder"
TEXT = "runs code that it makes from text"
HISTORY = "reads IPython's history"
GRADER = "reaches for the grader"
LIES = "makes objects that lie about their type or answer for PyTorch"
NAMES = "reaches for the notebook's names as a dictionary"
LIMITS = "changes the limits of its process"

# Dotted names, and all that is below them.
REACHED = {
    FRAMES: "sys._getframe sys._current_frames sys._current_exceptions inspect.stack "
    "inspect.currentframe inspect.getframeinfo inspect.getouterframes "
    "inspect.getinnerframes inspect.trace traceback.extract_stack traceback.walk_stack "
    "traceback.print_stack traceback.format_stack asyncio.current_task "
    "asyncio.all_tasks threading._current_frames",
    IPYTHON: "get_ipython IPython.get_ipython IPython.core IPython.terminal ipykernel "
    "jupyter_client traitlets",
    OBJECTS: "gc.get_objects gc.get_referrers gc.get_referents",
    SOURCE: "linecache inspect.getsource inspect.getsourcelines inspect.findsource dis "
    "marshal",
    TRACE: "sys.settrace sys.setprofile sys.monitoring sys.addaudithook "
    "threading.settrace threading.setprofile bdb",
    MEMORY: "ctypes cffi mmap _ctypes",
    PATCH: "builtins __builtins__ unittest.mock importlib.abc importlib.machinery "
    "sys.meta_path sys.path_hooks sys.displayhook sys.excepthook forbiddenfruit",
    PROCESSES: "os.fork os.forkpty os.system os.popen os.execl os.execle os.execlp "
    "os.execv os.execve os.execvp os.execvpe os.posix_spawn os.posix_spawnp os.spawnl "
    "os.spawnv os.spawnve os.spawnvp subprocess multiprocessing pty "
    "concurrent.futures.ProcessPoolExecutor",
    SIGNALS: "os.kill os.killpg os._exit os.abort signal faulthandler",
    THREADS: "threading.Thread threading.Timer _thread "
    "concurrent.futures.ThreadPoolExecutor",
    NETWORK: "socket socketserver ssl urllib.request http requests httpx aiohttp "
    "ftplib smtplib telnetlib websocket websockets urllib3",
    TEXT: "exec eval compile __import__",
    GRADER: "dlcourse.grading nbgrader",
    NAMES: "globals __main__ sys.modules",
    LIMITS: "resource os.nice os.setpriority os.sched_setaffinity os.setuid os.chroot",
}
# Attributes of any object.
ATTRIBUTES = {
    FRAMES: "tb_frame f_back f_locals f_globals f_code gi_frame cr_frame ag_frame "
    "cr_await findCaller stack_info",
    IPYTHON: "ast_transformers input_transformers_cleanup input_transformers_post "
    "set_custom_exc run_cell run_code user_ns parent_header get_parent do_execute "
    "showtraceback history_manager input_hist_raw",
    SOURCE: "__code__ co_consts co_code __closure__ __globals__",
    LIES: "__torch_function__",
    OBJECTS: "__subclasses__",
}
# Names of the notebook itself.
OWN = {HISTORY: "In _ih _i _ii _iii _oh Out _dh"}


def by_name(table: dict[str, str]) -> dict[str, str]:
    """Turn a table round: what each name means."""
    return {name: what for what, names in table.items() for name in names.split()}
