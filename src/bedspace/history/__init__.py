"""What was counted: tables of prison populations as they are published, read with their traps.

It knows no scenario, engine or forecast.
"""

from bedspace.history.series import Series, frequency, series

__all__ = ["Series", "frequency", "series"]
