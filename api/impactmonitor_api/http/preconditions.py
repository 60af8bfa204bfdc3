"""Nobody overwrites what somebody else wrote meanwhile: ETag, If-Match, If-None-Match."""

from __future__ import annotations

from fastapi import Request

from impactmonitor_api.http.refusals import refused


def etag_of(version: int) -> str:
    """The tag of a version.

    Examples
    --------
    >>> etag_of(3)
    '"3"'
    """
    return f'"{version}"'


def check_version(request: Request, version: int) -> None:
    """Refuse a change of a version that somebody has not seen.

    Raises
    ------
    Refused
        428 without ``If-Match``; 412 if it names another version.
    """
    given = request.headers.get("if-match")
    headers = {"ETag": etag_of(version)}
    if given is None:
        raise refused(428, "version-not-said", params={"version": version}, headers=headers)
    if given.strip() != "*" and etag_of(version) not in _tags(given):
        raise refused(412, "version-changed", params={"version": version}, headers=headers)


def is_unchanged(request: Request, version: int) -> bool:
    """Whether the client has this version already."""
    given = request.headers.get("if-none-match", "")
    known = [tag.removeprefix("W/") for tag in _tags(given)]
    return given.strip() == "*" or etag_of(version) in known


def _tags(header: str) -> list[str]:
    return [tag.strip() for tag in header.split(",")]
