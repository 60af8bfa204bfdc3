"""Catalogues of organisations: each version is read once."""

from impactmonitor import load_catalogue
from impactmonitor_api.storage.additions import replace_additions
from impactmonitor_api.storage.organisations import locked

FILES = {"s.yaml": "kind: sources\nsources:\n  own: {title: Own, publisher: Own, year: 2026}\n"}


def test_every_version_stays_and_is_read_once(service):
    own, catalogues = service.organisation(), service.app.state.catalogues
    assert catalogues.now_of(own.id) is load_catalogue()
    with service.app.state.database.writing() as session:
        replace_additions(session, locked(session, own.id), None, FILES, None)
    found = catalogues.now_of(own.id)
    assert "own" in found.sources
    assert catalogues.now_of(own.id) is found
    with service.app.state.database.reading() as session:
        assert catalogues.at(session, own.id, 1) is found
        assert catalogues.at(session, own.id, 0) is load_catalogue()
