"""The appraisal: one operation each, on arrays, and the program and ledger that join them.

Arrays have up to three axes, always in this order: strand or line, year, draw. A *strand* is
the smallest thing with one moment in the year and one discount class; a line is one strand or
several. The point estimate is a single draw.
"""
