"""Whatever people do one after the other, the service and a plain model of it agree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

ROLES = st.sampled_from(["viewer", "assessor", "editor", "administrator"])
WRITERS = st.sampled_from(["editor", "administrator"])
AMOUNTS = st.integers(1, 9)
DECIDES = {"assessor", "administrator"}


@dataclass
class Measured:
    """What was reported, and what was decided about it."""

    id: str
    name: str
    record: dict[str, Any]
    by: str
    decisions: list[str]

    @property
    def standing(self) -> str:
        return self.decisions[-1] if self.decisions else "draft"


@dataclass
class Known:
    """A case as it should be."""

    id: str
    name: str
    amounts: list[float]
    is_archived: bool = False
    measured: list[Measured] = field(default_factory=list)

    @property
    def version(self) -> int:
        return len(self.amounts)

    @property
    def address(self) -> str:
        return f"/v1/cases/{self.id}"


def document(name: str, amount: float) -> dict[str, Any]:
    return {
        "impactmonitor": 1, "id": name, "title": "Demo", "currency": "EUR", "price_year": 2025,
        "base_year": 2025, "horizon": 2, "discount": {"rate": 0.0},
        "actors": {"city": {"kind": "municipality"}},
        "costs": {"work": {"amount": amount, "paid_by": "city"}},
    }  # fmt: skip


class Colleagues(RuleBasedStateMachine):
    """People with keys of each role, who work on the same cases."""

    service: Any = None
    cases = Bundle("cases")
    measurements = Bundle("measurements")

    @initialize()
    def begin(self) -> None:
        self.own = self.service.organisation()
        self.clients = {role: self.own.client(role) for role in self.own.keys}
        self.known: list[Known] = []
        self.count = 0

    def teardown(self) -> None:
        if hasattr(self, "clients"):
            found = self.clients["administrator"].get("/v1/audit/verification").json()
            assert found["is_whole"], found
            for client in self.clients.values():
                client.close()

    def _number(self) -> int:
        self.count += 1
        return self.count

    @rule(target=cases, role=ROLES, amount=AMOUNTS)
    def create(self, role: str, amount: int) -> Any:
        name = f"case-{self._number()}"
        answer = self.clients[role].post("/v1/cases", json=document(name, amount))
        if role not in {"editor", "administrator"}:
            assert answer.status_code == 403
            return multiple()
        assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
        made = Known(answer.json()["id"], name, [float(amount)])
        self.known.append(made)
        return made

    @rule(case=cases, role=WRITERS, amount=AMOUNTS, behind=st.integers(0, 1))
    def change(self, case: Known, role: str, amount: int, behind: int) -> None:
        headers = {"If-Match": f'"{case.version - behind}"'}
        body = document(case.name, amount)
        answer = self.clients[role].put(case.address, json=body, headers=headers)
        if behind:
            assert answer.status_code == 412
        elif case.is_archived:
            assert answer.status_code == 409
        else:
            assert answer.status_code == 200
            case.amounts.append(float(amount))
            assert answer.headers["etag"] == f'"{case.version}"'

    @rule(case=cases, amount=AMOUNTS)
    def change_and_ask_again(self, case: Known, amount: int) -> None:
        """Under one name a request is done once, and another one not at all."""
        if case.is_archived:
            return
        headers = {"If-Match": f'"{case.version}"', "Idempotency-Key": f"put-{self._number()}"}
        put = self.clients["editor"].put
        first = put(case.address, json=document(case.name, amount), headers=headers)
        again = put(case.address, json=document(case.name, amount), headers=headers)
        other = put(case.address, json=document(case.name, amount + 1), headers=headers)
        assert (first.status_code, again.status_code, other.status_code) == (200, 200, 422)
        assert (first.content, again.headers["idempotent-replayed"]) == (again.content, "true")
        case.amounts.append(float(amount))

    @rule(case=cases, behind=st.integers(0, 1))
    def archive(self, case: Known, behind: int) -> None:
        headers = {"If-Match": f'"{case.version - behind}"'}
        answer = self.clients["editor"].post(f"{case.address}/archival", headers=headers)
        assert answer.status_code == (412 if behind else 200)
        case.is_archived = case.is_archived or not behind

    @rule(target=measurements, case=cases, role=ROLES, value=AMOUNTS, is_draft=st.booleans())
    def report(self, case: Known, role: str, value: int, is_draft: bool) -> Any:
        record = {"line": "costs.work", "period": "2025", "value": float(value),
                  "reporter": f"reporter-{self._number()}"}  # fmt: skip
        sent = {**record, "status": "draft"} if is_draft else record
        answer = self.clients[role].post(f"{case.address}/measurements", json=sent)
        if role not in {"editor", "administrator"}:
            assert answer.status_code == 403
            return multiple()
        if case.is_archived:
            assert answer.status_code == 409
            return multiple()
        assert answer.status_code == 201, answer.text
        (found,) = answer.json()["items"]
        decisions = [] if is_draft else ["submitted"]
        made = Measured(found["id"], found["name"], record, role, decisions)
        assert made.name not in [one.name for one in case.measured]
        case.measured.append(made)
        return case, made

    @rule(pair=measurements)
    def report_again(self, pair: tuple[Known, Measured]) -> None:
        """What is known already is left out; what was rejected is not known."""
        case, made = pair
        if case.is_archived or made.standing == "rejected":
            return
        sent = {**made.record, "status": "draft"}
        answer = self.clients["editor"].post(f"{case.address}/measurements", json=sent)
        assert (answer.status_code, answer.json()["items"]) == (201, [])
        assert answer.json()["left_out"] == 1

    @rule(pair=measurements, role=ROLES,
          decision=st.sampled_from(["submitted", "approved", "rejected"]))  # fmt: skip
    def decide(self, pair: tuple[Known, Measured], role: str, decision: str) -> None:
        case, made = pair
        body = {"decision": decision, "reason": "Looked at."}
        place = f"{case.address}/measurements/{made.id}/decisions"
        answer = self.clients[role].post(place, json=body)
        expected = self._expected(case, made, role, decision)
        assert answer.status_code == expected, answer.text
        if expected == 201:
            made.decisions.append(decision)
            assert answer.json()["status"] == decision

    @staticmethod
    def _expected(case: Known, made: Measured, role: str, decision: str) -> int:
        if role == "viewer" or (decision != "submitted" and role not in DECIDES):
            return 403
        if case.is_archived:
            return 409
        if decision == "submitted":
            return 403 if role != made.by else 201 if made.standing == "draft" else 409
        return 409 if role == made.by or made.standing == "draft" else 201

    @rule(case=cases)
    def evaluate(self, case: Known) -> None:
        answer = self.clients["assessor"].post(f"{case.address}/evaluations")
        if case.is_archived:
            assert answer.status_code == 409
            return
        kept = answer.json()
        assert kept["case_version"] == case.version
        assert kept["result"]["totals"]["costs"] == case.amounts[-1]
        place = f"{case.address}/evaluations/{kept['id']}/recomputations"
        assert self.clients["viewer"].post(place).json()["is_equal"]

    @rule(case=cases)
    def read_all(self, case: Known) -> None:
        viewer = self.clients["viewer"]
        assert viewer.get(case.address).json()["version"] == case.version
        versions = viewer.get(f"{case.address}/versions").json()["items"]
        assert [one["version"] for one in versions] == list(range(case.version, 0, -1))
        for number, amount in enumerate(case.amounts, start=1):
            found = viewer.get(f"{case.address}/versions/{number}").json()["document"]
            assert found["costs"]["work"]["amount"] == amount
        items = viewer.get(f"{case.address}/measurements").json()["items"]
        assert {one["id"]: [d["decision"] for d in one["decisions"]] for one in items} == {
            one.id: one.decisions for one in case.measured
        }
        known = viewer.get(f"{case.address}/known").json()["document"].get("measurements", [])
        assert [(one["id"], one["value"]) for one in known] == [
            (one.name, one.record["value"]) for one in case.measured if one.standing == "approved"
        ]

    @invariant()
    def only_what_was_not_put_away_is_listed(self) -> None:
        if not hasattr(self, "clients"):
            return
        found = self.clients["viewer"].get("/v1/cases").json()["items"]
        listed = [case.id for case in reversed(self.known) if not case.is_archived]
        assert [one["id"] for one in found] == listed


def test_the_service_does_what_a_plain_model_does(service: Any) -> None:
    machine = type("Tried", (Colleagues,), {"service": service})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=10,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
