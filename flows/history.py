"""What was before with a customer, in a line: earlier cases, what they were given, what was noted."""

from flows.draft import Draft
from flows.found import EARLIER, Earlier
from flows.moments import date_of
from flows.room import cut

_NOTE_MOST = 60  # UTF-16 units of what was noted


def history_line(draft: Draft) -> str:
    """`12 мая, долго ждали, уход-комплимент; 3 марта, цена («без сахара»)`; "" without anything."""
    return "; ".join(_told(draft, each) for each in draft.facts.earlier[:EARLIER])


def _told(draft: Draft, earlier: Earlier) -> str:
    words = draft.words()
    topic = draft.facts.content.catalogue.topic(earlier.topic).title
    about = topic[:1].lower() + topic[1:] if earlier.topic else ""
    parts = [date_of(words, earlier.opened_at), about, *earlier.gifts]
    told = ", ".join(part for part in parts if part)
    notes = ", ".join(f"«{cut(note, _NOTE_MOST)}»" for note in earlier.notes)
    return f"{told} ({notes})" if notes else told
