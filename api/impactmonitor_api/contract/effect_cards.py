"""Effect cards: what research found about the size of one effect."""

from __future__ import annotations

from impactmonitor_api.contract.catalogue import ABOUT
from impactmonitor_api.contract.fields import told
from impactmonitor_api.contract.shared import Answer, next_page

NOTE = "What else has to be known."


class IntervalOut(Answer):
    """The published interval around what was found."""

    low: float = told("Low end, in the measure of the card.", 0.55)
    high: float = told("High end, in the measure of the card.", 0.93)
    coverage_percent: float | None = told("How often such an interval holds the truth.", 95.0)
    kind: str = told("CI, range or two-metrics; only of a CI can be drawn.", "CI")
    by: str = told("Whose interval it is: source, ours or model.", "source")
    note: str | None = told(NOTE, "Randomised studies only.")


class CertaintyOut(Answer):
    """How sure the source is."""

    grade: str | None = told("GRADE, where it is stated: high to very-low.", "high")
    text: str = told("In words.", "high")
    basis: str = told("Whose judgement: source or ours.", "source")


class CardSourceOut(Answer):
    """The work that was read."""

    title: str = told("Title of the work.", "Exercise-based cardiac rehabilitation")
    authors: str | None = told("Who wrote it.", "Dibben G et al.")
    year: int | None = told("Year of publication.", 2021)
    note: str | None = told(NOTE, "Summary of findings 1.")
    publisher: str | None = told("Who published it.", "Cochrane Database of Systematic Reviews")
    doi: str | None = told("Digital object identifier.", "10.1002/14651858.CD001800.pub4")
    url: str | None = told("Where it can be read.", "https://pmc.ncbi.nlm.nih.gov/")


class BaselineOut(Answer):
    """What happens without the activity, in the source."""

    value: float = told("A risk, or a number per person and year, as `unit` says.", 0.048)
    unit: str = told("What the number counts.", "risk in 6 to 12 months")
    is_of_the_opposite: bool = told("Whether the effect is on the opposite.", False)
    note: str | None = told(NOTE, "Control group.")
    source: CardSourceOut | None = told("Where it is from, if elsewhere.")


class PersistenceOut(Answer):
    """How long it lasts."""

    seen: str | None = told("What was seen.", "12 months or longer.")
    lasts: int = told("Years that a case takes unless it says otherwise.", 1)
    drop_off: float = told("Share that goes each year after the first.", 0.0)
    advice: str | None = told("What to count.", "Count months of delay.")


class BearersOut(Answer):
    """Kinds of actors that it touches, as we see it."""

    gains: list[str] = told("Who gains.", ["health-insurer"])
    pays: list[str] = told("Who pays or takes over work.", ["municipality"])


class SpreadOut(Answer):
    """What we derived from what was found."""

    distribution: str | None = told("lognormal or normal; null without an interval.", "lognormal")
    mu: float | None = told("Mean; of the logarithm for lognormal.", -0.3285)
    sigma: float | None = told("Spread; of the logarithm for lognormal.", 0.134)
    tau: float = told("Spread between settings, on the scale of the logarithm.", 0.2)
    scale: list[float] | None = told("How much is left outside trials: low, mode, high.",
                                     [0.3, 0.6, 1.0])  # fmt: skip


class EffectCardOut(Answer):
    """A sourced size of one effect: what was found, for whom, how sure, and what to mind."""

    id: str = told("Id; an effect of a case writes it as `card`.", "EC-FALL-EX-MEDCARE")
    title: str = told("What people call it.", "Exercise: falls that need care")
    description: str | None = told(ABOUT, "Falls after which somebody needed care.")
    group: str = told("Cards of one group overlap: a case takes one.", "EC-FALL")
    themes: list[str] = told("What it is about.", ["prevention"])
    use: str = told("A may fill in, B is for scenarios, C is shown, N does not work.", "A")
    intervention: str = told("What was done.", "exercise in groups")
    population: str = told("For whom.", "people over 60 at home")
    comparator: str = told("Compared with what.", "no exercise")
    outcome: str = told("What changed.", "falls that need medical care")
    measured_over: str | None = told("How long people were followed.", "6 to 12 months")
    good: str | None = told("Which direction is better: lower or higher.", "lower")
    measure: str = told("How the size is expressed: RaR, RR, OR, MD, PP, …", "RaR")
    point: float | None = told("What was found, in that measure.", 0.7)
    interval: IntervalOut | None = told("The published interval.")
    studies: int | None = told("How many studies.", 22)
    participants: int | None = told("How many people took part.", 7423)
    studies_note: str | None = told("About the studies.", "17 of 20 trials pooled.")
    certainty: CertaintyOut = told("How sure the source is.")
    is_net: bool = told("Whether what would have happened anyway is out of it.", True)
    design: str = told("Kind of study: rct, controlled, mixed, model, …", "rct")
    evidence: str = told("Rung of the ladder of evidence.", "literature-synthesis")
    unit: str | None = told("What is counted when it is applied.", "treated fall")
    unit_title: str | None = told("The same in words.", "treated fall")
    indicator: str | None = told("The catalogue's indicator for it.", "falls-avoided")
    is_surrogate: bool = told("A step on the way only, never in euros.", False)
    is_roll_out: bool = told("Measured in practice at scale.", False)
    baseline: BaselineOut | None = told("What happens without the activity.")
    persistence: PersistenceOut = told("How long it lasts.")
    dose: str | None = told("How much of it is needed.", "3 hours or more a week.")
    cost_in_source: str | None = told("What the source says of costs.", "98 % chance of saving.")
    bearers: BearersOut = told("Who gains and who pays.")
    prices: list[str] = told("Values of the catalogue that fit.", ["hospital-day"])
    warning: str = told("What to mind.", "Count extra participants only.")
    note: str | None = told(NOTE, "One over 2.5 is 0.40.")
    ours: SpreadOut = told("What is not the source's but ours.")
    source: CardSourceOut = told("The work that was read.")
    provenance: str = told("P: the work's own page; S: a summary; R: a repository.", "P")


class EffectCardPage(Answer):
    """A page of effect cards, in the order of the catalogue."""

    items: list[EffectCardOut] = told("The cards.")
    next: str | None = next_page()
