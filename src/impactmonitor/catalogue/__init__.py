"""The catalogue: what can be measured, what it is worth, and how a case finds it."""

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.loading import load_catalogue, shipped_edition
from impactmonitor.catalogue.search import find

__all__ = ["Catalogue", "find", "load_catalogue", "shipped_edition"]
