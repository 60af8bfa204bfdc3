"""A second, slow computation of a case, from the description of the format alone.

Plain loops, plain floats, no arrays and nothing of the engine: two computations that share no
code and agree are worth more than one that is tested against itself.

    appraise(case, catalogue)   the numbers of one case, as a dict of the shape of the JSON result
    plain_catalogue(folder)     the catalogue read from the project's YAML files
    changed(case, catalogue, changes)   a case after the changes of a scenario or an alternative
"""

from .appraisal import appraise
from .catalogue import plain_catalogue
from .changes import changed
from .distributions import expected, most_likely
from .returns import internal_rate_of_return, real_roots

__all__ = [
    "appraise",
    "changed",
    "expected",
    "internal_rate_of_return",
    "most_likely",
    "plain_catalogue",
    "real_roots",
]
