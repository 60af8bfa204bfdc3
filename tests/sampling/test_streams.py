"""Random words: those of the published generator, and different for everything that differs."""

from __future__ import annotations

import itertools

import numpy as np

from impactmonitor.sampling.streams import STEP, mixed, random_words


def test_words_are_those_of_splitmix64():
    """The five words after seed 1234567 in the generator's public test vectors."""
    states = 1234567 + np.arange(1, 6, dtype=np.uint64) * np.uint64(STEP)
    assert mixed(states).tolist() == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_whatever_differs_gives_other_words():
    names = ["a", "b", "ab", "é", "", "costs.a", "costs.b"]
    found = [
        random_words(seed, randomisation, use, names)
        for seed, randomisation, use in itertools.product(
            (0, 1, -1, 12, 2**80), (0, 1, 21), ("scramble", "shuffle", "stream")
        )
    ]
    assert np.unique(np.concatenate(found)).size == len(found) * len(names)


def test_a_word_depends_on_its_name_alone():
    names = [f"costs.{i}" for i in range(50)]
    whole = random_words(3, 1, "stream", names)
    assert (random_words(3, 1, "stream", names[::-1])[::-1] == whole).all()
    assert random_words(3, 1, "stream", []).shape == (0,)


def test_bits_are_even():
    words = random_words(3, 0, "stream", [str(i) for i in range(10_000)])
    bits = np.unpackbits(words.view(np.uint8)).reshape(10_000, 64)
    assert np.abs(bits.mean(axis=0) - 0.5).max() < 5 * 0.5 / 100
