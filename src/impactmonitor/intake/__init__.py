"""From bytes to a case, with the places of its fields, and back."""

from impactmonitor.intake.reading import Reading, load_case, read_case
from impactmonitor.intake.writing import to_json, to_yaml

__all__ = ["Reading", "load_case", "read_case", "to_json", "to_yaml"]
