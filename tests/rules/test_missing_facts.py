"""Forgetting facts: a rule about schemes, membership or proceedings may fall silent, and never changes its mind."""

import attrs
import pytest

from scotintegration.examples import example
from scotintegration.officers import ChiefOfficer
from scotintegration.rules import RULES, Modality, Outcome, Topic, check
from scotintegration.unknown import UNKNOWN, Listing

TOPICS = (Topic.SCHEME, Topic.MEMBERSHIP, Topic.PROCEEDINGS)
ASKED = tuple(rule for rule in RULES if rule.topic in TOPICS)


def each(field, **facts):
    """Forget facts of every value of a collection."""
    return lambda p: p.evolve(**{field: getattr(p, field).map(lambda one: attrs.evolve(one, **facts))})


def partly(field):
    """Forget that a collection is whole."""
    return lambda p: p.evolve(**{field: Listing(getattr(p, field).items, complete=False)})


def whole(field):
    """Forget a collection, or a single value."""
    return lambda p: p.evolve(**{field: UNKNOWN})


def scheme(**facts):
    """Forget facts of the scheme."""
    return lambda p: p.evolve(scheme=attrs.evolve(p.scheme, **facts))


def scheme_partly(field):
    """Forget that a collection of the scheme is whole."""
    return lambda p: scheme(**{field: Listing(getattr(p.scheme, field).items, complete=False)})(p)


def reviews(**facts):
    """Forget facts of every review of the scheme."""
    return lambda p: scheme(reviews=p.scheme.reviews.map(lambda one: attrs.evolve(one, **facts)))(p)


def revisions(**facts):
    """Forget facts of every revision of the scheme."""
    return lambda p: scheme(revisions=p.scheme.revisions.map(lambda one: attrs.evolve(one, **facts)))(p)


def area(p):
    """Forget which councils the area of the Health Board holds."""
    return p.evolve(health_board=attrs.evolve(p.health_board, local_authorities=UNKNOWN))


def functions(**facts):
    """Forget facts of every function."""
    return lambda p: scheme(functions=p.scheme.functions.map(lambda one: attrs.evolve(one, **facts)))(p)


def board(**facts):
    """Forget facts of the board, where there is one."""
    return lambda p: p if p.ijb is None else p.evolve(ijb=attrs.evolve(p.ijb, **facts))


def holders(**facts):
    """Forget facts of everybody who holds a post."""

    def forget(post):
        return attrs.evolve(post, holders=post.holders.map(lambda one: attrs.evolve(one, **facts)))

    return lambda p: p.evolve(posts=p.posts.map(forget))


def votes(**facts):
    """Forget facts of every vote."""

    def forget(meeting):
        return attrs.evolve(meeting, votes=meeting.votes.map(lambda vote: attrs.evolve(vote, **facts)))

    return lambda p: p.evolve(meetings=p.meetings.map(forget))


def answers(p):
    """Forget to whom the chief officer answers."""
    return p.evolve(
        posts=p.posts.map(
            lambda post: attrs.evolve(post, answers_to=UNKNOWN) if isinstance(post, ChiefOfficer) else post
        )
    )


def councils(p):
    """Forget how large the councils are."""
    return p.evolve(local_authorities=[attrs.evolve(one, councillors=UNKNOWN) for one in p.local_authorities])


def rules_of_order(p):
    """Forget how the board resolves ties."""
    return p.evolve(standing_orders=attrs.evolve(p.standing_orders, tie_mechanism=UNKNOWN))


FORGET = {
    **{
        f"all {field}": whole(field)
        for field in ("posts", "members", "chairs", "meetings", "standing_orders", "committees")
    },
    **{f"some {field}": partly(field) for field in ("posts", "members", "chairs", "meetings", "committees")},
    **{
        f"members' {fact}": each("members", **{fact: UNKNOWN})
        for fact in (
            *("person", "start", "until", "recorded_voting", "is_councillor", "is_ned", "is_hb_member"),
            *("councillor_until", "performers_list", "registered_nurse", "registered_doctor", "employer"),
            *("provides_primary_care", "selected_by", "area", "disqualifications", "end_reason", "nominated_by"),
        )
    },
    **{f"chairs' {fact}": each("chairs", **{fact: UNKNOWN}) for fact in ("member", "appointed_by", "start", "until")},
    **{
        f"meetings' {fact}": each("meetings", **{fact: UNKNOWN})
        for fact in ("notice_available_on", "present", "presiding", "votes", "proxies", "interests")
    },
    **{f"committees' {fact}": each("committees", **{fact: UNKNOWN}) for fact in ("members", "chair", "chair_set_by")},
    **{
        f"votes' {fact}": votes(**{fact: UNKNOWN})
        for fact in ("votes_for", "votes_against", "carried", "tie_resolved_by", "on_functions")
    },
    **{
        f"holders' {fact}": holders(**{fact: UNKNOWN})
        for fact in ("person", "appointed_by", "start", "until", "employer", "seconded", "interim", "consulted")
    },
    **{
        f"scheme's {fact}": scheme(**{fact: UNKNOWN})
        for fact in (
            *("functions", "enactments", "items", "reviews", "set_aside_method", "lead_authority"),
            *("agreed_seats", "la_specified_seats", "approved_on", "delegated_on"),
            *("conjoined", "nominees", "chair_term_months", "consulted", "consulted_on", "replaces", "substituted_day"),
            *("submitted_on", "published_on", "revisions", "replaced_on", "arrangements"),
        )
    },
    **{
        f"some {field}": scheme_partly(field)
        for field in (
            *("functions", "enactments", "items", "reviews"),
            *("nominees", "consulted", "revisions", "arrangements", "local_authorities"),
        )
    },
    **{f"reviews' {fact}": reviews(**{fact: UNKNOWN}) for fact in ("completed_on", "decided_on", "outcome")},
    **{
        f"revisions' {fact}": revisions(**{fact: UNKNOWN})
        for fact in (
            *("consulted", "consulted_on", "submitted_on", "approved_by", "approved_on", "effect_on"),
            *("effect_set_by", "published_on", "model", "local_authorities"),
        )
    },
    "councils of the area": area,
    "records": whole("evidence"),
    **{
        f"functions' {fact}": functions(**{fact: UNKNOWN})
        for fact in (
            *("age_scope", "funding", "method", "in_hospital", "hospital_in_hb_area", "la_areas", "deemed_out"),
            *("start", "until"),
        )
    },
    **{
        f"board's {fact}": board(**{fact: UNKNOWN})
        for fact in ("seats", "established_on", "ned_shortfall", "s10_5_order", "order", "vacancies")
    },
    "answers": answers,
    "councils": councils,
    "orders": rules_of_order,
}


def outcome(rule, p):
    """Ask one rule."""
    return check(p, rules=[rule])[rule.id].outcome


class TestForgetting:
    """What a rule says of less is what it said of more, or nothing."""

    @pytest.mark.parametrize("forget", FORGET.values(), ids=FORGET.keys())
    def test_kept(self, forget):
        """A rule that was kept is kept still, or nobody can tell."""
        less = {}  # many rules share an example
        wrong = []
        for rule in ASKED:
            key = (rule.passes if isinstance(rule.passes, str) else rule.id, rule.examples_at)
            if key not in less:
                less[key] = forget(rule.passing())
            said = outcome(rule, less[key])
            if said not in {Outcome.PASS, Outcome.CANNOT_TELL}:
                wrong.append((rule.id, said))
        assert [] == wrong

    @pytest.mark.parametrize("forget", FORGET.values(), ids=FORGET.keys())
    def test_broken(self, forget):
        """A rule that was broken is broken still, or nobody can tell."""
        said = {rule.id: outcome(rule, forget(rule.failing())) for rule in ASKED if rule.fails is not None}
        assert [] == [(id, one) for id, one in said.items() if one not in {Outcome.FAIL, Outcome.CANNOT_TELL}]


class TestNothingKnown:
    """A partnership of which little more than the bodies and the model is known."""

    @pytest.mark.parametrize("name", ["body-corporate", "joint-board", "lead-agency-both-ways", "lead-agency-to-board"])
    def test_silent(self, name):
        """No rule says that it is kept, or broken, but those about the model and those that are permissions."""
        p = example(name)
        for forget in FORGET.values():
            if forget is not rules_of_order:
                p = forget(p)
        told = {
            one.rule.id
            for topic in TOPICS
            for one in p.check(topic)
            if one.outcome not in (Outcome.NOT_APPLICABLE, Outcome.CANNOT_TELL)
            and one.rule.modality is not Modality.MAY
        }
        assert told <= {"PBJW-s1-4-one-model", "PBJW-s10-ijb-only", "PBJW-s2-single-or-joint"}
