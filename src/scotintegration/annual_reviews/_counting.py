"""How a year of directions is counted, from the history of a register (private)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from scotintegration.annual_reviews import ENDINGS, NOT_RECORDED, DirectionsReview, Remark, Reviewed, Turnover
from scotintegration.dates import FinancialYear, add_years
from scotintegration.lifecycle import State
from scotintegration.registers._fold import Entry
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.directions import Direction
    from scotintegration.registers import DirectionsRegister

_DAY: Final = timedelta(days=1)
_BEFORE: Final = (State.DRAFTED, State.RECOMMENDED, State.APPROVED)
_STANDING: Final = (State.ISSUED, State.CONDITIONAL, State.IN_FORCE, State.INTERIM, State.PAUSED)


class _Course(NamedTuple):
    """What became of one direction in a year."""

    entry: Entry
    opening: bool = False
    issued: bool = False
    ended_as: str = ""
    closing: bool = False
    missing: str = ""


def _stage(states: set[State]) -> int | None:
    """Tell whether a direction is still to be issued (0), stands (1) or is over (2); None where states disagree."""
    stages = {0 if state in _BEFORE else 1 if state in _STANDING else 2 for state in states}
    return next(iter(stages)) if len(stages) == 1 else None


def _told(entry: Entry, year: FinancialYear) -> _Course | None:
    """Follow a direction whose days are all known; None where some are not."""
    life = entry.life()
    if life is None:
        return None
    since = until = None
    how = ""
    for day, _, state in life:
        on = date.fromordinal(day)
        if since is None and state in _STANDING:
            since = on
        elif since is not None and until is None and state.is_final:
            until, how = on - _DAY if state is State.EXPIRED else on, state.value
    if since is None:
        return _Course(entry)
    begun, over = since < year.start, until is not None and until < year.start
    ended = until is not None and until in year
    return _Course(
        entry,
        opening=begun and not over,
        issued=since in year,
        ended_as=how if ended else "",
        closing=since <= year.end and (until is None or until > year.end),
    )


def _closing(entry: Entry, day: date) -> set[State]:
    """List the states that a direction may be in when a day closes; one whose last day it is has then run out."""
    return entry.possible(day + _DAY if entry.last_day == day else day)


def _guessless(entry: Entry, year: FinancialYear) -> _Course:
    """Follow a direction some of whose days are not known, as far as what is known decides it."""
    eve, close = _closing(entry, year.previous.end), _closing(entry, year.end)
    before, after = _stage(eve), _stage(close)
    how = next(iter(close)).value if len(close) == 1 else NOT_RECORDED
    match before, after:
        case (0, 0) | (2, 2):
            return _Course(entry)
        case (0, 1):
            return _Course(entry, issued=True, closing=True)
        case (1, 1):
            return _Course(entry, opening=True, closing=True)
        case (1, 2):
            return _Course(entry, opening=True, ended_as=how)
        case _:
            day = year.previous.end if before is None else year.end
            return _Course(entry, missing=f"whether it stood at the close of {day.isoformat()}")


def _rejected(entry: Entry, year: FinancialYear) -> bool:
    first, last = entry.possible(year.previous.end), entry.possible(year.end)
    return last == {State.REJECTED} and State.REJECTED not in first


def _as_text(fact: object) -> str:
    return NOT_RECORDED if fact is UNKNOWN else "" if fact is None else str(fact)


def _named(listing: Listing[str], names: Mapping[str, str]) -> tuple[str, ...]:
    known = tuple(names.get(id, id) for id in listing.items)
    return known if listing.complete else (*known, NOT_RECORDED)


def _reviewed(course: _Course, names: Mapping[str, str]) -> Reviewed:
    paper = course.entry.direction
    return Reviewed(
        reference=paper.full_reference,
        title=_as_text(paper.title),
        given_to=_named(paper.given_to, names),
        functions=_named(paper.functions, names),
        decided_on=_as_text(paper.decided_on),
        issued_on=_as_text(paper.issued_on),
        effective_from=_as_text(paper.effective_from),
        ends_on=_as_text(course.entry.last_day),
        opening=course.opening,
        issued=course.issued,
        ended_as=course.ended_as,
        closing=course.closing,
        counted=not course.missing,
    )


def _by(rows: list[Reviewed], of: Callable[[Reviewed], tuple[str, ...]]) -> tuple[Turnover, ...]:
    """Count the rows of each body or function; one of several counts for each."""
    names = sorted({name for row in rows for name in of(row)}, key=lambda name: (name == NOT_RECORDED, name.casefold()))
    found = []
    for name in names:
        own = [row for row in rows if name in of(row)]
        found.append(
            Turnover(
                of=name,
                opening=sum(row.opening for row in own),
                issued=sum(row.issued for row in own),
                ended=sum(row.ended for row in own),
                closing=sum(row.closing for row in own),
            )
        )
    return tuple(found)


# -- late and outdated -------------------------------------------------------------------------------------------


class _Said(NamedTuple):
    """A sentence about a direction, and whether it tells something or says what is missing."""

    what: str
    missing: bool = False


def _late(paper: Direction, most: int) -> Iterator[_Said]:
    """Find that a direction was issued late after its decision, or was in effect before it was issued."""
    decided, issued, start = paper.decided_on, paper.issued_on, paper.effective_from
    if not isinstance(issued, date):
        yield _Said("the day it was issued", missing=True)
        return
    if not isinstance(decided, date):
        yield _Said("the day it was decided", missing=True)
    elif issued > decided + timedelta(days=most):
        yield _Said(f"issued on {issued.isoformat()}, {(issued - decided).days} days after it was decided")
    if start is UNKNOWN:
        yield _Said("the day it takes effect", missing=True)
    elif isinstance(start, date) and start < issued:
        yield _Said(f"in effect from {start.isoformat()}, and issued on {issued.isoformat()}")


def _due(entry: Entry, close: date) -> Iterator[_Said]:
    """Find that a direction that stands was to be reviewed, or is old, and no review was entered."""
    paper = entry.direction
    due, entered = paper.review_on, paper.reviewed_on
    if due is UNKNOWN:
        yield _Said("the day it is to be reviewed", missing=True)
    elif isinstance(due, date) and due <= close:
        if entered is UNKNOWN:
            yield _Said(f"whether the review of {due.isoformat()} was entered", missing=True)
        elif not isinstance(entered, date) or entered > close:
            yield _Said(f"to be reviewed on {due.isoformat()}, and no review entered")
    start, year_ago = paper.binds_from, add_years(close, -1)
    binding = [state.binds for state in entry.possible(close)]
    if not any(binding) or entry.earliest > year_ago:
        return
    if isinstance(entered, date) and year_ago < entered <= close:
        return
    if start is UNKNOWN or entered is UNKNOWN or not all(binding):
        yield _Said("whether it has been in force for more than a year without a review", missing=True)
    else:
        yield _Said(f"in force since {start}, and no review entered in the last year")


def _unreplaced(register: DirectionsRegister, entry: Entry, after: date, names: Mapping[str, str]) -> Iterator[_Said]:
    """Find that a direction ran out, and that on the first day of the next year none is for what it was for."""
    paper = entry.direction
    live, doubtful = register._live(after)
    covered = {name for one in live for name in one.functions.items}
    bare = [name for name in paper.functions.items if name not in covered]
    if not bare and paper.functions.complete:
        return
    last = _as_text(entry.last_day)
    unsure = not register.complete or not all(one.functions.complete for one in (*live, *doubtful, paper))
    if unsure or any(name in one.functions.items for one in doubtful for name in bare):
        yield _Said(f"whether anything took its place when it ran out on {last}", missing=True)
    else:
        lost = ", ".join(names.get(name, name) for name in bare)
        yield _Said(f"ran out on {last}, and nothing in force on {after.isoformat()} for {lost}")


def counted(
    register: DirectionsRegister, year: FinancialYear, names: Mapping[str, str], *, issue_days: int
) -> DirectionsReview:
    """Count a financial year of a register."""
    rows: list[Reviewed] = []
    late: list[Remark] = []
    outdated: list[Remark] = []
    unknown: list[Remark] = []
    rejected = revocations = 0
    for entry in register._index.entries:
        paper = entry.direction
        if paper.issuer not in register._own_issuers:
            continue
        course = _told(entry, year) or _guessless(entry, year)
        if paper.is_bare_revocation:
            revocations += course.issued
            continue
        rejected += _rejected(entry, year)
        if course == _Course(entry):
            continue
        row = _reviewed(course, names)
        rows.append(row)
        said = [(late, one) for one in _late(paper, issue_days)] if course.issued else []
        said += [(outdated, one) for one in _due(entry, year.end)] if course.closing else []
        if course.ended_as == State.EXPIRED:
            said += [(outdated, one) for one in _unreplaced(register, entry, year.next.start, names)]
        said += [(unknown, _Said(course.missing, missing=True))] if course.missing else []
        for group, one in said:
            remark = Remark(reference=row.reference, title=row.title, what=one.what)
            (unknown if one.missing else group).append(remark)
    ways = Counter(row.ended_as for row in rows if row.ended)
    kinds = [state.value for state in ENDINGS]
    return DirectionsReview(
        issuer=register.issuer,
        name=names.get(register.issuer, register.issuer),
        year=year,
        opening=sum(row.opening for row in rows),
        issued=sum(row.issued for row in rows),
        ended_as=tuple((how, ways[how]) for how in (*kinds, NOT_RECORDED) if how in kinds or ways[how]),
        closing=sum(row.closing for row in rows),
        rejected=rejected,
        revocations=revocations,
        bodies=_by(rows, lambda row: row.given_to),
        functions=_by(rows, lambda row: row.functions),
        directions=tuple(rows),
        late=tuple(late),
        outdated=tuple(outdated),
        unknown=tuple(unknown),
        complete=register.complete,
        register=register,
        names=names,
    )
