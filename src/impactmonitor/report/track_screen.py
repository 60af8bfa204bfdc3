"""Plan against result on screen: one honest sentence, then why, who, and what was learned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.report.screen import warning_list
from impactmonitor.report.sentences import basis
from impactmonitor.report.tables import largest_unit, new_table, numeric
from impactmonitor.report.track_figures_screen import (
    categories_table,
    indicators_table,
    lessons_list,
    lines_table,
    reasons_list,
)
from impactmonitor.report.track_sentences import track_headline, track_sentences
from impactmonitor.report.track_shown import PARTS, ShownTrack
from impactmonitor.report.track_words import TrackWords
from impactmonitor.tracking.bridging import STEPS

WIDEST = 44
"""Characters that the amounts of a table may take on a screen of 80 columns."""
STRIP = 27


def track_screen(shown: ShownTrack, language: Language) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor track`` shows.

    Parameters
    ----------
    shown : ShownTrack
        Plan against result, of which everything may be shown.
    language : {"nl", "en"}
        The reader's language.

    Yields
    ------
    renderable
        For a rich console; plain text when it goes to a file.
    """
    told = TrackWords(shown, language)
    tracked = shown.tracked
    yield Text(in_language(tracked.plan.case.title, language), style="bold")
    yield Padding(Text(track_headline(told), style="bold"), (0, 0, 1, 0))
    for sentence in track_sentences(told):
        yield Text(sentence)
    yield Text("")
    yield from (_parts(told), Text(""))
    if tracked.last_year >= tracked.plan.case.base_year:
        yield from (_bridge(told), Text(""), _actors(told))
    if shown.figures:
        yield from (lines_table(told), Text(""))
    if any(one.periods or one.end.figure for one in shown.indicators.values()):
        yield from (indicators_table(told), Text(""))
    if any(one.categories for one in shown.indicators.values()):
        yield categories_table(told)
    yield from reasons_list(told)
    yield from lessons_list(told)
    yield from warning_list(tracked.warnings, told.words)
    yield Text(basis(tracked.plan, told.words), style="dim")


def _unit(told: TrackWords, rows: Sequence[Sequence[float | None]]) -> int:
    known = [[0.0 if amount is None else amount for amount in row] for row in rows]
    return largest_unit(known, told.words, WIDEST)


def _minus(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _parts(told: TrackWords) -> Table:
    """The three parts of the result, beside those of the plan."""
    shown, names = told.shown, ("costs", "benefits", "net_present_value")
    rows = [
        [*(shown.total(part, name) for name in names), shown.planned_total(part)] for part in PARTS
    ]
    rows.append([*(shown.whole(name) for name in names), shown.whole(of_plan=True)])
    rows = [[*row, _minus(row[2], row[3])] for row in rows]
    unit = _unit(told, rows)
    table = new_table(told.text("parts.title", currency=told.words.currency(unit)))
    table.add_column(told.text("parts.part"), overflow="fold", min_width=14)
    heads = ("costs", "benefits", "net", "planned_net", "difference")
    numeric(table, *(told.text(f"parts.{head}") for head in heads))
    for part, row in zip((*PARTS, "together"), rows, strict=True):
        if part == "together":
            table.add_section()
        title = told.text(f"parts.{part}", year=shown.tracked.last_year)
        table.add_row(title, *(told.amount(amount, unit) for amount in row))
    table.caption = told.text("parts.caption")
    return table


def _bridge(told: TrackWords) -> Table:
    """From plan to result as a waterfall: each bar starts where the one before ended."""
    shown = told.shown
    table = new_table(told.text("bridge.title", year=shown.tracked.last_year))
    table.add_column(told.text("bridge.step"), overflow="fold", min_width=16)
    table.add_column(told.text("bridge.picture"), no_wrap=True)
    numeric(table, told.text("bridge.amount"))
    steps = [shown.amounts["bridge", step, "totals", "net_present_value"] for step in STEPS]
    plan, result = shown.planned_total("realised"), shown.total("realised")
    ends = _ends(plan, steps)
    known = [0.0, *(end for end in ends if end is not None)]
    reach = min(known), max(known)
    table.add_row(told.text("bridge.plan"), _bar(0.0, plan, reach), told.money(plan))
    for i, (step, moved) in enumerate(zip(STEPS, steps, strict=True)):
        picture = _bar(ends[i], ends[i + 1], reach)
        table.add_row(told.text(f"steps.{step}.name"), picture, told.signed(moved))
    table.add_section()
    table.add_row(told.text("bridge.result"), _bar(0.0, result, reach), told.money(result))
    table.caption = told.text("bridge.caption")
    return table


def _ends(plan: float | None, steps: Sequence[float | None]) -> list[float | None]:
    """Where it stands after each step; not known any more after a hidden one."""
    found = [plan]
    for moved in steps:
        before = found[-1]
        found.append(None if before is None or moved is None else before + moved)
    return found


def _bar(start: float | None, end: float | None, reach: tuple[float, float]) -> str:
    return "" if start is None or end is None else waterfall(start, end, *reach)


def waterfall(start: float, end: float, least: float, most: float) -> str:
    """A bar from where it started to where it ended, on one scale, with zero as |.

    Parameters
    ----------
    start, end : float
        Before and after the step.
    least, most : float
        The amounts at both ends of the scale; zero lies between them.

    Examples
    --------
    >>> waterfall(0.0, 10.0, 0.0, 10.0)
    '|██████████████████████████'
    >>> waterfall(10.0, 5.0, 0.0, 10.0)
    '|            ░░░░░░░░░░░░░░'
    """
    size = most - least
    at = [round((STRIP - 1) * (x - least) / size) if size else 0 for x in (start, end, 0.0)]
    low, high = sorted(at[:2])
    marks = [" "] * STRIP
    if end != start:
        marks[low : high + 1] = ("█" if end > start else "░") * (high + 1 - low)
    marks[at[2]] = "|"
    return "".join(marks)


def _actors(told: TrackWords) -> Table:
    """What each actor has of it, against plan."""
    shown, amounts = told.shown, told.shown.amounts
    rows = []
    for actor in shown.tracked.plan.case.actors:
        net, cash = (
            [amounts[*at, "realised", "actors", actor, name] for at in (("plan",), ())]
            for name in ("net", "cash_net")
        )
        rows.append([*net, _minus(net[1], net[0]), _minus(cash[1], cash[0])])
    unit = _unit(told, rows)
    currency = told.words.currency(unit)
    table = new_table(told.text("actors.title", year=shown.tracked.last_year, currency=currency))
    table.add_column(told.text("actors.actor"), overflow="fold", min_width=12)
    heads = ("planned", "realised", "difference", "money")
    numeric(table, *(told.text(f"actors.{head}") for head in heads))
    for actor, row in zip(shown.tracked.plan.case.actors, rows, strict=True):
        table.add_row(told.words.actor(actor), *(told.amount(amount, unit) for amount in row))
    return table
