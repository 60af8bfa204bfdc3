"""An organisation that reports on a case, and what it reports."""

from __future__ import annotations

from typing import Any

import httpx

from impactmonitor.resources import folder

MEASURED = folder("examples") / "exercise-classes-measured" / "case.yaml"
COST = {"line": "costs.programme", "period": "1992", "value": 13000}


def address(case: dict[str, Any]) -> str:
    """Where a case is found."""
    return f"/v1/cases/{case['id']}"


def reported(client: httpx.Client, case: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A measurement of the only cost of the example."""
    answer = client.post(f"{address(case)}/measurements", json={**COST, **fields})
    assert answer.status_code == 201, answer.text
    (found,) = answer.json()["items"]
    return dict(found)


def decided(
    client: httpx.Client, case: dict[str, Any], measurement: dict[str, Any], decision: str
) -> httpx.Response:
    """Decide about a measurement."""
    said = {"decision": decision, "reason": "Looked at."}
    place = f"{address(case)}/measurements/{measurement['id']}/decisions"
    return client.post(place, json=said)


def counted(client: httpx.Client, case: dict[str, Any]) -> list[Any]:
    """The figures that count, in their order."""
    document = client.get(f"{address(case)}/known").json()["document"]
    return [one.get("value") for one in document.get("measurements", [])]
