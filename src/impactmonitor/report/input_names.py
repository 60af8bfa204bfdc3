"""What people call an uncertain number, and how they write its value."""

from __future__ import annotations

from collections.abc import Iterator

from impactmonitor import messages
from impactmonitor.evaluation import Evaluation
from impactmonitor.model.case import Case
from impactmonitor.model.figures import Place, figures, parameter_ranges
from impactmonitor.model.numbers import ABOVE_MINUS_ONE, ANY, SHARE, ParameterReference, Range
from impactmonitor.model.record import in_language
from impactmonitor.report.formatting import money
from impactmonitor.report.words import Words

OF_MONEY = frozenset({"amount", "unit_value"})
"""Fields that hold money."""
SHARE_UNIT = "share"


class InputNames:
    """Names the uncertain numbers of a case, its alternatives and its scenarios.

    Parameters
    ----------
    evaluation : Evaluation
        The result that rests on them.
    words : Words
        Texts in the reader's language.
    """

    def __init__(self, evaluation: Evaluation, words: Words) -> None:
        self._evaluation, self._words = evaluation, words
        others = (*evaluation.alternatives.values(), *evaluation.scenarios.values())
        self._all = (evaluation, *others)
        self._cases = tuple(one.case for one in self._all)
        self._places: dict[str, Place] = {}
        self._fields: dict[str, set[str]] = {}
        self._ranges: dict[str, Range] = {}
        for case in reversed(self._cases):  # the case itself has the last word
            self._look_at(case)
        resolved = (one.appraised.resolved for one in self._all)
        self._effects = [found for each in resolved for found in each.effects.values()]

    def _look_at(self, case: Case) -> None:
        for place in figures(case):
            self._places[place.path] = place
            if isinstance(place.figure, ParameterReference):
                field = _field(place.path)
                self._fields.setdefault(place.figure.parameter, set()).add(field)
        self._ranges |= parameter_ranges(case)

    # names --------------------------------------------------------------------------------------

    def title(self, path: str) -> str:
        """What people call the number at a path; the path itself where nobody gave it a name.

        Examples
        --------
        >>> from impactmonitor import evaluate, load_case
        >>> from impactmonitor.resources import folder
        >>> case = folder("examples") / "fall-prevention-65plus" / "case.yaml"
        >>> found = evaluate(load_case(case))
        >>> InputNames(found, Words(found, "en")).title("costs.organisation.amount")
        'Coordination and rooms: amount'
        """
        kind, _, rest = path.partition(".")
        name, _, field = rest.partition(".")
        if kind == "parameters":
            return self._of_case(name)
        if kind == "values":
            return self._of_catalogue(path, rest)
        if kind == "schemes":
            return self._text("fields.scheme", scheme=name)
        if kind == "overlaps":
            return self._text("fields.overlap", name=name)
        if kind in ("costs", "effects", "transfers"):
            return f"{self._line(name)}: {self._part(field)}"
        return self._field_word(path.replace(".", "_"))

    def indicator(self, name: str) -> str:
        """An indicator's title."""
        for found in self._effects:
            if found.indicator is not None and found.indicator.id == name:
                return in_language(found.indicator.title, self._words.language, name)
        return name

    def _of_case(self, name: str) -> str:
        for case in self._cases:
            if name in case.parameters:
                return in_language(case.parameters[name].title, self._words.language, name)
        return name

    def _of_catalogue(self, path: str, default: str) -> str:
        for found in self._effects:
            if found.unit_value_path == path and found.value is not None:
                return in_language(found.value.title, self._words.language, default)
        return default

    def _line(self, name: str) -> str:
        for case in self._cases:
            if name in case.lines():
                return in_language(case.lines()[name].title, self._words.language, name)
        return name

    def _part(self, field: str) -> str:
        """The field of a line, with its year, its actor, or the name of the factor."""
        name, _, key = field.partition(".")
        if name == "factors":
            return key
        if name == "cashable" and key in self._evaluation.case.actors:
            return self._text("fields.cashable_of", actor=self._words.actor(key))
        word = self._field_word(name)
        return f"{word} {key}" if key else word

    def _field_word(self, name: str) -> str:
        key = f"uncertainty.fields.{name}"
        return messages.text(key, self._words.language) if messages.has(key) else name

    def _text(self, key: str, **params: object) -> str:
        return messages.text(f"uncertainty.{key}", self._words.language, **params)

    # values -------------------------------------------------------------------------------------

    def value(self, path: str, value: float, is_short: bool = False) -> str:
        """A value of the number at a path: money, a percentage, or a number with its unit.

        Parameters
        ----------
        path : str
            Of the number.
        value : float
            One that it may have.
        is_short : bool
            Without the unit.
        """
        fields = set(self._fields_of(path))
        if fields and fields <= OF_MONEY:
            return money(value, self._currency(path), self._words.language)
        if self._is_share(path):
            return self._words.percent(float(f"{value:.3g}"))
        unit = "" if is_short else self._unit(path)
        written = self._words.number(value)
        return f"{written} {unit}" if unit else written

    def _fields_of(self, path: str) -> Iterator[str]:
        """The fields in which the number is used."""
        kind, _, name = path.partition(".")
        if kind == "parameters":
            yield from self._fields.get(name, ())
        else:
            yield "unit_value" if kind == "values" else _field(path)

    def _is_share(self, path: str) -> bool:
        kind, _, name = path.partition(".")
        if kind == "schemes":
            return True
        if path in self._places:
            allowed = self._places[path].allowed
        else:
            allowed = self._ranges.get(name, ANY)
        is_share = SHARE.low <= allowed.low and allowed.high <= SHARE.high
        return is_share or allowed == ABOVE_MINUS_ONE or self._unit_name(path) == SHARE_UNIT

    def _unit_name(self, path: str) -> str | None:
        kind, _, rest = path.partition(".")
        name, _, field = rest.partition(".")
        if kind == "parameters":
            found = (c.parameters[name] for c in self._cases if name in c.parameters)
            return next((parameter.unit for parameter in found), None)
        if kind == "effects" and field.partition(".")[0] == "quantity":
            effects = (one.appraised.resolved.effects for one in self._all)
            return next((each[name].unit for each in effects if name in each), None)
        return None

    def _unit(self, path: str) -> str:
        name = self._unit_name(path)
        if name is None:
            return ""
        known = self._evaluation.appraised.resolved.units.get(name)
        return name if known is None else in_language(known.title, self._words.language, name)

    def _currency(self, path: str) -> str:
        """The currency in which a number is written: that of its line or value, or of the case."""
        kind, _, rest = path.partition(".")
        usual = self._evaluation.case.currency
        if kind == "values":
            found = (e.edition for e in self._effects if e.unit_value_path == path)
            return next((e.currency for e in found if e is not None), usual)
        lines = (case.lines() for case in self._cases)
        line = rest.partition(".")[0]
        own = next((each[line].currency for each in lines if line in each), None)
        return own or usual


def _field(path: str) -> str:
    """The field of a line or a record at a path, without the key in it."""
    parts = path.split(".")
    return parts[2] if parts[0] in ("costs", "effects", "transfers") else parts[-1]
