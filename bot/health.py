"""How the bot is: what is measured, and what of it is trouble. Nothing is asked or served here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

_CONFLICTS: Final = {
    "poller": "another program takes this bot's updates: stop it, or change the token",
    "webhook": "a webhook is set for this bot: remove it with deleteWebhook",
}


@dataclass(frozen=True, slots=True)
class HealthFigures:
    """From how many seconds on something is trouble."""

    poll_s: float = 120.0  # a long poll, the longest pause after a failure, and some
    tick_s: float = 30.0
    inbox_s: float = 60.0
    outbox_s: float = 600.0  # twenty messages a minute to a group: a rush takes minutes
    backup_s: float = 36 * 3600.0  # one night was left out


USUAL: Final = HealthFigures()


@dataclass(frozen=True, slots=True)
class HealthReport:
    """Ages are in seconds, None: never, or nothing is there.

    `conflict` is "poller" or "webhook"; `database` and `telegram` are "ok" or what is wrong; `backup` is "off",
    "ok" or "failed".
    """

    poll_age_s: float | None  # since the last successful poll
    tick_age_s: float | None
    inbox_waiting: int = 0
    inbox_age_s: float | None = None  # of the oldest update nobody has worked on
    outbox_waiting: int = 0
    outbox_age_s: float | None = None  # of the oldest message that is due
    parked_inbox: int = 0
    parked_outbox: int = 0
    parked_timers: int = 0
    conflict: str | None = None
    database: str = "ok"
    telegram: str = "ok"
    backup: str = "off"  # nightly ones
    backup_age_s: float | None = None  # of the newest one in the folder
    content: str = ""  # the revision the bot works with
    content_mistakes: int = 0  # in the owner's folder: it works with what ran before

    @property
    def parked(self) -> int:
        """Rows that wait for a person."""
        return self.parked_inbox + self.parked_outbox + self.parked_timers


@dataclass(frozen=True, slots=True)
class Verdict:
    """`troubles` make it red; a `notice` is for a person, and no restart would help."""

    troubles: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def healthy(self) -> bool:
        """Nothing makes it red."""
        return not self.troubles


def judge(report: HealthReport, figures: HealthFigures = USUAL) -> Verdict:
    """What is wrong, each in a few words."""
    notices = []
    if report.parked:
        notices.append(f"{report.parked} parked: see `zabota parked`")
    if report.telegram != "ok":
        notices.append(f"Telegram: {report.telegram}")
    if report.backup == "failed":
        notices.append("the night's backup failed: `zabota backup` says why")
    elif report.backup == "ok" and (report.backup_age_s or 0) > figures.backup_s:
        notices.append("the last backup is older than a day and a half")
    if report.content_mistakes:
        notices.append(
            f"the content folder has mistakes ({report.content_mistakes}): see `zabota check`; "
            "the bot works with what it had before"
        )
    return Verdict(tuple(_troubles(report, figures)), tuple(notices))


def stands(report: HealthReport, figures: HealthFigures = USUAL) -> bool:
    """Does the process work, whatever Telegram does? What another version of the bot is judged by."""
    tick = report.tick_age_s
    return report.database == "ok" and tick is not None and tick <= figures.tick_s


def _troubles(report: HealthReport, figures: HealthFigures) -> Iterator[str]:
    if report.conflict is not None:
        yield _CONFLICTS.get(report.conflict, f"conflict: {report.conflict}")
    if report.database != "ok":
        yield f"the database: {report.database}"
    for what, age, most in (
        ("successful poll", report.poll_age_s, figures.poll_s),
        ("tick", report.tick_age_s, figures.tick_s),
    ):
        if age is None:
            yield f"no {what} yet"
        elif age > most:
            yield f"the last {what} was {age:.0f} s ago"
    for what, age, most in (
        ("an update waits", report.inbox_age_s, figures.inbox_s),
        ("a message waits", report.outbox_age_s, figures.outbox_s),
    ):
        if age is not None and age > most:
            yield f"{what} for {age:.0f} s"


def as_json(report: HealthReport, figures: HealthFigures = USUAL) -> dict[str, Any]:
    """The report with its verdict, for /health and `zabota status`."""
    verdict = judge(report, figures)
    return {
        "status": "ok" if verdict.healthy else "trouble",
        "troubles": list(verdict.troubles),
        "notices": list(verdict.notices),
        **asdict(report),
    }


def from_json(said: dict[str, Any]) -> HealthReport:
    """The report out of `as_json`."""
    known = {each.name for each in fields(HealthReport)}
    return HealthReport(**{name: value for name, value in said.items() if name in known})
