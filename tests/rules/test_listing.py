"""Which functions may be delegated or carried out in conjunction, and how each is funded."""

import attrs
import pytest

from scotintegration.examples import EXAMPLES, example
from scotintegration.functions import EXCEPTED
from scotintegration.rules import ask
from scotintegration.rules._schemes import with_function, with_scheme
from scotintegration.rules.listing import (
    adults_only,
    carers_from_their_days,
    clinical_care_only,
    conjoined_delegable,
    conjoined_under_lead_agencies,
    council_functions_listed,
    health_board_functions_prescribed,
    one_way_of_funding,
)
from scotintegration.scotland import scotland
from scotintegration.unknown import UNKNOWN, Listing

P = example("body-corporate")
BOTH = example("lead-agency-both-ways")
MINE = (
    carers_from_their_days,
    conjoined_delegable,
    conjoined_under_lead_agencies,
    council_functions_listed,
    health_board_functions_prescribed,
    one_way_of_funding,
)
CHARGING = ("la-never-swsa1968-s87", "la-may-swsa1968-s87")


def told(rule, p):
    """Give what a rule says, as outcome and place."""
    result = ask(rule, p)
    return [(str(finding.outcome), finding.where) for finding in result] or str(result.outcome)


def more(what):
    """Give how many a finding counts beyond those it names."""
    _, _, rest = what.partition(" and ")
    return int(rest.split()[0]) if "more" in rest else 0


def listing(*ids, complete=True):
    """Give a partnership whose scheme lists these enactments."""
    return with_scheme(P, enactments=Listing(ids, complete))


class TestAll:
    @pytest.mark.parametrize("name", EXAMPLES)
    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_quiet(self, rule, name):
        """Every example keeps these rules."""
        for day in ("2024-04-01", "2028-03-31"):
            assert told(rule, example(name, as_at=day)) in ("pass", "not applicable")

    @pytest.mark.parametrize("rule", MINE, ids=lambda rule: rule.id)
    def test_real_areas(self, rule):
        """No real area is said to keep or break these rules."""
        assert {ask(rule, p).outcome for p in scotland("2026-11-22").partnerships} <= {"cannot tell", "not applicable"}

    @pytest.mark.parametrize("rule", [*MINE, adults_only, clinical_care_only], ids=lambda rule: rule.id)
    def test_not_applicable(self, rule):
        """The day before the law came into force nothing was asked."""
        first = rule.days.start
        p = rule.passing()
        assert "not applicable" == told(rule, p.at("2014-04-01"))
        assert "not applicable" != told(rule, p.at(first))


class TestConjoined:
    @pytest.mark.parametrize(
        ("expected", "conjoined"),
        [
            ([("fail", "scheme.conjoined")], None),
            ("pass", ()),
            ("pass", ["hb-may-nhsa1978"]),
            ("pass", Listing.partial("hb-may-nhsa1978")),
            ([("cannot tell", "scheme.conjoined")], UNKNOWN),
        ],
    )
    def test_lead_agencies(self, expected, conjoined):
        """Lead agencies need a list, which may be empty."""
        assert expected == told(conjoined_under_lead_agencies, with_scheme(BOTH, conjoined=conjoined))

    @pytest.mark.parametrize(
        ("expected", "conjoined"),
        [
            ("pass", None),
            ("pass", ()),
            ([("fail", "scheme.conjoined")], ["la-must-swsa1968-s12"]),
            ([("fail", "scheme.conjoined")], Listing.partial("la-must-swsa1968-s12")),
            ([("cannot tell", "scheme.conjoined")], UNKNOWN),
        ],
    )
    def test_board(self, expected, conjoined):
        """Where there is a board a list has no effect."""
        assert expected == told(conjoined_under_lead_agencies, with_scheme(P, conjoined=conjoined))

    @pytest.mark.parametrize(
        ("expected", "id"),
        [
            ("pass", "la-must-swsa1968-s12"),
            ("pass", "hb-may-pra2011"),
            ("fail", "la-never-swsa1968-s87"),
            ("fail", "hb-never-mha2003-s22"),
            ("cannot tell", "la-tcpa1997-s37"),
            ("cannot tell", "something-else"),
        ],
    )
    def test_delegable(self, expected, id):
        """What is carried out in conjunction could be delegated."""
        where = f"scheme.conjoined[{id!r}]"
        wanted = expected if expected == "pass" else [(expected, where)]
        assert wanted == told(conjoined_delegable, with_scheme(BOTH, conjoined=[id]))

    def test_no_list(self):
        """Without a list nothing can be wrong in it; one known in part is known in part."""
        assert "pass" == told(conjoined_delegable, with_scheme(BOTH, conjoined=None))
        assert [("cannot tell", "scheme.conjoined")] == told(conjoined_delegable, with_scheme(BOTH, conjoined=UNKNOWN))


class TestFunding:
    @pytest.mark.parametrize(
        ("expected", "funding"),
        [
            ("pass", "payment"),
            ("pass", "set-aside"),
            ("fail", "payment+set-aside"),
            ("fail", ()),
            ("cannot tell", UNKNOWN),
        ],
    )
    def test_one(self, expected, funding):
        """A function has one of the two."""
        where = "functions['district-nursing'].funding"
        wanted = expected if expected == "pass" else [(expected, where)]
        assert wanted == told(one_way_of_funding, with_function(P, "district-nursing", funding=funding))

    def test_in_part(self):
        """A breach among the functions known is reported though more may be delegated."""
        broken = with_function(P, "district-nursing", funding="payment+set-aside")
        some = Listing(broken.scheme.functions.items, complete=False)
        expected = [("fail", "functions['district-nursing'].funding"), ("cannot tell", "scheme.functions")]
        assert expected == told(one_way_of_funding, with_scheme(broken, functions=some))


class TestCouncil:
    @pytest.mark.parametrize("id", CHARGING)
    def test_charging(self, id):
        """Charging could be delegated until the day it was taken out of the schedule, and not from then on."""
        assert "pass" == told(council_functions_listed, listing(id).at("2014-11-27"))
        where = [("fail", f"scheme.enactments[{id!r}]")]
        assert where == told(council_functions_listed, listing(id).at("2014-11-28"))

    def test_not_read(self):
        """Of an enactment that no text read names nobody can tell whether the schedule has it."""
        for id in ("la-tcpa1997-s37", "something-else"):
            expected = [("cannot tell", f"scheme.enactments[{id!r}]")]
            assert expected == told(council_functions_listed, listing("la-must-swsa1968-s12a", id))

    def test_dropped(self):
        """Whether an entry that need no longer be delegated still may be was not read."""
        id = "la-must-sdsa2013-s3"
        assert "pass" == told(council_functions_listed, listing(id).at("2018-03-31"))
        assert "cannot tell" == ask(council_functions_listed, listing(id).at("2018-04-01")).outcome

    def test_the_other_side(self):
        """What the Health Board delegates is no matter of the schedule."""
        assert "pass" == told(council_functions_listed, listing("hb-never-nhsa1978-s17j", "hb-nobody-knows"))

    def test_in_part(self):
        """A list known in part may hold more, and a breach in it is certain."""
        expected = [("fail", f"scheme.enactments[{CHARGING[0]!r}]"), ("cannot tell", "scheme.enactments")]
        assert expected == told(council_functions_listed, listing(CHARGING[0], complete=False))


class TestHealthBoard:
    @pytest.mark.parametrize("id", EXCEPTED)
    def test_excepted(self, id):
        """Every section that is left out is refused, by its name."""
        (finding,) = ask(health_board_functions_prescribed, listing(id))
        assert ("fail", f"scheme.enactments[{id!r}]") == (finding.outcome, finding.where)
        assert finding.what.startswith(EXCEPTED[id])

    def test_days(self):
        """What was prescribed in 2017 could not be delegated the day before."""
        p = listing("hb-may-ca2016-s12")
        assert ("fail", "pass") == tuple(
            ask(health_board_functions_prescribed, p.at(day)).outcome for day in ("2017-12-17", "2017-12-18")
        )

    def test_not_settled(self):
        """Nobody can tell of an entry of which no day was read, or of an id that the table does not hold."""
        for id in ("hb-may-cypa2014-pt4", "hb-nobody-knows", "something-else"):
            expected = [("cannot tell", f"scheme.enactments[{id!r}]")]
            assert expected == told(health_board_functions_prescribed, listing(id))
        assert "pass" == told(health_board_functions_prescribed, listing("la-never-swsa1968-s87", "la-tcpa1997-s37"))


class TestCarers:
    @pytest.mark.parametrize(
        ("day", "missing"),
        [("2017-06-16", 1), ("2017-12-12", 1), ("2017-12-13", 7), ("2026-11-22", 7)],
    )
    def test_days(self, day, missing):
        """One section joined on 16 June 2017, six more on 13 December 2017."""
        (finding,) = ask(carers_from_their_days, listing().at(day))
        assert missing == finding.what.count("s. ") + more(finding.what)

    def test_section(self):
        """Support for carers may be missing in 2016 and not in 2019; the may entry of the same section will do."""
        short = [id for id in P.scheme.enactments.items if id != "la-must-ca2016-s24"]
        p = with_scheme(P, enactments=short)
        assert "not applicable" == told(carers_from_their_days, p.at("2016-06-01"))
        assert "pass" == told(carers_from_their_days, p.at("2017-12-12"))
        assert [("fail", "scheme.enactments")] == told(carers_from_their_days, p.at("2019-04-01"))
        assert "pass" == told(carers_from_their_days, with_scheme(P, enactments=[*short, "la-may-ca2016-s24"]))

    def test_in_part(self):
        """A list known in part may hold the rest."""
        assert [("cannot tell", "scheme.enactments")] == told(carers_from_their_days, listing(complete=False))


class TestPermissions:
    def test_adults(self):
        """That services for children are not delegated is no finding."""
        p = P.evolve(
            scheme=attrs.evolve(
                P.scheme, functions=P.scheme.functions.map(lambda one: attrs.evolve(one, age_scope="18_plus"))
            )
        )
        assert "pass" == told(adults_only, p)
        assert "pass" == told(adults_only, scotland("2026-11-22").partnerships[0])

    def test_clinical(self):
        """That buildings stay with the Health Board is no finding."""
        assert "pass" == told(clinical_care_only, example("large-hospital"))
        assert "not applicable" == told(clinical_care_only, example("lead-agency-to-board"))
