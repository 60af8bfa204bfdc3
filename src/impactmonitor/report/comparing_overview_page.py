"""The first sheet of a comparison: claimed beside levelled, and the way between the two."""

from __future__ import annotations

from impactmonitor.appraisal.layout import DOMAINS
from impactmonitor.intake.workbook.layout import At
from impactmonitor.proposals.compared import ComparedCase
from impactmonitor.report.comparing_screen import comparing_headline
from impactmonitor.report.comparing_sheets import ComparingBook
from impactmonitor.report.report_book import TABLE_ROW
from impactmonitor.report.workbook.book import Chart, Series
from impactmonitor.report.workbook.charts import BLUE, ORANGE, ROW_HEIGHT, STRIPED

SHEET = "overview"
WIDTHS = (46, *(14,) * 10)
_NPV = "net_present_value"
MOST_DRAWN = 40
"""More cases do not fit in one picture: ours."""

_HIGHEST, _THICKEST = 480, 46
"""Pixels of all bars together, and of the bars of one case: a picture stays on one page."""

_ROWS_ON_A_PAGE = 38


def overview_page(made: ComparingBook) -> None:
    """The answer, the bridge of each case, a picture, and what else is in numbers."""
    words = made.words
    made.open(SHEET, WIDTHS)
    answer = comparing_headline(words.compared, words.language)
    made.say(At(SHEET, TABLE_ROW - 1, 1), answer, "answer")
    made.say(At(SHEET, TABLE_ROW, 1), words.basis(), "wide")
    made.say(At(SHEET, TABLE_ROW + 1, 1), words.policy(), "wide")
    row = _bridge(made, TABLE_ROW + 3)
    row = _figures(made, row + 2)
    _domains(made, row + 2)


def _bridge(made: ComparingBook, top: int) -> int:
    """One row for each case: its own terms, every rule, and where that leads; the row after."""
    words, compared = made.words, made.words.compared
    currency, rules = compared.base.currency, compared.rules
    top = made.section(SHEET, top, words.text("bridge.title", currency=currency))
    heads = [words.text("net.case"), words.text("bridge.start")]
    heads += [words.text(f"bridge.{rule}") for rule in rules]
    heads += [words.text("bridge.end"), words.text("net.claimed"), made.text("difference")]
    first = made.heads(SHEET, top, heads)
    end = len(rules) + 3
    for row, one in enumerate(compared.cases.values(), first):
        _bridged(made, row, end, one)
    last = first + len(compared.cases) - 1
    made.page(SHEET).frozen = (0, 1)
    if len(compared.cases) > MOST_DRAWN:
        return last + 1
    names = made.column(SHEET, 1, (first, last))
    series = [
        Series(words.text("net.claimed").replace("\n", " "), names,
               made.column(SHEET, end + 1, (first, last)), ORANGE, STRIPED),
        Series(words.text("net.bar"), names, made.column(SHEET, end, (first, last)), BLUE),
    ]  # fmt: skip
    height = 150 + min(_HIGHEST, _THICKEST * len(compared.cases))
    if last + height / ROW_HEIGHT > _ROWS_ON_A_PAGE:
        made.page(SHEET).breaks.append(last + 1)
    made.page(SHEET).charts.append(Chart(
        "bar", "", made.text("chart"), made.text("chart_about"), series, (last + 3, 1),
        (860, height),
    ))  # fmt: skip
    return last + 4 + height // ROW_HEIGHT


def _bridged(made: ComparingBook, row: int, end: int, one: ComparedCase) -> None:
    """The bridge of one case as formulas: own terms and rules add up to the levelled value."""
    made.say(At(SHEET, row, 1), made.words.names[one.id])
    made.put(At(SHEET, row, 2), one.bridge.start[_NPV])
    for column, step in enumerate(one.bridge.rules.values(), 3):
        made.put(At(SHEET, row, column), step.totals[_NPV])
    cells = f"{made.here(SHEET, row, 2)}:{made.here(SHEET, row, end - 1)}"
    levelled, claimed = (s.amount(_NPV) for s in (one.levelled, one.claimed))
    made.work_out(At(SHEET, row, end), f"SUM({cells})", levelled)
    own = f"{made.here(SHEET, row, 2)}+{made.here(SHEET, row, 3)}"
    made.work_out(At(SHEET, row, end + 1), own, claimed)
    difference = f"{made.here(SHEET, row, end)}-{made.here(SHEET, row, end + 1)}"
    made.work_out(At(SHEET, row, end + 2), difference, levelled - claimed)


def _figures(made: ComparingBook, top: int) -> int:
    """Costs and benefits and all that follows from them, on the levelled terms; the row after."""
    words, compared = made.words, made.words.compared
    made.page(SHEET).breaks.append(top - 1)
    top = made.section(SHEET, top, words.text("figures.title", terms=words.terms))
    keys = ("ratio", "annual", "cash", "payback", "confirmed", "horizon")
    heads = [words.text("net.case"), made.text("costs"), made.text("benefits"), made.text("net")]
    heads += [words.text(f"figures.{key}") for key in keys]
    if compared.draws:
        heads.append(words.text("ranks.worst_chance_of_loss"))
    row = made.heads(SHEET, top, heads)
    for row, one in enumerate(compared.cases.values(), row):  # noqa: B020  from there on
        _figures_of(made, row, one)
    made.say(At(SHEET, row + 1, 1), words.text("figures.caption"), "intro")
    return row + 2


def _figures_of(made: ComparingBook, row: int, one: ComparedCase) -> None:
    figures = one.levelled.figures
    made.say(At(SHEET, row, 1), made.words.names[one.id])
    made.put(At(SHEET, row, 2), figures["costs"])
    made.put(At(SHEET, row, 3), figures["benefits"])
    costs, benefits = made.here(SHEET, row, 2), made.here(SHEET, row, 3)
    made.work_out(At(SHEET, row, 4), f"{benefits}-{costs}", figures["net_present_value"])
    ratio = figures["benefit_cost_ratio"]
    made.work_out(At(SHEET, row, 5), f"{benefits}/{costs}", ratio, "ratio")
    made.put(At(SHEET, row, 6), figures["equivalent_annual_value"])
    made.put(At(SHEET, row, 7), figures["cash_net"])
    made.put(At(SHEET, row, 8), figures["payback_years"], "whole")
    made.put(At(SHEET, row, 9), figures["confirmed_share"], "percent")
    made.put(At(SHEET, row, 10), one.levelled.evaluation.case.horizon, "whole")
    if one.chances is not None:
        made.put(At(SHEET, row, 11), one.chances.worst_chance_of_loss, "percent")


def _domains(made: ComparingBook, top: int) -> None:
    """Net value by domain, which adds up to the levelled net value."""
    words, compared = made.words, made.words.compared
    currency = compared.base.currency
    top = made.section(
        SHEET, top, words.text("domains.title", currency=currency, terms=words.terms)
    )
    heads = [words.text("net.case"), *map(words.domain, DOMAINS), made.text("net")]
    first = made.heads(SHEET, top, heads)
    for row, one in enumerate(compared.cases.values(), first):
        made.say(At(SHEET, row, 1), words.names[one.id])
        for column, domain in enumerate(DOMAINS, 2):
            made.put(At(SHEET, row, column), one.levelled.domains[domain])
        cells = f"{made.here(SHEET, row, 2)}:{made.here(SHEET, row, 1 + len(DOMAINS))}"
        total = one.levelled.amount(_NPV)
        made.work_out(At(SHEET, row, 2 + len(DOMAINS)), f"SUM({cells})", total)
