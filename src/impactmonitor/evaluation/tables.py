"""The result as pandas tables: views of the ledger, with no number of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from impactmonitor.appraisal.layout import DOMAINS
from impactmonitor.appraisal.program import NO_DOMAIN
from impactmonitor.evaluation.result import Evaluation

COLUMNS = ["line", "kind", "from", "to", "domain", "is_cash", "year", "amount", "present_value"]


def ledger_table(evaluation: Evaluation) -> pd.DataFrame:
    """Every euro as a row; see ``Evaluation.ledger``."""
    parts = [pd.DataFrame(rows, columns=COLUMNS) for rows in _rows(evaluation)]
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(parts, ignore_index=True)


def _rows(evaluation: Evaluation) -> Iterator[dict[str, Any]]:
    """The rows of one line between two actors: its amounts by year times a share."""
    a = evaluation.appraised
    p, ledger, actors = a.compiled.program, a.ledger, a.compiled.actors
    for line, actor, share, cash in zip(
        p.cost_line, p.cost_actor, p.cost_share, p.cost_is_cash, strict=True
    ):
        yield from _part(evaluation, line, "cost", actors[actor], None, share, bool(cash))
    for line, actor, share, slot in zip(
        p.benefit_line, p.benefit_actor, p.benefit_share, p.benefit_cash, strict=True
    ):
        cash = float(ledger.slots[slot, 0])
        bearer = actors[actor]
        yield from _part(evaluation, line, "benefit", None, bearer, share * cash, True)
        yield from _part(evaluation, line, "benefit", None, bearer, share * (1 - cash), False)
    turned = ledger.is_turned[:, 0]
    for flow, line in enumerate(p.flow_line):
        giver, receiver = actors[p.flow_from[flow]], actors[p.flow_to[flow]]
        share, cash = p.flow_share[flow], bool(p.flow_is_cash[flow])
        if turned[flow]:
            giver, receiver, share = receiver, giver, -share
        yield from _part(evaluation, line, "transfer", giver, receiver, share, cash)


def _part(
    evaluation: Evaluation,
    line: int,
    kind: str,
    giver: str | None,
    receiver: str | None,
    share: float,
    is_cash: bool,
) -> Iterator[dict[str, Any]]:
    a = evaluation.appraised
    amounts = a.ledger.within[line, : len(a.years), 0] * share
    present = a.ledger.discounted_by_line[line, : len(a.years), 0] * share
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
