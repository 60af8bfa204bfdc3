"""Write the contract: ``python -m impactmonitor_api.contract.written docs``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from impactmonitor_api.app import create_app
from impactmonitor_api.settings import Settings

NAME = "reference/openapi.json"


def contract_text() -> str:
    """The contract as it is committed: the same text for the same service, wherever it is made.

    Examples
    --------
    >>> contract_text().splitlines()[1].strip()
    '"openapi": "3.1.0",'
    """
    document = create_app(Settings("sqlite://", has_worker=False)).openapi()
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def write(folder: Path) -> list[str]:
    """Write the contract below a folder; returns its name if it changed."""
    file, content = folder / NAME, contract_text()
    if file.is_file() and file.read_text(encoding="utf-8") == content:
        return []
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8", newline="\n")
    return [NAME]


if __name__ == "__main__":
    for path in write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs")):
        sys.stdout.write(f"{path}\n")
