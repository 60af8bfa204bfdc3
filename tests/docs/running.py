"""Runs the blocks of a page one after the other, in a folder of its own."""

import doctest
import json
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.docs.blocks import CUT, Block, Step, differs, refreshed, steps_of
from typer.testing import CliRunner

from impactmonitor import Evaluation, InvalidInput, evaluate, load_catalogue
from impactmonitor.catalogue.cards import KIND as CARDS
from impactmonitor.catalogue.cards import LAYOUT as CARD_LAYOUT
from impactmonitor.catalogue.frameworks import LAYOUT as FRAMEWORK_LAYOUT
from impactmonitor.catalogue.kinds import CATALOGUE
from impactmonitor.catalogue.portfolio_templates import FOLDER as TEMPLATES
from impactmonitor.catalogue.portfolio_templates import LAYOUT as TEMPLATE_LAYOUT
from impactmonitor.catalogue.reading import read_file as read_catalogue_file
from impactmonitor.catalogue.suggestions import LAYOUT as SUGGESTION_LAYOUT
from impactmonitor.cli.app import app
from impactmonitor.evaluation import find_problems
from impactmonitor.intake.game_reading import read_game
from impactmonitor.intake.policy_reading import read_policy
from impactmonitor.intake.portfolio_reading import read_portfolio
from impactmonitor.intake.reading import read_case
from impactmonitor.plain import read_yaml

CHECKOUT = Path(__file__).resolve().parents[2]
COLUMNS = "90"
IGNORED = ("source .venv/bin/activate",)
_LAYOUTS = {
    CARDS: CARD_LAYOUT,
    "frameworks": FRAMEWORK_LAYOUT,
    "suggestions": SUGGESTION_LAYOUT,
    TEMPLATES: TEMPLATE_LAYOUT,
}
_WHOLE = ("about", "discount", "excess_burden")
_OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


class PageRunner:
    """Runs blocks in the order of the page; what one writes, the next one finds."""

    def __init__(self, folder: Path, language: str, accept: bool = False) -> None:
        self.folder = folder
        self.language = language
        self.accept = accept
        self.base: dict[str, Any] | None = None
        self.names: dict[str, Any] = {}
        for name in ("examples", "templates"):
            shutil.copytree(CHECKOUT / name, folder / name)

    def run(self, block: Block) -> str:
        """Run a block and return its body, with today's output where that is accepted."""
        kinds = {
            "yaml": self.yaml,
            "python": self.python,
            "console": self.console,
            "diff": self.edit,
            "json": self.json,
            "sh": self.shell,
            "csv": self.csv,
        }
        if block.language in kinds:
            return kinds[block.language](block) or block.body
        assert block.language == "text", f'a block is "{block.language}", which nobody runs'
        return block.body

    # cases and catalogue files -----------------------------------------------------------------

    def yaml(self, block: Block) -> None:
        document = read_yaml(block.body.encode())
        assert not document.problems, document.problems
        tree = document.tree
        if "file" in block.marks:
            file = self.folder / block.marks["file"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.body, encoding="utf-8")
        if "kind" in tree:
            layout = _LAYOUTS.get(tree["kind"], CATALOGUE)
            found = read_catalogue_file(block.body.encode(), "block.yaml", layout)
            assert not found.problems, [p.message("en") for p in found.problems]
        elif "impactmonitor" in tree:
            self.base = self.base or tree
            self._judge(tree, block)
        elif "impactmonitor_portfolio" in tree:
            read_portfolio(block.body.encode(), ".yaml")
        elif "impactmonitor_policy" in tree:
            read_policy(block.body.encode(), ".yaml")
        elif "players" in tree or "pot" in tree:
            read_game(block.body.encode(), ".yaml")
        else:
            assert "snippet" in block.marks, "neither a case, nor a catalogue file, nor a snippet"
            assert self.base is not None, "a snippet before any case"
            self._judge(merged(self.base, tree), block)

    def _judge(self, tree: dict[str, Any], block: Block) -> None:
        refused, warned = block.codes("refused"), block.codes("warns")
        try:
            result = evaluated(tree)
        except InvalidInput as invalid:
            codes = {p.code for p in invalid.problems if p.severity == "error"}
            words = [f"{p.path}: {p.message('en')}" for p in invalid.problems]
            assert codes == refused, words
        else:
            assert not refused, f"not refused: {refused}"
            codes = {p.code for p in result.warnings}
            assert warned <= codes, f"no warning: {warned - codes}"

    def edit(self, block: Block) -> None:
        """Change a file as the lines with - and + say."""
        file = self.folder / block.marks["file"]
        lines = block.body.splitlines()
        old = "\n".join(line[1:] for line in lines if not line.startswith("+"))
        new = "\n".join(line[1:] for line in lines if not line.startswith("-"))
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file.name} has {text.count(old)} places with these lines"
        file.write_text(text.replace(old, new), encoding="utf-8")

    def csv(self, block: Block) -> None:
        """A table that a later command reads."""
        (self.folder / block.marks["file"]).write_text(block.body, encoding="utf-8")

    def json(self, block: Block) -> None:
        json.loads(block.body)

    # code and commands -------------------------------------------------------------------------

    def python(self, block: Block) -> None:
        if ">>>" not in block.body:
            exec(compile(block.body, "page", "exec"), self.names)  # noqa: S102
            return
        test = doctest.DocTestParser().get_doctest(block.body, self.names, "page", None, block.line)
        output: list[str] = []
        runner = doctest.DocTestRunner(optionflags=_OPTIONS, verbose=False)
        runner.run(test, out=output.append, clear_globs=False)
        self.names.update(test.globs)
        assert not runner.summarize(verbose=False).failed, "".join(output)

    def console(self, block: Block) -> str:
        wanted = int(block.marks.get("exit", "0"))
        steps = steps_of(block)
        assert steps, "no command: a line with a command starts with $"
        fresh = []
        for i, step in enumerate(steps):
            lines, status = self.command(step.command)
            is_last = i == len(steps) - 1
            assert status == (wanted if is_last else 0), f"{step.command}: exit {status}\n{lines}"
            fresh.append(self._compared(step, lines))
        return "".join(f"$ {s.command}\n" + "".join(f"{x}\n" for x in s.shown) for s in fresh)

    def _compared(self, step: Step, lines: list[str]) -> Step:
        shown = [line.rstrip() for line in step.shown]
        if not shown or step.command.startswith("make"):
            return step
        difference = differs(shown, lines)
        if difference and self.accept:
            return Step(step.command, refreshed(shown, lines) if CUT in shown else lines)
        all_lines = "\n".join(lines)
        assert not difference, f"{step.command} does not show\n{difference}\nbut\n{all_lines}"
        return step

    def shell(self, block: Block) -> None:
        """Commands without output; what is no command of this project is left alone."""
        for line in block.body.splitlines():
            command = line.partition("#")[0].strip()
            if command.startswith(("impactmonitor ", "make ")):
                _, status = self.command(command)
                assert status == 0, command

    def command(self, command: str) -> tuple[list[str], int]:
        """The output lines and the exit code of one command."""
        call, _, target = command.partition(" > ")
        words = shlex.split(call)
        if command in IGNORED:
            return [], 0
        if words[0] == "cp":
            shutil.copy(self.folder / words[1], self.folder / words[2])
            return [], 0
        if words[0] == "make":
            return self._make(words[1:])
        assert words[0] == "impactmonitor", f"nobody runs {words[0]}"
        environment = {"COLUMNS": COLUMNS, "IMPACTMONITOR_LANG": self.language, "NO_COLOR": "1"}
        done = CliRunner().invoke(app, words[1:], env=environment)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        if target:
            (self.folder / target).write_text(done.stdout, encoding="utf-8")
            return [], done.exit_code
        lines = [line.rstrip() for line in done.output.rstrip().splitlines()]
        return lines, done.exit_code

    def _make(self, targets: list[str]) -> tuple[list[str], int]:
        """What make would do; a command of this project among it is run."""
        fixed = ("--dry-run", "--old-file", ".venv/.installed")
        done = subprocess.run(
            ["make", *fixed, *targets], cwd=CHECKOUT, capture_output=True, text=True, check=False
        )
        lines: list[str] = []
        status = done.returncode
        for line in done.stdout.splitlines():
            program, _, rest = line.removeprefix("@").partition(" ")
            if Path(program).name == "impactmonitor":
                lines, status = self.command(f"impactmonitor {rest}")
        return lines, status


def merged(base: dict[str, Any], snippet: dict[str, Any]) -> dict[str, Any]:
    """A case with the entries of a snippet added to it, or put in the place of its own."""
    result = dict(base)
    for key, value in snippet.items():
        is_map = isinstance(value, dict) and isinstance(base.get(key), dict) and key not in _WHOLE
        result[key] = {**base[key], **value} if is_map else value
    return result


def evaluated(tree: dict[str, Any]) -> Evaluation:
    """The result of a tree, with everything that is wrong with it raised at once."""
    reading = read_case(json.dumps(tree).encode(), ".json")
    catalogue = load_catalogue()
    if reading.case is not None and not reading.problems:
        return evaluate(reading.case, catalogue)
    rest = [] if reading.case is None else reading.further(find_problems(reading.case, catalogue))
    raise InvalidInput([*reading.problems, *rest])
