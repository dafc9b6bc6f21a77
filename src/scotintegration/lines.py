"""Lines: the typed, cited edges of the graph, and the layers they form."""

from __future__ import annotations

from typing import Final

import attrs

from scotintegration._choice import Choice
from scotintegration._fields import a_text, an_id, named, one_of
from scotintegration._shown import Shown
from scotintegration.budgets import HostedShare, Payment, SetAside
from scotintegration.citations import Citation, cite
from scotintegration.dates import FinancialYear, Interval
from scotintegration.directions import Direction
from scotintegration.functions import DelegatedFunction
from scotintegration.money import Money

__all__ = ["ALWAYS", "Layer", "Line", "LineBasis"]

ALWAYS: Final = Interval(None, None)
"""Every day."""


class Layer(Choice):
    """
    What a line is about; each kind of line is a layer of the graph.

    Source: our choice; the provisions behind each layer are on its lines.

    >>> Layer("set_aside").name
    'SET_ASIDE'

    .. versionadded:: 0.1.0
    """

    ACCOUNTABILITY = "accountability"
    APPOINTMENT = "appointment"
    DELEGATION = "delegation"
    DIRECTION = "direction"
    HOSTING = "hosting"
    MEMBERSHIP = "membership"
    OVERSIGHT = "oversight"
    PAYMENT = "payment"
    PLANNING = "planning"
    SET_ASIDE = "set_aside"


class LineBasis(Choice):
    """
    Whether somebody asserted a line or the library worked it out from values and law.

    Source: our choice.

    >>> LineBasis.DERIVED.value
    'derived'

    .. versionadded:: 0.1.0
    """

    ASSERTED = "asserted"
    DERIVED = "derived"


def _citation(value: Citation | str) -> Citation:
    return cite(value) if isinstance(value, str) else value


@attrs.frozen(kw_only=True, field_transformer=named)
class Line(Shown):
    """
    One line of the graph: who stands in what relation to whom, under which provision.

    Attributes:
        from_id: Id of the node it starts at; on the accountability layer, who answers.
        to_id: Id of the node it ends at; on the accountability layer, to whom.
        kind: Its layer.
        citation: The provision it rests on; a line without one cannot be built.
        basis: Asserted or derived.
        about: What it is about, such as a function or ``"operational delivery"``.
        days: The days on which it holds.
        year: The financial year of its money.
        amount: Its money, in whole pence.
        value: The payment, sum set aside, direction, function or hosted share that it carries.
        id: Its key among the lines between the same two nodes.

    Raises:
        TypeError: If a field has the wrong type, above all a missing *citation*.
        ValueError: If an id is malformed.

    Source: our choice of shape; each line names its own provision.

    >>> Line(from_id="toy-ijb", to_id="scottish-ministers", kind="accountability", citation="asp 2014/9 s.52").layer
    <Layer.ACCOUNTABILITY: 'accountability'>

    .. versionadded:: 0.1.0
    """

    from_id: str = attrs.field(validator=an_id)
    to_id: str = attrs.field(validator=an_id)
    kind: Layer = attrs.field(converter=Layer)
    citation: Citation = attrs.field(converter=_citation, validator=one_of(Citation))
    basis: LineBasis = attrs.field(default=LineBasis.ASSERTED, converter=LineBasis)
    about: str = attrs.field(default="", validator=one_of(str))
    days: Interval = attrs.field(default=ALWAYS, validator=one_of(Interval))
    year: FinancialYear | None = attrs.field(default=None, validator=one_of(FinancialYear, type(None)))
    amount: Money | None = attrs.field(default=None, validator=one_of(Money, type(None)))
    value: Payment | SetAside | Direction | DelegatedFunction | HostedShare | None = attrs.field(
        default=None,
        validator=one_of(Payment, SetAside, Direction, DelegatedFunction, HostedShare, type(None)),
        repr=False,
    )
    id: str = attrs.field(validator=a_text)

    @id.default
    def _default_id(self) -> str:
        parts = (self.kind.value, "" if self.year is None else str(self.year), self.about)
        return "/".join(part for part in parts if part)

    @property
    def layer(self) -> Layer:
        """Its layer, which is its kind."""
        return self.kind

    @property
    def order(self) -> tuple[str, str, str]:
        """Where it comes in a sorted list of lines."""
        return (self.from_id, self.to_id, self.id)
