"""Who should pay: from a wrong pocket to a financing that holds.

Functions on plain arrays (side payments, cost keys, claims, schedules) and on the result of a case
(pockets, arrangements, shared costs, instruments, contracts).
"""

from impactmonitor.financing.arranged_case import with_payments
from impactmonitor.financing.arrangement import Arranged, arrange
from impactmonitor.financing.chances import chances_of, drawn
from impactmonitor.financing.distribution import distribution_of, welfare_weight
from impactmonitor.financing.pockets import Pockets, pockets_of
from impactmonitor.financing.result import Financing, financing_of
from impactmonitor.financing.side_payments import (
    Conditions,
    Payments,
    Timing,
    payments_over_time,
    side_payments,
)

__all__ = [
    "Arranged",
    "Conditions",
    "Financing",
    "Payments",
    "Pockets",
    "Timing",
    "arrange",
    "chances_of",
    "distribution_of",
    "drawn",
    "financing_of",
    "payments_over_time",
    "pockets_of",
    "side_payments",
    "welfare_weight",
    "with_payments",
]
