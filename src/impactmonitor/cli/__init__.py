"""The command line: what people type, and what they see when something is wrong."""

from impactmonitor.cli.app import main

__all__ = ["main"]
