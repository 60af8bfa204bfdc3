"""The engine over HTTP; the only place that knows HTTP.

``uvicorn --factory impactmonitor_api:create_app`` starts it.
"""

from impactmonitor_api.app import create_app

__all__ = ["create_app"]
