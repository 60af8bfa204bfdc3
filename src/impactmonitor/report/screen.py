"""The answer on screen: first one sentence, then who pays and who benefits, then the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor.appraisal.metrics import METRICS, Metric, Value
from impactmonitor.appraisal.returns import InternalRate
from impactmonitor.evaluation import Evaluation, Party
from impactmonitor.evaluation.result import NOT_STATED, LineResult
from impactmonitor.financing.result import Financing, financing_of
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.problems import Problem
from impactmonitor.report.pockets_screen import pocket_parts
from impactmonitor.report.sentences import basis, headline, sureness
from impactmonitor.report.tables import bar, largest_unit, new_table, numeric
from impactmonitor.report.words import Words

MOST_EFFECTS = 8
METRIC_REASONS = {m.reason for m in METRICS.values() if m.reason} | {
    "no-sign-change",
    "several-roots",
    "no-time-spread",
}


def screen(evaluation: Evaluation, language: Language) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor evaluate`` shows, from the answer to the small print.

    Parameters
    ----------
    evaluation : Evaluation
        The result.
    language : {"nl", "en"}
        The reader's language.

    Yields
    ------
    renderable
        For a rich console; plain text when it goes to a file.
    """
    words = Words(evaluation, language)
    case = evaluation.case
    yield Text(in_language(case.title, language), style="bold")
    if evaluation.scenario is not None:
        state = evaluation.applied[0]
        title = in_language(state.title, language, state.id)
        yield Text(words.text("basis.scenario", title=title))
    yield Padding(Text(headline(evaluation, language), style="bold"), (0, 0, 1, 0))
    yield Padding(Text(sureness(evaluation, words)), (0, 0, 1, 0))
    yield _picture(evaluation, words)
    yield _parties(evaluation, words)
    financing = financing_of(evaluation)
    yield from pocket_parts(financing, words)
    yield from _on_terms(evaluation, financing, language)
    yield _domains(evaluation, words)
    if any(effect.monetised for effect in case.effects.values()):
        yield _effects(evaluation, words)
    if any(not effect.monetised for effect in case.effects.values()):
        yield unmonetised_table(evaluation, words)
    if evaluation.scores:
        from impactmonitor.report.scores_screen import scores_screen

        yield from scores_screen(evaluation, language)
    yield _returns(evaluation, words)
    if evaluation.scenarios or evaluation.alternatives:
        yield _variants(evaluation, words)
    yield from warning_list(evaluation.warnings, words)
    yield Text(basis(evaluation, words), style="dim")


def _on_terms(
    evaluation: Evaluation, financing: Financing, language: Language
) -> Iterator[RenderableType]:
    """Instruments and contracts; what they need is loaded for a case that has them."""
    if financing.instruments is not None:
        from impactmonitor.report.instruments_screen import instruments_screen

        yield from instruments_screen(evaluation, financing.instruments, language)
    if financing.contracts:
        from impactmonitor.report.contracts_screen import contracts_screen

        yield from contracts_screen(evaluation, financing.contracts, language)


def _picture(evaluation: Evaluation, words: Words) -> Table:
    """Who loses and who gains, at a glance."""
    table = new_table(words.text("parties.title"))
    table.show_header = False
    table.add_column("", overflow="fold", max_width=30)
    table.add_column("", no_wrap=True)
    table.add_column("", justify="right", no_wrap=True)
    largest = max((abs(p.net) for p in evaluation.by_actor.values()), default=0.0)
    for name, party in evaluation.by_actor.items():
        table.add_row(words.actor(name), bar(party.net, largest), words.money(party.net))
    table.caption = words.text("parties.caption")
    return table


def _parties(evaluation: Evaluation, words: Words) -> Table:
    parties = [*evaluation.by_actor.values(), *evaluation.by_perspective.values()]
    has_transfers = any(p.transfers_received or p.transfers_paid for p in parties)
    amounts = [_amounts(party, has_transfers) for party in parties]
    unit = largest_unit(amounts, words)
    table = new_table(words.text("parties.table", currency=words.currency(unit)))
    table.add_column(words.text("parties.actor"), overflow="fold", min_width=12)
    keys = ["costs", "benefits", *(["transfers"] if has_transfers else []), "net", "cash"]
    numeric(table, *(words.text(f"parties.{key}") for key in (*keys, "confirmed")))
    titles = [words.actor(name) for name in evaluation.by_actor]
    titles += [words.perspective(name) for name in evaluation.by_perspective]
    for i, (title, row) in enumerate(zip(titles, amounts, strict=True)):
        if i == len(evaluation.by_actor):
            table.add_section()
        table.add_row(title, *(words.amount(a, unit) for a in row))
    return table


def _amounts(party: Party, has_transfers: bool) -> list[float]:
    amounts = [party.costs, party.benefits]
    amounts += [party.transfers] if has_transfers else []
    return [*amounts, party.net, party.cash_net, party.benefits_confirmed]


def _domains(evaluation: Evaluation, words: Words) -> Table:
    domains = evaluation.domain_results()
    amounts = [[found.costs, found.benefits, found.net] for found in domains.values()]
    unit = largest_unit(amounts, words)
    table = new_table(words.text("domains.title", currency=words.currency(unit)))
    table.add_column(words.text("domains.domain"))
    numeric(table, *(words.text(f"parties.{key}") for key in ("costs", "benefits", "net")))
    for name, row in zip(domains, amounts, strict=True):
        table.add_row(words.domain(name), *(words.amount(a, unit) for a in row))
    return table


def _effects(evaluation: Evaluation, words: Words) -> Table:
    table = new_table(words.text("effects.title"))
    table.add_column(words.text("effects.effect"), overflow="fold")
    table.add_column(words.text("effects.falls_to"), overflow="fold")
    numeric(table, words.text("effects.value"))
    table.add_column(words.text("effects.evidence"), overflow="fold")
    lines = [
        (line.id, line.present_value)
        for line in evaluation.line_results()
        if line.kind == "effect" and line.present_value is not None
    ]
    lines.sort(key=lambda line: -abs(line[1]))
    for name, value in lines[:MOST_EFFECTS]:
        grade = evaluation.case.effects[name].evidence or NOT_STATED
        bearers = evaluation.appraised.resolved.effects[name].falls_to
        table.add_row(
            words.line(name),
            ", ".join(words.actor(actor) for actor in bearers),
            words.money(value),
            words.text(f"evidence.{grade}"),
        )
    if len(lines) > MOST_EFFECTS:
        rest = lines[MOST_EFFECTS:]
        together = words.money(sum(value for _, value in rest))
        table.caption = words.text("effects.more", count=len(rest), value=together)
    return table


def unmonetised_table(evaluation: Evaluation, words: Words) -> Table:
    """The effects that are not in money, with their size."""
    table = new_table(words.text("unmonetised.title", currency=evaluation.case.currency))
    table.add_column(words.text("effects.effect"), overflow="fold")
    table.add_column(words.text("domains.domain"))
    table.add_column(words.text("unmonetised.quantity"), overflow="fold")
    for line in evaluation.line_results():
        effect = evaluation.case.effects.get(line.id)
        if effect is None or effect.monetised:
            continue
        size = _size(evaluation, line, words)
        domain = words.domain(line.domain) if line.domain else "–"
        table.add_row(words.line(line.id), domain, size)
    return table


def _size(evaluation: Evaluation, line: LineResult, words: Words) -> str:
    """How much of an effect there is in a year: never a sum, which means nothing for a stock."""
    amounts = {year: q for year, q in (line.quantity or {}).items() if q != 0}
    if line.quantity is None or not amounts:
        return words.text("unmonetised.unknown") if line.quantity is None else words.number(0.0)
    resolved = evaluation.appraised.resolved
    name = resolved.effects[line.id].unit
    known = resolved.units.get(name)
    unit = name if known is None else in_language(known.title, words.language, name)
    first, last = min(amounts), max(amounts)
    years = str(first) if first == last else f"{first}–{last}"
    low, high = min(amounts.values()), max(amounts.values())
    if high - low <= 1e-9 * max(abs(low), abs(high)):
        return words.text(
            "unmonetised.constant", quantity=words.number(high), unit=unit, years=years
        )
    low_text, high_text = words.number(low), words.number(high)
    return words.text("unmonetised.between", low=low_text, high=high_text, unit=unit, years=years)


def metric_value(metric: Metric, value: Value, words: Words) -> str:
    """A metric as people write it; a dash where it has no value."""
    if isinstance(value, InternalRate):
        value = value.value
    if value is None:
        return "–"
    if metric.kind == "money":
        return words.money(float(value))
    if metric.kind == "rate":
        return words.percent(float(value))
    return str(value) if metric.kind == "year" else words.number(float(value), 2)


def _returns(evaluation: Evaluation, words: Words) -> Table:
    table = new_table(words.text("returns.title"))
    table.add_column(words.text("returns.metric"))
    numeric(table, words.text("returns.value"))
    for name, value in evaluation.totals.items():
        if name not in ("costs", "benefits", "sroi", "sroi_net"):
            title = words.metric("totals", name)
            table.add_row(title, metric_value(METRICS[name], value, words))
    return table


def _variants(evaluation: Evaluation, words: Words) -> Table:
    table = new_table(words.text("variants.title"))
    table.add_column(words.text("variants.variant"), overflow="fold")
    numeric(table, words.text("variants.net"), words.text("variants.ratio"))
    rows = [(words.text("variants.itself"), evaluation)]
    for result in (*evaluation.scenarios.values(), *evaluation.alternatives.values()):
        variant = result.applied[-1]
        title = in_language(variant.title, words.language, variant.id)
        rows.append((f"{title} ({words.text(f'variants.{variant.kind}')})", result))
    for title, result in rows:
        metrics = ("net_present_value", "benefit_cost_ratio")
        values = (metric_value(METRICS[m], result.totals[m], words) for m in metrics)
        table.add_row(title, *values)
    return table


def warning_list(problems: Iterable[Problem], words: Words) -> Iterator[RenderableType]:
    """What to look at; why a metric has no value is left to the JSON and to ``explain``."""
    found = [p for p in problems if p.code not in METRIC_REASONS]
    if not found:
        return
    yield Text(words.text("warnings.title", count=len(found)), style="bold")
    for problem in found:
        text = Text(f"! {problem.place}: " if problem.place else "! ")
        text.append(problem.message(words.language))
        hint = problem.hint(words.language)
        if hint:
            text.append(f" {hint}", style="dim")
        yield Padding(text, (0, 0, 0, 2))
    yield Text("")
