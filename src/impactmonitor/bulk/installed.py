"""What large runs need besides the engine: pyarrow for the results, distributed for clusters."""

from __future__ import annotations

from importlib import import_module

from impactmonitor.problems import InvalidInput, Problem


def check_installed(*names: str) -> None:
    """Refuse a large run where what it needs was not installed.

    Parameters
    ----------
    *names : str
        Packages.

    Raises
    ------
    InvalidInput
        ``scale-not-installed``.

    Examples
    --------
    >>> check_installed("json")
    """
    for name in names:
        try:
            import_module(name)
        except ImportError:
            raise InvalidInput([Problem("scale-not-installed", params={"name": name})]) from None
