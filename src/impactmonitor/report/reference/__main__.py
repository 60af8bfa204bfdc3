"""Write the generated pages: ``python -m impactmonitor.report.reference docs``."""

from __future__ import annotations

import sys
from pathlib import Path

from impactmonitor.report.reference import pages


def write(folder: Path) -> list[str]:
    """Write every generated file below a folder; returns the paths of those that changed."""
    changed = []
    for name, content in pages().items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.is_file() or file.read_text(encoding="utf-8") != content:
            file.write_text(content, encoding="utf-8", newline="\n")
            changed.append(name)
    return changed


if __name__ == "__main__":
    for path in write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs")):
        sys.stdout.write(f"{path}\n")
