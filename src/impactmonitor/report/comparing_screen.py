"""A comparison on screen: the answer, net value with bars, and all that stands beside it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor.appraisal.layout import DOMAINS
from impactmonitor.messages import Language
from impactmonitor.proposals.compared import Compared
from impactmonitor.proposals.levelled import RULES
from impactmonitor.report.comparing_beside_screen import beside
from impactmonitor.report.comparing_words import ComparingWords
from impactmonitor.report.tables import bar, new_table, numeric

BAR = 9


def comparing_screen(compared: Compared, language: Language) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor compare`` shows, the answer first.

    Parameters
    ----------
    compared : Compared
        Of two cases or more.
    language : {"nl", "en"}
        The reader's language.

    Yields
    ------
    renderable
        For a rich console; plain text when it goes to a file.
    """
    words = ComparingWords(compared, language)
    yield Text(words.text("title", count=len(compared.cases)), style="bold")
    yield Text(words.basis(), style="dim")
    yield Text(words.policy(), style="dim")
    yield Padding(Text(comparing_headline(compared, language)), (1, 0))
    yield _net(words)
    if compared.policy is not None or _is_moved(compared):
        yield _bridge(words)
    yield _figures(words)
    yield Padding(Text(words.text("figures.caption"), style="dim"), (0, 0, 1, 0))
    yield _domains(words)
    yield from beside(words)


def comparing_headline(compared: Compared, language: Language) -> str:
    """Which case has the highest net value, how firm that is, and what levelling did to it.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.proposals.comparing import compare_cases
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> later = case.model_copy(update={"id": "later", "title": "Later", "base_year": 1993})
    >>> found = compare_cases([evaluate(case), evaluate(later)], draws=0)
    >>> comparing_headline(found, "en")
    'Later and Perry Preschool programme at age 27 share the highest net value: US$95,646.'
    """
    words = ComparingWords(compared, language)
    ranks, claimed = compared.ranks["net_present_value"], compared.claimed_ranks
    best = [name for name, rank in ranks.items() if rank == 1]
    net = words.money(compared.cases[best[0]].levelled.amount("net_present_value"))
    names = words.joined(best)
    key = "headline.first" if len(best) == 1 else "headline.shared"
    said = [words.text(key, names=names, net=net)]
    shares = compared.robustness.shares
    if shares is not None and len(best) == 1:
        often = words.percent(shares[best[0]][0])
        said.append(words.text("headline.often", often=often))
    own = [name for name, rank in claimed["net_present_value"].items() if rank == 1]
    if own != best:
        claimants = words.joined(own)
        said.append(words.text("headline.claimed", names=claimants))
    return " ".join(said)


def _is_moved(compared: Compared) -> bool:
    return any(one.levelling.changes for one in compared.cases.values())


def _title(words: ComparingWords, name: str) -> Text:
    return Text(words.names[name], overflow="fold")


def _net(words: ComparingWords) -> Table:
    """Claimed beside levelled, with a bar and how often each comes first."""
    compared = words.compared
    text = words.text
    table = new_table(text("net.title", currency=compared.base.currency))
    numeric(table, text("net.rank"))
    table.add_column(text("net.case"), min_width=12)
    table.add_column("", no_wrap=True)
    if compared.policy is None:
        numeric(table, text("net.claimed"))
    else:
        numeric(table, text("net.claimed"), text("net.levelled"), text("net.claimed_rank"))
    if compared.robustness.shares is not None:
        numeric(table, text("net.first"))
    ranks, claimed = (r["net_present_value"] for r in (compared.ranks, compared.claimed_ranks))
    largest = max(abs(one.levelled.amount("net_present_value")) for one in compared.cases.values())
    for name, one in compared.cases.items():
        net = one.levelled.amount("net_present_value")
        row: list[str | Text] = [
            words.number(ranks[name], 0),
            _title(words, name),
            bar(net, largest, BAR),
            words.number(one.claimed.amount("net_present_value"), 0),
        ]
        if compared.policy is not None:
            row += [words.number(net, 0), words.number(claimed[name], 0)]
        if compared.robustness.shares is not None:
            row.append(words.percent(compared.robustness.shares[name][0]))
        table.add_row(*row)
    return table


def _bridge(words: ComparingWords) -> Table:
    """From a case's own terms to the levelled result, rule by rule."""
    compared = words.compared
    rules = [rule for rule in RULES if rule in compared.rules]
    table = new_table(words.text("bridge.title", currency=compared.base.currency))
    table.add_column(words.text("net.case"), min_width=12)
    numeric(table, words.text("bridge.start"), *(words.text(f"bridge.{r}") for r in rules))
    numeric(table, words.text("bridge.end"))
    for name, one in compared.cases.items():
        moved = [one.bridge.rules[rule].totals["net_present_value"] for rule in rules]
        table.add_row(
            _title(words, name),
            words.number(one.bridge.start["net_present_value"], 0),
            *("–" if amount == 0 else words.number(amount, 0) for amount in moved),
            words.number(one.bridge.end["net_present_value"], 0),
        )
    return table


def _figures(words: ComparingWords) -> Table:
    """What else there is to say of each case in numbers, on the levelled terms."""
    text, compared = words.text, words.compared
    table = new_table(text("figures.title", terms=words.terms))
    table.add_column(text("net.case"), min_width=12)
    keys = ("ratio", "annual", "cash", "payback", "confirmed", "horizon")
    numeric(table, *(text(f"figures.{key}") for key in keys))
    table.add_column(text("figures.worst"), overflow="fold", min_width=15)
    for name, one in compared.cases.items():
        figures = one.levelled.figures
        worst = "–"
        if one.chances is not None and one.chances.worst_payer is not None:
            chance = words.percent(one.chances.worst_chance_of_loss)
            worst = f"{words.actor(one, one.chances.worst_payer)} {chance}"
        table.add_row(
            _title(words, name),
            words.number(figures["benefit_cost_ratio"], 2),
            words.number(figures["equivalent_annual_value"], 0),
            words.number(figures["cash_net"], 0),
            words.number(figures["payback_years"], 0),
            words.percent(figures["confirmed_share"]),
            words.number(one.levelled.evaluation.case.horizon, 0),
            Text(worst),
        )
    return table


def _domains(words: ComparingWords) -> Table:
    table = new_table(
        words.text("domains.title", currency=words.compared.base.currency, terms=words.terms)
    )
    table.add_column(words.text("net.case"), min_width=12)
    numeric(table, *(words.domain(name) for name in DOMAINS))
    for name, one in words.compared.cases.items():
        amounts = (words.number(one.levelled.domains[domain], 0) for domain in DOMAINS)
        table.add_row(_title(words, name), *amounts)
    return table
