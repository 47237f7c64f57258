"""The command ``dlcourse mirror``."""

from __future__ import annotations

from pathlib import Path

import click

from dlcourse.house import find_root


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def mirror(folder: Path) -> None:
    """Copy the course without its solutions, for a public repository."""
    from dlcourse.publish.mirror import mirror as copy

    for line in copy(find_root(), folder).lines():
        click.echo(line)
