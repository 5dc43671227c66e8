"""What is kept about a customer as text to read and as JSON for programs; where it goes is elsewhere."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from flows.draft import Draft
from storage.consents import Consent
from storage.dossier import Dossier, KeptGift, KeptMessage, KeptVisit


def as_json(dossier: Dossier) -> str:
    """Everything under English names; times in UTC (ISO 8601)."""
    customer = dossier.customer
    return json.dumps(
        {
            "telegram": {
                "id": customer.tg_id,
                "name": customer.name,
                "username": customer.username,
                "language": customer.language,
            },
            "phone": customer.phone,
            "phone_confirmed": customer.phone_own,
            "time_zone": customer.zone,
            "quiet_hours": customer.quiet,
            "questions_after_visits": customer.questions,
            "notes_of_staff": [
                {"at": note.at.isoformat(), "author": note.by, "words": note.words}
                for note in customer.notes
            ],
            "consents": _plain(dossier.consents),
            "visits": _plain(dossier.visits),
            "matters": _plain(dossier.cases),
            "messages": _plain(dossier.talk),
            "gifts": _plain(dossier.gifts),
            "kind_words": _plain(dossier.praises),
        },
        ensure_ascii=False,
        indent=2,
    )


def as_text(draft: Draft, dossier: Dossier) -> str:
    """The same for people, in the words of the content and the times of the branch."""
    return "\n\n".join(part for part in _parts(_Writer(draft), dossier) if part) + "\n"


def _plain(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [{name: _value(value) for name, value in row._asdict().items()} for row in rows]


def _value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


class _Writer:
    """Phrases of the content, and moments as the branch reads them."""

    def __init__(self, draft: Draft) -> None:
        self._words = draft.words()
        self._business = draft.facts.content.business
        self._moment = draft.moment

    def say(self, key: str, /, **slots: object) -> str:
        return self._words.phrase(f"phrase.export.{key}", **slots)

    def at(self, moment: datetime) -> str:
        return self._words.phrases.moment(moment, self._moment)

    def branch(self, branch_id: str) -> str:
        return self._business.branch(branch_id).name

    def title(self) -> str:
        return self.say("title", brand=self._business.brand, at=self.at(self._moment))

    def under(self, heading: str, lines: Iterable[str]) -> str:
        """A heading with its lines; nothing without any."""
        found = list(lines)
        return "\n".join([self.say(heading), *found]) if found else ""


def _parts(writer: _Writer, dossier: Dossier) -> Iterator[str]:
    yield writer.title()
    yield "\n".join(_person(writer, dossier))
    notes = dossier.customer.notes
    yield writer.under("notes", (f"{writer.at(n.at)}, {n.by}: {n.words}" for n in notes))
    yield writer.under("consents", (_consent(writer, each) for each in dossier.consents))
    yield writer.under("visits", (_visit(writer, each) for each in dossier.visits))
    yield writer.under(
        "matters", (_matter(writer, each.number, each.opened_at) for each in dossier.cases)
    )
    yield writer.under("talk", (_message(writer, each) for each in dossier.talk))
    yield writer.under("gifts", (_gift(writer, each) for each in dossier.gifts))
    yield writer.under("praises", (f"{writer.at(p.at)}: {p.words}" for p in dossier.praises))


def _person(writer: _Writer, dossier: Dossier) -> Iterator[str]:
    customer = dossier.customer
    yield writer.say("name", name=customer.name)
    if customer.username:
        yield writer.say("username", name=f"@{customer.username}")
    yield writer.say("tg_id", n=customer.tg_id)
    yield writer.say("phone", phone=customer.phone) if customer.phone else writer.say("no_phone")
    yield writer.say("asked" if customer.questions else "not_asked")


def _consent(writer: _Writer, consent: Consent) -> str:
    what, answer = writer.say(f"kind.{consent.kind}"), writer.say(f"answer.{consent.answer}")
    return f"{writer.at(consent.at)}: {what} — {answer}"


def _visit(writer: _Writer, visit: KeptVisit) -> str:
    about = (writer.branch(visit.branch_id), visit.service, visit.master)
    by_name = (visit.customer_name, visit.phone)
    return f"{writer.at(visit.ended_at)}: {', '.join(filter(None, (*about, *by_name)))}"


def _matter(writer: _Writer, number: int, opened_at: datetime) -> str:
    return f"№ {number}, {writer.at(opened_at)}"


def _message(writer: _Writer, message: KeptMessage) -> str:
    who = message.author or writer.say("you")
    file = "" if message.kind == "text" else writer.say("file", kind=message.kind)
    return f"{writer.at(message.at)}, {who}: {' '.join(filter(None, (file, message.text)))}"


def _gift(writer: _Writer, gift: KeptGift) -> str:
    return f"{writer.at(gift.given_at)}: {', '.join(filter(None, (gift.title, gift.code)))}"
