"""The commands that divide a joint cost, a pot, and the costs of a case, as somebody types them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.cli.test_commands import FALLS, PERRY, call, flat, said
from tests.financing.test_games import TVA
from tests.small import cost, gain, tree

from impactmonitor import load_case

NAMES = ["navigation", "flood control", "power"]
COSTS = {
    "+".join(name for i, name in enumerate(NAMES) if number >> i & 1): float(TVA[number])
    for number in range(1, 8)
}


@pytest.fixture
def tva(tmp_path: Path) -> str:
    file = tmp_path / "tva.yaml"
    file.write_text(yaml.safe_dump({"players": NAMES, "costs": COSTS}), encoding="utf-8")
    return str(file)


@pytest.fixture
def small(tmp_path: Path) -> str:
    file = tmp_path / "small.yaml"
    fields = tree(
        title={"nl": "Klein", "en": "Small"},
        discount={"rate": 0.05, "timing": "end_of_year"},
        costs={"work": cost(400), "rent": cost({"2026": 80}, paid_by={"city": 0.5, "people": 0.5})},
        effects={"gain": gain(1, 900, falls_to={"insurer": 0.75, "people": 0.25}, cashable=0.5)},
        scenarios={"dear": {"changes": {"costs.work.amount": 900}}},
    )
    file.write_text(yaml.safe_dump(fields), encoding="utf-8")
    return str(file)


def as_json(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said(*words, "--json"))
    return found


def errors(*words: str, code: int) -> list[tuple[str, str]]:
    document = json.loads(call(*words, "--json", code=code).stdout)
    assert set(document) == {"errors", "warnings"}
    return [(error["code"], error["path"]) for error in document["errors"]]


# --- allocate -------------------------------------------------------------------------------------


def test_the_tennessee_valley_authority(tva: str) -> None:
    found = as_json("allocate", tva)
    assert (found["players"], found["total"]) == (NAMES, 412584)
    wanted = {
        "scrb": [117475.54, 99157.29, 195951.16],
        "shapley": [117829.0, 100756.5, 193998.5],
        "nucleolus": [116234, 93540, 202810],
    }
    for method, shares in wanted.items():
        one = found["methods"][method]
        assert list(one["shares"]) == NAMES
        assert list(one["shares"].values()) == pytest.approx(shares, abs=0.01)
        assert one["in_core"] is one["individually_rational"] is True
        assert sum(one["rounded"].values()) == pytest.approx(412584, abs=1e-6)
    assert found["methods"]["proportional_to_benefits"]["needs"] == ["benefits"]


def test_from_totals_in_json(tmp_path: Path) -> None:
    game = {
        "players": NAMES,
        "total": 412584,
        "stand_alone": dict(zip(NAMES, [163520, 140826, 250096], strict=True)),
        "marginal": dict(zip(NAMES, [45214, 33763, 110977], strict=True)),
    }
    file = tmp_path / "totals.json"
    file.write_text(json.dumps(game), encoding="utf-8")
    methods = as_json("allocate", str(file))["methods"]
    assert methods["scrb"]["shares"]["navigation"] == pytest.approx(117475.54, abs=0.01)
    assert methods["scrb"]["in_core"] is None
    assert (methods["shapley"]["shares"], methods["shapley"]["needs"]) == (None, ["costs"])


def test_the_talmud(tmp_path: Path) -> None:
    file = tmp_path / "pot.yaml"
    file.write_text("pot: 200\nclaims: [100, 200, 300]\n", encoding="utf-8")
    found = as_json("allocate", str(file))
    assert found["methods"]["talmud"]["shares"] == {"1": 50, "2": 75, "3": 75}
    assert "A pot of 200.00 against claims of 600.00" in said("allocate", str(file))
    one = as_json("allocate", str(file), "--method", "constrained-equal-awards")
    assert list(one["methods"]) == ["constrained_equal_awards"]


def test_methods_by_name_with_hyphens_or_underscores(tva: str) -> None:
    for words in (
        ("--method", "stand-alone", "--method", "scrb"),
        ("--method", "SCRB,stand_alone"),
    ):
        assert list(as_json("allocate", tva, *words)["methods"]) == ["stand_alone", "scrb"]


def test_the_screen_in_both_languages(tva: str) -> None:
    wide = {"COLUMNS": "120"}  # so that no words of the first column are broken
    english, dutch = said("allocate", tva, **wide), said("allocate", tva, "--lang", "nl", **wide)
    assert "No group more than by itself" in english
    assert "Geen groep meer dan op zichzelf" in dutch
    assert "117,476" in english or "117,475.54" in english
    assert "117.476" in dutch or "117.475,54" in dutch


def test_a_sample_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    players = [f"p{i}" for i in range(13)]
    costs = {
        "+".join(p for i, p in enumerate(players) if number >> i & 1): number.bit_count() ** 0.5
        + (number & 1)
        for number in range(1, 1 << 13)
    }
    file = tmp_path / "many.json"
    file.write_text(json.dumps({"players": players, "costs": costs}), encoding="utf-8")
    words = ("allocate", str(file), "--method", "shapley,nucleolus")
    first, same = (as_json(*words, *seed)["methods"] for seed in ((), ("--seed", "1")))
    assert first == same
    assert first["shapley"]["seed"] == 1
    assert first["shapley"]["shares"]["p0"] == pytest.approx(1 + 13**0.5 / 13)
    assert first["nucleolus"]["needs"] == ["at most 12 players"]


def test_wrong_use_is_2(tva: str, tmp_path: Path) -> None:
    assert errors("allocate", tva, "--method", "shapely", code=2) == [("unknown-division", "")]
    assert errors("allocate", tva, "--method", "talmud", code=2) == [("unknown-division", "")]
    assert errors("allocate", tva, "--seed", "-1", code=2) == [("seed-below-0", "")]
    found = call("allocate", tva, "--method", "shapely", code=2)
    assert 'Did you mean "shapley"?' in flat(found.stderr)
    assert found.stdout == ""


def test_every_mistake_in_a_file_is_3_and_no_file_is_5(tmp_path: Path) -> None:
    file = tmp_path / "game.yaml"
    file.write_text("players: [a, b]\ncosts: {a: 1, b: x, a+c: 3, b+a: 2, a+b: 2}\n", "utf-8")
    assert set(errors("allocate", str(file), code=3)) == {
        ("not-a-number", "costs.b"),
        ("unknown-player", "costs.a+c"),
        ("coalition-twice", "costs.a+b"),
    }
    dutch = call("allocate", str(file), "--lang", "nl", code=3)
    assert "is dezelfde groep als" in flat(dutch.stderr)
    assert errors("allocate", str(tmp_path / "none.yaml"), code=5) == [("file-not-found", "")]
    assert errors("allocate", PERRY, code=3)[0] == ("missing-field", "players")


def test_as_a_process_of_its_own(tva: str) -> None:
    done = subprocess.run([sys.executable, "-m", "impactmonitor", "allocate", tva, "--json"],
                          capture_output=True, encoding="utf-8", check=True)  # fmt: skip
    assert json.loads(done.stdout)["methods"]["nucleolus"]["in_core"] is True
    assert done.stderr == ""


# --- share-costs ----------------------------------------------------------------------------------


def test_all_keys_side_by_side(small: str) -> None:
    found = as_json("share-costs", small)
    assert list(found["methods"]) == [
        "equal", "stand_alone", "proportional_to_benefits", "scrb", "shapley", "nucleolus",
    ]  # fmt: skip
    assert found["players"] == ["city", "insurer"]
    assert found["total"] == pytest.approx(400 / 1.05 + 80 / 1.05**2)
    assert found["methods"]["shapley"]["needs"] == ["costs"]
    text = said("share-costs", small, "--lang", "nl")
    assert text.startswith("Klein")
    assert "Wat er ontbreekt" in text


@pytest.mark.parametrize(
    ("key", "ending", "costs", "scenario"),
    [
        ("equal", ".yaml", (), ()),
        ("proportional-to-benefits", ".json", (), ("--scenario", "dear")),
        ("proportional-to-benefits", ".yml", ("--costs", "rent"), ()),
        ("equal", ".json", ("--costs", "rent"), ("--scenario", "dear")),
    ],
)
def test_what_is_written_gives_each_actor_its_costs_minus_its_share(
    small: str, tmp_path: Path, key: str, ending: str, costs: Any, scenario: Any
) -> None:
    out = str(tmp_path / f"out{ending}")
    found = as_json("share-costs", small, "--key", key, *costs, *scenario, "--write", out)
    (method,) = found["methods"].values()
    before, after = (as_json("evaluate", file, *scenario) for file in (small, out))
    for name, actor in before["actors"].items():
        share = method["shares"].get(name, 0.0)
        transfer = found["actors"][name]["costs"] - share
        assert method["transfers"][name] == pytest.approx(transfer, rel=1e-9, abs=1e-9)
        changed = after["actors"][name]["transfers"] - actor["transfers"]
        assert changed == pytest.approx(transfer, rel=1e-9, abs=1e-9 * found["total"])
    for total in ("costs", "benefits", "net_present_value"):
        assert after["totals"][total] == pytest.approx(before["totals"][total], rel=1e-12)
    assert load_case(out).effects == load_case(small).effects


def test_an_example_as_a_process_of_its_own(tmp_path: Path) -> None:
    out = tmp_path / "out.yaml"

    def run(*words: str) -> dict[str, Any]:
        done = subprocess.run([sys.executable, "-m", "impactmonitor", *words, "--json"],
                              capture_output=True, encoding="utf-8", check=True)  # fmt: skip
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    shared = run("share-costs", FALLS, "--key", "equal", "--write", str(out))
    before, after = run("evaluate", FALLS), run("evaluate", str(out))
    for name, wanted in shared["methods"]["equal"]["transfers"].items():
        change = after["actors"][name]["net"] - before["actors"][name]["net"]
        assert change == pytest.approx(wanted, rel=1e-9, abs=1e-9 * shared["total"])


def test_the_screen_says_who_pays_whom_and_where_it_was_written(small: str, tmp_path: Path) -> None:
    out = str(tmp_path / "out.yaml")
    text = flat(said("share-costs", small, "--key", "equal", "--write", out))
    assert "From Insurer to City" in text
    assert '"out.yaml"' in text
    assert '"people" may not be asked to pay' in text


def test_a_workbook_can_be_shared_too(small: str, tmp_path: Path) -> None:
    book, out = str(tmp_path / "small.xlsx"), str(tmp_path / "out.yaml")
    call("convert", small, book)
    shared = as_json("share-costs", book, "--key", "equal", "--write", out)
    assert shared["methods"] == as_json("share-costs", small, "--key", "equal")["methods"]
    assert set(load_case(out).transfers) == {"share-insurer-city", "share-insurer-people"}


def test_wrong_use_of_sharing_is_2(small: str, tmp_path: Path) -> None:
    out = tmp_path / "out.yaml"
    assert errors("share-costs", small, "--key", "eqal", code=2) == [("unknown-division", "")]
    assert errors("share-costs", small, "--write", str(out), code=2) == [("key-to-write", "")]
    twice = ("--key", "equal,scrb", "--write", str(out))
    assert errors("share-costs", small, *twice, code=2) == [("key-to-write", "")]
    book = ("--key", "equal", "--write", str(tmp_path / "out.xlsx"))
    assert errors("share-costs", small, *book, code=2) == [("file-kind-to-write", "")]
    out.write_text("mine", encoding="utf-8")
    words = ("share-costs", small, "--key", "equal", "--write", str(out))
    assert errors(*words, code=2) == [("file-exists", "")]
    assert out.read_text(encoding="utf-8") == "mine"
    call(*words, "--force")
    assert load_case(out).transfers


def test_a_key_that_cannot_be_worked_out_writes_nothing(small: str, tmp_path: Path) -> None:
    out = tmp_path / "out.yaml"
    found = errors("share-costs", small, "--key", "scrb", "--write", str(out), code=3)
    assert found == [
        ("key-needs", "actors.city.stand_alone"),
        ("key-needs", "actors.insurer.stand_alone"),
        ("key-needs", ""),
    ]
    assert not out.exists()
    assert as_json("share-costs", small, "--key", "scrb")["methods"]["scrb"]["shares"] is None


def test_what_is_not_there_is_5(small: str) -> None:
    missing = ("share-costs", small, "--costs", "wrok, rent,x")
    assert errors(*missing, code=5) == [("unknown-cost-line", "costs")]
    assert '"wrok, x"' in flat(call(*missing, code=5).stderr)
    assert errors("share-costs", small, "--scenario", "none", code=5)[0][0] == "unknown-scenario"


def test_where_nobody_may_be_asked_it_is_3() -> None:
    assert errors("share-costs", PERRY, code=3) == [("nobody-shares", "actors")]
