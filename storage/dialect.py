"""The few pieces of SQL that each database spells its own way; everything else is plain Core."""

from typing import Any

from sqlalchemy import Select, bindparam, column, func, select
from sqlalchemy.dialects.sqlite import insert

__all__ = ["insert", "listed"]


def listed(name: str) -> Select[Any]:
    """The numbers of the parameter `name`, a JSON list: a list of any length in one statement."""
    each = func.json_each(bindparam(name)).table_valued(column("value"))
    return select(each.c.value)
