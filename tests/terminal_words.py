"""The sentences of a command as they stand in its files."""

from importlib.resources import files

from ruamel.yaml import YAML


def sentences(package: str, language: str) -> dict[str, str]:
    """Key to sentence, unfilled."""
    file = files(package) / "words" / f"{language}.yaml"
    found: dict[str, str] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    return found
