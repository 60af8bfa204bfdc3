"""Numbers that may be hidden, lights and names of plan against result, in words."""

from __future__ import annotations

from tests.report.tracked import HELPED, measured, shown

from impactmonitor.report.track_words import MARKS, TrackWords


def test_every_light_has_a_form_of_its_own():
    assert len(set(MARKS.values())) == len(MARKS)


def test_figures_progress_and_lights_in_words():
    words = TrackWords(shown(measured()), "nl")
    helped, content = (words.shown.indicators[name] for name in (HELPED, "content"))
    assert [words.light(one) for one in helped.periods] == ["○ achter", "● op koers"]
    assert words.light(helped.end) == "– loopt nog"
    assert words.figure(content.periods[0], is_ratio=True) == "57,9% (55 van 95)"
    assert words.aim(0.6, is_ratio=True) == "60%"
    assert words.progress(helped.periods[1]) == "95%"
    hidden = helped.categories["sex=men"][0]
    assert (words.figure(hidden, is_ratio=False), words.light(hidden)) == (
        "verborgen",
        "– verborgen",
    )
    assert words.category("sex=men") == "mannen"
    assert words.category("age=old, sex=women") == "old, women"
    assert words.line("effects.help", "unit_value") == "help: waarde per stuk"


def test_amounts_with_their_sign():
    words = TrackWords(shown(measured()), "en")
    assert [words.signed(x) for x in (120.0, -120.0, 0.0, None)] == [
        "+€120", "-€120", "€0", "hidden",
    ]  # fmt: skip
