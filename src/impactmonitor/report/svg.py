"""Texts and shapes of a drawing, as SVG that no text in it can change."""

from __future__ import annotations

import html
import re
import unicodedata

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STEERING = re.compile("[\u2028-\u202e\u2066-\u2069]")
_NARROW = frozenset("ijltfrI.,:;'|!()[]{}-·/ ")
_BROAD = frozenset("mwMW@%€")
MOST_LINES = 8


def plain(text: str) -> str:
    """A text in one line, without characters that XML does not know or that turn text around.

    Examples
    --------
    >>> plain("one" + chr(10) + " two" + chr(7))
    'one two�'
    """
    return " ".join(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", _STEERING.sub("", text)).split())


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """An element with its attributes; an underscore in a name stands for a hyphen.

    Parameters
    ----------
    name : str
        Of the element.
    content : str
        Elements, or a text from ``escaped``.
    **attributes : object
        Numbers are written with at most one decimal.

    Examples
    --------
    >>> element("rect", x=1.0, stroke_width=1.5, rx="2")
    '<rect x="1" stroke-width="1.5" rx="2"/>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(_attribute(part))}"'
        for key, part in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def _attribute(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return plain(str(value))


def escaped(text: str) -> str:
    """A text as it may stand in an element.

    Examples
    --------
    >>> escaped("<b> & c")
    '&lt;b&gt; &amp; c'
    """
    return html.escape(plain(text))


def lines_of_text(lines: list[str], x: float, y: float, leading: float, **style: object) -> str:
    """Lines under each other as one text; ``y`` is the foot of the first one."""
    spans = "".join(
        element("tspan", escaped(line), x=x, y=y + i * leading) for i, line in enumerate(lines)
    )
    return element("text", spans, **style)


def width_of(text: str, size: float) -> float:
    """About how wide a text is in a common sans-serif font, in pixels; rather too wide."""
    ems = 0.0
    for letter in text:
        if unicodedata.east_asian_width(letter) in "WF":
            ems += 1.05
        elif letter in _NARROW:
            ems += 0.36
        elif letter in _BROAD:
            ems += 0.92
        else:
            ems += 0.72 if letter.isupper() else 0.6
    return ems * size


def wrapped(text: str, width: float, size: float, most: int = MOST_LINES) -> list[str]:
    """A text in lines that fit; words that are too long are broken, and the rest is cut off.

    Examples
    --------
    >>> wrapped("Older people who finish the course", 120.0, 13.0)
    ['Older people who', 'finish the course']
    """
    lines: list[str] = []
    for word in plain(text).split():
        joined = f"{lines[-1]} {word}" if lines else ""
        if lines and width_of(joined, size) <= width:
            lines[-1] = joined
            continue
        lines += _broken(word, width, size)
        if len(lines) > most:
            return [*lines[: most - 1], f"{lines[most - 1][:-1]}…"]
    return lines or [""]


def _broken(word: str, width: float, size: float) -> list[str]:
    """A word in pieces that fit."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size) > width:
            pieces.append("")
            if len(pieces) > MOST_LINES + 1:
                break
        pieces[-1] += letter
    return pieces
