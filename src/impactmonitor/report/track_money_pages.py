"""The sheets in money: the summary, and plan against result by actor."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from impactmonitor.intake.workbook.layout import At
from impactmonitor.model.record import in_language
from impactmonitor.report.report_book import TABLE_ROW
from impactmonitor.report.sentences import basis
from impactmonitor.report.track_pages import TrackBook
from impactmonitor.report.track_sentences import track_headline, track_sentences
from impactmonitor.report.track_shown import PARTS
from impactmonitor.report.workbook.book import Chart, Series
from impactmonitor.report.workbook.charts import BLUE, ORANGE, STRIPED

NET, CASH = "net", "cash_net"
_PARTS_OF_NET = ("costs", "benefits", "transfers")


def total(amounts: Sequence[float | None]) -> float | None:
    """The sum of amounts; None where one of them is hidden."""
    known = [amount for amount in amounts if amount is not None]
    return fsum(known) if len(known) == len(amounts) else None


def difference(one: float | None, other: float | None) -> float | None:
    """What one amount has more than another; None where one of them is hidden."""
    return None if one is None or other is None else one - other


# --- summary --------------------------------------------------------------------------------------


def summary_page(made: TrackBook) -> None:
    """The honest sentence, what to know beside it, and the three parts of the result."""
    told, tracked = made.told, made.told.shown.tracked
    case = tracked.plan.case
    title = in_language(case.title, told.language)
    about = made.text("made_for", as_of=tracked.as_of, currency=case.currency)
    made.start("summary", title, about, (34, 16, 16, 16, 16, 16))
    made.say(At("summary", TABLE_ROW - 1, 1), track_headline(told), "answer")
    row = TABLE_ROW
    for sentence in track_sentences(told):
        made.say(At("summary", row, 1), sentence, "wide")
        row += 1
    row = _parts(made, row + 1)
    made.say(At("summary", row + 1, 1), told.text("parts.caption"), "wide")
    made.say(At("summary", row + 3, 1), basis(tracked.plan, told.words), "intro")


def _parts(made: TrackBook, top: int) -> int:
    """The table of parts; returns its last row."""
    told, shown = made.told, made.told.shown
    currency = shown.tracked.plan.case.currency
    made.say(At("summary", top, 1), told.text("parts.title", currency=currency), "section")
    keys = ("part", "costs", "benefits", "net", "planned_net", "difference")
    made.heads("summary", top + 1, [told.text(f"parts.{key}") for key in keys])
    first = top + 2
    for row, part in enumerate(PARTS, first):
        made.say(At("summary", row, 1), told.text(f"parts.{part}", year=shown.tracked.last_year))
        for column, name in ((2, "costs"), (3, "benefits")):
            made.put(At("summary", row, column), shown.total(part, name))
        made.put(At("summary", row, 5), shown.planned_total(part))
        _net(made, row, shown.total(part), shown.planned_total(part))
    last = first + len(PARTS)
    made.say(At("summary", last, 1), told.text("parts.together"), "strong")
    for column, amount in (
        (2, shown.whole("costs")),
        (3, shown.whole("benefits")),
        (5, shown.whole(of_plan=True)),
    ):
        cells = f"{made.here('summary', first, column)}:{made.here('summary', last - 1, column)}"
        made.work_out(At("summary", last, column), f"SUM({cells})", amount, "strong_money")
    _net(made, last, shown.whole(), shown.whole(of_plan=True), "strong_money")
    return last


def _net(
    made: TrackBook, row: int, net: float | None, planned: float | None, style: str = "money"
) -> None:
    """Benefits less costs, and how much that is more than planned."""
    costs, benefits, result, plan = (made.here("summary", row, column) for column in (2, 3, 4, 5))
    made.work_out(At("summary", row, 4), f"{benefits}-{costs}", net, style)
    made.work_out(At("summary", row, 6), f"{result}-{plan}", difference(net, planned), style)


# --- actors ---------------------------------------------------------------------------------------


def actors_page(made: TrackBook) -> None:
    """Plan and result side by side, added up by formulas."""
    told, shown = made.told, made.told.shown
    year, actors = shown.tracked.last_year, list(shown.tracked.plan.case.actors)
    about = made.text("actors_about", year=year)
    made.start("actors", made.text("title", year=year), about, (26, *(14,) * 12))
    words = [made.text(name) for name in (*_PARTS_OF_NET, "net")]
    heads = [told.text("actors.actor")]
    for key in ("plan_of", "result_of"):
        heads += [made.text(key, what=word) for word in words]
    money = made.text("money")
    heads += [made.text("difference_net"), made.text("plan_of", what=money),
              made.text("result_of", what=money), made.text("difference_money")]  # fmt: skip
    made.heads("actors", TABLE_ROW, heads)
    made.keep("actors")
    first, last = TABLE_ROW + 1, TABLE_ROW + len(actors)
    for row, actor in enumerate(actors, first):
        made.say(At("actors", row, 1), told.words.actor(actor))
        _actor(made, row, actor)
    _society(made, first, last)
    if all(shown.amounts["realised", "actors", actor, NET] is not None for actor in actors):
        _actors_chart(made, first, last)


def _of(made: TrackBook, actor: str, name: str, of_plan: bool) -> float | None:
    start = ("plan",) if of_plan else ()
    return made.told.shown.amounts[*start, "realised", "actors", actor, name]


def _actor(made: TrackBook, row: int, actor: str) -> None:
    for top, of_plan in ((2, True), (6, False)):
        for i, name in enumerate(_PARTS_OF_NET):
            made.put(At("actors", row, top + i), _of(made, actor, name, of_plan))
        cells = [made.here("actors", row, top + i) for i in range(3)]
        net = _of(made, actor, NET, of_plan)
        made.work_out(At("actors", row, top + 3), f"{cells[1]}-{cells[0]}+{cells[2]}", net)
    for column, of_plan in ((11, True), (12, False)):
        made.put(At("actors", row, column), _of(made, actor, CASH, of_plan))
    for column, name, (new, old) in ((10, NET, (9, 5)), (13, CASH, (12, 11))):
        formula = f"{made.here('actors', row, new)}-{made.here('actors', row, old)}"
        moved = difference(_of(made, actor, name, False), _of(made, actor, name, True))
        made.work_out(At("actors", row, column), formula, moved)


def _society(made: TrackBook, first: int, last: int) -> None:
    """The sum of every column."""
    actors = list(made.told.shown.tracked.plan.case.actors)
    made.say(At("actors", last + 1, 1), made.text("society"), "strong")
    names = {2: "costs", 3: "benefits", 4: "transfers", 5: NET, 11: CASH}
    plan = {c: total([_of(made, a, name, True) for a in actors]) for c, name in names.items()}
    moved = {6: 2, 7: 3, 8: 4, 9: 5, 12: 11}
    result = {c: total([_of(made, a, names[of], False) for a in actors])
              for c, of in moved.items()}  # fmt: skip
    sums = {**plan, **result, 10: difference(result[9], plan[5]),
            13: difference(result[12], plan[11])}  # fmt: skip
    for column, amount in sums.items():
        cells = f"{made.here('actors', first, column)}:{made.here('actors', last, column)}"
        made.work_out(At("actors", last + 1, column), f"SUM({cells})", amount, "strong_money")


def _actors_chart(made: TrackBook, first: int, last: int) -> None:
    told, rows = made.told, (first, last)
    names = made.column("actors", 1, rows)
    series = [
        Series(told.text("bridge.plan"), names, made.column("actors", 5, rows), BLUE),
        Series(told.text("bridge.result"), names, made.column("actors", 9, rows), ORANGE, STRIPED),
    ]
    made.page("actors").charts.append(Chart(
        "bar", "", made.text("actors_chart"), made.text("actors_chart_about"), series,
        (last + 4, 1), (680, 160 + 40 * (last - first + 1)),
    ))  # fmt: skip
