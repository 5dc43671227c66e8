"""A process that has imported the bot and forks one after another of it; nothing is watched or judged here.

Importing aiogram takes seconds. What is forked runs `zabota run` as the command does: with an id, a memory and
descriptors of its own, and can be killed without anybody else noticing.
"""

import importlib
import json
import os
import sys
import traceback

from bot.cli import main as zabota


def main() -> None:
    """For each line of standard input (JSON: env, folder, log) fork a bot; say its id, and then how it ended."""
    importlib.import_module("bot.commands.running")
    importlib.import_module("bot.serve")
    _say("ready")
    for line in sys.stdin:
        told = json.loads(line)
        bot = os.fork()
        if bot == 0:
            _be_the_bot(told["env"], told["folder"], told["log"])
        _say(str(bot))
        _, status = os.waitpid(bot, 0)
        _say(str(os.waitstatus_to_exitcode(status)))


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def _be_the_bot(env: dict[str, str], folder: str, log: str) -> None:
    """Never returns: the child must not go on in its parent's loop."""
    code: object = 70
    try:
        os.environ.clear()
        os.environ.update(env)
        os.chdir(folder)
        nothing = os.open(os.devnull, os.O_RDONLY)
        written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(nothing, 0)
        os.dup2(written, 1)
        os.dup2(written, 2)
        zabota(["run"], prog_name="zabota")
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    main()
