"""Which changes correct what the record says of the past."""

from datetime import date

import attrs
import pytest

from scotintegration.differences import diff
from scotintegration.examples import example
from scotintegration.mends._past import corrects
from scotintegration.rules import find
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")


def corrected(before, after):
    """List the paths of changes that correct the record."""
    return [change.path for change in diff(before, after).changes if corrects(change, before.as_at)]


def with_scheme(p, **changes):
    """Change fields of the scheme."""
    return p.evolve(scheme=attrs.evolve(p.scheme, **changes))


def with_member(p, **changes):
    """Change the nurse."""
    return p.evolve(members=p.members.map(lambda one: attrs.evolve(one, **changes) if one.id == "nurse-2025" else one))


class TestDays:
    """Days that were put otherwise."""

    @pytest.mark.parametrize("before", ["2015-02-01", None, "2027-01-01"])
    def test_of_the_past(self, before):
        """A day on record, or that nothing was done, is corrected by another day of the past."""
        p = with_scheme(P, consulted_on=before)
        assert ["scheme.consulted_on"] == corrected(p, with_scheme(P, consulted_on="2015-03-01"))
        assert ["scheme.consulted_on"] == corrected(with_scheme(P, consulted_on="2015-03-01"), p)

    def test_not_recorded(self):
        """A day that nobody recorded is filled in."""
        assert [] == corrected(with_scheme(P, consulted_on=UNKNOWN), P)

    @pytest.mark.parametrize("day", ["2026-11-22", "2027-03-31"])
    def test_of_today(self, day):
        """What is done on the day that governs, or later, corrects nothing."""
        assert [] == corrected(with_scheme(P, replaced_on=None), with_scheme(P, replaced_on=day))

    def test_ends_now(self):
        """A term that ends on the eve ends now; one that had ended is put otherwise."""
        eve = with_member(P, until="2026-11-21")
        assert [] == corrected(P, eve)
        assert ["members['nurse-2025'].until"] == corrected(with_member(P, until="2026-11-20"), eve)
        assert ["members['nurse-2025'].until"] == corrected(P, with_member(P, until="2026-11-20"))


class TestDone:
    """What was done on a day."""

    def test_meeting(self):
        """A meeting that was held is what it was; one of today is not over."""
        meeting = P.meetings[-1]
        moved = attrs.evolve(meeting, presiding="somebody-else")
        held = P.evolve(meetings=[meeting])
        assert [f"meetings[{meeting.id!r}].presiding"] == corrected(held, P.evolve(meetings=[moved]))
        day = P.as_at
        now = P.evolve(meetings=[attrs.evolve(meeting, on=day)])
        assert [] == corrected(now, P.evolve(meetings=[attrs.evolve(moved, on=day)]))

    def test_year(self):
        """The budget of a year that is over is what it was, that of a running year is not."""
        for year, over in (("2025/26", True), ("2026/27", False)):
            cut = P.budgets.map(lambda one, year=year: attrs.evolve(one, charges=()) if str(one.year) == year else one)
            assert over is bool(corrected(P, P.evolve(budgets=cut)))

    @pytest.mark.parametrize(("field", "settled"), [("selected_by", True), ("registered_nurse", False)])
    def test_member(self, field, settled):
        """Who chose a member is settled when the membership begins, what the member is may change."""
        assert settled is bool(corrected(P, with_member(P, **{field: None})))

    def test_nobody_recorded_when(self):
        """What was done on a day that nobody recorded is not known to be over."""
        report = P.reports[-1]
        before, after = (
            P.evolve(reports=[attrs.evolve(report, published_on=UNKNOWN, contents=contents)])
            for contents in ([], ["best value"])
        )
        assert [] == corrected(before, after)

    def test_added(self):
        """Something done in the past that joins a record known whole corrects it, and adds to one known in part."""
        fewer = P.reports.items[1:]
        path = f"reports['{P.reports[0].year}']"
        assert [path] == corrected(P.evolve(reports=fewer), P)
        assert [] == corrected(P.evolve(reports=Listing(fewer, False)), P)
        assert [path] == corrected(P, P.evolve(reports=fewer))

    def test_whole(self):
        """A list that was whole is corrected, one of which nobody recorded a thing is filled in."""
        named = [("third-sector",), Listing.partial("third-sector")]
        kept = with_scheme(P, consulted=("third-sector", "other-staff"))
        assert [["scheme.consulted['other-staff']"], []] == [
            corrected(with_scheme(P, consulted=one), kept) for one in named
        ]

    def test_order(self):
        """The order in which votes were taken is no fact of its own."""
        meeting = next(one for one in find("IJBO-a11-majority").failing().meetings if one.votes.items)
        (vote,) = meeting.votes.items[:1]
        both = [vote, attrs.evolve(vote, about="another")]
        before, after = (P.evolve(meetings=[attrs.evolve(meeting, votes=votes)]) for votes in (both, both[::-1]))
        assert [] == corrected(before, after)
        assert date(2026, 11, 22) == P.as_at


class TestRules:
    """What it makes of the mends of some rules."""

    @pytest.mark.parametrize(
        ("rule", "past"),
        [
            ("FIN-accounts-31-oct", True),
            ("IJBO-a11-majority", True),
            ("PBJW-s6-consult", True),
            ("PBJW-s33-5-recipients", True),
            ("PBJW-s10-6-consult", True),
            ("BV-ijb", False),
            ("CCA-cat1", False),
            ("ISR-items-complete", False),
            ("PBJW-s14-2-la-pays", False),
            ("PBJW-s26-1-every-function", False),
        ],
    )
    def test_rule(self, rule, past):
        """Mends of what was done or sent correct the past; mends of what is or is recorded now do not."""
        p = find(rule).failing()
        assert past is bool(corrected(p, find(rule).mended(p)))
