"""What stands for JSON here. The sandbox handles data of unknown shape; nothing else lives here."""

from typing import Any, TypeAlias

Json: TypeAlias = Any
JsonObject: TypeAlias = dict[str, Any]
