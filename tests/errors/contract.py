"""Every mistake that the case format names or implies, in the order of its page."""

from __future__ import annotations

from tests.errors.provoking import GONE, Mistake

LESSONS, FALLS, NIGHTS = "costs.lessons", "effects.fewer-falls", "effects.calmer-nights"
SUBSIDY, DISCOUNT = "transfers.subsidy", "discount"


ANSWER = "scores.prevention-core-set.behaviour-kept"


def answer(snippet: str) -> str:
    """One answer to a question about a number."""
    return f"{{prevention-core-set: {{behaviour-kept: {snippet}}}}}"


def at(code: str, path: str, snippet: object, *names: str, also: dict | None = None) -> Mistake:
    """A mistake in the field at which it is reported."""
    return Mistake(code, path, {**(also or {}), path: snippet}, names)


def by(code: str, path: str, changes: dict, *names: str) -> Mistake:
    """A mistake made elsewhere than it is reported, or in several fields together."""
    return Mistake(code, path, changes, names)


def reach(path: str, *snippets: object, code: str = "out-of-range") -> list[Mistake]:
    """Numbers outside the range of a field."""
    return [at(code, path, snippet, str(snippet)) for snippet in snippets]


# --- Numbers, ids, years, paths -------------------------------------------------------------------

IDS = [
    at("invalid-name", "costs.Lessons", "{amount: 1, paid_by: city}", "Lessons"),
    at("invalid-name", "costs.les sons", "{amount: 1, paid_by: city}", "les sons"),
    at("invalid-name", "effects.a--b", "{quantity: 1, monetised: false, domain: social}", "a--b"),
    at("invalid-name", "transfers.-a", "{from: city, to: insurer, amount: 1}", "-a"),
    at("invalid-name", "actors.1st", "{kind: citizen}", "1st"),
    at("invalid-name", "parameters.é", "{value: 1}", "é"),
    at("invalid-name", "perspectives.a_b", "[city]", "a_b"),
    at("invalid-name", "overlaps.A", "{lines: [fewer-falls], alpha: 1}", "A"),
    at("invalid-name", "scenarios.Bad", "{changes: {}}", "Bad"),
    at("invalid-name", "alternatives.Bad", "{changes: {}}", "Bad"),
    at("invalid-name", "sources.Bad", "{title: x}", "Bad"),
    at("invalid-name", "price_indices.Bad", "{years: {2025: 1}}", "Bad"),
    at("invalid-name", "exchange_rates.pound", "{2025: 1.2}", "pound"),
    at("text-too-long", f"costs.{'a' * 61}", "{amount: 1, paid_by: city}", "60"),
    at("invalid-name", "id", "Demo 1", "Demo 1"),
    at("text-too-long", "id", "a" * 61, "60"),
    at("invalid-name", "currency", "euro", "euro"),
    at("invalid-name", f"{LESSONS}.currency", "€", "€"),
    by("invalid-name", f"{FALLS}.factors.a.b", {f"{FALLS}.factors": '{"a.b": 2}'}, "a.b"),
    at("duplicate-line", "effects.lessons", "{quantity: unknown, monetised: false, domain: social}",
       "lessons", "costs.lessons"),
    at("duplicate-line", "transfers.fewer-falls", "{from: city, to: insurer, amount: 1}",
       "fewer-falls", "effects.fewer-falls"),
    at("duplicate-line", "transfers.lessons", "{from: city, to: insurer, amount: 1}",
       "lessons", "costs.lessons"),
    at("reserved-name", "costs.excess-burden", "{amount: 1, paid_by: city}", "excess-burden"),
    at("reserved-name", "transfers.excess-burden", "{from: city, to: insurer, amount: 1}",
       "excess-burden"),
    at("reserved-name", "effects.excess-burden",
       "{quantity: unknown, monetised: false, domain: social}", "excess-burden"),
    at("reserved-name", "perspectives.society", "[city]", "society"),
    at("reserved-name", "alternatives.nothing", "{changes: {horizon: 3}}", "nothing"),
    at("reserved-name", "alternatives.case", "{changes: {horizon: 3}}", "case"),
]  # fmt: skip

YEARS = [
    at("not-a-year", "price_year", "25", "25"),
    at("not-a-year", "base_year", "20255", "20255"),
    at("not-a-year", "base_year", "2025.5", "2025.5"),
    at("not-a-year", "price_year", "true", "true"),
    at("not-a-year", f"{LESSONS}.first_year", "next year", "next year"),
    at("not-a-year", f"{LESSONS}.price_year", "[2024]"),
    at("not-a-year", f"{FALLS}.real_price_from", "0", "0"),
    at("not-a-year", "sources.report.year", "1", "1"),
    by("not-a-year", f"{LESSONS}.amount.20257", {f"{LESSONS}.amount": "{2025: 1, 20257: 2}"},
       "20257"),
    by("not-a-year", "exchange_rates.GBP.now", {"exchange_rates": "{GBP: {2025: 1, now: 2}}"},
       "now"),
]  # fmt: skip

# --- Unknown keys, missing fields -----------------------------------------------------------------

UNKNOWN_KEYS = [
    at("unknown-key", "horizons", "5", "horizons"),
    at("unknown-key", "about.auther", "x", "auther"),
    at("unknown-key", "discount.rates", "{}", "rates"),
    at("unknown-key", "actors.city.nam", "x", "nam"),
    at("unknown-key", "parameters.reached.values", "1", "values"),
    at("unknown-key", f"{LESSONS}.paid-by", "city", "paid-by"),
    at("unknown-key", f"{LESSONS}.falls_to", "city", "falls_to"),
    at("unknown-key", f"{FALLS}.prices", "real", "prices"),
    at("unknown-key", f"{FALLS}.in_kind", "true", "in_kind"),
    at("unknown-key", f"{SUBSIDY}.domain", "social", "domain"),
    at("unknown-key", f"{SUBSIDY}.optimism_bias", "0.1", "optimism_bias"),
    at("unknown-key", f"{SUBSIDY}.discount_class", "standard", "discount_class"),
    at("unknown-key", "overlaps", "{o: {lines: [fewer-falls], alpha: 1, beta: 2}}", "beta"),
    at("unknown-key", "sources.report.link", "x", "link"),
    at("unknown-key", "title", "{nl: x, de: y}", "de"),
    at("unknown-key", "scenarios", "{s: {changes: {}, change: 1}}", "change"),
    at("unknown-key", f"{LESSONS}.amount", "{pert: [1, 2, 3], centre: 2}", "centre"),
    at("unknown-key", f"{LESSONS}.amount", "{pert: [1, 2, 3], uniform: [1, 2]}", "uniform"),
    at("unknown-key", f"{LESSONS}.amount", "{interval: {low: 1, high: 2, sd: 3}}", "sd"),
]  # fmt: skip
_INSIDE = {
    "overlaps": "overlaps.o.beta",
    "title": "title.de",
    "scenarios": "scenarios.s.change",
    "{pert: [1, 2, 3], centre: 2}": f"{LESSONS}.amount.centre",
    "{pert: [1, 2, 3], uniform: [1, 2]}": f"{LESSONS}.amount.uniform",
    "{interval: {low: 1, high: 2, sd: 3}}": f"{LESSONS}.amount.interval.sd",
}
UNKNOWN_KEYS = [
    Mistake(m.code, _INSIDE.get(m.path) or _INSIDE.get(str(m.changes[m.path]), m.path),
            m.changes, m.names)
    for m in UNKNOWN_KEYS
]  # fmt: skip

MISSING = [
    *(at("missing-field", name, GONE, name)
      for name in ("impactmonitor", "id", "title", "currency", "price_year", "base_year",
                   "horizon", "actors")),
    at("missing-field", "actors.city.kind", GONE, "kind"),
    at("missing-field", "parameters.reached.value", GONE, "value"),
    at("missing-field", f"{LESSONS}.amount", GONE, "amount"),
    at("missing-field", f"{LESSONS}.paid_by", GONE, "paid_by"),
    at("missing-field", f"{FALLS}.quantity", GONE, "quantity"),
    at("missing-field", f"{SUBSIDY}.from", GONE, "from"),
    at("missing-field", f"{SUBSIDY}.to", GONE, "to"),
    at("missing-field", f"{SUBSIDY}.amount", GONE, "amount"),
    at("missing-field", "sources.report.title", GONE, "title"),
    by("missing-field", "overlaps.o.lines", {"overlaps": "{o: {alpha: 1}}"}, "lines"),
    by("missing-field", "overlaps.o.alpha", {"overlaps": "{o: {lines: [fewer-falls]}}"}, "alpha"),
    by("missing-field", "excess_burden.rate", {"excess_burden": "{actors: [city], borne_by: city}"},
       "rate"),
    by("missing-field", "excess_burden.actors", {"excess_burden": "{rate: 0.2, borne_by: city}"},
       "actors"),
    by("missing-field", "excess_burden.borne_by", {"excess_burden": "{rate: 0.2, actors: [city]}"},
       "borne_by"),
    by("missing-field", "price_indices.i.years", {"price_indices": "{i: {source: x}}"}, "years"),
    by("missing-field", "scenarios.s.changes", {"scenarios": "{s: {title: x}}"}, "changes"),
    by("missing-field", f"{LESSONS}.amount.normal.sd",
       {f"{LESSONS}.amount": "{normal: {mean: 1}}"}, "sd"),
    by("missing-field", f"{LESSONS}.amount.lognormal.p95",
       {f"{LESSONS}.amount": "{lognormal: {p05: 1}}"}, "p95"),
    by("missing-field", f"{LESSONS}.amount.counts.n",
       {f"{LESSONS}.amount": "{counts: {events: 1}}"}, "n"),
    by("missing-field", f"{LESSONS}.amount.discrete.probabilities",
       {f"{LESSONS}.amount": "{discrete: {values: [1]}}"}, "probabilities"),
    by("missing-field", f"{LESSONS}.amount.interval.low",
       {f"{LESSONS}.amount": "{interval: {high: 1}}"}, "low"),
    by("missing-field", f"{LESSONS}.amount.beta.mean",
       {f"{LESSONS}.amount": "{beta: {sd: 0.1}}"}, "mean"),
    by("no-lines", "", {"costs": GONE, "effects": GONE, "transfers": GONE}),
    by("no-lines", "", {"costs": "{}", "effects": "{}", "transfers": "{}"}),
    at("too-few", "actors", "{}"),
    at("too-few", "perspectives.p", "[]"),
    at("too-few", f"{LESSONS}.amount", "{}"),
    at("no-language", f"{LESSONS}.title", "{}"),
]  # fmt: skip
# without the actors nobody is left whom a line could name
MISSING = [m for m in MISSING if m.path != "actors" or m.code != "missing-field"] + [
    at("missing-field", "actors", GONE, "actors")
]

# --- Wrong types ----------------------------------------------------------------------------------

TYPES = [
    at("not-one-of", "impactmonitor", "true", "true"),
    at("not-one-of", "impactmonitor", "2", "2"),
    at("not-one-of", "impactmonitor", '"1"', "1"),
    at("not-text", "title", "5", "5"),
    at("not-text", "id", "5", "5"),
    at("not-text", "title", "null", "null"),
    at("not-text", "summary", "[a]"),
    at("not-a-whole-number", "horizon", "many", "many"),
    at("not-a-whole-number", "horizon", "1.5", "1.5"),
    at("not-a-whole-number", "horizon", "true", "true"),
    at("not-a-whole-number", f"{LESSONS}.years", '"3"', "3"),
    at("not-a-mapping", "actors", "[city]"),
    at("not-a-mapping", "costs", "none yet", "none yet"),
    at("not-a-mapping", "effects", "null", "null"),
    at("not-a-mapping", "actors.city", "municipality", "municipality"),
    at("not-a-mapping", LESSONS, "1000", "1000"),
    at("not-a-mapping", "discount", "0.03", "0.03"),
    at("not-a-mapping", "about", "x", "x"),
    at("not-a-mapping", "scenarios", "{s: 1}"),
    at("not-a-list", "perspectives", "{p: city}"),
    at("not-a-list", "correlations", "{}"),
    at("not-a-list", "overlaps", "{o: {lines: fewer-falls, alpha: 1}}"),
    at("not-a-number", f"{LESSONS}.amount", "plenty", "plenty"),
    at("not-a-number", f"{LESSONS}.amount", '"1000"', "1000"),
    at("not-a-number", f"{LESSONS}.amount", "1.000,50", "1.000,50"),
    at("not-a-number", f"{LESSONS}.amount", "15 %", "15 %"),
    at("not-a-number", f"{LESSONS}.amount", "null", "null"),
    at("not-a-number", f"{LESSONS}.amount", "true", "true"),
    at("not-a-number", f"{LESSONS}.amount", "[1, 2]"),
    at("not-a-number", "discount.rate", "3%", "3%"),
    at("not-a-number", "inflation", "x", "x"),
    at("unknown-number-form", f"{LESSONS}.amount", "{gamma: [1, 2]}"),
    at("no-parameter-here", "parameters.reached.value", "{parameter: reached}"),
    by("no-parameter-here", "scenarios.s.changes.values.gp-consult",
       {"scenarios": "{s: {changes: {values.gp-consult: {parameter: reached}}}}"}),
    at("not-true-or-false", f"{LESSONS}.in_kind", "no", "no"),
    at("not-true-or-false", f"{FALLS}.monetised", "1", "1"),
    at("not-true-or-false", "actors.city.may_pay", "yes", "yes"),
    at("not-one-of", f"{LESSONS}.domain", "green", "green"),
    at("not-one-of", f"{FALLS}.basis", "nett", "nett"),
    at("not-one-of", f"{LESSONS}.prices", "current", "current"),
    at("not-one-of", f"{LESSONS}.timing", "middle", "middle"),
    at("not-one-of", "discount.timing", "end", "end"),
    at("not-one-of", f"{LESSONS}.evidence", "gut feeling", "gut feeling"),
    at("not-one-of", f"{FALLS}.quantity", "unkown", "unkown"),
    at("not-one-of", "about.status", "done", "done"),
    at("not-a-date", "about.date", "yesterday", "yesterday"),
    at("not-text", f"{LESSONS}.paid_by", "5", "5"),
    at("not-text", f"{LESSONS}.paid_by", "[city]"),
    at("not-text", f"{LESSONS}.source", "5", "5"),
    at("control-character", "title", r'"a\u0007b"'),
    at("text-too-long", "title", "x" * 20_001, "20000"),
]  # fmt: skip
_LISTED = {"{s: 1}": "scenarios.s", "{p: city}": "perspectives.p"}
_LISTED["{o: {lines: fewer-falls, alpha: 1}}"] = "overlaps.o.lines"
TYPES += [
    by("not-one-of", f"{FALLS}.confirmation.insurer",
       {f"{FALLS}.confirmation": "{insurer: maybe}"}, "maybe"),
    by("not-a-number", f"{LESSONS}.paid_by.city", {f"{LESSONS}.paid_by": "{city: all}"}, "all"),
    by("not-a-number", f"{LESSONS}.amount.2026", {f"{LESSONS}.amount": "{2025: 1, 2026: x}"}, "x"),
    by("not-a-number", f"{LESSONS}.amount.pert.1", {f"{LESSONS}.amount": "{pert: [1, x, 3]}"}, "x"),
    by("not-text", "overlaps.o.lines.0", {"overlaps": "{o: {lines: [1], alpha: 1}}"}, "1"),
    by("not-a-number", f"{FALLS}.factors.uptake", {f"{FALLS}.factors": "{uptake: low}"}, "low"),
]  # fmt: skip
TYPES = [Mistake(m.code, _LISTED.get(str(m.changes.get(m.path)), m.path), m.changes, m.names)
         for m in TYPES]  # fmt: skip

# --- Ranges ---------------------------------------------------------------------------------------

_PARAMETER = "{parameter: reached}"
RANGES = [
    *reach("horizon", "0", code="too-low"),
    *reach("horizon", "301", code="too-high"),
    *reach(f"{LESSONS}.years", "0", code="too-low"),
    *reach(f"{LESSONS}.years", "1001", code="too-high"),
    *reach(f"{FALLS}.lasts", "0", code="too-low"),
    *reach(f"{FALLS}.lag", "-1", code="too-low"),
    *reach("discount.rate", "-1", "-2"),
    *reach(f"{LESSONS}.amount", "-1"),
    *reach(f"{SUBSIDY}.amount", "-0.01"),
    *reach(f"{LESSONS}.growth", "-1", "-1.5"),
    *reach(f"{FALLS}.growth", "-1"),
    *reach(f"{SUBSIDY}.growth", "-1"),
    *reach(f"{LESSONS}.optimism_bias", "-0.1"),
    *reach(f"{FALLS}.optimism_bias", "-0.1", "1.1"),
    *reach(f"{FALLS}.drop_off", "-0.1", "1.01"),
    *reach(f"{FALLS}.deadweight", "-0.1", "15"),
    *reach(f"{FALLS}.displacement", "-0.1", "1.1"),
    *reach(f"{FALLS}.attribution_to_others", "-0.1", "1.1"),
    *reach(f"{FALLS}.cashable", "-0.1", "1.1"),
    *reach(f"{FALLS}.real_price_change", "-1"),
    *reach("inflation", "-1"),
    by("out-of-range", "excess_burden.rate",
       {"excess_burden": "{rate: -1, actors: [city], borne_by: city}"}, "-1"),
    by("out-of-range", "overlaps.o.alpha",
       {"overlaps": "{o: {lines: [fewer-falls], alpha: 1.5}}"}, "1.5"),
    by("out-of-range", f"{LESSONS}.amount.2026", {f"{LESSONS}.amount": "{2025: 1, 2026: -1}"},
       "-1"),
    by("out-of-range", f"{NIGHTS}.cashable.city", {f"{NIGHTS}.cashable": "{city: 2}"}, "2"),
    by("out-of-range", f"{LESSONS}.amount.central",
       {f"{LESSONS}.amount": "{uniform: [0, 5], central: -2}"}, "-2"),
    by("out-of-range", f"{FALLS}.deadweight.central",
       {f"{FALLS}.deadweight": "{uniform: [0, 1], central: 1.2}"}, "1.2"),
    by("out-of-range", "parameters.reached.value.central",
       {"parameters.reached.value": "{uniform: [0, 1], central: 3}",
        f"{FALLS}.deadweight": _PARAMETER}, "3"),
    by("out-of-range", "parameters.reached.value", {f"{FALLS}.drop_off": _PARAMETER}, "100"),
    by("out-of-range", "parameters.reached.value",
       {"parameters.reached.value": "-1", "discount.rate": _PARAMETER}, "-1"),
    by("too-low", "discount.classes.nature", {"discount.classes": "{nature: -1}"}, "-1"),
    by("too-low", f"{LESSONS}.paid_by.city", {f"{LESSONS}.paid_by": "{city: -0.5, insurer: 1.5}"},
       "-0.5"),
    at("too-low", "about.population", "-1", "-1"),
    at("too-low", "actors.city.income", "0", "0"),
    at("too-low", "actors.city.stand_alone", "-1", "-1"),
    at("too-low", "parameters.reached.measuring_cost", "-1", "-1"),
    by("too-low", "price_indices.i.years.2024", {"price_indices": "{i: {years: {2024: 0}}}"}, "0"),
    by("too-low", "exchange_rates.GBP.2025", {"exchange_rates": "{GBP: {2025: 0}}"}, "0"),
    by("too-high", "correlations.0.2",
       {"correlations": f"[[parameters.reached, {FALLS}.quantity, 1.5]]"}, "1.5"),
]  # fmt: skip

# --- Uncertain numbers ----------------------------------------------------------------------------


def uncertain(code: str, snippet: str, *names: str, inside: str = "") -> Mistake:
    path = f"{FALLS}.quantity"
    return by(code, f"{path}{inside}", {path: snippet}, *names)


UNCERTAIN = [
    uncertain("not-ascending", "{pert: [3, 2, 4]}", "pert", "3, 2, 4"),
    uncertain("not-ascending", "{triangular: [1, 5, 4]}", "triangular", "1, 5, 4"),
    uncertain("not-ascending", "{uniform: [2, 1]}", "uniform", "2, 1"),
    uncertain("not-ascending", "{interval: {low: 2, high: 1}}", "interval", inside=".interval"),
    uncertain("not-ascending", "{lognormal: {p05: 3, p95: 2}}", "lognormal", inside=".lognormal"),
    uncertain("not-ascending", "{lognormal: {median: 3, p95: 2}}", inside=".lognormal"),
    uncertain("wrong-length", "{pert: [1, 2]}", inside=".pert"),
    uncertain("wrong-length", "{pert: []}", inside=".pert"),
    uncertain("wrong-length", "{uniform: [1, 2, 3]}", inside=".uniform"),
    uncertain("not-a-list", "{pert: 5}", inside=".pert"),
    uncertain("not-a-mapping", "{normal: [1, 2]}", inside=".normal"),
    uncertain("too-low", "{normal: {mean: 1, sd: -1}}", "-1", inside=".normal.sd"),
    uncertain("lognormal-quantiles", "{lognormal: {p95: 2}}", inside=".lognormal"),
    uncertain("lognormal-quantiles", "{lognormal: {p05: 1, median: 1.5, p95: 2}}",
              inside=".lognormal"),
    uncertain("too-low", "{lognormal: {p05: 0, p95: 2}}", "0", inside=".lognormal.p05"),
    uncertain("beta-impossible", "{beta: {mean: 0.5, sd: 0.5}}", "0.5"),
    uncertain("beta-impossible", "{beta: {mean: 1.5, sd: 0.1}}", "1.5", "0.1"),
    uncertain("discrete-probabilities", "{discrete: {values: [1, 2], probabilities: [0.5, 0.4]}}",
              "0.9", inside=".discrete"),
    uncertain("discrete-probabilities", "{discrete: {values: [1, 2], probabilities: [1.5, -0.5]}}",
              inside=".discrete"),
    uncertain("discrete-lengths", "{discrete: {values: [1, 2], probabilities: [1]}}", "2", "1",
              inside=".discrete"),
    uncertain("too-few", "{discrete: {values: [], probabilities: [1]}}",
              inside=".discrete.values"),
    uncertain("too-high", "{interval: {low: 1, high: 2, coverage: 1}}", "1",
              inside=".interval.coverage"),
    uncertain("too-low", "{interval: {low: 1, high: 2, coverage: 0}}", "0",
              inside=".interval.coverage"),
    uncertain("counts-order", "{counts: {events: 3, n: 2}}", "3", "2", inside=".counts"),
    uncertain("too-low", "{counts: {events: -1, n: 2}}", "-1", inside=".counts.events"),
    uncertain("too-low", "{counts: {events: 0, n: 0}}", "0", inside=".counts.n"),
    uncertain("not-a-number", "{pert: [1, 2, 3], central: middle}", "middle", inside=".central"),
    at("no-mass-in-range", f"{LESSONS}.amount", "{uniform: [-3, -1]}"),
    at("no-mass-in-range", f"{FALLS}.deadweight", "{pert: [2, 3, 4]}"),
    at("no-mass-in-range", f"{FALLS}.cashable", "{discrete: {values: [2, 3], "
       "probabilities: [0.5, 0.5]}}"),
    by("no-mass-in-range", "parameters.reached",
       {"parameters.reached.value": "{uniform: [2, 3]}", f"{FALLS}.drop_off": _PARAMETER}),
    at("not-a-year", f"{LESSONS}.first_year", "{uniform: [2025, 2027]}"),
    at("not-a-whole-number", f"{FALLS}.lasts", "{uniform: [1, 3]}"),
    at("not-a-whole-number", f"{FALLS}.lag", "{pert: [1, 2, 3]}"),
    at("not-a-whole-number", "horizon", "{pert: [1, 2, 3]}"),
    by("not-a-number", f"{LESSONS}.paid_by.city",
       {f"{LESSONS}.paid_by": "{city: {uniform: [0, 1]}, insurer: 0.5}"}),
]  # fmt: skip

# --- Who: shares and references -------------------------------------------------------------------

ACTORS = [
    at("shares-sum", f"{LESSONS}.paid_by", "{city: 0.5, insurer: 0.4}", "lessons", "0.9"),
    at("shares-sum", f"{FALLS}.falls_to", "{city: 0.6, insurer: 0.6}", "fewer-falls", "1.2"),
    at("shares-sum", f"{FALLS}.taken_from", "{city: 0.5}", "fewer-falls", "0.5"),
    at("shares-sum", f"{LESSONS}.paid_by", "{}", "lessons", "0"),
    by("shares-sum", "excess_burden.borne_by",
       {"excess_burden": "{rate: 0.2, actors: [city], borne_by: {city: 0.99999999}}"},
       "0.99999999"),
    Mistake("reserved-name", "decisions.city",
            {"decisions.city": "{options: [case, nothing]}"}, ("city",)),
    Mistake("one-option", "decisions.d.options",
            {"decisions.d": "{options: [case]}"}, ("case",)),
    Mistake("unknown-option", "decisions.d.options",
            {"decisions.d": "{options: [case, nothng]}"}, ("nothng",)),
    Mistake("unknown-party", "decisions.d.by",
            {"decisions.d": "{options: [case, nothing], by: ciy}"}, ("ciy",)),
    Mistake("repeated-in-list", "decisions.d.options",
            {"decisions.d": "{options: [case, case]}"}, ("case",)),
    Mistake("unknown-actor", "arrangement.forbidden.0.to",
            {"arrangement": "{forbidden: [{from: city, to: peple}]}"}, ("peple",)),
    Mistake("unknown-actor", "arrangement.given.insurr",
            {"arrangement": "{given: {insurr: 5}}"}, ("insurr",)),
    Mistake("pays-itself", "arrangement.required.0",
            {"arrangement": "{required: [{from: city, to: city, amount: 1}]}"}, ("city",)),
    Mistake("pair-twice", "arrangement.required.0",
            {"arrangement": "{forbidden: [{from: city, to: insurer}], "
                            "required: [{from: city, to: insurer, amount: 1}]}"},
            ("city", "insurer", "arrangement.forbidden.0")),
    Mistake("two-answers", ANSWER,
            {"scores": answer("{value: 1, numerator: 2, denominator: 3}")}, ("value, numerator",)),
    Mistake("answer-beside-status", f"{ANSWER}.status",
            {"scores": answer("{value: 1, status: none}")}, ("none", "value")),
    Mistake("answer-missing", ANSWER, {"scores": answer("{status: value}")}, ()),
    Mistake("half-a-ratio", ANSWER, {"scores": answer("{numerator: 1}")}, ()),
    Mistake("ratio-of-nothing", f"{ANSWER}.denominator",
            {"scores": answer("{numerator: 1, denominator: 0}")}, ()),
    Mistake("reason-missing", ANSWER, {"scores": answer("{status: not-applicable}")}, ()),
    Mistake("assessor-twice", f"{ANSWER}.1",
            {"scores": answer("[{value: 1, assessor: A}, {value: 2, assessor: A}]")}, ("A",)),
    Mistake("pays-and-receives", "arrangement.required.0.to",
            {"arrangement": "{required: [{from: city, to: insurer, amount: 1}], "
                            "minimum: {insurer: 5}}"}, ("insurer",)),
    Mistake("weight-out-of-reach", "actors.people.income",
            {"distribution": "{reference_income: 40000, elasticity: 9}",
             "actors.people": "{kind: citizen, income: 400}"}, ("1e6",)),
    Mistake("loan-guaranteed-twice",
        "instruments.h.of",
        {
            "inflation": "0.02",
            "actors.bank": "{kind: investor}",
            "instruments": "{l: {kind: loan, from: insurer, to: city, amount: 5, rate: 0.1, "
            "years: 3}, g: {kind: guarantee, from: bank, of: l, cover: first-loss}, "
            "h: {kind: guarantee, from: bank, of: l, cover: first-loss}}",
        },
        ("l", "instruments.g")),
    Mistake("given-and-minimum", "arrangement.minimum.city",
            {"arrangement": "{given: {city: 5}, minimum: {city: 3}}"}, ("city",)),
    Mistake("unknown-actor", "actors.insurer.retention.rest_to",
            {"actors.insurer.retention": "{share: 0.4, rest_to: stat}"}, ("stat",)),
    Mistake("retention-to-itself", "actors.insurer.retention.rest_to",
            {"actors.insurer.retention": "{share: 0.4, rest_to: insurer}"}, ("insurer",)),
    Mistake("unknown-actor", "instruments.plan.from",
            {"inflation": "0.02", "instruments.plan":
             "{kind: grant, from: stat, to: city, amount: 1}"}, ("stat",)),
    Mistake("pays-itself", "instruments.plan.to",
            {"inflation": "0.02", "instruments.plan":
             "{kind: grant, from: city, to: city, amount: 1}"}, ("city",)),
    Mistake("instrument-needs", "instruments.plan.rate",
            {"inflation": "0.02", "instruments.plan":
             "{kind: loan, from: city, to: insurer, amount: 1, years: 2}"}, ("rate",)),
    Mistake("instrument-has-no", "instruments.plan.rate",
            {"inflation": "0.02", "instruments.plan":
             "{kind: grant, from: city, to: insurer, amount: 1, rate: 0.1}"}, ("rate", "grant")),
    Mistake("inflation-missing", "instruments.plan",
            {"instruments.plan": "{kind: grant, from: city, to: insurer, amount: 1}"}, ()),
    Mistake("unknown-source", "instruments.plan.source",
            {"inflation": "0.02", "instruments.plan":
             "{kind: grant, from: city, to: insurer, amount: 1, source: reprt}"}, ("reprt",)),
    Mistake("grace-too-long", "instruments.plan.grace",
            {"inflation": "0.02", "instruments.plan":
             "{kind: loan, from: city, to: insurer, amount: 1, rate: 0, years: 2, grace: 2}"},
            ("2",)),
    Mistake("guarantee-of-no-loan", "instruments.plan.of",
            {"inflation": "0.02", "instruments.plan":
             "{kind: guarantee, from: city, of: loan, cover: first-loss}"}, ("loan",)),
    Mistake("duplicate-leg", "instruments.plan",
            {"inflation": "0.02", "transfers.plan-in": "{from: city, to: insurer, amount: 1}",
             "instruments.plan": "{kind: grant, from: city, to: insurer, amount: 1}"},
            ("plan-in",)),
    at("unknown-actor", f"{LESSONS}.paid_by", "ciy", "ciy"),
    at("unknown-actor", f"{LESSONS}.paid_by", "{city: 0.5, insurr: 0.5}", "insurr"),
    at("unknown-actor", f"{FALLS}.falls_to", "nobody", "nobody"),
    at("unknown-actor", f"{FALLS}.taken_from", "nobody", "nobody"),
    at("unknown-actor", f"{FALLS}.confirmation", "{nobody: open}", "nobody"),
    at("unknown-actor", f"{NIGHTS}.cashable", "{city: 0.5, nobody: 0.5}", "nobody"),
    at("unknown-actor", f"{SUBSIDY}.from", "ciy", "ciy"),
    at("unknown-actor", f"{SUBSIDY}.to", "ciy", "ciy"),
    at("unknown-actor", "perspectives.p", "[city, insurrer]", "insurrer"),
    by("unknown-actor", "excess_burden.actors",
       {"excess_burden": "{rate: 0.2, actors: [ciy], borne_by: city}"}, "ciy"),
    by("unknown-actor", "excess_burden.borne_by",
       {"excess_burden": "{rate: 0.2, actors: [city], borne_by: ciy}"}, "ciy"),
    at("repeated-in-list", "perspectives.p", "[city, city]", "city"),
    by("repeated-in-list", "overlaps.o.lines",
       {"overlaps": "{o: {lines: [fewer-falls, fewer-falls], alpha: 1}}"}, "fewer-falls"),
    by("repeated-in-list", "excess_burden.actors",
       {"excess_burden": "{rate: 0.2, actors: [city, city], borne_by: city}"}, "city"),
    at("unknown-actor-kind", "actors.city.kind", "munipality", "munipality"),
    by("cashable-not-a-bearer", f"{FALLS}.cashable.city",
       {f"{FALLS}.cashable": "{insurer: 0.5, city: 0.5}"}, "city"),
    at("bearer-missing", FALLS, "{quantity: 1, unit_value: 5, domain: social}"),
    by("bearer-absent", NIGHTS,
       {NIGHTS: "{quantity: 1, indicator: emergency-visits-avoided}",
        "actors.insurer.kind": "school"},
       "health-insurer"),
    by("bearer-ambiguous", NIGHTS,
       {NIGHTS: "{quantity: 1, unit_value: gp-consult, domain: social}",
        "actors.other": "{kind: health-insurer}"},
       "health-insurer", "insurer, other"),
]  # fmt: skip

# --- When -----------------------------------------------------------------------------------------

_BY_YEAR = {f"{LESSONS}.amount": "{2025: 1, 2027: 2}"}
_FALLS_BY_YEAR = {f"{FALLS}.quantity": "{2025: 1, 2027: 2}"}
TIME = [
    by("only-with-single-amount", f"{LESSONS}.first_year",
       {**_BY_YEAR, f"{LESSONS}.first_year": "2026"}, "first_year"),
    by("only-with-single-amount", f"{LESSONS}.years", {**_BY_YEAR, f"{LESSONS}.years": "2"},
       "years"),
    by("only-with-single-amount", f"{LESSONS}.growth", {**_BY_YEAR, f"{LESSONS}.growth": "0.1"},
       "growth"),
    by("only-with-single-amount", f"{FALLS}.years", {**_FALLS_BY_YEAR, f"{FALLS}.years": "2"},
       "years"),
    by("only-with-single-amount", f"{SUBSIDY}.years",
       {f"{SUBSIDY}.amount": "{2025: 1}", f"{SUBSIDY}.years": "2"}, "years"),
    at("before-base-year", f"{LESSONS}.first_year", "2024", "2024", "2025"),
    at("before-base-year", f"{FALLS}.first_year", "2020", "2020", "2025"),
    at("before-base-year", f"{SUBSIDY}.first_year", "1999", "1999", "2025"),
    at("before-base-year", f"{LESSONS}.amount", "{2026: 1, 2023: 1, 2024: 1}", "2023", "2025"),
    at("before-base-year", f"{FALLS}.quantity", "{2026: 1, 2022: 1}", "2022", "2025"),
    at("before-base-year", f"{SUBSIDY}.amount", "{2024: 1}", "2024", "2025"),
    at("starts-too-late", f"{LESSONS}.first_year", "3026", "3026", "1000"),
    at("starts-too-late", f"{FALLS}.quantity", "{2025: 1, 9999: 1}", "9999", "1000"),
]  # fmt: skip

# --- Effects --------------------------------------------------------------------------------------

EFFECTS = [
    by("net-with-deadweight", f"{FALLS}.deadweight",
       {f"{FALLS}.basis": "net", f"{FALLS}.deadweight": "0.1"}),
    by("net-with-deadweight", f"{FALLS}.deadweight",
       {f"{FALLS}.basis": "net", f"{FALLS}.deadweight": "{uniform: [0, 0.1]}"}),
    at("unknown-but-monetised", f"{FALLS}.quantity", "unknown"),
    at("unit-value-missing", FALLS, "{quantity: 1, domain: social, falls_to: city}"),
    at("domain-missing", FALLS, "{quantity: 1, unit_value: 5, falls_to: city}"),
    at("domain-missing", FALLS, "{quantity: 1, monetised: false}"),
    at("unknown-indicator", f"{FALLS}.indicator", "hospital-days-avoide", "hospital-days-avoide"),
    by("unknown-indicator", f"{FALLS}.indicator",
       {FALLS: "{quantity: 1, indicator: nothing-like-it}"}, "nothing-like-it"),
    at("unknown-value", f"{FALLS}.unit_value", "gp-consul", "gp-consul"),
    at("unknown-parameter", f"{FALLS}.quantity", "{parameter: reachd}", "reachd"),
    by("unknown-parameter", f"{FALLS}.factors.uptake",
       {f"{FALLS}.factors": "{uptake: {parameter: nothing}}"}, "nothing"),
    at("unknown-parameter", "discount.rate", "{parameter: nothing}", "nothing"),
    at("unknown-parameter", "inflation", "{parameter: nothing}", "nothing"),
    at("unknown-source", f"{FALLS}.source", "reprt", "reprt"),
    at("unknown-source", f"{LESSONS}.source", "my own report", "my own report"),
    at("unknown-source", "parameters.reached.source", "reprt", "reprt"),
    at("unknown-indicator", "parameters.reached.indicator", "nothing-like-it", "nothing-like-it"),
    by("value-has-own-price", f"{FALLS}.price_year",
       {f"{FALLS}.unit_value": "gp-consult", f"{FALLS}.price_year": "2020"},
       "gp-consult", "price_year"),
    by("value-has-own-price", f"{FALLS}.currency",
       {f"{FALLS}.unit_value": "gp-consult", f"{FALLS}.currency": "EUR"}, "gp-consult", "currency"),
    by("value-has-own-price", f"{FALLS}.price_year",
       {FALLS: "{quantity: 1, indicator: emergency-visits-avoided, price_year: 2020}"},
       "price_year"),
    by("value-is-transfer", FALLS,
       {f"{FALLS}.unit_value": "social-assistance-single-year", "price_year": "2026"},
       "social-assistance-single-year"),
    by("unit-mismatch", f"{FALLS}.unit",
       {f"{FALLS}.unit_value": "gp-consult", f"{FALLS}.unit": "kg"}, "kg", "consult"),
    by("unit-mismatch", f"{FALLS}.unit",
       {f"{FALLS}.indicator": "hospital-days-avoided", f"{FALLS}.unit": "kg"}, "kg", "day"),
]  # fmt: skip

# --- Prices, discounting --------------------------------------------------------------------------

_DOLLARS = {"currency": "NOK"}
MONEY = [
    at("inflation-missing", f"{LESSONS}.prices", "nominal"),
    at("inflation-missing", f"{SUBSIDY}.prices", "nominal"),
    by("index-missing", LESSONS, {f"{LESSONS}.price_year": "1900"}, "EUR", "1900"),
    by("index-missing", LESSONS,
       {f"{LESSONS}.price_year": "2020", f"{LESSONS}.currency": "NOK",
        "exchange_rates": "{NOK: {2025: 0.1}}"}, "NOK", "2020", "2025"),
    by("index-missing", LESSONS,
       {f"{LESSONS}.price_year": "2020", "price_indices": "{mine: {years: {2024: 1, 2025: 1.1}}}"},
       "EUR", "2020", "mine"),
    by("exchange-rate-missing", LESSONS, {f"{LESSONS}.currency": "GBP"}, "GBP", "EUR", "2025"),
    by("exchange-rate-missing", LESSONS,
       {f"{LESSONS}.currency": "GBP", "exchange_rates": "{GBP: {2024: 1.2}}"}, "GBP", "2025"),
    by("two-indices", "price_indices.b",
       {"price_indices": "{a: {years: {2025: 1}}, b: {currency: EUR, years: {2025: 1}}}"},
       "EUR", "a"),
    by("scheme-and-rate", "discount", {"discount.scheme": "nl-2026"}),
    by("discount-missing", "", {**_DOLLARS, "discount": GONE}, "NOK"),
    by("discount-missing", "", {**_DOLLARS, "discount": "{timing: mid_year}"}, "NOK"),
    by("standard-beside-rate", "discount.classes.standard",
       {"discount": "{rate: 0.03, classes: {standard: 0.01}}"}),
    by("classes-without-rate", "discount.classes", {"discount": "{classes: {nature: 0.01}}"}),
    by("unknown-scheme", "discount.scheme", {"discount": "{scheme: nl-2062}"}, "nl-2062"),
    by("unknown-discount-class", f"{LESSONS}.discount_class",
       {f"{LESSONS}.discount_class": "fixedcost"}, "fixedcost"),
    by("unknown-discount-class", f"{FALLS}.discount_class",
       {f"{FALLS}.discount_class": "health"}, "health"),
    by("unknown-discount-class", "discount.classes.natur", {"discount.classes": "{natur: 0.01}"},
       "natur"),
]  # fmt: skip

# --- What lies over several lines -----------------------------------------------------------------

OVERLAPS = [
    by("unknown-effect", "overlaps.o.lines",
       {"overlaps": "{o: {lines: [fewer-fals, calmer-nights], alpha: 1}}"}, "fewer-fals"),
    by("unknown-effect", "overlaps.o.lines",
       {"overlaps": "{o: {lines: [fewer-falls, lessons], alpha: 1}}"}, "lessons"),
    by("overlap-not-monetised", "overlaps.o.lines",
       {"overlaps": "{o: {lines: [fewer-falls, calmer-nights], alpha: 1}}",
        NIGHTS: "{quantity: 1, monetised: false, domain: social}"}, "calmer-nights"),
    by("line-in-two-overlaps", "overlaps.p.lines",
       {"overlaps": "{o: {lines: [fewer-falls, calmer-nights], alpha: 1}, "
                    "p: {lines: [fewer-falls], alpha: 1}}"}, "fewer-falls", "o"),
    by("unknown-parameter", "overlaps.o.alpha",
       {"overlaps": "{o: {lines: [fewer-falls], alpha: {parameter: nothing}}}"}, "nothing"),
]  # fmt: skip

_SCENARIO = "scenarios.s.changes"
VARIANTS = [
    by("unknown-path", f"{_SCENARIO}.effects.fewer-fals.quantity",
       {"scenarios": "{s: {changes: {effects.fewer-fals.quantity: 5}}}"},
       "effects.fewer-fals.quantity"),
    by("unknown-path", f"{_SCENARIO}.horizn", {"scenarios": "{s: {changes: {horizn: 5}}}"},
       "horizn"),
    by("unknown-path", "alternatives.a.changes.costs.lessons.price",
       {"alternatives": "{a: {changes: {costs.lessons.price: 5}}}"}, "costs.lessons.price"),
    by("path-not-changeable", f"{_SCENARIO}.id", {"scenarios": "{s: {changes: {id: other}}}"},
       "id"),
    by("path-not-changeable", f"{_SCENARIO}.scenarios",
       {"scenarios": "{s: {changes: {scenarios: null}}}"}, "scenarios"),
    by("unknown-value", f"{_SCENARIO}.values.gp-consul",
       {"scenarios": "{s: {changes: {values.gp-consul: 5}}}"}, "gp-consul"),
    by("not-a-number", f"{_SCENARIO}.values.gp-consult",
       {"scenarios": "{s: {changes: {values.gp-consult: dear}}}"}, "dear"),
    by("out-of-range", f"{_SCENARIO}.costs.lessons.amount",
       {"scenarios": "{s: {changes: {costs.lessons.amount: -5}}}"}, "-5"),
    by("not-a-number", f"{_SCENARIO}.costs.lessons.amount",
       {"scenarios": "{s: {changes: {costs.lessons.amount: dear}}}"}, "dear"),
    by("missing-field", f"{_SCENARIO}.costs.lessons.paid_by",
       {"scenarios": "{s: {changes: {costs.lessons.paid_by: null}}}"}, "paid_by"),
    by("before-base-year", f"{_SCENARIO}.costs.lessons.first_year",
       {"scenarios": "{s: {changes: {costs.lessons.first_year: 2020}}}"}, "2020"),
    by("unknown-scheme", f"{_SCENARIO}.discount.scheme",
       {"scenarios": "{s: {changes: {discount: {scheme: nl-2062}}}}"}, "nl-2062"),
    by("unknown-actor", f"{_SCENARIO}.costs.lessons.paid_by",
       {"scenarios": "{s: {changes: {costs.lessons.paid_by: ciy}}}"}, "ciy"),
    by("no-mass-in-range", f"{_SCENARIO}.costs.lessons.amount",
       {"scenarios": "{s: {changes: {costs.lessons.amount: {uniform: [-2, -1]}}}}"}),
    by("exchange-rate-missing", "alternatives.a.changes.costs.lessons",
       {"alternatives": "{a: {changes: {costs.lessons.currency: GBP}}}"}, "GBP"),
    by("unknown-key", f"{_SCENARIO}.costs.lessons.amuont",
       {"scenarios": "{s: {changes: {costs.lessons: {amuont: 5, paid_by: city}}}}"}, "amuont"),
    by("discount-missing", _SCENARIO,
       {"scenarios": "{s: {changes: {currency: NOK, discount: null, values.gp-consult: 3}}}"},
       "NOK"),
]  # fmt: skip

_UNSURE = {
    f"{FALLS}.quantity": "{uniform: [1, 2]}",
    "parameters.reached.value": "{uniform: [1, 2]}",
}
CORRELATIONS = [
    by("correlation-with-itself", "correlations.0",
       {**_UNSURE, "correlations": f"[[{FALLS}.quantity, {FALLS}.quantity, 0.5]]"},
       f"{FALLS}.quantity"),
    by("correlation-twice", "correlations.1",
       {**_UNSURE, "correlations": f"[[{FALLS}.quantity, parameters.reached, 0.5], "
                                   f"[parameters.reached, {FALLS}.quantity, 0.5]]"},
       "parameters.reached"),
    by("unknown-path", "correlations.0.0",
       {**_UNSURE, "correlations": f"[[{FALLS}.quantit, {FALLS}.quantity, 0.5]]"},
       f"{FALLS}.quantit"),
    by("unknown-path", "correlations.0.1",
       {**_UNSURE, "correlations": f"[[{FALLS}.quantity, parameters.rached, 0.5]]"},
       "parameters.rached"),
    by("wrong-length", "correlations.0", {"correlations": "[[a, b]]"}),
    by("not-a-list", "correlations.0", {"correlations": "[a]"}),
    by("not-text", "correlations.0.0", {"correlations": "[[1, b, 0.5]]"}, "1"),
]  # fmt: skip

_CLASSES = "theory.activities.classes"


def _theory(**sections: str) -> dict[str, str]:
    return {f"theory.{name}": snippet for name, snippet in sections.items()}


THEORY = [
    by("theory-unknown-cost", f"{_CLASSES}.costs",
       _theory(activities="{classes: {costs: [lesons]}}"), "lesons"),
    by("theory-unknown-effect", "theory.effects.fewer-fals",
       _theory(effects="{fewer-fals: {leads_to: [calmer-nights]}}"), "fewer-fals"),
    by("unknown-next-step", f"{_CLASSES}.leads_to.0",
       _theory(activities="{classes: {leads_to: [fewer-fals]}}"), "fewer-fals"),
    by("unknown-next-step", "theory.outputs.visits.leads_to.1",
       _theory(outputs="{visits: {leads_to: [fewer-falls, {to: hospital-days-avoided}]}}"),
       "hospital-days-avoided"),
    by("output-named-as-effect", "theory.outputs.fewer-falls", _theory(outputs="{fewer-falls: {}}"),
       "fewer-falls"),
    by("theory-goes-round", "theory.outputs.a.leads_to",
       _theory(outputs="{a: {leads_to: [b]}, b: {leads_to: [a, fewer-falls]}}"), "a → b → a"),
    by("theory-goes-round", "theory.effects.fewer-falls.leads_to",
       _theory(effects="{fewer-falls: {leads_to: [calmer-nights]}, "
                       "calmer-nights: {leads_to: [fewer-falls]}}"),
       "fewer-falls → calmer-nights → fewer-falls"),
    by("repeated-in-list", f"{_CLASSES}.leads_to",
       _theory(activities="{classes: {leads_to: [fewer-falls, {to: fewer-falls}]}}"),
       "fewer-falls"),
    by("repeated-in-list", f"{_CLASSES}.costs",
       _theory(activities="{classes: {costs: [lessons, lessons]}}"), "lessons"),
    by("leads-nowhere", "theory.effects.fewer-falls.leads_to.0",
       _theory(effects="{fewer-falls: {leads_to: [calm-nights]}}"), "calm-nights"),
    by("leads-nowhere", "theory.effects.fewer-falls.leads_to.0",
       _theory(effects="{fewer-falls: {leads_to: [fewer-falls]}}"), "fewer-falls"),
    by("unknown-framework", "theory.effects.fewer-falls.leads_to.0",
       _theory(effects="{fewer-falls: {leads_to: [readines.trl]}}"), "readines"),
    by("not-in-framework", "theory.effects.fewer-falls.leads_to.0",
       _theory(effects="{fewer-falls: {leads_to: [readiness.trll]}}"), "readiness", "trll"),
    by("theory-too-large", "theory",
       {"theory": {"outputs": {f"o{i}": {"leads_to": ["fewer-falls"]} for i in range(201)}}},
       "201"),
    by("missing-field", f"{_CLASSES}.leads_to.0.to",
       _theory(activities="{classes: {leads_to: [{assumption: x}]}}"), "to"),
    by("not-text", f"{_CLASSES}.leads_to.0", _theory(activities="{classes: {leads_to: [5]}}"), "5"),
    by("not-a-list", f"{_CLASSES}.leads_to", _theory(activities="{classes: {leads_to: a}}")),
    by("invalid-name", "theory.activities.The classes", _theory(activities="{The classes: {}}"),
       "The classes"),
    by("unknown-key", f"{_CLASSES}.cost", _theory(activities="{classes: {cost: [lessons]}}"),
       "cost"),
    by("too-low", "theory.outputs.visits.quantity",
       _theory(outputs="{visits: {quantity: -1}}"), "-1"),
    by("not-a-number", "theory.outputs.visits.quantity",
       _theory(outputs="{visits: {quantity: many}}"), "many"),
    at("not-a-mapping", "theory", "[classes]"),
]  # fmt: skip

_SEX = "{sex: {categories: {men: {}, women: {}}}}"
_FLOW = "{visits: {measure: flow}}"


def _measured(*records: str, **monitoring: str) -> dict[str, str]:
    """Records of measurements, and what the case says about monitoring."""
    said = ", ".join(f"{name}: {snippet}" for name, snippet in monitoring.items())
    return {
        "measurements": "[" + ", ".join(f"{{period: 2025, {one}}}" for one in records) + "]",
        **({"monitoring": f"{{{said}}}"} if said else {}),
    }


def _visits(*records: str, measure: str = "flow", **monitoring: str) -> dict[str, str]:
    """Approved records of an indicator of the case's own."""
    return _measured(
        *(f"indicator: visits, status: approved, {one}" for one in records),
        indicators=f"{{visits: {{measure: {measure}}}}}", **monitoring,
    )  # fmt: skip


_FIRST, _SECOND = "measurements.0", "measurements.1"
_A = "id: a, value: 1"

MEASUREMENTS = [
    by("measured-what", _FIRST, _measured("value: 1")),
    by("measured-what", _FIRST, _measured(f"value: 1, indicator: visits, line: {LESSONS}",
                                          indicators=_FLOW)),
    by("word-for-a-figure", f"{_FIRST}.value", _measured(f"line: {LESSONS}, value: n.a."), "n.a."),
    by("word-for-a-figure", f"{_FIRST}.target", _measured(f"line: {LESSONS}, target: '-'"), "-"),
    by("word-for-a-figure", f"{_FIRST}.numerator",
       _measured(f"line: {LESSONS}, numerator: nd, denominator: 2"), "nd"),
    by("word-for-a-figure", f"{_FIRST}.denominator",
       _measured(f"line: {LESSONS}, denominator: High, numerator: 2"), "High"),
    by("not-a-number", f"{_FIRST}.value", _measured(f"line: {LESSONS}, value: '12,5'"), "12,5"),
    by("not-a-period", f"{_FIRST}.period",
       {"measurements": f"[{{line: {LESSONS}, period: 2025Q5}}]"}, "2025Q5"),
    by("not-a-line", f"{_FIRST}.line", _measured("line: lessons, value: 1"), "lessons"),
    by("measured-unknown-line", f"{_FIRST}.line", _measured("line: costs.lesons, value: 1"),
       "costs.lesons"),
    by("field-without-line", f"{_FIRST}.field",
       _measured("indicator: visits, field: quantity", indicators=_FLOW), "quantity"),
    by("field-not-of-line", f"{_FIRST}.field",
       _measured(f"line: {LESSONS}, field: quantity, value: 1"), "quantity"),
    by("field-not-of-line", f"{_FIRST}.field",
       _measured(f"line: {FALLS}, field: amount, value: 1"), "amount"),
    by("unknown-period", f"{_FIRST}.period",
       {"measurements": f"[{{line: {LESSONS}, period: winter}}]"}, "winter"),
    by("value-beside-ratio", _FIRST, _measured(f"line: {LESSONS}, value: 1, denominator: 2")),
    by("half-a-ratio", _FIRST, _measured(f"line: {LESSONS}, numerator: 1")),
    by("measured-of-nothing", f"{_FIRST}.denominator",
       _measured(f"line: {FALLS}, field: unit_value, numerator: 1, denominator: 0")),
    by("nothing-measured", _FIRST, _measured(f"line: {LESSONS}, status: approved")),
    by("unknown-dimension", f"{_FIRST}.disaggregation.sex",
       _measured(f"line: {LESSONS}, value: 1, disaggregation: {{sex: men}}"), "sex"),
    by("unknown-category", f"{_FIRST}.disaggregation.sex",
       _measured(f"line: {LESSONS}, value: 1, disaggregation: {{sex: man}}", dimensions=_SEX),
       "man", "sex"),
    by("measurement-id-twice", f"{_SECOND}.id", _visits(_A, _A), "a"),
    by("restates-unknown", f"{_FIRST}.restates", _visits("value: 1, restates: b"), "b"),
    by("restates-itself", f"{_FIRST}.restates", _visits(f"{_A}, restates: a"), "a"),
    by("restated-twice", "measurements.2.restates",
       _visits(_A, "value: 2, restates: a", "value: 3, restates: a"), "a"),
    by("restates-another", f"{_SECOND}.restates",
       _visits(_A, "value: 2, restates: a, reporter: b"), "a", "reporter"),
    by("measured-twice", f"{_FIRST}.line",
       {**_measured(f"line: {FALLS}, value: 1", indicators=_FLOW),
        f"{FALLS}.measured_by": "visits"},
       FALLS, "visits"),
    by("out-of-range", _FIRST, _measured(f"line: {FALLS}, field: deadweight, value: 1.5"), "1.5"),
    by("rate-of-a-part", f"{_FIRST}.value",
       {"measurements": f"[{{line: {FALLS}, field: unit_value, period: 2025Q1, value: 5}}]"},
       "unit_value"),
    by("unknown-measured-indicator", f"{_FIRST}.indicator",
       _measured("indicator: hospital-days-avoidd, value: 1"), "hospital-days-avoidd"),
    by("unknown-measured-indicator", f"{FALLS}.measured_by", {f"{FALLS}.measured_by": "visits"},
       "visits"),
    by("measure-missing", "monitoring.indicators.visits",
       {"monitoring": "{indicators: {visits: {unit: visit}}}"}, "visits"),
    by("ratio-needs-parts", f"{_FIRST}.value", _visits("value: 1", measure="ratio"), "visits"),
    by("parts-of-no-ratio", f"{_FIRST}.numerator", _visits("numerator: 1, denominator: 2"),
       "visits"),
    by("level-without-factor", f"{FALLS}.measured_by",
       {f"{FALLS}.measured_by": "visits", "monitoring": "{indicators: {visits: {measure: stock}}}"},
       "visits", "stock"),
    by("target-against-direction", "monitoring.indicators.visits.target",
       {"monitoring": "{indicators: {visits: {measure: stock, baseline: 5, target: 4}}}"},
       "5", "4"),
    by("target-against-direction", f"{_FIRST}.target", _visits("baseline: 5, target: 4"), "5", "4"),
    by("targets-differ", f"{_SECOND}.target", _visits("target: 5", "target: 4"), "5", "4"),
    by("measured-periods-overlap", f"{_SECOND}.period",
       {"monitoring": f"{{indicators: {_FLOW}}}", "measurements":
        "[{indicator: visits, status: approved, period: 2025, value: 1}, "
        "{indicator: visits, status: approved, period: 2025Q3, value: 1}]"}, "2025Q3"),
    by("latest-unknown", f"{_SECOND}", _visits("value: 1", "value: 2", measure="stock"), "visits"),
    by("parts-differ", _FIRST,
       _visits("value: 10", "value: 5, disaggregation: {sex: men}",
               "value: 4, disaggregation: {sex: women}", dimensions=_SEX), "10", "9"),
    by("parts-missing", _FIRST,
       _visits("value: 5, disaggregation: {sex: men}", dimensions=_SEX), "sex=women"),
    by("period-ends-first", "monitoring.periods.winter.last",
       {"monitoring": "{periods: {winter: {first: 2025-03-01, last: 2025-01-01}}}"}),
    by("unknown-period", "monitoring.lessons.winter",
       {"monitoring": "{lessons: {winter: {went_wrong: A, learned: B}}}"}, "winter"),
    by("missing-field", "monitoring.lessons.2025.learned",
       {"monitoring": "{lessons: {2025: {went_wrong: A}}}"}, "learned"),
    by("period-without-target", "monitoring.indicators.visits.target_period",
       {"monitoring": "{indicators: {visits: {measure: flow, target_period: 2030}}}"}),
    by("baseline-beside-ratio", "monitoring.indicators.visits",
       {"monitoring": "{indicators: {visits: {measure: ratio, baseline: 1, "
                      "baseline_numerator: 1, baseline_denominator: 2}}}"}),
    by("half-a-baseline", "monitoring.indicators.visits",
       {"monitoring": "{indicators: {visits: {measure: ratio, baseline_numerator: 1}}}"}),
    by("thresholds-order", "monitoring.thresholds", {"monitoring": "{thresholds: {near: 0.95}}"},
       "0.95"),
    by("not-ascending", "monitoring.forecasts.0.p05",
       {"monitoring": f"{{forecasts: [{{line: {LESSONS}, period: 2025, made: 2025-01-01, "
                      "mean: 2, p05: 3, p95: 1}]}"}),
    by("measured-what", "monitoring.forecasts.0",
       {"monitoring": "{forecasts: [{period: 2025, made: 2025-01-01, mean: 2, p05: 1, p95: 3}]}"}),
    by("too-high", f"{FALLS}.measured_by.share",
       {f"{FALLS}.measured_by": "{indicator: hospital-days-avoided, share: 2}"}, "2"),
    by("path-not-changeable", f"{_SCENARIO}.measurements",
       {"scenarios": "{s: {changes: {measurements: []}}}"}, "measurements"),
]  # fmt: skip

SECTIONS: dict[str, list[Mistake]] = {
    "ids": IDS,
    "years": YEARS,
    "unknown keys": UNKNOWN_KEYS,
    "missing": MISSING,
    "types": TYPES,
    "ranges": RANGES,
    "uncertain": UNCERTAIN,
    "actors": ACTORS,
    "time": TIME,
    "effects": EFFECTS,
    "money": MONEY,
    "overlaps": OVERLAPS,
    "variants": VARIANTS,
    "correlations": CORRELATIONS,
    "theory": THEORY,
    "measurements": MEASUREMENTS,
}
