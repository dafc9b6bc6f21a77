"""What a gap list finds in the record itself: days out of order, and references written otherwise (private)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from scotintegration.citations import cite
from scotintegration.dates import Interval
from scotintegration.directions import full_reference
from scotintegration.gap_list import GapItem, GapKind
from scotintegration.rules import Severity, find

if TYPE_CHECKING:
    from scotintegration.directions import Direction
    from scotintegration.partnership import Partnership

_PRACTICE: Final = "practice: references in papers of four authorities, 2018 to 2025"
_PIECE: Final = re.compile(r"[^\W\d_]+|\d+")
_BETWEEN: Final = re.compile(r"[\W_]+")
_ELSEWHERE: Final = re.compile(r"(?<!\d)\.|\.(?!\d)")
_NAMING: Final = ("varies", "revokes", "supersedes", "budget_in")


# -- days --------------------------------------------------------------------------------------------------------


def _of_days(p: Partnership) -> Iterator[GapItem]:
    """Find days of a direction in an order that cannot be, and that no rule asks about."""
    rule = find("GUID-D20-dates-sane")
    for one in p.directions.directions:
        for field, earlier, what in (
            ("issued_on", one.decided_on, "issued on {late}, before it was decided on {early}"),
            ("ends_on", one.effective_from, "it ends on {late}, before it takes effect on {early}"),
        ):
            later = getattr(one, field)
            if isinstance(earlier, date) and isinstance(later, date) and later < earlier:
                yield GapItem(
                    kind=GapKind.DATES,
                    severity=rule.severity,
                    where=f"directions[{one.id!r}].{field}",
                    what=what.format(late=later.isoformat(), early=earlier.isoformat()),
                    start=later,
                    until=earlier,
                    mend="put right the day that is wrong",
                    citations=rule.citations,
                )


# -- references --------------------------------------------------------------------------------------------------


class _Form(NamedTuple):
    """How a reference is written: of what it is made up to its last number, and what stands between."""

    made_of: tuple[str, ...]
    between: tuple[str, ...]


def _plain(reference: str) -> str:
    """Give a reference without case, and with nothing but a point between numbers and nothing elsewhere."""
    return _ELSEWHERE.sub("", _BETWEEN.sub(".", reference)).casefold()


def _form(reference: str) -> _Form | None:
    """Give the form of a reference that begins with letters and has two numbers; None for others."""
    pieces = list(_PIECE.finditer(reference))[:3]
    if [piece[0].isdigit() for piece in pieces] != [False, True, True] or pieces[0].start():
        return None
    made_of = tuple(str(len(piece[0])) if piece[0].isdigit() else piece[0].casefold() for piece in pieces)
    between = tuple(reference[a.end() : b.start()] for a, b in pairwise(pieces))
    return _Form(made_of, between)


def _written(where: str, what: str, mend: str) -> GapItem:
    return GapItem(
        kind=GapKind.REFERENCE,
        severity=Severity.GUIDANCE,
        where=where,
        what=what,
        mend=mend,
        citations=(cite(_PRACTICE),),
    )


def _of_forms(directions: tuple[Direction, ...]) -> Iterator[GapItem]:
    """Find references written otherwise than most of their sort; of two forms as common, the first is the norm."""
    forms = {one.id: form for one in directions if (form := _form(one.id)) is not None}
    common: dict[tuple[str, ...], Counter[tuple[str, ...]]] = {}
    for form in forms.values():
        common.setdefault(form.made_of, Counter())[form.between] += 1
    for id, form in forms.items():
        norm = common[form.made_of].most_common(1)[0][0]
        if form.between != norm:
            like = next(other for other, its in forms.items() if its == (form.made_of, norm))
            mend = f"write it as {like!r} is written, and keep the other way as an alias"
            yield _written(f"directions[{id!r}].id", f"written otherwise than {like!r} and its like", mend)


def _of_doubles(directions: tuple[Direction, ...]) -> Iterator[GapItem]:
    """Find two references of one year that differ in nothing but how they are written."""
    seen: dict[tuple[str, str], str] = {}
    for one in directions:
        year = one.full_reference.removesuffix(one.id)
        first = seen.setdefault((year, _plain(one.id)), one.id)
        if first != one.id:
            mend = "make one direction of them, or give one another reference"
            yield _written(f"directions[{one.id!r}].id", f"the same as {first!r} but for how it is written", mend)


def _of_names(p: Partnership) -> Iterator[GapItem]:
    """Find references to a direction whose own is the same, written otherwise; an alias of that sort excuses none."""
    directions = p.directions.directions
    held: set[str] = set()
    plain: dict[str, str] = {}
    for one in directions:
        own = _plain(one.id)
        names = [one.id, one.full_reference, *(alias for alias in one.aliases.items if _plain(alias) != own)]
        held.update(names)
        for name in names:
            plain.setdefault(_plain(name), name)
    named = [
        (f"directions[{one.id!r}].{field}", reference)
        for one in directions
        for field, references in (
            *((field, (getattr(one, field),)) for field in _NAMING),
            ("complements", one.complements.items),
        )
        for reference in references
    ]
    named += [(f"directions.steps[{number}].target", step.target) for number, step in enumerate(p.directions.steps)]
    named += [(f"service_changes[{one.id!r}].direction", one.direction) for one in p.service_changes.items]
    for where, reference in named:
        if not isinstance(reference, str) or held & {reference, full_reference(reference)}:
            continue
        meant = plain.get(_plain(reference))
        if meant is not None:
            yield _written(where, f"{reference!r} is {meant!r} written otherwise", f"write {meant!r}")


def of_records(p: Partnership, days: Interval) -> Iterator[GapItem]:
    """Find what is amiss with the record itself, on whichever days."""
    yield from _of_days(p)
    yield from _of_forms(p.directions.directions)
    yield from _of_doubles(p.directions.directions)
    yield from _of_names(p)
