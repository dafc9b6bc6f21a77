"""Scotland as public sources show it: what is known, where from, and what is not known."""

import pickle
import time
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration._bundled import table
from scotintegration.budgets import ALL_FUNCTIONS
from scotintegration.dates import FinancialYear, Interval
from scotintegration.errors import DateError, NotFoundError, UnknownFactError
from scotintegration.functions import AgeScope, catalogue, must_functions
from scotintegration.lifecycle import State, StepKind
from scotintegration.money import Money, total
from scotintegration.partnership import Partnership
from scotintegration.schemes import Basis
from scotintegration.scotland import DATA_DAY, FIRST_DAY, _directions, codes, hosted_services, scotland
from scotintegration.scotland._directions import functions_named
from scotintegration.scotland._services import extents
from scotintegration.unknown import UNKNOWN, Listing

NET = scotland()
AREAS = [pytest.param(p, id=p.name) for p in NET]
DAYS = st.dates(FIRST_DAY, date(2030, 1, 1))
YEARS = [FinancialYear(year) for year in range(2016, 2026)]


class TestLaws:
    @given(DAYS)
    def test_day(self, on):
        """A day asked for at once is the same as one moved to."""
        assert scotland(on) == scotland(on.isoformat()) == NET.at(on)

    def test_equal_every_time(self):
        """Asking twice gives equal values that share nothing one could change."""
        one, other = scotland(), scotland()
        assert one == other
        assert one is not other
        assert one.aliases is not other.aliases

    def test_pickle(self):
        """A network survives pickling, provenance included."""
        again = pickle.loads(pickle.dumps(NET))
        assert NET == again
        assert NET["Fife"].health_board.source == again["Fife"].health_board.source

    @pytest.mark.parametrize("p", AREAS)
    def test_round_trip(self, p):
        """The graph of a real area turns back into the area."""
        assert p == Partnership.from_graph(p.graph())

    @given(DAYS)
    def test_one_code_a_day(self, on):
        """On every day each body has one code, unlike any other's, that leads back to its id."""
        bodies = [*NET.health_boards, *NET.local_authorities, *NET.partnerships]
        found = [body.code(on) for body in bodies]
        assert [body.id for body in bodies] == [codes.current(code) for code in found]
        assert len(bodies) == len(set(found))

    @pytest.mark.parametrize("p", AREAS)
    def test_money(self, p):
        """Every year's payments and sums set aside add up to its total, and whatever is paid is received."""
        assert YEARS == [budget.year for budget in p.budgets]
        for budget in p.budgets if p.ijb else ():
            money = p.money(budget.year)
            assert budget.total == money.resources
            assert Money(0) == total(money.balances().values())
            assert budget.total - money.set_aside == money.balances()[p.id]

    @pytest.mark.parametrize("year", YEARS, ids=str)
    def test_national_total(self, year):
        """The areas' totals of a year add up to the nation's."""
        (row,) = (row for row in table("national_totals") if row["financial_year"] == str(year))
        assert Money(f"£{row['national_total_pounds']}") == total(p.budget(year).total for p in NET)

    @pytest.mark.parametrize("p", AREAS)
    def test_registers_cope(self, p):
        """A register of which little is known answers every question, and never as if it were whole."""
        for on in ("2015-01-01", "2021-08-24", "2021-10-23", "2026-11-22"):
            assert not p.register.in_force(on=on).complete
            assert (p.ijb is None) is p.register.functions_without_direction(on=on).functions.complete
            for direction in p.register:
                assert p.register.state(direction.id, on=on) in {*State, UNKNOWN}
                assert direction in p.register.chain(direction.id)


class TestNames:
    @pytest.mark.parametrize(
        ("asked", "name"),
        [
            ("glasgow", "Glasgow City"),
            ("Glasgow City", "Glasgow City"),
            ("S37000034", "Glasgow City"),
            ("S37000015", "Glasgow City"),
            ("S12000016", "Glasgow City"),
            ("Glasgow City Health and Social Care Partnership", "Glasgow City"),
            ("edinburgh", "Edinburgh"),
            ("City of Edinburgh Council", "Edinburgh"),
            ("Edinburgh City Integration Joint Board", "Edinburgh"),
            ("western isles", "Western Isles"),
            ("Na h-Eileanan Siar", "Western Isles"),
            ("Comhairle nan Eilean Siar", "Western Isles"),
            ("NHS Western Isles", "Western Isles"),
            ("Clackmannanshire", "Clackmannanshire and Stirling"),
            ("Stirling Council", "Clackmannanshire and Stirling"),
            ("Clackmannanshire & Stirling", "Clackmannanshire and Stirling"),
            ("The Highland Council", "Highland"),
            ("borders", "Scottish Borders"),
            ("orkney", "Orkney Islands"),
        ],
    )
    def test_found(self, asked, name):
        """An area is found by any name or code that it, its board or its councils go by."""
        assert name == NET[asked].name

    def test_every_code(self):
        """Every code of a council or integration authority leads to its area, old ones too."""
        boards = {row["code"] for row in table("code_history") if row["entity"] == "health_board"}
        for row in table("code_history"):
            if row["code"] not in boards:
                assert codes.current(row["code"]) in {
                    NET[row["code"]].id, *(body.id for body in NET[row["code"]].local_authorities)
                }  # fmt: skip

    def test_no_name_for_two(self):
        """No alias is the name of another area."""
        names = {p.name.casefold(): p.id for p in NET}
        assert {alias: id for alias, id in NET.aliases.items() if names.get(alias.casefold(), id) != id} == {}

    @pytest.mark.parametrize("asked", ["Glasgw", "Edinbrugh", "Clackmananshire"])
    def test_near_miss(self, asked):
        """A near miss suggests the area."""
        with pytest.raises(NotFoundError, match="did you mean"):
            NET[asked]

    def test_health_board_of_several(self):
        """A Health Board with several areas is the name of none of them."""
        with pytest.raises(NotFoundError):
            NET["NHS Lothian"]


class TestBodies:
    def test_counts(self):
        """There are 14 Health Boards, 32 councils, 31 areas and 30 joint boards, one of them of two councils."""
        assert (14, 32, 31) == (len(NET.health_boards), len(NET.local_authorities), len(NET.integration_authorities))
        assert 30 == sum(p.ijb is not None for p in NET)
        assert {"a": 30, "d": 1} == Counter(p.model.letter for p in NET)
        assert ["Clackmannanshire and Stirling"] == [p.name for p in NET if len(p.local_authorities) > 1]

    def test_shared(self):
        """Areas of one Health Board share one value of it."""
        assert NET["Highland"].health_board is NET["Argyll and Bute"].health_board

    def test_areas(self):
        """The areas of the Health Boards are known whole, and hold every council once."""
        held = [council for body in NET.health_boards for council in body.local_authorities]
        assert sorted(body.id for body in NET.local_authorities) == sorted(held)
        assert all(body.local_authorities.complete for body in NET.health_boards)
        for p in NET:
            assert {council.id for council in p.local_authorities} <= set(p.health_board.local_authorities)
        assert 3 == len(NET["Angus"].health_board.local_authorities)
        alone = {p.name for p in NET if p.scheme.basis.value == "s.1(2)"}
        assert alone == {p.name for p in NET if len(p.health_board.local_authorities) == 1}

    def test_codes_of_a_day(self):
        """The code is that of the day, the id that of now."""
        was, now = scotland("2018-02-01"), scotland("2019-04-01")
        fife = was["Fife"]
        bodies = (fife, fife.local_authorities[0], fife.health_board)
        assert ["S37000014", "S12000015", "S08000018"] == [body.code(was.as_at) for body in bodies]
        assert ["S37000032", "S12000047", "S08000029"] == [body.code(now.as_at) for body in bodies]
        assert ("S37000015", "S37000034") == (was["glasgow"].code(was.as_at), now["glasgow"].code(now.as_at))
        assert "S37000034" == was["glasgow"].id == was["glasgow"].ijb.id
        assert "S37000016" == was["Highland"].code(was.as_at)

    def test_start_not_found(self):
        """Where the day a council's code began was not found, the code reaches back."""
        council = NET["Aberdeen City"].local_authorities[0]
        assert Interval(None, None) == council.codes[0].days
        assert "S12000033" == council.code(FIRST_DAY)

    def test_sources(self):
        """Every fact of a body has its source."""
        for body in (*NET.health_boards, *NET.local_authorities):
            more = {"councillors", "population"} if body.kind == "LocalAuthority" else {"local_authorities"}
            facts = {"codes", "name"} | more
            assert facts == set(body.source)
            assert all(text.strip() for text in body.source.values())
        assert "National Records of Scotland" in NET["Fife"].local_authorities[0].source["population"]

    def test_boards(self):
        """A joint board has its order, the day of it, and where both were read."""
        board = NET["Fife"].ijb
        assert ("SSI 2015/321", date(2015, 10, 3)) == (board.order, board.established_on)
        assert "legislation.gov.uk/ssi/2015/321" in board.source["established_on"]
        assert all({"codes", "established_on", "name", "order"} <= set(p.ijb.source) for p in NET if p.ijb)

    def test_seats(self):
        """Seats are known on both sides with a source, or not at all."""
        board = NET["Aberdeen City"].ijb
        assert (4, 4) == (board.seats_of("S08000020"), board.seats_of("S12000033"))
        assert board.source["seats"].startswith("stated; https://aberdeencityhscp.scot")
        assert "as at 2024-03" in NET["Shetland Islands"].ijb.source["seats"]
        assert UNKNOWN is NET["Glasgow City"].ijb.seats_of("S12000049")
        assert 18 == sum(p.ijb.seats.complete for p in NET if p.ijb)
        assert all(p.ijb.seats.complete == ("seats" in p.ijb.source) for p in NET if p.ijb)

    def test_chairs(self):
        """How the chair rotates is in the source, since nobody in it was named."""
        assert "term of 36 months; alternates" in NET["Fife"].source["chairs"]
        assert "first chair from the council" in NET["Argyll and Bute"].source["chairs"]
        assert "chairs" not in NET["Glasgow City"].source

    def test_highland(self):
        """Highland has two lead agencies, a monitoring committee and no joint board."""
        p = NET["Highland"]
        assert p.ijb is None
        assert {"S08000022": "NHS Highland, lead agency for adult services",
                "S12000017": "The Highland Council, lead agency for children’s services"} == {
            role.body: role.name for role in p.lead_agencies
        }  # fmt: skip
        assert UNKNOWN is p.monitoring_committee.established_on
        assert "derived" in p.scheme.source["models"]
        assert p.chief_officer is None

    def test_posts(self):
        """The posts the law requires are there; who holds them nobody recorded."""
        for p in NET:
            posts = [p.chief_social_work_officer(council.id) for council in p.local_authorities]
            posts += [p.chief_officer, p.chief_finance_officer] if p.ijb else []
            assert len(posts) == len(p.posts)
            assert {UNKNOWN} == {post.post.holder(p.as_at) for post in posts}

    def test_accountability(self):
        """A chief officer answers to the board, the council and the Health Board, by the law alone."""
        lines = NET["Fife"].chief_officer.accountable_to()
        assert {"HealthBoard", "IJB", "LocalAuthority"} == {line.to.kind for line in lines}


class TestDays:
    def test_default(self):
        """Nothing but the data says which day it is."""
        assert date(2026, 11, 22) == DATA_DAY == NET.as_at

    def test_before_the_first_day(self):
        """A day before the data is refused, and the first day named."""
        assert 31 == len(scotland(FIRST_DAY))
        with pytest.raises(ValueError, match="as_at must be on or after 2014-04-01, the first day of the data"):
            scotland(FIRST_DAY - timedelta(days=1))

    def test_no_day(self):
        """What is no day is refused."""
        with pytest.raises(DateError, match="as_at"):
            scotland("2026-13-01")
        with pytest.raises(TypeError):
            scotland(2026)

    def test_before_establishment(self):
        """A board not yet established is there, and says when it will be."""
        p = scotland("2015-04-01")["Glasgow City"]
        assert p.ijb.established_on > p.as_at

    def test_loads_quickly(self):
        """Once the tables are read, a network is there within a quarter of a second."""
        start = time.perf_counter()
        scotland("2016-04-01")
        assert time.perf_counter() - start < 0.25


class TestSchemes:
    def test_basis(self):
        """A council alone in its Health Board's area is bound by s. 1(2); two together chose s. 2(4)."""
        same = {p.name for p in NET if p.scheme.basis is Basis.SAME_AREA}
        assert {
            "Dumfries and Galloway", "Fife", "Orkney Islands", "Scottish Borders", "Shetland Islands", "Western Isles",
        } == same  # fmt: skip
        assert Basis.JOINT is NET["Stirling"].scheme.basis
        assert 24 == sum(p.scheme.basis is Basis.SINGLE for p in NET)
        assert "derived: the only council in the area of NHS Fife" == NET["Fife"].scheme.source["basis"]

    def test_not_read(self):
        """No scheme was read: what it sets out and delegates is known only in part."""
        for p in NET:
            scheme = p.scheme
            assert {False} == {one.complete for one in (scheme.functions, scheme.items, scheme.enactments)}
            assert {False, UNKNOWN} == {scheme.reviews.complete, scheme.set_aside_method, scheme.delegated_on}
            assert (UNKNOWN, UNKNOWN) == (scheme.agreed_seats, scheme.la_specified_seats)

    def test_days(self):
        """Approval is known where a page gives the day; other reports stay in the source."""
        assert date(2015, 6, 16) == NET["West Lothian"].scheme.approved_on
        assert "Integration-Scheme" in NET["West Lothian"].scheme.source["approved_on"]
        assert UNKNOWN is NET["Fife"].scheme.approved_on
        assert "at work from 2016-04" in NET["Angus"].scheme.source["delegated_on"]
        assert "revised 2019-04-12" in NET["North Lanarkshire"].scheme.source["reviews"]

    def test_functions(self):
        """Functions are those some page says are delegated, with the page."""
        found = {function.id: function for function in NET["glasgow"].scheme.functions}
        assert ["children-community-health", "children-social-work", "homelessness", "justice-social-work"] == [*found]
        homeless = found["homelessness"]
        assert ("S12000049", "S37000034") == (homeless.delegator, homeless.delegate)
        assert homeless.source["id"].startswith("full (stated, as at 2023-01-01 to 2023-12-31): https://")
        assert "S08000031" == found["children-community-health"].delegator
        assert AgeScope.CHILDREN is found["children-social-work"].age_scope

    def test_must_is_not_claimed(self):
        """What the law requires is not listed as delegated, and whether it is cannot be told."""
        required = {entry.id for entry in must_functions()}
        for p in NET:
            assert not required & {function.id for function in p.scheme.functions}
            with pytest.raises(UnknownFactError):
                p.functions.any(lambda function: function.id in required)

    def test_functions_of_a_day(self):
        """A function counts from the day of the record on; before it, absence is no answer."""
        moray = NET["Moray"]
        assert "children-social-work" in [function.id for function in moray.functions.items]
        for day in ("2019-01-31", "2025-11-26"):
            assert "children-social-work" not in [function.id for function in moray.at(day).functions.items]
            assert not moray.at(day).functions.complete
        (function, _) = moray.scheme.functions
        with pytest.raises(UnknownFactError):
            function.is_delegated(date(2019, 1, 31))

    def test_weak_grounds(self):
        """What was inferred from a forerunner or a plan holds on no known day."""
        (function,) = NET["East Renfrewshire"].scheme.functions
        assert (None, ()) == (function.recorded_on, NET["East Renfrewshire"].functions.items)

    def test_council_leads(self):
        """In Highland children's health passes to the council, and the council's own functions stay where they are."""
        (function,) = NET["Highland"].scheme.functions
        assert ("children-community-health", "S08000022", "S12000017") == (
            function.id, function.delegator, function.delegate
        )  # fmt: skip

    def test_extents(self):
        """Every extent can be read with its grounds; a blank one is not known."""
        assert 155 == len(extents())
        row = extents()["S37000016", "children_social_work"]
        assert ("council_lead", "stated", False) == (row.extent, row.basis, row.is_delegated)
        assert UNKNOWN is extents()["S37000003", "homelessness"].extent
        assert 99 == sum(row.extent is UNKNOWN for row in extents().values())

    def test_one_council_delegates(self):
        """No function of councils is listed for a joint scheme, which would need to say which council's it is."""
        delegators = {
            catalogue()[one.id].delegated_by
            for p in NET for one in p.scheme.functions if len(p.local_authorities) > 1
        }  # fmt: skip
        assert "local_authority" not in delegators


class TestUnknown:
    @pytest.mark.parametrize("field", ["members", "chairs", "plans", "reports", "meetings", "committees", "evidence"])
    def test_collections(self, field):
        """Nobody and nothing is named, and that is no statement that there is none."""
        assert {Listing((), complete=False)} == {getattr(p, field) for p in NET}

    def test_single(self):
        """The planning group, standing orders and exemptions are not known."""
        assert all(p.planning_group is UNKNOWN and p.standing_orders is UNKNOWN for p in NET)
        assert {False} == {p.exempt_functions.complete for p in NET}

    def test_chair(self):
        """Who is in the chair cannot be told."""
        assert UNKNOWN is NET["Fife"].chair_on(DATA_DAY)


class TestLocalities:
    def test_two_or_more(self):
        """Every area has two localities or more, each with its source."""
        assert all(len(p.localities) >= 2 for p in NET)
        assert all("as at 2023-08-04" in one.source["name"] for p in NET for one in p.localities.items)

    def test_later_changes(self):
        """Where the later list differs, localities are known in part, and one that ended is left out."""
        assert ["Inverclyde", "South Ayrshire"] == [p.name for p in NET if not p.localities.complete]
        assert ["inverclyde-east", "inverclyde-west"] == [one.id for one in NET["Inverclyde"].localities.items]


class TestBudgets:
    def test_derived(self):
        """Budgets are derived, say how, and are not all there are."""
        for p in NET:
            assert not p.budgets.complete
            assert all(budget.derived and UNKNOWN is budget.set_on for budget in p.budgets)
            assert all({"payments", "set_asides", "total"} <= set(budget.source) for budget in p.budgets)
        assert "derived: population share" in NET["Fife"].budget("2025/26").source["total"]
        with pytest.raises(UnknownFactError):
            NET["Fife"].budget("2014/15")

    def test_joint(self):
        """Two councils share the councils' part by population, and one name stands for all functions."""
        budget = NET["Stirling"].budget("2016/17")
        assert 3 == len(budget.payments)
        assert {ALL_FUNCTIONS} == {one.function for one in (*budget.payments, *budget.set_asides)}
        paid = {one.payer: one.amount.pence for one in budget.payments}
        assert paid["S12000005"] * 92_530 == pytest.approx(paid["S12000030"] * 51_750)

    def test_highland(self):
        """What lead agencies pay each other is not derived."""
        p = NET["Highland"]
        assert Money("£540,847,514") == p.budget("2025/26").total
        assert () == p.budget("2025/26").set_asides.items
        with pytest.raises(UnknownFactError, match="the payments of 2025/26"):
            p.money("2025/26").payments_in  # noqa: B018

    def test_real_figures(self):
        """What was really read stands in the source of what was derived."""
        assert "read: total budget £415,600,000: https://" in NET["Aberdeenshire"].budget("2024/25").source["total"]
        assert "outturn £359,000,000" in NET["Argyll and Bute"].budget("2023/24").source["total"]
        assert "council payment £81,500,000" in NET["borders"].budget("2024/25").source["total"]
        borders = NET["Dumfries and Galloway"].budget("2018/19").source
        assert borders["reserves"].startswith("read: £8,400,000 at the year end: https://")
        assert "read:" not in borders["total"]

    def test_not_conserved_without_directions(self):
        """Whether a real year's money balances cannot be told without its directions."""
        with pytest.raises(UnknownFactError, match="the directions in force"):
            NET["Fife"].money("2025/26").conserve()


class TestDirections:
    def test_counts(self):
        """Four boards have directions that were read; every register is known in part and refuses nothing."""
        assert {"Aberdeen City": 13, "East Lothian": 6, "Midlothian": 6, "Scottish Borders": 1} == {
            p.name: len(p.directions) for p in NET if p.directions.steps
        }
        assert {(False, False)} == {(p.directions.complete, p.directions.strict) for p in NET}
        assert {p.id for p in NET} == {p.directions.issuer for p in NET}

    def test_rosewell_house(self):
        """One chain of four, whose first was revoked before the day its minute gives and before the next bound."""
        register = NET["Aberdeen City"].register
        chain = register.chain("HSCP.25.054 Appendix 2")
        first, second, *_ = chain
        assert 4 == len(chain)
        assert (date(2021, 10, 2), date(2021, 8, 24)) == (first.decided_on, second.decided_on)
        assert [UNKNOWN, State.REVOKED] == [register.state(first.id, on=f"2021-08-{day}") for day in (23, 24)]
        assert (second.effective_from, FinancialYear("2021/22")) == (date(2021, 10, 23), second.year)
        assert second not in register.in_force(on="2023-10-24").items
        revoked = [step.on for step in register.steps if step.kind is StepKind.REVOKE]
        assert [date(2021, 8, 24)] == revoked

    def test_revoked_by_nothing_named(self, monkeypatch):
        """A day of revocation counts where no later row says that it revokes."""
        (row,) = [one for one in _directions._by_area()["Aberdeen City"] if one["revoked_on"]]
        monkeypatch.setattr(_directions, "_by_area", lambda: {"Here": (row,)})
        register = _directions.register("here-ijb", "Here", health_board="here-nhs", councils=("here-council",))
        assert ["issue", "revoke"] == [step.kind for step in register.steps]

    def test_blank(self):
        """A blank cell is not known, which is more than nothing written."""
        direction = NET["East Lothian"].directions["12d"]
        blank = (
            "year",
            "text",
            "issued_on",
            "effective_from",
            "ends_on",
            "varies",
            "payment",
            "specified",
            "in_writing",
        )
        assert {UNKNOWN} == {getattr(direction, field) for field in blank}
        assert Listing((), complete=False) == direction.given_to
        assert UNKNOWN is NET["East Lothian"].register.state("12d", on="2019-01-01")

    def test_read(self):
        """Recipients are the bodies of the area, sums are payments, words stay words, and the page is named."""
        direction = NET["East Lothian"].directions["D11"]
        assert ("S08000024", "S12000010") == direction.given_to.items
        assert Money("£20,597,000") == direction.payment
        assert "unscheduled hospital care; community provision" == direction.words
        assert direction.source["payment"].startswith("https://www.edubuzz.org/")
        assert direction.title.startswith("Group heading with one budget")
        assert (None, "December 2018, day not shown") == (direction.notes, NET["East Lothian"].directions["12d"].notes)
        aberdeen = NET["Aberdeen City"].directions
        assert ("S08000020",) == aberdeen["HSCP.25.019 Appendix 1A"].given_to.items
        assert ("S12000033",) == aberdeen["HSCP.25.019 Appendix 1B"].given_to.items
        assert "health board budget of 2025-04-10" == aberdeen["HSCP.25.019 Appendix 1A"].conditions

    def test_words(self):
        """Only the catalogue's own words are its functions."""
        assert Listing(("respite", "care-homes")) == functions_named("Respite and short breaks; care-homes")
        assert Listing(("homelessness",), complete=False) == functions_named("homelessness; beds")
        assert Listing((), complete=False) == functions_named("all delegated functions")

    def test_on_the_graph(self):
        """A direction of no known year has its line, and the key says so."""
        graph = NET["Scottish Borders"].graph(layer="direction")
        assert 0 == graph.number_of_edges()
        keys = [key for *_, key in NET["East Lothian"].graph(layer="direction").edges(keys=True)]
        assert "S37000010/undated/D11/S08000024" in keys


class TestHostedServices:
    def test_all(self):
        """Seventeen services of seven hosts were read, which are not all there are."""
        everything = hosted_services()
        assert (17, False) == (len(everything), everything.complete)
        assert 7 == len({one.host for one in everything.items})
        assert all(one.host in one.served and one.source["host"] for one in everything.items)

    def test_of_a_board(self):
        """A Health Board is named by itself or any of its codes."""
        board = NET["Dundee City"].health_board
        assert 8 == len(hosted_services(board))
        assert hosted_services(board) == hosted_services("S08000030") == hosted_services("S08000013")
        assert Listing((), complete=False) == hosted_services("S08000016")

    def test_when(self):
        """A page without a date gives none."""
        assert {UNKNOWN, Interval.of("2017-10-03")} == {one.as_at for one in hosted_services("S08000030").items}

    def test_no_board(self):
        """A council is no Health Board, and a code of nobody's is not found."""
        for code in ("S12000042", "S08000099"):
            with pytest.raises(NotFoundError):
                hosted_services(code)
