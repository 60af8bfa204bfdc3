import copy

import pytest

from impactmonitor.intake.adding_holdings import added_to
from impactmonitor.intake.holdings_table import rows_in
from impactmonitor.problems import InvalidInput

FUND = {
    "impactmonitor_portfolio": 1,
    "id": "fund",
    "title": "Fund",
    "currency": "EUR",
    "price_year": 2025,
    "base_year": 2025,
    "themes": {"care": {}},
    "holdings": {
        "old": {
            "case": "a.yaml",
            "instrument": "loan",
            "positions": {"2025": {"outstanding": 5, "debt": 10}},
        }
    },
}
HEADER = ("id;case;instrument;commitment_date;commitment_amount;commitment_total_funding;period;"
          "outstanding;debt;themes;restated_in;reason")  # fmt: skip


def add(*rows: str, fund=FUND):
    table = rows_in("\n".join((HEADER, *rows)).encode())
    return added_to(copy.deepcopy(fund), table.rows, table.problems)


def problems(*rows: str):
    with pytest.raises(InvalidInput) as caught:
        add(*rows)
    return [(p.code, p.line) for p in caught.value.problems]


def test_new_holdings_come_with_all_their_periods():
    found = add("new;b.yaml;loan;2025-01-01;20;100;2025;20;80;care=0,5;;",
                "new;;;;;;2026;15;80;;;", "new;b.yaml;loan;;;;2027;10;80;care=0,5;;")  # fmt: skip
    assert found.new == ("new",)
    assert found.tree["holdings"]["new"] == {
        "case": "b.yaml",
        "instrument": "loan",
        "commitment": {"date": "2025-01-01", "amount": 20.0, "total_funding": 100.0},
        "tags": {"themes": {"care": 0.5}},
        "positions": {
            "2025": {"outstanding": 20.0, "debt": 80.0},
            "2026": {"outstanding": 15.0, "debt": 80.0},
            "2027": {"outstanding": 10.0, "debt": 80.0},
        },
    }
    assert found.tree["holdings"]["old"] == FUND["holdings"]["old"]


def test_positions_and_corrections_are_added_to_what_is_there():
    found = add("old;;;;;;2026;4;10;;;", "old;;;;;;2025;6;;;2026;audit")
    positions = found.tree["holdings"]["old"]["positions"]
    assert positions["2026"] == {"outstanding": 4.0, "debt": 10.0}
    assert positions["2025"]["outstanding"] == 5
    assert positions["2025"]["restated"] == [{"in": 2026, "outstanding": 6.0, "reason": "audit"}]
    assert (found.new, found.changed, found.same) == ((), ("old",), ())


def test_the_same_again_changes_nothing():
    rows = ("new;b.yaml;loan;;;;2025;20;80;care;;", "old;;;;;;2025;6;;;2026;audit")
    once = add(*rows)
    again = add(*rows, fund=once.tree)
    assert again.tree == once.tree
    assert (again.new, again.changed, again.same) == ((), (), ("new", "old"))
    assert again.entries == ()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("old;b.yaml;;;;;;;;;;", "holding-differs"),
        ("old;;;2025-01-01;;;;;;;;", "holding-differs"),
        ("old;;;;;;2025;6;;;;", "position-known"),
        ("old;;;;;;2024;6;;;2026;audit", "restated-nothing"),
        ("old;;;;;;;6;;;;", "missing-field"),
        ("old;;;;;;2025;6;;;2025;audit", "restated-too-early"),
        ("old;;;;;;2025;6;;;2026;", "missing-field"),
        ("old;;;;;;2026;60;10;;;", "part-above-whole"),
        ("new;b.yaml;lening;;;;;;;;;", "not-one-of"),
        ("new;b.yaml;;;;;;;;;;", "missing-field"),
        ("New;b.yaml;loan;;;;;;;;;", "invalid-name"),
        ("new;;loan;;;;;;;;;", "holding-of-nothing"),
        ("new;b.yaml;loan;soon;1;2;;;;;;", "not-a-date"),
        ("new;b.yaml;loan;2025-01-01;3;2;;;;;;", "part-above-whole"),
        ("new;b.yaml;loan;;;;;;;cure;;", "unknown-theme"),
    ],
)
def test_what_does_not_fit_is_named_with_its_line(row, code):
    assert problems("fine;c.yaml;loan;;;;;;;;;", row) == [(code, 3)]


def test_everything_is_said_at_once_in_the_order_of_the_table():
    found = problems(
        "old;b.yaml;;;;;;;;;;", "x;b.yaml;loan;;;;2026;n.a.;;;;", "y;b.yaml;lening;;;;;;;;;"
    )
    assert found == [("holding-differs", 2), ("not-a-number", 3), ("not-one-of", 4)]
