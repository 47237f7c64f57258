"""All attacks, in the order of the table."""

from importlib import import_module

from .kit import ATTACKS

for _module in (
    "shell",
    "messages",
    "tools",
    "reading",
    "insiders",
    "ends",
    "bombs",
    "outside",
    "beside",
    "notebooks",
    "outputs",
):
    import_module(f".{_module}", __package__)

__all__ = ["ATTACKS"]
