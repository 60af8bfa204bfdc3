"""The service under ``kill -9``: see ``benchmarks.kills``."""
