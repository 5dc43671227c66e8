"""The command menu: one for each kind of chat, customers' also in every other language."""

from bot.menu import menu_rows
from tests.content.salon import salon


def test_customers_have_the_menu_in_their_language_and_the_group_in_the_business_own() -> None:
    rows = menu_rows(salon().book)

    told = [
        (row.params["scope"]["type"], row.params.get("language_code", ""), words(row.params))
        for row in rows
    ]
    assert [(scope, language) for scope, language, _ in told] == [
        ("all_private_chats", ""),
        ("all_group_chats", ""),
        ("all_private_chats", "en"),
    ]
    assert told[0][2]["settings"] == "Язык и вопросы"
    assert told[2][2]["settings"] == "Language and questions"


def test_a_menu_that_has_not_changed_has_the_same_key() -> None:
    keys = [row.dedup_key for row in menu_rows(salon().book)]

    assert keys == [row.dedup_key for row in menu_rows(salon().book)]
    assert len(set(keys)) == len(keys)


def words(params: dict[str, object]) -> dict[str, str]:
    commands = params["commands"]
    assert isinstance(commands, list)
    return {each["command"]: each["description"] for each in commands}
