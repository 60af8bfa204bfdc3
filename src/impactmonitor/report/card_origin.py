"""What a result says of a number that an effect card filled in, in one line."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from impactmonitor import messages
from impactmonitor.appraisal.card_factors import with_local
from impactmonitor.messages import Language
from impactmonitor.model.card_choice import CardChoice, choice_of
from impactmonitor.model.cards import SCALE, CardSource, EffectCard
from impactmonitor.model.prefilled import FilledBy, PrefilledEffect
from impactmonitor.model.record import in_language
from impactmonitor.report.card_texts import cited, interval_of, text
from impactmonitor.report.formatting import number, percent

BASELINE, EFFECT, AT_SCALE = "factors.baseline", "factors.effect", "factors.scale"


class CardOrigin:
    """Says of what stands in an effect with a card what the card has to do with it.

    Parameters
    ----------
    effect : PrefilledEffect
        With a card that was used.
    language : {"nl", "en"}
        The reader's language.
    cite : callable
        From the source of a local result to how it is cited; by default as it was written.
    """

    def __init__(
        self, effect: PrefilledEffect, language: Language, cite: Callable[[str], str] = str
    ) -> None:
        assert effect.used is not None
        assert effect.card is not None
        self.card: EffectCard = effect.used
        self.choice: CardChoice = choice_of(effect.card)
        self.language, self.cite = language, cite

    def whole(self) -> str:
        """The card itself: title, what was found, source, class, evidence, and that it is far."""
        parts = [self._name(), self._found(), *self._about(self.card.source), self._far("card")]
        return "; ".join(parts)

    def of(self, field: str, by: FilledBy) -> str:
        """What stands in a field, and where it comes from.

        Parameters
        ----------
        field : str
            For example ``factors.effect``.
        by : {"card", "combined", "local", "ours", "stated"}
            As prefilling recorded it.
        """
        if by == "stated":
            return self._say("instead", card=self.whole())
        if by == "local":
            return "; ".join(part for part in (self._local(), self._why_alone()) if part)
        what = self._found() if field in (EFFECT, "quantity") else self._what(field)
        weighed = [self._combined()] if by == "combined" else []
        source = self.card.source
        if field == BASELINE and self.card.baseline and self.card.baseline.source:
            source = self.card.baseline.source
        about = self._about(source, is_graded=by != "ours")
        parts = [self._name(), what, *weighed, *about, self._far(by)]
        return "; ".join(part for part in parts if part)

    def switched_off(self) -> Iterator[tuple[str, str]]:
        """What is on by default and off here: its field beside the card, and why."""
        scale, shrinkage = self.choice.scale, self.choice.shrinkage
        if self.card.is_roll_out:
            yield "scale", self._say("scale_roll_out", id=self.card.id)
        elif scale is not None and not scale.applied:
            reason = in_language(scale.reason, self.language)
            yield "scale", self._say("scale_off", reason=reason)
        if self.choice.local is not None and shrinkage is not None and not shrinkage.applied:
            yield "shrinkage", self._why_alone()

    # parts of a line ------------------------------------------------------------------------------

    def _say(self, key: str, **params: object) -> str:
        return text(f"origin.{key}", self.language, **params)

    def _name(self) -> str:
        title = in_language(self.card.title, self.language)
        return self._say("card", id=self.card.id, title=title)

    def _found(self) -> str:
        if self.card.point is None:
            return self._say("found", found=text("measure.NONE", self.language))
        point = number(self.card.point, self.language)
        found = f"{text(f'measure.{self.card.measure}', self.language)} {point}"
        interval = self._say("interval", interval=interval_of(self.card, self.language))
        return f"{self._say('found', found=found)}; {interval}"

    def _about(self, source: CardSource, is_graded: bool = True) -> Iterator[str]:
        no_year = "" if source.year else f" ({self._say('no_year')})"
        yield self._say("source", source=cited(source) + no_year)
        yield self._say("class", use=text(f"use.{self.card.use}", self.language))
        grade = self.card.evidence if is_graded else "assumption"
        evidence = messages.text(f"screen.evidence.{grade}", self.language)
        sure = self.card.certainty.grade
        if is_graded and sure is not None:
            evidence += f", {text(f'grade.{sure}', self.language)}"
        yield self._say("evidence", evidence=evidence)

    def _far(self, by: FilledBy) -> str:
        return self._say("partly_local" if by == "combined" else "not_local")

    def _what(self, field: str) -> str:
        """What stands in a field that is not the size of the effect."""
        if field == AT_SCALE:
            return self._say("at_scale")
        if field == BASELINE and self.card.baseline is not None:
            unit = in_language(self.card.baseline.unit, self.language)
            value = number(self.card.baseline.value, self.language)
            return self._say("baseline", value=f"{value}, {unit}")
        if field in ("lasts", "drop_off"):
            seen, nothing = self.card.persistence.seen, self._say("seen_nothing")
            return self._say("lasts", seen=in_language(seen, self.language, nothing))
        if field == "falls_to":
            return self._say("bearer")
        return self._say("proposed") if field == "indicator" else ""

    # what was counted here ------------------------------------------------------------------------

    def _local(self) -> str:
        return self._say("local", **self._weighed())

    def _combined(self) -> str:
        return self._say("combined", **self._weighed())

    def _weighed(self) -> dict[str, str]:
        """The local counts, the size that follows from them, and what they count for."""
        local = self.choice.local
        assert local is not None
        found = with_local(self.card, self.choice)
        size, low, high = (
            number(math.exp(x), self.language) for x in (found.mean, *found.interval())
        )
        counts = (local.events, local.people, local.control_events, local.control_people)
        events, people, others, other_people = (number(x, self.language, 0) for x in counts)
        source = self.cite(local.source) if local.source else self._say("no_source")
        counted = self._say(
            "counted", events=events, people=people, others=others, other_people=other_people,
            source=source,
        )  # fmt: skip
        weight = percent(round(getattr(found, "weight", 1.0), 2), self.language)
        return {"local": counted, "size": size, "low": low, "high": high, "weight": weight}

    def _why_alone(self) -> str:
        switch = self.choice.shrinkage
        if switch is None or switch.applied:
            return ""
        reason = in_language(switch.reason, self.language)
        return self._say("shrinkage_off", id=self.card.id, reason=reason)


def card_line(effect: PrefilledEffect, language: Language, cite: Callable[[str], str] = str) -> str:
    """A card with what is on and what is off beside it, in one line.

    Parameters
    ----------
    effect, language, cite : PrefilledEffect, {"nl", "en"}, callable
        As for :class:`CardOrigin`.
    """
    origin, parts = CardOrigin(effect, language, cite), []
    size = effect.filling(EFFECT)
    by = None if size is None else size.by
    if by == "local":
        parts.append(origin.of(EFFECT, "local"))
    elif by == "stated":
        parts.append(text("origin.stated", language, card=origin.whole()))
    elif by == "combined":
        parts.append(origin.of(EFFECT, "combined"))
    else:
        parts.append(origin.whole())
    if (scale := effect.filling(AT_SCALE)) is not None and scale.by == "ours":
        low, mode, high = (number(x, language) for x in SCALE)
        parts.append(text("origin.scale_on", language, low=low, mode=mode, high=high))
    is_alone = by == "local"
    off = origin.switched_off()
    parts += [why for field, why in off if not (is_alone and field == "shrinkage")]
    return "; ".join(parts)
