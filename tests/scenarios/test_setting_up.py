"""`zabota setup` on a machine where nothing is yet, with the sandbox for Telegram."""

import asyncio
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.clock import PushedClock
from bot.sandbox.control import Control
from bot.sandbox.server import Sandbox
from tests.installing import AtTerminal, Done, zabota

TOKEN = "424242:AAExampleTokenOfTheSandboxOnly-000000"  # accepted by the sandbox alone


@dataclass(frozen=True)
class Server:
    """A bare server with its own Telegram."""

    folder: Path
    control: Control
    telegram: str

    async def setup(self, *answers: str, options: tuple[str, ...] = ()) -> Done:
        """Run the wizard with these answers piped in."""
        args = ("setup", "--lang", "ru", "--no-systemd", *options)
        return await zabota(self.folder, *args, answers=answers, TELEGRAM_API_URL=self.telegram)

    @property
    def env(self) -> dict[str, str | None]:
        """What stands in .env."""
        return dict(dotenv_values(self.folder / ".env"))

    def files(self) -> list[str]:
        """Everything there is, without what is below the content."""
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    sandbox = Sandbox(PushedClock())
    await sandbox.start()
    control = Control(sandbox.url)
    folder = tmp_path / "zabota"
    folder.mkdir()
    try:
        await control.add_bot(TOKEN, name="Забота", username="lana_bot")
        yield Server(folder, control, sandbox.url)
    finally:
        await control.close()
        await sandbox.stop()


async def test_a_bare_server_is_set_up_by_a_token_and_a_number(server: Server) -> None:
    done = await server.setup(TOKEN, "1")

    assert (done.code, server.files()) == (0, [".env", "backups", "content", "data"]), done.said
    assert server.env == {
        "BOT_TOKEN": TOKEN,
        "CONTENT_DIR": "content",
        "DATABASE_URL": "sqlite:///data/zabota.db",
    }
    assert stat.S_IMODE((server.folder / ".env").stat().st_mode) == 0o600
    assert "Telegram отвечает, бот @lana_bot на связи." in done.lines
    assert "Станьте владельцем: https://t.me/lana_bot?start=own_" in done.said
    assert "Подключите группу: https://t.me/lana_bot?startgroup=g_" in done.said
    assert "WorkingDirectory=" + str(server.folder) in done.said


async def test_the_token_is_never_said(server: Server) -> None:
    done = await server.setup(TOKEN, "")

    assert (done.code, TOKEN in done.said) == (0, False)


async def test_what_is_there_is_kept(server: Server) -> None:
    first = await server.setup(TOKEN, "")
    (server.folder / "content" / "business.yaml").write_text(
        (server.folder / "content" / "business.yaml").read_text().replace("Лана", "Мята")
    )

    again = await server.setup("")

    assert again.code == 0
    assert "Папка content уже есть («Мята»), оставляем как есть." in again.lines
    assert f"База уже есть: {server.folder}/data/zabota.db" in again.lines
    links = [[line for line in done.lines if "t.me" in line] for done in (first, again)]
    assert links[0] == links[1]


async def test_what_others_wrote_into_env_stays(server: Server) -> None:
    (server.folder / ".env").write_text("# Мой комментарий\nLOG_FORMAT=json\nBOT_TOKEN=\n")

    await server.setup(TOKEN, "")

    lines = (server.folder / ".env").read_text().splitlines()
    assert lines[:3] == ["# Мой комментарий", "LOG_FORMAT=json", f"BOT_TOKEN={TOKEN}"]


async def test_a_wrong_token_is_asked_for_again(server: Server) -> None:
    await server.control.add_fault("unauthorized", method="getMe")

    done = await server.setup("не токен", "999:AAExampleTokenOfNobodyAtAll-0000000", TOKEN, "")

    assert done.code == 0
    assert "На токен не похоже." in done.said
    assert "Telegram не принял токен." in done.said
    assert server.env["BOT_TOKEN"] == TOKEN


async def test_a_token_that_came_with_its_name_and_quotes_is_understood(server: Server) -> None:
    done = await server.setup(f"  BOT_TOKEN={TOKEN}  ", "")

    assert (done.code, server.env["BOT_TOKEN"]) == (0, TOKEN)


async def test_five_wrong_tokens_are_enough(server: Server) -> None:
    done = await server.setup(*["нет"] * 9)

    assert (done.code, server.files()) == (1, [])
    assert "@BotFather токен заново" in done.said


async def test_a_webhook_in_the_way_is_taken_away(server: Server) -> None:
    await server.control.set_webhook("https://elsewhere.example/hook")

    done = await server.setup(TOKEN, "да", "")

    assert (done.code, "Webhook отключён." in done.lines) == (0, True)


async def test_where_telegram_does_not_answer_a_proxy_is_asked_for_and_tried(
    server: Server,
) -> None:
    async with http_proxy(server.telegram) as proxy:
        done = await zabota(
            server.folder,
            *("setup", "--no-systemd"),
            answers=[TOKEN, "нет прокси", "http://127.0.0.1:9", proxy, ""],
            TELEGRAM_API_URL="http://telegram.invalid",
        )

    assert done.code == 0, done.said
    assert "Telegram с этой машины не отвечает." in done.said
    assert "На адрес прокси не похоже." in done.said
    assert "Через этот прокси Telegram тоже не отвечает." in done.said
    assert server.env["TELEGRAM_PROXY"] == proxy


async def test_broken_content_is_told_before_anything_is_started(server: Server) -> None:
    (server.folder / "content").mkdir()
    (server.folder / "content" / "business.yaml").write_text("brand: [")

    done = await server.setup(TOKEN)

    assert (done.code, server.files()) == (1, ["content"])
    assert "business.yaml:" in done.said


async def test_a_folder_of_something_else_is_left_alone(server: Server) -> None:
    (server.folder / "content").mkdir()
    (server.folder / "content" / "photo.jpg").write_text("")

    done = await server.setup(TOKEN)

    assert (done.code, server.files()) == (1, ["content"])
    assert "содержания в ней нет" in done.said


async def test_answers_that_end_too_early_leave_nothing_half_written(server: Server) -> None:
    done = await server.setup(TOKEN)

    assert (done.code, server.files()) == (2, [])
    assert done.lines[-1].startswith("Ответы кончились раньше вопросов.")


async def test_at_a_terminal_the_token_does_not_show_and_ctrl_c_leaves_nothing(
    server: Server,
) -> None:
    screen = await AtTerminal.start(
        server.folder, "setup", "--no-systemd", TELEGRAM_API_URL=server.telegram
    )
    await screen.sees("нажмите Enter:")
    await screen.types(TOKEN)
    await screen.sees("Номер (Enter")
    await screen.presses_ctrl_c()

    done = await screen.ends()

    assert (done.code, server.files()) == (130, [])
    assert (TOKEN in done.said, "Остановились." in done.said) == (False, True)


async def test_without_systemd_it_says_how_to_start_the_bot(server: Server) -> None:
    done = await zabota(
        server.folder, "setup", answers=[TOKEN, "", "нет"], TELEGRAM_API_URL=server.telegram
    )

    assert done.code in (0, 1)  # 1 where there is a systemd and nobody wanted it
    assert "/zabota run" in done.said
    assert "https://t.me/lana_bot?start=own_" in done.said


async def test_in_english(server: Server) -> None:
    done = await server.setup(TOKEN, "", options=("--lang", "en"))

    assert "Telegram answers, the bot @lana_bot is there." in done.lines


@asynccontextmanager
async def http_proxy(server: str) -> AsyncIterator[str]:
    """An HTTP proxy that leads everything to `server`; its address."""
    host, port = server.removeprefix("http://").split(":")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        to_reader, to_writer = await asyncio.open_connection(host, int(port))
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        # The sandbox speaks to its own machine alone.
        to_writer.write(head.replace(b"telegram.invalid", f"{host}:{port}".encode()))

        async def pour(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
            while some := await source.read(65536):
                target.write(some)
            target.close()

        async with asyncio.TaskGroup() as group:
            group.create_task(pour(reader, to_writer))
            group.create_task(pour(to_reader, writer))

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with listening:
        yield f"http://name:word@127.0.0.1:{listening.sockets[0].getsockname()[1]}"
