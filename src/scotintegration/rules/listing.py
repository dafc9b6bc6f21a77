"""Rules about which functions may be listed in a scheme, delegated or carried out in conjunction (part 5A)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from scotintegration.dates import day
from scotintegration.functions import EXCEPTED, Funding, enactments, must_enactments
from scotintegration.rules._boards import rest, some
from scotintegration.rules._engine import rule
from scotintegration.rules._schemes import PARTIES, charging, first_from, standing, with_function, with_scheme
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

__all__ = [
    "adults_only",
    "carers_from_their_days",
    "clinical_care_only",
    "conjoined_delegable",
    "conjoined_under_lead_agencies",
    "council_functions_listed",
    "health_board_functions_prescribed",
    "one_way_of_funding",
]

CHARGING_LEFT: Final = day("2014-11-28")
"""The day on which the charging functions were taken out of the schedule of the Act."""


class Standing(Enum):
    """Whether a function may be delegated."""

    DELEGABLE = auto()
    BARRED = auto()
    NOT_KNOWN = auto()


def _council_standing(id: str, law: date) -> Standing:
    """
    Tell whether a council may delegate the functions of an enactment.

    The schedule of the Act could not be read as a whole, so that an entry is certain only where another text names it.
    """
    if id in charging():
        return Standing.DELEGABLE if law < CHARGING_LEFT else Standing.BARRED
    entry = enactments().get(id)
    if entry is None or entry.delegated_by != "local_authority" or not entry.in_force(law):
        return Standing.NOT_KNOWN
    return Standing.DELEGABLE


def _health_board_standing(id: str, law: date) -> Standing:
    """Tell whether a Health Board may delegate the functions of an enactment; of some entries no day was read."""
    entry = enactments().get(id)
    if id in EXCEPTED:
        return Standing.BARRED
    if entry is None or entry.delegated_by != "health_board" or entry.start is None:
        return Standing.NOT_KNOWN
    return Standing.DELEGABLE if entry.in_force(law) else Standing.BARRED


def _is_health_boards(id: str) -> bool | None:
    """Tell whether an enactment is listed for the Health Board, by the table or else by how its id begins."""
    entry = enactments().get(id)
    if entry is not None:
        return entry.delegated_by == "health_board"
    return {"hb": True, "la": False}.get(id.partition("-")[0])


def _named(id: str) -> str:
    """Name an enactment."""
    entry = enactments().get(id)
    return f"{entry.act} {entry.provision}" if entry is not None else {**charging(), **EXCEPTED}.get(id, id)


def _may_be_listed(
    p: Partnership, listed: Listing[str], where: str, *, health_board: bool | None = None
) -> Iterator[Verdict]:
    """Look at the enactments of one side, or of both, and find those whose functions may not be delegated."""
    for id in listed.items:
        side = _is_health_boards(id)
        if health_board is not None and side is not None and side is not health_board:
            continue
        hers = side if side is not None else bool(health_board)
        standing_ = _health_board_standing(id, p.law.as_at) if hers else _council_standing(id, p.law.as_at)
        spot = f"{where}[{id!r}]"
        if standing_ is Standing.BARRED:
            who = "Health Board" if hers else "council"
            yield fail(spot, f"{_named(id)} is no function that a {who} may delegate", mend="take it out of the scheme")
        elif standing_ is Standing.NOT_KNOWN:
            yield cannot_tell(spot, f"whether {_named(id)} may be delegated")
    yield from rest(listed, where, "which other enactments the scheme lists")


def _in_conjunction(p: Partnership) -> Partnership:
    return with_scheme(p, conjoined=["la-must-swsa1968-s12"])


@rule(
    "PBJW-s1-3c-conjoined-lead-only",
    cites="2014 asp 9 s.1(3)(c), 60",
    severity="interpretation",
    topic="scheme",
    in_force="2014-04-02",
    duty_on=PARTIES,
    fields="S.model; S.conjoined",
    passes="body-corporate",
    fails=_in_conjunction,
)
def conjoined_under_lead_agencies(p: Partnership, on: date) -> Iterator[Verdict]:
    """A scheme of lead agencies lists what is carried out in conjunction, and one with a board has no such list."""
    conjoined = p.scheme.conjoined
    if p.model.is_lead_agency:
        if conjoined is None:
            mend = "list the recipient's functions carried out in conjunction, or say that there are none"
            yield fail("scheme.conjoined", "the scheme has no list of functions carried out in conjunction", mend=mend)
        elif not conjoined.items and not conjoined.complete:
            yield cannot_tell("scheme.conjoined", "which functions are carried out in conjunction")
    elif conjoined is not None and conjoined.items:
        what = f"{some(map(_named, conjoined.items))} listed, which has no effect where there is a board"
        yield fail("scheme.conjoined", what, mend="take the list out of the scheme, or delegate its functions")
    elif conjoined is not None and not conjoined.complete:
        yield cannot_tell("scheme.conjoined", "whether the scheme lists functions carried out in conjunction")


def _charging_in_conjunction(p: Partnership) -> Partnership:
    listed = () if p.scheme.conjoined is None else p.scheme.conjoined.items
    return with_scheme(p, conjoined=[*listed, "la-never-swsa1968-s87"])


@rule(
    "PBJW-s1-13-conjoined-delegable",
    cites="2014 asp 9 s.1(13)",
    severity="statute",
    topic="scheme",
    models="bcd",
    in_force="2014-04-02",
    modality="must_not",
    duty_on=PARTIES,
    fields="S.conjoined; F.enactment; LISTS.la_may; LISTS.hb_may",
    passes="lead-agency-both-ways",
    fails=_charging_in_conjunction,
)
def conjoined_delegable(p: Partnership, on: date) -> Iterator[Verdict]:
    """No function is listed to be carried out in conjunction that could not be delegated."""
    if p.scheme.conjoined is not None:
        yield from _may_be_listed(p, p.scheme.conjoined, "scheme.conjoined")


def _both_ways(p: Partnership) -> Partnership:
    return with_function(p, first_from(p, p.health_board.id), funding="payment+set-aside")


@rule(
    "PBJW-s1-3de-exclusive",
    cites="2014 asp 9 s.1(3)(d)-(e)",
    severity="interpretation",
    topic="scheme",
    in_force="2014-04-02",
    duty_on=PARTIES,
    fields="F.id; F.funding",
    passes="large-hospital",
    fails=_both_ways,
)
def one_way_of_funding(p: Partnership, on: date) -> Iterator[Verdict]:
    """Each function is either paid for or has a sum set aside, never both."""
    functions = standing(p, on)
    for one in functions.items:
        where = f"functions[{one.id!r}].funding"
        if one.funding is UNKNOWN:
            yield cannot_tell(where, "how it is funded is not recorded")
        elif len(one.funding) != 1:
            what = " and ".join(Funding(way).value for way in one.funding) or "neither payment nor set-aside"
            yield fail(where, what, mend="choose one: a payment, or a sum set aside")
    yield from rest(functions, "scheme.functions", "what else the scheme delegates")


def _council_charges(p: Partnership) -> Partnership:
    return with_scheme(p, enactments=[*p.scheme.enactments.items, "la-never-swsa1968-s87"])


@rule(
    "PBJW-s1-5-la-function-listed",
    cites="2014 asp 9 s.1(5), sch",
    severity="statute",
    topic="scheme",
    in_force="2014-04-02",
    duty_on="local authority",
    entails=("LAF-charging-not-delegable",),
    fields="F.delegator; F.enactment; LISTS.la_may",
    passes="body-corporate",
    fails=_council_charges,
)
def council_functions_listed(p: Partnership, on: date) -> Iterator[Verdict]:
    """Every function that a council delegates is conferred by an enactment of the Act's schedule."""
    yield from _may_be_listed(p, p.scheme.enactments, "scheme.enactments", health_board=False)


def _contracts_for_primary_care(p: Partnership) -> Partnership:
    return with_scheme(p, enactments=[*p.scheme.enactments.items, "hb-never-nhsa1978-s17j"])


@rule(
    "PBJW-s1-6-hb-function-prescribed",
    cites="2014 asp 9 s.1(6); SSI 2014/344 Sch 1",
    severity="statute",
    topic="scheme",
    in_force="2014-11-28",
    duty_on="Health Board",
    fields="F.delegator; F.enactment; LISTS.hb_may; t",
    passes="body-corporate",
    fails=_contracts_for_primary_care,
)
def health_board_functions_prescribed(p: Partnership, on: date) -> Iterator[Verdict]:
    """Every function that a Health Board delegates is prescribed, and none of those that are left out."""
    yield from _may_be_listed(p, p.scheme.enactments, "scheme.enactments", health_board=True)


_CARERS: Final = "Carers (Scotland) Act 2016"


def _without_support_for_carers(p: Partnership) -> Partnership:
    return with_scheme(p, enactments=[id for id in p.scheme.enactments.items if id != "la-must-ca2016-s24"])


@rule(
    "LAF-carers-dated",
    cites="SSI 2017/190, 2017/449",
    severity="statute",
    topic="scheme",
    models="ab",
    in_force="2017-06-16",
    duty_on="local authority",
    entails=("LAF-must-list",),
    fields="S.functions; F.enactment; t",
    passes="body-corporate",
    fails=_without_support_for_carers,
)
def carers_from_their_days(p: Partnership, on: date) -> Iterator[Verdict]:
    """From their days in 2017 the council delegates its functions for adult carers under seven sections."""
    table = enactments()
    listed = {table[id].provision for id in p.scheme.enactments.items if id in table and table[id].act == _CARERS}
    due = [one for one in must_enactments(p.law.as_at) if one.act == _CARERS]
    missing = [one.provision for one in due if one.provision not in listed]
    if missing and p.scheme.enactments.complete:
        what = f"{_CARERS}: {some(missing)} not listed"
        yield fail("scheme.enactments", what, mend="revise the scheme to delegate the functions of each")
    elif missing:
        yield cannot_tell("scheme.enactments", f"whether the scheme lists {_CARERS} {some(missing)}")


@rule(
    "PBJW-s1-7-adult-scope",
    cites="2014 asp 9 s.1(7)-(8)",
    severity="statute",
    topic="scheme",
    in_force="2014-04-02",
    modality="may",
    fields="F.age_scope",
    passes="body-corporate",
    fails=None,
)
def adults_only(p: Partnership, on: date) -> Iterator[Verdict]:
    """Services for people under 18 may stay where they are."""
    yield from ()


@rule(
    "HBF-hospital-clinical-only",
    cites="SSI 2014/344 reg.3(3)(b) + note",
    severity="interpretation",
    topic="scheme",
    models="ac",
    in_force="2014-11-28",
    modality="may",
    fields="F.in_hospital; F.clinical_only",
    passes="body-corporate",
    fails=None,
)
def clinical_care_only(p: Partnership, on: date) -> Iterator[Verdict]:
    """Of hospital services no more than care and treatment by health professionals has to be delegated."""
    yield from ()
