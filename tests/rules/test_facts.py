"""The words of the rulebook for facts, and how facts are said."""

from datetime import date

import attrs
import pytest

from scotintegration.errors import NotFoundError
from scotintegration.examples import example
from scotintegration.money import Money
from scotintegration.partnership import Partnership
from scotintegration.plans import StrategicPlanningGroup
from scotintegration.rules import FACTS, facts_of, rule
from scotintegration.rules._saying import _MOST, Labelled, in_words
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
LEAD = example("lead-agency-both-ways")
JOINT = example("joint-board")
BARE = Partnership.between(P.health_board, *P.local_authorities, model="a", as_at="2026-11-22")


def said(word, p=P):
    """Say one fact of a partnership."""

    def check(p, on):
        """Nothing."""
        return ()

    made = rule("TOY", cites="a scheme", severity="scheme", passes=P, fails=P, fields=word, register=False)(check)
    (sentence,) = facts_of(made, p)
    return sentence


class TestReading:
    @pytest.mark.parametrize(
        ("expected", "word", "p"),
        [
            ("day asked about: 2026-11-22", "t", P),
            ("who appointed the chief officer: strathallan-ijb", "B.co.appointed_by", P),
            ("an order that the board may employ its own: no", "B.co.s10_5_order", P),
            ("day the monitoring committee was set up: none", "C.established_on", P),
            ("voting seats of the Health Board: nhs-glenmore: 4", "B.seats_hb", P),
            ("voting seats of the council: strathallan-council: 4", "B.seats_la", P),
            ("voting seats of the council: none", "B.seats_la", LEAD),
            ("voting seats of each council: dunmorrow-council: 3, invercairn-council: 3", "B.seats_by_la", JOINT),
            ("models the scheme claims: a", "S.model", P),
            ("who has each vacant seat to fill: none", "vacancies.route", P),
            ("who has each vacant seat to fill: none", "vacancies.route", LEAD),
            ("which of them were answered in writing: none", "C.reports.response_in_writing", P),
            (
                "which of them were answered in writing: 2024-11-20: yes, 2025-11-19: yes",
                "C.reports.response_in_writing",
                LEAD,
            ),
            ("for whom each proxy attended: none", "proxies.of", P.evolve(meetings=())),
            ("services a Health Board must delegate: 26 services of Schedule 3", "LISTS.hb_must_services", P),
            ("enactments a council must delegate: as they stood on 2026-11-22", "LISTS.la_must", P),
            ("functions carried out in conjunction: none", "S.conjoined", P),
            ("holder of the post of chief officer: none", "B.co.person", BARE),
            ("directions in force: none", "D.id", BARE),
            ("payments: none", "payments.amount", BARE),
            ("votes for: none", "votes.for", BARE),
            ("who nominated each planning member: none", "G.members.nominated_by", BARE),
        ],
    )
    def test_sentences(self, expected, word, p):
        """A fact is said in a sentence, with the value it has in the partnership."""
        assert expected == said(word, p)

    def test_person(self):
        """A post is said by whoever holds it."""
        assert f"holder of the post of chief officer: {P.chief_officer.holder.person}" == said("B.co.person")

    def test_labels(self):
        """Values of a collection are said by id or by year."""
        budget = P.budgets[0]
        assert said("B.own_costs").startswith(f"the board's own costs: {budget.year}: {budget.own_costs}, ")
        first = P.current_members[0]
        assert f"{first.id}: {first.route}" in said("M.route")

    def test_year_and_offices(self):
        """Chairs are told from vice-chairs."""
        chairs = {one.office: one for one in P.chairs if one.serves(P.as_at)}
        assert f"{chairs['chair'].id}: {chairs['chair'].member}" in said("B.chairs.person")
        assert f"{chairs['vice-chair'].id}: {chairs['vice-chair'].member}" in said("B.vices.person")

    def test_states(self):
        """The state of a direction is that of the day that governs."""
        first = P.directions.in_force(on=P.as_at)[0]
        assert f"{first.id}: in force" in said("D.status")

    def test_planning_group(self):
        """A planning group that nobody recorded is unknown, and one member's fact is said by person."""
        assert said("G.members.localities", P.evolve(planning_group=UNKNOWN)).endswith(": unknown")
        assert isinstance(P.planning_group, StrategicPlanningGroup)
        assert str(P.planning_group.members[0].person) in said("G.members.localities")

    def test_not_recorded(self):
        """A collection that nobody recorded is not an empty one."""
        blank = P.evolve(budgets=UNKNOWN, statements=UNKNOWN, members=UNKNOWN, posts=UNKNOWN, chairs=UNKNOWN)
        for word in ("payments.amount", "M.route", "B.chairs.person", "AFS.amount"):
            assert said(word, blank).endswith(": not recorded")
        assert said("B.co.person", blank).endswith(": unknown")

    def test_unknown_fact(self, monkeypatch):
        """A fact that cannot be read for want of another is unknown."""
        both = P.evolve(scheme=attrs.evolve(P.scheme, models="a+c"))
        monkeypatch.setitem(FACTS, "the model", ("the one model", lambda p: p.model))
        assert ["the one model: a", "the one model: unknown"] == [said("the model", p) for p in (P, both)]

    def test_no_such_word(self):
        """A word that the library does not have is refused with near ones."""
        with pytest.raises(NotFoundError, match=r"no word for a fact 'M\.rout'; did you mean 'M\.route'"):
            said("M.rout")


class TestSaying:
    @pytest.mark.parametrize(
        ("expected", "value"),
        [
            ("none", None),
            ("yes", True),
            ("no", False),
            ("2026-04-01", date(2026, 4, 1)),
            ("£1.20", Money(120)),
            ("a: £1.20", Labelled("a", Money(120))),
            ("a: none", Labelled("a", ())),
            ("1, 2, 3", (1, 2, 3)),
            ("a, b", ["a", "b"]),
            ("none", ()),
            ("none", Listing(())),
            ("x", Listing(["x"])),
            ("x; known in part", Listing.partial("x")),
            ("not recorded", Listing((), complete=False)),
            ("unknown", UNKNOWN),
            ("7", 7),
        ],
        ids=repr,
    )
    def test_values(self, expected, value):
        """Values are said in plain words."""
        assert expected == in_words(value)

    def test_many(self):
        """A long list is cut, and says by how much."""
        assert ", ".join(map(str, range(_MOST))) == in_words(tuple(range(_MOST)))
        assert in_words(tuple(range(_MOST + 3))).endswith(f"{_MOST - 1} and 3 more")
