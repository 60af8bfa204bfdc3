"""A theory of change on screen: kind after kind, each step with its size and what it leads to."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from impactmonitor.appraisal.theory_doubts import THEORY_CODES
from impactmonitor.catalogue.theory import KINDS, TheoryGraph, TheoryStep
from impactmonitor.evaluation import Evaluation
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.report.screen import warning_list
from impactmonitor.report.theory_words import TheoryWords, graph_of


def theory_screen(evaluation: Evaluation, language: Language) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor theory`` shows.

    Parameters
    ----------
    evaluation : Evaluation
        The result of a case with a theory of change.
    language : {"nl", "en"}
        The reader's language.

    Yields
    ------
    renderable
        For a rich console; plain text when it goes to a file.

    Raises
    ------
    NotFound
        ``no-theory`` if the case has none.
    """
    graph, words = graph_of(evaluation), TheoryWords(evaluation, language)
    title = in_language(evaluation.case.title, language)
    yield Padding(Text(words.text("title", title=title), style="bold"), (0, 0, 1, 0))
    for kind in KINDS:
        steps = graph.of_kind(kind)
        if steps:
            heading = Text(words.text(f"kinds.{kind}"), style="bold")
            heading.append(f" · {words.text(f'about.{kind}')}", style="dim")
            yield heading
        for step in steps:
            yield from _step(step, graph, words)
        if steps:
            yield Text("")
    case = evaluation.case
    basis = words.text("picture.basis", horizon=case.horizon, price_year=case.price_year)
    yield Padding(Text(basis, style="dim"), (0, 0, 1, 0))
    found = [problem for problem in evaluation.warnings if problem.code in THEORY_CODES]
    yield from warning_list(found, words.words)


def _step(step: TheoryStep, graph: TheoryGraph, words: TheoryWords) -> Iterator[RenderableType]:
    """One step, and under it an arrow to each of the next ones."""
    said = " · ".join([words.title(step), *words.details(step)])
    yield Padding(Text(said), (0, 0, 0, 2))
    for link in graph.after(step.key):
        arrow = f"→ {words.title(graph.steps[link.end])}"
        if link.assumption is not None:
            assumption = in_language(link.assumption, words.language)
            arrow += f" ({words.text('assumption', assumption=assumption)})"
        yield Padding(Text(arrow), (0, 0, 0, 6))
