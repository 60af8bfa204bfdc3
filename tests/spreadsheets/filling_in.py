"""Somebody who fills in a blank workbook, at random: names, words and numbers in its cells."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from tests.report.workbook.copying import copied

from impactmonitor.catalogue import Catalogue
from impactmonitor.intake.workbook.layout import At, Layout
from impactmonitor.intake.workbook.words import WORDS, word
from impactmonitor.model.record import in_language
from impactmonitor.report.workbook.book import Book

FIRST_YEAR = 2024
INDEXED = 2025
"""Prices of later years cannot be brought to another year yet."""

AN_EFFECT_HAS_NO_PRICE = 0.15
NOBODY_KNOWS = 0.05


class Filler:
    """Fills in one workbook; ``cells`` holds what was typed where.

    Parameters
    ----------
    layout : Layout
        Of the blank workbook.
    catalogue : Catalogue
        What its lists offer.
    seed : int
        Another one gives other answers.
    """

    def __init__(self, layout: Layout, catalogue: Catalogue, seed: int) -> None:
        self.layout, self.language = layout, layout.language
        self.catalogue, self.random = catalogue, Random(seed)  # noqa: S311  no secret
        self.cells: dict[At, Any] = {}
        self._plan()
        self.actors = self._actors()
        self.used = {"bearers": 0}
        for i in range(self.random.randint(1, 8)):
            self._cost(i)
        for i in range(self.random.randint(1, 12)):
            self._effect(i)
        for i in range(self.random.randint(0, 3)):
            self._transfer(i)
        for i in range(self.random.randint(0, 3)):
            self._unpriced(i)

    def try_out(self, choice: At, payments: Sequence[tuple[At, At, At]]) -> None:
        """In what nobody may lose, and some payments between two actors or one."""
        self.cells[choice] = self._word("wholeness")
        for cells in self.random.sample(list(payments), self.random.randint(1, 6)):
            row = (*self.random.choices(self.actors, k=2), self._number(20_000))
            self.cells |= dict(zip(cells, row, strict=True))

    def _field(self, sheet: Any, key: str, value: Any) -> None:
        self.cells[self.layout.field(sheet, key)] = value

    def _row(self, table: str, index: int, **values: Any) -> None:
        for key, value in values.items():
            if value is not None:
                self.cells[self.layout.cell(table, key, index)] = value

    def _word(self, of: str, name: str | None = None) -> str:
        return word(of, name or self.random.choice(WORDS[of]), self.language)

    @property
    def unknown(self) -> str:
        return word("unknown", "unknown", self.language)

    def _maybe(self, value: Any, chance: float = 0.3) -> Any:
        return value if self.random.random() < chance else None

    def _share(self) -> float:
        return self.random.choice([0.0, 0.05, 0.1, 0.25, 0.5, 1.0])

    def _number(self, largest: float) -> float:
        return round(self.random.uniform(0, largest), self.random.choice([0, 2]))

    def _plan(self) -> None:
        self.base = FIRST_YEAR + self.random.randint(0, 6)
        self._field("plan", "title", "Plan =1+1")
        self._field("plan", "base_year", self.base)
        self._field("plan", "horizon", self.random.choice([1, 3, 10, 25, 60]))
        self._field("plan", "price_year", self.random.choice([2018, 2022, 2025]))
        self._field("people", "about.population", self.random.choice([500, self.unknown]))
        self._field("people", "reached", self._number(1000))
        self._field("settings", "discount.timing", self._word("timings"))
        own = self._maybe(self.random.choice([0.0, 0.03, 0.1]))
        if own is not None:
            self._field("settings", "discount.scheme", None)
            self._field("settings", "discount.rate", own)
        self._field("settings", "inflation", self.random.choice([0.0, 0.02]))

    def _actors(self) -> list[str]:
        kinds = list(self.catalogue.actors.values())
        names = [f"Partij {i}: de {i}e" for i in range(self.random.randint(2, 7))]
        for i, name in enumerate(names):
            kind = self.random.choice(kinds)
            label = in_language(kind.title, self.language)
            self._row("actors", i, title=name, kind=label)
        return names

    def _when(self) -> dict[str, Any]:
        return {
            "first_year": self._maybe(self.base + self.random.randint(0, 5)),
            "years": self._maybe(self.random.randint(1, 12), 0.7),
            "growth": self._maybe(self.random.choice([-0.1, 0.02, 0.05]), 0.2),
            "discount_class": self._maybe(
                self.random.choice(list(self.catalogue.discount_classes)), 0.2
            ),
            "timing": self._maybe(self._word("timings"), 0.2),
            "price_year": self._maybe(2020, 0.2),
        }

    def _bearers(self, line: str, role: str | None, **more: Any) -> None:
        count = self.random.randint(1, min(3, len(self.actors)))
        parts = [self.random.randint(1, 4) for _ in range(count)]
        for name, part in zip(self.random.sample(self.actors, count), parts, strict=True):
            share = None if count == 1 else part / sum(parts)
            given = {key: make() for key, make in more.items()}
            self._row("bearers", self.used["bearers"], line=line, role=role, actor=name,
                      share=share, **given)  # fmt: skip
            self.used["bearers"] += 1

    def _cost(self, i: int) -> None:
        title, is_shared = f"Kosten nummer {i}", self.random.random() < 0.3
        amount: Any = self._number(50_000)
        if self.random.random() < NOBODY_KNOWS and not is_shared:
            amount = self.unknown
        self._row(
            "costs", i, title=title, amount=amount,
            paid_by=None if is_shared else self.random.choice(self.actors),
            in_kind=self._maybe(self._word("flag")), evidence=self._maybe(self._word("evidence")),
            optimism_bias=self._maybe(0.1, 0.2), domain=self._maybe(self._word("domains"), 0.2),
            prices=self._maybe(self._word("prices"), 0.2), **self._when(),
        )  # fmt: skip
        if is_shared:
            role = self._maybe(self._word("roles", "paid_by"), 0.5)
            self._bearers(title, role)

    def _effect(self, i: int) -> None:
        title, chance = f"Effect nummer {i}", self.random.random()
        price: Any = self._number(500)
        if chance < AN_EFFECT_HAS_NO_PRICE:
            price = self.unknown
        elif chance < 0.4:
            names = [
                in_language(value.title, self.language)
                for value in self.catalogue.values.values()
                if not value.is_transfer and (value.current.price_year or INDEXED) <= INDEXED
            ]
            price = self.random.choice([n for n in names if names.count(n) == 1])
        per_person = self._maybe(self._number(3), 0.6)
        around = per_person if per_person is not None else 0
        has_range = around > 0 and self.random.random() < 0.5
        self._row(
            "effects", i, title=title, domain=self._word("domains"),
            quantity=self._maybe(self._number(200), 0.3), per_person=per_person,
            unit_value=price, lasts=self._maybe(self.random.randint(1, 15), 0.6),
            drop_off=self._maybe(self._share()), basis=self._maybe(self._word("bases", "gross")),
            deadweight=self._maybe(self._share(), 0.6),
            displacement=self._maybe(self._share(), 0.2),
            attribution_to_others=self._maybe(self._share()),
            low=around / 2 if has_range else None, high=around * 2 if has_range else None,
            evidence=self._maybe(self._word("evidence")), lag=self._maybe(2, 0.2),
            optimism_bias=self._maybe(0.2, 0.2), real_price_change=self._maybe(0.01, 0.2),
            **(self._when() | ({} if isinstance(price, float) else {"price_year": None})),
        )  # fmt: skip
        self._bearers(
            title, self._maybe(self._word("roles", "falls_to"), 0.5),
            cashable=lambda: self._maybe(self._share(), 0.7),
            confirmation=lambda: self._maybe(self._word("confirmations"), 0.5),
        )  # fmt: skip

    def _transfer(self, i: int) -> None:
        giver, receiver = self.random.sample(self.actors, 2)
        self._row(
            "transfers", i, title=f"Betaling {i}", to=receiver, amount=self._number(9000),
            years=self._maybe(3), in_kind=self._maybe(self._word("flag")), **{"from": giver},
        )  # fmt: skip

    def _unpriced(self, i: int) -> None:
        self._row(
            "unpriced", i, title=f"Gevoel {i}", domain=self._word("domains"),
            quantity=self.random.choice([self.unknown, 12.0]),
            falls_to=self._maybe(self.random.choice(self.actors)),
        )  # fmt: skip

    def typed_into(self, blank: Book) -> Book:
        """A copy of the blank workbook with the answers in it."""
        book = copied(blank)
        for at, value in self.cells.items():
            cell = book.pages[at.sheet].cells[at.row, at.column]
            assert cell.style.startswith(("input", "link")), f"{at} is no cell for an answer"
            cell.value, cell.formula = value, None
        return book
