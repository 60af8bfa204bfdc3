"""The page of the command line: the help of each command, and the exit codes."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from impactmonitor.report.reference.markdown import page, table

EXIT_CODES = {
    0: "Done. A number that does not exist is null, with its reason among the warnings.",
    1: "Something unexpected: a mistake of the program. Please report it.",
    2: "The command was used in a way that it does not know.",
    3: "The input cannot be used. Every mistake found is shown, each with its place.",
    4: "A check failed: the numbers do not add up, and there is no result.",
    5: "A file, or something else that was asked for by name, was not found.",
}
_INTRO = """\
Every command has `--help`. Commands that print words take `--lang nl` or `--lang en`; without it
the language is that of the machine, or of the variable `IMPACTMONITOR_LANG`. With `--json` a
command prints one JSON object on standard output, errors included. Without it errors are words on
standard error. `NO_COLOR=1` leaves out colours, and `COLUMNS` sets the width of what goes into a
file."""


def commands_page() -> str:
    """The help of every command, as a user sees it, and the exit codes."""
    overview = _help()
    exits = table(["Code", "Meaning"], [[f"`{n}`", text] for n, text in EXIT_CODES.items()])
    return page(
        "en",
        "Reference: the command line",
        _INTRO,
        _block("impactmonitor --help", overview),
        *(part for name in _names_in(overview) for part in _parts(name)),
        f"## Exit codes\n\n{exits}",
    )


def _names_in(output: str) -> list[str]:
    """The commands that a help text lists."""
    listed = output.partition("\nCommands:\n")[2]
    return re.findall(r"^  ([a-z-]+)  ", listed, re.MULTILINE)


def _parts(*names: str) -> list[str]:
    """The help of a command, and of the commands below it."""
    output, command = _help(*names), " ".join(names)
    heading = "#" * (1 + len(names))
    own = f"{heading} {command}\n\n{_block(f'impactmonitor {command} --help', output)}"
    below = [part for name in _names_in(output) for part in _parts(*names, name)]
    return [own, *below]


def _block(command: str, output: str) -> str:
    return f"```text\n$ {command}\n{output}\n```"


def _help(*names: str) -> str:
    """What a command says about itself; run apart, because reports stand below the commands."""
    settings = {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "impactmonitor", *names, "--help"],
        env=os.environ | settings,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    lines = [line.rstrip() for line in done.stdout.strip().splitlines()]
    return "\n".join(lines).replace("python -m impactmonitor", "impactmonitor")
