"""Broken and hostile files end in exit 3 within 5 seconds and 300 MB, and never in a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from impactmonitor.resources import folder

SECONDS, MEGABYTES = 5.0, 300
EXAMPLE = folder("examples") / "fall-prevention-65plus" / "case.yaml"

SMALL = """impactmonitor: 1
id: small
title: Small
currency: EUR
price_year: 2025
base_year: 2025
horizon: 3
discount: {rate: 0.03}
actors: {city: {kind: municipality}}
costs: {work: {amount: AMOUNT, paid_by: city}}
"""
BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 40))


def amount(text: str) -> bytes:
    return SMALL.replace("AMOUNT", text).encode()


def as_json(text: str) -> bytes:
    case = {
        "impactmonitor": 1, "id": "small", "title": "Small", "currency": "EUR",
        "price_year": 2025, "base_year": 2025, "horizon": 3, "discount": {"rate": 0.03},
        "actors": {"city": {"kind": "municipality"}},
        "costs": {"work": {"amount": "AMOUNT", "paid_by": "city"}},
    }  # fmt: skip
    return json.dumps(case).replace('"AMOUNT"', text).encode()


FILES: dict[str, Callable[[], bytes]] = {
    "nan.yaml": lambda: amount(".nan"),
    "nan.json": lambda: as_json("NaN"),
    "infinity.yaml": lambda: amount(".inf"),
    "infinity.json": lambda: as_json("-Infinity"),
    "1e999.yaml": lambda: amount("1e999"),
    "1e999.json": lambda: as_json("1e999"),
    "5000-digits.yaml": lambda: amount("9" * 5000),
    "5000-digits.json": lambda: as_json("9" * 5000),
    "bomb.yaml": BOMB.encode,
    "deep.yaml": lambda: b"a: " + b"[" * 100_000,
    "deep-mapping.yaml": lambda: b"{a: " * 100_000,
    "deep.json": lambda: b"[" * 100_000,
    "deep-mapping.json": lambda: b'{"a":' * 100_000,
    "100-megabytes.yaml": lambda: b"a: 1\n" * 20_000_000,
    "100-megabytes.json": lambda: b" " * 100_000_000,
    "one-long-text.yaml": lambda: b"a: " + b"x" * 4_900_000,
    "many-nodes.yaml": lambda: b"a: [" + b"1," * 2_400_000 + b"1]",
    "many-nodes.json": lambda: b"[" + b"1," * 2_400_000 + b"1]",
    "duplicate-keys.yaml": lambda: b"a: 1\n" * 900_000,
    "unknown-keys.yaml": lambda: b"".join(b"k%d: 1\n" % i for i in range(100_000)),
    "utf-16.yaml": lambda: SMALL.encode("utf-16"),
    "latin-1.yaml": lambda: SMALL.replace("Small", "Café").encode("latin-1"),
    "nul.yaml": lambda: amount("1\x00"),
    "surrogate.json": lambda: as_json('1, "\\ud800": 2'),
    "control.json": lambda: as_json('1, "note": "\\u0007"'),
    "random.yaml": lambda: bytes(range(256)) * 20,
    "empty.yaml": lambda: b"",
    "comment.yaml": lambda: b"# nothing\n",
    "list.yaml": lambda: b"[1, 2]",
    "text.json": lambda: b'"text"',
    "wrong-everywhere.yaml": lambda: b"\n".join(
        b"%s: [1]" % key.split(b":")[0] for key in SMALL.encode().splitlines()
    ),
    "truncated.yaml": lambda: EXAMPLE.read_bytes()[:3000] + b"\n  x: [",
}
CHILD = """
import resource, sys
from impactmonitor.cli import main
sys.argv = ["impactmonitor", "evaluate", sys.argv[1], "--json"]
try:
    main()
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_quickly_and_in_little_memory(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(FILES[name]())
    start = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-c", CHILD, str(file)], capture_output=True, check=False, timeout=60
    )
    seconds = time.perf_counter() - start
    said = run.stderr.decode()
    assert run.returncode == 3, said
    assert "Traceback" not in said
    assert json.loads(run.stdout)["errors"]
    assert int(said.split()[-1]) < MEGABYTES * 1024
    # a machine that runs other tests at the same time is given some room
    assert seconds < 2 * SECONDS


def test_a_byte_order_mark_and_other_scripts_are_accepted(tmp_path: Path) -> None:
    file = tmp_path / "fine.yaml"
    text = SMALL.replace("AMOUNT", "1").replace("Small", "Valpreventie 🙂 الوقاية")
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    run = subprocess.run(
        [sys.executable, "-c", CHILD, str(file)], capture_output=True, check=False, timeout=60
    )
    assert run.returncode == 0
    assert json.loads(run.stdout)["title"].startswith("Valpreventie 🙂")
