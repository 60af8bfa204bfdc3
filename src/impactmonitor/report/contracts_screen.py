"""Contracts for outcomes on screen: who pays whom what for which result, and who may lose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor import messages
from impactmonitor.evaluation import Evaluation
from impactmonitor.financing.contract_results import ContractResult
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.report.tables import largest_unit, new_table, numeric
from impactmonitor.report.uncertainty_sentences import how_often
from impactmonitor.report.words import Words

WIDEST = 22
"""Characters that the amounts of the table may take on a screen of 80 columns."""
MOST_RETURN = 10.0
"""Higher returns are not told apart."""


def contracts_screen(
    evaluation: Evaluation, results: Mapping[str, ContractResult], language: Language
) -> list[RenderableType]:
    """What there is to say of all contracts of a case; nothing where it has none.

    Parameters
    ----------
    evaluation : Evaluation
        The point estimate, for titles and units.
    results : mapping from str to ContractResult
        From ``contracts_of`` for this evaluation.
    language : {"nl", "en"}
        The reader's language.

    Returns
    -------
    list of renderable
        For a rich console.
    """
    found: list[RenderableType] = []
    for one in results.values():
        found += _Told(one, Words(evaluation, language)).parts()
    if results:
        draws = next(iter(results.values())).draws
        words = Words(evaluation, language)
        text = messages.text(
            "contracts.beside",
            language,
            draws=words.number(draws, 0),
            price_year=evaluation.case.price_year,
        )
        found.append(Padding(Text(text, style="dim"), (0, 0, 1, 0)))
    return found


@dataclass(frozen=True)
class _Told:
    """One contract with the words for it."""

    result: ContractResult
    words: Words

    def parts(self) -> Iterator[RenderableType]:
        """All that is said of it, the answer first."""
        title = in_language(self.result.contract.title, self.words.language, self.result.id)
        yield Text(self.text("title", title=title), style="bold")
        yield Padding(Text(" ".join(self._answer()), style="bold"), (0, 0, 1, 0))
        yield Padding(Text(" ".join(self._details())), (0, 0, 1, 0))
        if self.result.tiers:
            yield self._tiers()

    def text(self, key: str, **params: object) -> str:
        """A text about contracts."""
        return messages.text(f"contracts.{key}", self.words.language, **params)

    def often(self, share: float) -> str:
        """A share of the draws in a sentence."""
        return how_often(share, self.words.language)

    # the answer -----------------------------------------------------------------------------------

    def _answer(self) -> Iterator[str]:
        one, words = self.result, self.words
        contract = one.contract
        first, last = one.years[0], one.years[-1]
        yield self.text(
            "who",
            payer=words.actor(contract.payer),
            provider=words.actor(contract.provider),
            years=str(first) if first == last else f"{first}–{last}",
            prices=self._prices(contract.prices),
        )
        key = "expected" if contract.cap is None else "expected_cap"
        yield self.text(key, paid=words.money(one.paid.mean), cap=words.money(contract.cap))
        yield self._saving()
        yield self._highest()

    def _prices(self, prices: Mapping[str, float]) -> str:
        """Every price with what it is paid for, in one enumeration."""
        *others, last = (self._price(effect, price) for effect, price in prices.items())
        return self.text("and", first=", ".join(others), last=last) if others else last

    def _price(self, effect: str, price: float) -> str:
        words, baseline = self.words, self.result.contract.baseline.get(effect, 0.0)
        return self.text(
            "price_above" if baseline else "price",
            price=words.money(price),
            unit=self._unit(effect),
            baseline=words.number(baseline),
            effect=words.line(effect),
        )

    def _unit(self, effect: str) -> str:
        evaluation = self.words.evaluation
        assert isinstance(evaluation, Evaluation)
        resolved = evaluation.appraised.resolved
        name = resolved.effects[effect].unit
        known = resolved.units.get(name)
        return name if known is None else in_language(known.title, self.words.language, name)

    def _saving(self) -> str:
        one, words = self.result, self.words
        payer, mean = words.actor(one.contract.payer), one.saving.mean
        if one.saving.sd == 0:
            key = "even_surely" if mean == 0 else "keeps_surely" if mean > 0 else "short_surely"
        else:
            key = "keeps" if mean >= 0 else "short"
        often = self.often(one.chance_of_saving)
        return self.text(key, payer=payer, amount=words.money(abs(mean)), often=often)

    def _highest(self) -> str:
        found, words = self.result.highest_price, self.words
        key = found.reason or ("one" if len(found.prices) == 1 else "several")
        return self.text(
            f"highest.{key}",
            payer=words.actor(self.result.contract.payer),
            chance=words.percent(found.probability),
            factor=words.number(found.factor),
            prices=self._prices(found.prices) if found.prices else "",
        )

    # what it rests on -----------------------------------------------------------------------------

    def _details(self) -> Iterator[str]:
        one, words = self.result, self.words
        contract = one.contract
        if one.at_cap:
            yield self.text("at_cap", often=self.often(one.at_cap))
        if contract.floor:
            floor = words.money(contract.floor)
            yield self.text("at_floor", floor=floor, often=self.often(one.at_floor))
        payer = words.actor(contract.payer)
        yield self.text("saving_note", payer=payer, cash=words.money(one.cash.mean))
        if one.tiers:
            yield self.text(
                "investors_all" if one.tiers[-1].rate is None else "investors",
                invested=words.money(sum(tier.amount for tier in one.tiers)),
                rest=words.money(one.rest.mean),
                provider=words.actor(contract.provider),
            )
        if contract.guarantee:
            yield self.text(
                "guarantee",
                guarantor=words.actor(one.guarantor),
                guarantee=words.money(contract.guarantee),
                called=words.money(one.called.mean),
            )

    def _tiers(self) -> Table:
        words, tiers = self.words, self.result.tiers
        amounts = [[tier.amount, tier.received.mean] for tier in tiers]
        unit = largest_unit(amounts, words, WIDEST)
        table = new_table(self.text("tiers.title", currency=words.currency(unit)))
        table.add_column(self.text("tiers.actor"), overflow="fold", min_width=12)
        heads = ("amount", "received", "expected", "low", "high", "repaid")
        numeric(table, *(self.text(f"tiers.{head}") for head in heads))
        for tier, row in zip(tiers, amounts, strict=True):
            rates = (tier.return_on_expected, tier.internal_rate.p05, tier.internal_rate.p95)
            table.add_row(
                words.actor(tier.actor),
                *(words.amount(amount, unit) for amount in row),
                *(self._rate(rate) for rate in rates),
                words.percent(round(tier.repaid, 2)),
            )
        table.caption = self.text("tiers.caption")
        return table

    def _rate(self, rate: float) -> str:
        """A return in the table; beyond what anybody would compare, only that it is more."""
        if rate > MOST_RETURN:
            return f"> {self.words.percent(MOST_RETURN)}"
        return self.words.percent(round(rate, 3) + 0.0)  # never -0
