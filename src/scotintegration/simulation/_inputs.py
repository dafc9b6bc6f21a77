"""What a simulation needs and what it gives, as arrays with named axes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import attrs
import numpy as np
import numpy.typing as npt

from scotintegration.simulation._apportion import MOST_FUNCTIONS, MOST_PENCE

if TYPE_CHECKING:
    from scotintegration.simulation._events import EventLog

__all__ = ["GROUPS", "MEETINGS", "MONTHS", "History", "Inputs", "Outputs", "Totals"]

MONTHS = 12
"""Months in a financial year, April first."""

MEETINGS = 6
"""Meetings of the board in a year, after each second month."""

GROUPS = ("health board", "council", "others")
"""Groups of voting members; the first two are the sides of the constituent authorities."""

Pence = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

MOST_GROWTH = 10.0
_MOST_MEMBERS = 100


def _frozen(dtype: type[np.generic], array: object) -> npt.NDArray[Any]:
    """Copy an array and close it to writing; plain numbers are taken in the right type if they fit it."""
    given = np.array(array)
    fitted = given if isinstance(array, np.ndarray) else given.astype(dtype)
    kept = fitted if np.array_equal(fitted, given) else given
    kept.setflags(write=False)
    return kept


def _array(dtype: type[np.generic]) -> Any:
    """Field for a closed array that is compared by its values."""
    return attrs.field(
        converter=lambda array: _frozen(dtype, array), eq=attrs.cmp_using(eq=np.array_equal), metadata={"dtype": dtype}
    )


@attrs.frozen(kw_only=True)
class Inputs:
    """
    What a simulation of partnerships over financial years needs.

    A partnership with fewer functions than the widest has places that stand for no function: their
    arm is -1 and their budget 0. They draw nothing and are counted nowhere.

    Attributes:
        budgets_pence: Annual budgets, shape ``(years, partnerships, functions)``, int64,
            each from 0, at most 10**13 for one partnership in one year.
        growth: Spending over budget, chance aside, same shape, float64, 0 to 10.
        volatility: Standard deviation of a month's spending over its budget, 0 to 1.
        arm: Who provides a function, shape ``(partnerships, functions)``, int8: 0 the
            Health Board, 1 the council, -1 no function.
        voting_members: Members entitled to vote at each meeting, by group (Health Board,
            council, others), shape ``(years, 6, partnerships, 3)``, int64, each 0 to 100.
        quorum: Fewest voting members present for business, shape
            ``(years, 6, partnerships)``, int64, from 0.
        both_sides: Whether a quorum also needs one member from each side.
        attendance: Probability that a voting member attends, 0 to 1.
        opening_reserve_pence: General reserve at the start of the first year, shape
            ``(partnerships,)``, int64, 0 to 10**13.

    Raises:
        ValueError: If a shape, a dtype or a number is not as described.

    Source:
        Our choice: the smallest set of arrays that the specified year follows from.

    >>> inputs = Inputs.reference(np.full((1, 20), 10**9), np.ones((3, 1, 20)))
    >>> inputs.years, inputs.partnerships, inputs.functions, inputs.seats
    (3, 1, 20, (4, 4, 0))
    >>> inputs.opening_reserve_pence
    array([400000000])

    .. versionadded:: 0.1.0
    """

    budgets_pence: Pence = _array(np.int64)
    growth: Floats = _array(np.float64)
    volatility: float = attrs.field(converter=float)
    arm: npt.NDArray[np.int8] = _array(np.int8)
    voting_members: Counts = _array(np.int64)
    quorum: Counts = _array(np.int64)
    both_sides: bool = attrs.field(default=True, converter=bool)
    attendance: float = attrs.field(converter=float)
    opening_reserve_pence: Pence = _array(np.int64)

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be simulated."""
        if self.budgets_pence.ndim != 3 or 0 in self.budgets_pence.shape:
            shape = self.budgets_pence.shape
            raise ValueError(
                f"budgets_pence has shape {shape}; expected (years, partnerships, functions), none of them 0"
            )
        years, partnerships, functions = self.budgets_pence.shape
        if functions > MOST_FUNCTIONS:
            raise ValueError(f"budgets_pence has {functions} functions; expected at most {MOST_FUNCTIONS}")
        shapes = {
            "growth": (years, partnerships, functions),
            "arm": (partnerships, functions),
            "voting_members": (years, MEETINGS, partnerships, len(GROUPS)),
            "quorum": (years, MEETINGS, partnerships),
            "opening_reserve_pence": (partnerships,),
        }
        fields = attrs.fields_dict(type(self))
        for name in ("budgets_pence", *shapes):
            array, dtype = getattr(self, name), np.dtype(fields[name].metadata["dtype"])
            if array.dtype != dtype:
                raise ValueError(f"{name} has dtype {array.dtype}; expected {dtype}")
            if array.shape != shapes.get(name, array.shape):
                raise ValueError(f"{name} has shape {array.shape}; expected {shapes[name]}")
        for name, least, most in (
            ("budgets_pence", 0, MOST_PENCE),
            ("growth", 0.0, MOST_GROWTH),
            ("volatility", 0.0, 1.0),
            ("arm", -1, 1),
            ("voting_members", 0, _MOST_MEMBERS),
            ("quorum", 0, len(GROUPS) * _MOST_MEMBERS),
            ("attendance", 0.0, 1.0),
            ("opening_reserve_pence", 0, MOST_PENCE),
        ):
            within(name, np.asarray(getattr(self, name)), least, most)
        within("budgets_pence of a partnership in a year", self.budgets_pence.sum(axis=2), 0, MOST_PENCE)
        if (self.budgets_pence * (self.arm < 0)).any():
            raise ValueError("budgets_pence has money where arm is -1; expected 0 there, as arm -1 is no function")

    @classmethod
    def reference(
        cls, budgets_pence: Pence, growth: Floats, *, volatility: float = 0.05, attendance: float = 0.85
    ) -> Self:
        """
        Build the reference year: eight voters, a quorum of four, a reserve of 2%.

        Args:
            budgets_pence: Shape ``(partnerships, functions)``, int64, the same every year; the
                first half of the functions is the Health Board's, the rest the council's.
            growth: Shape ``(years, partnerships, functions)``, float64, 0 to 10.
            volatility: From 0 to 1.
            attendance: From 0 to 1.

        Returns:
            Inputs with four voting members of each side, of whom four must be present
            and one of each side.

        Raises:
            ValueError: If a shape, a dtype or a number is not as described.

        Source:
            Our choice, for comparison with other engines; from 1 September 2026 the
            law has more voting members than these (SSI 2025/405).

        .. versionadded:: 0.1.0
        """
        budgets, factors = np.asarray(budgets_pence), np.asarray(growth)
        if budgets.ndim != 2 or factors.shape[1:] != budgets.shape:
            got = f"budgets_pence has shape {budgets.shape}, growth {factors.shape}"
            raise ValueError(f"{got}; expected (partnerships, functions) and (years, partnerships, functions)")
        years, (partnerships, functions) = len(factors), budgets.shape
        arm = np.arange(functions) >= functions // 2
        return cls(
            budgets_pence=np.broadcast_to(budgets, factors.shape),
            growth=factors,
            volatility=volatility,
            arm=np.broadcast_to(arm.astype(np.int8), budgets.shape),
            voting_members=np.broadcast_to(np.array([4, 4, 0]), (years, MEETINGS, partnerships, len(GROUPS))),
            quorum=np.full((years, MEETINGS, partnerships), 4),
            attendance=attendance,
            opening_reserve_pence=2 * budgets.sum(axis=1) // 100,
        )

    @property
    def years(self) -> int:
        """Financial years simulated."""
        return int(self.budgets_pence.shape[0])

    @property
    def partnerships(self) -> int:
        """Partnerships simulated side by side."""
        return int(self.budgets_pence.shape[1])

    @property
    def functions(self) -> int:
        """Places for functions in each partnership, those of arm -1 included."""
        return int(self.budgets_pence.shape[2])

    @property
    def seats(self) -> tuple[int, int, int]:
        """Most voting members that each group has at any meeting."""
        health_board, council, others = self.voting_members.max(axis=(0, 1, 2)).tolist()
        return health_board, council, others


def within(name: str, array: npt.NDArray[Any], least: float, most: float) -> None:
    """
    Refuse an array with a number out of bounds, or with none at all (NaN).

    Args:
        name: What the message calls the array.
        array: Of any shape.
        least: Smallest number allowed.
        most: Largest number allowed.

    Raises:
        ValueError: If a number is out of bounds.
    """
    if array.size and not (array.min() >= least and array.max() <= most):
        worst = array[~((array >= least) & (array <= most))].reshape(-1)[0] if array.ndim else array
        raise ValueError(f"{name} holds {worst}; expected {least} to {most}")


@attrs.frozen(kw_only=True, eq=False)
class History:
    """
    What happened month by month, enough to turn one run back into values.

    Attributes:
        spent_pence: Spent since 1 April, at the end of each month, shape
            ``(runs, years, 12, partnerships, functions)``, int64.
        amount_pence: Directed for the year, at the end of each month (after its meeting),
            same shape, int64.
        quorate: Whether each meeting had its quorum, shape ``(runs, years, 6, partnerships)``.

    .. versionadded:: 0.1.0
    """

    spent_pence: Pence
    amount_pence: Pence
    quorate: npt.NDArray[np.bool_]


@attrs.frozen(kw_only=True, eq=False)
class Outputs:
    """
    Yearly results of every run; arrays of shape ``(runs, partnerships, years)``.

    Attributes:
        first: Number of the first run.
        directions: Directions issued and varied in the year, int16.
        deferred: Meetings without a quorum, which decided nothing, int8.
        reserve_pence: General reserve at the year's end, int64.
        top_health_board_pence: Additional payment by the Health Board to settle the year, int64.
        top_council_pence: Additional payment by the council to settle the year, int64.
        events: Directions varied, shape ``(events, 8)``, int64: run, partnership, year (0 the
            first), month (1 April, 12 March), function, old amount, new amount, and source
            (1 same arm, 2 other arm, 3 general reserve); sorted by run, partnership, year,
            month, source and function. Laid out when first read; absent unless asked for.
        log: The same events as they were noted, in less room, for who only counts or keeps them.
        history: Month by month. Absent unless asked for.

    .. versionadded:: 0.1.0
    """

    first: int
    directions: npt.NDArray[np.int16]
    deferred: npt.NDArray[np.int8]
    reserve_pence: Pence
    top_health_board_pence: Pence
    top_council_pence: Pence
    log: EventLog | Pence | None = attrs.field(default=None, alias="events")
    history: History | None = None

    @property
    def events(self) -> Pence | None:
        """Directions varied, as a table."""
        return None if self.log is None else np.asarray(self.log)


@attrs.frozen(kw_only=True, eq=False)
class Totals:
    """
    Sums over runs of the yearly results; int64 arrays of shape ``(partnerships, years)``.

    Attributes:
        runs: How many runs were added up.
        directions: Directions issued and varied.
        deferred: Meetings without a quorum.
        reserve_pence: General reserves at the year's end.
        top_health_board_pence: Additional payments by the Health Board.
        top_council_pence: Additional payments by the council.

    .. versionadded:: 0.1.0
    """

    runs: int
    directions: Counts
    deferred: Counts
    reserve_pence: Pence
    top_health_board_pence: Pence
    top_council_pence: Pence
