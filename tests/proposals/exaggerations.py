"""Twenty exaggerations, each planted in one of the thirty intakes.

What was changed, and which flag at which place ought to see it, stands in `planted.md` in words
and in ``PLANTED`` as code. They were written before any threshold was chosen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.proposals.intakes import Tree, clean, paid_along, scaled


def planted(seed: int) -> dict[str, Tree]:
    """The same thirty, of which twenty exaggerate."""
    made = clean(seed)
    for one in PLANTED:
        one.change(made[one.intake])
    return made


@dataclass(frozen=True)
class Planted:
    """One exaggeration: where, what ought to see it, and what was changed."""

    intake: str
    check: str
    path: str
    change: Callable[[Tree], None]


def _more_people_than_there_are(tree: Tree) -> None:
    reach = 1.6 * tree["about"]["population"]
    tree["parameters"]["participants-per-year"]["value"] = reach


def _two_years_at_once(tree: Tree) -> None:
    reach = tree["parameters"]["participants-per-year"]["value"]
    tree["about"]["population"] = round(2 * reach / 1.25)


def _more_helped_than_met(tree: Tree) -> None:
    tree["effects"]["arrears-settled"]["factors"]["kept-to-a-plan"] = 1.7


def _nothing_would_happen_anyway(tree: Tree) -> None:
    tree["effects"]["household-help"].pop("deadweight")
    tree["about"].pop("null_alternative")


def _silent_about_the_largest(tree: Tree) -> None:
    tree["effects"]["out-of-debt"].pop("deadweight")
    tree["effects"]["out-of-debt"].pop("counterfactual")


def _hardly_anything_anyway(tree: Tree) -> None:
    tree["effects"]["into-work"]["deadweight"] = 0.01


def _off_twice(tree: Tree) -> None:
    tree["effects"]["treated-falls"]["deadweight"] = 0.2


def _five_times_the_card(tree: Tree) -> None:
    tree["effects"]["gas-visited"]["factors"] = {"effect": 0.25}


def _just_outside_the_card(tree: Tree) -> None:
    tree["effects"]["treated-falls"]["factors"] = {"effect": 0.55}


def _dear_consultations(tree: Tree) -> None:
    tree["effects"]["gp-consultations"]["unit_value"] = 75


def _days_as_intensive_care(tree: Tree) -> None:
    tree["effects"]["hospital-days"]["unit_value"] = "intensive-care-day"


def _all_for_itself(tree: Tree) -> None:
    paid_along(tree, 0)


def _almost_free(tree: Tree) -> None:
    for cost in tree["costs"].values():
        cost["amount"] = scaled(cost["amount"], 1 / 12)


def _six_times_the_people(tree: Tree) -> None:
    reach = tree["parameters"]["participants-per-year"]
    reach["value"] = scaled(reach["value"], 6)
    tree["about"]["population"] *= 6


def _counted_again(tree: Tree) -> None:
    effects = tree["effects"]
    effects["visits-to-the-doctor"] = {
        **effects["gp-consultations"],
        "title": "Minder drukte op het spreekuur",
        "quantity": scaled(effects["gp-consultations"]["quantity"], 0.8),
    }


def _counted_again_at_another_price(tree: Tree) -> None:
    effects = tree["effects"]
    again = {**effects["less-support"], "title": "Minder inzet van het wijkteam"}
    again.pop("indicator")
    effects["less-team"] = {**again, "domain": "societal", "unit": "hour", "unit_value": 68}


def _out_of_the_group(tree: Tree) -> None:
    tree.pop("overlaps")
    tree.pop("alternatives", None)  # one of them changes the group


def _out_of_debt_for_ever(tree: Tree) -> None:
    tree["horizon"] = 25
    tree["effects"]["out-of-debt"]["lasts"] = 20


def _on_nothing(tree: Tree) -> None:
    for key in ("evidence", "source"):
        tree["effects"]["out-of-debt"].pop(key)


def _everybody_falls_twice_a_year(tree: Tree) -> None:
    tree["effects"]["treated-falls"]["card"]["baseline"] = 2.4


PLANTED = (
    Planted("falls-1", "reach-above-population", "effects.treated-falls",
            _more_people_than_there_are),
    Planted("neighbours-1", "reach-above-population", "effects", _two_years_at_once),
    Planted("debts-1", "more-helped-than-reached", "effects.arrears-settled",
            _more_helped_than_met),
    Planted("neighbours-2", "no-deadweight", "effects.household-help",
            _nothing_would_happen_anyway),
    Planted("debts-2", "no-deadweight", "effects.out-of-debt", _silent_about_the_largest),
    Planted("neighbours-3", "no-deadweight", "effects.into-work", _hardly_anything_anyway),
    Planted("classes-1", "net-with-deadweight", "effects.treated-falls", _off_twice),
    Planted("homes-1", "effect-outside-card", "effects.gas-visited", _five_times_the_card),
    Planted("classes-2", "effect-outside-card", "effects.treated-falls", _just_outside_the_card),
    Planted("neighbours-4", "unit-value-outside-catalogue", "effects.gp-consultations",
            _dear_consultations),
    Planted("neighbours-5", "unit-value-outside-catalogue", "effects.hospital-days",
            _days_as_intensive_care),
    Planted("walls-1", "no-attribution", "effects", _all_for_itself),
    Planted("falls-2", "cost-per-person", "costs", _almost_free),
    Planted("falls-3", "cost-per-person", "costs", _six_times_the_people),
    Planted("classes-3", "double-count", "effects.visits-to-the-doctor", _counted_again),
    Planted("debts-3", "double-count", "effects.less-team", _counted_again_at_another_price),
    Planted("homes-3", "double-count", "effects.gas-visited", _out_of_the_group),
    Planted("debts-4", "no-drop-off", "effects.out-of-debt", _out_of_debt_for_ever),
    Planted("debts-5", "large-effect-unsupported", "effects.out-of-debt", _on_nothing),
    Planted("classes-4", "benefit-cost-ratio", "effects.treated-falls",
            _everybody_falls_twice_a_year),
)  # fmt: skip
