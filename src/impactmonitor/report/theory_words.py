"""What is said of each step of a theory of change: its name, and its size, value or score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from impactmonitor import messages
from impactmonitor.catalogue.theory import TheoryGraph, TheoryStep, is_measured
from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.scores import IndicatorScore
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.problems import NotFound, Problem
from impactmonitor.report.words import Words


def graph_of(evaluation: Evaluation) -> TheoryGraph:
    """The theory of change of a case.

    Raises
    ------
    NotFound
        ``no-theory`` if the case has none.
    """
    found = evaluation.appraised.resolved.theory
    if found is None:
        raise NotFound(Problem("no-theory", "theory"))
    return found


@dataclass(frozen=True)
class TheoryWords:
    """Numbers and words for the steps of one theory in one language.

    Parameters
    ----------
    evaluation : Evaluation
        The result of the case.
    language : {"nl", "en"}
        The reader's language.
    """

    evaluation: Evaluation
    language: Language

    @cached_property
    def words(self) -> Words:
        """Titles and numbers of the case."""
        return Words(self.evaluation, self.language)

    @cached_property
    def present_values(self) -> dict[str, float | None]:
        """By line; None where a line is not in money."""
        return {line.id: line.present_value for line in self.evaluation.line_results()}

    def text(self, key: str, **params: object) -> str:
        """A text about theories of change."""
        return messages.text(f"theory.{key}", self.language, **params)

    def title(self, step: TheoryStep) -> str:
        """What people call a step."""
        return in_language(step.title, self.language, step.id.rpartition(".")[2])

    def costs(self, step: TheoryStep) -> float | None:
        """Present value of the cost lines of an activity; None where it names none."""
        theory = self.evaluation.case.theory
        names = dict.fromkeys(theory.activities[step.id].costs) if theory is not None else {}
        return sum(self.present_values[name] or 0.0 for name in names) if names else None

    def bearers(self, step: TheoryStep) -> list[str]:
        """The actors to whom an effect falls."""
        falls_to = self.evaluation.appraised.resolved.effects[step.id].falls_to
        return [actor for actor, share in falls_to.items() if share > 0]

    def score(self, step: TheoryStep) -> IndicatorScore | None:
        """The answer to a framework's indicator; None where the case does not use the framework."""
        of, _, name = step.id.partition(".")
        framework = self.evaluation.scores.get(of) if name else None
        return None if framework is None else framework.indicators.get(name)

    def is_measured(self, step: TheoryStep) -> bool:
        """Whether an effect names an indicator or a question about it has an answer."""
        resolved = self.evaluation.appraised.resolved
        return is_measured(resolved.case, step, resolved.frameworks)

    def details(self, step: TheoryStep) -> list[str]:
        """What is known of a step, in a few short texts."""
        return list(getattr(self, f"_of_{step.kind.replace('-', '_')}")(step))

    def _of_activity(self, step: TheoryStep) -> Iterator[str]:
        costs = self.costs(step)
        if costs is not None:
            yield self.text("detail.costs", amount=self.words.money(costs))

    def _of_output(self, step: TheoryStep) -> Iterator[str]:
        theory = self.evaluation.case.theory
        output = theory.outputs[step.id] if theory is not None else None
        if output is None or output.quantity is None:
            yield self.text("detail.not_counted")
        else:
            known = self.evaluation.appraised.resolved.units.get(output.unit or "")
            unit = output.unit or ""
            unit = unit if known is None else in_language(known.title, self.language, unit)
            quantity = self.words.number(output.quantity)
            yield self.text("detail.counted", quantity=quantity, unit=unit).strip()

    def _of_effect(self, step: TheoryStep) -> Iterator[str]:
        value = self.present_values[step.id]
        if value is None:
            yield self.text("detail.not_in_money", currency=self.evaluation.case.currency)
        else:
            yield self.text("detail.value", amount=self.words.money(value))
        names = ", ".join(self.words.actor(actor) for actor in self.bearers(step))
        if names:
            yield self.text("detail.bearers", names=names)

    def _of_indicator(self, step: TheoryStep) -> Iterator[str]:
        answer = self.score(step)
        if answer is not None and answer.score is not None:
            score = self.words.number(100 * answer.score, 0)
            yield self.text("detail.score", score=score)
        elif answer is not None and answer.status == "not-applicable":
            yield self.text("detail.not-applicable")
        elif self.is_measured(step):
            yield self.text("detail.by_effect")
        else:
            yield self.text("detail.not_measured")
        yield from self._framework(step)

    def _of_end_state(self, step: TheoryStep) -> Iterator[str]:
        yield from self._framework(step)

    def _framework(self, step: TheoryStep) -> Iterator[str]:
        """Whose indicator or end-state it is."""
        frameworks = self.evaluation.appraised.resolved.frameworks
        of, _, name = step.id.partition(".")
        if name and frameworks is not None:
            title = in_language(frameworks.frameworks[of].title, self.language, of)
            yield self.text("detail.framework", name=title)
