"""Any printed number, unfolded: what it is, of which lines it is made, on which inputs they rest.

Three steps at most: number → lines → inputs, and every input says its source or that it is an
assumption of the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from impactmonitor.appraisal.metrics import METRICS
from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.contributions import (
    PARTY_COLUMNS,
    UNDISCOUNTED,
    YEAR_ACTOR_COLUMNS,
    YEAR_COLUMNS,
    Contribution,
    annuity,
    last_moment,
    line_amount,
    to_domain,
    to_evidence,
    to_party,
    to_total,
    to_year,
)
from impactmonitor.messages import Language
from impactmonitor.model.legs import Leg
from impactmonitor.problems import NotFound, Problem, nearest
from impactmonitor.report.document import document, plain_value
from impactmonitor.report.explained_financing import financing_number
from impactmonitor.report.explained_inputs import Measure, choice_row, inputs_of, rate_rows
from impactmonitor.report.explained_places import place_in_case
from impactmonitor.report.explained_scores import answer_rows
from impactmonitor.report.origin import Origins
from impactmonitor.report.printed import printed_paths, value_at
from impactmonitor.report.scores_document import scores_document
from impactmonitor.report.words import Words


@dataclass(frozen=True)
class Explanation:
    """A number and what it is made of.

    Attributes
    ----------
    path : str
        As it was asked for.
    title, definition, formula : str
        What the number is, in words.
    value : object
        As it stands in the JSON; None where there is no value.
    kind : {"money", "balance", "ratio", "rate", "year", "quantity", "plain"}
        How people write it; a balance is an amount that is no sum of its parts.
    parts : tuple of dict
        The lines: id, title, contribution, counts_as (benefit, cost, received or paid), by_year,
        formula, and their inputs (path, value, origin).
    inputs : tuple of dict
        What goes into the number beside the lines.
    origin : str
        For an input itself: where it comes from.
    """

    path: str
    title: str
    definition: str
    formula: str
    value: Any
    kind: str
    parts: tuple[dict[str, Any], ...] = ()
    inputs: tuple[dict[str, Any], ...] = ()
    origin: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


def explain(evaluation: Evaluation, path: str, language: Language = "en") -> Explanation:
    """Unfold a printed number.

    Parameters
    ----------
    evaluation : Evaluation
        The result in which it stands.
    path : str
        For example ``actors.insurer.net``, ``lines.courses``, ``totals.benefit_cost_ratio``,
        ``years.2026.costs``, ``scenarios.bad.totals.costs``, or a place in the case.
    language : {"nl", "en"}
        The reader's language.

    Raises
    ------
    NotFound
        If no such number is printed.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> result = evaluate(load_case(folder("examples") / "perry-age-27" / "case.yaml"))
    >>> explain(result, "actors.public.costs").parts[0]["contribution"]
    12356.0
    """
    found = _explained(evaluation, path.split("."), language)
    if found is None:
        params = {"path": path, "nearest": nearest(path, printed_paths(document(evaluation)))}
        raise NotFound(Problem("unknown-number", path, params))
    return replace(found, path=path)


def _explained(evaluation: Evaluation, keys: list[str], language: Language) -> Explanation | None:
    if keys[0] in ("scenarios", "alternatives") and len(keys) > 2:
        variants: Mapping[str, Evaluation] = getattr(evaluation, keys[0])
        inner = variants.get(keys[1])
        return None if inner is None else _explained(inner, keys[2:], language)
    is_most_likely = keys[:2] == ["totals", "most_likely_net_present_value"]
    origins = Origins(evaluation, Words(evaluation, language), is_most_likely)
    printed = _Explainer(evaluation, origins).explain(keys)
    if printed is not None:
        return printed
    row = place_in_case(origins, ".".join(keys))
    if row is None:
        return None
    return Explanation(
        row["path"], row["path"], "", "", row["value"], "plain", origin=row["origin"]
    )


class _Explainer:
    """Unfolds the numbers of a result; None for a path at which there is none."""

    def __init__(self, evaluation: Evaluation, origins: Origins) -> None:
        self.evaluation = evaluation
        self.origins = origins
        self.words = origins.words

    def explain(self, keys: list[str]) -> Explanation | None:
        """The number at a path."""
        handlers = {
            "totals": self._total,
            "actors": self._party,
            "perspectives": self._party,
            "domains": self._domain,
            "lines": self._line,
            "years": self._year,
            "evidence": self._evidence,
            "sureness": self._sureness,
            "financing": self._financing,
            "scores": self._score,
            "unmonetised": self._line,
        }
        handler = handlers.get(keys[0])
        return handler(keys) if handler is not None and len(keys) > 1 else None

    def _parts(
        self, contributions: Iterable[Contribution], measure: Measure = "present"
    ) -> tuple[dict[str, Any], ...]:
        return tuple(
            {
                **self._part(c.line, c.amount, measure),
                "counts_as": c.counts_as,
                "by_year": dict(c.by_year),
            }
            for c in contributions
        )

    def _part(self, name: str, contribution: float | None, measure: Measure) -> dict[str, Any]:
        return {
            "id": name,
            "title": self.words.line(name),
            "contribution": contribution,
            "formula": self._formula(name, measure),
            "inputs": inputs_of(self.origins, name, measure),
        }

    def _formula(self, name: str, measure: Measure) -> str:
        case = self.evaluation.case
        kind = "cost" if name in case.costs else "transfer"
        if name in case.effects:
            kind = "effect"
        elif name not in case.lines():
            kind = "excess-burden"
        elif isinstance(case.transfers.get(name), Leg):
            kind = "leg"
        if measure == "quantity":
            return self.words.text("explain.quantity")
        what = self.words.text(
            "explain.quantity" if measure == "discounted_quantity" else f"explain.{kind}"
        )
        key = "present" if measure == "discounted_quantity" else measure
        return self.words.text(f"explain.sums.{key}", what=what)

    def _described(
        self, group: str, name: str, value: Any, kind: str, parts: tuple[dict[str, Any], ...]
    ) -> Explanation:
        title, definition, formula = (
            self.words.metric(group, name, part) for part in ("title", "definition", "formula")
        )
        return Explanation("", title, definition, formula, value, kind, parts)

    def _total(self, keys: list[str]) -> Explanation | None:
        name = keys[1]
        if name not in METRICS:
            return None
        is_there, value = value_at(plain_value(self.evaluation.totals[name]), keys[2:])
        if not is_there:
            return None
        measure: Measure = "beyond" if name == "beyond_horizon" else "present"
        measure = "undiscounted" if name in UNDISCOUNTED else measure
        parts = self._parts(to_total(self.evaluation, name), measure)
        found = self._described("totals", name, value, METRICS[name].kind, parts)
        return replace(found, inputs=tuple(self._beside_lines(name)))

    def _beside_lines(self, name: str) -> Iterator[dict[str, Any]]:
        """What goes into a total beside the lines."""
        text = self.words.text
        computed = text("explain.computed")
        last = last_moment(self.evaluation)
        if name == "equivalent_annual_value":
            amount = annuity(self.evaluation)
            yield {"path": text("explain.annuity"), "value": amount, "origin": computed}
            yield from rate_rows(self.origins, "standard")
        elif name == "modified_internal_rate_of_return" and last is not None:
            for key, amount in zip(("last_moment", "last_factor"), last, strict=True):
                yield {"path": text(f"explain.{key}"), "value": amount, "origin": computed}
            yield from rate_rows(self.origins, "standard")
        elif name.startswith("payback_year"):
            yield choice_row(self.origins, "base_year", self.evaluation.case.base_year)

    def _party(self, keys: list[str]) -> Explanation | None:
        evaluation = self.evaluation
        is_actor = keys[0] == "actors"
        parties = evaluation.by_actor if is_actor else evaluation.by_perspective
        if len(keys) != 3 or keys[1] not in parties or keys[2] not in PARTY_COLUMNS:
            return None
        name, column = keys[1:]
        party = list(parties).index(name) + (0 if is_actor else len(evaluation.by_actor))
        parts = self._parts(to_party(evaluation, party, column))
        kind = "ratio" if column == "benefit_cost_ratio" else "money"
        return self._described("party", column, getattr(parties[name], column), kind, parts)

    def _domain(self, keys: list[str]) -> Explanation | None:
        domains = self.evaluation.domain_results()
        if len(keys) != 3 or keys[1] not in domains or keys[2] not in ("costs", "benefits", "net"):
            return None
        parts = self._parts(to_domain(self.evaluation, keys[1], keys[2]))
        value = getattr(domains[keys[1]], keys[2])
        return self._described("domain", keys[2], value, "money", parts)

    def _line(self, keys: list[str]) -> Explanation | None:
        name, of_line = keys[1], keys[2:]
        effect = self.evaluation.case.effects.get(name)
        if keys[0] == "unmonetised" and (effect is None or effect.monetised):
            return None
        if not of_line:
            is_counted = effect is not None and not effect.monetised
            of_line = ["quantity"] if is_counted else ["present_value"]
        is_there, value = line_amount(self.evaluation, name, of_line)
        if not is_there:
            return None
        column = of_line[0]
        measures: dict[str, Measure] = {
            "quantity": "quantity", "discounted_quantity": "discounted_quantity"
        }  # fmt: skip
        part = self._part(name, value, measures.get(column, "present"))
        kind = "money" if column == "present_value" else "quantity"
        return self._described("line", column, value, kind, (part,))

    def _year(self, keys: list[str]) -> Explanation | None:
        years = {str(year.year): year for year in self.evaluation.year_results()}
        year = years.get(keys[1])
        if year is None:
            return None
        actor, column = None, keys[-1]
        value: float | None = None
        if len(keys) == 3 and column in YEAR_COLUMNS:
            value = getattr(year, column)
        elif len(keys) == 5 and keys[2] == "actors" and column in YEAR_ACTOR_COLUMNS:
            actor = keys[3]
            amounts = year.actors.get(keys[3])
            value = amounts[YEAR_ACTOR_COLUMNS.index(column)] if amounts else None
        if value is None:
            return None
        parts = self._parts(to_year(self.evaluation, year.year, column, actor), "year")
        return self._described("year", column, value, "money", parts)

    def _score(self, keys: list[str]) -> Explanation | None:
        is_there, value = value_at(scores_document(self.evaluation.scores), keys[1:])
        if not is_there or isinstance(value, dict) or len(keys) < 3:
            return None
        found = self._described("scores", "framework", value, "plain", ())
        return replace(found, inputs=tuple(answer_rows(self.origins, keys[1], keys[-2])))

    def _financing(self, keys: list[str]) -> Explanation | None:
        number = financing_number(self.origins, keys[1:])
        if number is None:
            return None
        parts = self._parts(number.contributions)
        found = self._described(number.group, number.name, number.value, number.kind, parts)
        return replace(found, inputs=number.inputs)

    def _sureness(self, keys: list[str]) -> Explanation | None:
        is_there, value = value_at(document(self.evaluation)["sureness"], keys[1:])
        if not is_there or isinstance(value, dict):
            return None
        path, origin = ".".join(keys), self.words.text(f"sureness.counted.{keys[1]}")
        return Explanation(path, path, "", "", value, "plain", origin=origin)

    def _evidence(self, keys: list[str]) -> Explanation | None:
        sizes = self.evaluation.evidence_results()
        if len(keys) != 2 or keys[1] not in sizes:
            return None
        parts = self._parts(to_evidence(self.evaluation, keys[1]))
        return self._described("line", "present_value", sizes[keys[1]], "money", parts)
