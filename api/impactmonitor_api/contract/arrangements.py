"""A result with the payments after which nobody loses."""

from __future__ import annotations

from impactmonitor_api.contract.fields import told
from impactmonitor_api.contract.financing import ArrangementOut, Financing
from impactmonitor_api.contract.results import Evaluation


class ArrangedFinancing(Financing):
    """Who pays and gains, with payments between them."""

    arrangement: ArrangementOut = told("Payments between actors.")


class Arrangement(Evaluation):
    """A result with its arrangement, as `impactmonitor arrange --json` prints it."""

    financing: ArrangedFinancing = told("Who pays and gains, with payments between them.")
