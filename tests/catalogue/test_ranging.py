"""Published ranges become distributions, and nothing else changes."""

from __future__ import annotations

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.ranging import with_value_ranges
from impactmonitor.model.numbers import Pert

CATALOGUE = load_catalogue()
CHANGED = with_value_ranges(CATALOGUE)


def editions():
    for name, value in CATALOGUE.values.items():
        yield from zip(value.editions, CHANGED.values[name].editions, strict=True)


def test_every_published_range_and_no_other():
    ranged = 0
    for old, new in editions():
        bounds = (old.low, old.high)
        if None in bounds or old.low == old.high or not isinstance(old.value, float):
            assert new is old
            continue
        ranged += 1
        assert isinstance(new.value, Pert)
        assert new.value.pert == (old.low, old.value, old.high)
        assert new.value.central == old.value
        assert new.model_copy(update={"value": old.value}) == old
    assert ranged > 0
    (told,) = CHANGED.overrides[len(CATALOGUE.overrides) :]
    assert (told.code, told.params["count"]) == ("value-ranges-used", ranged)
    assert told.severity == "warning"


def test_the_catalogue_itself_stays_as_it_is():
    assert all(not isinstance(old.value, Pert) for old, _ in editions())
