"""One of everything that a path can name, of one organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import uuid4

from tests.api.serving import EXAMPLE, YAML, Organisation

MEASUREMENT = {"line": "costs.programme", "period": 1992, "value": 12_000}
CATALOGUE = {
    "indicator_id": "treated-falls-avoided",
    "value_id": "gp-consult",
    "scheme_id": "nl-2026",
    "framework_id": "readiness",
    "card_id": "EC-FALL-EX-MEDCARE",
}


@dataclass
class Owned:
    """An organisation and the ids of its things."""

    PRIVATE: ClassVar = ("{case_id}", "{key_id}", "{job_id}", "{measurement_id}", "{evaluation_id}")

    organisation: Organisation
    ids: dict[str, str]

    def filled(self, path: str, like: bool = False) -> str:
        """A path with the ids of the things; or with ids that nothing has."""
        for name, value in self.ids.items():
            unknown = str(uuid4()) if "{" + name + "}" in self.PRIVATE else value
            path = path.replace("{" + name + "}", unknown if like else value)
        assert "{" not in path, f"no id for {path}"
        return path


def owned(organisation: Organisation) -> Owned:
    """Make one of everything."""
    with organisation.client() as admin:
        case = organisation.new_case(admin)
        key = admin.post("/v1/keys", json={"name": "spare", "role": "viewer"}).json()
        job = admin.post("/v1/simulations?draws=64", content=EXAMPLE.read_bytes(),
                         headers={**YAML, "Prefer": "respond-async"})  # fmt: skip
        assert job.status_code == 202, job.text
        place = f"/v1/cases/{case['id']}"
        measured = admin.post(f"{place}/measurements", json=MEASUREMENT)
        assert measured.status_code == 201, measured.text
        kept = admin.post(f"{place}/evaluations")
        assert kept.status_code == 201, kept.text
        added = admin.put("/v1/catalogue/additions", json={"files": {}},
                          headers={"If-Match": '"0"'})  # fmt: skip
        assert added.status_code == 200, added.text
    return Owned(
        organisation,
        {
            "case_id": case["id"],
            "version": "1",
            "key_id": key["id"],
            "job_id": job.json()["id"],
            "measurement_id": measured.json()["items"][0]["id"],
            "evaluation_id": kept.json()["id"],
            **CATALOGUE,
        },
    )
