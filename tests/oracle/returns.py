"""Rates of return and pay-back, from amounts at moments."""

import math

LOWEST_RATE, HIGHEST_RATE = -0.9999, 10.0
NOTHING = 1e-12  # of the sum of absolute values: a sum that small is rounding
TOUCHING = 1e-12  # of the same: how near to zero counts as touching it

Terms = list[tuple[float, float]]  # (moment, amount), moments ascending, amounts not zero


def net_by_moment(flows: Terms) -> Terms:
    """Amounts added up per moment; moments at which they cancel are left out."""
    by_moment: dict[float, list[float]] = {}
    for moment, amount in flows:
        by_moment.setdefault(moment, []).append(amount)
    result = []
    for moment in sorted(by_moment):
        amounts = by_moment[moment]
        net = math.fsum(amounts)
        if abs(net) > NOTHING * math.fsum(abs(a) for a in amounts):
            result.append((moment, net))
    return result


def internal_rate_of_return(flows: Terms) -> dict:
    """Rule of §5: the only root in the open range, else null with the reason."""
    terms = net_by_moment(flows)
    if len(terms) == 1:
        return {"value": None, "reason": "no_time_spread", "roots": []}
    roots = real_roots(terms) if terms else []
    if not roots:
        return {"value": None, "reason": "no_sign_change", "roots": []}
    if len(roots) > 1:
        return {"value": None, "reason": "several_roots", "roots": roots}
    return {"value": roots[0], "reason": None, "roots": roots}


def real_roots(terms: Terms) -> list[float]:
    """All i in the open range with Σ amount · (1 + i)^(−moment) = 0, ascending."""
    low, high = math.log1p(LOWEST_RATE), math.log1p(HIGHEST_RATE)
    return [math.expm1(x) for x in zeros(terms, low, high) if low < x < high]


def zeros(terms: Terms, low: float, high: float) -> list[float]:
    """All x with f(x) = Σ amount · e^(−moment · x) = 0 between low and high.

    Between two zeros of e^(pivot·x) · f lies a zero of its derivative (Rolle), which is a sum of
    the same kind with the amounts × (pivot − moment). With the pivot between two moments where
    the sign changes, the derivative has one sign change less, and a sum without a sign change has
    no zero: so the descent ends, and between neighbouring stationary points bisection is safe.
    """
    at_change = [k for k in range(1, len(terms)) if (terms[k - 1][1] > 0) != (terms[k][1] > 0)]
    if not at_change:
        return []
    k = at_change[len(at_change) // 2]
    pivot = (terms[k - 1][0] + terms[k][0]) / 2
    stationary = zeros([(t, a * (pivot - t)) for t, a in terms], low, high)
    points = [low, *stationary, high]
    signs = [sign(terms, x) for x in points]
    found = [x for x, s in zip(points[1:-1], signs[1:-1], strict=True) if s == 0]
    for k in range(1, len(points)):
        if signs[k - 1] * signs[k] < 0:
            found.append(bisect(terms, points[k - 1], points[k], signs[k - 1]))
    return sorted(found)


def sign(terms: Terms, x: float) -> int:
    relative = relative_size(terms, x)
    return 0 if abs(relative) <= TOUCHING else (1 if relative > 0 else -1)


def relative_size(terms: Terms, x: float) -> float:
    """f(x) ÷ the sum of its absolute terms, safe from overflow."""
    logs = [math.log(abs(a)) - t * x for t, a in terms]
    top = max(logs)
    parts = [math.copysign(math.exp(e - top), a) for e, (_, a) in zip(logs, terms, strict=True)]
    return math.fsum(parts) / math.fsum(abs(p) for p in parts)


def bisect(terms: Terms, low: float, high: float, sign_low: int) -> float:
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if relative_size(terms, middle) * sign_low > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def modified_rate(
    flows: list[tuple[float, float, float]], standard_factor_at_end: float
) -> float | None:
    """((PV of positive moments) ÷ D(T) ÷ |PV of negative moments|)^(1 ÷ T) − 1.

    `flows` are (moment, amount, present value) per line; T is the last moment with an amount.
    """
    last = max((moment for moment, amount, _ in flows if amount != 0), default=0)
    by_moment: dict[float, list[float]] = {}
    for moment, _, present in flows:
        by_moment.setdefault(moment, []).append(present)
    nets = [0.0]
    for presents in by_moment.values():
        net = math.fsum(presents)
        if abs(net) > NOTHING * math.fsum(abs(p) for p in presents):
            nets.append(net)
    gained = math.fsum(n for n in nets if n > 0)
    lost = -math.fsum(n for n in nets if n < 0)
    if last == 0 or gained == 0 or lost == 0:
        return None
    if not 0 < standard_factor_at_end < math.inf:
        return None
    return (gained / standard_factor_at_end / lost) ** (1 / last) - 1


def payback_year(base_year: int, net_by_year: list[float]) -> int | None:
    """First year from which the running sum stays at or above zero to the end."""
    running, sums = 0.0, []
    for net in net_by_year:
        running += net
        sums.append(running)
    slack = 1e-9 * max((abs(s) for s in sums), default=0.0)
    below = [k for k, s in enumerate(sums) if s < -slack]
    if not below:
        return base_year
    return base_year + below[-1] + 1 if below[-1] + 1 < len(sums) else None
