"""Divided costs and pots on screen: columns that add up, tests in words, what is missing."""

from __future__ import annotations

import io
import re

import numpy as np
import pytest
from rich.console import Console
from tests.financing.test_cost_game import by_number
from tests.financing.test_games import TVA

from impactmonitor.financing.allocation import allocate
from impactmonitor.financing.claims import divide_pot
from impactmonitor.financing.cost_game import CostGame
from impactmonitor.financing.cost_keys import KEYS, Drawing
from impactmonitor.messages import LANGUAGES
from impactmonitor.report.allocation_screen import (
    allocation_screen,
    pot_screen,
    scale,
    shown,
)


def text(parts, width=80):
    out = Console(file=io.StringIO(), width=width, highlight=False, markup=False)
    for part in parts:
        out.print(part)
    return out.file.getvalue()


def flat(parts, width=80):
    return " ".join(text(parts, width).split())


def row(shown_text, label):
    """The words of a row behind its label."""
    line = next(line for line in shown_text.splitlines() if line.strip().startswith(label))
    return line.strip().removeprefix(label).split()


def test_players_are_rows_and_keys_are_columns():
    benefits = {"a": 200000.0, "b": 150000.0, "c": 300000.0}
    game = CostGame.of_coalitions(["a", "b", "c"], dict(enumerate(TVA[1:], 1)), benefits)
    found = text(allocation_screen(allocate(game), "en"))
    assert found.startswith("A joint cost of 412,584.00, divided among 3 players.")
    whole = ["137,528", "121,682", "126,949", "117,476", "117,829", "116,234"]
    assert row(found, "a ") == whole
    assert row(found, "Together") == ["412,584"] * 6
    assert row(found, "Nobody pays")[-1:] == ["yes"]
    assert "What is missing" not in found


def test_with_room_for_them_there_are_cents_and_it_says_so():
    found = text(allocation_screen(allocate(by_number(TVA), ["scrb", "nucleolus"]), "en"))
    assert row(found, "c ") == ["195,951.17", "202,810.00"]
    assert row(found, "Together") == ["412,584.00"] * 2
    assert "Rounded to cents. What rounding leaves over goes to the largest share." in " ".join(
        found.split()
    )


def test_in_dutch():
    found = text(allocation_screen(allocate(by_number(TVA), ["scrb"]), "nl"))
    assert row(found, "c ") == ["195.951,17"]
    assert "Gezamenlijke kosten van 412.584,00, verdeeld over 3 deelnemers." in found
    assert row(found, "Niemand betaalt meer dan alleen") == ["ja"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [1e-3, 1.0, 1e6, 1e12])
@pytest.mark.parametrize("width", [80, 120])
def test_no_number_is_cut_whatever_its_size(language, size, width):
    benefits = {"a": 1.0, "b": 2.0, "c": 3.0}
    costs = {n: size * float(TVA[n]) / 412.584 for n in range(1, 8)}
    game = CostGame.of_coalitions(["a", "b", "c"], costs, benefits)
    found = text(allocation_screen(allocate(game), language), width)
    assert "…" not in found
    sums = row(found, "Together" if language == "en" else "Samen")
    assert len(sums) == len(KEYS)
    assert len(set(sums)) == 1
    rows = [[int(re.sub(r"\D", "", cell)) for cell in row(found, name)] for name in "abc"]
    assert all(
        sum(column) == int(re.sub(r"\D", "", one))
        for column, one in zip(zip(*rows, strict=True), sums, strict=True)
    )


def test_what_is_not_known_is_said_in_words():
    game = CostGame.of_totals(["a", "b", "c"], 9.0, {"a": 4.0, "b": 4.0, "c": 2.0})
    found = text(allocation_screen(allocate(game), "en"))
    assert row(found, "Nobody pays more than alone") == ["no", "yes"]
    assert row(found, "No group more than by itself") == ["no", "unknown"]
    assert "Unknown: too few costs are known to say it." in " ".join(found.split())
    missing = " ".join(found.partition("What is missing")[2].split())
    assert "In proportion to benefits: what each gains (benefits)." in missing
    assert "(SCRB): what each adds to the cost of the others (marginal)." in missing
    assert "Shapley value, nucleolus: the cost of every group of them (costs)." in missing


def test_many_missing_coalitions_are_counted():
    found = flat(allocation_screen(allocate(CostGame.of_coalitions("abc", {1: 1.0, 7: 3.0})), "en"))
    assert (
        "nucleolus: the cost of b, the cost of c, the cost of a+b, the cost of a+c and 1 more"
        in found
    )
    assert row(text(allocation_screen(allocate(CostGame.of_coalitions("abc", {7: 3.0})), "en")),
               "Together") == ["3.00"]  # fmt: skip


def test_without_a_total_there_is_no_table():
    found = text(allocation_screen(allocate(CostGame.of_coalitions("ab", {1: 1.0})), "en"))
    assert found.startswith("What it costs all of them together is not given")
    assert "Together" not in found
    assert "Equal shares: the cost of a+b" in found


def test_each_reason_that_a_key_cannot_be_worked_out_has_words():
    dear = CostGame.of_coalitions("ab", {1: 0.0, 2: 0.0, 3: 3.0}, {"a": 0.0, "b": 0.0})
    many = CostGame.of_totals([f"p{i}" for i in range(13)], 10.0)
    for language in LANGUAGES:
        for game in (dear, many, CostGame.of_totals("ab", 1.0, {"a": 1.0})):
            allocation = allocate(game)
            found = text(allocation_screen(allocation, language))
            assert "above 0" not in found
            assert "at most stand_alone" not in found
    english = flat(allocation_screen(allocate(dear), "en"))
    assert "together it costs more than everybody apart" in english
    assert "! Together it costs more (3) than everybody apart (0)." in english
    assert "for at most 12 players" in flat(allocation_screen(allocate(many), "en"))


def test_an_empty_core_is_said():
    costs = {1: 2.0, 2: 2.0, 4: 2.0, 3: 2.0, 5: 2.0, 6: 2.0, 7: 4.0}
    empty = flat(allocation_screen(allocate(CostGame.of_coalitions("abc", costs)), "en"))
    assert "no division satisfies everybody" in empty
    fine = flat(allocation_screen(allocate(by_number(TVA)), "en"))
    assert "no division" not in fine


def test_a_sample_is_called_one():
    sizes = np.array([float(number.bit_count()) ** 2 for number in range(1 << 13)])
    game = by_number(sizes, [f"p{i}" for i in range(13)])
    found = flat(allocation_screen(allocate(game, ["shapley"], Drawing(52, 3)), "en"))
    assert "a sample of 52 of all orders" in found
    assert "seed 3" in found


def test_one_player():
    found = text(allocation_screen(allocate(CostGame.of_coalitions("a", {1: 5.0})), "en"))
    assert found.startswith("A cost of 5.00 of one player.")


def test_names_are_shown_as_they_are():
    found = text(allocation_screen(allocate(CostGame.of_totals(["[bold]x[/]", "b"], 2.0)), "en"))
    assert "[bold]x[/]" in found


def test_a_pot_that_is_too_small():
    found = text(pot_screen(divide_pot(200, {"a": 100, "b": 200, "c": 300}), "en"))
    assert found.startswith("A pot of 200.00 against claims of 600.00: 400.00 is missing.")
    assert row(found, "a ") == ["100.00", "33.33", "66.66", "0.00", "50.00"]
    assert row(found, "Together") == ["600.00", "200.00", "200.00", "200.00", "200.00"]
    dutch = text(pot_screen(divide_pot(200, {"a": 100, "b": 200, "c": 300}), "nl"))
    assert "er is 400,00 te weinig" in dutch


def test_a_pot_that_covers_all():
    found = text(pot_screen(divide_pot(1000, {"a": 1, "b": 0}), "en"))
    assert found.startswith("A pot of 1,000.00 covers all claims of 1.00; 999.00 is left.")
    assert row(found, "Together") == ["1.00"] * 5


def test_a_scale_is_the_first_that_fits():
    assert scale([[1.0, 2.0]] * 6, ["x"] * 6, "en") == (1, 2)
    assert scale([[412584.0]] * 6, ["x"] * 6, "en") == (1, 0)
    assert scale([[412584000.0]] * 6, ["x"] * 6, "en") == (1000, 0)
    assert scale([[1.0]], ["a head of\n" + "x" * 100], "en") == (1, 2)
    assert shown(np.array([1499.0, 1499.0]), 1000, 0, 2998.0) == [2.0, 1.0]
