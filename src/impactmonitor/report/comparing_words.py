"""The words of a comparison: cases, actors, rules and amounts in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from impactmonitor import messages
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.messages import Language
from impactmonitor.model.policy import DEFAULT
from impactmonitor.model.record import in_language
from impactmonitor.proposals.compared import Compared, ComparedCase
from impactmonitor.proposals.levelled import Levelled, Unlevelled
from impactmonitor.report.formatting import money, number, percent

_ALMOST = 0.005


@dataclass(frozen=True)
class ComparingWords:
    """Texts and numbers of one comparison in one language.

    Parameters
    ----------
    compared : Compared
        Gives titles and the currency.
    language : {"nl", "en"}
        The reader's language.
    """

    compared: Compared
    language: Language

    def text(self, key: str, **params: object) -> str:
        """A text of the subject ``comparing``."""
        return messages.text(f"comparing.{key}", self.language, **params)

    @cached_property
    def names(self) -> dict[str, str]:
        """By case its title, with its id where another one has the same."""
        titles = {
            name: in_language(one.title, self.language, name)
            for name, one in self.compared.cases.items()
        }
        count = Counter(titles.values())
        return {n: t if count[t] == 1 else f"{t} ({n})" for n, t in titles.items()}

    def joined(self, cases: Sequence[str]) -> str:
        """Names in a sentence."""
        *first, last = (self.names[name] for name in cases)
        return self.text("and", first=", ".join(first), last=last) if first else last

    @property
    def _catalogue(self) -> Catalogue:
        return next(iter(self.compared.cases.values())).levelling.catalogue

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """All kinds of actors of all cases, in the order of the catalogue."""
        met = {kind for one in self.compared.cases.values() for kind in one.levelled.kinds}
        known = [kind for kind in self._catalogue.actors if kind in met]
        return (*known, *sorted(met.difference(known)))

    def kind(self, name: str) -> str:
        """The title of a kind of actor."""
        found = self._catalogue.actors.get(name)
        return in_language(found.title if found else None, self.language, name)

    def domain(self, name: str) -> str:
        """The title of a domain."""
        return in_language(self._catalogue.domains[name].title, self.language, name)

    def grade(self, name: str) -> str:
        """The title of a grade of evidence."""
        found = self._catalogue.evidence.get(name)
        if found is None:
            return self.text("evidence.not_stated")
        return in_language(found.title, self.language, name)

    def floor(self, name: str) -> str:
        """What a floor of a policy is for: a domain, an indicator, or all others."""
        if name == DEFAULT:
            return self.text("floors.default")
        found = self._catalogue.domains.get(name) or self._catalogue.indicators.get(name)
        return in_language(found.title if found else None, self.language, name)

    def actor(self, one: ComparedCase, name: str) -> str:
        """The title of an actor of a case."""
        return in_language(one.handed_in.case.actors[name].title, self.language, name)

    def framework(self, name: str) -> str:
        """The title of a framework that all cases answer."""
        return in_language(self.compared.scores[name].framework.title, self.language, name)

    def rule(self, name: str) -> str:
        """What a rule is called."""
        return self.text(f"rules.{name}")

    def line(self, one: ComparedCase, path: str) -> str:
        """The title of the line that a path lies in; for the case as a whole, what it is."""
        section, _, rest = path.partition(".")
        name = rest.partition(".")[0]
        if section == "effects" and name in one.handed_in.case.effects:
            return in_language(one.handed_in.case.effects[name].title, self.language, name)
        return self.text(f"places.{section}")

    def given(self, change: Levelled) -> tuple[str, str]:
        """A number before and after, as it is written."""
        return self._figure(change.given), self._figure(change.levelled)

    def _figure(self, value: float | str | None) -> str:
        return value if isinstance(value, str) else number(value, self.language)

    def note(self, one: ComparedCase, change: Levelled) -> str:
        """What there is to know about a change; empty where there is nothing."""
        if change.note is not None:
            return self.text(f"notes.{change.note}")
        policy = self.compared.policy
        if change.rule != "evidence" or policy is None:
            return ""
        evaluation = one.claimed.evaluation
        grade = evaluation.case.effects[change.path.split(".")[1]].evidence or "not-stated"
        share = self.percent(policy.evidence[grade])
        return self.text("notes.evidence", grade=self.grade(grade), share=share)

    def reason(self, left: Unlevelled) -> str:
        """Why something stayed as it was."""
        return self.text(f"reasons.{left.reason}")

    def money(self, value: float | None) -> str:
        """An amount in the currency of the comparison."""
        return money(value, self.compared.base.currency, self.language)

    def number(self, value: float | None, digits: int | None = None) -> str:
        """A plain number."""
        return number(value, self.language, digits)

    def percent(self, value: float | None) -> str:
        """A share, whole; a dash where there is none, and no 0 or 100 that is not quite that."""
        if value is not None and 0 < abs(value) < _ALMOST:
            return self.text("shares.few")
        if value is not None and 1 - _ALMOST < value < 1:
            return self.text("shares.most")
        return percent(None if value is None else round(value, 2), self.language)

    @property
    def terms(self) -> str:
        """Whose numbers the tables hold: those of the policy, or the cases' own."""
        return self.text(f"terms.{'claimed' if self.compared.policy is None else 'levelled'}")

    def basis(self) -> str:
        """In what everything is compared, in one sentence."""
        base = self.compared.base
        key = "basis.scheme" if base.scheme is not None else "basis.own_rates"
        return self.text(
            key,
            currency=base.currency,
            price_year=base.price_year,
            base_year=base.base_year,
            scheme=base.scheme,
        )

    def policy(self) -> str:
        """Which policy it was levelled by, or that it was not."""
        policy = self.compared.policy
        if policy is None:
            return self.text("policy.none")
        title = in_language(policy.title, self.language, policy.id)
        source = in_language(policy.source, self.language)
        return self.text("policy.one", title=title, edition=policy.edition, source=source)
