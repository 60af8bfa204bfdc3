"""An arrangement with how sure it is: the same as its parts."""

from impactmonitor import evaluate, load_case
from impactmonitor.financing.arrangement import arrange
from impactmonitor.financing.arranging import Asked, arranged_financing
from impactmonitor.financing.chances import chances_of, drawn
from impactmonitor.financing.result import financing_of
from impactmonitor.resources import folder

RESULT = evaluate(load_case(folder("examples") / "fall-prevention-65plus" / "case.yaml"))


def test_it_is_what_its_parts_are() -> None:
    told: list[tuple[int, int]] = []
    found = arranged_financing(
        RESULT, Asked("cash", True, 64, 7), lambda done, of: told.append((done, of))
    )
    assert found.arranged == arrange(RESULT, "cash", True)
    taken = drawn(RESULT, 64, 7)
    assert found.chances == chances_of(found.arranged, taken)
    assert found.drawn is not None
    assert (found.drawn.draws, found.drawn.seed) == (64, 7)
    assert found.pockets == financing_of(RESULT).pockets
    assert told[-1] == (64, 64)


def test_without_draws_nothing_is_said_of_chances() -> None:
    found = arranged_financing(RESULT, Asked(draws=0))
    assert (dict(found.chances), found.drawn) == ({}, None)
