"""How long people stay: the laws that a stage may have."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

from pydantic import BeforeValidator, model_validator

from bedspace.scenario.values.quantities import Quantity, QuantityError, parse
from bedspace.scenario.values.typed import (
    Days,
    Hazard,
    Part,
    PositiveDays,
    Shape,
    Share,
    Sigma,
    YesNo,
    refuse,
)


class MeanLaw(Part):
    """Exponential: the chance to leave does not depend on the time already spent."""

    mean: PositiveDays
    """Mean length of stay."""


class LognormalLaw(Part):
    """Lognormal: many short stays and a long tail."""

    mean: PositiveDays
    """Mean length of stay (not the median)."""
    sigma: Sigma
    """Standard deviation of the logarithm of the stay."""


class ShapeLaw(Part):
    """Weibull or gamma."""

    mean: PositiveDays
    """Mean length of stay."""
    shape: Shape
    """Shape: 1 gives the exponential law; below 1, the tail is longer."""


class HazardPiece(Part):
    """A part of a stay with a constant chance to leave."""

    until: PositiveDays | None = None
    """Time from the beginning of the stay to the beginning of the next part; the last part has
    none."""
    rate: Hazard
    """Share of those still there who leave within a day, week or month, below 100 %. A share s
    within n days is a constant hazard of -ln(1 - s) / n a day."""


def _probability(raw: object) -> str:
    if not isinstance(raw, str):
        raise refuse("a key is no share", "write it like 50 %")
    try:
        parse(raw, "share")
    except QuantityError as error:
        raise refuse(error.what, error.mend) from None
    return raw.strip()


Probability = Annotated[str, BeforeValidator(_probability)]


class Stay(Part):
    """How long people stay in a stage: exactly one law."""

    exponential: MeanLaw | None = None
    """Exponential law."""
    lognormal: LognormalLaw | None = None
    """Lognormal law."""
    weibull: ShapeLaw | None = None
    """Weibull law."""
    gamma: ShapeLaw | None = None
    """Gamma law."""
    fixed: PositiveDays | None = None
    """Everybody stays exactly this long."""
    indefinite: YesNo | None = None
    """`true`: nobody leaves."""
    piecewise: tuple[HazardPiece, ...] | None = None
    """A chance to leave that differs between parts of the stay; the last part has no end."""
    quantiles: dict[Probability, Days] | None = None
    """Observed stays: share of the people -> the longest stay among them, from 0 % to 100 %.
    Between two of these, stays are spread evenly."""
    mixture: tuple[MixturePart, ...] | None = None
    """Several laws, each for a share of the people; the shares sum to 1."""

    @model_validator(mode="after")
    def _one_law(self) -> Stay:
        given = sorted(self.model_fields_set)
        if len(given) != 1:
            raise refuse(
                f"{len(given)} laws of stay are given" if given else "no law of stay is given",
                f"give exactly one of {', '.join(type(self).model_fields)}",
            )
        if self.indefinite is False:
            raise refuse("indefinite: false says nothing", "give the law of stay itself")
        if self.mixture is not None and not self.mixture:
            raise refuse("the mixture is empty", "give its parts, each with share and stay")
        if self.piecewise is not None:
            _check_pieces(self.piecewise)
        if self.quantiles is not None:
            _check_quantiles(self.points)
        return self

    @property
    def kind(self) -> str:
        """The law's key: the name of the field that is given."""
        return next(iter(self.model_fields_set))

    @property
    def points(self) -> tuple[tuple[float, Quantity], ...]:
        """The quantiles as (probability, stay), ascending."""
        found = {parse(text, "share").value: days for text, days in (self.quantiles or {}).items()}
        return tuple(sorted(found.items()))

    @property
    def parts(self) -> tuple[tuple[Quantity, Stay], ...]:
        """The mixture's parts as (share, stay)."""
        return tuple((part.share, part.stay) for part in self.mixture or ())


class MixturePart(Part):
    """One part of a mixture of stays."""

    share: Share
    """Share of the people who stay by this law."""
    stay: Stay
    """Their law."""


def _check_pieces(pieces: tuple[HazardPiece, ...]) -> None:
    if not pieces:
        raise refuse("the pieces are none", "give at least one rate", "piecewise")
    *bounded, last = pieces
    if last.until is not None or last.rate.value == 0:
        wrong = "ends" if last.until is not None else "lets nobody leave"
        raise refuse(
            f"the last piece {wrong}",
            "let it have no until, and a rate above 0",
            "piecewise",
            str(len(bounded)),
        )
    before = 0.0
    for i, piece in enumerate(bounded):
        if piece.until is None or piece.until.value <= before:
            raise refuse(
                "the pieces do not follow each other",
                "give each until, later than the one before",
                "piecewise",
                str(i),
            )
        before = piece.until.value


def _check_quantiles(points: tuple[tuple[float, Quantity], ...]) -> None:
    if len(points) < 2 or points[0][0] != 0 or points[-1][0] != 1:
        raise refuse("the quantiles are not whole", "give those of 0 % and 100 %", "quantiles")
    for (_, before), (_, days) in pairwise(points):
        if days.value < before.value:
            raise refuse(
                f"the quantiles fall from {before.text} to {days.text}",
                "let more of the people stay at least as long",
                "quantiles",
            )


Stay.model_rebuild()
