"""What is measured, how, and beside what: ``python -m benchmarks``."""
