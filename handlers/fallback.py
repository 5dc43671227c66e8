"""Updates that ask for nothing: each is still an event, so that none is left unhandled."""

from aiogram import Router, types

from flows.events import NothingHappened
from handlers.filters import read_tap

# Observers of aiogram's own. A handler of errors would make a failure look done.
_NOT_UPDATES = frozenset({"update", "error"})


async def tap_on_nothing(query: types.CallbackQuery) -> NothingHappened:
    """A button that is not ours, or data that somebody made up."""
    return NothingHappened(why="callback_query", tap=read_tap(query))


async def nothing(_: types.TelegramObject, event_update: types.Update) -> NothingHappened:
    return NothingHappened(why=event_update.event_type)


def build_router() -> Router:
    """Comes last."""
    router = Router(name=__name__)
    router.callback_query.register(tap_on_nothing)
    for name in router.observers.keys() - _NOT_UPDATES:
        router.observers[name].register(nothing)
    return router
