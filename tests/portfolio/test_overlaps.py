from tests import small

from impactmonitor.evaluation import evaluate
from impactmonitor.messages import LANGUAGES
from impactmonitor.model.case import Case
from impactmonitor.portfolio.overlaps import Counted, overlap_warnings, overlaps

FALLS = "treated-falls-avoided"


def counted(name, *regions, area=None, **effect):
    line = {"indicator": FALLS, "quantity": 5, "unit_value": 10, "unit": "treated fall",
            "falls_to": "insurer", "years": 2, **effect}  # fmt: skip
    about = {"about": {"area": area}} if area else {}
    tree = small.tree(id=name, effects={"falls": line}, **about)
    return Counted(f"holding-of-{name}", evaluate(Case.model_validate(tree)), frozenset(regions))


def test_the_same_outcome_for_the_same_actor_in_the_same_place_and_year_is_named():
    (found,) = overlaps([counted("b", "Utrecht"), counted("a", "utrecht", first_year=2026)])
    assert found.first == ("holding-of-a", "a", "falls")
    assert found.second == ("holding-of-b", "b", "falls")
    assert (found.indicator, found.actor_kind, found.place) == (FALLS, "health-insurer", "utrecht")
    assert (found.first_year, found.last_year) == (2026, 2026)


def test_all_that_may_count_the_same_is_one_warning():
    found = overlaps([counted(name, "Utrecht") for name in ("c", "a", "b")])
    assert len(found) == 3
    (warning,) = overlap_warnings(found)
    assert (warning.path, warning.severity) == ("holdings.holding-of-a", "warning")
    for language in LANGUAGES:
        assert "a (falls), b (falls), c (falls)" in warning.message(language)
        assert "2025-2026" in warning.message(language)


def test_an_area_in_the_case_is_a_place_too_and_goes_before_a_region():
    assert overlaps([counted("a", area={"nl": "Utrecht"}), counted("b", "Utrecht")])
    one, other = (counted(name, "East", area={"en": "Utrecht"}) for name in "ab")
    assert [found.place for found in overlaps([one, other])] == ["Utrecht"]


def test_another_place_year_actor_or_no_place_at_all_is_no_overlap():
    one = counted("a", "Utrecht")
    others = [
        counted("b", "Zeist"),
        counted("b"),
        counted("b", "Utrecht", first_year=2027),
        counted("b", "Utrecht", falls_to="people"),
        counted("b", "Utrecht", indicator="hospital-days-avoided", unit="day"),
        counted("a", "Utrecht"),
    ]
    for other in others:
        assert overlaps([one, other]) == ()


def test_two_places_in_common_are_one_overlap():
    assert len(overlaps([counted("a", "x", "y"), counted("b", "x", "y")])) == 1
