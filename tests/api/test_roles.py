"""Every route with no key, with keys that do not work, of another organisation, and of each role.

What each route needs is said here a second time, by hand, so that a route that asks for less than
it should is found; a route that is not named here fails the test.
"""

import pytest
from tests.api.owning import Owned, owned

from impactmonitor_api import Settings, create_app
from impactmonitor_api.http.access import MAY
from impactmonitor_api.storage.keys import ROLES

OPEN = {"health", "readiness", "metrics"}
NEEDS = {
    "read": {
        "evaluate", "simulate", "arrange", "rank", "convert", "blankWorkbook", "caseSchema",
        "readCatalogue", "listIndicators", "readIndicator", "listFrameworks", "readFramework",
        "listValues", "readValue", "listDiscountSchemes", "readDiscountScheme", "listEffectCards",
        "readEffectCard", "readAdditions", "listAdditions", "readAdditionsVersion",
        "readOrganisation", "listCases", "readCase", "listVersions", "readVersion",
        "compareVersions", "readKnownCase", "trackCase", "listMeasurements", "readMeasurement",
        "listConfirmations", "listEvaluations", "readEvaluation", "readEvaluationInput",
        "recomputeEvaluation", "compareEvaluations", "listJobs", "readJob", "readJobResult",
    },
    # whoever reported a draft submits it; what else may be decided by whom: see its own tests
    "keep": {"keepEvaluation", "decideMeasurement"},
    # also the bearer of an effect: see its own tests
    "assess": {"assessCase", "confirmEffect"},
    "edit": {
        "createCase", "changeCase", "archiveCase", "reportMeasurements",
        # of somebody else; one's own jobs may be ended with any key
        "cancelJob", "retryJob",
    },
    "administer": {
        "createKey", "listKeys", "readKey", "revokeKey", "replaceAdditions", "listAudit",
        "exportAudit", "verifyAudit",
    },
}  # fmt: skip
REFUSED = {401, 403}
CATALOGUE = {"listIndicators", "listFrameworks", "listValues", "listDiscountSchemes",
             "listEffectCards"}  # fmt: skip


def operations():
    """Method, path and name of every route."""
    for path, methods in create_app(Settings("sqlite://")).openapi()["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation["operationId"]


OPERATIONS = sorted(operations(), key=lambda one: one[2])
KEYED = [one for one in OPERATIONS if one[2] not in OPEN]


def permission_of(name):
    (found,) = [permission for permission, names in NEEDS.items() if name in names]
    return found


@pytest.fixture(scope="module")
def things(service) -> Owned:
    """One of everything that a path can name, of one organisation."""
    return owned(service.organisation())


def asked(client, things, method, path, **headers):
    """Ask with the paths of one organisation; there is no body, so that nothing is done."""
    said = {"Content-Type": "application/json", **headers}
    return client.request(method, things.filled(path), headers=said)


def test_every_route_is_named():
    named = OPEN.union(*NEEDS.values())
    assert {name for _, _, name in OPERATIONS} == named


@pytest.mark.parametrize(("method", "path", "name"), KEYED, ids=lambda one: one)
def test_nothing_is_given_without_a_key_that_works(service, things, method, path, name):
    with service.stranger() as nobody:
        for headers in (
            {},
            {"Authorization": "Bearer"},
            {"Authorization": "Basic eDp5"},
            {"Authorization": "Bearer im_0123456789ab_" + "x" * 43},
            {"Authorization": "Bearer " + service.own.keys["administrator"][:-1] + "!"},
        ):
            answer = asked(nobody, things, method, path, **headers)
            assert answer.status_code == 401, (headers, answer.text)
            assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(("method", "path", "name"), KEYED, ids=lambda one: one)
def test_each_role_may_do_what_it_is_for_and_no_more(service, things, method, path, name):
    needed = permission_of(name)
    for role in ROLES:
        with things.organisation.client(role) as client:
            status = asked(client, things, method, path).status_code
        assert status < 500
        assert (status not in REFUSED) == (needed in MAY[role]), (role, status)


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [one for one in KEYED if any(part in one[1] for part in Owned.PRIVATE)],
    ids=lambda one: one,
)
def test_what_is_another_organisations_is_not_there(service, things, method, path, name):
    with service.client("administrator") as other:
        answer = asked(other, things, method, path, **{"If-Match": "*"})
        assert (answer.status_code, answer.json()["code"]) == (404, "thing-not-found")
        unknown = things.filled(path, like=True)
        same = other.request(method, unknown, headers={"Content-Type": "application/json"})
    assert same.status_code == 404
    assert same.json()["detail"] == answer.json()["detail"]


def test_lists_hold_only_what_is_ones_own(service, things):
    with service.organisation().client("administrator") as other:
        for method, path, name in KEYED:
            if method == "GET" and "{" not in path and name.startswith("list"):
                found = other.get(path)
                assert found.status_code == 200
                counts = {"listKeys": len(ROLES), "listAudit": 1 + len(ROLES)}
                if name not in CATALOGUE:
                    assert len(found.json()["items"]) == counts.get(name, 0), name
