"""The difference between two results on screen: a sentence, then what moved, and by what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor import messages
from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.appraisal.arrays import Array
from impactmonitor.appraisal.bridge import Bridge, Change
from impactmonitor.appraisal.metrics import METRICS, Value
from impactmonitor.appraisal.steps import STEPS, TOTALS
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.report.difference import words_of
from impactmonitor.report.screen import metric_value
from impactmonitor.report.tables import new_table
from impactmonitor.report.words import Words

MOST_LINES = 8
NOTEWORTHY = 0.01
"""A step smaller than this share of a line's largest one is not named beside the line: ours."""

MOSTLY = 0.6
"""Share of what moved the same way from which a single step is named in the sentence: ours."""


def difference_screen(bridge: Bridge, language: Language) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor diff`` shows: a sentence, then what moved it.

    Parameters
    ----------
    bridge : Bridge
        Between two results.
    language : {"nl", "en"}
        The reader's language.

    Yields
    ------
    renderable
        For a rich console; plain text when it goes to a file.
    """
    words = Words(bridge.new, language)
    for side, a in (("old", bridge.old), ("new", bridge.new)):
        yield Text(f"{_text(f'sides.{side}', words)}: {_basis(a, words)}", style="dim")
    yield Padding(Text(difference_headline(bridge, language), style="bold"), (1, 0))
    if any(change.old != change.new for change in bridge.totals.values()):
        yield _totals(bridge, words)
    if bridge.is_changed:
        yield _by_step(bridge, words)
        yield Padding(Text(_text("by_step.caption", words), style="dim"), (0, 0, 1, 0))
        yield _lines(bridge, words)
        yield _actors(bridge, words)


def _text(key: str, words: Words, **params: object) -> str:
    return messages.text(f"difference.{key}", words.language, **params)


def _basis(a: Appraised, words: Words) -> str:
    scheme = a.resolved.scheme_id
    return _text(
        "sides.basis",
        words,
        title=in_language(a.case.title, words.language),
        price_year=a.case.price_year,
        base_year=a.case.base_year,
        horizon=a.case.horizon,
        rate=_text("sides.scheme" if scheme else "sides.own_rate", words, scheme=scheme),
        catalogue=a.resolved.catalogue_edition,
    )


def difference_headline(bridge: Bridge, language: Language) -> str:
    """The difference in one sentence.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.appraisal.bridge import bridge
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> fewer = case.model_copy(update={"effects": dict(list(case.effects.items())[:-1])})
    >>> print(difference_headline(bridge(evaluate(case), evaluate(fewer)), "en"))
    The net present value went from US$95,646 to US$92,728 (-US$2,918), by lines that were dropped.
    """
    words = Words(bridge.new, language)
    net = bridge.totals["net_present_value"]
    change = float(net.change or 0.0)
    if not bridge.is_changed:
        is_other = any(c.old != c.new for n, c in bridge.totals.items() if n not in TOTALS)
        return _text("headline.other_metrics" if is_other else "headline.nothing", words)
    amounts = {
        "old": metric_value(METRICS["net_present_value"], net.old, words),
        "new": metric_value(METRICS["net_present_value"], net.new, words),
        "change": signed(change, words),
    }
    if words.money(change) == words.money(0.0):
        return _text("headline.same", words, **amounts)
    moved = {step: totals["net_present_value"] for step, totals in bridge.by_step.items()}
    return _text(**_cause(moved, change, words), words=words, **amounts)


def _cause(moved: Mapping[str, float], change: float, words: Words) -> dict[str, str]:
    """Which sentence names the steps that moved a total the way it went, largest first."""
    same_way = {step: abs(amount) for step, amount in moved.items() if amount * change > 0}
    ranked = sorted(same_way, key=lambda step: -same_way[step])
    named = {"step": _text(f"steps.{ranked[0]}.by", words)}
    shown = [step for step, amount in moved.items() if words.money(amount) != words.money(0.0)]
    if len(shown) == 1:
        return {"key": "headline.one", **named}
    if len(ranked) == 1 or same_way[ranked[0]] >= MOSTLY * sum(same_way.values()):
        return {"key": "headline.mostly", **named}
    return {"key": "headline.two", "other": _text(f"steps.{ranked[1]}.by", words), **named}


def signed(value: float, words: Words) -> str:
    """An amount with its sign, also where it is positive.

    Parameters
    ----------
    value : float
        The amount.
    words : Words
        Give the currency and the language.
    """
    shown = words.money(value)
    if value <= 0 or shown == words.money(0.0):
        return shown
    return words.money(-value).replace("-", "+")


def _table(title: str, first: str, *numeric: str) -> Table:
    table = new_table(title)
    table.add_column(first, overflow="fold", min_width=10)
    for header in numeric:
        table.add_column(header, justify="right", overflow="fold")
    return table


def _headers(words: Words, *keys: str) -> list[str]:
    return [_text(f"columns.{key}", words) for key in keys]


def _totals(bridge: Bridge, words: Words) -> Table:
    headers = _headers(words, "metric", "old", "new", "change")
    table = _table(_text("totals.title", words), *headers)
    for name, change in bridge.totals.items():
        if name in ("sroi", "sroi_net"):
            continue
        metric = METRICS[name]
        old, new = (metric_value(metric, value, words) for value in (change.old, change.new))
        table.add_row(words.metric("totals", name), old, new, _difference(name, change, words))
    return table


def _difference(name: str, change: Change[Value], words: Words) -> str:
    """The change of a metric with its sign; a dash where one of the two does not exist."""
    value, metric = change.change, METRICS[name]
    if value is None:
        return "–"
    if metric.kind == "money":
        return signed(value, words)
    if metric.kind == "year":
        return f"{value:+.0f}" if value else "0"
    is_rate = metric.kind == "rate"
    shown = words.number(100 * value if is_rate else value, 2)
    shown = f"+{shown}" if value > 0 and shown != words.number(0.0, 2) else shown
    return _text("columns.points", words, points=shown) if is_rate else shown


def _by_step(bridge: Bridge, words: Words) -> Table:
    headers = _headers(words, "step", "costs", "benefits", "net")
    table = _table(_text("by_step.title", words), *headers)
    names = ("costs", "benefits", "net_present_value")
    for step, totals in bridge.by_step.items():
        if any(totals.values()):
            amounts = (signed(totals[name], words) for name in names)
            table.add_row(_text(f"steps.{step}.name", words), *amounts)
    table.add_section()
    together = (signed(float(bridge.totals[name].change or 0.0), words) for name in names)
    table.add_row(_text("by_step.together", words), *together)
    return table


def _lines(bridge: Bridge, words: Words) -> Table:
    table = _table(_text("lines.title", words), *_headers(words, "line"))
    table.add_column(_headers(words, "steps")[0], overflow="fold")
    for header in _headers(words, "old", "new", "change"):
        table.add_column(header, justify="right", overflow="fold")
    changed = [i for i, line in enumerate(bridge.lines) if line.is_changed]
    changed.sort(key=lambda i: -_step_sizes(bridge, i).sum())
    for i in changed[:MOST_LINES]:
        line = bridge.lines[i]
        old, new = (words.money(v) for v in (line.present_value.old, line.present_value.new))
        title = words_of(bridge, line, words.language).line(line.id)
        table.add_row(title, _why(bridge, i, words), old, new, signed(_moved(bridge, i), words))
    rest = len(changed) - MOST_LINES
    if rest > 0:
        key = "lines.more_one" if rest == 1 else "lines.more"
        table.caption = _text(key, words, count=rest)
    return table


def _moved(bridge: Bridge, index: int) -> float:
    """Change of the present value of a line."""
    return float(bridge.present[index].sum())


def _step_sizes(bridge: Bridge, index: int) -> Array:
    """The most that each step of a line moved: its value, a total, or what an actor has of it."""
    of_actors = np.abs(bridge.shared[index]).max(axis=(0, 2), initial=0.0)
    of_totals = np.abs(bridge.moved[index]).max(axis=1)
    result: Array = np.maximum(of_actors, np.maximum(of_totals, np.abs(bridge.present[index])))
    return result


def _why(bridge: Bridge, index: int, words: Words) -> str:
    """The steps of a line, largest first, with their amounts where there are several."""
    sizes = _step_sizes(bridge, index)
    found = [k for k in np.argsort(-sizes) if sizes[k] > NOTEWORTHY * sizes.max()]
    names = [_text(f"steps.{STEPS[k]}.name", words) for k in found]
    if len(found) < 2:
        return "".join(names) or _text(f"steps.{bridge.lines[index].status}.name", words)
    amounts = (signed(float(bridge.present[index, k]), words) for k in found)
    return "\n".join(f"{name} {amount}" for name, amount in zip(names, amounts, strict=True))


def _actors(bridge: Bridge, words: Words) -> Table:
    headers = _headers(words, "actor", "old", "new", "change")
    table = _table(_text("actors.title", words), *headers)
    for actor, columns in bridge.by_actor.items():
        net = columns["net"]
        title = Words(
            bridge.new if actor in bridge.new.case.actors else bridge.old, words.language
        ).actor(actor)
        old, new = (words.money(value) for value in (net.old, net.new))
        table.add_row(title, old, new, signed(float(net.change or 0.0), words))
    return table
