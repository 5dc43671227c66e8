"""Statements compiled once and executed many times; no statement of the product stands here."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from operator import itemgetter
from typing import Any, Final, Generic, NoReturn, TypeVar, cast, overload

from sqlalchemy import (
    BindParameter,
    Connection,
    Delete,
    Dialect,
    Insert,
    LargeBinary,
    Select,
    Update,
    bindparam,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import visitors
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

R = TypeVar("R")
Statement = Select[Any] | Insert | Update | Delete

_SQLITE: Final = sqlite.dialect()


class Hot(Generic[R]):
    """A Core statement without Core's work per execution: about a tenth of its time.

    - Values go to the driver as they are: int, str, bytes, None. A column type that would convert
      (Boolean, JSON, Enum, DateTime) is refused here, at import, and not at night.
    - What the statement compares with a fixed value is written into the SQL: SQLite uses a
      partial index only when it can read the value.
    - A row is `into(*columns)`, whose fields must be named as the columns are; without `into` it
      is a named tuple.
    - `sets` names the columns an insert or update is given at execution.
    - Errors are SQLAlchemy's own, without the values.
    """

    @overload
    def __init__(self: "Hot[Any]", statement: Statement, *, sets: Iterable[str] = ()) -> None: ...
    @overload
    def __init__(
        self, statement: Statement, *, into: type[R], sets: Iterable[str] = ()
    ) -> None: ...
    def __init__(
        self, statement: Statement, *, into: type[Any] | None = None, sets: Iterable[str] = ()
    ) -> None:
        if isinstance(statement, Insert | Update):
            # Inline: no fetching of keys behind our back, and defaults of Python are seen below.
            columns = statement.table.columns
            given: dict[str, Any] = {
                name: bindparam(name, required=True, type_=columns[name].type) for name in sets
            }
            statement = statement.values(given) if given else statement
            statement = statement.inline()
        _require_plain(statement)
        self._given: set[str] = set()
        self._statement = self._with_fixed_values_written_out(statement)
        yields = tuple(column.name for column in statement.exported_columns)
        self._returns = bool(yields)
        self._make = _maker(yields, into)
        self._ready: dict[type[Dialect], _Ready] = {}

    def rows(self, connection: Connection, /, **params: object) -> list[R]:
        """Every row."""
        return list(map(self._make, self._execute(connection, params).fetchall()))

    def row(self, connection: Connection, /, **params: object) -> R | None:
        """The first row, or None."""
        # All are fetched: a statement left half read keeps its locks.
        found = self._execute(connection, params).fetchall()
        return self._make(found[0]) if found else None

    def scalar(self, connection: Connection, /, **params: object) -> Any:
        """The first column of the first row, or None."""
        found = self._execute(connection, params).fetchall()
        return found[0][0] if found else None

    def run(self, connection: Connection, /, **params: object) -> int:
        """How many rows were touched."""
        cursor = self._execute(connection, params)
        if self._returns:
            return len(cursor.fetchall())
        return cursor.rowcount

    def many(self, connection: Connection, sets_of_params: Sequence[Mapping[str, object]]) -> None:
        """Execute once for each; nothing is returned."""
        if not sets_of_params:
            return
        ready = self._ready_for(connection)
        cursor = _cursor(connection)
        try:
            cursor.executemany(ready.sql, [ready.arrange(params) for params in sets_of_params])
        except Exception as error:
            _raise_as_core_would(connection, ready.sql, error)

    def sql(self, dialect: Dialect = _SQLITE) -> str:
        """The text the driver is given; for EXPLAIN and for tests."""
        return self._compiled(dialect).sql

    def _execute(self, connection: Connection, params: dict[str, object]) -> DBAPICursor:
        ready = self._ready_for(connection)
        cursor = _cursor(connection)
        try:
            cursor.execute(ready.sql, ready.arrange(params))
        except Exception as error:
            _raise_as_core_would(connection, ready.sql, error)
        return cursor

    def _ready_for(self, connection: Connection) -> "_Ready":
        return self._ready.get(type(connection.dialect)) or self._compiled(connection.dialect)

    def _compiled(self, dialect: Dialect) -> "_Ready":
        compiled = self._statement.compile(
            dialect=dialect, compile_kwargs={"render_postcompile": True}
        )
        ready = self._ready[type(dialect)] = _Ready(compiled, self._given)
        return ready

    def _with_fixed_values_written_out(self, statement: Statement) -> Statement:
        def write_out(bind: BindParameter[Any]) -> None:
            if not bind.required:
                bind.literal_execute = True
            elif bind.expanding:
                raise TypeError(f"{bind.key}: a list of unknown length cannot be compiled once")
            else:
                # Compiling asks for every value at hand; the real ones come at execution.
                bind.required = False
                self._given.add(bind.key)

        return visitors.cloned_traverse(statement, {}, {"bindparam": write_out})


class _Ready:
    """One statement for one dialect."""

    def __init__(self, compiled: SQLCompiler, given: set[str]) -> None:
        if compiled.insert_prefetch or compiled.update_prefetch:
            raise TypeError(f"defaults made in Python are not run by a hot statement: {compiled}")
        self.sql = str(compiled)
        order = compiled.positiontup
        # What the dialect itself adds, such as the OFFSET 0 behind a LIMIT.
        names = compiled.params if order is None else order
        added = {name: compiled.params[name] for name in names if name not in given}
        self.arrange = _arranger(order, added)


def _arranger(
    order: Sequence[str] | None, added: Mapping[str, object]
) -> Callable[[Mapping[str, object]], Any]:
    """From named values to what the driver takes: a tuple in this order, or the names."""
    if order is None:
        return lambda params: {**added, **params}
    if added:
        return lambda params: [params[n] if n in params else added[n] for n in order]
    if len(order) > 1:
        return itemgetter(*order)
    return lambda params: tuple([params[name] for name in order])


def _cursor(connection: Connection) -> DBAPICursor:
    if not connection.in_transaction():
        connection.begin()
    return connection.connection.cursor()


def _raise_as_core_would(connection: Connection, sql: str, error: Exception) -> NoReturn:
    base = connection.dialect.loaded_dbapi.Error
    if not isinstance(error, base):
        raise error
    raise DBAPIError.instance(
        sql,
        None,
        error,
        cast(type[Exception], base),
        hide_parameters=True,
        dialect=connection.dialect,
    ) from error


def _maker(columns: tuple[str, ...], into: Any) -> Any:
    if into is None:
        return cast(Any, namedtuple("Row", columns))._make
    named = getattr(into, "_fields", None) or tuple(field.name for field in fields(into))
    if named != columns:
        raise TypeError(f"{into.__name__} has the fields {named}, the statement yields {columns}")
    return getattr(into, "_make", None) or (lambda row: into(*row))


def _require_plain(statement: Statement) -> None:
    for element in visitors.iterate(statement):
        if isinstance(element, BindParameter) and _converts(element.type):
            raise TypeError(f"{element.key}: {element.type!r} is not a plain value")
    for column in statement.exported_columns:
        if _converts(column.type):
            raise TypeError(f"{column.name}: {column.type!r} is not a plain value")


def _converts(kind: TypeEngine[Any]) -> bool:
    if isinstance(kind, LargeBinary):
        return False
    impl = kind.dialect_impl(_SQLITE)
    return bool(impl.bind_processor(_SQLITE) or impl.result_processor(_SQLITE, None))
