"""Who asks, and whether that key may do this."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from threading import Lock
from time import monotonic
from typing import Literal

from anyio.to_thread import run_sync
from cachetools import TTLCache
from fastapi import Request

from impactmonitor_api.http.rates import Rates
from impactmonitor_api.http.refusals import refused
from impactmonitor_api.storage import keys
from impactmonitor_api.storage.database import Database, now
from impactmonitor_api.storage.keys import Caller, Role

Permission = Literal["read", "keep", "assess", "edit", "administer"]

MAY: dict[Role, frozenset[Permission]] = {
    "viewer": frozenset({"read"}),
    "assessor": frozenset({"read", "keep", "assess"}),
    "editor": frozenset({"read", "keep", "edit"}),
    "administrator": frozenset({"read", "keep", "assess", "edit", "administer"}),
}
"""What each role may do. To keep is to add a result; who writes a case does not assess it."""

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="impactmonitor"'}
_MOST_KEYS = 10_000


class Access:
    """Looks up keys, and remembers for a few seconds what it found.

    Parameters
    ----------
    database : Database
        In which the keys are.
    seconds : float
        How long a key is trusted before it is looked up again.
    rates : Rates
        How many requests each key may make.
    """

    def __init__(self, database: Database, seconds: float, rates: Rates) -> None:
        self._database = database
        self._known: TTLCache[str, Caller] = TTLCache(_MOST_KEYS, seconds, timer=monotonic)
        self._alone = Lock()  # routes that wait run in threads of their own
        self._rates = rates

    async def caller(self, request: Request) -> Caller:
        """Who makes a request.

        Raises
        ------
        Refused
            401 without a key that works; 429 if it makes too many requests.
        """
        kind, _, whole = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not whole:
            raise refused(401, "key-missing", headers=CHALLENGE)
        with self._alone:
            caller = self._known.get(keys.hash_of(whole))
        if caller is None:
            caller = await run_sync(self._look_up, whole)
        if caller is None or not caller.is_current(now()):
            raise refused(401, "key-unknown", headers=CHALLENGE)
        request.scope["state"]["key_id"] = caller.key_id
        self._rates.check(caller.key_id)
        return caller

    def _look_up(self, whole: str) -> Caller | None:
        with self._database.reading() as session:
            caller = keys.caller_of(session, whole)
        if caller is not None:
            with self._alone:
                self._known[keys.hash_of(whole)] = caller
        return caller

    def forget(self, organisation_id: str) -> None:
        """Look the keys of an organisation up again: one was revoked, or its catalogue changed."""
        with self._alone:
            for known, caller in list(self._known.items()):
                if caller.organisation_id == organisation_id:
                    self._known.pop(known, None)


def needs(permission: Permission) -> Callable[[Request], Awaitable[Caller]]:
    """A dependency that gives the caller, if it may do this.

    Raises
    ------
    Refused
        As ``Access.caller``; 403 if the role of the key does not allow it.
    """

    async def allowed(request: Request) -> Caller:
        access: Access = request.app.state.access
        caller = await access.caller(request)
        if permission not in MAY[caller.role]:
            allowing = ", ".join(role for role, may in MAY.items() if permission in may)
            params = {"role": caller.role, "roles": allowing}
            raise refused(403, "role-too-low", params=params)
        return caller

    return allowed
