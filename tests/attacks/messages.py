"""Attacks on the kernel's messages: the grader is to be told something else."""

from __future__ import annotations

from .kit import Work, attack
from .reports import TAMPERED

GROUP = "Forged messages of the kernel"


@attack(GROUP, "replaces the kernel's `do_execute` by a success", TAMPERED)
def do_execute_replaced(work: Work) -> None:
    work.first(
        "kernel = get_ipython().kernel\n"
        "async def do_execute(code, silent, **options):\n"
        "    return {'status': 'ok', 'execution_count': 1, 'payload': [],\n"
        "            'user_expressions': {}}\n"
        "kernel.do_execute = do_execute\n"
    )


@attack(GROUP, "replaces the handler of execute requests: success, unrun", TAMPERED)
def execute_request_replaced(work: Work) -> None:
    work.first(
        "kernel = get_ipython().kernel\n"
        "async def handler(stream, ident, parent):\n"
        "    kernel.session.send(stream, 'execute_reply', {'status': 'ok',\n"
        "        'execution_count': 1, 'payload': [], 'user_expressions': {}},\n"
        "        parent, ident=ident)\n"
        "kernel.shell_handlers['execute_request'] = handler\n"
    )


@attack(GROUP, "rewrites messages in `session.send`: no error leaves", TAMPERED)
def session_send_replaced(work: Work) -> None:
    work.first(
        "session = get_ipython().kernel.session\n"
        "true_send = type(session).send\n"
        "def send(self, stream, kind, content=None, *arguments, **options):\n"
        "    if kind == 'error':\n"
        "        return {}\n"
        "    if kind == 'execute_reply':\n"
        "        content = {'status': 'ok', 'execution_count': 1, 'payload': [],\n"
        "                   'user_expressions': {}}\n"
        "    return true_send(self, stream, kind, content, *arguments, **options)\n"
        "type(session).send = send\n"
    )


@attack(GROUP, "hides errors in `send_response` and in the reply", TAMPERED)
def send_response_replaced(work: Work) -> None:
    work.first(
        "shell = get_ipython()\n"
        "shell._showtraceback = lambda *a, **k: None\n"
        "true_execute = shell.kernel.do_execute\n"
        "async def do_execute(*arguments, **options):\n"
        "    reply = await true_execute(*arguments, **options)\n"
        "    return {**reply, 'status': 'ok'}\n"
        "shell.kernel.do_execute = do_execute\n"
    )


@attack(GROUP, "has the kernel answer 'aborted' instead of running tests", TAMPERED)
def aborted_replies(work: Work) -> None:
    work.first(
        "kernel = get_ipython().kernel\n"
        "kernel.stop_on_error_timeout = 3600\n"
        "class Aborting(type(kernel)):\n"
        "    _aborting = property(lambda self: True, lambda self, value: None)\n"
        "kernel.__class__ = Aborting\n"
    )


FORGE = (
    "def forge(reply=True):\n"
    "    kernel = get_ipython().kernel\n"
    "    parent = kernel.get_parent('shell')\n"
    "    if reply:\n"
    "        stream = kernel.shell_stream\n"
    "        kernel.session.send(stream, 'execute_reply', {'status': 'ok',\n"
    "            'execution_count': 1, 'payload': [], 'user_expressions': {}},\n"
    "            parent, ident=kernel._get_shell_context_var(\n"
    "                kernel._shell_parent_ident))\n"
    "        stream.flush()\n"
    "    kernel.session.send(kernel.iopub_socket, 'status',\n"
    "        {'execution_state': 'idle'}, parent=parent,\n"
    "        ident=kernel.topic if hasattr(kernel, 'topic') else None)\n"
)


@attack(GROUP, "says 'done' and 'idle' from within the test, before it fails", TAMPERED)
def forged_reply(work: Work) -> None:
    work.first(FORGE)
    work.answer("backwards", "def backwards(text):\n    forge()\n    return 'a'\n")
    work.answer("longest", "def longest(words):\n    forge()\n    return 'bbb'\n")


@attack(
    GROUP,
    "says 'idle' from within the test, so that its error comes late",
    "for review",
)
def forged_idle(work: Work) -> None:
    work.first(FORGE)
    work.answer(
        "longest",
        "import time\n"
        "def longest(words):\n    forge(reply=False)\n    time.sleep(1)\n"
        "    return 'bbb'\n",
    )


@attack(GROUP, "sends a result of its own, 4.0, before the test's", TAMPERED)
def forged_result(work: Work) -> None:
    work.answer(
        "vowels",
        "def vowels(text):\n"
        "    kernel = get_ipython().kernel\n"
        "    kernel.send_response(kernel.iopub_socket, 'execute_result', {\n"
        "        'data': {'text/plain': '4.0'}, 'metadata': {},\n"
        "        'execution_count': 1})\n"
        "    return 0\n",
    )


@attack(GROUP, "has a thread clear the output of tests, errors with it", TAMPERED)
def thread_clears_output(work: Work) -> None:
    work.first(
        "import threading, time\n"
        "kernel = get_ipython().kernel\n"
        "def clear():\n"
        "    while True:\n"
        "        kernel.send_response(kernel.iopub_socket, 'clear_output',\n"
        "                             {'wait': False})\n"
        "        time.sleep(0.001)\n"
        "threading.Thread(target=clear, daemon=True).start()\n"
    )


@attack(GROUP, "has a thread write results into the cells that run later", TAMPERED)
def thread_writes_results(work: Work) -> None:
    work.first(
        "import threading, time\n"
        "kernel = get_ipython().kernel\n"
        "def write():\n"
        "    while True:\n"
        "        kernel.send_response(kernel.iopub_socket, 'execute_result', {\n"
        "            'data': {'text/plain': '4.0'}, 'metadata': {},\n"
        "            'execution_count': 1})\n"
        "        time.sleep(0.002)\n"
        "threading.Thread(target=write, daemon=True).start()\n"
    )


@attack(GROUP, "diverts a test's output into a widget by comm messages", "for review")
def comm_diverts_output(work: Work) -> None:
    divert = (
        "def divert():\n"
        "    kernel = get_ipython().kernel\n"
        "    def say(kind, data):\n"
        "        kernel.send_response(kernel.iopub_socket, kind, {\n"
        "            'comm_id': 'c', 'target_name': 'jupyter.widget', 'data': data})\n"
        "    say('comm_open', {'state': {'_model_name': 'OutputModel',\n"
        "        '_model_module': '@jupyter-widgets/output', 'outputs': []}})\n"
        "    say('comm_msg', {'method': 'update', 'state': {\n"
        "        'msg_id': kernel.get_parent('shell')['header']['msg_id']}})\n"
    )
    work.first(divert)
    work.answer("longest", "def longest(words):\n    divert()\n    return 'bbb'\n")
    work.answer(
        "vowels", "def vowels(text):\n    divert()\n    print('4.0')\n    return 0\n"
    )


@attack(GROUP, "has a fork of the kernel answer in its place", TAMPERED)
def forked_twin(work: Work) -> None:
    # The child of the fork goes on where the parent waits: two kernels, one socket.
    work.first(FORGE)
    work.answer(
        "longest",
        "import os\n"
        "def longest(words):\n"
        "    child = os.fork()\n"
        "    if not child:\n"
        "        forge()\n"
        "        os._exit(0)\n"
        "    os.waitpid(child, 0)\n"
        "    return 'bbb'\n",
    )
