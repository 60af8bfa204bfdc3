"""What is measured, how, and beside what: ``python -m benchmarks``.

Everything computes on one thread, unless a table says otherwise. That is asked here, because numpy
looks once, when it is imported.
"""

import os

for _name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[_name] = "1"
