"""A board's budgets, and the directions that spend them (private)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import count
from types import MappingProxyType
from typing import Final

import attrs

from scotintegration._examples.areas import COUNCIL_COST, NHS_COST, USES, YEARS, Area, cost
from scotintegration._examples.delegation import id_of, service_of
from scotintegration._examples.people import meeting_before
from scotintegration.budgets import Budget, Charge, Determination, Payment, Reserve, SetAside, SetAsideReport
from scotintegration.dates import FinancialYear, add_months
from scotintegration.directions import Direction, Marker
from scotintegration.functions import catalogue
from scotintegration.lifecycle import StepKind
from scotintegration.money import Money, total
from scotintegration.registers import DirectionsRegister
from scotintegration.savings import Saving
from scotintegration.steps import Step

NIL: Final = Money(0)
ISSUED_AFTER: Final = timedelta(days=2)
"""How long after a meeting its directions are issued."""


@attrs.frozen(kw_only=True, eq=False)
class Lot:
    """What one direction covers: a body, the functions it carries out, and the money of a year for each."""

    recipient: str
    group: str
    paid: Mapping[str, Money]
    held: Money | None = None

    def payment(self, kept: Mapping[str, Money]) -> Money:
        """Give what the board pays on, less what it keeps back of each function's money."""
        return total(money - kept.get(function, NIL) for function, money in self.paid.items())


@attrs.frozen(kw_only=True)
class Change:
    """A change of the year's directions: money kept back of one function and no longer of another, or a fresh paper."""

    on: date
    kind: StepKind
    gives: str
    takes: str = ""
    why: str


CHANGES: Final = (
    Change(
        on=date(2024, 10, 1),
        kind=StepKind.VARY,
        gives="day-services",
        takes="care-at-home",
        why="open more hours of care at home before the winter, with money of day services not yet spent",
    ),
    Change(
        on=date(2025, 10, 1),
        kind=StepKind.REVOKE,
        gives="gp-out-of-hours",
        why="run the out-of-hours service from one centre and not from two",
    ),
    Change(
        on=date(2025, 12, 1),
        kind=StepKind.VARY,
        gives="hospital-mental-health",
        takes="community-mental-health",
        why="move nurses from the wards to the community teams",
    ),
    Change(
        on=date(2026, 8, 1),
        kind=StepKind.VARY,
        gives="day-services",
        takes="care-at-home",
        why="open more hours of care at home, with money of day services not yet spent",
    ),
    Change(
        on=date(2026, 10, 1),
        kind=StepKind.SUPERSEDE,
        gives="respite",
        why="offer short breaks in every locality, as the carers' strategy of 2026 asks",
    ),
    Change(
        on=date(2026, 10, 1),
        kind=StepKind.VARY,
        gives="hospital-mental-health",
        takes="community-mental-health",
        why="move nurses from the wards to the community teams",
    ),
)
"""What the boards change within a year; between them the changes leave every year's total as it was."""

OWN_COSTS: Final = 1_080
RESERVES: Final[Mapping[FinancialYear, tuple[int, int]]] = MappingProxyType(
    dict(zip(YEARS, ((410, -150), (360, 120), (520, 180), (240, -60)), strict=True))
)
"""What each year adds to or draws from the general and the earmarked reserve, in thousands of pounds."""
OPENING: Final = (4_650, 1_380)
PURPOSE: Final = "winter plans"
GONE: Final[Mapping[FinancialYear, int]] = MappingProxyType(dict(zip(YEARS, (12, 12, 7, 0), strict=True)))
"""How many months of each year are over on the day of the examples."""
SAVINGS: Final[Mapping[str, tuple[int, int, bool]]] = MappingProxyType(
    {
        "care-at-home": (640, 75, True),
        "pharmaceutical-services": (820, 60, True),
        "support-services": (150, 100, False),
    }
)
"""Savings planned each year: thousands of pounds, how many parts in a hundred are delivered, whether they recur."""
CHARGED: Final = "care-at-home"
"""The service for which users are charged."""


def nhs_money(area: Area, year: FinancialYear) -> dict[str, Money]:
    """Give what the Health Board pays or sets aside for each function."""
    return {service: cost(cheap, year, parts=area.size) for service, cheap in NHS_COST.items()}


def council_money(area: Area, year: FinancialYear) -> dict[str, dict[str, Money]]:
    """Give what each council pays for each function."""
    shares = {council.id: share for council, share in area.councils}
    split = {service: cost(cheap, year, parts=area.size).share(shares) for service, cheap in COUNCIL_COST.items()}
    return {
        council.id: {id_of(area, council.id, service): split[service][council.id] for service in COUNCIL_COST}
        for council in area.bodies
    }


def own_costs(area: Area, year: FinancialYear) -> Money:
    """Give what the board spends on itself."""
    return cost(OWN_COSTS, year, parts=area.size)


def reserves_of(area: Area, year: FinancialYear) -> tuple[Reserve, Reserve]:
    """Give the two reserves of a year, each opening where the year before closed."""
    before = [RESERVES[one] for one in YEARS if one < year]
    opening = [start + sum(moves[i] for moves in before) for i, start in enumerate(OPENING)]
    general, earmarked = RESERVES[year]
    return (
        Reserve(kind="general", opening=_k(area, opening[0]), movement=_k(area, general)),
        Reserve(kind="earmarked", opening=_k(area, opening[1]), movement=_k(area, earmarked), purpose=PURPOSE),
    )


def savings_of(area: Area, year: FinancialYear) -> Iterator[Saving]:
    """Give the savings planned for a year; those of years that are over were delivered in part."""
    for function, (thousands, parts, recurring) in SAVINGS.items():
        planned = _k(area, thousands)
        done = planned.share((parts * GONE[year], 1200 - parts * GONE[year]))[0]
        yield Saving(
            id=f"{function}-{year.start.year}", function=function, planned=planned, delivered=done, recurring=recurring
        )


def reports_on_set_aside(year: FinancialYear) -> Iterator[SetAsideReport]:
    """Give the Health Board's reports on each quarter of a year, due within a month of its end."""
    for end in (add_months(year.start, months) for months in (3, 6, 9, 12)):
        yield SetAsideReport(due_on=end + timedelta(days=29), given_on=end + timedelta(days=24))


def _k(area: Area, thousands: int) -> Money:
    """Give thousands of pounds in proportion to the size of an area."""
    return Money(thousands * area.size * 1000)


def kept_back(area: Area, year: FinancialYear) -> dict[str, Money]:
    """Give what the board keeps of the money of each function on 1 April: its own costs, and what goes to reserves."""
    own, saved = own_costs(area, year), total(one.movement for one in reserves_of(area, year))
    (own_nhs, own_council), (saved_nhs, saved_council) = own.share((1, 1)), saved.share((1, 1))
    return {
        "adult-social-work": own_council,
        "care-at-home": saved_council,
        "community-mental-health": saved_nhs,
        "primary-medical-services": own_nhs,
    }


def lots_of(area: Area, year: FinancialYear) -> tuple[Lot, ...]:
    """Cut a year's work into lots, one a direction: a function, or where the area prefers it a care group."""
    groups: dict[tuple[str, str], dict[str, Money]] = {}
    lots = []
    nhs = area.health_board.id
    for recipient, paid in ((nhs, nhs_money(area, year)), *council_money(area, year).items()):
        for function, money in paid.items():
            group = catalogue()[service_of(area, function)].group
            if function in area.set_aside:
                lots.append(Lot(recipient=recipient, group=group, paid={function: NIL}, held=money))
            else:
                groups.setdefault((recipient, group if area.by_group else function), {})[function] = money
    for (recipient, _), paid in groups.items():
        group = catalogue()[service_of(area, next(iter(paid)))].group
        lots.append(Lot(recipient=recipient, group=group, paid=paid))
    return tuple(sorted(lots, key=lambda lot: (lot.recipient, min(lot.paid))))


@attrs.frozen(kw_only=True)
class Season:
    """
    How a board directs one year.

    Attributes:
        year: The financial year.
        start: The day the year's directions begin.
        decided_on: The day the board decided on them and on the budget.
        ends_on: Their last day; None where they run on until others take their place.
        follows: Whether they take the place of directions that ran on.
    """

    year: FinancialYear
    start: date
    decided_on: date
    ends_on: date | None
    follows: bool = False

    @classmethod
    def usual(cls, year: FinancialYear) -> Season:
        """Direct a year from its first day to its last, as the meeting before it decided."""
        return cls(year=year, start=year.start, decided_on=meeting_before(year.start), ends_on=year.end)


@attrs.define
class Book:
    """The directions of one board while they are being written, and the payments that they state."""

    area: Area
    ijb: str
    names: Mapping[str, str]
    chief_until: date | None = None
    steps: list[Step] = attrs.Factory(list)
    payments: dict[FinancialYear, list[Payment]] = attrs.Factory(dict)
    standing: dict[str, str] = attrs.Factory(dict)

    def write(self, season: Season) -> None:
        """Write the directions of one year: those it begins with, and the changes within it."""
        year = season.year
        kept = kept_back(self.area, year)
        first, changed = dict(kept), dict[str, date]()
        numbers = count(1)
        lots = {min(lot.paid): lot for lot in lots_of(self.area, year)}
        before = dict(self.standing) if season.follows else {}
        for key, lot in lots.items():
            kind = StepKind.SUPERSEDE if key in before else StepKind.ISSUE
            paper = self._paper(season, next(numbers), season.start, season.decided_on)
            self.standing[key] = self._issue(season, paper, lot, kept, kind, before.get(key))
        for change in CHANGES:
            if change.on not in year:
                continue
            if change.takes:
                kept[change.gives] = kept.pop(change.takes)
                changed |= {change.gives: change.on, change.takes: change.on}
            for key, lot in lots.items():
                if {change.gives, change.takes} & set(lot.paid):
                    self.standing[key] = self._change(season, numbers, lot, kept, change, self.standing[key])
        self.payments[year] = [
            self._changed(payment, lot.paid[payment.function] - first.get(payment.function, NIL), changed)
            for key, lot in lots.items()
            if lot.held is None
            for payment in self._payments(lot, kept, key)
        ]
        self._reviewed(season)

    def _changed(self, payment: Payment, before: Money, changed: Mapping[str, date]) -> Payment:
        """Note on which day a payment changed within the year, and what it was."""
        if payment.amount == before:
            return payment
        return attrs.evolve(payment, changed_on=changed[payment.function], before=before)

    def _reviewed(self, season: Season) -> None:
        """Enter the reviews of the directions that stand at the end of a year."""
        standing = set(self.standing.values())
        for place, step in enumerate(self.steps):
            if step.direction is not None and step.direction.id in standing and step.direction.year == season.year:
                entered = attrs.evolve(step.direction, reviewed_on=date(season.year.end.year, 2, 1))
                self.steps[place] = attrs.evolve(step, direction=entered)

    def _payments(self, lot: Lot, kept: Mapping[str, Money], key: str) -> Iterator[Payment]:
        for function, money in lot.paid.items():
            yield Payment(
                payer=self.ijb,
                payee=lot.recipient,
                function=function,
                amount=money - kept.get(function, NIL),
                direction=self.standing[key],
            )

    def _change(
        self, season: Season, numbers: Iterator[int], lot: Lot, kept: Mapping[str, Money], change: Change, target: str
    ) -> str:
        """Write a variation, a supersession, or a revocation and what takes its place."""
        meeting = meeting_before(change.on)
        paper = self._paper(season, next(numbers), change.on, meeting)
        kind, ends = change.kind, target
        if kind is StepKind.REVOKE:
            bare = paper.evolve(
                title=f"Revocation of {target}",
                given_to=lot.recipient,
                sent_to=lot.recipient,
                marker=self._marker(lot),
                revokes=target,
                text=f"Direction {target} is revoked",
                use="nothing more is paid under it",
            )
            self.steps.append(Step(kind=kind, direction=bare, target=target, on=change.on))
            paper = self._paper(season, next(numbers), change.on, meeting)
            kind, ends = StepKind.ISSUE, ""
        return self._issue(season, paper, lot, kept, kind, ends or None, change.why)

    def _paper(self, season: Season, number: int, effective: date, meeting: date) -> Direction:
        """Write what every direction has: its reference, its meeting and its days."""
        return Direction(
            f"{season.year.start.year}-{number:03d}",
            issuer=self.ijb,
            decided_on=meeting,
            meeting=meeting.isoformat(),
            report=f"paper {number} of {meeting.isoformat()}",
            issued_on=meeting + ISSUED_AFTER,
            issued_by=f"chief {'officer' if self._has_chief(meeting + ISSUED_AFTER) else 'finance officer'}",
            effective_from=effective,
            plan_link=f"strategic plan of {plan_year(effective)}, aim {number % 4 + 1}",
            in_writing=True,
        )

    def _has_chief(self, on: date) -> bool:
        return self.chief_until is None or on <= self.chief_until

    def _marker(self, lot: Lot) -> Marker:
        """Give what the report behind a direction says on its front."""
        return Marker.HEALTH_BOARD if lot.recipient == self.area.health_board.id else Marker.COUNCIL

    def _issue(
        self,
        season: Season,
        paper: Direction,
        lot: Lot,
        kept: Mapping[str, Money],
        kind: StepKind,
        target: str | None,
        why: str = "",
    ) -> str:
        """Fill in a direction for a lot, and give its reference."""
        use, outcomes = USES[lot.group]
        work = [self.names[function] for function in sorted(lot.paid)]
        title = work[0] if len(work) == 1 else lot.group.replace("_", " ").capitalize()
        direction = paper.evolve(
            title=f"{title}, {season.year}",
            given_to=lot.recipient,
            sent_to=lot.recipient,
            marker=self._marker(lot),
            functions=list(lot.paid),
            text=f"Carry out {'; '.join(work)}",
            payment=None if lot.held is not None else lot.payment(kept),
            set_aside=lot.held,
            specified=lot.held,
            use=why or use,
            outcomes=outcomes,
            ends_on=season.ends_on,
            monitoring="report on progress and on money spent to each meeting of the board",
            review_on=date(season.year.end.year, 1, 31),
            varies=target if kind is StepKind.VARY else None,
            supersedes=target if kind is StepKind.SUPERSEDE else None,
        )
        self.steps.append(Step(kind=kind, direction=direction, target=target, on=paper.effective_from))
        return direction.id

    def register(self) -> DirectionsRegister:
        """Give the register, in the order in which the board decided."""
        return DirectionsRegister(self.ijb, sorted(self.steps, key=_decided))

    def budget(self, season: Season) -> Budget:
        """Give the budget of a year, with the payments in and those that its directions state."""
        area, year = self.area, season.year
        nhs = nhs_money(area, year)
        councils = council_money(area, year)
        rows = [(area.health_board.id, nhs), *councils.items()]
        return Budget(
            year=year,
            set_on=season.decided_on,
            determined=[Determination(function=one, amount=amount) for _, paid in rows for one, amount in paid.items()],
            payments=[
                *(
                    Payment(payer=payer, payee=self.ijb, function=function, amount=amount)
                    for payer, paid in rows
                    for function, amount in paid.items()
                    if function not in area.set_aside
                ),
                *self.payments[year],
            ],
            set_asides=[
                SetAside(
                    health_board=area.health_board.id,
                    function=function,
                    amount=nhs[function],
                    used=nhs[function].share((GONE[year], 12 - GONE[year]))[0],
                )
                for function in area.set_aside
            ],
            reserves=reserves_of(area, year),
            charges=[Charge(function=id_of(area, council, CHARGED), recovered_by=council) for council in councils],
            set_aside_reports=reports_on_set_aside(year) if area.set_aside else (),
            own_costs=own_costs(area, year),
            savings=savings_of(area, year),
            spending=(),
            total=total(amount for _, paid in rows for amount in paid.values()),
        )


def _decided(step: Step) -> date:
    assert step.direction is not None
    assert isinstance(step.direction.decided_on, date)
    return step.direction.decided_on


def plan_year(on: date) -> int:
    """Give the year of the strategic plan that stands on a day."""
    return max(year for year in (2016, 2019, 2022, 2025) if date(year, 4, 1) <= on)
