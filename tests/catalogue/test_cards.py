"""The shipped effect cards, and what a user's own folder adds to them."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import pytest

from impactmonitor.appraisal.shrinkage import spread_of_interval
from impactmonitor.catalogue.card_checks import check_cards
from impactmonitor.catalogue.cards import load_cards, shipped_contents
from impactmonitor.catalogue.loading import load_catalogue
from impactmonitor.model.cards import RATIO_MEASURES, EffectCard
from impactmonitor.model.record import Translated
from impactmonitor.problems import InvalidInput, NotFound

CARDS = load_cards().cards

OWN = """\
kind: effect-cards
cards:
  {id}:
    title: Our own walk
    themes: [prevention]
    use: B
    intervention: walking together
    population: everybody
    comparator: nobody
    outcome: falls
    good: lower
    measure: RaR
    point: 0.9
    certainty: {{text: we counted, basis: ours}}
    is_net: true
    design: controlled
    evidence: literature-single
    unit: {unit}
    bearers: {{gains: [{actor}]}}
    prices: [{price}]
    warning: small
    source: {{title: Our report}}
    provenance: P
"""


def own_folder(path: Path, **changes: str) -> Path:
    """A folder with one card in it."""
    given = {"id": "OWN-WALK", "unit": "visit", "actor": "citizen", "price": "emergency-visit"}
    (path / "effects").mkdir()
    (path / "effects" / "walk.yaml").write_text(OWN.format(**{**given, **changes}))
    return path


def test_all_cards_are_there_by_class() -> None:
    """Counts as in the research that they come from: A 23, B 33, C 10, N 12."""
    uses = [card.use for card in CARDS.values()]
    assert {use: uses.count(use) for use in "ABCN"} == {"A": 23, "B": 33, "C": 10, "N": 12}


def test_the_shipped_cards_fit_into_the_catalogue() -> None:
    assert check_cards(shipped_contents(), load_catalogue()) == []


@pytest.mark.parametrize("card", CARDS.values(), ids=lambda card: card.id)
def test_every_text_is_in_both_languages(card: EffectCard) -> None:
    def texts(node: object) -> list[Translated]:
        if isinstance(node, Translated):
            return [node]
        fields = getattr(node, "__dict__", None)
        return [text for part in (fields or {}).values() for text in texts(part)]

    found = texts(card)
    assert len(found) >= 7
    assert all(text.nl and text.en for text in found)


@pytest.mark.parametrize(
    "card", [card for card in CARDS.values() if card.ours is not None], ids=lambda card: card.id
)
def test_our_sigma_follows_from_the_interval_and_its_own_coverage(card: EffectCard) -> None:
    assert card.ours is not None
    assert card.interval is not None
    assert card.interval.coverage_percent is not None
    assert card.point is not None
    is_ratio = card.ours.distribution == "lognormal"
    assert is_ratio == (card.measure in RATIO_MEASURES)
    coverage = card.interval.coverage_percent / 100
    found = spread_of_interval(card.interval.low, card.interval.high, coverage, is_ratio)
    assert card.ours.sigma == pytest.approx(found.sd, rel=2e-3, abs=5e-5)
    assert card.ours.mu == pytest.approx(math.log(card.point) if is_ratio else card.point, abs=6e-5)


def test_taking_the_flu_letters_for_95_percent_would_overstate_sigma() -> None:
    """By 45% and 37%, as the research says."""
    for name, excess in (("EC-FLU-NUDGE", 1.45), ("EC-FLU-NUDGE2", 1.37)):
        interval = CARDS[name].interval
        assert interval is not None
        wrongly = spread_of_interval(interval.low, interval.high, 0.95, is_ratio=False).sd
        assert CARDS[name].ours is not None
        assert wrongly / CARDS[name].ours.sigma == pytest.approx(excess, abs=0.005)


def test_a_range_of_analyses_has_no_distribution() -> None:
    for card in CARDS.values():
        if card.interval is not None and card.interval.kind != "CI":
            assert card.ours is None
            assert not card.may_be_sampled


def test_own_cards_are_added_and_replace_others_with_a_warning(tmp_path: Path) -> None:
    found = load_cards(own_folder(tmp_path, id="EC-FALL-EX-RATE"))
    assert len(found.cards) == len(CARDS)
    assert found.cards["EC-FALL-EX-RATE"].point == 0.9
    [warning] = found.overrides
    assert (warning.code, warning.severity) == ("catalogue-override", "warning")


def test_a_card_counts_what_its_price_counts(tmp_path: Path) -> None:
    """A treated fall is not any fall: a price of the one does not fit a card of the other."""
    with pytest.raises(InvalidInput) as caught:
        load_cards(own_folder(tmp_path, unit="fall", actor="nobody"))
    found = {(p.path, p.code, p.line) for p in caught.value.problems}
    place = "effects/walk.yaml.cards.OWN-WALK"
    assert found == {
        (f"{place}.prices.0", "card-price-unit", 20),
        (f"{place}.bearers.gains.0", "catalogue-unknown-actor-kind", 19),
    }


def test_a_folder_without_cards_adds_none_and_a_missing_one_is_said(tmp_path: Path) -> None:
    (tmp_path / "edition.yaml").write_text("kind: edition\nedition: own\n")
    assert load_cards(tmp_path).cards.keys() == CARDS.keys()
    with pytest.raises(NotFound):
        load_cards(tmp_path / "nowhere")


def test_the_ordinary_catalogue_does_not_read_cards(tmp_path: Path) -> None:
    folder = own_folder(tmp_path)
    (folder / "effects" / "walk.yaml").write_text("kind: [", encoding="utf-8")
    assert load_catalogue(folder).folders == (folder,)
    code = (
        "import sys; from impactmonitor.catalogue import load_catalogue; load_catalogue();"
        "sys.exit('impactmonitor.model.cards' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
