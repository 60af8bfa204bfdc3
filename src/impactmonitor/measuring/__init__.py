"""What was measured: which records count, how they add up, and how far that is on the way.

Plain functions on records of measurements. They know no file, no effect in euros and no plan.
"""
