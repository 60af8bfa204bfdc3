"""The service over real HTTP, on SQLite and on a real PostgreSQL."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text
from tests.api.serving import Service, serving

POSTGRESQL = "IMPACTMONITOR_TEST_POSTGRESQL"
ABSENT = f"No PostgreSQL: start one with .ci/postgresql and put its address in {POSTGRESQL}"
DATABASES = ("sqlite", "postgresql")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A module may name the databases that it is tried on, where nothing of it is kept."""
    if "database_url" in metafunc.fixturenames:
        kinds = getattr(metafunc.module, "DATABASES", DATABASES)
        metafunc.parametrize("database_url", kinds, indirect=True, scope="module")


@pytest.fixture(scope="module")
def database_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """An empty database of each kind, for one module."""
    yield from new_database(request.param, tmp_path_factory.mktemp("database"))


def new_database(kind: str, folder: Path) -> Iterator[str]:
    """An empty database, which is gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'service.db'}"
        return
    server = os.environ.get(POSTGRESQL)
    if server is None:
        pytest.skip(ABSENT)
    name = f"test_{os.urandom(6).hex()}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


@pytest.fixture(scope="module")
def service(database_url: str) -> Iterator[Service]:
    """A service that runs, with an organisation that has a key for each role."""
    with serving(database_url) as running:
        yield running
