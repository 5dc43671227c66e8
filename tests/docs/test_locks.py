import re
import tomllib

from tests.docs.documents import ROOT

_PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)", flags=re.MULTILINE)
_BLOCK = re.compile(r"^[a-z0-9][^\n]*(?:\n    [^\n]*)*", flags=re.MULTILINE)


def _lock(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


def _wanted(*extras: str) -> set[str]:
    """Names of the distributions that pyproject.toml asks for, as the locks spell them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = list(project["dependencies"])
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    names = [re.split(r"[\[=<>~;! ]", line, maxsplit=1)[0] for line in lines]
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def test_every_dependency_is_locked() -> None:
    missing = _wanted("build") - {name for name, _ in _PIN.findall(_lock("requirements.txt"))}
    missing_tools = _wanted("build", "dev") - {
        name for name, _ in _PIN.findall(_lock("requirements-dev.txt"))
    }

    missing_browser = _wanted("browser") - {
        name for name, _ in _PIN.findall(_lock("requirements-browser.txt"))
    }

    assert (missing, missing_tools, missing_browser) == (set(), set(), set())


def test_both_locks_agree() -> None:
    runtime = set(_PIN.findall(_lock("requirements.txt")))
    tools = set(_PIN.findall(_lock("requirements-dev.txt")))

    assert runtime - tools == set()


def test_every_pin_carries_a_hash() -> None:
    blocks = _BLOCK.findall(_lock("requirements.txt")) + _BLOCK.findall(
        _lock("requirements-dev.txt")
    )

    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_locks_name_no_address_and_no_option() -> None:
    lines = _lock("requirements.txt").splitlines() + _lock("requirements-dev.txt").splitlines()

    assert [line for line in lines if "://" in line or line.startswith(("-", "/"))] == []
