"""Add what was reported to the measurements of a case: nothing that was there is ever replaced.

A figure about something that was reported before by the same one becomes a restatement, which
names the record that it restates; the same figure again is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from impactmonitor.intake.form_reading import Placed
from impactmonitor.intake.record_names import free_name
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.measurements import Measurement, Status
from impactmonitor.model.monitoring import Lesson
from impactmonitor.model.record import FrozenDict, Text, Translated, in_language
from impactmonitor.problems import Problem

Key = tuple[object, ...]
_RANKS: Mapping[Status, int] = {"draft": 0, "submitted": 1, "approved": 2}
_FIGURES = ("baseline", "target", "value", "numerator", "denominator")


@dataclass(frozen=True, slots=True)
class Appended:
    """A case with what was added to it.

    Attributes
    ----------
    case : Case
        Not yet checked as a whole.
    added : Mapping[int, Placed]
        What was added, by its place among the measurements.
    restated : tuple of str
        Ids of the records that are restated.
    left_out : int
        Records that said what was already known.
    problems : tuple of Problem
        What could not be added, each with its place in the file.
    """

    case: Case
    added: Mapping[int, Placed] = field(default_factory=dict)
    restated: tuple[str, ...] = ()
    left_out: int = 0
    problems: tuple[Problem, ...] = ()

    def located(self, problem: Problem) -> Problem:
        """A problem of the case with its place in the file that was added, if it is about it."""
        parts = problem.path.split(".", 2)
        if parts[0] != "measurements" or len(parts) < 2 or not parts[1].isdecimal():
            return problem
        placed = self.added.get(int(parts[1]))
        return problem if placed is None else placed.located(problem, "".join(parts[2:]))


def append(case: Case, incoming: Sequence[Placed], is_approved: bool = False) -> Appended:
    """Add records to a case.

    Parameters
    ----------
    case : Case
        That keeps its rules.
    incoming : sequence of Placed
        What was reported. A record that says itself what it restates is added as it is.
    is_approved : bool
        Whether everything that is added counts as approved, whatever it says.

    Returns
    -------
    Appended
        A record of the same subject, period, categories, project and reporter as one before is a
        restatement when its figures differ, or its status is further; otherwise it is left out.
        What it restates gets an id where it has none. Among several records before, that of the
        same date is meant; where that is not one, ``restates-which`` asks which.

    Examples
    --------
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 2,
    ...     "actors": {"city": {"kind": "municipality"}},
    ...     "costs": {"work": {"amount": 100, "paid_by": "city"}},
    ...     "measurements": [{"line": "costs.work", "period": "2025", "value": 40}],
    ... })
    >>> later = Measurement(line="costs.work", period="2025", value=50)
    >>> found = append(case, [Placed(later)])
    >>> [(m.id, m.restates, m.value) for m in found.case.measurements]
    [('work-2025', None, 40.0), (None, 'work-2025', 50.0)]
    """
    return _Appending(case, incoming, is_approved).result


class _Appending:
    def __init__(self, case: Case, incoming: Sequence[Placed], is_approved: bool) -> None:
        self.before = case.measurements
        self.records = list(self.before)
        self.ids = {r.id for r in self.records} | {one.record.id for one in incoming}
        self.added: dict[int, Placed] = {}
        self.restated: list[str] = []
        self.left_out = 0
        self.problems: list[Problem] = []
        groups: dict[Key, list[Placed]] = {}
        for one in map(_approved, incoming) if is_approved else incoming:
            groups.setdefault(_key(one.record), []).append(one)
        standing = self._standing()
        for key, several in groups.items():
            self._group(several, standing.get(key, []))
        whole = case.model_copy(update={"measurements": tuple(self.records)})
        self.result = Appended(
            whole, self.added, tuple(self.restated), self.left_out, tuple(self.problems)
        )

    def _standing(self) -> dict[Key, list[int]]:
        """By what they are about, the places of the records that nothing restates yet."""
        replaced = {r.restates for r in self.records}
        found: dict[Key, list[int]] = {}
        for i, record in enumerate(self.records):
            if record.id is None or record.id not in replaced:
                found.setdefault(_key(record), []).append(i)
        return found

    def _group(self, several: list[Placed], standing: list[int]) -> None:
        """Records about the same thing, with those that the case has about it."""
        free, new = list(standing), list[Placed]()
        for one in several:
            if _says_nothing(one.record) or self._is_known(one.record):
                self.left_out += 1
                continue
            same = self._same(one.record, free)
            if same is None:
                new.append(one)
                continue
            free.remove(same)
            if _RANKS[one.record.status] > _RANKS[self.records[same].status]:
                self._restate(one, same)
            else:
                self.left_out += 1
        for one in new:
            if one.record.restates is not None or not free:
                self._add(one)
                continue
            of_date = [i for i in free if self.records[i].date == one.record.date]
            meant = of_date if len(of_date) == 1 else free
            if len(meant) > 1 or (len(new) > 1 and meant is free):
                params = {"id": one.record.of, "period": one.record.period, "count": len(free)}
                path = f"measurements.{len(self.records)}"
                self.problems.append(one.located(Problem("restates-which", path, params), ""))
            else:
                (place,) = meant
                free.remove(place)
                self._restate(one, place)

    def _is_known(self, record: Measurement) -> bool:
        """Whether a record of this very name is there, also one that was restated since."""
        return record.id is not None and any(
            r.id == record.id and says_the_same(record, r) for r in self.before
        )

    def _same(self, record: Measurement, free: Sequence[int]) -> int | None:
        """A record with the same figures, if possible of the same date."""
        same = [i for i in free if says_the_same(record, self.records[i])]
        of_date = [i for i in same if self.records[i].date == record.date]
        return next(iter([*of_date, *same]), None)

    def _add(self, one: Placed) -> None:
        self.added[len(self.records)] = one
        self.records.append(one.record)

    def _restate(self, one: Placed, place: int) -> None:
        before = self.records[place]
        name = before.id or free_name(before, self.ids)
        self.ids.add(name)
        self.records[place] = before.model_copy(update={"id": name})
        restating = one.record.model_copy(update={"restates": name})
        self.restated.append(name)
        self._add(replace(one, record=restating))


def _approved(one: Placed) -> Placed:
    record = one.record.model_copy(update={"status": "approved"})
    return replace(one, record=record)


def _key(record: Measurement) -> Key:
    """What two records have in common of which one may restate the other."""
    fields = ("of", "measured_field", "period", "reporter", "project", "cell")
    return tuple(getattr(record, name) for name in fields)


def _says_nothing(record: Measurement) -> bool:
    fields = (*_FIGURES, "evidence", "method", "differs_because")
    return all(getattr(record, name) is None for name in fields)


def says_the_same(new: Measurement, before: Measurement) -> bool:
    """Whether a record has the figures of another one; what it leaves out it does not deny.

    Examples
    --------
    >>> before = Measurement(indicator="visits", period="2025", target=10, value=8)
    >>> again = Measurement(indicator="visits", period="2025", value=8)
    >>> says_the_same(again, before), says_the_same(before, again)
    (True, False)
    """
    given = [name for name in _FIGURES if getattr(new, name) is not None]
    names = given or (["evidence"] if new.evidence is not None else [])
    return all(getattr(new, name) == getattr(before, name) for name in names)


def with_lessons(case: Case, lessons: Mapping[str, Lesson], language: Language) -> Case:
    """A case with what was learned, after what others learned in the same period.

    Parameters
    ----------
    case : Case
        With or without lessons.
    lessons : Mapping[str, Lesson]
        By period.
    language : {"nl", "en"}
        In which they are written.
    """
    if not lessons:
        return case
    monitoring = monitoring_of(case)
    found = dict(monitoring.lessons)
    for period, lesson in lessons.items():
        before = found.get(period)
        found[period] = lesson if before is None else Lesson(
            went_wrong=joined(before.went_wrong, lesson.went_wrong, language),
            learned=joined(before.learned, lesson.learned, language),
        )  # fmt: skip
    whole = monitoring.model_copy(update={"lessons": FrozenDict(found)})
    return case.model_copy(update={"monitoring": whole})


def joined(before: Text, new: Text, language: Language) -> Text:
    r"""Two texts under each other; one of them where it already holds the other.

    Examples
    --------
    >>> joined("A late start", "Illness", "en")
    'A late start\n\nIllness'
    >>> joined("A late start", "A late start, and illness", "en")
    'A late start, and illness'
    """
    old, more = in_language(before, language).strip(), in_language(new, language).strip()
    whole = more if old in more else old if more in old else f"{old}\n\n{more}"
    if isinstance(before, Translated):
        return before if whole == old else before.model_copy(update={language: whole})
    return whole
