"""Which effects and indicators to look at for a topic and a target group.

They are read when somebody asks for them, and not with the rest of the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.frameworks import Frameworks, load_frameworks
from impactmonitor.catalogue.kinds import Layout
from impactmonitor.catalogue.loading import load_catalogue
from impactmonitor.catalogue.reading import Contents, Found
from impactmonitor.catalogue.supplements import Supplement
from impactmonitor.model.record import FrozenDict
from impactmonitor.model.suggestions import Suggestion, TargetGroup, Topic
from impactmonitor.problems import MAX_PROBLEMS, NotFound, Problem, nearest

FOLDER = "suggestions"
LAYOUT = Layout(
    kinds={FOLDER: ("target_groups", "topics")},
    entries={"target_groups": TargetGroup, "topics": Topic},
)
"""What a file of the kind ``suggestions`` holds."""


@dataclass(frozen=True, eq=False)
class Suggestions:
    """Topics with their suggestions, and target groups, by id; read-only.

    Attributes
    ----------
    topics, target_groups : Mapping
        By id, in the order of the files.
    overrides : tuple of Problem
        A warning for every entry of a user's folder that replaces another one.
    """

    topics: Mapping[str, Topic]
    target_groups: Mapping[str, TargetGroup]
    overrides: tuple[Problem, ...] = ()

    def suggested(self, topic: str, group: str) -> Mapping[str, Suggestion]:
        """What to look at for a topic and a target group, the most telling first.

        Raises
        ------
        NotFound
            ``unknown-topic`` or ``unknown-target-group``; a group that the topic does not name is
            not known there.

        Examples
        --------
        >>> found = load_suggestions().suggested("fall-prevention", "older-people")
        >>> next(iter(found))
        'treated-falls'
        """
        if topic not in self.topics:
            params = {"id": topic, "nearest": nearest(topic, self.topics)}
            raise NotFound(Problem("unknown-topic", "", {**params, "known": _list(self.topics)}))
        groups = self.topics[topic].groups
        if group not in groups:
            params = {"id": group, "nearest": nearest(group, groups), "topic": topic}
            raise NotFound(Problem("unknown-target-group", "", {**params, "known": _list(groups)}))
        found = self.topics[topic].suggestions.items()
        return FrozenDict({name: each for name, each in found if each.is_for(group)})


def _list(names: Sequence[str] | Mapping[str, object]) -> str:
    return ", ".join(names)


_SUPPLEMENT = Supplement(
    FOLDER,
    LAYOUT,
    Suggestions,
    lambda merged, folders: check_suggestions(
        merged, load_catalogue(*folders), load_frameworks(*folders)
    ),
)


def load_suggestions(*folders: Path | str) -> Suggestions:
    """The shipped suggestions, with those of a user's own folders added to them.

    Parameters
    ----------
    *folders : Path or str
        Folders that add to the catalogue. Their suggestions stand in a folder ``suggestions`` in
        it, in files of the kind ``suggestions``. A topic or target group with the id of another
        one replaces it as a whole, which is reported in ``Suggestions.overrides``.

    Returns
    -------
    Suggestions
        Without folders always the same object.

    Raises
    ------
    NotFound
        If a folder does not exist.
    InvalidInput
        With everything that does not fit, each with file, path and line.

    Examples
    --------
    >>> sorted(load_suggestions().topics)[:2]
    ['debts', 'energy-poverty']
    """
    return _SUPPLEMENT.load(*folders)


def shipped_contents() -> Contents:
    """What is shipped; whether it fits together is tested, and not looked at on every start."""
    return _SUPPLEMENT.shipped_contents


def check_suggestions(
    contents: Contents, catalogue: Catalogue, frameworks: Frameworks
) -> list[Problem]:
    """Every reference of a suggestion that leads nowhere.

    Parameters
    ----------
    contents : Contents
        All topics and target groups.
    catalogue : Catalogue
        Indicators that they may name.
    frameworks : Frameworks
        Indicators of frameworks that they may name.

    Returns
    -------
    list of Problem
        Errors with file, path and line; one per mistake.
    """
    problems: list[Problem] = []
    for found in contents.sections["topics"].values():
        if isinstance(found.entry, Topic):
            problems += _topic(contents, found, found.entry)
            for name, suggestion in found.entry.suggestions.items():
                problems += _suggestion(found, f"suggestions.{name}", suggestion, catalogue)
                problems += _beside_money(found, f"suggestions.{name}", suggestion, frameworks)
    return problems[:MAX_PROBLEMS]


def _topic(contents: Contents, found: Found, topic: Topic) -> Iterator[Problem]:
    """Target groups that nobody describes, or that a suggestion names and its topic does not."""
    known = contents.sections["target_groups"]
    for place, group in enumerate(topic.groups):
        if group not in known and ("target_groups", group) not in contents.broken:
            params = {"id": group, "nearest": nearest(group, known)}
            yield found.problem("suggestion-unknown-group", f"groups.{place}", **params)
    for name, suggestion in topic.suggestions.items():
        for place, group in enumerate(suggestion.groups or ()):
            if group not in topic.groups:
                params = {"id": group, "nearest": nearest(group, topic.groups)}
                at = f"suggestions.{name}.groups.{place}"
                yield found.problem("suggestion-group-of-no-topic", at, **params)


def _suggestion(
    found: Found, field: str, suggestion: Suggestion, catalogue: Catalogue
) -> Iterator[Problem]:
    name = suggestion.indicator
    if name is not None and name not in catalogue.indicators:
        params = {"id": name, "nearest": nearest(name, catalogue.indicators)}
        yield found.problem("catalogue-unknown-indicator", f"{field}.indicator", **params)


def _beside_money(
    found: Found, field: str, suggestion: Suggestion, frameworks: Frameworks
) -> Iterator[Problem]:
    path = suggestion.framework_indicator
    if path is not None and frameworks.indicator(path) is None:
        all_paths = (
            f"{name}.{inner}"
            for name, framework in frameworks.frameworks.items()
            for inner in framework.indicators
        )
        params = {"id": path, "nearest": nearest(path, all_paths)}
        yield found.problem(
            "suggestion-unknown-indicator", f"{field}.framework_indicator", **params
        )
