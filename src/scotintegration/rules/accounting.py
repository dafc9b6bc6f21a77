"""Rules about the annual accounts of boards: their days, who certifies them, and what is reviewed (part 5D)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from scotintegration.dates import FinancialYear
from scotintegration.officers import ChiefFinanceOfficer
from scotintegration.rules._boards import board_of, rest
from scotintegration.rules._engine import rule
from scotintegration.rules._records import as_recorded, as_recorded_yearly, not_kept
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.unknown import UNKNOWN

if TYPE_CHECKING:
    from scotintegration._fields import MaybeDate
    from scotintegration.partnership import Partnership

__all__ = [
    "accounts_approved",
    "accounts_certified",
    "accounts_considered",
    "accounts_published",
    "accounts_submitted",
    "best_value",
    "governance_statement",
    "internal_audit",
]

_FIRST: Final = FinancialYear("2014/15")
"""The first year to which the Regulations apply."""

_UNSURE: Final = (FinancialYear("2019/20"), FinancialYear("2020/21"))
"""Years of which the later days for approval and publication were not read."""

_GOVERNANCE: Final = "FIN-governance-statement"
_AUDIT: Final = "FIN-internal-audit"
_BEST_VALUE: Final = "BV-ijb"


@attrs.frozen(kw_only=True)
class _Step:
    """
    One step on the way of a year's accounts.

    Attributes:
        field: The field of its day.
        done: What was done, in words.
        month: The month after the year's end in which it is due at the latest.
        day: The last day of that month on which it is in time.
        later: Years for which another day was set.
        moved: Whether the day was moved for the years of which that was not read.
        mend: What would put it right.
    """

    field: str
    done: str
    month: int
    day: int
    mend: str
    later: Mapping[FinancialYear, date] = attrs.field(factory=dict)
    moved: bool = False

    def last_day(self, year: FinancialYear) -> date:
        """Give the last day for a year's accounts."""
        return self.later.get(year) or date(year.end.year, self.month, self.day)


_SUBMITTED: Final = _Step(
    field="submitted_on", done="sent to the auditor", month=6, day=30, mend="send the unaudited accounts to the auditor"
)
_CONSIDERED: Final = _Step(
    field="considered_on", done="considered", month=8, day=31, mend="put the unaudited accounts to the board"
)
_APPROVED: Final = _Step(
    field="approved_on",
    done="approved for signature",
    month=9,
    day=30,
    mend="put the audited accounts to a meeting for approval",
    later={FinancialYear("2021/22"): date(2022, 11, 30)},
    moved=True,
)
_PUBLISHED: Final = _Step(
    field="published_on",
    done="published",
    month=10,
    day=31,
    mend="publish the audited accounts",
    later={FinancialYear("2021/22"): date(2022, 12, 15)},
    moved=True,
)


def _years_due(p: Partnership, on: date, step: _Step) -> list[FinancialYear]:
    """List the years whose last day for a step is over, from the board's first or, if none is known, that on record."""
    established = board_of(p).established_on
    if isinstance(established, date):
        begun = [FinancialYear.of(established)] if established <= on else []
    else:
        begun = [one.year for one in p.accounts.items if one.year >= _FIRST and one.year.start <= on]
    if not begun:
        return []
    years = FinancialYear.between(max(_FIRST, min(begun)), FinancialYear.of(on))
    return [year for year in years if step.last_day(year) < on]


def _in_time(p: Partnership, on: date, step: _Step) -> Iterator[Verdict]:
    """Ask of every year's accounts that are due whether a step was done by its last day."""
    found = {one.year: one for one in p.accounts.items}
    due = _years_due(p, on, step)
    missing = [year for year in due if year not in found]
    for year in due:
        where, last = f"accounts[{str(year)!r}].{step.field}", step.last_day(year)
        done: MaybeDate = getattr(found.get(year), step.field, None)
        if year in missing and not p.accounts.complete:
            continue
        if done is UNKNOWN:
            yield cannot_tell(where, f"when the accounts of {year} were {step.done} is not recorded")
        elif done is None or done > on:
            what = f"the accounts of {year} were not {step.done} by {last.isoformat()}"
            yield fail(where, what, mend=step.mend)
        elif done > last and step.moved and year in _UNSURE:
            yield cannot_tell(where, f"to which day the time for the accounts of {year} was moved")
        elif done > last:
            what = f"the accounts of {year} were {step.done} on {done.isoformat()}, after {last.isoformat()}"
            yield fail(where, what, mend=f"{step.mend} by the last day in later years")
    if missing and not p.accounts.complete:
        years = f"{missing[0]} to {missing[-1]}" if len(missing) > 1 else str(missing[0])
        yield cannot_tell("accounts", f"when the accounts of {years} were {step.done} is not recorded")
    if board_of(p).established_on is UNKNOWN:
        yield cannot_tell("ijb.established_on", "from which year the board has accounts is not recorded")


def _doing_late(step: _Step) -> Callable[[Partnership], Partnership]:
    """Let a step of the last accounts due be done the day after its last day."""

    def change(p: Partnership) -> Partnership:
        due = _years_due(p, p.as_at, step)[-1]
        late = date.fromordinal(step.last_day(due).toordinal() + 1)
        accounts = p.accounts.map(
            lambda one: attrs.evolve(one, **{step.field: late}) if one.year == due else one  # type: ignore[arg-type]
        )
        return p.evolve(accounts=accounts)

    return change


@rule(
    "FIN-accounts-30-jun",
    cites="SSI 2014/200 reg.8(7)",
    severity="statute",
    topic="money",
    models="a",
    in_force="2014-10-10",
    duty_on="proper officer of the integration joint board",
    fields="accounts.year_end; accounts.submitted_on",
    passes="body-corporate",
    fails=_doing_late(_SUBMITTED),
)
def accounts_submitted(p: Partnership, on: date) -> Iterator[Verdict]:
    """The unaudited accounts of each year go to the auditor by 30 June."""
    yield from _in_time(p, on, _SUBMITTED)


@rule(
    "FIN-accounts-31-aug",
    cites="SSI 2014/200 reg.8(9)-(10)",
    severity="statute",
    topic="money",
    models="a",
    in_force="2014-10-10",
    duty_on="integration joint board",
    fields="accounts.year_end; accounts.considered_on",
    passes="body-corporate",
    fails=_doing_late(_CONSIDERED),
)
def accounts_considered(p: Partnership, on: date) -> Iterator[Verdict]:
    """The board, or a committee for it, considers the unaudited accounts of each year by 31 August."""
    yield from _in_time(p, on, _CONSIDERED)


@rule(
    "FIN-accounts-30-sep",
    cites="SSI 2014/200 reg.10(1)",
    severity="statute",
    topic="money",
    models="a",
    in_force="2014-10-10",
    duty_on="integration joint board",
    fields="accounts.year_end; accounts.approved_on",
    verified=False,  # an aim: whoever misses it after trying breaks nothing, so it only warns
    passes="body-corporate",
    fails=_doing_late(_APPROVED),
)
def accounts_approved(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    The board aims to approve the audited accounts of each year by 30 September.

    It is an aim, so that accounts approved later are a warning. Those of 2021/22 had until 30 November 2022; to which
    day the time was moved for the two years before was not read.
    """
    yield from _in_time(p, on, _APPROVED)


@rule(
    "FIN-accounts-31-oct",
    cites="SSI 2014/200 reg.11(3)",
    severity="statute",
    topic="money",
    models="a",
    in_force="2014-10-10",
    duty_on="integration joint board",
    fields="accounts.year_end; accounts.published_on",
    passes="body-corporate",
    fails=_doing_late(_PUBLISHED),
)
def accounts_published(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    The audited accounts of each year are published by 31 October.

    Those of 2021/22 had until 15 December 2022; to which day the time was moved for the two years before was not read.
    """
    yield from _in_time(p, on, _PUBLISHED)


def _chief_officer_signs(p: Partnership) -> Partnership:
    last = _years_due(p, p.as_at, _SUBMITTED)[-1]
    accounts = p.accounts.map(lambda one: attrs.evolve(one, certified_by="chief-officer") if one.year == last else one)
    return p.evolve(accounts=accounts)


@rule(
    "FIN-s95-certifies",
    cites="SSI 2014/200 regs.8(6), 10(6)",
    severity="statute",
    topic="money",
    models="a",
    in_force="2014-10-10",
    duty_on="proper officer of the integration joint board",
    fields="accounts.certified_by; B.s95",
    passes="body-corporate",
    fails=_chief_officer_signs,
)
def accounts_certified(p: Partnership, on: date) -> Iterator[Verdict]:
    """The board's own finance officer certifies that accounts sent to the auditor give a true and fair view."""
    board = board_of(p).id
    posts = p.posts.where(lambda post: isinstance(post, ChiefFinanceOfficer) and post.body == board)
    officers = [post.id for post in posts.items]
    for one in p.accounts.items:
        where, by = f"accounts[{str(one.year)!r}].certified_by", one.certified_by
        if one.year < _FIRST or one.submitted_on is None:
            continue
        if isinstance(one.submitted_on, date) and one.submitted_on > on:
            continue
        if by in officers:
            continue
        if by is UNKNOWN or one.submitted_on is UNKNOWN or not (posts.complete or by is None):
            yield cannot_tell(where, f"who certified the accounts of {one.year}, and when, is not recorded")
        else:
            said = "by nobody" if by is None else f"by {by!r}"
            what = f"the accounts of {one.year} were certified {said}"
            yield fail(where, what, mend="let the chief finance officer of the board certify them")
    yield from rest(p.accounts, "accounts", "what other accounts there are")


@rule(
    _GOVERNANCE,
    cites="SSI 2014/200 reg.5(2)-(4)",
    severity="statute",
    topic="money",
    models="a",
    in_force="2014-10-10",
    basis="evidence",
    duty_on="integration joint board",
    fields="accounts.control_review; accounts.governance_statement",
    passes="body-corporate",
    fails=not_kept(_GOVERNANCE),
)
def governance_statement(p: Partnership, on: date) -> Iterator[Verdict]:
    """
    Each year the board considers a review of its internal control and approves a governance statement.

    Each year needs a record of its own, of which the last that is over is looked at.
    """
    what = "the review of internal control was considered, and a governance statement approved"
    yield from as_recorded_yearly(p, _GOVERNANCE, what, "put the review and the statement to a meeting of the board")


@rule(
    _AUDIT,
    cites="SSI 2014/200 reg.7",
    severity="statute",
    topic="money",
    models="a",
    in_force="2014-10-10",
    basis="evidence",
    duty_on="integration joint board",
    fields="B.internal_audit",
    passes="body-corporate",
    fails=not_kept(_AUDIT),
)
def internal_audit(p: Partnership, on: date) -> Iterator[Verdict]:
    """The board has an internal audit of its own, by recognised standards."""
    yield from as_recorded(p, _AUDIT, "the board has a service of internal audit", "arrange for internal audit")


@rule(
    _BEST_VALUE,
    cites="2003 asp 1 ss.1, 14; 2014 asp 9 s.13",
    severity="statute",
    topic="money",
    models="a",
    in_force="2014-09-22",
    basis="evidence",
    duty_on="integration joint board",
    fields="B.best_value",
    passes="body-corporate",
    fails=not_kept(_BEST_VALUE),
)
def best_value(p: Partnership, on: date) -> Iterator[Verdict]:
    """The board makes arrangements that secure best value."""
    what = "the board made arrangements that secure best value"
    yield from as_recorded(p, _BEST_VALUE, what, "make such arrangements, and record them")
