"""``python -m impactmonitor`` is the same as ``impactmonitor``."""

from impactmonitor.cli import main

main()
