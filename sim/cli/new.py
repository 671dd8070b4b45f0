"""`chokepoint new`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.app import app
from sim.cli.printing import new_console, plain


@app.command(epilog="Example: chokepoint new my-study --from mooring-shutdown-2022")
def new(
    name: Annotated[str, typer.Argument(help="Name of the new folder and scenario.")],
    base: Annotated[str, typer.Option("--from", help="Scenario to start from.")] = "baseline-2022",
) -> None:
    """Create a scenario of your own, with a copy of the network's tables to edit."""
    from sim.scenario.new import new as create

    file = create(name, base, Path())
    tables = file.parent / "network"
    console = new_console()
    console.print(f"created {plain(str(file))} and its tables in {plain(str(tables))}/", soft_wrap=True)
    console.print(
        f"edit them, then: chokepoint run {plain(str(file))} --reference {plain(base)}", soft_wrap=True
    )
