"""The law as at a date: who votes, what is a quorum, and the dated parameters behind both."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import attrs

from scotintegration._fields import each, named, to_day
from scotintegration._shown import Shown
from scotintegration.citations import Citation, cite
from scotintegration.dates import Interval
from scotintegration.errors import NotFoundError
from scotintegration.officers import Member, Route

__all__ = ["PARAMETERS", "Law", "Parameter"]


@attrs.frozen(kw_only=True)
class Parameter(Shown):
    """
    One quantity of the law and the days on which it had one value.

    Attributes:
        name: Its name, such as ``"voting routes"``.
        value: Its value: routes, or a number.
        days: The days on which it had that value.
        citation: Where the value stands.
        amended_by: The instrument that brought it, where it is not the first.
        touches: Ids of the rules whose answer its coming may change, those that depend on it included.

    Source:
        The citation of each.

    >>> [str(one.amended_by) for one in PARAMETERS if one.name == "voting routes"]
    ['None', 'SSI 2025/405 art.2(2)']

    .. versionadded:: 0.1.0
    """

    name: str
    value: tuple[Route, ...] | int
    days: Interval
    citation: Citation
    amended_by: Citation | None = None
    touches: tuple[str, ...] = ()


def _dated(
    name: str,
    value: tuple[Route, ...] | int,
    start: str,
    end: str | None,
    text: str,
    by: str = "",
    touches: tuple[str, ...] = (),
) -> Parameter:
    days = Interval(to_day(start), None if end is None else to_day(end))
    return Parameter(
        name=name,
        value=value,
        days=days,
        citation=cite(text),
        amended_by=cite(by) if by else None,
        touches=touches,
    )


_NOMINATED: Final = (Route.HB, Route.LA)
_ON_VOTING: Final = (
    "IJBO-a11-majority",
    "IJBO-a12-proxy-vote",
    "IJBO-a17-4-committee-vote",
    "IJBO-a17-committee-parity",
    "IJBO-sch1-requisition",
    "IJBO-sch3-quorum",
    "IJBO-sch4-preside",
    "IJBO-voting-2026",
    "IJBO-voting-pre2026",
)
_CORE: Final = (Route.CSWO, Route.S95, Route.GP, Route.NURSE, Route.DOCTOR)


def _parameters(value: Iterable[Parameter]) -> tuple[Parameter, ...]:
    return tuple(value)


def _counted(number: object, name: str) -> None:
    """Refuse what is no number of people."""
    if not isinstance(number, int) or isinstance(number, bool):
        raise TypeError(f"{name} must be a whole number, got {number!r}")
    if number < 0:
        raise ValueError(f"{name} must be 0 or more, got {number!r}")


PARAMETERS: Final[tuple[Parameter, ...]] = (
    _dated("voting routes", _NOMINATED, "2014-11-28", "2026-09-01", "SSI 2014/285 art.1(2)"),
    _dated(
        "voting routes",
        (*_NOMINATED, Route.THIRD, Route.USER, Route.CARER),
        "2026-09-01",
        None,
        "SSI 2014/285 art.1(2)",
        "SSI 2025/405 art.2(2)",
        touches=_ON_VOTING,
    ),
    _dated("core routes", (*_CORE, Route.CO), "2014-11-28", "2015-03-20", "SSI 2014/285 art.3(1)"),
    _dated(
        "core routes",
        _CORE,
        "2015-03-20",
        None,
        "SSI 2014/285 art.3(1)",
        "SSI 2015/66",
        touches=("IJBO-a3-1-core-members", "IJBO-a3-7B-co-member"),
    ),
    _dated("fewest seats a side", 3, "2014-11-28", None, "SSI 2014/285 art.3(3)(a)"),
    _dated("percentage a council may impose", 10, "2014-11-28", None, "SSI 2014/285 art.3(3)(c)"),
    _dated("fewest directors in a shortfall", 2, "2014-11-28", None, "SSI 2014/285 art.3(5)(a)"),
    _dated("fewest seats of each of two councils", 2, "2014-11-28", None, "SSI 2014/285 art.5(2)(a)"),
    _dated("fewest seats of each of more councils", 1, "2014-11-28", None, "SSI 2014/285 art.5(2)(a)"),
    _dated("years of a term", 3, "2014-11-28", None, "SSI 2014/285 art.7(1)"),
    _dated("years of an appointing period", 3, "2014-11-28", None, "SSI 2014/285 art.4(1)"),
    _dated("clear days of notice", 5, "2014-11-28", None, "SSI 2014/285 sch para 2"),
    _dated("years between plan reviews", 3, "2014-09-22", None, "asp 2014/9 s.37(1)"),
    _dated("years between scheme reviews", 5, "2014-09-22", None, "asp 2014/9 s.44(2)"),
    _dated("fewest localities", 2, "2014-09-22", None, "asp 2014/9 s.29(3)(a)"),
)
"""Every dated parameter, in order of name of provision and day."""


def _checked(instance: object, attribute: attrs.Attribute[Any], value: tuple[Parameter, ...]) -> None:
    """Refuse anything but parameters; the law itself need not be looked through each time."""
    if value is not PARAMETERS:
        each(Parameter)(instance, attribute, value)


@attrs.frozen(field_transformer=named)
class Law(Shown):
    """
    The law as it stood, or will stand, on one day.

    Attributes:
        as_at: The day.
        parameters: The dated parameters it is read from; a reform hands in its own.

    Source:
        SSI 2014/285 as amended by SSI 2015/66, SSI 2015/432 and SSI 2025/405; asp 2014/9.

    >>> Law("2026-08-31").quorum(8), Law("2026-09-01").quorum(11)
    (4, 6)

    .. versionadded:: 0.1.0
    """

    as_at: date = attrs.field(converter=to_day)
    parameters: tuple[Parameter, ...] = attrs.field(
        default=PARAMETERS, converter=_parameters, validator=_checked, repr=False
    )

    def parameter(self, name: str) -> Parameter:
        """
        Give a dated parameter as it stands on the day.

        Args:
            name: Its name.

        Returns:
            The parameter.

        Raises:
            NotFoundError: If there is none of that name, or none in force on the day.

        Source:
            The citation of the parameter.

        .. versionadded:: 0.1.0
        """
        for one in self.parameters:
            if one.name == name and self.as_at in one.days:
                return one
        held = dict.fromkeys(one.name for one in self.parameters if self.as_at in one.days)
        raise NotFoundError.among(f"parameter of the law of {self.as_at.isoformat()}", name, tuple(held))

    def number(self, name: str) -> int:
        """
        Give a dated parameter that is a number.

        Args:
            name: Its name.

        Returns:
            Its value on the day.

        Raises:
            NotFoundError: If there is none of that name on the day.
            TypeError: If it is not a number.

        Source:
            The citation of the parameter.

        .. versionadded:: 0.1.0
        """
        value = self.parameter(name).value
        if not isinstance(value, int):
            raise TypeError(f"parameter {name!r} is not a number, it is {value!r}")
        return value

    def routes(self, name: str) -> tuple[Route, ...]:
        """
        Give a dated parameter that is a set of routes.

        Args:
            name: Its name.

        Returns:
            Its value on the day.

        Raises:
            NotFoundError: If there is none of that name on the day.
            TypeError: If it is not a set of routes.

        Source:
            The citation of the parameter.

        >>> Route.CO in Law("2015-03-19").routes("core routes"), Route.CO in Law("2015-03-20").routes("core routes")
        (True, False)

        .. versionadded:: 0.1.0
        """
        value = self.parameter(name).value
        if isinstance(value, int):
            raise TypeError(f"parameter {name!r} is not a set of routes, it is {value!r}")
        return value

    @property
    def voting_routes(self) -> tuple[Route, ...]:
        """
        The routes whose members vote on an integration joint board; none before 28 November 2014.

        Source:
            SSI 2014/285, art. 1(2); from 1 September 2026 as substituted by SSI 2025/405, art. 2(2).
        """
        try:
            return self.routes("voting routes")
        except NotFoundError:
            return ()

    def votes(self, member: Member) -> bool:
        """
        Tell whether a member of an integration joint board may vote.

        Args:
            member: The membership.

        Returns:
            True where the route is one that votes on the day.

        Source:
            SSI 2014/285, art. 1(2); from 1 September 2026 as substituted by SSI 2025/405, art. 2(2).

        >>> carer = Member(id="carer", board="toy-ijb", route="unpaid-carer")
        >>> Law("2026-08-31").votes(carer), Law("2026-09-01").votes(carer)
        (False, True)

        .. versionadded:: 0.1.0
        """
        return member.route in self.voting_routes

    def quorum(self, voting_members: int) -> int:
        """
        Give the fewest voting members who make a quorum.

        Args:
            voting_members: How many voting members the board has, 0 or more.

        Returns:
            Half of them, rounded up.

        Raises:
            TypeError: If *voting_members* is not a whole number.
            ValueError: If *voting_members* is negative.

        Source:
            SSI 2014/285, sch. para. 3.

        >>> Law("2026-04-01").quorum(9)
        5

        .. versionadded:: 0.1.0
        """
        _counted(voting_members, "voting_members")
        return -(-voting_members // 2)

    def carried(self, votes_for: int, votes_against: int) -> bool:
        """
        Tell whether a vote of an integration joint board carries.

        Args:
            votes_for: Votes for, of those entitled, 0 or more.
            votes_against: Votes against, of those entitled, 0 or more.

        Returns:
            True where there are more for than against; a tie is not carried, nor does anybody cast a second vote.

        Raises:
            TypeError: If a number of votes is not a whole number.
            ValueError: If a number of votes is negative.

        Source:
            SSI 2014/285, arts. 11 and 18(2)(a). Abstentions are not mentioned, so they count as no vote.

        >>> Law("2026-08-01").carried(4, 4)
        False

        .. versionadded:: 0.1.0
        """
        _counted(votes_for, "votes_for")
        _counted(votes_against, "votes_against")
        return votes_for > votes_against

    def entitled(self, members: Iterable[Member]) -> tuple[Member, ...]:
        """
        List the members who may vote.

        Args:
            members: Memberships of one integration joint board.

        Returns:
            Those who may vote, in the order given.

        Source:
            SSI 2014/285, art. 1(2).

        .. versionadded:: 0.1.0
        """
        return tuple(member for member in members if self.votes(member))
