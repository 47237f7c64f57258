"""Runs in the room, in place of the warm parent: forks and shuts in, order by order.

Standard input is a socket. With each order come descriptors: for what the code says, a
socket for the forked process's pidfd and, later, its status, and perhaps an archive.
"""

import contextlib
import json
import os
import select
import socket
import sys
import traceback
from pathlib import Path

from dlcourse.grading.sandbox import enclose
from dlcourse.grading.sandbox.limits import Limits

NAMESPACES = {one.name: str(one.readlink()) for one in Path("/proc/self/ns").iterdir()}


def serve(client):
    poll, waiting = select.poll(), {}
    poll.register(client, select.POLLIN)
    while True:
        for fd, _ in poll.poll():
            if fd in waiting:
                child, answer = waiting.pop(fd)
                poll.unregister(fd)
                os.close(fd)
                code = os.waitstatus_to_exitcode(os.waitpid(child.pid, 0)[1])
                code = child.status(code)
                with contextlib.suppress(BrokenPipeError):  # nobody waits for it
                    answer.send(str(code).encode())
                answer.close()
                continue
            message, files, _, _ = socket.recv_fds(client, 10**5, 3)
            if not message:
                return
            order, (said, reply, *archives) = json.loads(message), files
            answer = socket.socket(fileno=reply)
            child = enclose.fork()
            if child.pid == 0:
                become(child, order, said, *archives)
            for one in (said, *archives):
                os.close(one)
            pidfd = os.pidfd_open(child.pid)
            socket.send_fds(answer, [b"pidfd"], [pidfd])
            waiting[pidfd] = child, answer
            poll.register(pidfd, select.POLLIN)


def become(child, order, said, archive=None):
    try:
        os.dup2(said, 1)
        os.dup2(said, 2)
        exec(order["before"], globals())
        keep = list(order["keep"])
        enclose.enclose(child, Limits(**order["limits"]), archive, keep)
        exec(order["code"], {"__name__": "__main__"})
        code = 0
    except SystemExit as leaving:
        code = leaving.code or 0
    except BaseException:
        traceback.print_exc()
        code = 99
    sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    orders = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    enclose.prepare()
    serve(orders)
