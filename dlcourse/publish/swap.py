"""Folders exchanged as a whole, so that nothing is ever half-written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def replaced(targets: dict[Path, Path]) -> Iterator[None]:
    """Put new folders in the place of old ones; if the block fails, put them back."""
    done: list[tuple[Path, Path]] = []
    drafts: list[Path] = []
    try:
        for new, target in targets.items():
            # Beside the target, because only there is a rename sure to be one.
            draft = target.with_name(f".{target.name}.new")
            drafts.append(draft)
            shutil.rmtree(draft, ignore_errors=True)
            shutil.copytree(new, draft)
        for target, draft in zip(targets.values(), drafts, strict=True):
            old = target.with_name(f".{target.name}.old")
            shutil.rmtree(old, ignore_errors=True)
            if target.exists():
                target.rename(old)
            done.append((target, old))
            draft.rename(target)
        yield
    except BaseException:
        for target, old in reversed(done):
            shutil.rmtree(target, ignore_errors=True)
            with suppress(FileNotFoundError):
                old.rename(target)
        raise
    finally:
        for draft in drafts:
            shutil.rmtree(draft, ignore_errors=True)
    for _, old in done:
        shutil.rmtree(old, ignore_errors=True)
