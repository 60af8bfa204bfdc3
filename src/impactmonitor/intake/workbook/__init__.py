"""Workbooks: the template that people fill in, and the way from a filled one to a case."""
