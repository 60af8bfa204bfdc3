"""The sheets of a comparison about who, and about ranks and scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from impactmonitor.intake.workbook.layout import At
from impactmonitor.proposals.compared import ComparedCase
from impactmonitor.proposals.placing import HIGH_IS_BEST
from impactmonitor.report.comparing_sheets import ComparingBook
from impactmonitor.report.report_book import TABLE_ROW

_COLUMNS = ("costs", "benefits", "transfers")


def actors_page(made: ComparingBook) -> None:
    """Who pays and who benefits: by case and kind of actor, adding up to society."""
    sheet, words = "actors", made.words
    made.open(sheet, (46, 24, 34, *(14,) * 6))
    heads = [words.text("net.case"), made.text("kind"), made.text("actors")]
    heads += [made.text(key) for key in (*_COLUMNS, "net", "cash", "claimed_net")]
    row = made.heads(sheet, TABLE_ROW, heads, texts=3)
    made.keep(sheet)
    for one in words.compared.cases.values():
        row = _kinds(made, row, one)
    _losers(made, row + 1)


def _kinds(made: ComparingBook, first: int, one: ComparedCase) -> int:
    """The kinds of actors of one case and their sum; returns the row after."""
    sheet, words = "actors", made.words
    kinds = [kind for kind in words.kinds if kind in one.levelled.kinds]
    for row, kind in enumerate(kinds, first):
        found, claimed = one.levelled.kinds[kind], one.claimed.kinds[kind]
        made.say(At(sheet, row, 1), words.names[one.id])
        made.say(At(sheet, row, 2), words.kind(kind))
        made.say(At(sheet, row, 3), ", ".join(words.actor(one, name) for name in found.actors))
        for column, name in enumerate(_COLUMNS, 4):
            made.put(At(sheet, row, column), getattr(found, name))
        costs, benefits, transfers = (made.here(sheet, row, column) for column in (4, 5, 6))
        made.work_out(At(sheet, row, 7), f"{benefits}-{costs}+{transfers}", found.net)
        made.put(At(sheet, row, 8), found.cash_net)
        made.put(At(sheet, row, 9), claimed.net)
    last = first + len(kinds) - 1
    made.say(At(sheet, last + 1, 1), words.names[one.id], "strong_wrapped")
    made.say(At(sheet, last + 1, 2), made.text("all_actors"), "strong")
    figures = one.levelled.figures
    sums = (
        figures["costs"], figures["benefits"], 0.0, figures["net_present_value"],
        figures["cash_net"], one.claimed.figures["net_present_value"],
    )  # fmt: skip
    for column, amount in enumerate(sums, 4):
        cells = f"{made.here(sheet, first, column)}:{made.here(sheet, last, column)}"
        made.work_out(At(sheet, last + 1, column), f"SUM({cells})", amount, "strong_money")
    return last + 2


def _losers(made: ComparingBook, top: int) -> None:
    """How likely each actor that pays is to lose; nothing without draws."""
    sheet, words = "actors", made.words
    if not words.compared.draws:
        return
    top = made.section(
        sheet, top, made.text("chances", draws=words.number(words.compared.draws, 0))
    )
    heads = [words.text("net.case"), made.text("kind"), made.text("payer"),
             made.text("chance"), made.text("mean_net")]  # fmt: skip
    row = made.heads(sheet, top, heads, texts=3)
    for one in words.compared.cases.values():
        if one.chances is None:
            continue
        for actor, share in one.chances.payers.items():
            made.say(At(sheet, row, 1), words.names[one.id])
            made.say(At(sheet, row, 2), words.kind(one.handed_in.case.actors[actor].kind))
            made.say(At(sheet, row, 3), words.actor(one, actor))
            made.put(At(sheet, row, 4), share, "percent")
            made.put(At(sheet, row, 5), one.chances.net[actor])
            row += 1


def ranks_page(made: ComparingBook) -> None:
    """Ranks on each quantity, how firm they are, and the scores beside the euros."""
    sheet, words = "ranks", made.words
    compared = words.compared
    made.open(sheet, (46, *(13,) * max(9, 1 + len(compared.robustness.without))))
    made.page(sheet).frozen = (0, 1)
    row = TABLE_ROW
    for key, ranks in (
        ("ranks_levelled", compared.ranks),
        ("ranks_claimed", compared.claimed_ranks),
    ):
        row = _ranks(made, row, made.text(key), ranks) + 1
    made.say(At(sheet, row - 1, 1), words.text("ranks.caption"), "intro")
    made.page(sheet).breaks.append(row)
    row = _without(made, row + 1) + 1
    if compared.robustness.shares is not None:
        row = _shares(made, row, compared.robustness.shares) + 1
    for framework in compared.scores:
        row = _scores(made, row, framework) + 1
    key = "scores.caption" if compared.scores else "scores.none"
    made.say(At(sheet, row, 1), words.text(key), "intro")


def _ranks(
    made: ComparingBook, top: int, title: str, ranks: Mapping[str, Mapping[str, int | None]]
) -> int:
    sheet, words = "ranks", made.words
    top = made.section(sheet, top, title)
    quantities = [name for name in HIGH_IS_BEST if name in ranks]
    heads = [words.text("net.case"), *(words.text(f"ranks.{name}") for name in quantities)]
    rows = [[ranks[quantity][name] for quantity in quantities] for name in words.compared.cases]
    return _table(made, top, heads, rows, "whole")


def _without(made: ComparingBook, top: int) -> int:
    """Ranks on net value with all rules, with none, and with each rule left out."""
    words, compared = made.words, made.words.compared
    top = made.section("ranks", top, words.text("without.title"))
    without = compared.robustness.without
    heads = [words.text(f"without.{key}") for key in ("all", "none")]
    heads += [words.text("without.rule", rule=words.text(f"bridge.{rule}")) for rule in without]
    rows = [
        [
            compared.ranks["net_present_value"][name],
            compared.claimed_ranks["net_present_value"][name],
            *(ranks[name] for ranks in without.values()),
        ]
        for name in compared.cases
    ]
    return _table(made, top, [words.text("net.case"), *heads], rows, "whole")


def _shares(made: ComparingBook, top: int, shares: Mapping[str, Sequence[float]]) -> int:
    """In what share of the draws each case has each rank."""
    words, compared = made.words, made.words.compared
    title = made.text("shares", draws=words.number(compared.draws, 0), seed=compared.seed)
    top = made.section("ranks", top, title)
    shown = range(min(len(compared.cases), 9))
    heads = [words.text("net.case"), *(made.text("rank", rank=1 + place) for place in shown)]
    rows = [[shares[name][place] for place in shown] for name in compared.cases]
    return _table(made, top, heads, rows, "percent")


def _table(
    made: ComparingBook,
    top: int,
    heads: Sequence[str],
    rows: Sequence[Sequence[float | None]],
    style: str,
) -> int:
    """A row of numbers for each case; returns the row after."""
    row = made.heads("ranks", top, heads)
    for name, numbers in zip(made.words.compared.cases, rows, strict=True):
        made.say(At("ranks", row, 1), made.words.names[name])
        for column, number in enumerate(numbers, 2):
            made.put(At("ranks", row, column), number, style)
        row += 1
    return row


def _scores(made: ComparingBook, top: int, framework: str) -> int:
    """A framework that all cases answer: scores with bounds and coverage, beside the euros."""
    sheet, words = "ranks", made.words
    ranking = words.compared.scores[framework]
    title = words.text("scores.title", framework=words.framework(framework))
    top = made.section(sheet, top, title)
    heads = [words.text("net.case"), words.text("net.rank"), words.text("scores.common"),
             words.text("scores.alone"), made.text("low"), made.text("high"),
             words.text("scores.coverage")]  # fmt: skip
    row = made.heads(sheet, top, heads)
    for name, one in ranking.cases.items():
        shown = words.names[name]
        mark = words.text("scores.mark", name=shown) if one.is_below_coverage else shown
        made.say(At(sheet, row, 1), mark)
        made.put(At(sheet, row, 2), one.rank, "whole")
        for column, number in enumerate((one.common_score, one.score, one.low, one.high), 3):
            made.put(At(sheet, row, column), number, "ratio")
        made.put(At(sheet, row, 7), one.compared_coverage, "percent")
        row += 1
    return row
