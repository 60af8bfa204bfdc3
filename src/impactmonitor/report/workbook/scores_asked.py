"""What the sheet on scores asks and shows: the frameworks that a case answers, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.frameworks import Frameworks, unit_of
from impactmonitor.evaluation.scores import FrameworkScore, IndicatorScore, unanswered
from impactmonitor.messages import Language
from impactmonitor.model.frameworks import Framework, FrameworkIndicator
from impactmonitor.model.record import Text, in_language

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rung:
    """A level in words, with what it counts for, from 0 to 1."""

    title: str
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Scale:
    """Levels to choose from, or points between which scores lie on straight lines.

    Attributes
    ----------
    key : str
        By which the same scale is written only once.
    title : str
        What people call it.
    rungs : tuple of Rung
        The lowest first; none for a number.
    points : tuple of (float, float)
        Number and score, the lowest number first; none for levels.
    """

    key: str
    title: str
    rungs: tuple[Rung, ...] = ()
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """An indicator of a framework, with the answer of the case."""

    id: str
    title: str
    text: str
    horizon: str
    scale: Scale
    found: IndicatorScore


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of a framework with its questions, one at least."""

    id: str
    title: str
    description: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A framework that a case answers.

    Attributes
    ----------
    framework : Framework
        With its purpose, origin and multipliers.
    title, about : str
        What it is called, and its description and note in one text.
    themes : tuple of Theme
        In the order of the framework.
    has_readiness : bool
        Whether its lowest level counts.
    """

    framework: Framework
    title: str
    about: str
    themes: tuple[Theme, ...]
    has_readiness: bool


def not_yet_answered(
    names: Iterable[str], catalogue: Catalogue, language: Language
) -> tuple[Asked, ...]:
    """Frameworks that nobody has answered yet, in words.

    Parameters
    ----------
    names : iterable of str
        Ids of frameworks that there are; one that is named twice is asked once.
    catalogue, language
        As for :func:`asked_of`.

    Examples
    --------
    >>> from impactmonitor import load_catalogue
    >>> [one.title for one in not_yet_answered(["readiness"], load_catalogue(), "en")]
    ['Readiness: technology, society and everyone involved']
    """
    scores = unanswered(dict.fromkeys(names), catalogue.frameworks)
    return asked_of(scores, catalogue.frameworks, catalogue, language)


def asked_of(
    scores: Mapping[str, FrameworkScore],
    frameworks: Frameworks | None,
    catalogue: Catalogue,
    language: Language,
) -> tuple[Asked, ...]:
    """The frameworks with scores, in words.

    Parameters
    ----------
    scores : Mapping of str to FrameworkScore
        By framework, as the engine found them.
    frameworks : Frameworks or None
        Where those stand; None for a case without answers.
    catalogue : Catalogue
        For units that an indicator leaves to it.
    language : {"nl", "en"}
        Of all texts.

    Returns
    -------
    tuple of Asked
        In the order of the scores; empty for a case without answers.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case, load_catalogue
    >>> from impactmonitor.resources import folder
    >>> found = evaluate(load_case(folder("examples") / "perry-age-27" / "case.yaml"))
    >>> asked_of(found.scores, found.appraised.resolved.frameworks, load_catalogue(), "nl")
    ()
    """
    if frameworks is None:
        return ()
    writer = _Writer(frameworks, catalogue, language)
    return tuple(writer.asked(name, found) for name, found in scores.items())


class _Writer:
    """Puts frameworks in the words of one language."""

    def __init__(self, frameworks: Frameworks, catalogue: Catalogue, language: Language) -> None:
        self.frameworks, self.catalogue, self.language = frameworks, catalogue, language

    def asked(self, name: str, found: FrameworkScore) -> Asked:
        framework = self.frameworks.frameworks[name]
        themes = [
            Theme(
                key,
                self._say(group.title, key),
                self._say(group.description),
                tuple(
                    self._question(framework, inner, found.indicators[inner])
                    for inner, one in framework.indicators.items()
                    if one.group == key
                ),
            )
            for key, group in framework.groups.items()
        ]
        about = (self._say(framework.description), self._say(framework.note))
        return Asked(
            framework,
            self._say(framework.title, name),
            " ".join(text for text in about if text),
            tuple(theme for theme in themes if theme.questions),
            framework.purpose == "readiness" and len(framework.indicators) > 1,
        )

    def _say(self, text: Text | None, default: str = "") -> str:
        return in_language(text, self.language, default)

    def _question(self, framework: Framework, name: str, found: IndicatorScore) -> Question:
        one = framework.indicators[name]
        title, horizon = self._say(one.title, name), framework.horizon_of(name)
        asked = self._say(one.question) or self._unit(one) or self._say(one.description)
        scale = self._scale(f"{framework.id}.{name}", title, one)
        return Question(name, title, asked, horizon, scale, found)

    def _unit(self, indicator: FrameworkIndicator) -> str:
        name = unit_of(indicator, self.catalogue) or ""
        unit = self.catalogue.unit(name)
        return name if unit is None else self._say(unit.title, name)

    def _scale(self, path: str, title: str, indicator: FrameworkIndicator) -> Scale:
        levels = self.frameworks.levels_of(indicator)
        if not levels:
            return Scale(path, title, points=_points(indicator))
        if indicator.levels is None and indicator.scale is not None:
            path, title = (
                indicator.scale,
                self._say(self.frameworks.scales[indicator.scale].title, indicator.scale),
            )
        scores = self.frameworks.scores_of(indicator)
        rungs = (
            Rung(self._say(level.title), self._say(level.text), score)
            for level, score in zip(levels, scores, strict=True)
        )
        return Scale(path, title, tuple(rungs))


def _points(indicator: FrameworkIndicator) -> tuple[Point, ...]:
    """Of a number that is good when it falls, the number for 1 is the lower one."""
    if indicator.points is not None:
        return tuple((float(number), float(score)) for number, score in indicator.points)
    assert indicator.zero is not None
    assert indicator.full is not None
    return tuple(sorted([(indicator.zero, 0.0), (indicator.full, 1.0)]))
