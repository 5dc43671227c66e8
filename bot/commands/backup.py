"""`zabota backup` and `zabota restore`: a copy of everything, and putting it back."""

from __future__ import annotations

import os
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import click

from bot.clock import SystemClock
from bot.settings import ENV_FILE, load_backup_settings
from storage.archive import secrets_of
from storage.backup import Backup, Why, keep_newest, make
from storage.carrying import carry_over
from storage.erasing import replay
from storage.erasures import ErasureLog
from storage.ownership import give, rights_of
from storage.restore import Restored, Where, restore

_LOW_PRIORITY = 10
_WHY = click.Choice(["by-hand", "nightly", "upgrade", "migrate"])


@click.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write into, if not BACKUP_DIR.",
)
@click.option("--with-secrets", is_flag=True, help="Take .env along: whoever has it is the bot.")
@click.option("--why", type=_WHY, default="by-hand", hidden=True)
@click.option("--keep", type=click.IntRange(1), hidden=True)
@click.option("--at", hidden=True, help="The moment by the clock of the bot that asks.")
def backup(
    folder: Path | None, why: Why, keep: int | None, at: str | None, *, with_secrets: bool
) -> None:
    """Back up the database and the content, whether the bot runs or not."""
    settings = load_backup_settings()
    if why == "nightly":
        os.nice(_LOW_PRIORITY)
    made, manifest = make(
        settings.database_path,
        folder or settings.backup_folder,
        datetime.fromisoformat(at) if at else SystemClock().now(),
        why=why,
        version=version("zabota"),
        content=settings.content_dir,
        secrets=ENV_FILE if with_secrets and ENV_FILE.is_file() else None,
    )
    if keep is not None:
        keep_newest(made.path.parent, why, keep)
    size = made.path.stat().st_size / 1_000_000
    rows = sum(manifest.counts.values())
    click.echo(f"{made.path} ({size:.1f} MB, {rows} rows, schema {manifest.schema})")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--content", is_flag=True, help="Put its content in the place of what is there, too.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--carry-inbox", is_flag=True, hidden=True)
def restore_(file: Path, *, content: bool, yes: bool, carry_inbox: bool) -> None:
    """Put the backup FILE in the place of the database; what stands there is kept aside.

    The bot must not be running.
    """
    with_env = _write_env(file)
    settings = load_backup_settings()
    where = Where(settings.database_path, settings.content_dir, content_too=content)
    if not yes and where.database.exists():
        click.confirm(f"{where.database} will be kept aside and replaced. Go on?", abort=True)
    now, log = SystemClock().now(), ErasureLog.beside(where.database.resolve())
    done = restore(file, where, now, erase=lambda conn, _since: replay(conn, now, log))
    if carry_inbox and done.kept is not None:
        click.echo(f"{carry_over(done.kept, where.database, done.manifest.made_at)} updates go on.")
    if with_env:
        click.echo(f"{ENV_FILE} was written, with the token.")
    for line in _told(done, where):
        click.echo(line)


def _write_env(file: Path) -> bool:
    """On a bare machine the backup's .env says where everything belongs; one that is there stays."""
    found = None if ENV_FILE.exists() else secrets_of(file)
    if found is None:
        return False
    rights = rights_of(ENV_FILE)
    descriptor = os.open(ENV_FILE, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(found)
    give(ENV_FILE, rights)
    return True


def _told(done: Restored, where: Where) -> list[str]:
    made = f"{done.manifest.made_at:%Y-%m-%d %H:%M} UTC"
    lines = [f"The database {where.database} is as it was on {made}."]
    if done.kept is not None:
        lines.append(f"What stood there is kept as {done.kept}.")
    if done.content is not None:
        lines.append(f"The content was written into {done.content}.")
    elif where.content is not None:
        lines.append(
            f"The content in {where.content} is left as it is (--content takes the backup's)."
        )
    if done.content_kept is not None:
        lines.append(f"What stood there is kept as {done.content_kept}.")
    if done.erased:
        lines.append(f"{done.erased} customers who asked to be erased since then are erased again.")
    if any(done.aside):
        lines.append(
            f"{done.aside.letters} letters and {done.aside.questions} questions that may have gone "
            "out already are put aside: `zabota parked` lists them, `replay` sends one, `drop` does not."
        )
    return [*lines, "Start the bot: it goes on from there."]


def made_before(why: Why) -> Backup:
    """A backup before something risky is done to the database that the settings name."""
    settings = load_backup_settings()
    made, _ = make(
        settings.database_path,
        settings.backup_folder,
        SystemClock().now(),
        why=why,
        version=version("zabota"),
        content=settings.content_dir,
    )
    return made
