"""Scenarios: what a simulation assumes, named and written down."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs

from scotintegration._shown import Shown
from scotintegration.errors import NotFoundError
from scotintegration.risk_shares import RiskShare
from scotintegration.simulation.dials import Constant, Dial, dial_from_dict
from scotintegration.simulation.groups import Group
from scotintegration.simulation.model_changes import ModelChange, in_order, on_different_days
from scotintegration.simulation.policies import (
    BY_SCHEME,
    Policy,
    check_policy,
    check_settlement,
    named,
    policy_from_dict,
    policy_to_dict,
)

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.schemes import Model

__all__ = ["IN_YEAR", "Scenario", "bounds"]

_MOST_SEATS: Final = 20
_MOST_DAYS: Final = 3650.0
_MONTHS: Final = 12
_EVEN: Final = 1e-6  # by how much twelve months may stray from a whole year

_IN_SPENDING: Final = ("set_aside_pressure", "hosted_variance")
_POLICIES: Final = ("recovery", "allocation", "settlement")
IN_YEAR: Final = (
    "special", "proxies", "support", "member_vacancies", "late_allocation", "compliance", "earmarked", "release",
)  # fmt: skip


def _number(least: float, most: float) -> Callable[[object, attrs.Attribute[Any], Any], None]:
    """Make a validator for a finite number within bounds, or a dial of such; a bool is no number."""

    def check(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
        name = f"Scenario.{attribute.name}"
        if isinstance(value, Dial):
            low, high = (end if math.isfinite(end) else value.middle for end in value.bounds)
            if not least <= low <= high <= most:
                raise ValueError(f"{name} must be from {least:g} to {most:g}, got {value.told('{:g}'.format)}")
            return
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise TypeError(f"{name} must be a number, got {value!r}")
        if not math.isfinite(value) or not least <= value <= most:
            raise ValueError(f"{name} must be from {least:g} to {most:g}, got {value!r}")

    return check


def _dial(default: float, least: float, most: float, said: str = "", unit: str = "share") -> Any:
    """Make a field for a number within bounds or a dial that draws one, with what is said of it where it is turned."""
    return attrs.field(
        kw_only=True,
        default=default,
        validator=_number(least, most),
        metadata={"bounds": (least, most), "usual": default, "said": said, "unit": unit},
    )


def _season(instance: object, attribute: attrs.Attribute[Any], value: tuple[float, ...]) -> None:
    """Take twelve months whose mean is 1, or none."""
    for one in value:
        if isinstance(one, bool) or not isinstance(one, (int, float)):
            raise TypeError(f"Scenario.season must be made of numbers, got {one!r}")
    if value and (len(value) != _MONTHS or min(value) < 0 or not abs(math.fsum(value) - _MONTHS) < _EVEN):
        raise ValueError(
            "Scenario.season must be twelve numbers of 0 or more, April first, that add up to 12, got "
            f"{len(value)} that add up to {math.fsum(value):g}"
        )


def _groups(value: Iterable[Group | Mapping[str, Any]]) -> tuple[Group, ...]:
    return tuple(Group.from_dict(one) if isinstance(one, Mapping) else one for one in value)


def _grouped(instance: Any, attribute: attrs.Attribute[Any], value: tuple[Group, ...]) -> None:
    """Refuse groups that share a name or a function, and shares out of range."""
    names: list[str] = []
    functions: list[str] = []
    for one in value:
        if not isinstance(one, Group):
            raise TypeError(f"Scenario.groups must be made of Group, got {one!r}")
        for name in ("pressure", "volatility"):
            if (share := getattr(one, name)) is not None:
                field = attrs.fields_dict(Scenario)[name]
                _number(*field.metadata["bounds"])(instance, field, share)
        names.append(one.name)
        functions += one.functions
    for what, found in (("name", names), ("function", functions)):
        twice = sorted({one for one in found if found.count(one) > 1})
        if twice:
            raise ValueError(f"Scenario.groups must have each {what} once, got {twice[0]!r} twice")


def _seats(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"Scenario.seats must be a whole number, got {value!r}")
    if not 1 <= value <= _MOST_SEATS:
        raise ValueError(f"Scenario.seats must be from 1 to {_MOST_SEATS}, got {value!r}")


def _name(instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"Scenario.name must be text, got {value!r}")


@attrs.frozen
class Scenario(Shown):
    """
    What a simulation assumes; each default is an assumption, not an estimate.

    A share is a number or a dial, such as ``normal(0.03, 0.01)``, that is drawn in every run.

    Attributes:
        name: What it is called.
        pressure: Growth of spending over budget a year, a share from -0.5 to 1; nil in the first year.
        volatility: Standard deviation of a month's spending over its budget, a share from 0 to 1.
        attendance: Probability that a voting member attends a meeting, 0 to 1.
        uplift: Growth of budgets a year beyond the last one recorded, a share from -0.5 to 1.
        reserve: General reserve at the start as a share of the first year's budget, 0 to 1, where none is recorded.
        savings_planned: Savings that the budget of a year counts on, as a share of it, 0 to 0.5, where none are
            recorded.
        savings_delivered: Share of the planned savings that is made, 0 to 2; the rest is spent as well, over the
            whole year.
        seats: Voting seats a side where none are recorded, 1 to 20.
        pinned: Whether the board is pinned to eight voters and a quorum of four with one of each side, which
            is not the law but makes runs comparable with other engines.
        changes: Changes of model, in order of day; see :meth:`change_model`.
        groups: Functions with a pressure or volatility of their own.
        season: Spending of each month over that of an even one, twelve numbers from April that add up to 12; empty
            for even months.
        special: Probability that a special meeting follows within two weeks one without a quorum, 0 to 1; none
            follows that of 31 March.
        proxies: Probability that a voting proxy attends for an absent voting member, 0 to 1.
        support: Probability that a voter present votes for what is put, 0 to 1; a tie is not carried.
        member_vacancies: Probability that a voting seat is vacant at a meeting, 0 to 1; a quorum is half of the seats
            that are filled, unless *pinned*.
        chief_officer_vacancy: Probability that the chief officer leaves in a year, 0 to 1.
        finance_officer_vacancy: The same of the chief finance officer.
        vacancy_days: Days until a post that fell vacant is filled, 0 to 3650.
        lag: Days from a decision to its issue, 0 to 3650, drawn for every decision; one about a year is issued by
            its 31 March, and never before the one that it varies. At 0 the year's directions take six.
        budget_late: Days after 18 March on which the year's directions are decided, 0 to 365.
        late_allocation: What the Health Board adds on 31 March, as a share of the budget, 0 to 0.5.
        compliance: Share of a recovery plan that those who are directed carry out, 0 to 1.
        set_aside_pressure: Use of sums set aside beyond them, a share from -0.5 to 1.
        hosted: Share of what the Health Board delegates that another authority hosts, 0 to 1, where no shares of
            hosted services are recorded.
        hosted_variance: What a host charges over the share, a share from -0.5 to 1.
        earmarked: Earmarked reserve at the start as a share of the first year's budget, 0 to 1, where none is
            recorded.
        release: Share of the earmarked reserve that may be released to meet a year's overspend, 0 to 1.
        recovery: How a board recovers: a function of a :class:`~scotintegration.simulation.policies.Position` that
            gives by how much each function is to spend less; None for virement and reserve alone.
        allocation: How it allocates: a function that gives the amounts that directions begin with; None for what was
            paid in for each.
        settlement: How partners respond to what is left of an overspend: a risk share, ``"scheme"`` for that of the
            scheme, or a function that gives the payments; None for payments in proportion to theirs. A function with
            an attribute ``loan_years`` makes loans.

    Raises:
        TypeError: If a number is none, *seats* is not whole, or a policy cannot be asked.
        ValueError: If a number is out of range, the name is blank, two changes are on one day, or two groups share
            a name or a function.

    Source: our choice of numbers; the board follows SSI 2014/285, art. 1(2) and sch. para. 3, unless *pinned*.

    >>> Scenario("harder", pressure=0.04).pressure
    0.04

    .. versionadded:: 0.1.0
    """

    name: str = attrs.field(validator=_name)
    pressure: float | Dial = _dial(0.02, -0.5, 1.0)
    volatility: float | Dial = _dial(0.05, 0.0, 1.0)
    attendance: float | Dial = _dial(0.85, 0.0, 1.0)
    uplift: float | Dial = _dial(0.0, -0.5, 1.0)
    reserve: float | Dial = _dial(0.02, 0.0, 1.0)
    savings_planned: float | Dial = _dial(0.0, 0.0, 0.5)
    savings_delivered: float | Dial = _dial(1.0, 0.0, 2.0)
    seats: int = attrs.field(kw_only=True, default=4, validator=_seats)
    pinned: bool = attrs.field(kw_only=True, default=False, validator=attrs.validators.instance_of(bool))
    changes: tuple[ModelChange, ...] = attrs.field(
        kw_only=True, default=(), converter=in_order, validator=on_different_days
    )
    groups: tuple[Group, ...] = attrs.field(kw_only=True, default=(), converter=_groups, validator=_grouped)
    season: tuple[float, ...] = attrs.field(kw_only=True, default=(), converter=tuple, validator=_season)
    special: float | Dial = _dial(
        0.0, 0.0, 1.0, "after a meeting without a quorum a special one follows with probability {}, two weeks later"
    )
    proxies: float | Dial = _dial(0.0, 0.0, 1.0, "a proxy attends for an absent voter with probability {}")
    support: float | Dial = _dial(1.0, 0.0, 1.0, "a voter who is present supports what is put with probability {}")
    member_vacancies: float | Dial = _dial(
        0.0, 0.0, 1.0, "a voting seat is vacant at a meeting with probability {}, and a quorum is half of those filled"
    )
    chief_officer_vacancy: float | Dial = _dial(0.0, 0.0, 1.0, "the chief officer leaves in a year with probability {}")
    finance_officer_vacancy: float | Dial = _dial(
        0.0, 0.0, 1.0, "the chief finance officer leaves in a year with probability {}"
    )
    vacancy_days: float | Dial = _dial(90.0, 0.0, _MOST_DAYS, "a post that fell vacant is filled after {}", "days")
    lag: float | Dial = _dial(0.0, 0.0, _MOST_DAYS, "what is decided is issued after {}", "days")
    budget_late: float | Dial = _dial(
        0.0, 0.0, 365.0, "the year's directions are decided {} later than 18 March", "days"
    )
    late_allocation: float | Dial = _dial(
        0.0, 0.0, 0.5, "on 31 March the Health Board adds {} of the budget, which goes to reserve"
    )
    compliance: float | Dial = _dial(1.0, 0.0, 1.0, "of a recovery plan {} is carried out")
    set_aside_pressure: float | Dial = _dial(0.0, -0.5, 1.0, "sums set aside are used by {} beyond them")
    hosted: float | Dial = _dial(
        0.0, 0.0, 1.0, "where no shares are recorded {} of what the Health Board delegates is hosted by others"
    )
    hosted_variance: float | Dial = _dial(0.0, -0.5, 1.0, "hosted services cost {} over their share")
    earmarked: float | Dial = _dial(
        0.0, 0.0, 1.0, "where no earmarked reserve is recorded it starts at {} of the budget"
    )
    release: float | Dial = _dial(0.0, 0.0, 1.0, "{} of the earmarked reserve may be released to meet an overspend")
    recovery: Policy | None = attrs.field(
        kw_only=True, default=None, converter=policy_from_dict, validator=check_policy
    )
    allocation: Policy | None = attrs.field(
        kw_only=True, default=None, converter=policy_from_dict, validator=check_policy
    )
    settlement: RiskShare | Policy | str | None = attrs.field(
        kw_only=True, default=None, converter=policy_from_dict, validator=check_settlement
    )

    @classmethod
    def reference(cls) -> Scenario:
        """
        Give the reference scenario, whose board is pinned.

        Returns:
            Growth of 2% a year, volatility of 5%, attendance of 85%, a reserve of 2%, eight voters of whom
            four must attend with one of each side. That quorum is not the law.

        Source: our choice, for comparison with other engines.

        >>> Scenario.reference().pinned
        True

        .. versionadded:: 0.1.0
        """
        return cls("reference", pinned=True)

    def change_model(self, model: Model | str, *, on: date | str, given: Partnership | None = None) -> Scenario:
        """
        Let the area change to another model.

        A run closes one era and opens another: the functions and their money are carried over, an integration
        joint board starts without a reserve, and nothing else is there but what is given.

        Args:
            model: The letter of the model, ``"a"`` to ``"d"``.
            on: The day, a 1 April within the run and after its first day.
            given: The partnership of the new model as it stands that day, such as ``run.at(on).complete()`` gives.
                By default it has its bodies, an unfinished scheme and vacant posts.

        Returns:
            A new scenario with the change; this one is left as it is.

        Raises:
            TypeError: If *given* is no partnership.
            ValueError: If *model* is not one of the four, *on* is no 1 April or has a change already, or *given* is
                of another model.

        Source:
            Public Bodies (Joint Working) (Scotland) Act 2014, ss. 1(4) and 47; 1 April only is our choice.

        >>> [str(one) for one in Scenario("move").change_model("a", on="2027-04-01").changes]
        ['model a from 2027-04-01']

        .. versionadded:: 0.1.0
        """
        return attrs.evolve(self, changes=(*self.changes, ModelChange(model, on=on, given=given)))

    @property
    def dials(self) -> dict[str, Dial]:
        """Every share by name, as a dial; a plain number is a constant without a source."""
        shares = {name: getattr(self, name) for name in bounds()}
        return {name: one if isinstance(one, Dial) else Constant(one) for name, one in shares.items()}

    @property
    def drawn(self) -> tuple[str, ...]:
        """Names of the shares that are drawn in every run."""
        return tuple(name for name, one in self.dials.items() if one.drawn)

    @property
    def turned(self) -> bool:
        """Whether spending follows more than one growth and one volatility."""
        own = any(getattr(self, name) != 0.0 for name in _IN_SPENDING)
        return bool(self.drawn or self.groups or self.season or own or self.beyond)

    @property
    def beyond(self) -> bool:
        """Whether years follow a dial or policy that the reference year does not have."""
        fields = attrs.fields_dict(type(self))
        turned = any(getattr(self, name) != fields[name].metadata["usual"] for name in IN_YEAR)
        return turned or any(one is not None for one in (self.recovery, self.allocation, self.settlement))

    @property
    def sources(self) -> dict[str, str]:
        """Where the numbers of a share are from, for the shares that say so."""
        said = {name: one.source for name, one in self.dials.items() if one.source}
        return said | {
            f"{name} of {group.name}": one.source
            for group in self.groups
            for name, one in group.dials.items()
            if one.source
        }

    def told(self, name: str) -> str:
        """
        Say what a share is.

        Args:
            name: Its name.

        Returns:
            A percentage, or the distribution and how often it is drawn.

        Raises:
            NotFoundError: If there is no such share.

        Source: our choice.

        >>> from scotintegration.simulation.dials import normal
        >>> Scenario("x", pressure=normal(0.03, 0.01)).told("pressure")
        'a share drawn every year (normal with mean 3.0% and standard deviation 1.0%)'

        .. versionadded:: 0.1.0
        """
        dials = self.dials
        if name not in dials:
            raise NotFoundError.among("share", name, sorted(dials))
        if attrs.fields_dict(type(self))[name].metadata["unit"] == "days":
            every = "for every decision" if name == "lag" else f"every {dials[name].per}"
            said = dials[name].told(lambda days: f"{days:g} days")
            return f"a time drawn {every} ({said})" if dials[name].drawn else said
        return _told(dials[name])

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the scenario assumes without a source, a sentence each."""
        board = (
            "the board has eight voters and a quorum of four with one of each side, which is not the law"
            if self.pinned
            else f"where no seats are recorded a side has {self.seats}, and where no other voters are, one a group"
        )
        pressure = self.told("pressure")
        attendance = self.told("attendance") if "attendance" in self.drawn else f"{self.dials['attendance'].middle:.0%}"
        shares = {
            "pressure": f"spending grows {pressure} a year over budget",
            "volatility": f"a month's spending has a spread of {self.told('volatility')} of its budget",
            "attendance": f"a voting member attends with probability {attendance}",
            "uplift": f"budgets beyond the last recorded grow {self.told('uplift')} a year",
            "reserve": f"where no general reserve is recorded it starts at {self.told('reserve')} of the budget",
            "savings_planned": "where no savings are recorded the budget counts on savings of "
            f"{self.told('savings_planned')} of it",
            "savings_delivered": f"of the savings planned {self.told('savings_delivered')} are made",
        }
        if not {"pressure", "volatility"} & self.sources.keys():
            joined = f"{shares['pressure']}, with a monthly spread of {self.told('volatility')}"
            shares = {**shares, "pressure": joined}
            del shares["volatility"]
        usual = {"savings_planned": 0.0, "savings_delivered": 1.0}
        quiet = {*self.sources, *(name for name, share in usual.items() if getattr(self, name) == share)}
        return (
            *(sentence for name, sentence in shares.items() if name not in quiet),
            *self._turned_on(),
            board,
            "the board meets on the last day of every second month from May, and issues what it decides that day"
            if self.lag == 0.0
            else "the board meets on the last day of every second month from May",
            "the year's directions are decided on 18 March before it at a meeting with its quorum, issued on 24 March"
            if self.lag == self.budget_late == 0.0
            else "the year's directions are decided at a meeting with its quorum",
            "the board's own costs are left out",
            *(one.what for one in self.changes),
        )

    def _turned_on(self) -> list[str]:
        """Say what is assumed by the dials and policies that are off unless somebody turns them on."""
        leaves = any(getattr(self, name) != 0.0 for name in ("chief_officer_vacancy", "finance_officer_vacancy"))
        found = []
        for field in attrs.fields(type(self)):
            said = field.metadata.get("said", "")
            on = leaves if field.name == "vacancy_days" else getattr(self, field.name) != field.metadata.get("usual")
            if said and on and field.name not in self.sources:
                found.append(said.format(self.told(field.name)))
        for group in self.groups:
            for name, one in group.dials.items():
                if not one.source:
                    found.append(f"the {name} of {group.name} is {_told(one)}")
        if self.season:
            months = ", ".join(f"{month:g}" for month in self.season)
            found.append(f"spending of the months from April is {months} times that of an even month")
        for field_name, what in (("recovery", "the board recovers"), ("allocation", "the board allocates")):
            if (policy := getattr(self, field_name)) is not None:
                found.append(f"{what} by {named(policy)}")
        if self.settlement is not None:
            by = "the risk share of its scheme" if self.settlement == BY_SCHEME else named(self.settlement)
            found.append(f"what is left of an overspend is paid by {by}")
        return found

    @property
    def settings(self) -> dict[str, str]:
        """Every field but the name, as text: a dial with its distribution and its numbers in full."""
        values = {field.name: getattr(self, field.name) for field in attrs.fields(type(self)) if field.name != "name"}
        told = {
            name: f"{value.told(repr)}, every {value.per}" if isinstance(value, Dial) else str(value)
            for name, value in values.items()
        }
        return {
            **told,
            "changes": "; ".join(map(str, self.changes)) or "none",
            "groups": "; ".join(str(one.to_dict()) for one in self.groups) or "none",
            "season": ", ".join(map(repr, self.season)) or "even",
            **{name: named(getattr(self, name)) for name in _POLICIES},
        }

    def to_dict(self) -> dict[str, object]:
        """
        Give the scenario as plain data.

        Returns:
            What JSON can write; :meth:`from_dict` reads it back.

        Raises:
            TypeError: If a policy is somebody's own function, which JSON has no form for.

        Source: our choice.

        >>> Scenario("x", seats=5).to_dict()["seats"]
        5

        .. versionadded:: 0.1.0
        """
        values = ((field.name, getattr(self, field.name)) for field in attrs.fields(type(self)))
        plain = {name: value.to_dict() if isinstance(value, Dial) else value for name, value in values}
        return {
            **plain,
            "changes": [one.to_dict() for one in self.changes],
            "groups": [one.to_dict() for one in self.groups],
            "season": list(self.season),
            **{name: policy_to_dict(getattr(self, name)) for name in _POLICIES},
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Scenario:
        """
        Read a scenario from plain data.

        Args:
            data: What :meth:`to_dict` gave.

        Returns:
            The scenario.

        Raises:
            TypeError: If a field is of the wrong type, or there is no such field.
            ValueError: If a number is out of range.

        Source: our choice.

        >>> Scenario.from_dict(Scenario("x", seats=5).to_dict()) == Scenario("x", seats=5)
        True

        .. versionadded:: 0.1.0
        """
        fields: dict[str, Any] = {
            name: dial_from_dict(one) if isinstance(one, Mapping) and name not in _POLICIES else one
            for name, one in data.items()
        }
        return cls(**fields)


def bounds() -> dict[str, tuple[float, float]]:
    """Give the least and the most of every share of a scenario, by name."""
    return {one.name: one.metadata["bounds"] for one in attrs.fields(Scenario) if one.metadata}


def _told(one: Dial) -> str:
    """Say a share as a percentage, or its distribution and how often it is drawn."""
    said = one.told(lambda share: f"{share:.1%}")
    return f"a share drawn every {one.per} ({said})" if one.drawn else said
