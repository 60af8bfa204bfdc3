"""How far a figure is on the way from its baseline to its target, and the light that shows it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from impactmonitor.model.monitoring import Direction, Thresholds

Light = Literal["on_track", "near", "behind", "met", "not_met", "none"]
Lack = Literal["no-value", "no-target", "no-baseline", "not-due"]

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is.

    Attributes
    ----------
    share : float or None
        (value − baseline) ÷ (target − baseline): 0 at the baseline, 1 at the target, negative on
        the wrong side of the baseline, above 1 beyond the target. None without one of the three,
        and where target and baseline are the same.
    light : str
        ``met`` from 1 on, else ``on_track``, ``near`` or ``behind`` by the thresholds. Where
        target and baseline are the same ``met`` or ``not_met``, by direction. ``none`` where
        there is nothing to compare.
    lack : str or None
        Why there is no light: ``no-value``, ``no-target``, ``no-baseline`` or ``not-due``.
    """

    share: float | None
    light: Light
    lack: Lack | None = None


def progress(
    value: float | None,
    baseline: float | None,
    target: float | None,
    direction: Direction,
    thresholds: Thresholds | None = None,
) -> Progress:
    """Progress from a baseline to a target.

    Parameters
    ----------
    value, baseline, target : float or None
        In the same unit; None where it is not known, which is not 0.
    direction : {"increase", "decrease"}
        Where the figures should go. It matters only where target and baseline are the same; a
        target against it is an error of the case.
    thresholds : Thresholds or None
        From which share it is on track (0.9) and near (0.7); these defaults are ours.

    Returns
    -------
    Progress
        With its light.

    Examples
    --------
    >>> progress(45, baseline=0, target=50, direction="increase")
    Progress(share=0.9, light='on_track', lack=None)
    >>> progress(110, baseline=120, target=80, direction="decrease")
    Progress(share=0.25, light='behind', lack=None)
    >>> progress(5, baseline=5, target=5, direction="increase").light
    'met'
    >>> progress(None, baseline=0, target=50, direction="increase").lack
    'no-value'
    """
    if target is None:
        return Progress(None, "none", "no-target")
    if baseline is None:
        return Progress(None, "none", "no-baseline")
    if value is None:
        return Progress(None, "none", "no-value")
    if target == baseline:
        is_met = value >= target if direction == "increase" else value <= target
        return Progress(None, "met" if is_met else "not_met")
    share = (value - baseline) / (target - baseline)
    return Progress(share, light_of(share, thresholds))


def light_of(share: float, thresholds: Thresholds | None = None) -> Light:
    """The light of a share of the way.

    Examples
    --------
    >>> [light_of(share) for share in (1.2, 0.9, 0.7, 0.69, -1)]
    ['met', 'on_track', 'near', 'behind', 'behind']
    """
    limits = thresholds or Thresholds()
    steps: tuple[tuple[float, Light], ...] = (
        (1.0, "met"),
        (limits.on_track, "on_track"),
        (limits.near, "near"),
    )
    reached = (light for least, light in steps if share > least or _is_at(share, least))
    return next(reached, "behind")


def _is_at(share: float, least: float) -> bool:
    return math.isclose(share, least, rel_tol=_ROUNDING, abs_tol=_ROUNDING)
