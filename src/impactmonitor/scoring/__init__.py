"""Scores of what euros do not say: value functions, weights, comparison, agreement, ranking.

One operation each on plain arrays, which know no case and no file.
"""
