"""`zabota upgrade`: another version in the place of this one, or everything as it was."""

from __future__ import annotations

from pathlib import Path

import click

from bot.settings import load_local_settings
from bot.upgrade.place import Place, pip_install, pip_link
from bot.upgrade.running import As, StepFailed, run
from bot.upgrade.service import ByHand, Service, Systemd, works_in
from bot.upgrade.steps import Upgrade
from storage.errors import DatabaseInUse
from storage.lock import DatabaseLock
from storage.sqlite import require_ours


@click.command()
@click.argument("version", required=False)
@click.option("--unit", default="zabota", help="The systemd unit of the bot, if it has one.")
def upgrade(version: str | None, unit: str) -> None:
    """Install VERSION (the newest without one): back up, migrate, check, restart; back again if that fails."""
    settings = load_local_settings()
    folder, database = Path.cwd(), settings.database_path
    require_ours(database)
    place = Place(folder, pip_install, pip_link)

    def works() -> bool:
        try:
            run([place.program, "status", "--process"], folder, As.owner_of(database))
        except StepFailed:
            return False
        return True

    by_systemd = works_in(unit, folder)
    service: Service = Systemd(unit, folder, works) if by_systemd else ByHand()
    done = Upgrade(place, service, database, click.echo, lambda: _is_held(database)).to(version)
    if not done:
        click.echo("This is the newest version already.")
    elif by_systemd:
        click.echo("Updated, and the bot works. Whether it reaches Telegram: zabota status.")
    else:
        click.echo("Updated. Start the bot: make run.")


def _is_held(database: Path) -> bool:
    if not database.with_name(database.name + ".lock").exists():
        return False  # and none is left behind by root, which the bot could not open
    try:
        DatabaseLock.take(database).release()
    except DatabaseInUse:
        return True
    return False
