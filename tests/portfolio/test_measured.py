from tests import small
from tests.portfolio.small_funds import case, loan, report

from impactmonitor import load_catalogue
from impactmonitor.intake.portfolio_reading import load_portfolio
from impactmonitor.portfolio.reporting import report_on
from impactmonitor.resources import folder

FALLS = "treated-falls-avoided"
APPROVED = {"status": "approved"}


def followed(*records, **fields):
    plans = {"members": {"measure": "flow", "unit": "person", "title": "Members"},
             "content": {"measure": "ratio"},
             "trees": {"measure": "cumulative", "counts_people": False}}  # fmt: skip
    return case(monitoring={"indicators": plans},
                measurements=[{**APPROVED, **one} for one in records], **fields)  # fmt: skip


def indicators(tree, period=2025, holdings=None):
    result = report(holdings or {"ours": loan("a.json", 0.25, period)}, {"a.json": tree}, period)
    return result, result.holdings["ours"].case.indicators


def test_what_was_reported_of_an_indicator_stands_beside_its_target():
    result, found = indicators(followed(
        {"indicator": "members", "period": "2025Q1", "value": 30},
        {"indicator": "members", "period": "2025Q2", "value": 10},
        {"indicator": "members", "period": 2025, "target": 50},
        {"indicator": "content", "period": 2025, "numerator": 30, "denominator": 40},
    ))  # fmt: skip
    members, content = found["members"], found["content"]
    assert (members.value, members.target, members.is_measured) == (40, 50, True)
    assert (members.attributed, members.attributed_target) == (10, 12.5)
    assert (content.value, content.attributed) == (0.75, 0.75)
    assert (found["trees"].value, found["trees"].reason) == (None, "not-measured")
    total = result.indicators["members"]
    assert (total.value, total.target, total.whole) == (10, 12.5, 40)
    assert result.indicators["content"].denominator == 10


def test_a_running_count_is_that_at_the_end_of_the_period():
    records = [{"indicator": "trees", "period": "2025Q1", "value": 5},
               {"indicator": "trees", "period": "2025Q3", "value": 12}]  # fmt: skip
    assert indicators(followed(*records))[1]["trees"].value == 12


def test_quantities_of_effects_are_a_plan_until_they_are_measured():
    line = {"falls": {"indicator": FALLS, "quantity": 8, "unit_value": 10, "unit": "treated fall",
                      "falls_to": "insurer"}}  # fmt: skip
    plan = case(effects=line)
    result, found = indicators(plan)
    assert (found[FALLS].value, found[FALLS].is_measured) == (8, False)
    assert (result.indicators[FALLS].value, result.indicators[FALLS].planned) == (None, 2)
    record = {"line": "effects.falls", "period": 2025, "value": 6, **APPROVED}
    result, found = indicators({**plan, "measurements": [record]})
    assert (found[FALLS].value, found[FALLS].target, found[FALLS].is_measured) == (6, 8, True)
    assert result.indicators[FALLS].value == 1.5


def test_few_people_are_in_no_figure_that_comes_out():
    few = followed({"indicator": "members", "period": 2025, "value": 3})
    many = {**followed({"indicator": "members", "period": 2025, "value": 40}), "id": "many"}
    result = report({"ours": loan(), "other": loan("b.json")}, {"a.json": few, "b.json": many})
    for name in ("ours", "other"):
        one = result.holdings[name].case.indicators["members"]
        assert (one.value, one.attributed, one.reason) == (None, None, "few-people")
    total = result.indicators["members"]
    assert (total.value, total.reason, total.whole) == (None, "few-people", 43)
    themed = report({"ours": loan(tags={"themes": {"care": 0.5}})}, {"a.json": few},
                    themes={"care": {}})  # fmt: skip
    assert themed.indicators_by_theme["care"]["members"].value is None
    assert themed.indicators_by_theme["not-assigned"]["members"].value is None


def test_data_are_as_good_as_what_they_rest_on():
    effects = {"joy": small.gain(3, evidence="expert", confirmation={"people": "confirmed"}),
               "rest": small.gain(1)}  # fmt: skip
    records = [{"line": "effects.joy", "period": 2025, "value": 3}]
    tree = followed(*records, effects=effects, costs={"work": small.cost(100)})
    data = report({"ours": loan()}, {"a.json": tree}).holdings["ours"].case.data
    assert data.measured_share == 300 / 500
    assert data.confirmed_share == 0.75
    assert dict(data.evidence) == {"expert": 0.75, "not-stated": 0.25}
    assert data.gaps == ("rest", "work")


def test_amounts_that_tell_of_few_people_make_place_for_the_plan() -> None:
    """Two households came out of debt in 2025; prices and shares are known, so amounts tell it."""
    fund = load_portfolio(folder("examples") / "example-fund")
    result = report_on(fund, load_catalogue(), 2025)
    one = result.holdings["debts-lake"]
    assert one.period == one.plan
    assert [p.code for p in one.warnings if p.code == "plan-for-few-people"]
    measured = [row for row in result.rows if row.holding == "debts-lake" and row.is_measured]
    assert measured == []
    other = result.holdings["debts-heath"]
    assert other.period != other.plan
