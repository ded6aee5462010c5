"""What a rented place costs: fee schedules, invoices by month, and prices. Decimal throughout."""

from bedspace.rules.fees.converting import Rates, converted, in_prices_of, real
from bedspace.rules.fees.invoicing import Invoice, Line, invoice
from bedspace.rules.fees.money import Money, currencies, minor_unit, rounded, shown
from bedspace.rules.fees.parts import (
    PARTS,
    PURPOSES,
    After,
    Fixed,
    Minimum,
    Part,
    Per,
    PerPerson,
    PerPlace,
    PerUse,
    Purpose,
    Tier,
    Tiers,
    Transport,
    Yearly,
)
from bedspace.rules.fees.prices import headline_price, price_used, yearly_fee
from bedspace.rules.fees.schedule import EarlyEnd, Schedule
from bedspace.rules.fees.series import Series, anniversaries, growth, reach
from bedspace.rules.fees.use import MonthUse

__all__ = [
    "PARTS",
    "PURPOSES",
    "After",
    "EarlyEnd",
    "Fixed",
    "Invoice",
    "Line",
    "Minimum",
    "Money",
    "MonthUse",
    "Part",
    "Per",
    "PerPerson",
    "PerPlace",
    "PerUse",
    "Purpose",
    "Rates",
    "Schedule",
    "Series",
    "Tier",
    "Tiers",
    "Transport",
    "Yearly",
    "anniversaries",
    "converted",
    "currencies",
    "growth",
    "headline_price",
    "in_prices_of",
    "invoice",
    "minor_unit",
    "price_used",
    "reach",
    "real",
    "rounded",
    "shown",
    "yearly_fee",
]
