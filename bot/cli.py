"""The command `zabota`: names and one-line helps. Each command's own module is imported when it runs.

`zabota run` must reach its first poll quickly, and `zabota --help` must not import the bot.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import IO, Any, Final

import click

_COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "setup": ("setup:setup", "Set a bot up on this machine, one question after another."),
    "doctor": ("doctor:doctor", "Look at everything the bot needs, and say what to mend."),
    "run": ("running:run", "Start the bot; stop it with SIGTERM or Ctrl+C."),
    "migrate": ("running:migrate", "Create the database, or bring an older one up to date."),
    "backup": ("backup:backup", "Copy the database and the content, whether the bot runs or not."),
    "restore": ("backup:restore_", "Put a backup in the place of the database."),
    "upgrade": ("upgrade:upgrade", "Install a newer version, with a way back."),
    "status": ("running:status", "How the running bot is."),
    "links": ("links:links", "Print the links for owner, group, staff and customers."),
    "posters": (
        "posters:posters",
        "Draw a sheet with the QR code for each branch, ready to print.",
    ),
    "init": ("content:init", "Write a preset into a folder of your own."),
    "reload": ("running:reload", "Have the running bot read its content again."),
    "check": ("content:check", "Judge the folder with texts, gifts and hours."),
    "try": ("flows:try_", "Talk to the flows at the terminal, without a token."),
    "flow": ("flows:flow", "Show the flows as an outline, or draw them."),
    "visits": ("visits:visits", "Bring visits in."),
    "erase": ("erasing:erase", "Erase everything about one customer."),
    "parked": ("parked:parked", "What was put aside, and trying it again."),
    "demo": ("seeing:demo", "See the whole story on this machine, without a token."),
    "sandbox": ("seeing:sandbox", "Telegram on this machine, for trying things out."),
}
_PROBLEM: Final = 2  # exit code; 1 says that the command worked and has found something


class Sentence(click.ClickException):
    """A problem for the person: printed as it is, without a traceback."""

    exit_code = _PROBLEM

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file, err=file is None)


class Commands(click.Group):
    """Commands by name, imported one at a time; their problems end in sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(f"bot.commands.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, told) in _COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            sentence = _sentence_of(error)
            if sentence is None:
                raise
            raise Sentence(sentence) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="zabota")
def main() -> None:
    """Zabota: a customer-care bot for Telegram."""


def _sentence_of(error: Exception) -> str | None:
    """What to print for a problem; None for a mistake of ours, which shows its traceback."""
    # Imported here: only what went wrong needs to know every kind of problem.
    problems = importlib.import_module("bot.commands.problems")
    found: str | None = problems.sentence(error)
    return found


if __name__ == "__main__":
    main(prog_name="zabota")
