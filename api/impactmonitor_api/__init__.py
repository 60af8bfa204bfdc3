"""The engine over HTTP: the only place that knows HTTP."""

from impactmonitor_api.app import create_app
from impactmonitor_api.settings import Settings

__all__ = ["Settings", "create_app"]
