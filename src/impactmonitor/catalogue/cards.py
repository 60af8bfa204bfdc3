"""Effect cards: what research found about sizes of effects, for a case that wants to use one.

They are read when somebody asks for them, and not with the rest of the catalogue: a case without
a card never needs them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from impactmonitor.catalogue.card_checks import check_cards
from impactmonitor.catalogue.kinds import Layout
from impactmonitor.catalogue.loading import load_catalogue
from impactmonitor.catalogue.reading import Contents
from impactmonitor.catalogue.supplements import Supplement
from impactmonitor.model.cards import EffectCard
from impactmonitor.problems import Problem

FOLDER = "effects"
KIND = "effect-cards"
LAYOUT = Layout(kinds={KIND: ("cards",)}, entries={"cards": EffectCard})
"""What a file of the kind ``effect-cards`` holds."""


@dataclass(frozen=True, eq=False)
class EffectCards:
    """All effect cards by id; read-only.

    Attributes
    ----------
    cards : Mapping[str, EffectCard]
        In the order of the files.
    overrides : tuple of Problem
        A warning for every card of a user's folder that replaces another one.
    """

    cards: Mapping[str, EffectCard]
    overrides: tuple[Problem, ...] = ()


_SUPPLEMENT = Supplement(
    FOLDER,
    LAYOUT,
    EffectCards,
    lambda merged, folders: check_cards(merged, load_catalogue(*folders)),
)


def load_cards(*folders: Path | str) -> EffectCards:
    """The shipped effect cards, with those of a user's own folders added to them.

    Parameters
    ----------
    *folders : Path or str
        Folders that add to the catalogue. Their cards stand in a folder ``effects`` in it, in
        files of the kind ``effect-cards``. Later folders go before earlier ones; a card with the
        id of another one replaces it as a whole, which is reported in ``EffectCards.overrides``.

    Returns
    -------
    EffectCards
        Without folders always the same object.

    Raises
    ------
    NotFound
        If a folder does not exist.
    InvalidInput
        With everything that does not fit, each with file, path and line.

    Examples
    --------
    >>> card = load_cards().cards["EC-FALL-EX-MEDCARE"]
    >>> card.measure, card.point, card.unit
    ('RaR', 0.7, 'treated fall')
    """
    return _SUPPLEMENT.load(*folders)


def shipped_contents() -> Contents:
    """What is shipped; whether it fits together is tested, and not looked at on every start."""
    return _SUPPLEMENT.shipped_contents
