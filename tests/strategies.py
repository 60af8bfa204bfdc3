"""Random valid cases: every field of the case format that is in force, in every form it takes.

    cases()        anything goes, as long as it is valid
    flat_cases()   one flat rate, no price path, all inside the horizon, no overlaps: for laws

Both give plain dicts as they stand in YAML or JSON (a year is a whole number or text as a key).
Numbers stay within a few powers of ten, so that rounding never dominates a comparison.
"""

import functools
import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st
from tests.oracle import plain_catalogue

CATALOGUE_FOLDER = Path(__file__).resolve().parents[1] / "indicators"

KINDS = [
    "citizen",
    "society",
    "future-generations",
    "municipality",
    "province",
    "central-government",
    "health-insurer",
    "long-term-care",
    "care-provider",
    "employer",
    "company",
    "housing-association",
    "building-owner",
    "water-board",
    "benefits-agency",
    "justice",
    "school",
    "foundation",
    "investor",
    "initiator",
]
DOMAINS = ["economic", "ecological", "societal", "social"]
EVIDENCE = [
    "measured-controlled",
    "literature-synthesis",
    "literature-single",
    "measured-before-after",
    "expert",
    "assumption",
]
TIMINGS = ["start_of_year", "mid_year", "end_of_year"]
WORDS = [
    "care",
    "x9",
    "an-id-of-many-words-that-nearly-fills-its-sixty-letters",
    "town-hall",
    "a1-b2-c3",
    "green",
    "no",
    "year-2030",
    "uptake",
]
CURRENCIES = ["EUR", "GBP", "USD"]
FREE_UNITS = ["person", "treated fall", "something counted", "hours"]


@functools.cache
def shipped_catalogue() -> dict:
    """The catalogue of the project, read without the engine."""
    return plain_catalogue(CATALOGUE_FOLDER)


class Place(NamedTuple):
    """A field that holds a number: usual size, range, and which parameters suit it."""

    low: float
    high: float
    role: str  # amount, share or rate
    floor: float = float("-inf")
    ceiling: float = float("inf")
    signed: bool = False


AMOUNT = Place(50, 50_000, "amount", floor=0)
QUANTITY = Place(1, 400, "amount", signed=True)
FACTOR = Place(0.05, 2.5, "share", signed=True)
UNIT_VALUE = Place(2, 3_000, "amount", signed=True)
SHARE = Place(0.05, 0.9, "share", floor=0, ceiling=1)
COST_BIAS = Place(0.05, 0.6, "share", floor=0)
RATE = Place(0.005, 0.09, "rate", floor=-1, signed=True)
DISCOUNT_RATE = Place(0, 0.09, "rate")  # never far below zero: factors would swamp everything
BURDEN_RATE = Place(0.05, 0.5, "rate", floor=-1)


@st.composite
def cases(draw: Any, catalogue: dict | None = None) -> dict:
    """A valid case that may use every field of the format."""
    return Writer(draw, catalogue or shipped_catalogue()).case()


@st.composite
def flat_cases(draw: Any) -> dict:
    """One flat rate, plain numbers, no price path, nothing after the horizon, no overlaps."""
    return FlatWriter(draw, {"values": {}, "indicators": {}}).case()


@dataclass
class Frame:
    """What the lines of a case need to know of it."""

    currency: str
    price_years: list[int]  # of the case, and of a scenario that changes it
    base_year: int
    horizon: int

    @property
    def end(self) -> int:
        return self.base_year + self.horizon


class Writer:
    """Draws a case piece by piece and remembers what the pieces need of each other."""

    def __init__(self, draw: Any, catalogue: dict):
        self.draw = draw
        self.catalogue = catalogue
        self.names = itertools.count(1)
        self.actors: dict[str, dict] = {}
        self.parameters: dict[str, dict] = {}
        self.roles: dict[str, str] = {}
        self.sources: dict[str, dict] = {}
        self.priced: set[tuple[str, int]] = set()  # (currency, price year) that must be brought
        self.is_nominal = False

    # ------------------------------------------------------------------------- small draws

    def pick(self, options: Any) -> Any:
        return self.draw(st.sampled_from(list(options)))

    def whole(self, low: int, high: int) -> int:
        return self.draw(st.integers(low, high))

    def once_in(self, n: int) -> bool:
        return self.draw(st.integers(0, n - 1)) == n - 1

    def decimal(self, low: float, high: float) -> float:
        """A number of few digits."""
        step = self.draw(st.integers(0, 1000))
        return float(f"{low + (high - low) * step / 1000:.6g}")

    def new_id(self) -> str:
        return f"{self.pick(WORDS)}-{next(self.names)}"

    def text(self) -> str:
        return self.pick(["Text", 'Één tekst, met: tekens # en "aanhaling"', "no", "2025", "1e5"])

    def both_languages(self) -> Any:
        return self.pick(
            [self.text(), {"nl": "Titel", "en": "Title"}, {"en": "Title"}, {"nl": "Titel"}]
        )

    def some_of(self, options: Any, least: int = 1) -> list:
        options = list(options)
        return self.draw(
            st.lists(st.sampled_from(options), min_size=least, max_size=len(options), unique=True)
        )

    def shares(self, options: Any, least: int = 1) -> dict[str, float]:
        """Shares of some of the options that sum to 1."""
        chosen = self.some_of(options, least)
        weights = [self.whole(1, 20) for _ in chosen]
        return {a: w / sum(weights) for a, w in zip(chosen, weights, strict=True)}

    def actor_or_shares(self) -> Any:
        return self.pick(self.actors) if self.once_in(2) else self.shares(self.actors)

    # -------------------------------------------------------------------- uncertain numbers

    def plain(self, place: Place) -> float:
        number = self.decimal(place.low, place.high)
        if place.signed and self.once_in(5):
            number = -number
        return 0.0 if self.once_in(40) else number

    def number(self, place: Place) -> Any:
        """A number, an uncertain number, or a parameter that suits the place."""
        form = self.whole(0, 9)
        fitting = [p for p, role in self.roles.items() if role == place.role]
        if form >= 8 and fitting:
            return {"parameter": self.pick(fitting)}
        if form >= 5:
            return self.uncertain(place)
        return self.plain(place)

    def uncertain(self, place: Place) -> dict:
        shapes = ["pert", "triangular", "uniform", "normal", "interval", "discrete", "lognormal"]
        if place.role == "share":
            shapes += ["beta", "counts"]
        node, low, high = getattr(self, "draw_" + self.pick(shapes))(place)
        if self.once_in(8):
            low, high = max(low, place.floor), min(high, place.ceiling)
            node["central"] = self.decimal(low + (high - low) / 4, high)
        return node

    def points(self, place: Place, count: int) -> list[float]:
        """Ascending figures; sometimes the ends lie outside the range of the place."""
        figures = sorted(self.decimal(place.low, place.high) for _ in range(count))
        width = max(figures[-1] - figures[0], place.low)
        if place.signed and self.once_in(5):
            figures = [-x for x in reversed(figures)]
        elif place.floor > float("-inf") and self.once_in(12 if place is RATE else 4):
            figures[0] = place.floor - self.decimal(0.1, 0.8) * min(width, 1e4)
        elif place.ceiling < float("inf") and self.once_in(3):
            figures[-1] = place.ceiling + self.decimal(0.1, 0.8) * width
        if figures[-1] - figures[0] < 1e-6 * width:
            figures = figures[:1] * count  # no spread at all, rather than hardly any
        return [float(f"{x:.6g}") for x in figures]

    def draw_pert(self, place: Place) -> tuple:
        figures = self.points(place, 3)
        return {"pert": figures}, figures[0], figures[-1]

    def draw_triangular(self, place: Place) -> tuple:
        figures = self.points(place, 3)
        return {"triangular": figures}, figures[0], figures[-1]

    def draw_uniform(self, place: Place) -> tuple:
        figures = self.points(place, 2)
        return {"uniform": figures}, figures[0], figures[-1]

    def draw_normal(self, place: Place) -> tuple:
        mean = self.decimal(place.low, place.high)
        sd = float(f"{mean * self.pick([0, 0.1, 0.3, 0.8]):.6g}")
        if place.signed and self.once_in(5):
            mean = -mean
        return {"normal": {"mean": mean, "sd": sd}}, mean, mean

    def draw_interval(self, place: Place) -> tuple:
        low, high = self.points(place, 2)
        node: dict = {"low": low, "high": high}
        if self.once_in(2):
            node["coverage"] = self.pick([0.5, 0.8, 0.95, 0.99])
        if node["low"] > 0:  # a lognormal with a tail that stays sane
            node["low"] = float(f"{max(low, high / 5):.6g}")
        return {"interval": node}, node["low"], high

    def draw_discrete(self, place: Place) -> tuple:
        count = self.whole(1, 4)
        values = {self.decimal(place.low, min(place.high, place.ceiling)) for _ in range(count)}
        outside = [place.floor - 0.25, place.ceiling + 0.25, place.floor]
        values |= {x for x in outside if abs(x) < 2 and self.once_in(5)}
        values = list(values) if self.once_in(2) else sorted(values)
        weights = [self.whole(1, 6) for _ in values]
        chances = [w / sum(weights) for w in weights]
        node = {"discrete": {"values": values, "probabilities": chances}}
        return node, min(values), max(values)

    def draw_lognormal(self, place: Place) -> tuple:
        low = self.decimal(place.low, place.high) or 0.001
        high = float(f"{low * self.decimal(1.0, 4.0):.6g}")
        first = self.pick(["p05", "median"])
        return {"lognormal": {first: low, "p95": high}}, low, high

    def draw_beta(self, place: Place) -> tuple:
        mean = self.decimal(0.05, 0.95)
        sd = float(f"{self.decimal(0.05, 0.9) * (mean * (1 - mean)) ** 0.5:.6g}")
        return {"beta": {"mean": mean, "sd": sd}}, mean, mean

    def draw_counts(self, place: Place) -> tuple:
        n = self.whole(1, 200)
        events = self.whole(0, n)
        return {"counts": {"events": events, "n": n}}, 0.05, 0.9

    # ------------------------------------------------------------------------ the whole case

    def case(self) -> dict:
        self.frame = self.draw_frame()
        case: dict[str, Any] = {
            "impactmonitor": 1,
            "id": self.new_id(),
            "title": self.both_languages(),
            "currency": self.frame.currency,
            "price_year": self.frame.price_years[0],
            "base_year": self.frame.base_year,
            "horizon": self.frame.horizon,
        }
        if self.once_in(3):
            case["summary"] = self.both_languages()
        if self.once_in(3):
            case["about"] = self.about()
        if self.once_in(2):
            self.sources = {self.new_id(): self.source() for _ in range(self.whole(1, 2))}
            case["sources"] = self.sources
        self.draw_actors()
        case["actors"] = self.actors
        self.draw_parameters()
        if self.parameters:
            case["parameters"] = self.parameters
        case |= self.discount()
        case |= self.lines()
        self.add_overlaps(case)
        if self.once_in(3):
            case["excess_burden"] = self.excess_burden()
        if self.once_in(2):
            case["perspectives"] = {
                self.new_id(): self.some_of(self.actors) for _ in range(self.whole(1, 2))
            }
        locked = self.add_correlations(case)
        for section in ("scenarios", "alternatives"):
            if self.once_in(3):
                case[section] = {
                    self.new_id(): self.branch(case, locked) for _ in range(self.whole(1, 2))
                }
        self.add_decisions(case)
        self.add_prices(case)
        return case

    def add_decisions(self, case: dict) -> None:
        """Choices between what the case offers."""
        if not self.once_in(3):
            return
        options = ["case", "nothing", *case.get("alternatives", {})]
        parties = ["society", *case["actors"], *case.get("perspectives", {})]
        decision: dict[str, Any] = {"options": options[: self.whole(2, len(options))]}
        if self.once_in(2):
            decision["by"] = self.pick(parties)
        if self.once_in(2):
            decision["scale"] = float(self.whole(1, 50))
        case["decisions"] = {self.new_id(): decision}

    def draw_frame(self) -> Frame:
        currency = self.pick(["EUR", *CURRENCIES])
        years = [self.whole(2016, 2026)]
        if self.once_in(3):
            years.append(self.whole(2016, 2026))
        horizon = self.whole(1, 12) if not self.once_in(5) else self.pick([31, 40, 80, 130])
        return Frame(currency, years, self.whole(2018, 2030), horizon)

    def about(self) -> dict:
        about = {
            "author": "A. Author",
            "organisation": self.text(),
            "date": "2026-03-01",
            "version": "1.2",
            "status": self.pick(["draft", "reviewed", "final"]),
            "reviewer": "R. Viewer",
            "area": self.text(),
            "population": self.whole(1, 10_000),
            "null_alternative": self.text(),
            "left_out": self.text(),
        }
        return {name: about[name] for name in self.some_of(about)}

    def source(self) -> dict:
        source = {
            "title": self.text(),
            "publisher": "Publisher",
            "year": self.whole(1990, 2026),
            "url": "https://example.org/page?a=1",
            "licence": "CC BY 4.0",
        }
        return source if self.once_in(2) else {"title": source["title"]}

    def draw_actors(self) -> None:
        for _ in range(self.whole(1, 4)):
            kind = self.pick(["citizen", "health-insurer", "municipality", *KINDS])
            actor: dict[str, Any] = {"title": self.text(), "kind": kind}
            serving = {
                "reservation": self.decimal(-500, 500),
                "cash_floor": self.decimal(-500, 500),
                "may_pay": self.once_in(2),
                "income": self.decimal(10_000, 90_000),
                "stand_alone": self.decimal(100, 9_000),
            }
            if self.once_in(3):
                actor |= {name: serving[name] for name in self.some_of(serving)}
            self.actors[self.new_id()] = actor
        for name, actor in self.actors.items():
            if len(self.actors) > 1 and self.once_in(4):
                actor["retention"] = self.retention(name)

    def retention(self, name: str) -> dict:
        """What an actor keeps; the rest may fall to one that does not keep all either."""
        numbers = {
            field: self.pick([0.0, 1.0, 0.5, self.decimal(0.0, 1.0)])
            for field in self.some_of(["share", "yearly_leaving", "equalised"])
        }
        return {**numbers, "rest_to": self.pick([one for one in self.actors if one != name])}

    def draw_parameters(self) -> None:
        places = {"amount": AMOUNT, "share": SHARE, "rate": RATE}
        for _ in range(self.whole(0, 3)):
            name, role = self.new_id(), self.pick(places)
            self.parameters[name] = self.parameter(places[role])
            self.roles[name] = role

    def parameter(self, place: Place) -> dict:
        value = self.uncertain(place) if self.once_in(2) else self.plain(place)
        if not isinstance(value, dict):
            value = abs(value)
        parameter: dict[str, Any] = {"value": value}
        extra: dict[str, Any] = {"title": self.text(), "unit": "person"}
        extra["measuring_cost"] = self.decimal(100, 9_000)
        if self.sources:
            extra["source"] = self.pick(self.sources)
        if self.catalogue["indicators"]:
            extra["indicator"] = self.pick(self.catalogue["indicators"])
        if self.once_in(2):
            parameter |= {name: extra[name] for name in self.some_of(extra)}
        return parameter

    def discount(self) -> dict:
        """The discount of a case; only a euro case may leave its rate out."""
        discount: dict[str, Any] = {}
        form = self.whole(0, 3)
        if form == 0 and self.frame.currency == "EUR":
            pass
        elif form <= 1:
            discount["scheme"] = self.pick(self.catalogue["schemes"])
        else:
            discount["rate"] = self.number(DISCOUNT_RATE)
            if self.once_in(2):
                classes = [c for c in self.catalogue["classes"] if c != "standard"]
                discount["classes"] = {c: self.decimal(0, 0.06) for c in self.some_of(classes)}
        if self.once_in(2):
            discount["timing"] = self.pick(TIMINGS)
        return {"discount": discount} if discount else {}

    def lines(self) -> dict:
        counts = {"costs": self.whole(0, 3), "effects": self.whole(0, 4)}
        counts["transfers"] = self.whole(0, 2)
        if not any(counts.values()):
            counts["effects"] = 1
        makers = {"costs": self.cost, "effects": self.effect, "transfers": self.transfer}
        return {
            section: {self.new_id(): makers[section]() for _ in range(count)}
            for section, count in counts.items()
            if count
        }

    def excess_burden(self) -> dict:
        return {
            "rate": self.number(BURDEN_RATE),
            "actors": self.some_of(self.actors),
            "borne_by": self.actor_or_shares(),
        }

    # ------------------------------------------------------------------------------- lines

    def amounts_over_time(self, field: str, place: Place) -> dict:
        """A single number with repetition and growth, or a map of years."""
        first, end = self.frame.base_year, self.frame.end
        if self.once_in(3):
            years = self.draw(
                st.lists(st.integers(first, end + 2), min_size=1, max_size=3, unique=True)
            )
            return {field: {self.year_key(y): self.number(place) for y in years}}
        given: dict[str, Any] = {field: self.number(place)}
        if self.once_in(3):
            given["first_year"] = self.whole(first, end + 1)
        if self.once_in(2):
            long = self.frame.horizon if self.once_in(3) else 6
            given["years"] = self.whole(1, min(long, 45))
        if self.once_in(3):
            given["growth"] = self.number(RATE)
        return given

    def year_key(self, year: int) -> Any:
        return year if self.once_in(2) else str(year)

    def words(self, domain: bool = False) -> dict:
        words: dict[str, Any] = {
            "title": self.text(),
            "note": self.text(),
            "evidence": self.pick(EVIDENCE),
        }
        if self.sources:
            words["source"] = self.pick(self.sources)
        if domain:
            words["domain"] = self.pick(DOMAINS)
        return {name: words[name] for name in self.some_of(words, least=0)}

    def timing(self) -> dict:
        return {"timing": self.pick(TIMINGS)} if self.once_in(3) else {}

    def discount_class(self) -> dict:
        is_own = self.once_in(3)
        return {"discount_class": self.pick(self.catalogue["classes"])} if is_own else {}

    def prices(self) -> dict:
        """A price year and a currency of its own."""
        prices: dict[str, Any] = {}
        if self.once_in(3):
            prices["price_year"] = self.whole(2015, 2026)
        if self.once_in(4):
            prices["currency"] = self.pick(CURRENCIES)
        for year in self.frame.price_years:
            self.needs(prices.get("currency", self.frame.currency), prices.get("price_year", year))
        return prices

    def needs(self, currency: str, price_year: int | None) -> None:
        if price_year is not None:
            self.priced.add((currency, price_year))
        else:
            self.priced |= {(currency, year) for year in self.frame.price_years}

    def real_or_nominal(self) -> dict:
        if self.once_in(4):
            self.is_nominal = True
            return {"prices": "nominal"}
        return {"prices": "real"} if self.once_in(4) else {}

    def cost(self) -> dict:
        line = self.amounts_over_time("amount", AMOUNT)
        line["paid_by"] = self.actor_or_shares()
        if self.once_in(3):
            line["in_kind"] = self.once_in(2)
        if self.once_in(3):
            line["optimism_bias"] = self.number(COST_BIAS)
        line |= self.words(domain=True) | self.timing() | self.discount_class()
        return line | self.prices() | self.real_or_nominal()

    def transfer(self) -> dict:
        giver = self.pick(self.actors)
        others = [a for a in self.actors if a != giver] or [giver]
        line = {"from": giver, "to": self.pick(others)}
        line |= self.amounts_over_time("amount", AMOUNT)
        if self.once_in(3):
            line["in_kind"] = self.once_in(2)
        if self.once_in(3):
            line["title"] = self.text()
        return line | self.timing() | self.prices() | self.real_or_nominal()

    def effect(self) -> dict:
        form = self.whole(0, 7)
        if form == 7:
            return self.unmonetised()
        if form >= 4 and self.catalogue["values"]:
            return self.effect_by_catalogue(by_indicator=form == 4)
        return self.effect_of_own_value()

    def effect_of_own_value(self) -> dict:
        line = self.amounts_over_time("quantity", QUANTITY)
        line["domain"] = self.pick(DOMAINS)
        line["falls_to"] = self.actor_or_shares()
        line["unit_value"] = self.own_unit_value()
        if self.once_in(2):
            line["unit"] = self.pick(FREE_UNITS)
        if self.once_in(4):
            self.add_indicator(line, [i for i in self.catalogue["indicators"] if self.is_gain(i)])
            self.drop_some(line, ["unit"])
        line |= self.prices()
        if len(self.actors) > 1 and self.once_in(5):
            line["taken_from"] = self.actor_or_shares()
            self.drop_some(line, ["domain"])
        return self.with_effect_fields(line)

    def is_gain(self, indicator: str) -> bool:
        """Not valued as a transfer in the catalogue."""
        named = self.catalogue["indicators"][indicator]["unit_value"]
        return not (named and self.catalogue["values"][named]["is_transfer"])

    def add_indicator(self, line: dict, indicators: list[str]) -> None:
        """An indicator beside a unit value of the line's own: it gives unit and domain."""
        if indicators:
            line["indicator"] = self.pick(indicators)
            line["unit"] = self.unit_like(self.catalogue["indicators"][line["indicator"]]["unit"])
            self.drop_some(line, ["domain"])

    def own_unit_value(self) -> Any:
        if self.once_in(4):
            years = self.draw(
                st.lists(
                    st.integers(self.frame.base_year - 3, self.frame.end + 3),
                    min_size=1,
                    max_size=3,
                    unique=True,
                )
            )
            return {self.year_key(y): self.number(UNIT_VALUE) for y in years}
        return self.number(UNIT_VALUE)

    def effect_by_catalogue(self, by_indicator: bool) -> dict:
        """The unit value is a catalogue value, named by the line or by its indicator."""
        valued = [i for i, given in self.catalogue["indicators"].items() if given["unit_value"]]
        indicator: dict[str, Any] = {}
        named: dict[str, Any] = {}
        if by_indicator and valued:
            name = self.pick(valued)
            indicator = self.catalogue["indicators"][name]
            value_id, named = indicator["unit_value"], {"indicator": name}
        else:
            value_id = self.pick(self.catalogue["values"])
            named = {"unit_value": value_id}
        value = self.catalogue["values"][value_id]
        self.needs(value["currency"], value["price_year"])
        most = max(2.0, min(400.0, 2e6 / abs(centre(value["value"]))))
        line = self.amounts_over_time("quantity", QUANTITY._replace(high=most)) | named
        unit = indicator.get("unit") or value["unit"]
        if unit and self.once_in(3):
            line["unit"] = self.unit_like(unit)
        line["domain"] = self.pick(DOMAINS)
        if not by_indicator and self.once_in(4):
            self.add_indicator(line, self.indicators_like(unit))
        if indicator.get("domain"):
            self.drop_some(line, ["domain"])
        kind = indicator.get("falls_to") or value["falls_to"]
        fitting = [a for a, actor in self.actors.items() if actor["kind"] == kind]
        if len(fitting) != 1 or self.once_in(3):
            line["falls_to"] = self.actor_or_shares()
        if value["is_transfer"]:
            line["taken_from"] = self.actor_or_shares()
        return self.with_effect_fields(line, fitting)

    def indicators_like(self, unit: str) -> list[str]:
        """Indicators whose unit converts to this one."""
        units = self.catalogue["units"]
        return [
            i
            for i, given in self.catalogue["indicators"].items()
            if units[given["unit"]]["dimension"] == units[unit]["dimension"]
        ]

    def unit_like(self, unit: str) -> str:
        """The unit itself, or another word that converts to it."""
        units = self.catalogue["units"]
        if unit not in units or self.once_in(2):
            return unit
        return self.pick(
            u for u, given in units.items() if given["dimension"] == units[unit]["dimension"]
        )

    def drop_some(self, line: dict, names: list[str]) -> None:
        for name in names:
            if name in line and self.once_in(2):
                del line[name]

    def with_effect_fields(self, line: dict, bearers: list[str] | None = None) -> dict:
        """The optional fields of a monetised effect; `bearers` if its value settles them."""
        line |= self.quantity_fields() | self.words() | self.timing() | self.discount_class()
        if self.once_in(3):
            line["real_price_change"] = self.number(RATE)
        if self.once_in(5):
            first = self.frame.base_year
            line["real_price_from"] = self.whole(first - 4, first + 4)
        falls_to = line.get("falls_to", (bearers or [None])[0])
        bearers = [falls_to] if isinstance(falls_to, str) else list(falls_to)
        return line | self.taken_off() | self.cash_and_consent(bearers)

    def taken_off(self) -> dict:
        """Deadweight and its kin; what is already net has no deadweight."""
        line: dict[str, Any] = {}
        shares = ["displacement", "attribution_to_others", "optimism_bias"]
        basis = self.pick([None, None, "gross", "net"])
        if basis:
            line["basis"] = basis
        if basis != "net":
            shares.append("deadweight")
        elif self.once_in(3):
            line["deadweight"] = 0
        for name in shares:
            if self.once_in(4):
                line[name] = self.number(SHARE)
        return line

    def cash_and_consent(self, bearers: list[str]) -> dict:
        line: dict[str, Any] = {}
        if self.once_in(2):
            line["cashable"] = self.number(SHARE)
            if self.once_in(2):
                line["cashable"] = {a: self.number(SHARE) for a in self.some_of(bearers)}
        if self.once_in(3):
            states = ["confirmed", "confirmed", "contested", "open"]
            line["confirmation"] = {a: self.pick(states) for a in self.some_of(bearers)}
        return line

    def quantity_fields(self) -> dict:
        line: dict[str, Any] = {}
        if self.once_in(2):
            line["factors"] = {self.new_id(): self.number(FACTOR) for _ in range(self.whole(1, 2))}
        if self.once_in(2):
            line["lasts"] = self.whole(1, 5) if not self.once_in(5) else 45
        if self.once_in(3):
            line["lag"] = self.whole(0, 4)
        if self.once_in(3):
            line["drop_off"] = self.number(SHARE)
        if self.once_in(4):
            line["counterfactual"] = self.text()
        return line

    def unmonetised(self) -> dict:
        line: dict[str, Any] = {"monetised": False, "domain": self.pick(DOMAINS)}
        if self.once_in(2):
            line["quantity"] = "unknown"
        else:
            line |= self.amounts_over_time("quantity", QUANTITY) | self.quantity_fields()
        if self.catalogue["indicators"] and self.once_in(2):
            line["indicator"] = self.pick(self.catalogue["indicators"])
            self.drop_some(line, ["domain"])
        elif self.once_in(2):
            line["unit"] = self.pick(FREE_UNITS)
        if self.once_in(3):
            line["falls_to"] = self.actor_or_shares()
        return line | self.words() | self.timing() | self.discount_class()

    # --------------------------------------------------------- what lies over several lines

    def add_overlaps(self, case: dict) -> None:
        free = [e for e, line in case.get("effects", {}).items() if line.get("monetised", True)]
        overlaps = {}
        while len(free) >= 2 and self.once_in(2):
            lines = self.some_of(free, least=2)
            free = [e for e in free if e not in lines]
            overlaps[self.new_id()] = {"lines": lines, "alpha": self.number(SHARE)}
        if overlaps:
            case["overlaps"] = overlaps

    def add_correlations(self, case: dict) -> set[str]:
        """Pairs of uncertain inputs, none in two pairs: so any coefficients go together."""
        paths = list(uncertain_paths(case))
        pairs = []
        while len(paths) >= 2 and self.once_in(3) and len(pairs) < 2:
            one, other = (self.pick(paths), None)
            paths.remove(one)
            other = self.pick(paths)
            paths.remove(other)
            pairs.append([one, other, self.decimal(-0.9, 0.9)])
        if pairs:
            case["correlations"] = pairs
        return {path for pair in pairs for path in pair[:2]}

    def add_prices(self, case: dict) -> None:
        """Indices and exchange rates that the lines need, and sometimes some more."""
        if self.is_nominal or self.once_in(6):
            case["inflation"] = self.decimal(-0.01, 0.05)
        own = self.frame.currency
        target = self.frame.price_years
        indices, rates = {}, {}
        for currency in CURRENCIES:
            years = {year for c, year in self.priced if c == currency}
            known = set(self.catalogue["indices"].get(currency, {}))
            moves = years and (len(years | set(target)) > 1)
            if (moves and not (years | set(target)) <= known) or self.once_in(8):
                index = {"years": self.index(years | set(target))}
                if currency != own or self.once_in(2):
                    index["currency"] = currency
                if self.once_in(3):
                    index["source"] = self.pick([*self.sources, "An index of our own"])
                indices[self.new_id()] = index
            if currency != own and (years or self.once_in(8)):
                rates[currency] = {
                    self.year_key(y): self.decimal(0.5, 2) for y in sorted({*target})
                }
        if indices:
            case["price_indices"] = indices
        if rates:
            case["exchange_rates"] = rates

    def index(self, years: set[int]) -> dict:
        level, result = self.decimal(60, 130), {}
        for year in range(min(years), max(years) + 1):
            result[self.year_key(year)] = level
            level = float(f"{level * self.decimal(0.99, 1.06):.6g}")
        return result

    # ---------------------------------------------------------------- scenarios, alternatives

    def branch(self, case: dict, locked: set[str]) -> dict:
        """Some changes of different kinds, none below or above another but by intent."""
        changes: dict[str, Any] = {}
        menu = self.menu(case)
        for _ in range(self.whole(1, 4)):
            path, new = self.pick(menu)
            taken = [*locked, *changes]
            if any(is_under(path, other) or is_under(other, path) for other in taken):
                continue
            changes |= new()
        branch: dict[str, Any] = {"changes": changes or {"horizon": self.whole(1, 14)}}
        if self.once_in(2):
            branch["title"] = self.text()
        return branch

    def menu(self, case: dict) -> list[tuple[str, Any]]:
        """(path, maker of one or more changes at or under it) for all that a branch may change."""
        menu: list[tuple[str, Any]] = []

        def offer(path: str, maker: Any) -> None:
            menu.append((path, lambda: {path: maker()}))

        offer("horizon", lambda: self.whole(1, 14))
        offer("base_year", lambda: self.frame.base_year - 1)
        if len(self.frame.price_years) > 1:
            offer("price_year", lambda: self.frame.price_years[1])
        self.offer_discount(case, offer)
        for section in ("costs", "transfers"):
            for name, line in case.get(section, {}).items():
                self.offer_payment(f"{section}.{name}", line, offer)
                if can_go(case, name):
                    offer(f"{section}.{name}", lambda: None)
        for name in case.get("costs", {}):
            path = f"costs.{name}"
            menu.append((path, functools.partial(self.line_and_field, path)))
        for name, line in case.get("effects", {}).items():
            self.offer_effect(f"effects.{name}", line, offer)
            if can_go(case, name):
                offer(f"effects.{name}", lambda: None)
        self.offer_what_lies_over(case, offer)
        return menu

    def offer_what_lies_over(self, case: dict, offer: Any) -> None:
        for name, role in self.roles.items():
            place = {"amount": AMOUNT, "share": SHARE, "rate": RATE}[role]
            offer(f"parameters.{name}.value", lambda place=place: abs(self.plain(place)))
            offer(f"parameters.{name}", lambda place=place: self.parameter(place))
        for name in case.get("overlaps", {}):
            offer(f"overlaps.{name}.alpha", lambda: self.number(SHARE))
            offer(f"overlaps.{name}", lambda: None)
        if "excess_burden" in case:
            offer("excess_burden", lambda: None)
            offer("excess_burden.rate", lambda: self.number(BURDEN_RATE))

    def offer_payment(self, path: str, line: dict, offer: Any) -> None:
        self.offer_number(f"{path}.amount", line["amount"], AMOUNT, offer)
        if "from" in line:
            offer(path, self.transfer)
        else:
            offer(path, self.cost)
            offer(f"{path}.optimism_bias", lambda: self.number(COST_BIAS))

    def line_and_field(self, path: str) -> dict:
        """A deep change listed before the shallow one: the shallow one comes first all the same."""
        return {f"{path}.optimism_bias": self.number(COST_BIAS), path: self.cost()}

    def offer_discount(self, case: dict, offer: Any) -> None:
        discount = case.get("discount", {})
        if "rate" in discount:
            offer("discount.rate", lambda: self.number(DISCOUNT_RATE))
        if "scheme" in discount:
            offer("discount.scheme", lambda: self.pick(self.catalogue["schemes"]))
        if discount:
            offer("discount.timing", lambda: self.pick(TIMINGS))
        offer("discount", lambda: {"rate": self.number(DISCOUNT_RATE), "timing": "mid_year"})

    def offer_number(self, path: str, node: Any, place: Place, offer: Any) -> None:
        """Another number; of a map of years, another number in one of its years."""
        if is_year_map(node):
            for year in node:
                offer(f"{path}.{year}", lambda: self.number(place))
        else:
            offer(path, lambda: self.number(place))

    def offer_effect(self, path: str, line: dict, offer: Any) -> None:
        if line["quantity"] != "unknown":
            self.offer_number(f"{path}.quantity", line["quantity"], QUANTITY, offer)
            offer(f"{path}.lasts", lambda: self.whole(1, 5))
            offer(f"{path}.lag", lambda: self.whole(0, 3))
            offer(f"{path}.drop_off", lambda: self.number(SHARE))
            for name in line.get("factors", {}):
                offer(f"{path}.factors.{name}", lambda: self.number(FACTOR))
        for name in ("drop_off", "factors", "lag", "real_price_change", "displacement"):
            if name in line:
                offer(f"{path}.{name}", lambda: None)
        if not line.get("monetised", True):
            return
        offer(f"{path}.displacement", lambda: self.number(SHARE))
        if line.get("basis") != "net":
            offer(f"{path}.deadweight", lambda: self.number(SHARE))
        own = line.get("unit_value")
        if own is not None and not isinstance(own, str):
            self.offer_number(f"{path}.unit_value", own, UNIT_VALUE, offer)
        elif self.catalogue["values"]:
            named = own or self.catalogue["indicators"][line["indicator"]]["unit_value"]
            usual = abs(centre(self.catalogue["values"][named]["value"]))
            place = Place(usual / 2, usual * 2, "value of a catalogue")
            offer(f"values.{named}", lambda: self.number(place))


class FlatWriter(Writer):
    """Keeps to what the laws of plain discounting are stated for."""

    def case(self) -> dict:
        base_year, horizon = self.whole(2018, 2030), self.whole(2, 12)
        self.frame = Frame("EUR", [2025], base_year, horizon)
        for _ in range(self.whole(1, 4)):
            self.actors[self.new_id()] = {"title": "Actor", "kind": self.pick(KINDS)}
        return {
            "impactmonitor": 1,
            "id": self.new_id(),
            "title": "Flat",
            "currency": "EUR",
            "price_year": 2025,
            "base_year": base_year,
            "horizon": horizon,
            "discount": {"rate": self.decimal(0, 0.1), "timing": self.pick(TIMINGS)},
            "actors": self.actors,
            **self.lines(),
        }

    def number(self, place: Place) -> float:
        return self.plain(place)

    def within(self, length: int) -> dict:
        first = self.whole(self.frame.base_year, self.frame.end - length)
        return {"first_year": first}

    def cost(self) -> dict:
        years = self.whole(1, self.frame.horizon)
        line = {"amount": self.plain(AMOUNT), "years": years, "paid_by": self.actor_or_shares()}
        if self.once_in(3):
            line["in_kind"] = True
        return line | self.within(years)

    def transfer(self) -> dict:
        years = self.whole(1, self.frame.horizon)
        line = {"from": self.pick(self.actors), "to": self.pick(self.actors)}
        return line | {"amount": self.plain(AMOUNT), "years": years} | self.within(years)

    def effect(self) -> dict:
        lasts = self.whole(1, self.frame.horizon)
        years = self.whole(1, self.frame.horizon - lasts + 1)
        line = {
            "quantity": self.plain(QUANTITY),
            "years": years,
            "lasts": lasts,
            "unit_value": self.plain(UNIT_VALUE),
            "falls_to": self.actor_or_shares(),
            "domain": self.pick(DOMAINS),
            "cashable": self.plain(SHARE),
        }
        for name in ("drop_off", "deadweight", "displacement", "attribution_to_others"):
            if self.once_in(3):
                line[name] = self.plain(SHARE)
        if self.once_in(4):
            line["taken_from"] = self.actor_or_shares()
        return line | self.within(years + lasts - 1)


# ------------------------------------------------------------------------ reading what was drawn


def centre(node: Any) -> float:
    """Some number of the size of an uncertain number."""
    if not isinstance(node, dict):
        return float(node)
    figures = [x for part in node.values() for x in numbers_in(part)]
    return max(figures, key=abs)


def numbers_in(node: Any) -> list[float]:
    if isinstance(node, dict):
        return [x for part in node.values() for x in numbers_in(part)]
    if isinstance(node, list):
        return [x for part in node for x in numbers_in(part)]
    return [float(node)]


DISTRIBUTIONS = {
    "pert",
    "triangular",
    "uniform",
    "normal",
    "lognormal",
    "beta",
    "discrete",
    "interval",
    "counts",
}


def uncertain_paths(node: Any, path: str = "") -> list[str]:
    """Paths of the uncertain numbers of a case; of a parameter, the path of the parameter."""
    if not isinstance(node, dict):
        return []
    if DISTRIBUTIONS & set(node) and set(node) <= DISTRIBUTIONS | {"central"}:
        is_parameter = path.startswith("parameters.")
        return [path.removesuffix(".value") if is_parameter else path]
    found = []
    for key, part in node.items():
        found += uncertain_paths(part, f"{path}.{key}" if path else str(key))
    return found


def is_year_map(node: Any) -> bool:
    return isinstance(node, dict) and all(str(key).isdigit() for key in node)


def is_under(path: str, other: str) -> bool:
    return path == other or path.startswith(other + ".")


def can_go(case: dict, name: str) -> bool:
    """A line that nothing else names, in a case that keeps two more."""
    named = [line for group in case.get("overlaps", {}).values() for line in group["lines"]]
    count = sum(len(case.get(section, {})) for section in ("costs", "effects", "transfers"))
    return count >= 3 and name not in named
