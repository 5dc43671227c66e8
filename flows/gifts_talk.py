"""/gifts: the owner sees what may be given, changes it by a tap or a word, adds to it. Judging and writing: bot/."""

import json

from flows import dialogs, offer_words
from flows.amounts import line_of_gift, read_number
from flows.book import Offer
from flows.compile_offers import ANY_TOPIC
from flows.compiler import CATALOGUE
from flows.content_work import Edit, EditKind, Hindered, ReadFiles, Saved, SaveEdits, WorkOutcome
from flows.dialog import Dialog
from flows.draft import Draft
from flows.events import DialogTapped, Kind, Message, Tap
from flows.owner_answers import say_hindered, undo_row
from flows.owners import write_to
from flows.people import Person
from flows.presses import Button, Rows
from flows.staff_effects import WorkOnContent

NAME = "gifts"
_TYPED = ("title", "button", "price", "cost", "days")
_NONE = ("нет", "без срока", "без цены", "no", "none", "-", "—")


def begun(draft: Draft, person: Person) -> None:
    """The list of what may be given."""
    dialog = dialogs.begin(draft, person.tg_id, NAME, "list")
    dialogs.ask(draft, dialog, "owner.gifts.list", _list_rows(draft, dialog))


def tapped(  # noqa: PLR0912 - one branch for each button
    draft: Draft, dialog: Dialog, event: DialogTapped
) -> None:
    """A button of one of the steps."""
    answer, argument = dialogs.answer_of(event)
    offer = draft.facts.content.catalogue.offer(dialog.data.get("offer", ""))
    match answer:
        case "list":
            after = dialogs.go_on(draft, dialog, "list")
            dialogs.ask(draft, after, "owner.gifts.list", _list_rows(draft, after), on=event.tap)
        case "file":
            draft.do(WorkOnContent(dialog.tg_id, ReadFiles(CATALOGUE), dialog.id))
        case "add":
            after = dialogs.go_on(draft, dialog, "add")
            rows = ((dialogs.choice(after, "back", "list"), dialogs.cancelling(after)),)
            dialogs.ask(draft, after, "owner.gifts.add", rows, on=event.tap)
        case "show":
            _show(draft, dialog, argument, on=event.tap)
        case _ if offer is None:
            dialogs.out_of_date(draft, event)
        case "edit" if argument in _TYPED:
            _ask_for(draft, dialog, f"owner.gifts.ask_{argument}", argument, on=event.tap)
        case "edit" if argument == "role":
            _ask_role(draft, dialog, event.tap)
        case "edit" if argument == "topics":
            _ask_topics(draft, dialog, _topics_of(offer), event.tap)
        case "role":
            _put(draft, dialog, offer, ("by", argument))
        case "topic":
            _ask_topics(draft, dialog, _toggled(dialog, argument), event.tap)
        case "any":
            _put(draft, dialog, offer, ("fits", ANY_TOPIC))
        case "topics_done":
            chosen = [name for name in dialog.data["topics"].split(",") if name]
            _put(draft, dialog, offer, ("fits", chosen or ANY_TOPIC))
        case "off":
            _put(draft, dialog, offer, ("off", True))
        case "on":
            _save(draft, dialog, (_edit(offer.id, "off", kind=EditKind.DROP),), offer.id)
        case _:
            dialogs.out_of_date(draft, event)


def wrote(draft: Draft, dialog: Dialog, message: Message) -> bool:
    """A new word or number for the gift at hand, or one line for a new one."""
    if message.kind is not Kind.TEXT:
        return False
    words = " ".join(message.text.split())
    offer = draft.facts.content.catalogue.offer(dialog.data.get("offer", ""))
    match dialog.step:
        case "add":
            _add(draft, dialog, words)
        case "add_button":
            _added(draft, dialog, dialog.data["title"], words)
        case "edit" if offer is not None:
            _typed(draft, dialog, offer, words)
        case _:
            return False
    return True


def worked(draft: Draft, dialog: Dialog, outcome: WorkOutcome) -> bool:
    """Saved: shown again, with a button that takes it back; hindered: shown as it still is."""
    offer_id = dialog.data.get("offer", "")
    match outcome:
        case Saved(key):
            offer = draft.facts.content.catalogue.offer(offer_id)
            said = offer_words.button_of(draft, offer) if offer else offer_id
            write_to(draft, dialog.tg_id, "owner.gifts.saved", undo_row(key), gift_button=said)
        case Hindered():
            say_hindered(draft, dialog.tg_id, outcome)
        case _:
            return False
    _show(draft, dialog, offer_id)
    return True


# ---- what is asked ----------------------------------------------------------------------------


def _list_rows(draft: Draft, dialog: Dialog) -> Rows:
    offers = [
        dialogs.choice(
            dialog,
            "gift_off" if offer.off else "gift_listed",
            f"show:{offer.id}",
            gift_button=offer_words.button_of(draft, offer),
        )
        for offer in draft.facts.content.catalogue.offers
    ]
    return (
        *((button,) for button in offers),
        (dialogs.choice(dialog, "add", "add"), dialogs.choice(dialog, "as_file", "file")),
        (dialogs.cancelling(dialog),),
    )


def _show(draft: Draft, dialog: Dialog, offer_id: str, *, on: Tap | None = None) -> None:
    offer = draft.facts.content.catalogue.offer(offer_id)
    if offer is None:  # new and refused, or taken out of the file meanwhile
        after = dialogs.go_on(draft, dialog, "list", offer="")
        dialogs.ask(draft, after, "owner.gifts.list", _list_rows(draft, after), on=on)
        return
    catalogue = draft.facts.content.catalogue
    role = catalogue.role(offer.role)
    after = dialogs.go_on(draft, dialog, "show", offer=offer.id)
    texts = draft.facts.content.book.texts
    dialogs.ask(
        draft,
        after,
        "owner.gifts.show_off" if offer.off else "owner.gifts.show",
        _show_rows(after, offer),
        on=on,
        offer_title=offer.title,
        gift_button=offer.button,
        gift_price="" if offer.retail is None else offer_words.money(draft, offer.retail),
        offer_cost=offer_words.money(draft, offer.cost),
        gift_days=offer_words.days(draft, offer),
        gift_by=role.title if role else offer.role,
        gift_month=str(draft.facts.given_lately.get(offer.id, 0)),
        topic_list=offer_words.topic_titles(draft, offer) or texts.label("any_topic"),
    )


def _show_rows(dialog: Dialog, offer: Offer) -> Rows:
    def edit(name: str) -> Button:
        return dialogs.choice(dialog, f"gift_edit.{name}", f"edit:{name}")

    turn = (
        dialogs.choice(dialog, "gift_edit.on", "on")
        if offer.off
        else dialogs.choice(dialog, "gift_edit.off", "off")
    )
    return (
        (edit("title"), edit("button")),
        (edit("price"), edit("cost")),
        (edit("days"), edit("role")),
        (edit("topics"),),
        (turn, dialogs.choice(dialog, "back", "list")),
    )


def _ask_for(draft: Draft, dialog: Dialog, text: str, field: str, *, on: Tap | None = None) -> None:
    after = dialogs.go_on(draft, dialog, "edit", field=field)
    offer_id = dialog.data["offer"]
    rows = ((dialogs.choice(after, "back", f"show:{offer_id}"), dialogs.cancelling(after)),)
    dialogs.ask(draft, after, text, rows, on=on)


def _ask_role(draft: Draft, dialog: Dialog, tap: Tap) -> None:
    after = dialogs.go_on(draft, dialog, "role")
    roles = [
        (dialogs.choice(after, "role", f"role:{role.id}", staff_role=role.title),)
        for role in draft.facts.content.catalogue.roles
    ]
    back = (dialogs.choice(after, "back", f"show:{dialog.data['offer']}"),)
    dialogs.ask(draft, after, "owner.gifts.ask_role", (*roles, back), on=tap)


def _ask_topics(draft: Draft, dialog: Dialog, chosen: list[str], tap: Tap) -> None:
    after = dialogs.go_on(draft, dialog, "topics", topics=",".join(chosen))
    topics = [
        Button(
            "topic",
            dialogs.choice(after, "topic", f"topic:{topic.id}").press,
            {"category": topic.title},
            ticked=topic.id in chosen,
        )
        for topic in draft.facts.content.catalogue.topics
    ]
    rows = (
        *(tuple(topics[at : at + 2]) for at in range(0, len(topics), 2)),
        (dialogs.choice(after, "any_topic", "any"),),
        (
            dialogs.choice(after, "save", "topics_done"),
            dialogs.choice(after, "back", f"show:{dialog.data['offer']}"),
        ),
    )
    dialogs.ask(draft, after, "owner.gifts.ask_topics", rows, on=tap)


# ---- what is answered -------------------------------------------------------------------------


def _typed(draft: Draft, dialog: Dialog, offer: Offer, words: str) -> None:
    field, number = dialog.data["field"], read_number(words)
    match field:
        case "title":
            _put(draft, dialog, offer, ("title", words.rstrip(".")))
        case "button" if not offer_words.fits(draft, words, offer.retail):
            _ask_for(draft, dialog, "owner.gifts.long", "button")
        case "button":
            _put(draft, dialog, offer, ("button", words))
        case "price" if words.casefold() in _NONE:
            _save(draft, dialog, (_edit(offer.id, "retail", kind=EditKind.DROP),), offer.id)
        case "days" if words.casefold() in _NONE:
            _put(draft, dialog, offer, ("valid_days", None))
        case _ if number is None:
            _ask_for(draft, dialog, "owner.gifts.ask_number", field)
        case "price" if not offer_words.fits(draft, offer.button, offer_words.minor(draft, number)):
            _ask_for(draft, dialog, "owner.gifts.long", "button")
        case "price":
            _put(draft, dialog, offer, ("retail", number), ("value", number))
        case "cost":
            _put(draft, dialog, offer, ("cost", number))
        case _:
            _put(draft, dialog, offer, ("valid_days", int(number)))


def _add(draft: Draft, dialog: Dialog, words: str) -> None:
    line = line_of_gift(words)
    if line is None:
        after = dialogs.go_on(draft, dialog, "add")
        rows = ((dialogs.choice(after, "back", "list"), dialogs.cancelling(after)),)
        dialogs.ask(draft, after, "owner.gifts.add", rows)
        return
    title, price, cost = line
    after = dialogs.go_on(
        draft, dialog, "add", title=title, price=json.dumps(price), cost=json.dumps(cost)
    )
    _added(draft, after, title, title[:1].upper() + title[1:])


def _added(draft: Draft, dialog: Dialog, title: str, button: str) -> None:
    price = json.loads(dialog.data["price"])
    if not offer_words.fits(draft, button, offer_words.minor(draft, price)):
        after = dialogs.go_on(draft, dialog, "add_button")
        dialogs.ask(draft, after, "owner.gifts.long", ((dialogs.cancelling(after),),))
        return
    catalogue = draft.facts.content.catalogue
    taken = {offer.id for offer in catalogue.offers}
    number = next(n for n in range(1, len(taken) + 2) if f"own{n}" not in taken)
    item = {
        "id": f"own{number}",
        "title": title,
        "button": button,
        "value": price,
        "cost": json.loads(dialog.data["cost"]),
        "retail": price,
        "by": catalogue.roles[0].id,
        "sev": [1, 2],
        "fits": ANY_TOPIC,
        "valid_days": catalogue.rules.default_valid_days,
    }
    append = Edit(CATALOGUE, ("offers",), _json(item), kind=EditKind.APPEND)
    _save(draft, dialog, (append,), f"own{number}")


def _put(draft: Draft, dialog: Dialog, offer: Offer, *values: tuple[str, object]) -> None:
    edits = tuple(_edit(offer.id, field, value) for field, value in values)
    _save(draft, dialog, edits, offer.id)


def _save(draft: Draft, dialog: Dialog, edits: tuple[Edit, ...], offer_id: str) -> None:
    after = dialogs.go_on(draft, dialog, "saving", offer=offer_id)
    draft.do(WorkOnContent(dialog.tg_id, SaveEdits(edits, "gift"), after.id))


def _edit(
    offer_id: str, field: str, value: object = None, *, kind: EditKind = EditKind.PUT
) -> Edit:
    return Edit(CATALOGUE, ("offers", offer_id, field), _json(value), kind=kind)


def _topics_of(offer: Offer) -> list[str]:
    return sorted(offer.topics or ())


def _toggled(dialog: Dialog, topic: str) -> list[str]:
    chosen = {name for name in dialog.data.get("topics", "").split(",") if name}
    return sorted(chosen ^ {topic})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
