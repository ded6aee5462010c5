"""What a rented place costs: fee schedules, invoices by month, and prices. Decimal throughout."""

from bedspace.rules.fees.invoicing import Invoice, Line, MonthUse, invoice
from bedspace.rules.fees.parts import (
    Fixed,
    Minimum,
    Money,
    Part,
    PerPlace,
    PerUse,
    Schedule,
    Transport,
    Yearly,
)
from bedspace.rules.fees.prices import break_even, headline_price, price_used, yearly_fee

__all__ = [
    "Fixed",
    "Invoice",
    "Line",
    "Minimum",
    "Money",
    "MonthUse",
    "Part",
    "PerPlace",
    "PerUse",
    "Schedule",
    "Transport",
    "Yearly",
    "break_even",
    "headline_price",
    "invoice",
    "price_used",
    "yearly_fee",
]
