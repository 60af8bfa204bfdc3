"""The building blocks of every record: strict, frozen, and with nothing unknown in it."""

from __future__ import annotations

import re
from typing import Annotated, Any, Never, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
)
from pydantic_core import PydanticCustomError

from impactmonitor.messages import Language

MAX_TEXT = 20_000
MAX_YEARS = 1_000
ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"


class Record(BaseModel):
    """A frozen piece of input that refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(dict[K, V]):
    """A mapping that cannot be changed, so that a frozen record is frozen all through."""

    def _refuse(self, *_: object, **__: object) -> Never:
        raise TypeError("this mapping is read-only")

    __setitem__ = __delitem__ = _refuse
    clear = pop = popitem = setdefault = update = __ior__ = _refuse

    def __reduce__(self) -> tuple[type, tuple[dict[K, V]]]:
        return type(self), (dict(self),)


Map = Annotated[dict[K, V], AfterValidator(FrozenDict)]


def _whole(value: Any) -> Any:
    """5.0 is a whole number too: JSON and spreadsheets do not tell them apart."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _year(value: Any) -> Any:
    """A year is a whole number of four digits; as a key of a mapping it is text."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}", value):
        value = int(value)
    value = _whole(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 1000 <= value <= 9999:
        raise PydanticCustomError("not-a-year", "not a year")
    return value


def clean(value: str) -> str:
    """Text that every format can carry: no control characters but tab and line breaks."""
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]", value):
        raise PydanticCustomError("control-character", "control character")
    return value


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=60)]
_YearNumber = Annotated[int, Field(ge=1000, le=9999)]
Year = Annotated[int, BeforeValidator(_year, json_schema_input_type=_YearNumber)]
Whole = Annotated[int, BeforeValidator(_whole)]
YearCount = Annotated[Whole, Field(ge=1, le=MAX_YEARS)]
PlainText = Annotated[str, StringConstraints(max_length=MAX_TEXT), AfterValidator(clean)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Translated(Record):
    """A text in Dutch, in English, or in both."""

    nl: PlainText | None = None
    en: PlainText | None = None

    def model_post_init(self, context: Any, /) -> None:
        """Refuse a translated text without any language."""
        if self.nl is None and self.en is None:
            raise PydanticCustomError("no-language", "no language given")

    def in_language(self, language: Language) -> str:
        """The text in the reader's language, or in the other one where that is missing."""
        mine, other = (self.nl, self.en) if language == "nl" else (self.en, self.nl)
        return mine if mine is not None else (other or "")


def _text_kind(value: Any) -> str:
    return "<translated>" if isinstance(value, dict | Translated) else "<text>"


Text = Annotated[
    Annotated[PlainText, Tag("<text>")] | Annotated[Translated, Tag("<translated>")],
    Discriminator(_text_kind),
]


def in_language(text: str | Translated | None, language: Language, default: str = "") -> str:
    """A text of a case in the reader's language.

    Parameters
    ----------
    text : str, Translated or None
        A text in one language, in several, or none.
    language : {"nl", "en"}
        The reader's language.
    default : str
        What stands where there is no text: for titles the id.

    Examples
    --------
    >>> in_language(Translated(nl="Kosten", en="Costs"), "nl")
    'Kosten'
    >>> in_language(None, "nl", default="courses")
    'courses'
    """
    if isinstance(text, Translated):
        return text.in_language(language)
    return default if text is None else text
