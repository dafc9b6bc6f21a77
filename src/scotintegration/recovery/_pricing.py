"""Pricing recovery options: what each covers, and from where (private)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

from scotintegration.budgets import ReserveKind
from scotintegration.citations import Citation, cite
from scotintegration.errors import UnknownFactError
from scotintegration.forecasts import Arm, Forecast
from scotintegration.money import Money, total
from scotintegration.recovery import PARTIES, Move, MoveKind, RecoveryOption, RecoveryOptions, purpose_of
from scotintegration.risk_shares import (
    USUAL_ORDER,
    Loan,
    Remedy,
    RiskShare,
    RiskShareKind,
    negotiated,
    originating_party,
    originating_party_loan,
    proportional,
)
from scotintegration.unknown import UNKNOWN

_NIL: Final = Money(0)
_NOTE: Final = cite("2016 directions note para 3.4")
_SCHEME: Final = cite("SSI 2014/341 sch")
_LEAD: Final = cite("finance guidance 3.1.4")
_OWN: Final = (Remedy.SAME_ARM, Remedy.OTHER_ARM, Remedy.GENERAL_RESERVE)
"""What an authority can do by itself, and so what a recovery plan is made of."""


@attrs.define
class _Books:
    """What is still to be covered, and what is still to be had, while an option is worked out."""

    forecast: Forecast
    recurring: frozenset[str]
    keep: Money
    due: dict[str, Money] = attrs.field(init=False)
    spare: dict[str, Money] = attrs.field(init=False)
    moves: list[Move] = attrs.Factory(list)

    def __attrs_post_init__(self) -> None:
        self.due = self.forecast.overspends
        self.spare = self.forecast.underspends

    @property
    def left(self) -> Money:
        return total(self.due.values())

    def take(self, remedy: Remedy) -> None:
        """Cover as much as one remedy of the authority's own can."""
        if remedy is Remedy.SAME_ARM:
            for arm in Arm:
                self._shift((arm,))
        elif remedy is Remedy.OTHER_ARM:
            self._shift(tuple(Arm))
        else:
            kind = ReserveKind.GENERAL if remedy is Remedy.GENERAL_RESERVE else ReserveKind.EARMARKED
            self._draw(kind)

    def _shift(self, arms: tuple[Arm, ...]) -> None:
        """Move underspends to overspends among the functions of some arms."""
        due = {function: amount for function, amount in self.due.items() if self.forecast[function].arm in arms}
        spare = {function: amount for function, amount in self.spare.items() if self.forecast[function].arm in arms}
        amount = min(total(due.values()), total(spare.values()))
        gives = _parts(amount, spare)
        self.match(MoveKind.FUNCTION, gives, _parts(amount, due))
        for function, given in gives.items():
            self.spare[function] -= given

    def _draw(self, kind: ReserveKind) -> None:
        """Draw on reserves of one kind what is left to cover, as far as they go."""
        reserves = self.forecast.flows.budget.reserves
        if not reserves.complete:
            raise UnknownFactError(f"the reserves of {self.forecast.year}")
        held: dict[str, Money] = {}
        for one in reserves:
            if one.kind is kind and one.closing > _NIL:
                held[purpose_of(one)] = held.get(purpose_of(one), _NIL) + one.closing
        if kind is ReserveKind.GENERAL and held:
            held = {name: max(_NIL, amount - self.keep) for name, amount in held.items()}
        amount = min(self.left, total(held.values()))
        self.match(MoveKind.RESERVE, _parts(amount, held), _parts(amount, self.due))

    def pay(self, rule: RiskShare, agreed: Mapping[str, Money] | None) -> dict[str, Money]:
        """Cover all that is left by payments of the parties, and give what each pays; a host gets none from others."""
        if rule.kind is RiskShareKind.HOST_BEARS:
            return {}
        by_party: dict[str, dict[str, Money]] = {}
        for function, amount in self.due.items():
            by_party.setdefault(self.forecast[function].party, {})[function] = amount
        overspends = {party: total(amounts.values()) for party, amounts in sorted(by_party.items())}
        if rule.kind is RiskShareKind.NEGOTIATED and agreed is None:
            self.match(MoveKind.PARTY, {PARTIES: self.left}, dict(self.due))
            return {}
        paid = rule.split(overspends, agreed=agreed)
        if rule.kind in (RiskShareKind.ORIGINATING_PARTY, RiskShareKind.ORIGINATING_PARTY_LOAN):
            for party, amounts in sorted(by_party.items()):
                self.match(MoveKind.PARTY, {party: overspends[party]}, amounts)
        else:
            self.match(MoveKind.PARTY, paid, dict(self.due))
        return paid

    def match(self, kind: MoveKind, gives: Mapping[str, Money], gets: Mapping[str, Money]) -> None:
        """Move what is given to what is to be covered, both adding up to the same, in order of name."""
        givers = [(name, gives[name]) for name in sorted(gives) if gives[name]]
        for function in sorted(gets):
            due = gets[function]
            while due:
                name, there = givers.pop(0)
                amount = min(due, there)
                if there > amount:
                    givers.insert(0, (name, there - amount))
                recurs = kind is MoveKind.FUNCTION and name in self.recurring
                self.moves.append(Move(kind=kind, from_id=name, to_id=function, amount=amount, recurring=recurs))
                due -= amount
            self.due[function] -= gets[function]


def _parts(amount: Money, among: Mapping[str, Money]) -> dict[str, Money]:
    """Divide a sum in proportion to sums none of which it exceeds; nothing is divided among nobody."""
    return amount.share({name: one.pence for name, one in among.items()}) if amount else {}


@attrs.frozen
class Pricing:
    """What all options of one forecast are priced with."""

    forecast: Forecast
    recurring: frozenset[str]
    keep: Money
    agreed: Mapping[str, Money] | None
    loan_years: int
    by_scheme: bool = True

    def options(self) -> RecoveryOptions:
        """Price every option, in order."""
        if self.forecast.partnership.ijb is None:
            return RecoveryOptions(self.forecast, (self.host(), self.dispute(self.forecast.overspend)), True)
        listed = self.forecast.partnership.scheme.remedies
        by_scheme = bool(listed.items) and listed.complete
        return attrs.evolve(self, by_scheme=by_scheme)._in_order(listed.items if by_scheme else USUAL_ORDER)

    def _in_order(self, order: tuple[Remedy, ...]) -> RecoveryOptions:
        plan = self.plan(order)
        options = [plan]
        for place, remedy in enumerate(order):
            if remedy is Remedy.ADDITIONAL_PAYMENT:
                options += self.payments(order[:place])
            elif remedy is not Remedy.DISPUTE:
                options.append(self.alone(remedy, order[:place]))
        left = plan.left if plan.missing is None else self.forecast.overspend
        return RecoveryOptions(self.forecast, (*options, self.dispute(left)), self.by_scheme)

    @property
    def board(self) -> str:
        """Id of the integration authority."""
        return self.forecast.partnership.id

    def _books(self, before: Iterable[Remedy] = ()) -> _Books:
        """Open the books after the moves within the budget that come before."""
        books = _Books(self.forecast, self.recurring, self.keep)
        for remedy in before:
            if remedy in (Remedy.SAME_ARM, Remedy.OTHER_ARM):
                books.take(remedy)
        return books

    def plan(self, order: Iterable[Remedy]) -> RecoveryOption:
        """Take what the authority can do by itself in turn."""
        books = self._books()
        missing = None
        for remedy in order:
            if remedy in _OWN:
                try:
                    books.take(remedy)
                except UnknownFactError as error:
                    missing = error.what
        name = "recovery plan"
        return self._option(name, None, _NOTE, books, agree=(self.board,), missing=missing)

    def alone(self, remedy: Remedy, before: Iterable[Remedy]) -> RecoveryOption:
        """Price one remedy of the authority's own, for want of the others."""
        books = self._books(before)
        missing = None
        try:
            books.take(remedy)
        except UnknownFactError as error:
            missing = error.what
        consent = remedy is Remedy.EARMARKED_RESERVE
        agree = (self.board, *(("whoever earmarked the money",) if consent else ()))
        return self._option(remedy.value, remedy, _NOTE, books, agree=agree, missing=missing)

    def payments(self, before: tuple[Remedy, ...]) -> list[RecoveryOption]:
        """Price an additional payment by the scheme's risk share; where it names none, by each there is."""
        rule = self.forecast.partnership.scheme.risk_share
        if isinstance(rule, RiskShare):
            bears = rule.kind is RiskShareKind.HOST_BEARS
            return [
                self._payment(rule, before, ("Nobody else pays: the authority bears it as host.",) if bears else ())
            ]
        why = "is not recorded" if rule is UNKNOWN else "is not in the scheme"
        note = f"How an additional payment is divided {why}: the ways listed are not the scheme's."
        return [self._payment(one, before, (note,)) for one in self._ways()]

    def _ways(self) -> Iterator[RiskShare]:
        paid: dict[str, int] = {}
        flows = self.forecast.flows
        for one in flows.budget.payments.items:
            if one.payer != self.board:
                paid[one.payer] = paid.get(one.payer, 0) + one.amount.pence
        if any(paid.values()):
            yield proportional(paid)
        yield from (originating_party, originating_party_loan(self.loan_years), negotiated)

    def _payment(self, rule: RiskShare, before: tuple[Remedy, ...], notes: tuple[str, ...]) -> RecoveryOption:
        books = self._books(before)
        paid = books.pay(rule, self.agreed if rule.kind is RiskShareKind.NEGOTIATED else None)
        payers = tuple(sorted({move.from_id for move in books.moves if move.kind is MoveKind.PARTY}))
        loans = rule.loans(paid, self.forecast.year)
        return self._option(
            f"{Remedy.ADDITIONAL_PAYMENT.value}: {rule.kind.value}",
            Remedy.ADDITIONAL_PAYMENT,
            _SCHEME,
            books,
            agree=(self.board, *payers),
            by_scheme=isinstance(self.forecast.partnership.scheme.risk_share, RiskShare),
            loans=loans,
            notes=notes,
        )

    def host(self) -> RecoveryOption:
        """Let each body that carries out a function bear what it overspends."""
        books = self._books()
        for function, amount in list(books.due.items()):
            books.match(MoveKind.PARTY, {self.forecast.partnership.authority_for(function): amount}, {function: amount})
        hosts = tuple(sorted({move.from_id for move in books.moves}))
        return self._option("host bears", Remedy.ADDITIONAL_PAYMENT, _LEAD, books, agree=hosts)

    def dispute(self, left: Money) -> RecoveryOption:
        """Price what the parties may come to differ about."""
        parties = tuple(body.id for body in self.forecast.partnership.parties)
        name = Remedy.DISPUTE.value
        note = f"Dispute resolution moves no money by itself; the recovery plan leaves {left} to differ about."
        return self._option(name, Remedy.DISPUTE, _SCHEME, self._books(), agree=parties, notes=(note,))

    def _option(
        self,
        name: str,
        remedy: Remedy | None,
        citation: Citation,
        books: _Books,
        *,
        agree: tuple[str, ...],
        by_scheme: bool | None = None,
        loans: tuple[Loan, ...] = (),
        missing: str | None = None,
        notes: tuple[str, ...] = (),
    ) -> RecoveryOption:
        return RecoveryOption(
            name=name,
            remedy=remedy,
            citation=citation,
            forecast=self.forecast,
            moves=tuple(books.moves),
            agree=agree,
            by_scheme=self.by_scheme if by_scheme is None else by_scheme,
            loans=loans,
            missing=missing,
            notes=notes,
        )
