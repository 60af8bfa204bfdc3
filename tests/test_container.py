"""What runs in a container is locked, not root, and can write only where it has to.

No engine for containers runs in these tests: the files are read, and what they say is checked.
"""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from impactmonitor.cli.app import app
from impactmonitor.cli.options import DatabaseUrl, PasswordFile

CHECKOUT = Path(__file__).resolve().parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((CHECKOUT / "compose.yaml").read_text("utf-8"))
SERVICES = sorted(COMPOSE["services"])
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile, with lines that go on joined."""
    text = (CHECKOUT / "Dockerfile").read_text("utf-8")
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    lines = [line.partition(" ") for line in joined.splitlines() if line.strip()]
    return [(name, rest) for name, _, rest in lines]


def last_stage() -> list[tuple[str, str]]:
    found = instructions()
    start = max(i for i, (name, _) in enumerate(found) if name == "FROM")
    return found[start:]


def only(name: str) -> str:
    (found,) = [rest for word, rest in last_stage() if word == name]
    return found


# --- The image ----------------------------------------------------------------------------------


def test_tools_to_build_with_are_not_in_what_runs():
    assert len([name for name, _ in instructions() if name == "FROM"]) == 3
    said = " ".join(rest for _, rest in last_stage())
    assert not re.search(r"\b(pip|apt-get|curl|wget|git)\b", said)


def test_everything_is_installed_with_its_hash_or_from_what_was_built():
    installs = [rest for name, rest in instructions() if name == "RUN" and "pip install" in rest]
    assert len(installs) == 3
    for line in installs:
        assert "--require-hashes" in line or "--no-deps --no-index /wheels" in line


def test_the_lock_of_the_service_has_the_versions_of_the_whole_one_and_no_tools():
    whole, service = (
        dict(LOCKED.findall((CHECKOUT / name).read_text("utf-8")))
        for name in ("requirements.lock", "requirements-service.lock")
    )
    assert {name: whole.get(name) for name in service} == service
    assert {"uvicorn", "psycopg", "alembic", "numpy"} <= set(service)
    assert not {"pytest", "mypy", "ruff", "hypothesis", "httpx"} & set(service)
    assert len(service) < len(whole)


def test_it_is_not_root_and_has_a_place_of_its_own():
    user = only("USER")
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
    assert only("VOLUME") == "/data"
    (made,) = [rest for name, rest in last_stage() if name == "RUN"]
    uid, gid = user.split(":")
    assert f"-o {uid} -g {gid} -m 0700 /data" in made


def test_it_writes_nothing_outside_of_its_places():
    said = only("ENV")
    assert "PYTHONDONTWRITEBYTECODE=1" in said
    assert "IMPACTMONITOR_DATABASE_URL=sqlite:////data/" in said


def test_health_is_asked_of_the_service_without_other_programs():
    check = only("HEALTHCHECK")
    program, *rest = json.loads(check[check.index("[") :])
    assert program == "python"
    assert "/readyz" in rest[1]
    compile(rest[1], "check", "exec")


def test_what_runs_is_a_command_that_there_is():
    words = [*json.loads(only("ENTRYPOINT")), *json.loads(only("CMD"))]
    assert words[0] == "impactmonitor"
    assert CliRunner().invoke(app, [*words[1:], "--help"]).exit_code == 0


def test_what_is_copied_is_there_and_nothing_else_goes_along():
    ignored = (CHECKOUT / ".dockerignore").read_text("utf-8").splitlines()
    assert ignored[0] == "*"
    for name, rest in instructions():
        if name == "COPY" and "--from" not in rest:
            *sources, _ = shlex.split(rest)
            for source in sources:
                assert (CHECKOUT / source).exists()
                assert f"!{source}" in ignored
    for line in ignored[1:]:
        if line.startswith("!"):
            assert (CHECKOUT / line[1:]).exists()


# --- Together -----------------------------------------------------------------------------------


def test_there_are_a_service_a_worker_and_a_database():
    assert SERVICES == ["database", "service", "worker"]


@pytest.mark.parametrize("name", SERVICES)
def test_each_can_do_little_and_write_little(name):
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service.get("privileged")
    assert service["pids_limit"] > 0
    assert any(place.startswith("/tmp") for place in service["tmpfs"])  # noqa: S108
    assert "test" in service["healthcheck"]


@pytest.mark.parametrize("name", SERVICES)
def test_no_secret_stands_in_the_file(name):
    service = COMPOSE["services"][name]
    for key, value in service["environment"].items():
        if "PASSWORD" in key:
            assert key.endswith("_FILE")
            assert value == "/run/secrets/database_password"
        assert not re.search(r"//[^/@]*:[^/@]*@", str(value)), "a password in an address"
    assert service["secrets"] == ["database_password"]
    assert COMPOSE["secrets"]["database_password"] == {"file": "secrets/database_password"}
    assert "secrets/" in (CHECKOUT / ".gitignore").read_text("utf-8").splitlines()


def test_only_the_service_is_reached_and_only_from_this_machine():
    ports = {name: COMPOSE["services"][name].get("ports", []) for name in SERVICES}
    assert ports == {"service": ["127.0.0.1:8000:8000"], "worker": [], "database": []}
    assert COMPOSE["networks"]["back"] == {"internal": True}
    assert COMPOSE["services"]["database"]["networks"] == ["back"]


def test_what_the_database_keeps_outlives_it():
    (volume,) = COMPOSE["services"]["database"]["volumes"]
    name, _, place = volume.partition(":")
    assert name in COMPOSE["volumes"]
    assert place == "/var/lib/postgresql/data"


@pytest.mark.parametrize("name", ["service", "worker"])
def test_each_runs_a_command_that_there_is_when_what_it_needs_is_there(name):
    service = COMPOSE["services"][name]
    assert CliRunner().invoke(app, [*service["command"], "--help"]).exit_code == 0
    assert all(
        needed == {"condition": "service_healthy"} for needed in service["depends_on"].values()
    )
    known = {option.__metadata__[0].envvar for option in (DatabaseUrl, PasswordFile)}
    assert set(service["environment"]) == known


def test_one_process_does_the_jobs():
    assert "--workers-off" in COMPOSE["services"]["service"]["command"]
