"""What a key may do where that depends on what it asks."""

from __future__ import annotations

from impactmonitor_api.http.access import MAY, Permission
from impactmonitor_api.http.refusals import refused
from impactmonitor_api.storage.keys import Caller


def may(caller: Caller, *permissions: Permission) -> bool:
    """Whether the role of a key allows one of these."""
    return any(permission in MAY[caller.role] for permission in permissions)


def check_may(caller: Caller, *permissions: Permission) -> None:
    """Refuse a key whose role allows none of these.

    Raises
    ------
    Refused
        403.
    """
    if not may(caller, *permissions):
        allowing = [role for role, what in MAY.items() if what.intersection(permissions)]
        params = {"role": caller.role, "roles": ", ".join(allowing)}
        raise refused(403, "role-too-low", params=params)
