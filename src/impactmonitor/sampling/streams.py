"""Random words by name, and the generator SplitMix64: the same in every process and machine."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

LongWords = NDArray[np.uint64]

STEP = 0x9E3779B97F4A7C15
"""What the state of SplitMix64 grows by with every word."""


def random_words(seed: int, randomisation: int, use: str, names: Iterable[str]) -> LongWords:
    """A random word for each name.

    Parameters
    ----------
    seed, randomisation : int
        Words of another seed or randomisation have nothing to do with these.
    use : str
        What the words are for, in one word: those for another use are others.
    names : iterable of str

    Returns
    -------
    array of uint64, shape (names,)

    Examples
    --------
    >>> random_words(1, 0, "stream", ["costs.staff"]).tolist()
    [8682229869867094025]
    """
    begin = blake2b(f"{seed} {randomisation} {use} ".encode(), digest_size=8)
    words = []
    for name in names:
        found = begin.copy()
        found.update(name.encode())
        words.append(int.from_bytes(found.digest(), "little"))
    return np.array(words, dtype=np.uint64)


def mixed(words: LongWords) -> LongWords:
    """The words that SplitMix64 makes of its states; ``words`` are overwritten.

    Notes
    -----
    Steele, Lea and Flood (2014), *Fast splittable pseudorandom number generators*, OOPSLA; the
    constants are those of Stafford's variant 13, as in Java.

    Examples
    --------
    >>> states = np.array([1234567 + STEP], dtype=np.uint64)
    >>> mixed(states).tolist()
    [6457827717110365317]
    """
    shifted = words >> np.uint64(30)
    words ^= shifted
    words *= np.uint64(0xBF58476D1CE4E5B9)
    np.right_shift(words, np.uint64(27), out=shifted)
    words ^= shifted
    words *= np.uint64(0x94D049BB133111EB)
    np.right_shift(words, np.uint64(31), out=shifted)
    words ^= shifted
    return words
