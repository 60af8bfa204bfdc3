"""Names of records that have none."""

from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.intake.record_names import free_name, named
from impactmonitor.model.measurements import Measurement

RECORDS = st.builds(
    lambda name, period, value: Measurement(
        id=name, indicator="visits", period=period, value=value
    ),
    st.sampled_from([None, None, "a", "visits-2025", "visits-2025q1-2"]),
    st.sampled_from(["2025", "2025Q1", "school"]),
    st.integers(0, 3).map(float),
)


@given(st.lists(RECORDS, max_size=6), st.sets(st.sampled_from(["a", "visits-school"])))
def test_every_record_has_a_name_and_keeps_the_one_it_had(records, taken):
    found = named(records, taken)
    assert [one.id for one, before in zip(found, records, strict=True) if before.id] == [
        one.id for one in records if one.id
    ]
    made = [one.id for one, before in zip(found, records, strict=True) if before.id is None]
    assert len(set(made)) == len(made)
    assert not set(made) & ({one.id for one in records} | taken)
    assert named(found, taken) == found == named(records, taken)


@given(st.lists(RECORDS, max_size=4), RECORDS)
def test_what_comes_later_changes_no_name_but_that_it_takes_itself(records, later):
    assert named([*records, later.model_copy(update={"id": None})])[:-1] == named(records)


def test_a_name_is_an_id_also_of_a_long_subject():
    record = Measurement(line="effects." + "x" * 59, period="2025-11", value=1.0)
    again = record.model_copy(update={"id": free_name(record, {"x" * 50})})
    assert Measurement.model_validate(again.model_dump(exclude_unset=True)) == again
