"""The command that puts options in order, as somebody types it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.test_commands import call, said

VA_HERC = """option,cost,effect
UC,5000,1
A,12000,1.5
B,10000,2
C,25000,3
D,35000,4
E,55000,5
"""


def test_va_herc_options_as_json(tmp_path: Path) -> None:
    """Health Economics Resource Center (US Department of Veterans Affairs)."""
    file = tmp_path / "options.csv"
    file.write_text(VA_HERC, encoding="utf-8")
    found = json.loads(said("frontier", str(file), "--json"))
    assert {one["option"]: (one["status"], one["icer"]) for one in found["options"]} == {
        "UC": ("frontier", None),
        "B": ("frontier", 5000),
        "D": ("frontier", 12500),
        "E": ("frontier", 20000),
        "C": ("extended-dominated", None),
        "A": ("dominated", None),
    }


def test_on_screen_in_both_languages(tmp_path: Path) -> None:
    file = tmp_path / "options.csv"
    file.write_text(VA_HERC.replace(",", ";"), encoding="utf-8")
    assert "4 of the 6 options are worth considering" in said("frontier", str(file), "--lang", "en")
    assert "het overwegen waard: UC, B, D, E." in said("frontier", str(file), "--lang", "nl")


def test_mistakes_have_their_line(tmp_path: Path) -> None:
    file = tmp_path / "options.csv"
    file.write_text("option;cost;effect\na;12.500;1\nb;1;x\n", encoding="utf-8")
    found = call("frontier", str(file), "--json", code=3)
    errors = json.loads(found.stdout)["errors"]
    assert [(e["code"], e["path"], e["line"]) for e in errors] == [
        ("csv-thousands", "cost", 2),
        ("not-a-number", "effect", 3),
    ]
    assert "line 2" in call("frontier", str(file), "--lang", "en", code=3).stderr


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    call("frontier", str(tmp_path / "none.csv"), code=5)
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    call("frontier", str(tmp_path / "a.txt"), code=3)
