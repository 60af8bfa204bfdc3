"""Any printed number, unfolded: what it is, of which lines it is made, on which inputs they rest.

Three steps at most: number → lines → inputs, and every input says its source or that it is an
assumption of the case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from impactmonitor.appraisal.arrays import Array, Flags
from impactmonitor.appraisal.incidence import split
from impactmonitor.appraisal.layout import DOMAINS
from impactmonitor.appraisal.ledger import Ledger
from impactmonitor.appraisal.metrics import METRICS
from impactmonitor.appraisal.program import BENEFIT, COST
from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.result import NOT_STATED
from impactmonitor.messages import Language
from impactmonitor.problems import NotFound, Problem, nearest
from impactmonitor.report.document import document
from impactmonitor.report.explained_inputs import case_input, inputs_of
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
    kind : {"money", "ratio", "rate", "year", "quantity", "plain"}
        How people write it.
    parts : tuple of dict
        The lines: id, title, contribution, formula, and their inputs (path, value, origin).
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
    return _Explainer(evaluation, Words(evaluation, language)).explain(path)


class _Explainer:
    def __init__(self, evaluation: Evaluation, words: Words) -> None:
        self.evaluation = evaluation
        self.words = words

    def explain(self, path: str) -> Explanation:
        keys = path.split(".")
        handlers = {
            "totals": self._total,
            "actors": self._party,
            "perspectives": self._party,
            "domains": self._domain,
            "lines": self._line,
            "years": self._year,
            "evidence": self._evidence,
            "unmonetised": self._line,
        }
        try:
            if keys[0] in ("scenarios", "alternatives") and len(keys) > 2:
                variants: Mapping[str, Evaluation] = getattr(self.evaluation, keys[0])
                inner = _Explainer(variants[keys[1]], Words(variants[keys[1]], self.words.language))
                found = inner.explain(".".join(keys[2:]))
                return Explanation(**{**found.__dict__, "path": path})
            if keys[0] in handlers and len(keys) > 1:
                found_here = handlers[keys[0]](path, keys)
                if found_here is not None:
                    return found_here
            return self._input(path)
        except (KeyError, ValueError, IndexError):
            known = printed_paths(document(self.evaluation))
            params = {"path": path, "nearest": nearest(path, known)}
            raise NotFound(Problem("unknown-number", path, params)) from None

    # the lines that a number is made of ---------------------------------------------------------

    def _parts(self, contributions: Array) -> tuple[dict[str, Any], ...]:
        """One part per line that contributes; a single column of amounts by line."""
        lines = self.evaluation.appraised.compiled.lines
        chosen = [(n, float(c)) for n, c in zip(lines, contributions, strict=True) if c != 0]
        return tuple(self._part(name, contribution) for name, contribution in chosen)

    def _part(self, name: str, contribution: float | None) -> dict[str, Any]:
        case = self.evaluation.case
        kind = "cost" if name in case.costs else "transfer"
        if name in case.effects:
            kind = "effect" if case.effects[name].monetised else "unmonetised"
        elif name not in case.lines():
            kind = "excess-burden"
        return {
            "id": name,
            "title": self.words.line(name),
            "contribution": contribution,
            "formula": self.words.text(f"explain.{kind}"),
            "inputs": list(inputs_of(self.evaluation, self.words, name)),
        }

    def _described(
        self, path: str, group: str, name: str, value: Any, kind: str, parts: Any
    ) -> Explanation:
        title, definition, formula = (
            self.words.metric(group, name, part) for part in ("title", "definition", "formula")
        )
        return Explanation(path, title, definition, formula, value, kind, tuple(parts))

    def _total(self, path: str, keys: list[str]) -> Explanation:
        name = keys[1]
        metric = METRICS[name]
        value = document(self.evaluation)["totals"][name]
        a = self.evaluation.appraised
        ledger = a.most_likely if name == "most_likely_net_present_value" else a.ledger
        amounts = ledger.beyond[:, 0] if name == "beyond_horizon" else ledger.present[:, 0]
        roles = {"costs": (COST,), "benefits": (BENEFIT,)}.get(name, (BENEFIT, COST))
        signs = _signs(ledger, roles, is_net=len(roles) > 1)
        return self._described(
            path, "totals", name, value, metric.kind, self._parts(amounts * signs)
        )

    def _party(self, path: str, keys: list[str]) -> Explanation | None:
        if len(keys) < 3 or keys[2] not in _PARTY_COLUMNS:
            return None
        group, name, column = keys[:3]
        evaluation = self.evaluation
        parties = evaluation.by_actor if group == "actors" else evaluation.by_perspective
        value = getattr(parties[name], column)
        offset = 0 if group == "actors" else len(evaluation.by_actor)
        index = offset + list(parties).index(name)
        a = evaluation.appraised
        parts = self._of_party(index, column, a.ledger.present[:, :1], a.ledger.is_turned[:, :1])
        kind = "ratio" if column == "benefit_cost_ratio" else "money"
        return self._described(path, "party", column, value, kind, parts)

    def _of_party(self, index: int, column: str, amounts: Array, is_turned: Flags) -> Any:
        """The parts of a party's number: the split of each line on its own."""
        a = self.evaluation.appraised
        lines = len(a.compiled.lines)
        alone = np.diag(amounts[:, 0])
        turned = np.broadcast_to(is_turned, (len(is_turned), lines))
        found = split(a.compiled.program, alone, a.ledger.slots[:, :1], turned)
        return self._parts(_PARTY_COLUMNS[column](found)[index])

    def _domain(self, path: str, keys: list[str]) -> Explanation:
        _, name, column = keys
        value = getattr(self.evaluation.domain_results()[name], column)
        ledger = self.evaluation.appraised.ledger
        roles = {"costs": (COST,), "benefits": (BENEFIT,), "net": (BENEFIT, COST)}[column]
        inside = ledger.program.line_domain == DOMAINS.index(name)
        signs = _signs(ledger, roles, is_net=column == "net") * inside
        parts = self._parts(ledger.present[:, 0] * signs)
        return self._described(path, "domain", column, value, "money", parts)

    def _line(self, path: str, keys: list[str]) -> Explanation:
        name = keys[1]
        result = next(line for line in self._results() if line.id == name)
        column = keys[2] if len(keys) > 2 else "present_value"
        if len(keys) == 2 and result.present_value is None:
            column = "quantity"
        value: Any = getattr(result, column)
        if column == "quantity" and value is not None:
            value = value[int(keys[3])] if len(keys) > 3 else sum(value.values())
        kind = "money" if column == "present_value" else "quantity"
        return self._described(path, "line", column, value, kind, [self._part(name, value)])

    def _results(self) -> Any:
        found = self.evaluation.line_results()
        if not found:
            raise KeyError
        return found

    def _year(self, path: str, keys: list[str]) -> Explanation:
        a = self.evaluation.appraised
        index = a.years.index(int(keys[1]))
        amounts = a.ledger.within[:, index, :1]
        if keys[2] == "actors":
            party, column = list(self.evaluation.by_actor).index(keys[3]), keys[4]
        else:
            party, column = len(a.compiled.parties) - 1, keys[2]
        year = self.evaluation.year_results()[index]
        if keys[2] == "actors":
            value = dict(zip(("net", "cash_net"), year.actors[keys[3]], strict=True))[column]
        else:
            value = {"costs": year.costs, "benefits": year.benefits}[column]
        parts = self._of_party(party, column, amounts, a.ledger.is_turned[:, :1])
        return self._described(path, "year", column, value, "money", parts)

    def _evidence(self, path: str, keys: list[str]) -> Explanation:
        value = self.evaluation.evidence_results()[keys[1]]
        parts = [
            self._part(line.id, line.present_value)
            for line in self.evaluation.line_results()
            if line.kind == "effect"
            and line.present_value is not None
            and line.domain is not None
            and (self.evaluation.case.effects[line.id].evidence or NOT_STATED) == keys[1]
        ]
        return self._described(path, "line", "present_value", value, "money", parts)

    def _input(self, path: str) -> Explanation:
        found = case_input(self.evaluation, self.words, path)
        return Explanation(
            path, found["title"], "", "", found["value"], "plain", origin=found["origin"]
        )


_PARTY_COLUMNS = {
    "costs": lambda s: s.costs,
    "benefits": lambda s: s.benefits,
    "transfers": lambda s: s.transfers,
    "transfers_received": lambda s: s.received,
    "transfers_paid": lambda s: s.paid,
    "benefits_confirmed": lambda s: s.confirmed,
    "net": lambda s: s.net,
    "cash_net": lambda s: s.cash,
    "benefit_cost_ratio": lambda s: s.net,
}


def _signs(ledger: Ledger, roles: tuple[int, ...], is_net: bool) -> Array:
    """+1 for lines of the wanted roles, -1 for costs in a net result, 0 for the others."""
    role = ledger.program.line_role
    wanted = np.isin(role, roles).astype(float)
    result: Array = np.where((role == COST) & is_net, -wanted, wanted)
    return result


def printed_paths(tree: Mapping[str, Any]) -> list[str]:
    """The paths of all numbers of a result, years by their number.

    Examples
    --------
    >>> printed_paths({"totals": {"costs": 1.0}, "years": [{"year": 2025, "costs": 1.0}]})
    ['totals.costs', 'years.2025.costs']
    """
    return list(_walk("", tree))


def _walk(path: str, node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key not in ("checks", "warnings", "line", "year"):
                yield from _walk(f"{path}.{key}" if path else str(key), value)
    elif isinstance(node, list):
        for i, value in enumerate(node):
            has_key = isinstance(value, Mapping)
            key = value.get("year", value.get("id", i)) if has_key else i
            yield from _walk(f"{path}.{key}", value)
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield path
