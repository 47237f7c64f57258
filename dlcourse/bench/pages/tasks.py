"""Count a browser's tasks by the processor time that they take.

Lighthouse reads from a trace how long each task of a page took by the clock, and lets
it take four times as long on the phone that it assumes. Whatever else the machine does
meanwhile counts four times, too. Chromium also notes for each task how long its thread
had a processor; that is what the page itself costs.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

_TASK = "RunTask"


def by_processor_time(events: list[dict[str, Any]]) -> None:
    """Shorten a trace's tasks, and move what lies in them alike, in place.

    Args:
        events: of a trace: ``ts`` and ``dur`` by the clock, ``tts`` and ``tdur`` by the
            thread's processor time, in microseconds.
    """
    threads: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for event in events:
        if "tts" in event:
            threads[event["pid"], event["tid"]].append(event)
    for mine in threads.values():
        # A task comes before what begins with it.
        mine.sort(key=lambda event: (event["ts"], -event.get("dur", 0)))
        task, end = None, 0
        for event in mine:
            if event["ts"] >= end:
                task = event if event["name"] == _TASK and "tdur" in event else None
                start, thread_start = event["ts"], event["tts"]
                end = start + event.get("dur", 0) if task else event["ts"]
            if task is None:
                continue
            event["ts"] = start + max(0, event["tts"] - thread_start)
            if "tdur" in event:
                event["dur"] = min(event["tdur"], event["dur"])
