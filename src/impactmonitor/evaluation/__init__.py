"""Evaluate a case: the order of the steps, and the frozen result."""

from impactmonitor.evaluation.result import Evaluation, Party
from impactmonitor.evaluation.steps import evaluate, find_problems

__all__ = ["Evaluation", "Party", "evaluate", "find_problems"]
