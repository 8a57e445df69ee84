"""The geometry of charts: numbers to places in percent of the picture. Labels are ordinary text
beside it, which grows with the type and is read aloud; the pictures themselves are decoration."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, log10

_LEAST = 0.6  # percent: what is there is seen
_FILLED = 0.62  # of the room that a column has


@dataclass(frozen=True, kw_only=True)
class Place:
    """A rectangle, in percent from the upper left."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A line across, with what it stands for."""

    y: float
    value: float


def length(value: float | None, most: float) -> float:
    """How long a bar is, in percent of the longest that there can be."""
    if not value or most <= 0:
        return 0.0
    return round(min(100.0, max(_LEAST, value / most * 100)), 2)


def scale(values: Iterable[float | None], *, is_rate: bool) -> float:
    """What the full height stands for: 1 for rates, else a round number above them all."""
    if is_rate:
        return 1.0
    most = max((value for value in values if value), default=0.0)
    if most <= 0:
        return 1.0
    step = 10.0 ** ceil(log10(most) - 1)
    found: float = next(top for top in (step, 2 * step, 5 * step, 10 * step) if top >= most)
    return found


def columns(values: Sequence[float | None], most: float) -> tuple[Place, ...]:
    """Columns side by side, standing on the lower edge."""
    room = 100 / len(values) if values else 0.0
    places = []
    for at, value in enumerate(values):
        height = length(value, most)
        places.append(
            Place(
                x=round(at * room + room * (1 - _FILLED) / 2, 2),
                y=round(100 - height, 2),
                width=round(room * _FILLED, 2),
                height=height,
            )
        )
    return tuple(places)


def ticks(most: float, parts: int = 2) -> tuple[Tick, ...]:
    """Lines across, the topmost for the full height."""
    return tuple(
        Tick(y=round(100 - 100 * at / parts, 2), value=most * at / parts)
        for at in range(parts, 0, -1)
    )
