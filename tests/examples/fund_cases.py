"""Which variation of which example each case of the example fund is.

Area 1 to 6 are places that do not exist. A factor of 1 is left out.
"""

from __future__ import annotations

from typing import Any

from tests.examples.varying import Tree, Variation

FALLS, CLASSES = "fall-prevention-65plus", "exercise-classes-measured"
DEBTS, NEIGHBOURS = "early-debt-help-measured", "neighbourhood-prevention"
HOMES, WALLS, GREEN = "warm-homes", "walls-used-again", "greening-roofs-gardens"


def place(nl: str, en: str) -> tuple[str, str]:
    """The area of a case."""
    return f"{nl} (verzonnen)", f"{en} (imaginary)"


DELTA, HEATH = place("Deltastad", "Delta City"), place("Heidedorp", "Heath Village")
HARBOUR, LAKE = place("Havenstad", "Harbour Town"), place("Meerstad", "Lake Town")
POLDER, HILLS = place("Polderstad", "Polder Town"), place("Heuvelland", "Hill Country")
WALES = place("Een dal in Wales", "A valley in Wales")


def lesson(nl: str, en: str, then_nl: str, then_en: str) -> Tree:
    """What went wrong in a year, and what was learned of it."""
    return {"went_wrong": {"nl": nl, "en": en}, "learned": {"nl": then_nl, "en": then_en}}


def yearly(line: str, figures: dict[int, float], **more: Any) -> list[Tree]:
    """Approved yearly figures of a line."""
    return [
        {"line": line, "period": year, "value": value, "status": "approved", **more}
        for year, value in figures.items()
    ]


NOISE: Tree = {
    "title": {"nl": "Lawaai voor de buren", "en": "Noise for the neighbours"},
    "domain": "social",
    "unit": "hour",
    "quantity": {"2025": -200, "2026": -200, "2027": -200, "2028": -200, "2029": -200},
    "basis": "net",
    "counterfactual": {
        "nl": "Zonder werkplaats is het er stil.",
        "en": "Without the workshop it is quiet there.",
    },
    "unit_value": 25,
    "falls_to": "neighbours",
    "evidence": "assumption",
}
NEIGHBOURS_OF_WORKSHOP: Tree = {
    "title": {"nl": "Buren van de werkplaats", "en": "Neighbours of the workshop"},
    "kind": "citizen",
}

WALLS_MEASURED: Tree = {
    "monitoring": {
        "lessons": {
            "2026": lesson(
                "De zaag hindert de straat veel meer dan gedacht. Buren dienden klachten in.",
                "The saw bothers the street far more than expected. Neighbours complained.",
                "De machine gaat in 2027 naar een bedrijventerrein.",
                "The machine moves to an industrial estate in 2027.",
            )
        },
        "forecasts": [
            {"line": f"effects.{line}", "period": year, "made": "2024-06-01", "mean": mean,
             "p05": 0.8 * mean, "p95": 1.2 * mean, "evidence": "expert"}
            for line, by_year in (("fewer-new-walls", {2025: 1050, 2026: 2100}),
                                  ("noise", {2025: 200, 2026: 200}))
            for year, mean in by_year.items() if line != "noise"
        ],
    },
    "measurements": [
        *yearly("effects.fewer-new-walls", {2025: 980, 2026: 2240}),
        *yearly("effects.noise", {2025: -210, 2026: -640}),
        *yearly("costs.workshop", {2025: 55800, 2026: 109000}),
        *yearly("transfers.sales", {2025: 73500, 2026: 168000}),
    ],
}  # fmt: skip

HOMES_MEASURED: list[Tree] = [
    *yearly("costs.insulation", {2025: 236000, 2026: 229000}),
    *yearly("costs.visits", {2025: 51000, 2026: 49500}),
    *yearly("costs.small-items", {2025: 19500, 2026: 20100}),
]

POUNDS: Tree = {
    "currency": "GBP",
    "discount": {"scheme": "uk-green-book"},
    "effects.gp-consultations.unit_value": 42,
    "effects.gp-consultations.price_year": None,
    "effects.gp-consultations.source": None,
    "effects.treated-falls.unit_value": 8100,
    "effects.treated-falls.price_year": None,
    "effects.treated-falls.source": None,
    "effects.treated-falls.evidence": "assumption",
}

FEW_REACHED = lesson(
    "Minder mensen deden mee dan verwacht. De zaal lag te ver weg.",
    "Fewer people took part than expected. The hall was too far away.",
    "Vanaf 2027 zijn de lessen in de wijk zelf.",
    "From 2027 the classes are in the neighbourhood itself.",
)
LAST_YEAR = lesson(
    "De organisatie is in juni gestopt. Er was geen geld meer voor het tweede half jaar.",
    "The organisation stopped in June. There was no money left for the second half of the year.",
    "Een lening paste niet bij een project zonder eigen inkomsten.",
    "A loan did not suit a project without income of its own.",
)
LATE = lesson(
    "De meldingen kwamen te laat binnen.",
    "Reports came in too late.",
    "Woningcorporaties melden nu na twee maanden.",
    "Housing associations now report after two months.",
)

HELD: dict[str, Variation] = {
    "falls-delta": Variation(
        FALLS, ("Valpreventie Deltastad", "Fall prevention Delta City"), DELTA, size=0.5, years=-1
    ),
    "falls-heath": Variation(
        FALLS, ("Valpreventie Heidedorp", "Fall prevention Heath Village"), HEATH,
        size=0.3, effect=0.8, years=-1,
    ),
    "falls-harbour": Variation(
        FALLS, ("Valpreventie Havenstad", "Fall prevention Harbour Town"), HARBOUR,
        size=0.8, cost=1.1, years=-1,
    ),
    "classes-harbour": Variation(
        CLASSES, ("Beweeglessen Havenstad", "Exercise classes Harbour Town"), HARBOUR,
        size=0.9, years=1, reached=1.0, price_year=2024,
    ),
    "classes-polder": Variation(
        CLASSES, ("Beweeglessen Polderstad", "Exercise classes Polder Town"), POLDER,
        size=0.7, cost=1.05, years=1, reached=0.6, price_year=2024,
        added={"monitoring.lessons": {"2025": FEW_REACHED, "2026": FEW_REACHED}},
    ),
    "classes-lake": Variation(
        CLASSES, ("Sportcoöperatie Meerstad", "Sports cooperative Lake Town"), LAKE,
        size=0.6, cost=0.9, years=2,
    ),
    "classes-wales": Variation(
        CLASSES, ("Beweeglessen in Wales", "Exercise classes in Wales"), WALES,
        size=0.5, cost=0.85, years=2, added=POUNDS,
    ),
    "neighbourhood-delta": Variation(
        NEIGHBOURS, ("Gezonde buurt Deltastad", "Healthy neighbourhood Delta City"), DELTA, years=-1
    ),
    "neighbourhood-hills": Variation(
        NEIGHBOURS, ("Gezonde buurt Heuvelland", "Healthy neighbourhood Hill Country"), HILLS,
        size=0.6, cost=0.9, years=-1,
    ),
    "debts-delta": Variation(
        DEBTS, ("Vroege hulp bij schulden Deltastad", "Early help with debts Delta City"), DELTA,
        years=1, reached={2025: 1.4, 2026: 1.7}, price_year=2024,
        added={"monitoring.lessons": {"2025": LATE}},
    ),
    "debts-lake": Variation(
        DEBTS, ("Schuldhulp Meerstad", "Debt help Lake Town"), LAKE,
        size=0.6, years=1, reached={2024: 0.7, 2025: 0.5, 2026: 0.2}, paid={2026: 0.5},
        price_year=2024, added={"monitoring.lessons": {"2026": LAST_YEAR}},
    ),
    "debts-polder": Variation(
        DEBTS, ("Vroege hulp bij schulden Polderstad", "Early help with debts Polder Town"), POLDER,
        size=0.5, cost=0.9, years=2,
    ),
    "debts-heath": Variation(
        DEBTS, ("Vroege hulp bij schulden Heidedorp", "Early help with debts Heath Village"), HEATH,
        size=0.4, years=1, reached=2.2, paid=0.8, price_year=2024,
    ),
    "homes-harbour": Variation(
        HOMES, ("Warme huizen Havenstad", "Warm homes Harbour Town"), HARBOUR,
        cost=1.1, years=-1, reached=1.0, added={"measurements": HOMES_MEASURED},
    ),
    "homes-docks": Variation(
        HOMES, ("Warme huizen Havenkwartier", "Warm homes Dock Quarter"), HARBOUR,
        size=0.5, years=-1,
    ),
    "homes-lake": Variation(
        HOMES, ("Energiecoöperatie Meerstad", "Energy cooperative Lake Town"), LAKE,
        size=0.7, cost=0.8, effect=1.1, years=-1,
    ),
    "homes-hills": Variation(
        HOMES, ("Warme huizen Heuvelland", "Warm homes Hill Country"), HILLS, size=1.3, years=-1
    ),
    "homes-polder": Variation(
        HOMES, ("Isoleren in Polderstad", "Insulation in Polder Town"), POLDER,
        size=0.4, effect=0.9, years=-1,
    ),
    "walls-delta": Variation(
        WALLS, ("Wanden opnieuw Deltastad", "Walls again Delta City"), DELTA,
        size=0.7, years=-2, reached=1.0,
        added={"actors.neighbours": NEIGHBOURS_OF_WORKSHOP, "effects.noise": NOISE,
               **WALLS_MEASURED},
    ),
    "doors-harbour": Variation(
        WALLS, ("Deuren opnieuw Havenstad", "Doors again Harbour Town"), HARBOUR,
        size=0.5, cost=1.2, years=-1,
    ),
    "lamps-lake": Variation(
        WALLS, ("Lampen opnieuw Meerstad", "Lamps again Lake Town"), LAKE,
        size=0.3, effect=1.4, years=-2,
    ),
    "floors-hills": Variation(
        WALLS, ("Vloeren opnieuw Heuvelland", "Floors again Hill Country"), HILLS,
        size=0.9, cost=0.95, years=-1,
    ),
    "green-delta": Variation(
        GREEN, ("Groene daken Deltastad", "Green roofs Delta City"), DELTA, size=0.6, years=-1
    ),
    "green-polder": Variation(
        GREEN, ("Groene daken Polderstad", "Green roofs Polder Town"), POLDER,
        size=0.8, cost=0.9, years=-1,
    ),
    "green-heath": Variation(
        GREEN, ("Groen schoolplein Heidedorp", "Green schoolyard Heath Village"), HEATH,
        size=0.2, years=-2,
    ),
}  # fmt: skip
"""The latest version of each case in which the fund has money."""

EARLIER: dict[str, tuple[str, dict[str, Any]]] = {
    "floors-hills-2025": ("floors-hills", {"cost": 0.85, "effect": 1.15}),
    "debts-delta-2025": (
        "debts-delta", {"reached": {2025: 1.9}, "forecasts": False}
    ),
}  # fmt: skip
"""A case as it stood when 2025 was first reported: of which case, and what was other."""

_NEXT: dict[str, tuple[str, tuple[str, str], tuple[str, str], dict[str, float]]] = {
    "next-falls": (FALLS, ("Valpreventie Polderstad", "Fall prevention Polder Town"), POLDER,
                   {"size": 0.6, "effect": 1.2}),
    "next-classes": (CLASSES, ("Beweeglessen Heuvelland", "Exercise classes Hill Country"), HILLS,
                     {"size": 0.5, "cost": 0.7}),
    "next-debts": (DEBTS, ("Vroege hulp Heuvelland", "Early help Hill Country"), HILLS,
                   {"size": 0.5}),
    "next-debts-phone": (DEBTS, ("Hulp na een telefoontje", "Help after a telephone call"), LAKE,
                         {"size": 0.4, "cost": 0.6, "effect": 0.9}),
    "next-homes": (HOMES, ("Warme huizen Deltastad", "Warm homes Delta City"), DELTA,
                   {"size": 0.8, "cost": 0.7}),
    "next-homes-coast": (HOMES, ("Warme huizen aan zee", "Warm homes by the sea"), HARBOUR,
                         {"size": 0.6, "effect": 1.3}),
    "next-walls": (WALLS, ("Wanden opnieuw Polderstad", "Walls again Polder Town"), POLDER,
                   {"size": 0.6}),
    "next-stairs": (WALLS, ("Trappen opnieuw", "Stairs again"), DELTA,
                    {"size": 0.4, "cost": 0.8, "effect": 1.2}),
    "next-lifts": (WALLS, ("Liften opnieuw", "Lifts again"), LAKE,
                   {"size": 0.8, "cost": 1.3}),
    "next-green": (GREEN, ("Groene daken Heuvelland", "Green roofs Hill Country"), HILLS,
                   {"size": 0.4}),
    "next-gardens": (GREEN, ("Tuinen zonder tegels", "Gardens without tiles"), LAKE,
                     {"size": 0.3, "cost": 0.8}),
}  # fmt: skip

FRAMEWORK = "broad-prosperity"
_QUESTIONS = (
    "health", "work-and-income", "living-environment", "say", "fair-shares", "nature-later",
    "knowledge-later", "trust-later", "costs-later", "materials-elsewhere", "work-elsewhere",
    "income-elsewhere",
)  # fmt: skip
_ANSWERS = {
    FALLS: "422332233111", CLASSES: "432322223111", DEBTS: "242341132111", HOMES: "233242233222",
    WALLS: "123122443433", GREEN: "314334342211",
}  # fmt: skip
"""Levels 1 to 4 by question, the same for all variations of an example; illustrative."""


def candidate(name: str) -> Variation:
    """The case of a proposal: it starts in 2027 and answers a framework."""
    base, title, area, factors = _NEXT[name]
    starts = {FALLS: 1, CLASSES: 4, DEBTS: 4}.get(base, 1)
    answers: Tree = {
        question: int(level)
        for question, level in zip(_QUESTIONS, _ANSWERS[base], strict=True)
    }  # fmt: skip
    if name == "next-lifts":
        answers["income-elsewhere"] = "unknown"
    return Variation(
        base, title, area, years=starts, added={f"scores.{FRAMEWORK}": answers}, **factors
    )


CANDIDATES: dict[str, Variation] = {name: candidate(name) for name in _NEXT}
"""The case of each proposal."""
