"""Versions of a case held against each other."""

from __future__ import annotations

import pytest
from tests.api.reporting import address

from impactmonitor import evaluate, load_catalogue
from impactmonitor.appraisal.bridge import bridge
from impactmonitor.evaluation.under_scheme import under_scheme
from impactmonitor.model.case import Case
from impactmonitor.report.difference import difference_document


@pytest.fixture(scope="module")
def editor(service):
    with service.client("editor") as http:
        yield http


@pytest.fixture(scope="module")
def case(service, editor):
    """A case of which the second version leaves an effect out and the third costs more."""
    made = service.own.new_case(editor)
    body = {**made["document"], "currency": "EUR", "price_year": 2026, "base_year": 2026}
    body["effects"] = dict(list(body["effects"].items())[:-1])
    for version, amount in ((1, 12356.0), (2, 20000.0)):
        body["costs"] = {"programme": {**body["costs"]["programme"], "amount": amount}}
        headers = {"If-Match": f'"{version}"'}
        answer = editor.put(address(made), json=body, headers=headers)
        assert answer.status_code == 200, answer.text
    return made


def expected(editor, case, old, new, schemes=(None, None), **options):
    """The same, out of the versions themselves."""
    place = f"{address(case)}/versions"
    results = [
        evaluate(under_scheme(Case.model_validate(document), scheme), load_catalogue())
        for version, scheme in zip((old, new), schemes, strict=True)
        for document in [editor.get(f"{place}/{version}").json()["document"]]
    ]
    return difference_document(bridge(*results), **options)


@pytest.mark.parametrize(
    ("asked", "versions"),
    [({"old": 2, "new": 3}, (2, 3)), ({}, (2, 3)), ({"old": 3, "new": 2}, (3, 2)),
     ({"new": 3, "old": 3}, (3, 3)), ({"new": 1}, (1, 1))],
)  # fmt: skip
def test_the_difference_is_the_bridge_between_two_versions(case, editor, asked, versions):
    answer = editor.get(f"{address(case)}/difference", params=asked)
    assert answer.json() == expected(editor, case, *versions)


def test_what_moved_can_be_read_off(case, editor):
    found = editor.get(f"{address(case)}/difference").json()
    assert found["totals"]["costs"]["change"] == 20000 - 12356
    assert [line["id"] for line in found["lines"]] == ["programme"]
    whole = editor.get(f"{address(case)}/difference", params={"every_line": True}).json()
    assert len(whole["lines"]) > 5


def test_another_discount_scheme_is_a_side_of_its_own(case, editor):
    asked = {"old": 3, "new": 3, "old_scheme": "nl-2021", "new_scheme": "nl-2026"}
    answer = editor.get(f"{address(case)}/difference", params=asked)
    found = expected(editor, case, 3, 3, ("nl-2021", "nl-2026"))
    assert answer.json() == found
    assert (found["old"]["scheme"], found["new"]["scheme"]) == ("nl-2021", "nl-2026")


@pytest.mark.parametrize(
    ("asked", "code", "path"),
    [
        ({"old": 1, "new": 9}, "unknown-version", "new"),
        ({"old": 9, "new": 1}, "unknown-version", "old"),
        ({"old": 0}, "parameter-refused", "old"),
        ({"old": 2**40}, "parameter-refused", "old"),
        ({"new_scheme": "none"}, "unknown-scheme", "new.discount.scheme"),
        ({"new_scheme": "\0"}, "invalid-name", "new.discount.scheme"),
        ({"old": 1, "new": 2}, "other-currency", None),
    ],
)
def test_odd_questions_are_refused(case, editor, asked, code, path):
    answer = editor.get(f"{address(case)}/difference", params=asked)
    (error,) = answer.json()["errors"]
    assert answer.status_code == 422
    assert path in {None, error["path"]}
    if path is not None:
        assert error["code"] == code


def test_texts_are_in_the_language_of_the_reader(case, editor):
    for language in ("nl", "en"):
        answer = editor.get(f"{address(case)}/difference", headers={"Accept-Language": language})
        assert answer.headers["content-language"] == language
        assert answer.json() == expected(editor, case, 2, 3, language=language)
