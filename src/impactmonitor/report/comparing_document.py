"""The one maker of the JSON object about a comparison of cases."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.proposals.compared import Compared, ComparedCase, Ranks
from impactmonitor.proposals.rule_bridge import RuleBridge
from impactmonitor.proposals.standing import Standing
from impactmonitor.report.document import document, problem_list
from impactmonitor.version import __version__


def comparing_document(compared: Compared, language: Language = "en") -> dict[str, Any]:
    """A comparison as one object of plain values.

    Parameters
    ----------
    compared : Compared
        Of two cases or more.
    language : {"nl", "en"}
        Of titles and messages; numbers and names are the same in both.

    Returns
    -------
    dict
        As ``impactmonitor compare CASE... --json`` prints it; numbers are not rounded. Amounts are
        in the money and at the moment of ``base``, those of ``handed_in`` in the case's own.
        Shares and chances are from 0 to 1, scores from 0 to 100. The cases are in the order of
        their levelled net present value.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.proposals.comparing import compare_cases
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> twin = case.model_copy(update={"id": "twin"})
    >>> found = comparing_document(compare_cases([evaluate(case), evaluate(twin)], draws=0))
    >>> found["cases"]["twin"]["claimed"]["benefits"], found["cases"]["twin"]["ranks"]["cash_net"]
    (108002.0, 1)
    """
    base, policy = compared.base, compared.policy
    shares = compared.robustness.shares
    return {
        "base": {
            "currency": base.currency,
            "price_year": base.price_year,
            "base_year": base.base_year,
            "discount_scheme": base.scheme,
        },
        "policy": None
        if policy is None
        else {
            "id": policy.id,
            "title": in_language(policy.title, language),
            "edition": policy.edition,
            "source": in_language(policy.source, language),
        },
        "engine": __version__,
        "draws": compared.draws,
        "seed": compared.seed,
        "rules": list(compared.rules),
        "cases": {
            name: {
                **_case(one, compared, language),
                "ranks": _ranks_of(name, compared.ranks),
                "claimed_ranks": _ranks_of(name, compared.claimed_ranks),
                "rank_shares": None if shares is None else list(shares[name]),
            }
            for name, one in compared.cases.items()
        },
        "ranks_without": {rule: dict(r) for rule, r in compared.robustness.without.items()},
        "net_present_value_without": {
            rule: dict(values) for rule, values in compared.robustness.net_without.items()
        },
        "warnings": problem_list(compared.warnings, language),
    }


def _case(one: ComparedCase, compared: Compared, language: Language) -> dict[str, Any]:
    given = one.handed_in
    whole = document(given, language)
    return {
        "title": in_language(one.title, language),
        "handed_in": {
            "currency": given.case.currency,
            "price_year": given.case.price_year,
            "base_year": given.case.base_year,
            "horizon": given.case.horizon,
            "discount_scheme": given.appraised.resolved.scheme_id,
            "totals": whole["totals"],
        },
        "price_factor": one.price_factor,
        "start_factor": one.start_factor,
        "claimed": _standing(one.claimed),
        "levelled": _standing(one.levelled),
        "bridge": _bridge(one.bridge),
        "changes": [asdict(change) for change in one.levelling.changes],
        "left": [asdict(left) for left in one.levelling.left],
        "chances": _chances(one, language),
        "scores": _scores(one, compared),
        "unmonetised": whole["unmonetised"],
    }


def _standing(one: Standing) -> dict[str, Any]:
    return {
        **one.figures,
        "horizon": one.evaluation.case.horizon,
        "domains": dict(one.domains),
        "actor_kinds": {kind: {**asdict(k), "actors": list(k.actors)}
                        for kind, k in one.kinds.items()},
        "evidence": dict(one.evidence),
    }  # fmt: skip


def _bridge(one: RuleBridge) -> dict[str, Any]:
    return {
        "start": dict(one.start),
        "rules": {
            rule: {
                "totals": dict(step.totals),
                "steps": dict(step.steps),
                "actors": {name: dict(row) for name, row in step.actors.items()},
            }
            for rule, step in one.rules.items()
        },
        "end": dict(one.end),
        "actors": {
            name: {"start": dict(row), "end": dict(one.end_of_actors[name])}
            for name, row in one.start_of_actors.items()
        },
    }


def _chances(one: ComparedCase, language: Language) -> dict[str, Any] | None:
    if one.chances is None:
        return None
    actors = one.handed_in.case.actors
    return {
        "loss": one.chances.loss,
        "payers": {
            name: {
                "title": in_language(actors[name].title, language, name),
                "kind": actors[name].kind,
                "loss": share,
                "net": one.chances.net[name],
            }
            for name, share in one.chances.payers.items()
        },
        "worst_payer": one.chances.worst_payer,
        "worst_chance_of_loss": one.chances.worst_chance_of_loss,
    }


def _scores(one: ComparedCase, compared: Compared) -> dict[str, Any]:
    """The scores of a case in all frameworks that it answers, ranked where all cases do."""
    found: dict[str, Any] = {}
    for name, score in one.handed_in.scores.items():
        ranking = compared.scores.get(name)
        ranked = None if ranking is None else ranking.cases[one.id]
        found[name] = {
            "score": score.total.score,
            "low": score.total.low,
            "high": score.total.high,
            "coverage": score.total.coverage,
            "is_shared": ranked is not None,
            "common_score": None if ranked is None else ranked.common_score,
            "is_below_coverage": None if ranked is None else ranked.is_below_coverage,
            "rank": None if ranked is None else ranked.rank,
        }
    return found


def _ranks_of(name: str, ranks: Ranks) -> dict[str, int | None]:
    return {quantity: found[name] for quantity, found in ranks.items()}
