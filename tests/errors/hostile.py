"""Files that are made to exhaust, confuse or crash a reader, by name; and a run over all of them.

    python -m tests.errors.hostile FOLDER [KIND ...]

reads each of them with the command in one process, and prints per file the exit code, the
seconds of work, the peak of memory so far in megabytes, and the code of the first error.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.errors.provoking import BASE, changed

MOST = 4_900_000
"""Just below the largest file that is read at all."""

Bytes = Callable[[], bytes]


def filled(part: bytes, head: bytes = b"", tail: bytes = b"") -> Bytes:
    """A part repeated until the file is as large as can be."""
    return lambda: head + part * ((MOST - len(head) - len(tail)) // len(part)) + tail


def repeated(part: bytes, times: int, head: bytes = b"", tail: bytes = b"") -> Bytes:
    return lambda: head + part * times + tail


def numbered(row: str, times: int, head: str = BASE, tail: str = "") -> Bytes:
    def made() -> bytes:
        return (head + "".join(row.format(i) for i in range(times)) + tail).encode()

    return made


def amount(text: str | bytes) -> Bytes:
    """The base with this amount."""
    written = text if isinstance(text, bytes) else text.encode()
    return lambda: BASE.encode().replace(b"amount: 1000", b"amount: " + written)


def json_amount(text: str) -> Bytes:
    return lambda: json.dumps(changed()).replace('"amount": 1000', f'"amount": {text}').encode()


def as_json(section: str, entry: Any, times: int) -> Bytes:
    """The base with a section of many entries."""
    entries = {f"x{i}": entry for i in range(times)}
    return lambda: json.dumps({**changed(), section: entries}).encode()


def of_bytes(seed: int) -> Bytes:
    return lambda: random.Random(seed).randbytes(5000)  # noqa: S311  only has to be unforeseen


B = BASE.encode()
LAUGHS = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (98 + i, 98 + i, b",".join([b"*%c" % (97 + i)] * 9)) for i in range(9)
)

DIGITS = {
    "nan.yaml": amount(".nan"),
    "infinite.yaml": amount("-.inf"),
    "1e999.yaml": amount("1e999"),
    "10-to-the-400.yaml": amount(str(10**400)),
    "5000-digits.yaml": amount("7" * 5000),
    "digits.yaml": amount("1" * MOST),
    "digits-then-a-letter.yaml": amount("1." + "0" * MOST + "x"),
    "hexadecimal.yaml": amount("0x" + "f" * MOST),
    "octal.yaml": amount("0o" + "7" * MOST),
    "nan.json": json_amount("NaN"),
    "infinite.json": json_amount("Infinity"),
    "1e999.json": json_amount("1e999"),
    "10-to-the-400.json": json_amount(str(10**400)),
    "5000-digits.json": json_amount("7" * 5000),
    "digits.json": json_amount("1" * MOST),
}
BOMBS = {
    "billion-laughs.yaml": lambda: LAUGHS,
    "billion-laughs-inside.yaml": lambda: B + LAUGHS,
    "quadratic.yaml": filled(b"*a,", B + b"a: &a '" + b"x" * 10**6 + b"'\nb: [", b"1]\n"),
    "many-anchors.yaml": filled(b"- &a x\n"),
    "many-tags.yaml": filled(b"- !a x\n"),
    "merges.yaml": filled(b"- {<<: *a}\n"),
}
DEPTHS = {
    f"deep-{name}.{ending}": repeated(part, 100_000)
    for ending, parts in {
        "yaml": {"lists": b"[", "maps": b"{", "flow": b"{a: ", "dashes": b"- ", "marks": b"? "},
        "json": {"lists": b"[", "maps": b"{", "objects": b'{"a":'},
    }.items()
    for name, part in parts.items()
} | {
    "deep-closed.json": lambda: b'{"a":' * 900 + b"1" + b"}" * 900,
    "deep-change.json": lambda: json.dumps(
        changed({"scenarios": '{s: {changes: {costs.lessons.note: "@"}}}'})
    ).replace('"@"', "[" * 900 + "]" * 900).encode(),
    "deep-blocks.yaml": lambda: b"".join(b" " * i + b"a:\n" for i in range(3000)),
    "deep-inside.yaml": repeated(b"[", 100_000, B + b"perspectives: "),
    "deepest.yaml": filled(b"{a: "),
    "deepest.json": filled(b"["),
}  # fmt: skip
NODES = {
    "many-numbers.yaml": filled(b"1,", B + b"perspectives: [", b"1]\n"),
    "many-numbers.json": filled(b"1,", b'{"costs":[', b"1]}"),
    "many-lists.json": filled(b"[],", b"[", b"1]"),
    "many-maps.json": filled(b"{},", b"[", b"1]"),
    "many-maps.yaml": filled(b"{},", b"[", b"1]"),
    "unfinished.yaml": filled(b"1,", b"["),
    "100000-unknown-keys.yaml": numbered("k{}: 1\n", 100_000),
    "100000-costs.yaml": numbered(
        "  w{}: {{amount: 1, paid_by: city}}\n", 100_000, head=BASE + "more:\n"
    ),
    "unknown-keys.json": as_json("costs", 1, 49_000),
    "empty-lines.json": as_json("transfers", {}, 49_000),
    "misspelt-lines.json": as_json("transfers", {"frm": 1}, 24_000),
    "unknown-actors.json": as_json("costs", {"amount": 1, "paid_by": "ciy"}, 12_000),
    "unknown-parameters.json": as_json(
        "costs", {"amount": {"parameter": "rached"}, "paid_by": "city"}, 12_000
    ),
    "bad-years.json": lambda: json.dumps(
        changed({"costs.lessons.amount": {str(y): 1 for y in range(10_000, 59_000)}})
    ).encode(),
    "many-groups.json": as_json("perspectives", ["nobody"], 24_000),
    "many-scenarios.json": as_json("scenarios", {"changes": {"horizn": 3}}, 16_000),
    "many-changes.json": lambda: json.dumps(
        changed({"scenarios": {"s": {"changes": {f"costs.lesson.{i}": 1 for i in range(49_000)}}}})
    ).encode(),
    "many-flows.json": lambda: json.dumps(crowd(10_000)).encode(),
    "centuries.json": lambda: json.dumps(
        {**changed({"base_year": 1000}), "costs": {
            f"x{i}": {"amount": 1, "paid_by": "city", "first_year": 9999, "years": 1000}
            for i in range(5_000)
        }}
    ).encode(),
    "duplicates.yaml": filled(b"a: 1\n", B),
    "duplicates.json": filled(b'"a":1,', b"{", b'"a":1}'),
}  # fmt: skip
SCALARS = {
    "one-text.yaml": filled(b"x", b"title: "),
    "one-quoted-text.yaml": filled(b"x ", b'title: "', b'"\n'),
    "one-folded-text.yaml": filled(b" x\n", B + b"summary: >\n"),
    "one-text.json": filled(b"x", b'{"title":"', b'"}'),
    "one-key.yaml": filled(b"x", B + b'? "', b'"\n: 1\n'),
    "one-key.json": filled(b"x", b'{"', b'":1}'),
    "one-key-with-many-below.yaml": lambda: (
        B + b'? "' + b"x" * 2_000_000 + b'"\n: {' + b"".join(b"a%d: 1, " % i for i in range(40_000))
        + b"}\n"
    ),
    "one-id.json": lambda: json.dumps(changed({"id": "a-" * (MOST // 2)})).encode(),
    "one-reference.json": lambda: json.dumps(
        changed({"costs.lessons.paid_by": "a-" * (MOST // 2)})
    ).encode(),
    "spaces.yaml": filled(b" "),
    "line-breaks.yaml": filled(b"\n", tail=b"a: 1"),
    "comments.yaml": filled(b"#"),
    "colons.yaml": filled(b":"),
    "commas.yaml": filled(b","),
    "question-marks.yaml": filled(b"?\n"),
}  # fmt: skip
TEXTS = {
    "utf-16.yaml": lambda: BASE.encode("utf-16"),
    "latin-1.yaml": lambda: BASE.encode().replace(b"1000", b"caf\xe9"),
    "nul.yaml": amount("1\x00"),
    "surrogate.json": json_amount('1, "\\ud800": 2'),
    "control.json": json_amount('1, "note": "\\u0007"'),
    "empty.yaml": lambda: b"",
    "empty.json": lambda: b"",
    "comment.yaml": lambda: b"# nothing\n",
    "list.yaml": lambda: b"[1, 2]",
    "text.json": lambda: b'"text"',
    "truncated.yaml": lambda: B + b"\n  x: [",
    "truncated.json": lambda: json.dumps(changed()).encode()[:-3],
}  # fmt: skip
RANDOM = {f"random-{seed}.{ending}": of_bytes(seed) for seed in range(3)
          for ending in ("yaml", "json")}  # fmt: skip

KINDS: dict[str, dict[str, Bytes]] = {
    "digits": DIGITS,
    "bombs": BOMBS,
    "depths": DEPTHS,
    "nodes": NODES,
    "scalars": SCALARS,
    "texts": TEXTS,
    "random": RANDOM,
}
FILES: dict[str, Bytes] = {name: made for kind in KINDS.values() for name, made in kind.items()}


def crowd(size: int) -> dict[str, Any]:
    """An effect that would go from each of many actors to each of them."""
    shares = {f"a{i}": 1 / size for i in range(size)}
    actors = {name: {"kind": "citizen"} for name in shares}
    effect = {"quantity": 1, "unit_value": 1, "taken_from": shares, "falls_to": shares}
    return {
        **changed({"costs": "{}", "transfers": "{}"}),
        "actors": actors,
        "effects": {"e": effect},
    }


def run(name: str, folder: Path) -> dict[str, Any]:
    """Evaluate one file with the command; what became of it."""
    from impactmonitor.cli.app import app

    file = folder / name
    file.write_bytes(FILES[name]())
    out, start = io.StringIO(), time.process_time()
    try:
        with contextlib.redirect_stdout(out):
            app(["evaluate", str(file), "--json"], standalone_mode=False)
        code: object = 0
    except SystemExit as end:
        code = end.code
    seconds = time.process_time() - start
    file.unlink()
    found = json.loads(out.getvalue() or "{}").get("errors", [{}])
    return {"name": name, "exit": code, "seconds": seconds, "error": found[0].get("code"),
            "errors": len(found), "written": len(out.getvalue()),
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}  # fmt: skip


if __name__ == "__main__":
    for kind in sys.argv[2:] or KINDS:
        for each in KINDS[kind]:
            sys.stdout.write(json.dumps(run(each, Path(sys.argv[1]))) + "\n")
            sys.stdout.flush()
