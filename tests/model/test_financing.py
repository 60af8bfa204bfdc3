"""What a case says about its financing: forms, defaults and what is refused."""

from typing import Any

import pytest
from pydantic import ValidationError

from impactmonitor.model.financing import Arrangement, Contract, Instrument, Retention, Weighting


def test_defaults_change_nothing() -> None:
    kept = Retention.model_validate({"rest_to": "others"})
    assert (kept.share, kept.yearly_leaving, kept.equalised) == (1, 0, 0)
    assert Weighting(reference_income=30_000).elasticity == 1.3
    plain = Arrangement.model_validate({})
    assert plain.whole is None
    assert plain == Arrangement()
    assert plain.model_dump(exclude_unset=True) == {}


def test_pairs_are_written_with_from_and_to() -> None:
    found = Arrangement.model_validate(
        {
            "forbidden": [{"from": "a", "to": "b"}],
            "required": [{"from": "a", "to": "c", "amount": 5}],
        }
    )
    assert (found.forbidden[0].from_, found.forbidden[0].to) == ("a", "b")
    assert found.required[0].amount == 5
    assert found.model_dump(mode="json", by_alias=True, exclude_unset=True)["forbidden"] == [
        {"from": "a", "to": "b"}
    ]


@pytest.mark.parametrize(
    ("record", "fields", "place"),
    [
        (Retention, {"rest_to": "b", "share": 1.2}, "share"),
        (Retention, {"share": 0.5}, "rest_to"),
        (Weighting, {"reference_income": 0}, "reference_income"),
        (Weighting, {"reference_income": 1, "elasticity": -1}, "elasticity"),
        (Arrangement, {"whole": "all"}, "whole"),
        (Arrangement, {"minimum": {"a": -1}}, "minimum"),
        (Instrument, {"kind": "gift", "from": "a"}, "kind"),
        (Instrument, {"kind": "loan", "from": "a", "rate": -1}, "rate"),
        (Instrument, {"kind": "loan", "from": "a", "years": 0}, "years"),
        (Contract, {"payer": "a", "provider": "b", "prices": {}}, "prices"),
        (Contract, {"payer": "a", "provider": "b", "prices": {"e": 1}, "probability": 1},
         "probability"),
    ],
)  # fmt: skip
def test_what_is_refused(record: Any, fields: dict[str, Any], place: str) -> None:
    with pytest.raises(ValidationError) as raised:
        record.model_validate(fields)
    assert raised.value.errors()[0]["loc"][0] == place
