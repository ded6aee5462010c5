"""Laws of stay: how long people are in a stage, each turned once into a table that engines read."""

from bedspace.engine.stays.compound import AtLeast, Mixture, Scaled
from bedspace.engine.stays.formulas import Exponential, Fixed, Gamma, Lognormal, Never, Weibull
from bedspace.engine.stays.law import LONGEST, TICKS, LawOfStay
from bedspace.engine.stays.observed import Empirical, Piecewise
from bedspace.engine.stays.tables import Table, stay_ticks, table

__all__ = [
    "LONGEST",
    "TICKS",
    "AtLeast",
    "Empirical",
    "Exponential",
    "Fixed",
    "Gamma",
    "LawOfStay",
    "Lognormal",
    "Mixture",
    "Never",
    "Piecewise",
    "Scaled",
    "Table",
    "Weibull",
    "stay_ticks",
    "table",
]
