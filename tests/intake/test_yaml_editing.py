import string

from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.intake.writing import yaml_text
from impactmonitor.intake.yaml_editing import with_entry
from impactmonitor.plain import read_yaml

FUND = """# whose it is
id: fund   # short
holdings:
  # the first
  loan:
    note: |
      Two lines,
      with a # that is no remark.

    positions: {2025: {outstanding: 5}}   # flow
  # the second
  grant:
    case: a.yaml # at the end

# what comes next
themes: {}
"""


def tree(text: str) -> object:
    found = read_yaml(text.encode())
    assert not found.problems
    return found.tree


def test_a_new_entry_stands_at_the_end_of_its_mapping_and_remarks_stay():
    text = with_entry(
        FUND, ["holdings"], "new", {"case": "b.yaml", "positions": {"2026": {"debt": 1}}}
    )
    lines = text.splitlines()
    at = lines.index("  new:")
    assert lines[at - 1] == "    case: a.yaml # at the end"
    assert lines[at : at + 5] == ["  new:", "    case: b.yaml", "    positions:", "      2026:",
                                  "        debt: 1"]  # fmt: skip
    assert [x for x in FUND.splitlines() if x not in lines] == []


def test_in_braces_it_is_added_in_braces():
    text = with_entry(FUND, ["holdings", "loan", "positions"], "2026", {"outstanding": 4})
    assert "positions: {2025: {outstanding: 5}, 2026: {outstanding: 4}}   # flow" in text


def test_an_entry_that_is_there_gets_its_new_value():
    text = with_entry(FUND, ["holdings", "loan", "positions"], "2025", {"outstanding": 6})
    assert "positions: {2025: {outstanding: 6}}   # flow" in text
    text = with_entry(FUND, ["holdings"], "loan", {"case": "c.yaml"})
    assert tree(text)["holdings"]["loan"] == {"case": "c.yaml"}
    assert "  # the second\n" in text


def test_mappings_that_are_missing_or_empty_are_made():
    text = with_entry(FUND, ["themes"], "care", {"limit": 0.5})
    assert tree(text)["themes"] == {"care": {"limit": 0.5}}
    text = with_entry(FUND, ["holdings", "grant", "positions"], "2025", {"debt": 1})
    assert tree(text)["holdings"]["grant"] == {"case": "a.yaml", "positions": {"2025": {"debt": 1}}}
    text = with_entry("id: x\nholdings:\n# none yet\n", ["holdings"], "a", {"b": 1})
    assert tree(text) == {"id": "x", "holdings": {"a": {"b": 1}}}
    assert "# none yet" in text


def test_a_last_line_without_an_end_is_ended():
    assert with_entry("a:\n  b: 1", ["a"], "c", 2) == "a:\n  b: 1\n  c: 2\n"


KEYS = st.text(string.ascii_lowercase, min_size=1, max_size=4)
LEAVES = st.one_of(st.integers(-5, 5), st.booleans(), st.text("ab #:-\n'", max_size=9), st.none())
TREES = st.recursive(LEAVES, lambda inner: st.dictionaries(KEYS, inner, max_size=3), max_leaves=8)


@given(
    before=st.dictionaries(KEYS, TREES, min_size=1, max_size=4),
    path=st.lists(KEYS, max_size=2),
    key=KEYS,
    value=TREES,
    is_flow=st.booleans(),
)
def test_reading_back_gives_the_tree_with_the_entry_in_it(before, path, key, value, is_flow):
    node = wanted = read_yaml(yaml_text(before).encode()).tree
    for name in path:
        if not isinstance(node.get(name), dict):
            node[name] = {}
        node = node[name]
    node[key] = value
    text = with_entry(yaml_text(before, is_flow), path, key, value)
    assert tree(text) == read_yaml(yaml_text(wanted).encode()).tree
