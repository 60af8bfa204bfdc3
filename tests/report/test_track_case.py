"""Plan against result in one step; what is shown of it is tested in test_track_shown."""

import pytest

from impactmonitor import load_case, load_catalogue, track
from impactmonitor.problems import NotFound
from impactmonitor.report.track_case import track_and_show
from impactmonitor.report.track_document import document_of
from impactmonitor.report.track_shown import shown_track
from impactmonitor.resources import folder

CASE = load_case(folder("examples") / "early-debt-help-measured" / "case.yaml")
CATALOGUE = load_catalogue()


@pytest.mark.parametrize("view", ["restated", "first_reported"])
@pytest.mark.parametrize("reforecast", [False, True])
def test_it_is_the_two_steps_after_each_other(view, reforecast):
    found = document_of(track_and_show(CASE, CATALOGUE, None, reforecast, view))
    tracked = track(CASE, CATALOGUE, None, reforecast, view)
    assert found == document_of(shown_track(tracked, CATALOGUE, view))


def test_a_period_that_there_is_not_is_not_found():
    with pytest.raises(NotFound) as caught:
        track_and_show(CASE, CATALOGUE, "someday")
    assert caught.value.problem.code == "unknown-period"
