"""Mends of the enactments whose functions a scheme lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scotintegration.functions import Enactment, enactments, must_enactments
from scotintegration.mends._table import mends
from scotintegration.rules import find
from scotintegration.rules._schemes import charging, with_scheme
from scotintegration.unknown import Listing

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership

__all__ = [
    "carers_listed",
    "conjoined_listed",
    "conjoined_only_delegable",
    "council_complete",
    "missing_of_council",
    "only_delegable",
    "without_charging",
]

_CARERS: Final = "LAF-carers-dated"
_CHARGING: Final = "LAF-charging-not-delegable"
_CONJOINED: Final = "PBJW-s1-13-conjoined-delegable"
_COUNCIL: Final = "PBJW-s1-5-la-function-listed"
_HEALTH_BOARD: Final = "PBJW-s1-6-hb-function-prescribed"


def _entry(one: Enactment) -> tuple[str, str, str]:
    """Tell an enactment from others, under whichever id it is listed."""
    return one.delegated_by, one.act, one.provision


def missing_of_council(p: Partnership) -> tuple[Enactment, ...]:
    """List the enactments that councils must delegate and that the scheme does not list, under any id of theirs."""
    table = enactments()
    listed = {_entry(table[id]) for id in p.scheme.enactments.items if id in table}
    return tuple(one for one in must_enactments(p.law.as_at) if _entry(one) not in listed)


def council_complete(p: Partnership) -> Partnership:
    """List every enactment that councils must delegate."""
    return _with_enactments(p, *(one.id for one in missing_of_council(p)))


mends("LAF-must-list")(council_complete)


def _with_enactments(p: Partnership, *ids: str) -> Partnership:
    listed = p.scheme.enactments
    return with_scheme(p, enactments=Listing((*listed.items, *ids), listed.complete))


@mends(_CARERS)
def carers_listed(p: Partnership) -> Partnership:
    """List the enactments on adult carers that councils must delegate."""
    carers = [one.id for one in missing_of_council(p) if one.act == "Carers (Scotland) Act 2016"]
    return _with_enactments(p, *carers)


@mends(_CHARGING)
def without_charging(p: Partnership) -> Partnership:
    """Take the power to charge for care out of the scheme."""
    return with_scheme(p, enactments=[id for id in p.scheme.enactments.items if id not in charging()])


@mends(_COUNCIL, _HEALTH_BOARD)
def only_delegable(p: Partnership) -> Partnership:
    """List no enactment but those whose functions may be delegated on the day that governs."""
    kept = []
    for id in p.scheme.enactments.items:
        alone = with_scheme(p, enactments=[id])
        if not any(find(rule).is_open(alone) for rule in (_COUNCIL, _HEALTH_BOARD)):
            kept.append(id)
    changed = with_scheme(p, enactments=kept)
    lost = {one.id for one in missing_of_council(changed)} - {one.id for one in missing_of_council(p)}
    return with_scheme(p, enactments=[*kept, *lost])


@mends("PBJW-s1-3c-conjoined-lead-only")
def conjoined_listed(p: Partnership) -> Partnership:
    """Let a scheme of lead agencies have a list of what is carried out in conjunction, and no other have one."""
    return with_scheme(p, conjoined=() if p.model.is_lead_agency else None)


@mends(_CONJOINED)
def conjoined_only_delegable(p: Partnership) -> Partnership:
    """List nothing to be carried out in conjunction that could not be delegated."""
    assert p.scheme.conjoined is not None
    kept = [id for id in p.scheme.conjoined.items if not find(_CONJOINED).is_open(with_scheme(p, conjoined=[id]))]
    return with_scheme(p, conjoined=kept)
