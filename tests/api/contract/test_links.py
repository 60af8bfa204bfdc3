"""With what was made, a client finds the routes that can be used next."""

from impactmonitor_api import Settings, create_app
from impactmonitor_api.contract.links import MADE

PATHS = create_app(Settings("sqlite://")).openapi()["paths"]
OPERATIONS = {one["operationId"]: one for methods in PATHS.values() for one in methods.values()}


def links_of(name):
    status, _ = MADE[name]
    return OPERATIONS[name]["responses"][status]["links"]


def test_every_route_that_makes_something_leads_on():
    assert set(MADE) <= set(OPERATIONS)
    assert all(links_of(name) for name in MADE)


def test_the_version_that_was_made_is_the_one_that_was_seen():
    parameters = links_of("createCase")["changeCase"]["parameters"]
    assert parameters == {
        "path.case_id": "$response.body#/id",
        "header.If-Match": "$response.header.ETag",
    }


def test_what_belongs_to_something_keeps_what_it_belongs_to():
    parameters = links_of("keepEvaluation")["readEvaluation"]["parameters"]
    assert parameters["path.case_id"] == "$request.path.case_id"
    assert parameters["path.evaluation_id"] == "$response.body#/id"
