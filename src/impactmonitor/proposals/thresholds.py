"""From where on something in a proposal is asked about: all of it ours, in one place.

None of these numbers is a rule of somebody else's, and none says that a proposal is mistaken. They
say when an appraiser asks. Each is shown with the answer, and each can be set.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on something is asked about.

    Attributes
    ----------
    least_deadweight : float
        Share up to which a deadweight counts as none.
    other_deadweight : float
        Share from which other effects of the same case make a deadweight of none stand out.
    large_effect : float
        Share of all effects in money from which an effect is large.
    value_margin : float
        How far above a catalogue value without a published range a price may lie, as a share.
    card_margin : float
        How far above the point of a card without an interval an effect may lie, as a share.
    longest_without_drop_off : int
        Years that an effect among people may last without wearing off.
    years_after_costs : int
        Years after the last cost in which something may still begin.
    most_cashable : float
        Share from which a saving in care, school or justice is called almost wholly cash.
    rate_margin : float
        How far under the usual discount rate an own rate may lie.
    fewest_cases : int
        Cases of one kind that are needed to say what is usual among them.
    far : float
        Robust deviations (median and MAD on logarithms) from which a case is far from the others;
        3.5 as Iglewicz and Hoaglin (1993, How to Detect and Handle Outliers) propose.
    far_factor : float
        How many times the median a case has to be away besides, so that cases that are all alike
        do not make a small difference look far.
    """

    least_deadweight: float = 0.02
    other_deadweight: float = 0.1
    large_effect: float = 0.25
    value_margin: float = 0.25
    card_margin: float = 0.5
    longest_without_drop_off: int = 5
    years_after_costs: int = 1
    most_cashable: float = 0.9
    rate_margin: float = 0.005
    fewest_cases: int = 5
    far: float = 3.5
    far_factor: float = 3.0


THRESHOLDS = Thresholds()
