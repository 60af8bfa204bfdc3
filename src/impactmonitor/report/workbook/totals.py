"""The totals of society, and the what-if numbers above them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from impactmonitor.intake.workbook.layout import PLAIN_WHAT_IF, WHAT_IF, At
from impactmonitor.report.workbook.answer import WHAT_IF_TOP, Answer
from impactmonitor.report.workbook.returns import Returns

TOTALS_TOP = 18
TOTALS = (
    "costs", "benefits", "net_present_value", "benefit_cost_ratio", "sroi", "sroi_net",
    "break_even", "internal_rate_of_return", "modified_internal_rate_of_return", "payback_year",
    "payback_year_discounted", "beyond_horizon", "equivalent_annual_value",
    "costs_undiscounted", "benefits_undiscounted",
)  # fmt: skip
EXPLAINED = (
    "benefit_cost_ratio", "sroi", "break_even", "internal_rate_of_return",
    "modified_internal_rate_of_return", "payback_year",
)  # fmt: skip
"""Totals that need a plain word beside them."""

EXPLAINED_TOP = TOTALS_TOP + len(TOTALS) + 2
NAMES = {
    "im_costs": "costs", "im_benefits": "benefits", "im_npv": "net_present_value",
    "im_bcr": "benefit_cost_ratio",
}  # fmt: skip
"""Names of cells by which programs find a total."""

_STYLES = {
    "benefit_cost_ratio": "ratio", "sroi": "ratio", "sroi_net": "ratio", "break_even": "percent",
    "internal_rate_of_return": "percent", "modified_internal_rate_of_return": "percent",
    "payback_year": "whole", "payback_year_discounted": "whole",
}  # fmt: skip


def write_totals(answer: Answer, returns: Returns) -> None:
    """The what-if numbers and the metrics of society as a whole."""
    answer.heading("results")
    page, put = answer.book.pages["results"], answer.book.put
    page.widths |= {1: 46.0} | dict.fromkeys(range(2, 11), 15.0)
    put(At("results", WHAT_IF_TOP, 1), answer.text("what_if.title"), "section")
    put(At("results", WHAT_IF_TOP + 1, 1), answer.text("what_if.intro"), "intro")
    for name, at in WHAT_IF.items():
        put(At("results", at.row, 1), answer.text(f"what_if.{name}"), "label")
        put(at, PLAIN_WHAT_IF[name], "input_percent" if name == "rate" else "input_number")
    put(At("results", TOTALS_TOP, 1), answer.text("totals.title"), "section")
    formulas = _formulas(answer, returns)
    for i, name in enumerate(TOTALS):
        at = At("results", TOTALS_TOP + 1 + i, 2)
        put(At("results", at.row, 1), answer.text(f"totals.{name}"), "label")
        answer.places.cells[f"totals.{name}"] = at
        answer.book.work_out(at, formulas[name](), _STYLES.get(name, "money"))
    put(At("results", EXPLAINED_TOP, 1), answer.text("explained.title"), "section")
    for row, name in enumerate(EXPLAINED, start=EXPLAINED_TOP + 1):
        put(At("results", row, 1), answer.text(f"explained.{name}"), "wide")
    for name, metric in NAMES.items():
        answer.book.names[name] = answer.places.cells[f"totals.{metric}"]


def _formulas(answer: Answer, returns: Returns) -> Mapping[str, Callable[[], str]]:
    """Formulas to make once the cells that they name have their places."""
    total, none = answer.total, answer.none

    def gains(name: str) -> str:
        return f"SUMPRODUCT({answer.no_transfer},{answer.column('effects', name)})"

    def losses(name: str) -> str:
        return f"SUMPRODUCT({answer.with_burden},{answer.column('costs', name)})"

    def ratio(numerator: str, denominator: str) -> Callable[[], str]:
        return lambda: f"IF({total(denominator)}>0,{total(numerator)}/{total(denominator)},{none})"

    within = answer.prefix + answer.sheet.all_years("within", 0)
    years = f"SUMPRODUCT({standard_factors(answer)},{within})"
    return {
        "costs": lambda: losses("present"),
        "benefits": lambda: gains("present"),
        "net_present_value": lambda: f"{total('benefits')}-{total('costs')}",
        "benefit_cost_ratio": ratio("benefits", "costs"),
        "sroi": ratio("benefits", "costs"),
        "sroi_net": ratio("net_present_value", "costs"),
        "break_even": ratio("costs", "benefits"),
        "internal_rate_of_return": returns.internal_rate,
        "modified_internal_rate_of_return": returns.modified_rate,
        "payback_year": lambda: returns.payback("cumulative"),
        "payback_year_discounted": lambda: returns.payback("cumulative_discounted"),
        "beyond_horizon": lambda: f"{gains('beyond')}-{losses('beyond')}",
        "equivalent_annual_value": lambda: f"IF({years}=0,0,{total('net_present_value')}/{years})",
        "costs_undiscounted": lambda: f"SUM({returns.yearly.area('costs')})",
        "benefits_undiscounted": lambda: f"SUM({returns.yearly.area('benefits')})",
    }


def standard_factors(answer: Answer) -> str:
    """The standard discount factors at the moment of the case."""
    whole = answer.prefix + answer.sheet.whole("factors")
    row = f"{answer.constant('timing')}*{answer.constant('classes')}+1"
    return f"INDEX({whole},{row},0)"
