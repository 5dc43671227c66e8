"""The one table that is printed."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from tests.bench.figures import Figure

_MET = {True: "[green]met[/]", False: "[red]missed[/]", None: ""}


def show(title: str, figures: Sequence[Figure], console: Console) -> None:
    """A line for each figure; those of the echo bot stand beside it."""
    table = Table(title=title, title_justify="left")
    table.add_column("figure")
    for name in ("zabota", "echo bot", "beside it", "aim"):
        table.add_column(name, justify="right")
    table.add_column("")
    for each in figures:
        table.add_row(each.what, each.product, each.echo, each.beside, each.aim, _MET[each.met])
    console.print(table)
