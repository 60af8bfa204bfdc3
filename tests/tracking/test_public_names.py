"""The public names of the package, each imported when it is first used."""

import inspect

import pytest

from impactmonitor import tracking


@pytest.mark.parametrize("name", tracking.__all__)
def test_every_public_name_is_there_and_says_what_it_is(name: str) -> None:
    found = getattr(tracking, name)
    assert inspect.getdoc(found)
    assert found.__name__ == name


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'trace'"):
        tracking.trace  # noqa: B018
