"""Expected values and modes of uncertain numbers, cut off at the range of their field."""

import math
from statistics import NormalDist
from typing import Any, NamedTuple

from scipy.special import betainc

INF = math.inf


class Bounds(NamedTuple):
    """What a field may hold; `open` when the lowest value itself may not."""

    low: float = -INF
    high: float = INF
    open: bool = False

    def admits(self, x: float) -> bool:
        return (self.low < x if self.open else self.low <= x) and x <= self.high

    def clip(self, x: float) -> float:
        return min(max(x, self.low), self.high)

    def both(self, other: "Bounds") -> "Bounds":
        low = max(self.low, other.low)
        is_open = any(b.open for b in (self, other) if b.low == low)
        return Bounds(low, min(self.high, other.high), is_open)


ANY = Bounds()
FROM_ZERO = Bounds(low=0.0)
SHARE = Bounds(0.0, 1.0)
ABOVE_MINUS_ONE = Bounds(low=-1.0, open=True)


# --------------------------------------------------------------------------- the two readings


def expected(node: Any, bounds: Bounds = ANY) -> float:
    """The expected value of a number or an uncertain number; `central` overrides it."""
    if not isinstance(node, dict):
        return float(node)
    if "central" in node:
        return float(node["central"])
    kind, shape = parameters_of(node)
    if kind == "constant":
        return shape[0]
    return MEAN_WITHIN[kind](*shape, bounds)


def most_likely(node: Any, bounds: Bounds = ANY) -> float:
    """The mode of a number or an uncertain number; `central` overrides it."""
    if not isinstance(node, dict):
        return float(node)
    if "central" in node:
        return float(node["central"])
    kind, shape = parameters_of(node)
    if kind == "constant":
        return shape[0]
    if kind == "discrete":
        return discrete_mode(*shape, bounds)
    if kind == "uniform":  # the midpoint of what is left of it
        return (bounds.clip(shape[0]) + bounds.clip(shape[1])) / 2
    return bounds.clip(MODE[kind](*shape))


def parameters_of(node: dict) -> tuple[str, tuple]:
    """The family of a distribution with its usual parameters; no spread at all is a constant."""
    (kind,) = [k for k in node if k != "central"]
    given = node[kind]
    if kind in ("pert", "triangular", "uniform"):
        points = tuple(float(x) for x in given)
        if points[0] == points[-1]:
            return "constant", points[:1]
        return kind, points
    if kind == "normal":
        return normal_or_constant(float(given["mean"]), float(given["sd"]))
    if kind == "lognormal":
        z = NormalDist().inv_cdf(0.95)
        top = math.log(given["p95"])
        if "median" in given:
            mu = math.log(given["median"])
            return lognormal_or_constant(mu, (top - mu) / z)
        bottom = math.log(given["p05"])
        return lognormal_or_constant((bottom + top) / 2, (top - bottom) / (2 * z))
    if kind == "beta":
        mean, sd = float(given["mean"]), float(given["sd"])
        if sd == 0:
            return "constant", (mean,)
        size = mean * (1 - mean) / sd**2 - 1
        return "beta", (mean * size, (1 - mean) * size)
    if kind == "counts":
        events, n = given["events"], given["n"]
        return "beta", (events + 0.5, n - events + 0.5)
    if kind == "interval":
        low, high = float(given["low"]), float(given["high"])
        z = NormalDist().inv_cdf((1 + given.get("coverage", 0.9)) / 2)
        if low <= 0:
            return normal_or_constant((low + high) / 2, (high - low) / (2 * z))
        mu = (math.log(low) + math.log(high)) / 2
        return lognormal_or_constant(mu, (math.log(high) - math.log(low)) / (2 * z))
    if kind == "discrete":
        return "discrete", (tuple(given["values"]), tuple(given["probabilities"]))
    raise ValueError(f"no such distribution: {kind}")


def normal_or_constant(mean: float, sd: float) -> tuple[str, tuple]:
    return ("constant", (mean,)) if sd == 0 else ("normal", (mean, sd))


def lognormal_or_constant(mu: float, sigma: float) -> tuple[str, tuple]:
    return ("constant", (math.exp(mu),)) if sigma == 0 else ("lognormal", (mu, sigma))


# ------------------------------------------------------------- means of truncated distributions


def density(z: float) -> float:
    """The standard normal density."""
    return math.exp(-z * z / 2) / math.sqrt(2 * math.pi)


def mass(a: float, b: float) -> float:
    """The standard normal probability between a and b, taken in the thinner tail."""
    if a > 0:
        a, b = -b, -a
    return (math.erfc(-b / math.sqrt(2)) - math.erfc(-a / math.sqrt(2))) / 2


def normal_mean(mean: float, sd: float, bounds: Bounds) -> float:
    a, b = (bounds.low - mean) / sd, (bounds.high - mean) / sd
    if a == -INF and b == INF:
        return mean
    return mean + sd * (density(a) - density(b)) / mass(a, b)


def lognormal_mean(mu: float, sigma: float, bounds: Bounds) -> float:
    a = (math.log(bounds.low) - mu) / sigma if bounds.low > 0 else -INF
    b = (math.log(bounds.high) - mu) / sigma if bounds.high < INF else INF
    return math.exp(mu + sigma**2 / 2) * mass(a - sigma, b - sigma) / mass(a, b)


def uniform_mean(low: float, high: float, bounds: Bounds) -> float:
    return (bounds.clip(low) + bounds.clip(high)) / 2


def triangular_mean(low: float, mode: float, high: float, bounds: Bounds) -> float:
    """First moment ÷ mass, the density being a straight line on either side of the mode."""
    if bounds.low <= low and high <= bounds.high:
        return (low + mode + high) / 3
    total = moment = 0.0
    for foot, other in ((low, mode), (high, mode)):
        # density(x) = slope · (x − foot) between the foot and the mode
        if foot == other:
            continue
        slope = 2 / ((high - low) * (other - foot))
        start, end = bounds.clip(min(foot, other)), bounds.clip(max(foot, other))
        u, v = start - foot, end - foot
        piece = slope * (v**2 - u**2) / 2
        total += piece
        moment += foot * piece + slope * (v**3 - u**3) / 3
    return moment / total


def pert_mean(low: float, mode: float, high: float, bounds: Bounds) -> float:
    """A beta stretched over low … high, of shape 4: (low + 4·mode + high) ÷ 6 when not cut."""
    if bounds.low <= low and high <= bounds.high:
        return (low + 4 * mode + high) / 6
    width = high - low
    a, b = 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width
    inner = Bounds((bounds.clip(low) - low) / width, (bounds.clip(high) - low) / width)
    return low + width * beta_mean(a, b, inner)


def beta_mean(a: float, b: float, bounds: Bounds) -> float:
    """x times the density of beta(a, b) is a ÷ (a + b) times the density of beta(a + 1, b)."""
    if bounds.low <= 0 and bounds.high >= 1:
        return a / (a + b)
    start, end = max(bounds.low, 0.0), min(bounds.high, 1.0)
    return a / (a + b) * beta_mass(a + 1, b, start, end) / beta_mass(a, b, start, end)


def beta_mass(a: float, b: float, start: float, end: float) -> float:
    """Probability of a beta between start and end, taken in the thinner tail."""
    if start > a / (a + b):
        return float(betainc(b, a, 1 - start) - betainc(b, a, 1 - end))
    return float(betainc(a, b, end) - betainc(a, b, start))


def discrete_mean(values: tuple, probabilities: tuple, bounds: Bounds) -> float:
    kept = [(v, p) for v, p in zip(values, probabilities, strict=True) if bounds.admits(v)]
    return math.fsum(v * p for v, p in kept) / math.fsum(p for _, p in kept)


def discrete_mode(values: tuple, probabilities: tuple, bounds: Bounds) -> float:
    """The most probable of the values left, the lowest at a tie."""
    chance: dict[float, float] = {}
    for v, p in zip(values, probabilities, strict=True):
        if bounds.admits(v):
            chance[float(v)] = chance.get(float(v), 0.0) + p
    best = max(chance.values())
    return min(v for v, p in chance.items() if p == best)


MEAN_WITHIN = {
    "normal": normal_mean,
    "lognormal": lognormal_mean,
    "uniform": uniform_mean,
    "triangular": triangular_mean,
    "pert": pert_mean,
    "beta": beta_mean,
    "discrete": discrete_mean,
}


# ---------------------------------------------------------------------------------------- modes


def beta_mode(a: float, b: float) -> float:
    """The inner mode; without one the mean."""
    return (a - 1) / (a + b - 2) if a > 1 and b > 1 else a / (a + b)


MODE = {
    "normal": lambda mean, sd: mean,
    "lognormal": lambda mu, sigma: math.exp(mu - sigma**2),
    "triangular": lambda low, mode, high: mode,
    "pert": lambda low, mode, high: mode,
    "beta": beta_mode,
}
