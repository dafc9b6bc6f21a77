"""The words of the rulebook for facts, and how facts are said."""

from datetime import date

import attrs
import pytest

from scotintegration.errors import NotFoundError
from scotintegration.examples import example
from scotintegration.ministers import MinistersDirection
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


def said(word, p=P, where=""):
    """Say one fact of a partnership."""

    def check(p, on):
        """Nothing."""
        return ()

    made = rule("TOY", cites="a scheme", severity="scheme", passes=P, fails=P, fields=word, register=False)(check)
    (sentence,) = facts_of(made, p, where)
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

    def test_directed_by_ministers(self):
        """What Ministers directed is said by the body that they directed."""
        told = MinistersDirection(about="report delays", in_writing=True, due_on="2026-06-30", done_on=None)
        p = P.evolve(health_board=attrs.evolve(P.health_board, ministers_directions=[told]))
        assert ": nhs-glenmore: 2026-06-30, strathallan-ijb: " in said("ministers_directions.due_on", p)

    def test_contents(self):
        """Of each report it is said whether it holds a part of its contents, which may not be recorded."""
        first = P.reports[0]
        for contents, expected in ((["principles"], "yes"), ((), "no"), (UNKNOWN, "unknown")):
            p = P.evolve(reports=[attrs.evolve(first, contents=contents)])
            assert said("R.principles", p).endswith(f": {first.year}: {expected}")

    def test_progress(self):
        """The state of a direction is followed by what was reported of it, where that is recorded."""
        live = P.directions.in_force(on=P.as_at)[0]
        for progress, expected in (
            ("in progress", "in force, in progress"),
            (None, "in force, nothing reported"),
            (UNKNOWN, "in force"),
        ):
            steps = [
                attrs.evolve(step, direction=step.direction.evolve(progress=progress))
                if step.direction is live
                else step
                for step in P.directions.steps
            ]
            p = P.evolve(directions=attrs.evolve(P.directions, steps=steps, strict=False))
            after = p.directions.in_force(on=P.as_at)[1]
            assert f": {live.id}: {expected}, {after.id}: " in said("D.status", p)

    def test_authorities(self):
        """Of a board, and of each lead agency, it is said whether it plans for emergencies."""
        assert f": {P.ijb.id}: " in said("IA.category1")
        assert all(f"{role.id}: " in said("IA.category1", LEAD) for role in LEAD.lead_agencies)

    def test_holders(self):
        """What is known of everybody who held a post is said by post, and that holders are missing."""
        posts = [attrs.evolve(one, holders=Listing(one.holders.items, complete=False)) for one in P.posts]
        assert "chief-finance-officer: none, chief-officer: none" in said("offices.end")
        assert said("offices.end", P.evolve(posts=posts)).endswith("; known in part")

    def test_known_in_part(self):
        """Where a collection is known in part that is said of the fact."""
        for word, p in (
            ("R.principles", P.evolve(reports=Listing(P.reports.items, complete=False))),
            ("R.spend_by_matter", P.evolve(reports=Listing(P.reports.items, complete=False))),
            ("D.id", P.evolve(directions=attrs.evolve(P.directions, complete=False))),
            ("votes.for", P.evolve(meetings=Listing(P.meetings.items, complete=False))),
            ("payments.amount", P.evolve(budgets=Listing(P.budgets.items, complete=False))),
            ("B.best_value", P.evolve(evidence=Listing(P.evidence.items, complete=False))),
        ):
            assert said(word, p).endswith("; known in part")
            assert not said(word, P).endswith("; known in part")


class TestAbout:
    @pytest.mark.parametrize(
        ("word", "where", "label"),
        [
            ("meetings.date", "meetings['2026-09-16'].present", "2026-09-16"),
            ("votes.for", "meetings['2026-09-16'].votes[0]", "2026-09-16"),
            ("B.own_costs", "budgets['2026/27']", "2026/27"),
            ("M.end", "members['nurse-2025'].until", "nurse-2025"),
            ("F.funding", "functions['respite'].funding", "respite"),
            ("D.payment", "directions['2026-001'].payment", "2026-001"),
            ("LA.size", "local_authorities['strathallan-council']", "strathallan-council"),
        ],
    )
    def test_named(self, word, where, label):
        """Of what the path of a finding names, only that is said."""
        sentence = said(word, where=where)
        assert sentence.partition(": ")[2].startswith(f"{label}: ")
        assert len(sentence) <= len(said(word))

    def test_year(self):
        """Of a budget only its own money is said, by function, and of directions those of its year."""
        year = P.budgets[0].year
        sentence = said("payments.amount", where=f"budgets[{str(year)!r}]")
        assert sentence.startswith(f"payments: {year} {P.budgets[0].payments[0].function}: ")
        assert sentence.count(f"{year} ") == _MOST
        assert "payment of each direction in force: none" == said("D.payment", where=f"budgets[{str(year)!r}]")
        assert said("D.payment") == said("D.payment", where="budgets['2026/27']")

    def test_not_there(self):
        """Where the path names nothing that there is, all is said."""
        for word in ("M.end", "D.payment", "B.own_costs", "LA.size"):
            assert said(word) == said(word, where="members['nobody']")
        assert said("D.payment") == said("D.payment", where="directions['none']")

    def test_not_yet(self):
        """What was still to come on the day that governs is not said, but for what the path names."""
        late = max(meeting.id for meeting in P.meetings if meeting.on > P.as_at)
        assert late not in said("votes.for") + said("meetings.date")
        assert late in said("meetings.date", where=f"meetings[{late!r}]")
        earlier = P.at("2024-06-01")
        assert ": 2024/25: " in said("B.own_costs", earlier)
        assert "2025/26" not in said("B.own_costs", earlier)


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

    @pytest.mark.parametrize(("number", "end"), [(12, "11"), (13, "11 and 1 more"), (14, "11 and 2 more")])
    def test_how_many(self, number, end):
        """Twelve values are listed, and those beyond are counted."""
        assert in_words(tuple(range(number))).endswith(f", 10, {end}")
