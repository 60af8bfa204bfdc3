"""What is logged: one object a line, and nothing that anybody sent."""

import json
import logging
import sys
import time

import pytest
from tests.api.serving import EXAMPLE

from impactmonitor_api.http.logs import JsonLines, log_to_stderr

FIELDS = {"at", "level", "event", "request", "method", "route", "status", "milliseconds", "bytes",
          "key"}  # fmt: skip
SECRET = "Johanna-van-der-Berg-1943"  # noqa: S105  somebody's name


@pytest.fixture
def lines():
    """The lines that the service logs during a test."""
    found = []

    class Kept(logging.Handler):
        def emit(self, record):
            found.append(JsonLines().format(record))

    log = logging.getLogger("impactmonitor_api")
    before = log.level, log.propagate
    handler = Kept()
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    yield found
    log.removeHandler(handler)
    log.level, log.propagate = before


def test_a_request_is_one_line_without_anything_that_it_carried(service, lines):
    text = EXAMPLE.read_text("utf-8").replace("id: perry-age-27", "id: named", 1)
    with service.client() as http:
        lines.clear()
        answer = http.post(
            "/v1/cases",
            params={"note": SECRET},
            content=text.replace("title:", f"title: {SECRET}  #", 1).encode(),
            headers={"Content-Type": "application/yaml", "User-Agent": SECRET, "Referer": SECRET,
                     "X-Forwarded-For": "203.0.113.7"},
        )  # fmt: skip
        http.get(f"/v1/cases/{SECRET}")
        http.get("/v1/cases", params={"name": SECRET})
        http.get("/v1/cases", headers={"Authorization": f"Bearer im_{SECRET}"})
        key = http.headers["Authorization"].removeprefix("Bearer ")
    assert answer.status_code in {201, 422}
    said = _said(lines, 4)
    for line, fields in zip(lines, said, strict=True):
        assert set(fields) == FIELDS
        assert SECRET not in line
        assert key not in line
        assert "203.0.113.7" not in line
        assert "127.0.0.1" not in line
    assert [fields["status"] for fields in said][1:] == [404, 200, 401]
    assert said[0]["route"] == "/v1/cases"
    assert said[1]["route"] == "/v1/cases/{case_id}"
    assert said[0]["request"] == answer.headers["x-request-id"]
    assert said[0]["bytes"] == len(answer.content)


def _said(lines, wanted):
    """What was logged, once all of it is: a line comes just after the answer that it is about."""
    end = time.monotonic() + 10
    while len(lines) < wanted and time.monotonic() < end:
        time.sleep(0.01)
    assert len(lines) == wanted
    return [json.loads(line) for line in lines]


def test_a_line_stays_one_line_whatever_is_in_it():
    record = logging.makeLogRecord({"msg": "first\nsecond \u2028 \x1b[31m", "fields": {"a": "é\n"}})
    line = JsonLines().format(record)
    assert line.isascii()
    assert "\n" not in line
    assert "\x1b" not in line
    assert json.loads(line)["event"] == record.msg


def test_a_failure_is_logged_with_where_it_happened():
    try:
        int("why")
    except ValueError:
        record = logging.makeLogRecord({"msg": "failed", "exc_info": sys.exc_info()})
    said = json.loads(JsonLines().format(record))
    assert "test_logs.py" in said["error"]
    assert "ValueError" in said["error"]


def test_logs_go_to_standard_error_once(capfd, monkeypatch):
    for name in ("impactmonitor_api", "uvicorn.error"):
        log = logging.getLogger(name)
        for part in ("handlers", "propagate", "level"):
            monkeypatch.setattr(log, part, getattr(log, part))
    log_to_stderr()
    log_to_stderr()
    logging.getLogger("impactmonitor_api").info("said", extra={"fields": {"status": 200}})
    logging.getLogger("uvicorn.error").debug("not said")
    out, err = capfd.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    assert json.loads(line)["status"] == 200
