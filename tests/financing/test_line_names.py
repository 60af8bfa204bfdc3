"""Names for lines that are written into a case."""

import re

from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.financing.line_names import LONGEST, free_name
from impactmonitor.model.record import ID_PATTERN

names = st.from_regex(re.compile(ID_PATTERN), fullmatch=True)


@given(st.lists(names, min_size=1, max_size=6))
def test_every_name_is_free_and_a_name(wanted: list[str]) -> None:
    taken: list[str] = []
    for name in [*wanted, *wanted]:
        found = free_name(name, taken)
        assert found not in taken
        assert re.fullmatch(ID_PATTERN, found)
        assert len(found) <= LONGEST
        taken.append(found)
