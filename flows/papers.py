"""What an owner takes along: posters to print, links to forward. Which links there are; drawing is elsewhere."""

from flows.draft import Draft
from flows.links import start_link, to_choose_group, to_manage
from flows.owners import write_to
from flows.people import Person
from flows.presses import Button
from flows.staff_effects import SendPosters


def posters_asked(draft: Draft, person: Person) -> None:
    """A page for every branch, as one file."""
    draft.do(SendPosters(person.tg_id))


def links_asked(draft: Draft, person: Person) -> None:
    """The links for group, staff, manager and customers."""
    bot, tokens = draft.facts.bot_username, draft.facts.tokens
    branches = draft.facts.content.business.branches
    lines = [f"{branch.name}: {start_link(bot, f'b_{branch.id}')}" for branch in branches]
    choose = Button("choose_group", to_choose_group(tokens))
    write_to(
        draft,
        person.tg_id,
        "owner.links",
        ((choose,),),
        join_link=start_link(bot, f"join_{tokens.join}"),
        manager_link=to_manage(bot, tokens),
        branch_links="\n".join(lines),
    )
