"""Results that are kept: what they rest on, and whether they come out again years later."""

from __future__ import annotations

import hashlib
import json

import pytest
from sqlalchemy import text
from tests.api.reporting import address, decided, reported
from tests.api.serving import EXAMPLE, YAML

from impactmonitor import evaluate, load_case, load_catalogue
from impactmonitor.appraisal.bridge import bridge
from impactmonitor.report.difference import difference_document
from impactmonitor.version import __version__

SOURCE = "kind: sources\nsources:\n  own: {title: Own, publisher: Own, year: 2026}\n"
PRICE = """kind: values
values:
  own-price:
    title: Own price
    domain: social
    unit: visit
    editions:
      - {edition: "2026", value: 10, currency: EUR, price_year: 2026, source: own,
         verification: primary-table, last_checked: "2026-01-01"}
"""


@pytest.fixture
def own(service):
    return service.organisation()


@pytest.fixture
def editor(own):
    with own.client("editor") as http:
        yield http


@pytest.fixture
def case(own, editor):
    return own.new_case(editor)


def kept(client, case, **asked):
    answer = client.post(f"{address(case)}/evaluations", params=asked)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_result_is_kept_with_all_that_it_rests_on(case, own, editor):
    made = kept(editor, case)
    assert (made["case_version"], made["additions_version"], made["scenario"]) == (1, 0, None)
    assert (made["engine"], made["catalogue"]) == (__version__, load_catalogue().edition)
    with own.client("viewer") as viewer:
        assert viewer.get(f"{address(case)}/evaluations/{made['id']}").json() == made
        del made["result"]
        assert viewer.get(f"{address(case)}/evaluations").json()["items"] == [made]
        refused = viewer.post(f"{address(case)}/evaluations")
    assert (refused.status_code, refused.json()["code"]) == (403, "role-too-low")


def test_everybody_can_check_the_hash_of_what_went_in(case, editor):
    made = kept(editor, case)
    found = editor.get(f"{address(case)}/evaluations/{made['id']}/input").json()
    whole = {"case": found["case"], "options": found["options"]}
    said = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    assert hashlib.sha256(said).hexdigest() == found["input_hash"] == made["input_hash"]
    assert found["case"] == editor.get(f"{address(case)}/known").json()["document"]


def test_the_hash_knows_the_case_the_measurements_and_the_options_but_no_language(
    own, editor, case
):
    text = EXAMPLE.read_text(encoding="utf-8").replace("id: perry-age-27", "id: with-states", 1)
    text += "scenarios:\n  cheap:\n    changes: {costs.programme.amount: 1000}\n"
    case = editor.post("/v1/cases", content=text.encode(), headers=YAML).json()
    first, again = kept(editor, case), kept(editor, case)
    dutch = editor.post(f"{address(case)}/evaluations", headers={"Accept-Language": "nl"}).json()
    assert first["input_hash"] == again["input_hash"] == dutch["input_hash"]
    assert first["result"]["totals"] == dutch["result"]["totals"]
    other = kept(editor, case, scenario="cheap")
    assert (other["scenario"], other["result"]["totals"]["costs"]) == ("cheap", 1000.0)
    with own.client("assessor") as assessor:
        decided(assessor, case, reported(editor, case), "approved")
    later = kept(editor, case)
    assert len({first["input_hash"], other["input_hash"], later["input_hash"]}) == 3
    for one in (first, dutch, other, later):
        place = f"{address(case)}/evaluations/{one['id']}/recomputations"
        assert editor.post(place).json()["is_equal"]


def test_a_kept_result_stays_when_the_case_changes_and_comes_out_again(case, editor):
    made = kept(editor, case)
    body = {**case["document"], "horizon": 1, "title": "Other"}
    body["costs"] = {"programme": {**body["costs"]["programme"], "amount": 5000.0}}
    changed = editor.put(address(case), json=body, headers={"If-Match": '"1"'})
    assert changed.status_code == 200, changed.text
    place = f"{address(case)}/evaluations/{made['id']}"
    assert editor.get(place).json() == made
    again = editor.post(f"{place}/recomputations").json()
    assert (again["is_equal"], again["moved"], again["numbers"]) == (True, 0, [])
    assert again["compared"] > 100
    assert again["then"] == again["now"] == {"engine": __version__,
                                             "catalogue": load_catalogue().edition}  # fmt: skip


def test_additions_of_then_are_used_for_what_was_kept_then(own, editor):
    with own.client() as admin:

        def add(price, version):
            own_price = PRICE.replace("value: 10", f"value: {price}")
            files = {"own.yaml": own_price, "sources.yaml": SOURCE}
            answer = admin.put("/v1/catalogue/additions", json={"files": files},
                               headers={"If-Match": f'"{version}"'})  # fmt: skip
            assert answer.status_code == 200, answer.text

        add(10, 0)
        text = EXAMPLE.read_text(encoding="utf-8").replace("id: perry-age-27", "id: priced", 1)
        text = text.replace("currency: USD", "currency: EUR").replace(
            "price_year: 1992", "price_year: 2026"
        )
        text = text.replace(
            "effects:\n",
            "effects:\n  visits: {title: V, quantity: 7, unit: visit,"
            " unit_value: own-price, falls_to: public, domain: social}\n",
        )
        answer = editor.post("/v1/cases", content=text.encode(), headers=YAML)
        assert answer.status_code == 201, answer.text
        case = answer.json()
        first = kept(editor, case)
        add(30, 1)
    second = kept(editor, case)
    assert [one["additions_version"] for one in (first, second)] == [1, 2]
    assert second["result"]["totals"]["benefits"] - first["result"]["totals"]["benefits"] == 140
    for one in (first, second):
        place = f"{address(case)}/evaluations/{one['id']}/recomputations"
        assert editor.post(place).json()["is_equal"]
    place = f"{address(case)}/evaluations/{second['id']}/difference"
    for asked in ({}, {"from": first["id"]}):
        moved = editor.get(place, params=asked).json()
        assert moved["totals"]["benefits"]["change"] == 140
        assert [one["id"] for one in moved["lines"]] == ["visits"]
        assert list(moved["lines"][0]["steps"]) == ["price"]


def test_a_number_that_came_out_otherwise_is_named(case, editor, service):
    made = kept(editor, case)
    other = {**made["result"], "totals": {**made["result"]["totals"], "benefits": 1.0}}
    database = service.app.state.database
    with database.reading() as session:
        columns = [row[0] for row in session.execute(text("SELECT id FROM evaluations"))]
        assert made["id"] in columns
    with database.writing() as session:
        from impactmonitor_api.storage import cases, evaluations, organisations

        own = session.scalar(text("SELECT organisation_id FROM cases WHERE id = :id"),
                             {"id": case["id"]})  # fmt: skip
        held = organisations.locked(session, own)
        stored = cases.find_case(session, own, case["id"])
        before = evaluations.find_evaluation(session, stored, made["id"])
        later = evaluations.Kept(1, 0, None, "0.0.1", "2025.01", before.input_hash, before.input,
                                 json.dumps(other))  # fmt: skip
        old = evaluations.add_evaluation(session, held, stored, None, later)
    again = editor.post(f"{address(case)}/evaluations/{old.id}/recomputations").json()
    assert (again["is_equal"], again["moved"]) == (False, 1)
    assert again["numbers"] == [{"path": "totals.benefits", "then": 1.0, "now": 108002.0}]
    assert again["then"] == {"engine": "0.0.1", "catalogue": "2025.01"}


def test_the_difference_is_the_bridge_between_the_two(case, editor):
    first = kept(editor, case)
    body = {**case["document"], "horizon": 1}
    body["effects"] = dict(list(body["effects"].items())[:-1])
    editor.put(address(case), json=body, headers={"If-Match": '"1"'})
    second = kept(editor, case)
    place = f"{address(case)}/evaluations"
    found = editor.get(f"{place}/{second['id']}/difference", params={"from": first["id"]}).json()
    whole = evaluate(load_case(EXAMPLE))
    fewer = whole.case.model_copy(update={"effects": dict(list(whole.case.effects.items())[:-1])})
    expected = difference_document(bridge(whole, evaluate(fewer)))
    assert found["totals"] == expected["totals"]
    assert found["lines"] == expected["lines"]
    back = editor.get(f"{place}/{first['id']}/difference", params={"from": second["id"]}).json()
    assert back["totals"]["benefits"]["change"] == -found["totals"]["benefits"]["change"] != 0
    alone = editor.get(f"{place}/{first['id']}/difference").json()
    assert alone["lines"] == []


def test_odd_questions_are_refused(case, own, editor):
    made = kept(editor, case)
    place = f"{address(case)}/evaluations"
    other = own.new_case(editor)
    foreign = kept(editor, other)
    unknown = editor.get(f"{place}/{made['id']}/difference", params={"from": foreign["id"]})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown-evaluation")
    assert editor.get(f"{place}/{foreign['id']}").status_code == 404
    assert editor.post(f"{place}/{foreign['id']}/recomputations").status_code == 404
    scenario = editor.post(place, params={"scenario": "\0"})
    assert (scenario.status_code, scenario.json()["code"]) == (422, "unknown-scenario")
    editor.post(f"{address(other)}/archival", headers={"If-Match": "*"})
    assert editor.post(f"{address(other)}/evaluations").status_code == 409
    assert editor.get(f"{address(other)}/evaluations/{foreign['id']}").json() == foreign
