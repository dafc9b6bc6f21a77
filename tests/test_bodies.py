"""Bodies have an id, a name and codes by date, and refuse what no body has."""

import copy
import pickle
from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import DAYS, assert_refused, listings, wrong

from scotintegration.bodies import (
    ELECTORATE,
    IJB,
    MINISTERS,
    Code,
    Electorate,
    HealthBoard,
    LeadAgency,
    LocalAuthority,
    MonitoringCommittee,
    MonitoringReport,
    OtherBody,
    ScottishMinisters,
    Seats,
    Vacancy,
)
from scotintegration.dates import Interval
from scotintegration.ministers import MinistersDirection
from scotintegration.unknown import UNKNOWN, Listing

BOARD = HealthBoard("toy-nhs", name="NHS Toytown", source={"name": "made up"})
COUNCIL = LocalAuthority("toy-council", name="Toytown Council", councillors=30)
JOINT = IJB("toy-ijb", name="Toytown IJB", seats=[Seats("toy-nhs", 4), Seats("toy-council", 4)])
LEAD = LeadAgency("toy-lead", name="NHS Toytown as lead agency", body="toy-nhs")
COMMITTEE = MonitoringCommittee("toy-ijmc", name="Toytown Joint Monitoring Committee")
INSPECTOR = OtherBody("care-inspectorate", name="Care Inspectorate", role="inspection")
BODIES = (BOARD, COUNCIL, JOINT, LEAD, COMMITTEE, INSPECTOR, MINISTERS, ELECTORATE)
COMMON = {"id": "id", "name": "text", "codes": "values", "source": "source"}


class TestLaws:
    @pytest.mark.parametrize("body", BODIES, ids=lambda body: body.kind)
    def test_value(self, body):
        """A body is a value: it survives pickling and copying, and where its facts come from is no fact about it."""
        sourced = attrs.evolve(body, source={"name": "another book"})
        assert body == sourced == pickle.loads(pickle.dumps(body)) == copy.deepcopy(body)
        assert hash(body) == hash(sourced)
        assert body.source == pickle.loads(pickle.dumps(body)).source
        assert type(body).__name__ == body.kind

    @pytest.mark.parametrize("body", BODIES, ids=lambda body: body.kind)
    def test_frozen(self, body):
        """Nobody changes a body in place."""
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            body.name = "Another"

    @given(listings(["nhs-a", "council-a", "council-b"]), st.randoms(), st.integers(0, 9) | st.just(UNKNOWN))
    def test_order_of_seats(self, nominators, random, number):
        """The order in which seats are given does not matter."""
        seats = [Seats(nominator, number) for nominator in nominators]
        shuffled = random.sample(seats, len(seats))
        one, other = (
            IJB("toy-ijb", name="Toytown IJB", seats=Listing(some, nominators.complete)) for some in (seats, shuffled)
        )
        assert one == other
        assert [number] * len(seats) == [one.seats_of(nominator) for nominator in nominators]

    @given(DAYS, DAYS)
    def test_one_code_a_day(self, change, on):
        """Codes that follow one another leave no day without a code, and the later begins on its first day."""
        codes = [Code("new", Interval(change, None)), Code("old", Interval(None, change))]
        assert ("new" if on >= change else "old") == HealthBoard("new", name="NHS New", codes=codes).code(on)


class TestRefused:
    @pytest.mark.parametrize(
        ("good", "field", "values"),
        [
            *wrong(
                BOARD,
                **COMMON,
                accountable_officer="maybe text",
                gms_contractors="ids",
                local_authorities="ids",
                ministers_directions="values",
            ),
            *wrong(
                COUNCIL,
                **COMMON,
                councillors="maybe count",
                population="maybe count",
                zones="ids",
                ministers_directions="values",
            ),
            *wrong(
                JOINT,
                **COMMON,
                established_on="maybe day",
                order="maybe text",
                seats="values",
                ned_shortfall="flag",
                s10_5_order="flag",
                vacancies="values",
                category_1="flag",
                corporate_parent="flag",
                ministers_directions="values",
            ),
            *wrong(
                MinistersDirection(about="report delays"),
                about="text",
                in_writing="flag",
                due_on="maybe day",
                done_on="maybe day",
            ),
            *wrong(LEAD, **COMMON, body="id", category_1="flag"),
            *wrong(
                COMMITTEE,
                **COMMON,
                established_on="maybe day",
                established_jointly="flag",
                ned_shortfall="flag",
                reports="values",
            ),
            *wrong(INSPECTOR, **COMMON, role="text"),
            *wrong(MINISTERS, **COMMON),
            *wrong(ELECTORATE, **COMMON),
            *wrong(Code("S37000034"), value="id", days="days"),
            *wrong(Seats("toy-nhs", 4), nominator="id", number="maybe count"),
            *wrong(
                Vacancy(nominator="toy-nhs", start="2026-03-01"),
                nominator="id",
                start="maybe day",
                until=("", "2026-02-30", 5, "2026-02-28"),
                notified_on="maybe day",
            ),
            *wrong(
                MonitoringReport(on="2026-03-18"), on="maybe day", recommendations="flag", response_in_writing="flag"
            ),
        ],
    )
    def test_field(self, good, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(good, field, values)

    @pytest.mark.parametrize("make", [HealthBoard, LocalAuthority, ScottishMinisters, Electorate, OtherBody])
    def test_name_is_needed(self, make):
        """A body without a name is not built."""
        with pytest.raises(TypeError, match="name"):
            make("toy")


class TestMinistersDirection:
    def test_order(self):
        """The order in which directions of Ministers are given does not matter, and none are known until recorded."""
        told = [MinistersDirection(about=about, due_on="2026-06-30") for about in ("report delays", "open wards")]
        one, other = (attrs.evolve(BOARD, ministers_directions=some) for some in (told, told[::-1]))
        assert one == other
        assert (False, UNKNOWN, UNKNOWN) == (BOARD.ministers_directions.complete, told[0].in_writing, told[0].done_on)


class TestCode:
    def test_none_recorded(self):
        """Without codes the id is the code of every day."""
        assert "toy-nhs" == BOARD.code(date(1999, 1, 1))

    def test_no_code_of_the_day(self):
        """Where no code covers a day, nobody knows its code."""
        body = HealthBoard("S08000029", name="NHS Fife", codes=[Code("S08000029", Interval.of("2018"))])
        assert "S08000029" == body.code(date(2018, 2, 2))
        assert UNKNOWN is body.code(date(2017, 12, 31))


class TestSeats:
    def test_of(self):
        """A body named has its seats; one that is not has none, or nobody knows where the list is not complete."""
        assert 4 == JOINT.seats_of("toy-nhs")
        assert 0 == JOINT.seats_of("vale-council")
        assert UNKNOWN is IJB("toy-ijb", name="Toytown IJB").seats_of("toy-nhs")

    @pytest.mark.parametrize("number", [None, UNKNOWN])
    def test_number_not_recorded(self, number):
        """A body named without a number has an unknown number of seats."""
        assert UNKNOWN is attrs.evolve(JOINT, seats=[Seats("toy-nhs", number)]).seats_of("toy-nhs")


class TestPrinted:
    def test_parts(self):
        """Codes and seats print in few words."""
        assert "S37000034 (from 2019-04-01)" == str(Code("S37000034", Interval("2019-04-01", None)))
        assert ("toy-nhs 4", "toy-nhs unknown") == (str(Seats("toy-nhs", 4)), str(Seats("toy-nhs", UNKNOWN)))


class TestNational:
    def test_ids(self):
        """The two bodies at the top have the ids that lines use."""
        assert ("scottish-ministers", "electorate") == (MINISTERS.id, ELECTORATE.id)
