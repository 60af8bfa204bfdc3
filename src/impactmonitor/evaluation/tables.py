"""The result as pandas tables: views of the ledger, with no number of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from impactmonitor.appraisal.arrays import Array
from impactmonitor.appraisal.layout import DOMAINS
from impactmonitor.appraisal.program import NO_DOMAIN
from impactmonitor.evaluation.result import Evaluation

COLUMNS = ["line", "kind", "from", "to", "domain", "is_cash", "year", "amount", "present_value"]


def ledger_table(evaluation: Evaluation) -> pd.DataFrame:
    """Every euro as a row; see ``Evaluation.ledger``."""
    parts = [pd.DataFrame(rows, columns=COLUMNS) for rows in ledger_parts(evaluation)]
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(parts, ignore_index=True)


def ledger_parts(evaluation: Evaluation) -> Iterator[dict[str, Any]]:
    """The rows of the ledger as they are made: those of one line between two actors at a time.

    Parameters
    ----------
    evaluation : Evaluation

    Yields
    ------
    dict
        By column of ``Evaluation.ledger``: one value for all rows, and of ``year``, ``amount``
        and ``present_value`` an array with one value for each.
    """
    a = evaluation.appraised
    p, ledger, actors = a.compiled.program, a.ledger, a.compiled.actors
    for line, actor, share, cash in zip(
        p.cost_line, p.cost_actor, p.cost_share, p.cost_is_cash, strict=True
    ):
        yield from _part(evaluation, line, "cost", actors[actor], None, share, bool(cash))
    yield from _benefits(evaluation)
    turned = ledger.is_turned[:, 0]
    for flow, line in enumerate(p.flow_line):
        giver, receiver = actors[p.flow_from[flow]], actors[p.flow_to[flow]]
        share, cash = p.flow_share[flow], bool(p.flow_is_cash[flow])
        if turned[flow]:
            giver, receiver, share = receiver, giver, -share
        yield from _part(evaluation, line, "transfer", giver, receiver, share, cash)


def _benefits(evaluation: Evaluation) -> Iterator[dict[str, Any]]:
    """What each effect is to each of its bearers, with what they keep of it or have as a rest."""
    a = evaluation.appraised
    p, slots = a.compiled.program, a.ledger.slots
    effect = np.arange(p.sizes["line"])
    effect[p.kept_line] = p.kept_of
    sums: dict[tuple[int, int, bool], Array] = defaultdict(lambda: np.zeros((2, len(a.years))))
    for line, actor, share, slot in zip(
        p.benefit_line, p.benefit_actor, p.benefit_share, p.benefit_cash, strict=True
    ):
        cash = float(slots[slot, 0])
        for is_cash, part in ((True, share * cash), (False, share * (1 - cash))):
            sums[int(effect[line]), int(actor), is_cash] += _by_year(evaluation, line, part)
    for (line, actor, is_cash), amounts in sums.items():
        bearer = a.compiled.actors[actor]
        yield from _listed(evaluation, line, "benefit", None, bearer, amounts, is_cash)


def _by_year(evaluation: Evaluation, line: int, share: float) -> Array:
    """Amounts and present values of a share of a line; shape (2, years)."""
    ledger, years = evaluation.appraised.ledger, len(evaluation.appraised.years)
    parts = (ledger.within, ledger.discounted_by_line)
    return np.array([part[line, :years, 0] * share for part in parts])


def _part(
    evaluation: Evaluation,
    line: int,
    kind: str,
    giver: str | None,
    receiver: str | None,
    share: float,
    is_cash: bool,
) -> Iterator[dict[str, Any]]:
    amounts = _by_year(evaluation, line, share)
    yield from _listed(evaluation, line, kind, giver, receiver, amounts, is_cash)


def _listed(
    evaluation: Evaluation,
    line: int,
    kind: str,
    giver: str | None,
    receiver: str | None,
    by_year: Array,
    is_cash: bool,
) -> Iterator[dict[str, Any]]:
    a = evaluation.appraised
    amounts, present = by_year
    flows = np.flatnonzero(amounts)
    if not len(flows):
        return
    domain = a.compiled.program.line_domain[line]
    yield {
        "line": a.compiled.lines[line],
        "kind": kind,
        "from": giver,
        "to": receiver,
        "domain": None if domain == NO_DOMAIN or kind == "transfer" else DOMAINS[domain],
        "is_cash": is_cash,
        "year": np.array(a.years)[flows],
        "amount": amounts[flows],
        "present_value": present[flows],
    }


def actors_table(evaluation: Evaluation) -> pd.DataFrame:
    """Present values by actor; see ``Evaluation.actors``."""
    rows = {name: asdict(party) for name, party in evaluation.by_actor.items()}
    table = pd.DataFrame.from_dict(rows, orient="index").astype(float)
    return table.rename_axis("actor")


def lines_table(evaluation: Evaluation) -> pd.DataFrame:
    """Present values by line; see ``Evaluation.lines``."""
    rows = evaluation.line_results()
    columns = ["kind", "domain", "present_value", "discounted_quantity"]
    data = {column: [getattr(row, column) for row in rows] for column in columns}
    table = pd.DataFrame(data, index=pd.Index([row.id for row in rows], name="line"))
    return table.astype({"present_value": float, "discounted_quantity": float})


def years_table(evaluation: Evaluation) -> pd.DataFrame:
    """Undiscounted amounts by year; see ``Evaluation.years``."""
    years = evaluation.year_results()
    columns: dict[Any, list[float]] = {
        ("costs", ""): [y.costs for y in years],
        ("benefits", ""): [y.benefits for y in years],
    }
    for actor in evaluation.case.actors:
        columns[(actor, "net")] = [y.actors[actor][0] for y in years]
        columns[(actor, "cash_net")] = [y.actors[actor][1] for y in years]
    return pd.DataFrame(columns, index=pd.Index([y.year for y in years], name="year"))
