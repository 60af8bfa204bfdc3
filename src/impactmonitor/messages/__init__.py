"""Every text that people read, in Dutch and in English, by code.

The texts stand in YAML files beside this module, one file per subject; the first part of a key
is the name of the file. A text may name parameters in braces.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class _Parameters(dict[str, object]):
    """Leaves a parameter that nobody gave visible, rather than failing while reporting."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


@cache
def section(name: str) -> Mapping[str, Any]:
    """All texts of one subject, as they stand in its file.

    Parameters
    ----------
    name : str
        The file's name without ending, for example ``problems``.
    """
    import yaml  # some commands print no text of ours

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with (files(__name__) / f"{name}.yaml").open("rb") as stream:
        content: Mapping[str, Any] = yaml.load(stream, Loader=loader)  # noqa: S506  a safe loader
    return content


def has(key: str) -> bool:
    """Whether the catalogue has a text under ``key``."""
    return isinstance(_node(key), Mapping)


def text(key: str, language: Language, /, **params: object) -> str:
    """The text under a key, in one language, with its parameters filled in.

    Parameters
    ----------
    key : str
        Subject and codes joined by dots, for example ``problems.unknown-actor.message``.
    language : {"nl", "en"}
        The reader's language.
    **params : object
        Values for the names in braces.

    Returns
    -------
    str
        The text; an empty text where the catalogue has an empty one.

    Raises
    ------
    KeyError
        If there is no such text: a mistake of ours, which a test looks for.

    Examples
    --------
    >>> text("problems.unknown-key.message", "en", key="tilte", nearest="title")
    'The field "tilte" does not exist here.'
    """
    node = _node(key)
    if not isinstance(node, Mapping):
        raise KeyError(key)
    return str(node[language]).format_map(_Parameters(params))


def _node(key: str) -> Any:
    subject, *parts = key.split(".")
    node: Any = section(subject)
    for part in parts:
        if not isinstance(node, Mapping) or part not in node:
            return None
        node = node[part]
    return node
