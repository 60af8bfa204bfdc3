"""The sheets of a comparison that list: what was levelled, what has no price, and the terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from impactmonitor.intake.workbook.layout import At
from impactmonitor.model.record import in_language
from impactmonitor.proposals.compared import ComparedCase
from impactmonitor.proposals.fund_values import expected_value
from impactmonitor.report.comparing_sheets import ComparingBook
from impactmonitor.report.report_book import NOTHING, TABLE_ROW


def levelled_page(made: ComparingBook) -> None:
    """Every change with its rule and place, then everything that was left, and why."""
    sheet, words = "levelled", made.words
    made.open(sheet, (36, 20, 30, 44, 13, 15, 10, 10, 38))
    made.page(sheet).frozen = (0, 1)
    row = made.section(sheet, TABLE_ROW, made.text("changes"))
    heads = [words.text("net.case"), *(made.text(key) for key in
             ("rule", "line", "place", "given", "levelled", "given_price", "price"))]  # fmt: skip
    row = made.heads(sheet, row, heads, texts=4)
    made.say(At(sheet, row - 1, 9), made.text("remark"), "head")
    for one in words.compared.cases.values():
        for change in one.levelling.changes:
            _place(made, row, one, change.rule, change.path)
            for column, figure in ((5, change.given), (6, change.levelled)):
                _figure(made, At(sheet, row, column), figure)
            made.put(At(sheet, row, 7), change.given_price_year, "whole")
            made.put(At(sheet, row, 8), change.price_year, "whole")
            made.say(At(sheet, row, 9), words.note(one, change), "origin")
            row += 1
    row = made.section(sheet, row + 1, made.text("left"))
    heads = [words.text("net.case"), *(made.text(key) for key in
             ("rule", "line", "place", "value"))]  # fmt: skip
    row = made.heads(sheet, row, heads, texts=4)
    made.say(At(sheet, row - 1, 6), made.text("why"), "head")
    for one in words.compared.cases.values():
        for left in one.levelling.left:
            _place(made, row, one, left.rule, left.path)
            made.put(At(sheet, row, 5), left.value, "amount")
            made.say(At(sheet, row, 6), words.reason(left), "wide")
            row += 1


def _place(made: ComparingBook, row: int, one: ComparedCase, rule: str, path: str) -> None:
    words = made.words
    cells = (words.names[one.id], words.rule(rule), words.line(one, path), path)
    for column, text in enumerate(cells, 1):
        made.say(At("levelled", row, column), text)


def _figure(made: ComparingBook, at: At, figure: float | str | None) -> None:
    if isinstance(figure, str):
        made.say(at, figure, "form_unit")
    else:
        made.put(at, figure, "amount")


def unpriced_page(made: ComparingBook) -> None:
    """What each case has that is not in euros, with its quantity where that is known."""
    sheet, words = "unpriced", made.words
    made.open(sheet, (40, 40, 16, 20, 26, 50))
    heads = [words.text("net.case"), *(made.text(key) for key in
             ("item", "domain", "unit", "quantity", "note"))]  # fmt: skip
    row = made.heads(sheet, TABLE_ROW, heads, texts=6)
    made.keep(sheet)
    for one in words.compared.cases.values():
        for cells in _unpriced(made, one):
            for column, text in enumerate(cells, 1):
                made.say(At(sheet, row, column), text)
            row += 1
    if row == TABLE_ROW + 1:
        made.say(At(sheet, row, 1), made.text("nothing_unpriced"), "wide")


def _unpriced(made: ComparingBook, one: ComparedCase) -> Iterator[tuple[str, ...]]:
    words, result = made.words, one.handed_in
    case = result.case
    for line in result.line_results():
        effect = case.effects.get(line.id)
        if effect is None or effect.monetised:
            continue
        domain = NOTHING if line.domain is None else words.domain(line.domain)
        yield (
            words.names[one.id],
            in_language(effect.title, words.language, line.id),
            domain,
            result.appraised.resolved.effects[line.id].unit,
            _quantity(made, line.quantity),
            in_language(effect.note, words.language),
        )


def _quantity(made: ComparingBook, quantity: Mapping[int, float] | None) -> str:
    """A quantity by year in a few words."""
    if quantity is None:
        return made.text("unknown")
    met = {year: amount for year, amount in quantity.items() if amount}
    if not met:
        return made.words.number(0.0)
    low, high = (made.words.number(found) for found in (min(met.values()), max(met.values())))
    years = (min(met), max(met))
    key = "by_year.same" if low == high else "by_year.range"
    if years[0] == years[1]:
        key = "by_year.once"
    return made.text(key, low=low, high=high, first=years[0], last=years[1])


def notes_page(made: ComparingBook) -> None:
    """On what terms everything is compared, and what to know before concluding from it."""
    sheet, words = "notes", made.words
    made.open(sheet, (46, 18, 14, 64))
    row = TABLE_ROW
    compared = words.compared
    said = [words.basis(), words.policy(), made.text("start"), made.text("order")]
    said += [f"{p.message(words.language)} {p.hint(words.language)}" for p in compared.warnings]
    for sentence in said:
        made.say(At(sheet, row, 1), sentence, "wide")
        row += 1
    row = _factors(made, row + 1)
    if compared.policy is not None:
        _policy(made, row + 1)


def _factors(made: ComparingBook, top: int) -> int:
    """What the amounts of each case were multiplied by; returns the row after."""
    sheet, words = "notes", made.words
    top = made.section(sheet, top, made.text("factors"))
    heads = [words.text("net.case"), made.text("price_factor"), made.text("start_factor")]
    row = made.heads(sheet, top, heads)
    made.say(At(sheet, row - 1, 4), made.text("own_terms"), "head")
    for one in words.compared.cases.values():
        case = one.handed_in.case
        own = made.text(
            "own_terms_of",
            currency=case.currency,
            price_year=case.price_year,
            base_year=case.base_year,
            horizon=case.horizon,
            scheme=one.handed_in.appraised.resolved.scheme_id or made.text("own_rates"),
        )
        made.say(At(sheet, row, 1), words.names[one.id])
        made.put(At(sheet, row, 2), round(one.price_factor, 6), "number")
        made.put(At(sheet, row, 3), round(one.start_factor, 6), "number")
        made.say(At(sheet, row, 4), own, "origin")
        row += 1
    return row


def _policy(made: ComparingBook, top: int) -> None:
    """The policy itself: values, shares off by evidence, floors, years."""
    sheet, words = "notes", made.words
    policy = words.compared.policy
    assert policy is not None
    row = made.section(sheet, top, made.text("policy_values"))
    heads = [made.text("value_of"), made.text("value"), made.text("price")]
    row = made.heads(sheet, row, heads)
    made.say(At(sheet, row - 1, 4), made.text("source"), "head")
    for key, one in policy.values.items():
        made.say(At(sheet, row, 1), key)
        made.put(At(sheet, row, 2), expected_value(one), "amount")
        made.put(At(sheet, row, 3), one.price_year, "whole")
        made.say(At(sheet, row, 4), one.source, "origin")
        row += 1
    for title, shares in (
        ("policy_evidence", {words.grade(k): v for k, v in policy.evidence.items()}),
        ("policy_deadweight", {words.floor(k): v for k, v in policy.deadweight.items()}),
    ):
        row = made.section(sheet, row + 1, made.text(title))
        for name, share in shares.items():
            made.say(At(sheet, row, 1), name)
            made.put(At(sheet, row, 2), share, "percent")
            row += 1
