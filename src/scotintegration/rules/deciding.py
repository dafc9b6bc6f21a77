"""Rules about decisions that matter: outside the plan, or to a locality."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import attrs

from scotintegration.rules._engine import rule
from scotintegration.rules._planning import changed_reports, of_report, of_reports
from scotintegration.rules._verdicts import Verdict, cannot_tell, fail
from scotintegration.unknown import UNKNOWN, known

if TYPE_CHECKING:
    from scotintegration.partnership import Partnership
    from scotintegration.performance import Decision, PerformanceReport

__all__ = ["decisions_counted", "locality_consulted", "no_plan_duty_for_both", "significant_decisions"]


def _is_outside(decision: Decision) -> bool:
    """Tell whether a decision was judged significant and taken otherwise than under the plan."""
    if (decision.significant is not UNKNOWN and not decision.significant) or (
        decision.outside_plan is not UNKNOWN and not decision.outside_plan
    ):
        return False
    known(decision.significant, f"whether {decision.id!r} was judged significant")
    known(decision.outside_plan, f"whether {decision.id!r} was taken outside the plan")
    return True


def _taken(decision: Decision, on: date) -> bool:
    """Tell whether a decision was taken, or is proposed, by a day."""
    return not (isinstance(decision.on, date) and decision.on > on)


def _changed(p: Partnership, **changes: object) -> Partnership:
    return p.evolve(decisions=p.decisions.map(lambda one: attrs.evolve(one, **changes)))  # type: ignore[arg-type]


def _group_not_asked(p: Partnership) -> Partnership:
    return _changed(p, spg_views=False)


@rule(
    "PBJW-s36-significant",
    cites="2014 asp 9 s.36(3)",
    severity="statute",
    topic="planning",
    models="abc",
    basis="evidence",
    in_force="2014-09-22",
    duty_on="integration authority",
    fields="S.model; decisions.significant; decisions.outside_plan; decisions.spg_views; decisions.users_involved",
    passes="body-corporate",
    fails=_group_not_asked,
)
def significant_decisions(p: Partnership, on: date) -> Iterator[Verdict]:
    """Before a decision it judges significant, outside the plan, the authority asks planning group and users."""
    outside = p.decisions.where(lambda one: _taken(one, on) and _is_outside(one))
    for one in outside.items:
        for field, who in (("spg_views", "the planning group"), ("users_involved", "users of the service")):
            where, value = f"decisions[{one.id!r}].{field}", getattr(one, field)
            if value is UNKNOWN:
                yield cannot_tell(where, f"whether {who} were asked" if who[0] == "u" else f"whether {who} was asked")
            elif not value:
                mend = f"ask {who} before deciding, and have regard to what they say"
                yield fail(where, f"decided outside the plan without asking {who}", mend=mend)
    if not outside.complete:
        yield cannot_tell("decisions", "the other significant decisions outside the plan")


@rule(
    "PBJW-s36-5-not-d",
    cites="2014 asp 9 s.36(5)",
    severity="statute",
    topic="planning",
    models="d",
    in_force="2014-11-28",
    modality="may",
    duty_on="integration authority",
    fields="S.model",
    passes="lead-agency-both-ways",
    fails=None,
)
def no_plan_duty_for_both(p: Partnership, on: date) -> Iterator[Verdict]:
    """Where each delegates to the other, decisions outside the plan need not be put to the planning group."""
    yield from ()


def _nobody_consulted(p: Partnership) -> Partnership:
    return _changed(p, groups_involved=(), residents_involved=False)


@rule(
    "PBJW-s41-locality-consult",
    cites="2014 asp 9 s.41(1)-(3); SSI 2014/283 reg.4",
    severity="statute",
    topic="planning",
    basis="evidence",
    in_force="2014-11-28",
    duty_on="integration authority",
    fields="decisions.locality; decisions.groups_involved; decisions.residents_involved",
    passes="body-corporate",
    fails=_nobody_consulted,
)
def locality_consulted(p: Partnership, on: date) -> Iterator[Verdict]:
    """Before a decision judged to affect a locality much, groups and residents likely to care are consulted."""
    for one in p.decisions.items:
        if not _taken(one, on) or one.locality is None:
            continue
        where = f"decisions[{one.id!r}]"
        if one.groups_involved.items or (one.residents_involved is not UNKNOWN and one.residents_involved):
            continue
        if one.locality is UNKNOWN:
            yield cannot_tell(f"{where}.locality", "whether it was judged to affect a locality")
        elif one.residents_involved is UNKNOWN or not one.groups_involved.complete:
            yield cannot_tell(where, "who was consulted")
        else:
            what = f"it affects {one.locality!r} and nobody there was consulted"
            yield fail(where, what, mend="consult the groups and residents likely to be interested before deciding")
    if not p.decisions.complete:
        yield cannot_tell("decisions", "the other decisions that affect a locality")


def _not_counted(p: Partnership) -> Partnership:
    return changed_reports(p, decisions=None)


@rule(
    "PR-r3c-s36-count",
    cites="SSI 2014/326 reg.3(c)",
    severity="statute",
    topic="planning",
    models="abc",
    in_force="2014-12-20",
    duty_on="integration authority",
    fields="R.s36_count; R.s36_reasons; decisions.significant; decisions.outside_plan; decisions.date; R.year",
    passes="body-corporate",
    fails=_not_counted,
)
def decisions_counted(p: Partnership, on: date) -> Iterator[Verdict]:
    """A report says how many significant decisions were taken outside the plan in its year, and why."""

    def counted(report: PerformanceReport) -> Iterator[Verdict]:
        taken = p.decisions.where(
            lambda one: (
                not (isinstance(one.on, date) and one.on not in report.year)
                and one.on is not None
                and _is_outside(one)
                and known(one.on, f"the day of {one.id!r}") in report.year
            )
        )
        number = len(taken.items)
        stated = report.decisions
        where, mend = of_report(report, "decisions"), "give the number of such decisions, and the reasons for each"
        if number and stated is None:
            yield fail(where, f"no number given; {number} taken", mend=mend)
        elif (
            stated is not UNKNOWN and stated is not None and (stated < number or (taken.complete and stated != number))
        ):
            yield fail(where, f"{stated} counted; {number} taken", mend=mend)
        elif not taken.complete:
            yield cannot_tell("decisions", f"the significant decisions outside the plan of {report.year}")
        elif number:
            known(stated, f"how many decisions outside the plan the report of {report.year} counts")
        if number and "reasons for decisions" not in report.contents.items:
            if report.contents.complete:
                yield fail(of_report(report, "contents"), "no reasons for decisions outside the plan", mend=mend)
            else:
                yield cannot_tell(of_report(report, "contents"), "whether it gives reasons for the decisions")

    yield from of_reports(p, on, counted)
