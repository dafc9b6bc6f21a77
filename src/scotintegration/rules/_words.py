"""The words of the rulebook for facts, and where in a partnership each is found (private)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

from scotintegration.rules._saying import Labelled, in_words
from scotintegration.unknown import UNKNOWN, Listing

if TYPE_CHECKING:
    from scotintegration.budgets import Budget
    from scotintegration.partnership import Partnership

Read: TypeAlias = "Callable[[Partnership], object]"


def _each(collection: str, attribute: str) -> Read:
    """Read one attribute of every value of a collection, labelled by id."""

    def read(p: Partnership) -> object:
        values = getattr(p, collection)
        if isinstance(values, Listing):
            return Listing(tuple(_pair(value, attribute) for value in values.items), complete=values.complete)
        return tuple(_pair(value, attribute) for value in values)

    return read


def _pair(value: object, attribute: str) -> Labelled:
    label = getattr(value, "id", None) or getattr(value, "year", None) or getattr(value, "duty", "")
    return Labelled(str(label), getattr(value, attribute))


def _of(path: str) -> Read:
    """Read an attribute path of the partnership; a missing body on the way is None."""

    def read(p: Partnership) -> object:
        value: object = p
        for name in path.split("."):
            if value is None or value is UNKNOWN:
                return value
            value = getattr(value, name)
        return value

    return read


def _seats(side: str) -> Read:
    def read(p: Partnership) -> object:
        if p.ijb is None:
            return None
        bodies = [p.health_board] if side == "health board" else list(p.local_authorities)
        return tuple(Labelled(body.id, p.ijb.seats_of(body.id)) for body in bodies)

    return read


def _office(office: str, attribute: str) -> Read:
    def read(p: Partnership) -> object:
        chosen = [Labelled(one.id, getattr(one, attribute)) for one in p.chairs.items if one.office == office]
        return Listing(tuple(chosen), complete=p.chairs.complete)

    return read


def _vote(attribute: str) -> Read:
    def read(p: Partnership) -> object:
        pairs = [
            Labelled(meeting.id, getattr(vote, attribute))
            for meeting in p.meetings.items
            for vote in meeting.votes.items
        ]
        return Listing(tuple(pairs), complete=p.meetings.complete)

    return read


def _money(collection: str, attribute: str) -> Read:
    def read(p: Partnership) -> object:
        pairs = [
            Labelled(_of_year(budget, one), getattr(one, attribute))
            for budget in p.budgets.items
            for one in getattr(budget, collection).items
        ]
        return Listing(tuple(pairs), complete=p.budgets.complete)

    return read


def _of_year(budget: Budget, one: object) -> str:
    """Label something of a budget by its year and, where it is for one, by its function."""
    return " ".join(str(part) for part in (budget.year, getattr(one, "function", None)) if part)


def _planners(attribute: str) -> Read:
    def read(p: Partnership) -> object:
        group = p.planning_group
        if group is None or group is UNKNOWN:
            return group
        pairs = [Labelled(str(one.person), getattr(one, attribute)) for one in group.members.items]
        return Listing(tuple(pairs), complete=group.members.complete)

    return read


def _live(attribute: str) -> Read:
    def read(p: Partnership) -> object:
        live = p.directions.in_force(on=p.as_at)
        return Listing(tuple(Labelled(one.id, getattr(one, attribute)) for one in live.items), complete=live.complete)

    return read


def _reviews(collection: str, attribute: str) -> Read:
    def read(p: Partnership) -> object:
        holders = [p.scheme] if collection == "scheme" else list(p.plans.items)
        return tuple(Labelled(one.id, getattr(review, attribute)) for one in holders for review in one.reviews.items)

    return read


def _revisions(attribute: str) -> Read:
    def read(p: Partnership) -> object:
        return p.scheme.revisions.map(lambda one: Labelled(one.id, getattr(one, attribute)))

    return read


def _arranged(attribute: str) -> Read:
    def read(p: Partnership) -> object:
        return p.scheme.arrangements.map(lambda one: str(getattr(one, attribute)))

    return read


def _recorded(duty: str, attribute: str) -> Read:
    """Read one attribute of the records of a duty."""

    def read(p: Partnership) -> object:
        records = [one for one in p.evidence.items if one.duty == duty]
        return Listing([getattr(one, attribute) for one in records], complete=p.evidence.complete)

    return read


def _terms(attribute: str) -> Read:
    """Read one attribute of everybody who has held a post."""

    def read(p: Partnership) -> object:
        pairs = [Labelled(post.id, getattr(one, attribute)) for post in p.posts.items for one in post.holders.items]
        return Listing(tuple(pairs), complete=p.posts.complete and all(post.holders.complete for post in p.posts.items))

    return read


def _vacant(attribute: str) -> Read:
    """Read one attribute of every vacancy of the board."""

    def read(p: Partnership) -> object:
        if p.ijb is None:
            return None
        pairs = [Labelled(one.nominator, getattr(one, attribute)) for one in p.ijb.vacancies.items]
        return Listing(tuple(pairs), complete=p.ijb.vacancies.complete)

    return read


def _reported(attribute: str) -> Read:
    """Read one attribute of every report of the monitoring committee."""

    def read(p: Partnership) -> object:
        if p.monitoring_committee is None:
            return None
        reports = p.monitoring_committee.reports
        pairs = [Labelled(in_words(one.on), getattr(one, attribute)) for one in reports.items]
        return Listing(tuple(pairs), complete=reports.complete)

    return read


def _at_meetings(collection: str, attribute: str) -> Read:
    """Read one attribute of everything of a kind that meetings record."""

    def read(p: Partnership) -> object:
        pairs = [
            Labelled(meeting.id, getattr(one, attribute))
            for meeting in p.meetings.items
            for one in getattr(meeting, collection).items
        ]
        return Listing(tuple(pairs), complete=p.meetings.complete)

    return read


def _ministers(attribute: str) -> Read:
    """Read one attribute of what Ministers directed each body to do."""

    def read(p: Partnership) -> object:
        bodies = [*p.parties, *([] if p.ijb is None else [p.ijb])]
        told = [(body.id, one) for body in bodies for one in body.ministers_directions.items]
        complete = all(body.ministers_directions.complete for body in bodies)
        return Listing(tuple(Labelled(id, getattr(one, attribute)) for id, one in told), complete=complete)

    return read


def _responders(p: Partnership) -> object:
    authorities = p.lead_agencies if p.ijb is None else (p.ijb,)
    return tuple(Labelled(one.id, one.category_1) for one in authorities)


def _statuses(p: Partnership) -> object:
    live = p.directions.in_force(on=p.as_at).items
    return tuple(
        Labelled(one.id, f"{p.directions.state(one, on=p.as_at)}, {one.progress or 'nothing reported'}")
        if one.progress is not UNKNOWN
        else Labelled(one.id, p.directions.state(one, on=p.as_at))
        for one in live
    )


def _spendings(collection: str, attribute: str) -> Read:
    """Read one attribute of what each report says was spent."""

    def read(p: Partnership) -> object:
        pairs = [
            Labelled(f"{report.year} {one.on}", getattr(one, attribute))
            for report in p.reports.items
            for one in getattr(report, collection).items
        ]
        return Listing(tuple(pairs), complete=p.reports.complete)

    return read


def _contents(part: str) -> Read:
    """Read whether each report sets out a part of its prescribed contents."""

    def read(p: Partnership) -> object:
        pairs = [
            Labelled(str(report.year), UNKNOWN if not (told or report.contents.complete) else told)
            for report in p.reports.items
            for told in (part in report.contents.items,)
        ]
        return Listing(tuple(pairs), complete=p.reports.complete)

    return read


def _information(attribute: str) -> Read:
    """Read one attribute of the records on information that was asked for."""

    def read(p: Partnership) -> object:
        records = [one for one in p.evidence.items if one.duty in _INFORMATION]
        pairs = [Labelled(_INFORMATION[one.duty], getattr(one, attribute)) for one in records]
        return Listing(tuple(pairs), complete=p.evidence.complete)

    return read


_INFORMATION: Final = {
    "PBJW-s26-3-info": "s. 26(3)",
    "PBJW-s34-info": "s. 34",
    "PBJW-s42-6-info": "s. 42(6)",
    "PBJW-s43-5-assist": "s. 43(5)",
}
"""The provision on whose information each record speaks."""


FACTS: Final[Mapping[str, tuple[str, Read]]] = {
    "AFS.amount": ("amount each financial statement gives", _each("statements", "amount")),
    "AFS.plan": ("plan each financial statement names", _each("statements", "plan")),
    "AFS.published_on": ("day each financial statement was published", _each("statements", "published_on")),
    "AFS.year": ("years of the financial statements", _each("statements", "year")),
    "B.best_value": ("whether best value arrangements were made", _recorded("BV-ijb", "met")),
    "B.chairs": ("last day of each chair's period", _office("chair", "until")),
    "B.chairs.appointed_by": ("who appointed each chair", _office("chair", "appointed_by")),
    "B.chairs.period_end": ("last day of each chair's period", _office("chair", "until")),
    "B.chairs.period_start": ("first day of each chair's period", _office("chair", "start")),
    "B.chairs.person": ("each chair", _office("chair", "member")),
    "B.co.appointed_by": ("who appointed the chief officer", _of("chief_officer.holder.appointed_by")),
    "B.co.appointed_on": ("day the chief officer was appointed", _of("chief_officer.holder.appointed_on")),
    "B.co.consulted": ("who was consulted on the chief officer", _of("chief_officer.holder.consulted")),
    "B.co.consulted_on": ("day of the consultation, not recorded apart", _of("chief_officer.holder.appointed_on")),
    "B.co.employer": ("employer of the chief officer", _of("chief_officer.holder.employer")),
    "B.co.person": ("holder of the post of chief officer", _of("chief_officer.holder")),
    "B.co.responsibilities_agreed": (
        "whether Ministers agreed to the chief officer's tasks",
        _recorded("PBJW-s10-7-ministers", "met"),
    ),
    "B.co.s10_5_order": ("an order that the board may employ its own", _of("ijb.s10_5_order")),
    "B.co.seconded": ("whether the chief officer is seconded", _of("chief_officer.holder.seconded")),
    "B.code": ("whether there is a code of conduct", _recorded("ETH-ijb-code", "met")),
    "B.corporate_parent": ("whether the board is treated as a corporate parent", _of("ijb.corporate_parent")),
    "B.equality": ("whether equality is mainstreamed", _recorded("EQ-specific", "met")),
    "B.established_on": ("day the board was established", _of("ijb.established_on")),
    "B.internal_audit": ("whether there is internal audit", _recorded("FIN-internal-audit", "met")),
    "B.ned_shortfall": ("whether too few non-executive directors were declared", _of("ijb.ned_shortfall")),
    "B.order": ("order that established the board", _of("ijb.order")),
    "B.own_costs": ("the board's own costs", _each("budgets", "own_costs")),
    "B.s95": ("officer responsible for the board's finances", _of("chief_finance_officer.holder")),
    "B.seats_by_la": ("voting seats of each council", _seats("council")),
    "B.seats_hb": ("voting seats of the Health Board", _seats("health board")),
    "B.seats_la": ("voting seats of the council", _seats("council")),
    "B.standing_orders.headings": ("what standing orders deal with", _of("standing_orders.headings")),
    "B.standing_orders.tie_mechanism": ("how a tie is resolved", _of("standing_orders.tie_mechanism")),
    "B.vices.appointed_by": ("who appointed each vice-chair", _office("vice-chair", "appointed_by")),
    "B.vices.person": ("each vice-chair", _office("vice-chair", "member")),
    "C.chair": ("each chair of the monitoring committee", _office("chair", "member")),
    "C.chair_appointed_by": ("who appointed each chair of the committee", _office("chair", "appointed_by")),
    "C.established_on": ("day the monitoring committee was set up", _of("monitoring_committee.established_on")),
    "C.members": ("members of the committee", _each("current_members", "nominated_by")),
    "C.members.council": ("who nominated each member of the committee", _each("current_members", "nominated_by")),
    "C.members.is_councillor": ("which members are councillors", _each("current_members", "is_councillor")),
    "C.members.is_hb_member": ("which members sit on the Health Board", _each("current_members", "is_hb_member")),
    "C.members.is_ned": ("which members are non-executive directors", _each("current_members", "is_ned")),
    "C.members.person": ("who each member of the committee is", _each("current_members", "person")),
    "C.members.route": ("how each member of the committee sits", _each("current_members", "route")),
    "C.ned_shortfall": ("whether too few directors were declared", _of("monitoring_committee.ned_shortfall")),
    "C.reports.recommendations": ("which reports of the committee make recommendations", _reported("recommendations")),
    "C.reports.response_in_writing": ("which of them were answered in writing", _reported("response_in_writing")),
    "C.standing_orders.headings": ("what the committee's standing orders deal with", _of("standing_orders.headings")),
    "D.amount": ("payment of each direction in force", _live("payment")),
    "D.budget": ("payment of each direction in force", _live("payment")),
    "D.complements": ("directions beside which each stands", _live("complements")),
    "D.decided_on": ("day each direction in force was decided", _live("decided_on")),
    "D.functions": ("functions of each direction in force", _live("functions")),
    "D.funding": ("sum set aside as each direction states it", _live("set_aside")),
    "D.id": ("directions in force", _live("id")),
    "D.in_writing": ("which directions in force are in writing", _live("in_writing")),
    "D.issued_by": ("officer who issued each direction in force", _live("issued_by")),
    "D.issued_on": ("day each direction in force was issued", _live("issued_on")),
    "D.issuer": ("issuer of each direction in force", _live("issuer")),
    "D.log": ("day each review was entered in the register", _live("reviewed_on")),
    "D.monitoring": ("how each direction in force is followed up", _live("monitoring")),
    "D.no_amount_reason": ("why a direction states no amount", _live("no_amount")),
    "D.outcomes": ("what each direction in force is to achieve", _live("outcomes")),
    "D.payment": ("payment of each direction in force", _live("payment")),
    "D.payment_method": ("payment method of each direction in force", _live("payment_method")),
    "D.plan_objective": ("part of the plan that each direction carries out", _live("plan_link")),
    "D.purpose": ("use stated by each direction in force", _live("use")),
    "D.recipients": ("recipients of each direction in force", _live("given_to")),
    "D.refers_to": ("direction that states the money instead", _live("budget_in")),
    "D.report": ("report behind each direction in force", _live("report")),
    "D.review_on": ("day each direction in force is to be reviewed", _live("review_on")),
    "D.sent_to": ("to whose chief executives each direction was sent", _live("sent_to")),
    "D.service": ("service that each direction in force asks for", _live("text")),
    "D.set_aside_amount": ("sum set aside as each direction states it", _live("set_aside")),
    "D.specified_amount": ("sum specified by each direction in force", _live("specified")),
    "D.split": ("how each direction in force divides the work", _live("split")),
    "D.starts_on": ("first day of each direction in force", _live("effective_from")),
    "D.status": ("state of each direction in force", _statuses),
    "D.supersedes": ("what each direction in force ends", _live("targets")),
    "D.use": ("use stated by each direction in force", _live("use")),
    "D.ended_on": ("last day of each direction in force", _live("ends_on")),
    "F.age_scope": ("for whom each function is delegated", _each("functions", "age_scope")),
    "F.carried_out_by": ("who else carries out each function, not recorded", lambda p: UNKNOWN),
    "F.clinical_only": ("whether only clinical care is delegated, not recorded apart", lambda p: None),
    "F.deemed_out": ("functions taken out of set-aside", _each("functions", "deemed_out")),
    "F.delegate": ("who received each function", _each("functions", "delegate")),
    "F.delegator": ("who delegated each function", _each("functions", "delegator")),
    "F.enactment": ("enactments the scheme lists", _of("scheme.enactments")),
    "F.funding": ("how each function is funded", _each("functions", "funding")),
    "F.hospital_in_hb_area": ("hospital in the Health Board's own area", _each("functions", "hospital_in_hb_area")),
    "F.ia": ("authority of each function", _each("functions", "delegate")),
    "F.id": ("functions delegated", _each("functions", "name")),
    "F.in_hospital": ("functions carried out in hospital", _each("functions", "in_hospital")),
    "F.la_areas": ("council areas each function serves", _each("functions", "la_areas")),
    "G.established_on": ("day the planning group was set up", _of("planning_group.established_on")),
    "G.members.group": ("groups each planning member speaks for", _planners("group")),
    "G.members.localities": ("localities each planning member speaks for", _planners("localities")),
    "G.members.nominated_by": ("who nominated each planning member", _planners("nominated_by")),
    "G.members.person": ("who each planning member is", _planners("person")),
    "HB.accountable_officer": ("accountable officer of the Health Board", _of("health_board.accountable_officer")),
    "HB.staff": ("staff of the Health Board, not recorded", lambda p: UNKNOWN),
    "IA.category1": ("who is treated as a Category 1 responder", _responders),
    "LA.cswo": ("chief social work officers", _each("posts", "holders")),
    "LA.cswo_appointed_by": ("who appointed them", _each("posts", "body")),
    "LA.size": ("councillors of the council", _each("local_authorities", "councillors")),
    "LISTS.hb_may": ("enactments a Health Board may delegate", lambda p: f"as they stood on {p.law.as_at.isoformat()}"),
    "LISTS.hb_must_services": ("services a Health Board must delegate", lambda p: "26 services of Schedule 3"),
    "LISTS.la_may": ("enactments a council may delegate", lambda p: "those known of the Act's schedule"),
    "LISTS.la_must": ("enactments a council must delegate", lambda p: f"as they stood on {p.law.as_at.isoformat()}"),
    "M.area": ("for the area of which council each member was appointed", _each("current_members", "area")),
    "M.council": ("who nominated each member", _each("current_members", "nominated_by")),
    "M.councillor_until": ("last day of each member as a councillor", _each("current_members", "councillor_until")),
    "M.employer": ("who employs each member", _each("current_members", "employer")),
    "M.end": ("last day of each member's term", _each("current_members", "until")),
    "M.end_reason": ("why each membership ended", _each("members", "end_reason")),
    "M.flags": ("what disqualifies each member", _each("current_members", "disqualifications")),
    "M.is_councillor": ("which members are councillors", _each("current_members", "is_councillor")),
    "M.is_hb_member": ("which members sit on the Health Board", _each("current_members", "is_hb_member")),
    "M.is_ned": ("which members are non-executive directors", _each("current_members", "is_ned")),
    "M.nominated_by": ("who nominated each member", _each("current_members", "nominated_by")),
    "M.performers_list": ("on whose list of performers each member is", _each("current_members", "performers_list")),
    "M.person": ("who each member is", _each("current_members", "person")),
    "M.provides_primary_care": (
        "who provides primary medical services",
        _each("current_members", "provides_primary_care"),
    ),
    "M.registered_doctor": ("which members are registered doctors", _each("current_members", "registered_doctor")),
    "M.registered_nurse": ("which members are registered nurses", _each("current_members", "registered_nurse")),
    "M.route": ("how each member sits", _each("current_members", "route")),
    "M.selected_by": ("who chose each member", _each("current_members", "selected_by")),
    "M.start": ("first day of each member's term", _each("current_members", "start")),
    "M.voting": ("whom the board's record counts as voting", _each("current_members", "recorded_voting")),
    "P.area": ("small areas of each council", _each("local_authorities", "zones")),
    "P.cooperation": ("whether the bodies cooperate over resources", _recorded("PBJW-s22-cooperate", "met")),
    "P.gms_contractors": ("contractors for general medical services", _of("health_board.gms_contractors")),
    "P.hb": ("Health Board", _of("health_board.id")),
    "P.hb_las": ("councils in the area of the Health Board", _of("health_board.local_authorities")),
    "P.las": ("councils", _each("local_authorities", "name")),
    "PL.by_locality": ("localities with arrangements of their own", _each("plans", "by_locality")),
    "PL.delegation_day": ("day each plan names for functions to pass", _each("plans", "delegation_day")),
    "PL.draft1_on": ("day of each first draft", _each("plans", "draft1_on")),
    "PL.draft2_on": ("day of each second draft", _each("plans", "draft2_on")),
    "PL.draft2_sent_to": ("to whom each second draft went", _each("plans", "draft2_sent_to")),
    "PL.effects": ("documents on effects on other plans", _recorded("PBJW-s30-3-other-ias", "document")),
    "PL.finalised_on": ("day each plan was finalised", _each("plans", "finalised_on")),
    "PL.financial_plan": ("whether plan and money were linked", _recorded("GUID-plan-mtfp", "met")),
    "PL.functions": ("functions each plan covers", _each("plans", "functions")),
    "PL.housing_statement": ("whether housing's part was stated", _recorded("GUID-plan-housing", "met")),
    "PL.impact_assessments": ("whether impacts were assessed", _recorded("GUID-plan-eqia", "met")),
    "PL.is_first": ("which plan is the first", _each("plans", "is_first")),
    "PL.localities": ("localities of the area", _each("localities", "name")),
    "PL.outcomes": ("outcomes each plan names", _each("plans", "outcomes")),
    "PL.period_clock_start": ("first day of each plan's period", _each("plans", "start")),
    "PL.period_end": ("day each plan was replaced", _each("plans", "replaced_on")),
    "PL.period_start": ("first day of each plan's period", _each("plans", "start")),
    "PL.prepared_on": ("day each plan was finalised", _each("plans", "finalised_on")),
    "PL.proposals_on": ("day of the proposals for each plan", _each("plans", "proposals_on")),
    "PL.published_on": ("day each plan was published", _each("plans", "published_on")),
    "PL.replaced_by": ("day each plan was replaced", _each("plans", "replaced_on")),
    "PL.reviews.completed_on": ("reviews of each plan", _reviews("plans", "completed_on")),
    "PL.reviews.decided_on": ("day each review of a plan was decided", _reviews("plans", "decided_on")),
    "PL.reviews.outcome": ("what came of each review of a plan", _reviews("plans", "outcome")),
    "PL.reviews.spg_views_effectiveness": (
        "whether the group's views were asked",
        _recorded("PBJW-s37-2b-spg", "met"),
    ),
    "PL.reviews.spg_views_replacement": ("documents on the group's views", _recorded("PBJW-s37-2b-spg", "document")),
    "PL.start": ("first day of each plan's period", _each("plans", "start")),
    "PL.statement_published_on": (
        "day each statement of steps was published",
        _each("plans", "statement_published_on"),
    ),
    "PL.views_considered": ("whether views were taken into account", _recorded("PBJW-s33-7-account", "met")),
    "R.actions": ("recommendations each report answers", _each("reports", "actions")),
    "R.best_value": ("which reports set out best value", _contents("best value")),
    "R.comparison_years": ("years with which each report compares", _each("reports", "comparison_years")),
    "R.ijmc_recommendations": ("recommendations each report lists", _each("reports", "recommendations")),
    "R.ijmc_responses": ("recommendations each report answers", _each("reports", "actions")),
    "R.indicators": ("which reports set out indicators", _contents("indicators")),
    "R.key_groups": ("key care groups of each report", _each("reports", "key_groups")),
    "R.localities": ("localities each report assesses", _each("reports", "localities")),
    "R.outcomes": ("outcomes each report assesses", _each("reports", "outcomes")),
    "R.principles": ("which reports set out principles", _contents("principles")),
    "R.published_on": ("day each performance report was published", _each("reports", "published_on")),
    "R.recommendations": ("recommendations each report lists", _each("reports", "recommendations")),
    "R.reserves_drawn": ("what each report says reserves met", _each("reports", "reserves_drawn")),
    "R.review_changes": ("which reports set out what a review changed", _contents("review changes")),
    "R.review_outcome": ("which reports set out what a review decided", _contents("review decision")),
    "R.review_reasons": ("which reports set out why a plan was reviewed", _contents("review reasons")),
    "R.s36_count": ("decisions outside the plan each report counts", _each("reports", "decisions")),
    "R.s36_reasons": ("which reports set out reasons for decisions", _contents("reasons for decisions")),
    "R.sent_to": ("who was given each report", _each("reports", "sent_to")),
    "R.share_by_locality": ("spending in each locality", _spendings("spending_in", "share")),
    "R.share_by_matter": ("proportion spent on each matter", _spendings("spending", "share")),
    "R.spend_by_matter": ("total spent on each matter", _spendings("spending", "amount")),
    "R.total_paid_or_set_aside": ("money paid or set aside in each year", _each("reports", "total")),
    "R.variance": ("how far each report says spending strayed", _each("reports", "variance")),
    "R.year": ("years of the performance reports", _each("reports", "year")),
    "R.year_end": ("years of the performance reports", _each("reports", "year")),
    "S.agreed_seats": ("seats a side that were agreed", _of("scheme.agreed_seats")),
    "S.approved_on": ("day Ministers approved the scheme", _of("scheme.approved_on")),
    "S.basis": ("provision the scheme is made under", _of("scheme.basis")),
    "S.conjoined": ("functions carried out in conjunction", _of("scheme.conjoined")),
    "S.considered_schemes": ("whether other schemes were considered", _recorded("PBJW-s2-6-cross-scheme", "met")),
    "S.consulted": ("who was consulted on the scheme", _of("scheme.consulted")),
    "S.delegated_on": ("day functions passed", _of("scheme.delegated_on")),
    "S.functions": ("functions delegated", _each("functions", "name")),
    "S.in_force_from": ("day Ministers approved the scheme", _of("scheme.approved_on")),
    "S.in_force_to": ("day a new scheme took its place", _of("scheme.replaced_on")),
    "S.is_first": ("scheme whose place it took", _of("scheme.replaces")),
    "S.items": ("prescribed items the scheme sets out", _of("scheme.items")),
    "S.items.co_interim": ("prescribed items the scheme sets out", _of("scheme.items")),
    "S.items.co_line": ("to whom the chief officer answers", _of("chief_officer.post.answers_to")),
    "S.items.dispute": ("prescribed items the scheme sets out", _of("scheme.items")),
    "S.items.fin_report": ("prescribed items the scheme sets out", _of("scheme.items")),
    "S.items.fin_variance": ("prescribed items the scheme sets out", _of("scheme.items")),
    "S.la_specified_seats": ("seats a side that the council imposed", _of("scheme.la_specified_seats")),
    "S.lead_authority": ("lead authority", _of("scheme.lead_authority")),
    "S.method_amounts": ("amounts the scheme's method yields", _money("determined", "amount")),
    "S.model": ("models the scheme claims", _of("scheme.models")),
    "S.parties": ("parties to the scheme", _of("scheme.parties")),
    "S.payment_method": ("how each function's amount is found", _each("functions", "method")),
    "S.published_on": ("day the scheme was published", _of("scheme.published_on")),
    "S.refusals": ("refusals of the scheme, not recorded", lambda p: UNKNOWN),
    "S.regard_outcomes": ("whether regard was had to the outcomes", _recorded("PBJW-s3-regard", "met")),
    "S.regard_principles": ("whether regard was had to the planning principles", _recorded("PBJW-s3-regard", "met")),
    "S.replaces": ("scheme whose place it took", _of("scheme.replaces")),
    "S.requests.by": ("requests for a review", _recorded("PBJW-s45-2-request", "document")),
    "S.requests.review": ("whether each request led to a review", _recorded("PBJW-s45-2-request", "met")),
    "S.resubmit_by": ("day for submitting the scheme again, not recorded", lambda p: UNKNOWN),
    "S.reviews.completed_on": ("reviews of the scheme", _reviews("scheme", "completed_on")),
    "S.reviews.consulted": ("whether reviews were consulted on", _recorded("PBJW-s44-4-decide", "met")),
    "S.reviews.decided_on": ("day each review was decided", _reviews("scheme", "decided_on")),
    "S.reviews.decision": ("what came of each review", _reviews("scheme", "outcome")),
    "S.reviews.outcome": ("what came of each review", _reviews("scheme", "outcome")),
    "S.revisions.approved_by": ("who approved each revision", _revisions("approved_by")),
    "S.revisions.approved_on": ("day each revision was approved", _revisions("approved_on")),
    "S.revisions.consulted": ("who was consulted on each revision", _revisions("consulted")),
    "S.revisions.effect_on": ("day each revision takes effect", _revisions("effect_on")),
    "S.revisions.effect_set_by": ("who named the day of effect", _revisions("effect_set_by")),
    "S.revisions.model": ("model each revision names", _revisions("model")),
    "S.revisions.parties": ("councils each revision names", _revisions("local_authorities")),
    "S.revisions.published_on": ("day each revision was published", _revisions("published_on")),
    "S.revisions.submitted_on": ("day each revision went to Ministers", _revisions("submitted_on")),
    "S.services": ("functions delegated", _each("functions", "name")),
    "S.set_aside_method": ("how sums set aside are found", _of("scheme.set_aside_method")),
    "S.submitted_on": ("day the scheme went to Ministers", _of("scheme.submitted_on")),
    "S.substituted_day": ("later day that Ministers put for submitting it", _of("scheme.substituted_day")),
    "S.views_considered": ("whether views were taken into account", _recorded("PBJW-s6-3-account", "met")),
    "accounts.approved_on": ("day each year's accounts were approved", _each("accounts", "approved_on")),
    "accounts.certified_by": ("who certified each year's accounts", _each("accounts", "certified_by")),
    "accounts.considered_on": ("day each year's accounts were considered", _each("accounts", "considered_on")),
    "accounts.control_review": (
        "whether the review of control was considered",
        _recorded("FIN-governance-statement", "met"),
    ),
    "accounts.governance_statement": ("days of governance statements", _recorded("FIN-governance-statement", "on")),
    "accounts.published_on": ("day each year's accounts were published", _each("accounts", "published_on")),
    "accounts.submitted_on": ("day each year's accounts went to the auditor", _each("accounts", "submitted_on")),
    "accounts.year_end": ("years of the accounts", _each("accounts", "year")),
    "arrangements.from_la": ("councils that let another act for them", _arranged("from_la")),
    "arrangements.function": ("functions another council discharges", _arranged("function")),
    "arrangements.power": ("power of each such arrangement", _arranged("power")),
    "arrangements.to_la": ("councils that act for another", _arranged("to_la")),
    "budget.by_function": ("what the method of the scheme yields per function", _money("determined", "amount")),
    "charges.recovered_by": ("who recovers charges", _money("charges", "recovered_by")),
    "charges.service": ("services charged for", _money("charges", "function")),
    "committees.chair": ("chair of each committee", _each("committees", "chair")),
    "committees.chair_set_by": ("who determined each chair", _each("committees", "chair_set_by")),
    "committees.members": ("members of each committee", _each("committees", "members")),
    "contracts.purpose": ("purpose of the board's contracts, not recorded", lambda p: UNKNOWN),
    "contracts.supplied_to": ("who is supplied under them, not recorded", lambda p: UNKNOWN),
    "decisions.child_rights_assessed": ("whether children's rights were assessed", _recorded("UNCRC-s6", "met")),
    "decisions.date": ("day of each decision", _each("decisions", "on")),
    "decisions.groups_involved": ("groups consulted on each decision", _each("decisions", "groups_involved")),
    "decisions.icia": ("whether effects on islands were assessed", _recorded("ISL-s8-icia", "met")),
    "decisions.icia_reasons": ("documents on effects on islands", _recorded("ISL-s8-icia", "document")),
    "decisions.island_effect": ("days of records on effects on islands", _recorded("ISL-s8-icia", "on")),
    "decisions.locality": ("locality each decision affects", _each("decisions", "locality")),
    "decisions.outside_plan": ("decisions taken outside the plan", _each("decisions", "outside_plan")),
    "decisions.regard_outcomes": ("whether regard was had to the outcomes", _recorded("PBJW-s40-regard", "met")),
    "decisions.regard_principles": ("whether regard was had to the principles", _recorded("PBJW-s40-regard", "met")),
    "decisions.residents_involved": ("whether residents were consulted", _each("decisions", "residents_involved")),
    "decisions.significant": ("decisions that affect services significantly", _each("decisions", "significant")),
    "decisions.socioeconomic_regard": ("whether regard was had to social disadvantage", _recorded("EQ-fairer", "met")),
    "decisions.spg_views": ("whether views of the planning group were sought", _each("decisions", "spg_views")),
    "decisions.strategic": ("documents on strategic decisions", _recorded("EQ-fairer", "document")),
    "decisions.users_involved": ("whether users were involved in decisions", _each("decisions", "users_involved")),
    "guidance.id": ("documents on regard to guidance", _recorded("PBJW-s53-guidance", "document")),
    "guidance.issued_on": ("days of records on ethical commissioning", _recorded("PBJW-s53A-ethical", "on")),
    "guidance.regard": ("whether regard was had to guidance", _recorded("PBJW-s53-guidance", "met")),
    "info_requests.answered_on": ("days of records on information asked for", _information("on")),
    "info_requests.section": ("whether information asked for was given", _information("met")),
    "info_requests.to": ("documents of those records", _information("document")),
    "inspections.recommendations": ("who made each recommendation", _each("recommendations", "by")),
    "interests.disclosed_at": (
        "which interests were disclosed before the business",
        _at_meetings("interests", "disclosed_before"),
    ),
    "interests.discussion_at": ("business that interests bear on", _at_meetings("interests", "about")),
    "interests.participation_decided_by": ("who decided on taking part", _at_meetings("interests", "decided_by")),
    "lines": ("lines of the chief officer", _of("chief_officer.post.answers_to")),
    "localities.area": ("small areas of each locality", _each("localities", "zones")),
    "localities.basis": ("how localities were drawn", _recorded("GUID-locality-gp", "met")),
    "meetings.date": ("days the board met", _each("meetings", "on")),
    "meetings.notice_available_on": ("days notice was available", _each("meetings", "notice_available_on")),
    "meetings.present": ("who attended each meeting", _each("meetings", "present")),
    "meetings.presiding": ("who presided at each meeting", _each("meetings", "presiding")),
    "meetings.quorate": ("who attended each meeting", _each("meetings", "present")),
    "ministers_directions.done_on": ("day each direction of Ministers was carried out", _ministers("done_on")),
    "ministers_directions.due_on": ("day each direction of Ministers was due", _ministers("due_on")),
    "ministers_directions.in_writing": ("which directions of Ministers are in writing", _ministers("in_writing")),
    "ministers_directions.to": ("whom Ministers directed", _ministers("about")),
    "minutes.agreed_on": ("days of records on minutes", _recorded("IJBO-sch6-minutes", "on")),
    "minutes.attendance": (
        "whether attendance is minuted, and minutes agreed and signed",
        _recorded("IJBO-sch6-minutes", "met"),
    ),
    "minutes.signed_by": ("documents on minutes", _recorded("IJBO-sch6-minutes", "document")),
    "officers.body": ("officers of partners, not recorded", lambda p: UNKNOWN),
    "officers.function": ("what they act in, not recorded", lambda p: UNKNOWN),
    "officers.meets_3_2": ("whether they are qualified, not recorded", lambda p: UNKNOWN),
    "officers.meets_3_2_a_i_iii_iv_b": ("whether they are qualified for more, not recorded", lambda p: UNKNOWN),
    "offices.end": ("last day of each holder in post", _terms("until")),
    "offices.holder": ("who has held each post", _each("posts", "holders")),
    "orders.s27_6_functions": ("functions excused by order", lambda p: p.excused(p.as_at)),
    "orders.s51_on": ("day of an order in default, not recorded", lambda p: UNKNOWN),
    "partner_additions.amount": ("payments before they changed", _money("payments", "before")),
    "payments.amount": ("payments", _money("payments", "amount")),
    "payments.changed_on": ("days on which payments changed", _money("payments", "changed_on")),
    "payments.direction": ("directions behind payments", _money("payments", "direction")),
    "payments.function": ("functions of payments", _money("payments", "function")),
    "payments.payee": ("payees", _money("payments", "payee")),
    "payments.payer": ("payers", _money("payments", "payer")),
    "proxies.is_councillor": ("which proxies are councillors", _at_meetings("proxies", "is_councillor")),
    "proxies.is_hb_member": ("which proxies sit on the Health Board", _at_meetings("proxies", "is_hb_member")),
    "proxies.of": ("for whom each proxy attended", _at_meetings("proxies", "of")),
    "proxies.person": ("who each proxy is", _at_meetings("proxies", "person")),
    "proxies.voted": ("which proxies voted", _at_meetings("proxies", "voted")),
    "query.section": (
        "where the authority is found function by function",
        lambda p: "ss. 23 to 28, 29(4), (6)(b) and 41(1)",
    ),
    "reclaims.amount": ("settlements of set-aside", _each("budgets", "settlements")),
    "reclaims.by": ("who reclaims, not recorded apart from settlements", lambda p: UNKNOWN),
    "removals.absences": ("absences before a removal, not recorded apart", lambda p: UNKNOWN),
    "removals.by": ("who removed a member, not recorded apart", lambda p: UNKNOWN),
    "removals.effect_on": ("last day of each membership", _each("members", "until")),
    "removals.ground": ("why each membership ended", _each("members", "end_reason")),
    "removals.notice_on": ("day of notice of a removal, not recorded", lambda p: UNKNOWN),
    "removals.notice_to": ("to whom notice of a removal went, not recorded", lambda p: UNKNOWN),
    "replacement_directions.from": ("who gave each direction to replace", _each("replacement_directions", "given_by")),
    "replacement_directions.in_writing": (
        "which of them are in writing",
        _each("replacement_directions", "in_writing"),
    ),
    "replacement_directions.period_start": (
        "when each new plan is to begin",
        _each("replacement_directions", "period_start"),
    ),
    "replacement_directions.prepare_by": ("when each new plan is due", _each("replacement_directions", "prepare_by")),
    "replacement_directions.reasons": ("which of them give reasons", _each("replacement_directions", "reasons")),
    "replacement_directions.substituted_prepare_by": (
        "later day put in its place",
        _each("replacement_directions", "substituted_prepare_by"),
    ),
    "reports": ("whether financial reports came as often as stated", _recorded("ISR-reg2-3-act-accordingly", "met")),
    "reports.directions_marker": ("what the report behind each direction says", _live("marker")),
    "requisitions.business": ("business of requisitions, not recorded", lambda p: UNKNOWN),
    "requisitions.chair_called_on": ("day a requisitioned meeting was called, not recorded", lambda p: UNKNOWN),
    "requisitions.meeting_business": ("business of requisitioned meetings, not recorded", lambda p: UNKNOWN),
    "requisitions.presented_on": ("day of requisitions, not recorded", lambda p: UNKNOWN),
    "requisitions.signatories": ("who signed requisitions, not recorded", lambda p: UNKNOWN),
    "reserves.change": ("movement of reserves", _money("reserves", "movement")),
    "service_changes.date": ("days of changes of services", _each("service_changes", "on")),
    "service_changes.function": ("functions of changes of services", _each("service_changes", "function")),
    "service_changes.made_by": ("who changed services", _each("service_changes", "made_by")),
    "set_asides.amount": ("sums set aside", _money("set_asides", "amount")),
    "set_asides.function": ("functions of sums set aside", _money("set_asides", "function")),
    "set_asides.reports_due": ("days for reports on sums set aside", _money("set_aside_reports", "due_on")),
    "set_asides.reports_given": ("days reports on sums set aside were given", _money("set_aside_reports", "given_on")),
    "set_asides.used": ("what was used of sums set aside", _money("set_asides", "used")),
    "settings.issue_days": ("days within which a direction is to be issued", lambda p: "28, our choice"),
    "sharing.from": ("who shares information, not recorded", lambda p: UNKNOWN),
    "sharing.purpose": ("what information is shared for, not recorded", lambda p: UNKNOWN),
    "sharing.to": ("with whom information is shared, not recorded", lambda p: UNKNOWN),
    "staffing_reports.published_on": ("days staffing information was published", _recorded("STAFF-s3-6", "on")),
    "staffing_reports.risks": ("whether risks in staffing were published", _recorded("STAFF-s3-6", "met")),
    "staffing_reports.steps": ("whether steps on staffing were published", _recorded("STAFF-s3-6", "met")),
    "staffing_reports.year": ("documents on staffing", _recorded("STAFF-s3-6", "document")),
    "t": ("day asked about", _of("as_at")),
    "vacancies.end": ("last day of each vacancy", _vacant("until")),
    "vacancies.notified_on": ("day Ministers were told of each vacancy", _vacant("notified_on")),
    "vacancies.route": ("who has each vacant seat to fill", _vacant("nominator")),
    "vacancies.start": ("first day of each vacancy", _vacant("start")),
    "votes.against": ("votes against", _vote("votes_against")),
    "votes.carried": ("votes minuted as carried", _vote("carried")),
    "votes.for": ("votes for", _vote("votes_for")),
    "votes.tie_resolved_by": ("how ties were resolved", _vote("tie_resolved_by")),
}
"""Each word of the rulebook's *fields* column: what it means, and where to read it."""
