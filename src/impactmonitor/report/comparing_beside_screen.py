"""What stands beside the net value on screen: who, scores, ranks, evidence, what has no price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor.model.record import in_language
from impactmonitor.proposals.compared import ComparedCase
from impactmonitor.proposals.placing import HIGH_IS_BEST
from impactmonitor.report.comparing_words import ComparingWords
from impactmonitor.report.headings import sentences_under
from impactmonitor.report.scores_screen import dot
from impactmonitor.report.tables import new_table, numeric

LINE = 15
MOST_LISTED = 5


def beside(words: ComparingWords) -> Iterator[RenderableType]:
    """All that is no total of a case.

    Parameters
    ----------
    words : ComparingWords
        The comparison with its words.

    Yields
    ------
    renderable
    """
    yield _kinds(words)
    for framework in words.compared.scores:
        yield _scores(words, framework)
    key = "scores.caption" if words.compared.scores else "scores.none"
    yield Padding(Text(words.text(key), style="dim"), (0, 0, 1, 0))
    yield _ranks(words)
    yield Padding(Text(words.text("ranks.caption"), style="dim"), (0, 0, 1, 0))
    if words.compared.robustness.without and words.compared.policy is not None:
        yield _without(words)
    yield _evidence(words)
    yield from _levelled(words)
    yield from sentences_under(words.text("unpriced.title"), _unmonetised(words))


def _kinds(words: ComparingWords) -> Table:
    """Kinds of actors that pay or gain on balance, by case."""
    table = new_table(
        words.text("kinds.title", currency=words.compared.base.currency, terms=words.terms)
    )
    table.add_column(words.text("net.case"), min_width=12)
    table.add_column(words.text("kinds.lose"))
    table.add_column(words.text("kinds.gain"))
    for name, one in words.compared.cases.items():
        by_net = sorted(one.levelled.kinds.items(), key=lambda pair: -abs(pair[1].net))
        lose = [(kind, found.net) for kind, found in by_net if found.net < 0]
        gain = [(kind, found.net) for kind, found in by_net if found.net > 0]
        table.add_row(Text(words.names[name]), _listed(words, lose), _listed(words, gain))
    return table


def _listed(words: ComparingWords, amounts: Sequence[tuple[str, float]]) -> Text:
    said = [f"{words.kind(kind)} {words.number(net, 0)}" for kind, net in amounts]
    return Text("\n".join(said) or "–")


def _scores(words: ComparingWords, framework: str) -> Table:
    ranking = words.compared.scores[framework]
    table = new_table(words.text("scores.title", framework=words.framework(framework)))
    numeric(table, words.text("net.rank"))
    table.add_column(words.text("net.case"), min_width=12)
    table.add_column("0 ········· 100", no_wrap=True)
    numeric(table, *(words.text(f"scores.{key}") for key in ("alone", "common", "coverage")))
    for name, one in ranking.cases.items():
        shown = words.names[name]
        bounds = f"{words.number(one.low, 0)}–{words.number(one.high, 0)}"
        table.add_row(
            "–" if one.rank is None else str(one.rank),
            Text(words.text("scores.mark", name=shown) if one.is_below_coverage else shown),
            dot(one.score, one.low, one.high, LINE),
            f"{words.number(one.score, 0)} ({bounds})" if one.score is not None else "–",
            words.number(one.common_score, 1) if one.common_score is not None else "–",
            words.percent(one.compared_coverage),
        )
    return table


def _ranks(words: ComparingWords) -> Table:
    """The rank of each case on each quantity; scores apart from euros, never mixed."""
    ranks = words.compared.ranks
    quantities = [name for name in HIGH_IS_BEST if name in ranks]
    table = new_table(words.text("ranks.title", terms=words.terms))
    table.add_column(words.text("net.case"), min_width=12)
    numeric(table, *(words.text(f"ranks.{name}") for name in quantities))
    for name in words.compared.cases:
        row = [_rank(ranks[quantity][name]) for quantity in quantities]
        table.add_row(Text(words.names[name]), *row)
    return table


def _without(words: ComparingWords) -> Table:
    """Ranks on net value when one rule is left out."""
    compared = words.compared
    table = new_table(words.text("without.title"))
    table.add_column(words.text("net.case"), min_width=12)
    numeric(table, words.text("without.all"), words.text("without.none"))
    rules = list(compared.robustness.without)
    numeric(table, *(words.text("without.rule", rule=words.text(f"bridge.{r}")) for r in rules))
    for name in compared.cases:
        table.add_row(
            Text(words.names[name]),
            _rank(compared.ranks["net_present_value"][name]),
            _rank(compared.claimed_ranks["net_present_value"][name]),
            *(_rank(compared.robustness.without[rule][name]) for rule in rules),
        )
    return table


def _rank(rank: int | None) -> str:
    return "–" if rank is None else str(rank)


def _evidence(words: ComparingWords) -> Table:
    """What share of the size of the effects rests on which evidence."""
    cases = words.compared.cases
    met = {grade for one in cases.values() for grade in one.levelled.evidence}
    order = [grade for one in cases.values() for grade in one.levelled.evidence]
    grades = sorted(met, key=order.index)
    table = new_table(words.text("evidence.title", terms=words.terms))
    table.add_column(words.text("net.case"), min_width=12)
    table.add_column(words.text("evidence.shares"))
    for name, one in cases.items():
        said = [
            f"{words.grade(grade)} {words.percent(one.levelled.evidence[grade])}"
            for grade in grades
            if one.levelled.evidence.get(grade)
        ]
        table.add_row(Text(words.names[name]), Text(" · ".join(said) or "–"))
    return table


def _levelled(words: ComparingWords) -> Iterator[RenderableType]:
    """How many numbers each rule changed, and what it had to leave."""
    if words.compared.policy is None:
        return
    changed = (_changed(words, name, one) for name, one in words.compared.cases.items())
    yield from sentences_under(words.text("levelled.title"), changed)
    yield Text(words.text("levelled.caption"), style="dim")


def _changed(words: ComparingWords, name: str, one: ComparedCase) -> str:
    found = []
    for rule in words.compared.rules:
        count = sum(change.rule == rule for change in one.levelling.changes)
        if count:
            found.append(f"{words.rule(rule)} {count}")
    shown = words.names[name]
    if not found:
        return words.text("levelled.nothing", name=shown, left=len(one.levelling.left))
    changed = ", ".join(found)
    return words.text("levelled.some", name=shown, changed=changed, left=len(one.levelling.left))


def _unmonetised(words: ComparingWords) -> Iterator[str]:
    """What each case has that is not in euros."""
    for name, one in words.compared.cases.items():
        case = one.handed_in.case
        titles = [
            in_language(effect.title, words.language, key)
            for key, effect in case.effects.items()
            if not effect.monetised
        ]
        rest = len(titles) - MOST_LISTED
        listed = ", ".join(titles[:MOST_LISTED])
        key = "unpriced.more" if rest > 0 else "unpriced.some" if titles else "unpriced.none"
        yield words.text(key, name=words.names[name], titles=listed, count=rest)
