"""A letter to every applicant: what to mend, what to explain, what is not filled in yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from impactmonitor import messages
from impactmonitor.evaluation.gaps import EffectGap
from impactmonitor.messages import Language
from impactmonitor.proposals.checked import CheckedBatch, Intake
from impactmonitor.report.checking_words import LONGEST, CheckingWords, shown_text
from impactmonitor.report.words import Words

OF_THE_APPLICANT = frozenset({"no-population", "no-reach", "no-ratio", "no-card"})
"""Why something could not be judged, where the applicant can do something about it."""

MOST_MISTAKES, MOST_GAPS = 50, 12
LONG = 1000
"""Characters of a sentence that holds words of an applicant."""

_MARKUP = re.compile(r"([\\`*\[\]<>|#])")


def letters_of(batch: CheckedBatch, language: Language) -> dict[str, str]:
    """The letters of a batch.

    Parameters
    ----------
    batch : CheckedBatch
        All proposals.
    language : {"nl", "en"}
        Of all words.

    Returns
    -------
    dict of str to str
        By file name the text, as Markdown. The name is the id of the case, or a number where it
        has none or another one has it already; never anything else that an applicant wrote.

    Examples
    --------
    >>> from impactmonitor.proposals.checking import check_batch
    >>> from impactmonitor.resources import folder
    >>> letters = letters_of(check_batch(folder("examples") / "warm-homes"), "en")
    >>> print(letters["warm-homes.md"].splitlines()[0])
    # Questions about your proposal Warm homes with a lower bill
    """
    found: dict[str, str] = {}
    for place, intake in enumerate(batch.intakes, 1):
        name = f"{intake.id}.md" if intake.id is not None else ""
        if not name or name in found:
            name = f"intake-{place:02d}.md"
        while name in found:
            name = f"new-{name}"
        found[name] = letter_to(intake, language)
    return found


def letter_to(intake: Intake, language: Language) -> str:
    """The letter about one file, as Markdown."""
    told = _Letter(intake, language)
    return "\n".join(told.lines()) + "\n"


class _Letter:
    """One letter with the words for it."""

    def __init__(self, intake: Intake, language: Language) -> None:
        self.intake, self.words = intake, CheckingWords(language)

    def text(self, key: str, **params: object) -> str:
        """A text of the letter."""
        return self.words.text(f"letter.{key}", **params)

    def lines(self) -> Iterator[str]:
        """The whole letter."""
        yield from self._head()
        yield from self._mistakes()
        yield from self._questions()
        yield from self._missing()
        yield from self._unjudged()
        yield from ("", self.text("closing"))

    def _head(self) -> Iterator[str]:
        intake, about = self.intake, self.intake.about
        is_named = intake.title is not None or intake.id is not None
        title = plain(self.words.title(intake))
        yield f"# {self.text('subject', title=title) if is_named else self.text('subject_unread')}"
        yield ""
        yield self.text("to", name=plain(self.words.sender(intake))) + "  "
        yield self.text("file", file=plain(intake.file)) + ("  " if about.version else "")
        if about.version or about.date or about.status:
            unknown = self.words.text("nobody")
            yield self.text(
                "state",
                version=plain(about.version or unknown),
                date=about.date or unknown,
                status=self.words.state(intake) or unknown,
            )
        yield ""
        author = plain(about.author or "")
        yield self.text("dear", name=author) if author else self.text("dear_unknown")
        yield ""
        has_questions = bool(intake.flags or intake.mistakes or intake.missing)
        second = "nature" if has_questions else "none"
        yield f"{self.text('thanks')} {self.text(second)}"

    def _mistakes(self) -> Iterator[str]:
        found = self.intake.mistakes
        if not found:
            return
        yield from self._heading("mistakes")
        yield from (self.text("mistakes_intro"), "")
        for number, problem in enumerate(found[:MOST_MISTAKES], 1):
            language = self.words.language
            words = f"{problem.message(language)} {problem.hint(language)}"
            yield f"{number}. **{plain(self.words.place(problem))}**: {plain(words, LONG)}"
        if len(found) > MOST_MISTAKES:
            yield f"\n{self.words.text('more', count=len(found) - MOST_MISTAKES)}"

    def _questions(self) -> Iterator[str]:
        if not self.intake.flags:
            return
        yield from self._heading("questions")
        for number, flag in enumerate(self.intake.flags, 1):
            finding = plain(self.words.finding(self.intake, flag), LONG)
            yield f"{number}. **{self.words.check_title(flag.check)}**  "
            yield f"   {finding} {self.words.question(flag)}  "
            yield f"   {self.text('where', place=plain(self.words.place(flag)))}"

    def _missing(self) -> Iterator[str]:
        gaps = self.intake.gaps
        if gaps is None or not self.intake.missing:
            return
        yield from self._heading("missing")
        yield from (self.text("missing_intro"), "")
        yield from (f"- {self._gap(gap)}" for gap in gaps.effects[:MOST_GAPS])
        if len(gaps.effects) > MOST_GAPS:
            yield f"- {self.words.text('more', count=len(gaps.effects) - MOST_GAPS)}"
        if gaps.answers:
            yield f"- {self.text('answers', count=len(gaps.answers))}"

    def _gap(self, gap: EffectGap) -> str:
        evaluation = self.intake.evaluation
        assert evaluation is not None
        words = Words(evaluation, self.words.language)
        names = ", ".join(words.actor(actor) for actor in gap.unconfirmed)
        params = {"names": names, "card": gap.card}
        missing = "; ".join(
            messages.text(f"gaps.missing.{kind}", self.words.language, **params)
            for kind in gap.missing
        )
        return f"{plain(self.words.line(self.intake, gap.id))}: {plain(missing, LONG)}"

    def _unjudged(self) -> Iterator[str]:
        found = [one for one in self.intake.unjudged if one.reason in OF_THE_APPLICANT]
        if not found:
            return
        yield from self._heading("unjudged")
        yield from (f"- {self.words.unjudged(one)}" for one in found)

    def _heading(self, key: str) -> tuple[str, ...]:
        return "", f"## {self.text(key)}", ""


def plain(text: str, longest: int = LONGEST) -> str:
    r"""A text of an applicant that stays text in Markdown: no link, no picture, no heading.

    Examples
    --------
    >>> print(plain("[here](http://example.org) <b>"))
    \[here\](http://example.org) \<b\>
    """
    return _MARKUP.sub(r"\\\1", shown_text(text, longest))
