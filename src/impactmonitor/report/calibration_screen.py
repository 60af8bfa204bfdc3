"""Forecasts on screen: what is expected to be measured, and how good earlier forecasts were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor import messages
from impactmonitor.messages import Language
from impactmonitor.model.monitoring import Forecast
from impactmonitor.problems import Problem
from impactmonitor.report.calibration_shown import ShownCalibration
from impactmonitor.report.formatting import number, percent
from impactmonitor.report.tables import new_table, numeric
from impactmonitor.report.words import Words
from impactmonitor.tracking.calibrating import NOT_STATED, Score

MOST_JUDGED = 30
RANGE = 0.9
"""What share of outcomes the range of a forecast is meant to hold."""

TOO_WIDE = 0.4
"""An interval of a share at least this wide tells nothing: ours."""


def forecast_screen(
    forecasts: Sequence[Forecast], past: int, words: Words
) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor forecast`` shows.

    Parameters
    ----------
    forecasts : sequence of Forecast
        Of years that are not over.
    past : int
        How many were left out, as their year is over.
    words : Words
        Of the case.
    """
    language = words.language
    if not forecasts:
        yield Text(_text("forecasts.none", language), style="bold")
    else:
        key = "forecasts.headline_one" if len(forecasts) == 1 else "forecasts.headline"
        made = forecasts[0].made.isoformat()
        yield Text(_text(key, language, count=len(forecasts), made=made), style="bold")
        yield _forecasts(forecasts, words)
    if past:
        key = "forecasts.past_one" if past == 1 else "forecasts.past"
        yield Text(_text(key, language, count=past))


def _text(key: str, language: Language, **params: object) -> str:
    return messages.text(f"track.{key}", language, **params)


def _forecasts(forecasts: Sequence[Forecast], words: Words) -> Table:
    language = words.language
    table = new_table(_text("forecasts.title", language))
    table.add_column(_text("forecasts.line", language), overflow="fold", min_width=16)
    table.add_column(_text("forecasts.period", language), no_wrap=True)
    numeric(table, *(_text(f"forecasts.{head}", language) for head in ("mean", "low", "high")))
    for one in forecasts:
        figures = (words.number(x) for x in (one.mean, one.p05, one.p95))
        table.add_row(words.line(one.of.partition(".")[2]), one.period, *figures)
    table.caption = _text("forecasts.caption", language)
    return table


def calibration_screen(shown: ShownCalibration, language: Language) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor calibration`` shows.

    Parameters
    ----------
    shown : ShownCalibration
        Of which everything may be shown.
    language : {"nl", "en"}
        The reader's language.
    """
    yield Text(calibration_headline(shown.overall, language), style="bold")
    for key, count in (("open", shown.open), ("hidden", shown.hidden)):
        if count:
            name = f"calibration.{key}_one" if count == 1 else f"calibration.{key}"
            yield Text(_text(name, language, count=count))
    if shown.judged:
        yield Text("")
        yield _by_evidence(shown, language)
        yield _judged(shown, language)
    yield from _warnings(shown.warnings, language)


def calibration_headline(score: Score, language: Language) -> str:
    """How often forecasts held, what that says, and on which side they were.

    Parameters
    ----------
    score : Score
    language : {"nl", "en"}

    Examples
    --------
    >>> print(calibration_headline(Score(40, 20, 0.5, 0.338, 0.662, -0.1, -0.08), "en"))
    20 of 40 measured figures lay in the range that was forecast (50%; 90% would be right). \
The ranges were too narrow: the forecasts were surer than they could be. On average the measured \
figures were 10% lower than forecast.
    """
    if score.share is None or score.low is None or score.high is None:
        return _text("calibration.none", language)
    ends = {"low": _whole(score.low, language), "high": _whole(score.high, language)}
    share = _whole(score.share, language)
    kind = _kind(score.low, score.high)
    said = [
        _text("calibration.headline", language, inside=score.inside, count=score.count,
              share=share),
        _text(f"calibration.{kind}", language, **ends),
    ]  # fmt: skip
    if score.mean_bias and round(score.mean_bias, 2):
        key = "optimistic" if score.mean_bias < 0 else "pessimistic"
        bias = _whole(abs(score.mean_bias), language)
        said.append(_text(f"calibration.{key}", language, bias=bias))
    return " ".join(said)


def _kind(low: float, high: float) -> str:
    if high < RANGE:
        return "overconfident"
    if low > RANGE:
        return "cautious"
    return "few" if high - low >= TOO_WIDE else "sound"


def _whole(share: float, language: Language) -> str:
    return percent(round(share, 2), language)


def _by_evidence(shown: ShownCalibration, language: Language) -> Table:
    table = new_table(_text("calibration.title", language))
    table.add_column(_text("calibration.evidence", language), overflow="fold", min_width=12)
    heads = ("count", "inside", "share", "interval", "mean_bias", "median_bias")
    numeric(table, *(_text(f"calibration.{head}", language) for head in heads))
    for kind, score in shown.by_evidence.items():
        table.add_row(_evidence(kind, language), *_cells(score, language))
    table.add_section()
    table.add_row(_text("calibration.all", language), *_cells(shown.overall, language))
    return table


def _evidence(kind: str, language: Language) -> str:
    if kind == NOT_STATED:
        return _text("calibration.not-stated", language)
    return messages.text(f"screen.evidence.{kind}", language)


def _cells(score: Score, language: Language) -> list[str]:
    known = score.share is not None and score.low is not None and score.high is not None
    interval = (
        f"{_whole(score.low or 0.0, language)} – {_whole(score.high or 0.0, language)}"
        if known
        else "–"
    )
    biases = (
        "–" if bias is None else _signed(bias, language)
        for bias in (score.mean_bias, score.median_bias)
    )
    share = "–" if score.share is None else _whole(score.share, language)
    return [str(score.count), str(score.inside), share, interval, *biases]


def _signed(bias: float, language: Language) -> str:
    said = _whole(bias, language)
    return f"+{said}" if round(bias, 2) > 0 else said


def _judged(shown: ShownCalibration, language: Language) -> Table:
    table = new_table(_text("calibration.judged", language))
    for head in ("case", "of", "period"):
        table.add_column(_text(f"calibration.{head}", language), overflow="fold")
    numeric(table, *(_text(f"calibration.{head}", language) for head in ("range", "measured")))
    table.add_column("", no_wrap=True)
    for one in shown.judged[:MOST_JUDGED]:
        low, high = (number(x, language) for x in (one.forecast.p05, one.forecast.p95))
        key = "is_inside" if one.is_inside else "is_outside"
        table.add_row(
            one.case, one.of, one.forecast.period, f"{low} – {high}",
            number(one.measured, language), _text(f"calibration.{key}", language),
        )  # fmt: skip
    return table


def _warnings(problems: Sequence[Problem], language: Language) -> Iterator[RenderableType]:
    for problem in problems:
        place = f"{problem.place}: " if problem.place else ""
        said = f"! {place}{problem.message(language)} {problem.hint(language)}"
        yield Padding(Text(said.rstrip()), (0, 0, 0, 2))
