"""A case in which every field of the format is filled in, and the paths of those fields."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from typing import Any

from impactmonitor.plain import read_yaml

FULL = """
impactmonitor: 1
id: full
title: {nl: Alles, en: Everything}
summary: A case with every field
about:
  author: A. Author
  organisation: Us
  date: 2026-01-31
  version: "1"
  status: draft
  reviewer: R. Viewer
  area: {nl: Hier, en: Here}
  population: 1000
  null_alternative: Nothing happens
  left_out: {en: Much}
currency: EUR
price_year: 2025
base_year: 2025
horizon: 8
discount: {rate: 0.03, classes: {nature: 0.02, health_effect: 0.015}, timing: mid_year}
actors:
  city:
    title: City
    kind: municipality
    reservation: 10
    cash_floor: -5
    may_pay: true
    income: 50000
    stand_alone: 100
    retention: {share: 0.9, yearly_leaving: 0.05, equalised: 0.1, rest_to: insurer}
  insurer: {title: {nl: Verzekeraar}, kind: health-insurer}
  people: {kind: citizen}
perspectives: {public: [city, insurer]}
parameters:
  reached:
    title: People reached
    value: {pert: [80, 100, 130], central: 101}
    unit: person
    indicator: hospital-days-avoided
    source: report
    measuring_cost: 500
  share: {value: {counts: {events: 3, n: 10}}}
costs:
  lessons:
    title: Lessons
    note: {en: A note}
    source: report
    evidence: expert
    domain: social
    discount_class: standard
    amount: {triangular: [900, 1000, 1200]}
    first_year: 2026
    years: 3
    growth: {normal: {mean: 0.01, sd: 0.002}}
    paid_by: {city: 0.75, insurer: 0.25}
    in_kind: true
    optimism_bias: {uniform: [0.1, 0.2]}
    price_year: 2024
    currency: EUR
    prices: nominal
    timing: end_of_year
  pounds: {amount: {2025: 100, 2027: {parameter: reached}}, paid_by: city, currency: GBP}
effects:
  fewer-falls:
    title: Fewer falls
    note: A note
    source: report
    evidence: measured-controlled
    domain: societal
    discount_class: health_effect
    indicator: hospital-days-avoided
    quantity: {lognormal: {p05: 5, p95: 20}}
    basis: gross
    counterfactual: They would have fallen
    first_year: 2025
    years: 2
    growth: 0.02
    factors: {uptake: {beta: {mean: 0.4, sd: 0.1}}, size: 2}
    lasts: 3
    lag: 1
    drop_off: {discrete: {values: [0.1, 0.2], probabilities: [0.5, 0.5]}}
    unit_value: {2025: 500, 2030: {lognormal: {median: 500, p95: 700}}}
    unit: day
    real_price_change: {interval: {low: -0.01, high: 0.02, coverage: 0.8}}
    real_price_from: 2025
    deadweight: {parameter: share}
    displacement: 0.05
    attribution_to_others: 0.1
    optimism_bias: 0.1
    falls_to: {insurer: 0.5, people: 0.5}
    cashable: {insurer: 0.5}
    price_year: 2024
    currency: EUR
    timing: start_of_year
    confirmation: {insurer: confirmed}
    measured_by: {indicator: hospital-days-avoided, share: 0.5, factors: {days each: 2}}
  visits: {quantity: {2025: 3, 2026: -1}, unit_value: gp-consult, domain: societal}
  benefits:
    quantity: 1
    unit_value: 300
    falls_to: people
    taken_from: {city: 1}
  calm: {quantity: unknown, monetised: false, domain: social, unit: evening}
  fewer-treated:
    card:
      id: EC-FALL-EX-MEDCARE
      reach: 100
      baseline: 0.04
      uptake: 0.8
      adherence: 0.9
      scale: {applied: false, reason: It is a roll-out}
      shrinkage: {applied: true, reason: {en: Few events}}
      local: {events: 5, people: 200, control_events: 9, control_people: 210, tau: 0.2,
              source: report}
    monetised: false
    domain: societal
transfers:
  subsidy:
    title: Subsidy
    note: A note
    source: report
    evidence: assumption
    from: city
    to: people
    amount: {parameter: reached}
    first_year: 2025
    years: 2
    growth: 0
    in_kind: false
    price_year: 2025
    currency: EUR
    prices: real
    timing: mid_year
overlaps: {health: {lines: [fewer-falls, visits], alpha: 0.5}}
excess_burden: {rate: 0.2, actors: [city], borne_by: {people: 0.4, city: 0.6}}
price_indices:
  ours: {currency: EUR, years: {2022: 100, 2024: 108, 2025: 111}, source: report}
exchange_rates: {GBP: {2025: 1.17}}
inflation: 0.02
alternatives: {other: {title: Other, changes: {costs.lessons.years: 1, transfers.subsidy: null}}}
scenarios: {dear: {title: {nl: Duur}, changes: {values.gp-consult: 60, parameters.share: 0.2}}}
correlations: [[parameters.reached, effects.fewer-falls.quantity, 0.4]]
decisions: {places: {options: [case, other, nothing], by: city, scale: 12}}
distribution: {reference_income: 40000, elasticity: 1.2}
arrangement:
  whole: both
  by_year: true
  forbidden: [{from: insurer, to: people}]
  required: [{from: city, to: people, amount: 10}]
  minimum: {insurer: 5}
  given: {city: 20}
instruments:
  plan:
    kind: loan
    title: Plan
    note: {nl: Bij de bank}
    source: report
    from: insurer
    to: city
    amount: 500
    first_year: 2026
    rate: 0.04
    years: 9
    repayment: linear
    grace: 2
    loss_year: 2029
    loss_share: 0.25
  gift: {kind: grant, from: city, to: people, amount: 90, years: 3}
  stake: {kind: equity, from: insurer, to: people, amount: 80, dividend: 0.03, exit_year: 2030,
          exit_multiple: 1.2}
  cover: {kind: guarantee, from: people, of: plan, cover: pari-passu, share: 0.5, limit: 40,
          fee: 0.01}
  pot: {kind: revolving-fund, from: city, to: people, amount: 60, years: 2, rounds: 2}
contracts:
  bond:
    title: Bond
    note: A note
    payer: insurer
    provider: city
    prices: {fewer-falls: 100}
    baseline: {fewer-falls: 1}
    first_year: 2025
    years: 2
    cap: 5000
    floor: 10
    tiers: [{actor: people, amount: 100, rate: 0.05}]
    guarantee: 50
    guarantor: insurer
    evaluation_cost: 5
    probability: 0.2
scores:
  prevention-core-set:
    say:
      - {level: 2, date: 2026-01-31, assessor: A, evidence: A talk, note: {nl: Kort}, status: value}
      - {level: 3, assessor: B}
    people-taking-part: {numerator: 3, denominator: 10}
    permanence: {status: not-applicable, reason: It ends}
theory:
  activities:
    teaching:
      title: {nl: Les geven, en: Teaching}
      costs: [lessons, pounds]
      leads_to: [pupils, {to: calm, assumption: {en: They like it}}]
  outputs:
    pupils: {title: Pupils, quantity: 100, unit: person, leads_to: [fewer-falls]}
  effects:
    fewer-falls: {leads_to: [visits, gp-consults-avoided, transition-monitor.healthier-for-all]}
monitoring:
  indicators:
    hospital-days-avoided:
      title: {nl: Dagen, en: Days}
      description: Counted by the hospital
      unit: day
      measure: flow
      direction: increase
      counts_people: false
      domain: societal
      every: quarter
      baseline: 3
      target: 500
      target_period: 2027
      source: report
    satisfied: {measure: ratio, baseline_numerator: 20, baseline_denominator: 50}
  periods: {school-year-25: {title: {nl: Schooljaar}, first: 2025-08-01, last: 2026-07-31}}
  dimensions:
    sex: {title: Sex, categories: {women: {title: {nl: Vrouwen}}, men: {}, others: {}}}
  cumulate_by: project
  thresholds: {on_track: 0.95, near: 0.6}
  suppress_under: 10
  lessons:
    2025: {went_wrong: A late start, learned: {en: Start in spring}}
    school-year-25: {went_wrong: {nl: Ziekte}, learned: More staff}
  forecasts:
    - {indicator: hospital-days-avoided, period: 2025, made: 2025-01-15, mean: 80, p05: 60,
       p95: 110, evidence: expert}
    - {line: costs.lessons, field: amount, period: 2026Q1, made: 2025-01-15, mean: 9, p05: 8,
       p95: 10}
measurements:
  - {id: first, indicator: hospital-days-avoided, period: 2025Q1, baseline: 0, target: 20,
     value: 18, status: approved, reporter: Anna, project: North, date: 2025-04-02,
     evidence: {nl: Geteld}, method: Register, differs_because: Some stay twice}
  - {indicator: hospital-days-avoided, period: 2025Q1, value: 17, status: submitted,
     reporter: Anna, project: North, restates: first}
  - {indicator: satisfied, period: school-year-25, numerator: 30, denominator: 40,
     disaggregation: {sex: women}}
  - {line: effects.visits, field: deadweight, period: "2025", value: 0.25}
sources:
  report: {title: Report, publisher: Us, year: 2025, url: "https://example.org", licence: CC0}
"""


def full() -> Any:
    """A copy that belongs to who asks for it."""
    return copy.deepcopy(_read())


@cache
def _read() -> Any:
    return read_yaml(FULL.encode()).tree


def nodes(tree: Any, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The keys of every node below a tree."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, node in pairs:
        here = (*above, key)
        yield here
        if isinstance(node, dict | list):
            yield from nodes(node, here)


def replaced(tree: Any, keys: tuple[str | int, ...], value: Any) -> Any:
    """A copy of a tree with another node at these keys; as it is where they do not exist."""
    first, *rest = keys
    if isinstance(tree, dict) and first in tree:
        inner = replaced(tree[first], tuple(rest), value) if rest else value
        return {**tree, first: inner}
    if isinstance(tree, list) and isinstance(first, int) and first < len(tree):
        inner = replaced(tree[first], tuple(rest), value) if rest else value
        return [*tree[:first], inner, *tree[first + 1 :]]
    return tree
