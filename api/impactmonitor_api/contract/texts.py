"""Short texts that are sent: nothing in them that a database or a file could not hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from impactmonitor.model.record import clean

ShortText = Annotated[str, Field(max_length=500), AfterValidator(clean)]
"""A reason or a note."""

Label = Annotated[str, Field(max_length=200), AfterValidator(clean)]
"""What somebody is called."""
