"""The bundled tables: keys join, ids are unique, dates are days, sums add up, and nothing is said twice."""

import re
from collections import Counter
from datetime import date
from importlib.resources import files

import pytest

from scotintegration._bundled import table
from scotintegration.dates import Interval, day
from scotintegration.functions import catalogue

FOLDER = files("scotintegration").joinpath("scotland", "data")
TABLES = sorted(path.name.removesuffix(".csv") for path in FOLDER.iterdir() if path.name.endswith(".csv"))
README = FOLDER.joinpath("README.md").read_text(encoding="utf-8")
FULL_DATES = ("established_on", "valid_from", "valid_to", "in_force_from", "in_force_to", "revoked_on", "decided_on")
PARTIAL_DATES = ("as_at", "operational_from", "scheme_approved_on", "scheme_revised_on", "ends_on", "published_on")
KEYS = {
    "code_history": ("code",),
    "delegated_enactments": ("enactment_id",),
    "delegated_functions": ("function_id",),
    "delegated_services": ("gss_code", "service"),
    "directions_real": ("ijb", "reference"),
    "health_boards": ("gss_code",),
    "hosted_services": ("host_gss_code", "service"),
    "ijb_budgets": ("integration_authority", "financial_year"),
    "indicative_budgets": ("gss_code", "financial_year"),
    "indicators": ("indicator_id",),
    "integration_authorities": ("gss_code",),
    "integration_authority_councils": ("local_authority_gss_code",),
    "local_authorities": ("gss_code",),
    "localities": ("gss_code", "locality_name"),
    "msg_proposals": ("proposal_id",),
    "national_counts": ("as_at", "measure"),
    "national_totals": ("financial_year",),
    "voting_members": ("gss_code",),
}
SERVICES = {"acute_hospital_all", "children_health", "children_social_work", "homelessness", "justice_social_work"}


def column(name, field):
    return [row[field] for row in table(name)]


def rows_of_the_readme():
    return {name: int(rows) for name, rows in re.findall(r"^\| (\w+)\.csv \| (\d+) \|", README, re.MULTILINE)}


class TestTables:
    def test_listed(self):
        """The README lists every table with its number of rows."""
        assert {name: len(table(name)) for name in TABLES} == rows_of_the_readme()

    def test_no_other_folder(self):
        """The README leads to no folder outside the bundled one."""
        assert "../" not in README

    @pytest.mark.parametrize("name", TABLES)
    def test_unique(self, name):
        """No two rows of a table speak of the same thing."""
        seen = Counter(tuple(row[field] for field in KEYS[name]) for row in table(name))
        assert [] == [key for key, times in seen.items() if times > 1]

    @pytest.mark.parametrize("name", TABLES)
    def test_dates(self, name):
        """Every date is a day, a month or a year as the README says, and an end is not before its start."""
        for row in table(name):
            for field in FULL_DATES:
                if row.get(field):
                    day(row[field])
            for field in PARTIAL_DATES:
                if row.get(field):
                    Interval.of(row[field])
            for first, last in (("valid_from", "valid_to"), ("in_force_from", "in_force_to")):
                if row.get(first) and row.get(last):
                    assert row[first] <= row[last]

    @pytest.mark.parametrize("name", TABLES)
    def test_tidy(self, name):
        """Rows are as long as their header, cells have no space around them, and lines end one way."""
        text = FOLDER.joinpath(f"{name}.csv").read_bytes().decode("utf-8")
        assert "\r" not in text
        for row in table(name):
            assert None not in row
            assert [] == [cell for cell in row.values() if cell is None or cell != cell.strip()]

    @pytest.mark.parametrize("name", sorted(set(TABLES) - {"delegated_services", "national_totals", "voting_members"}))
    def test_source(self, name):
        """Every row says where it comes from or, if derived, how."""
        fields = ("source", "source_url", "basis", "citation")
        assert all(any(row.get(field) for field in fields) for row in table(name))

    def test_source_where_known(self):
        """Where a fact may be blank, whatever is not blank has a source."""
        assert all(row["source"] and row["basis"] for row in table("delegated_services") if row["extent"])
        assert all(row["source"] for row in table("voting_members") if row["health_board_members"])
        assert all(row["source"] for row in table("national_totals") if row["total_basis"] == "read")


class TestKeys:
    def test_counts(self):
        """There are 14 Health Boards, 32 councils and 31 integration authorities."""
        names = ("health_boards", "local_authorities", "integration_authorities")
        assert [14, 32, 31] == [len(table(name)) for name in names]

    def test_joins(self):
        """Every code of a table is one of the table it refers to."""
        authorities = set(column("integration_authorities", "gss_code"))
        boards, councils = set(column("health_boards", "gss_code")), set(column("local_authorities", "gss_code"))
        for name in ("delegated_services", "indicative_budgets", "localities", "voting_members"):
            assert authorities == set(column(name, "gss_code"))
        assert authorities == set(column("integration_authority_councils", "integration_authority_gss_code"))
        assert councils == set(column("integration_authority_councils", "local_authority_gss_code"))
        assert boards == set(column("integration_authorities", "health_board_gss_code"))
        assert boards >= set(column("hosted_services", "health_board_gss_code"))
        assert authorities >= set(column("hosted_services", "host_gss_code"))
        assert authorities >= {one for cell in column("hosted_services", "served_gss_codes") for one in cell.split(";")}
        assert set(column("integration_authorities", "name")) >= set(column("directions_real", "ijb"))
        read = {name.removesuffix(" (lead agency)") for name in column("ijb_budgets", "integration_authority")}
        assert set(column("integration_authorities", "name")) >= read
        current = {row["code"] for row in table("code_history") if row["status"] == "current"}
        assert authorities | boards | councils == current

    def test_names(self):
        """A code has one name, whatever the table."""
        names = {row["gss_code"]: row["name"] for row in table("integration_authorities")}
        for name, field in (
            ("delegated_services", "name"),
            ("indicative_budgets", "name"),
            ("localities", "integration_authority_name"),
            ("voting_members", "name"),
        ):
            assert [] == [row for row in table(name) if names[row["gss_code"]] != row[field]]
        assert [] == [row for row in table("hosted_services") if names[row["host_gss_code"]] != row["host_name"]]

    def test_succession(self):
        """Each code has at most one successor and one forerunner of its own kind, and current ones have none."""
        rows = {row["code"]: row for row in table("code_history")}
        after = [row["successor"] for row in rows.values() if row["successor"]]
        assert len(after) == len(set(after))
        for row in rows.values():
            assert ("current" == row["status"]) == (not row["successor"])
            if row["successor"]:
                later = rows[row["successor"]]
                assert (row["entity"], row["name"]) == (later["entity"], later["name"])
                if row["valid_to"] and later["valid_from"]:
                    assert 1 == (day(later["valid_from"]) - day(row["valid_to"])).days

    def test_previous_codes(self):
        """The codes a body had before are those of the history."""
        before = {}
        for row in table("code_history"):
            before.setdefault(row["successor"], row["code"])
        for name in ("health_boards", "local_authorities", "integration_authorities"):
            for row in table(name):
                listed, code = [], row["gss_code"]
                while code := before.get(code):
                    listed.append(code)
                assert listed == [one for one in row["previous_codes"].split(";") if one]

    def test_hosts_serve_their_board(self):
        """A hosted service serves every authority of its Health Board, the host among them."""
        area = {}
        for row in table("integration_authorities"):
            area.setdefault(row["health_board_gss_code"], set()).add(row["gss_code"])
        for row in table("hosted_services"):
            assert area[row["health_board_gss_code"]] == set(row["served_gss_codes"].split(";"))
            assert row["host_gss_code"] in row["served_gss_codes"]

    def test_targets(self):
        """A direction varies, revokes or takes the place of one recorded before it."""
        seen = set()
        for row in table("directions_real"):
            for field in ("varies", "revokes", "supersedes"):
                assert not row[field] or (row["ijb"], row[field]) in seen
            seen.add((row["ijb"], row["reference"]))


class TestWords:
    def test_services(self):
        """Each authority has a row for each of five optional services, in known words."""
        assert {(code, one) for code in column("integration_authorities", "gss_code") for one in SERVICES} == {
            (row["gss_code"], row["service"]) for row in table("delegated_services")
        }
        assert {"", "full", "partial", "none", "council_lead"} >= set(column("delegated_services", "extent"))

    def test_functions(self):
        """Functions are delegated by one of two kinds of body, must or may be, for one of three scopes."""
        assert {"health_board", "local_authority"} == set(column("delegated_functions", "delegated_by"))
        assert {"must", "may"} == set(column("delegated_functions", "statutory_status"))
        assert {"18_plus", "under_18", "all"} == set(column("delegated_functions", "age_scope"))

    def test_directed_to(self):
        """A direction goes to the council, the Health Board or both, or nobody knows."""
        assert {"", "both", "council", "health_board"} == set(column("directions_real", "directed_to"))

    def test_models(self):
        """Thirty areas are body corporate and one is a lead agency."""
        assert {"a": 30, "d": 1} == Counter(column("integration_authorities", "model_letter"))

    def test_must_services(self):
        """Health Boards must delegate 26 services."""
        assert 26 == sum(entry.must for entry in catalogue().values() if entry.delegated_by == "health_board")

    def test_orders(self):
        """Five orders established the thirty boards."""
        orders = Counter(row["established_source"].partition(";")[0] for row in table("integration_authorities"))
        assert {
            "": 1, "SSI 2015/88": 3, "SSI 2015/222": 11, "SSI 2015/266": 3, "SSI 2015/321": 7, "SSI 2016/2": 6,
        } == orders  # fmt: skip

    def test_one_day_an_order(self):
        """One order establishes all its boards on one day."""
        days = {(row["established_source"], row["established_on"]) for row in table("integration_authorities")}
        assert 6 == len(days)

    def test_proposals(self):
        """The review made 25 proposals under six features."""
        assert {"1": 3, "2": 6, "3": 5, "4": 5, "5": 3, "6": 3} == Counter(column("msg_proposals", "feature_number"))

    def test_indicators(self):
        """There are nine outcomes and 23 indicators."""
        assert [9, 23] == [column("indicators", "kind").count(kind) for kind in ("outcome", "core_indicator")]

    def test_counts_of_services(self):
        """Children's social work is delegated in full in eleven areas, one of which joined after the count of ten."""
        full = [
            row["name"]
            for row in table("delegated_services")
            if (row["service"], row["extent"]) == ("children_social_work", "full")
        ]
        assert (11, True) == (len(full), "Moray" in full)


class TestSums:
    def test_population(self):
        """The councils' populations add up to Scotland's, and each authority has that of its councils."""
        of = {row["gss_code"]: int(row["population"]) for row in table("local_authorities")}
        assert 5_447_700 == sum(of.values())
        joined = Counter()
        for row in table("integration_authority_councils"):
            joined[row["integration_authority_gss_code"]] += of[row["local_authority_gss_code"]]
        assert joined == {row["gss_code"]: int(row["population"]) for row in table("indicative_budgets")}

    def test_councillors(self):
        """Councillors add up to the national number."""
        assert 1226 == sum(map(int, column("local_authorities", "councillors_2022")))

    @pytest.mark.parametrize("national", table("national_totals"), ids=lambda row: row["financial_year"])
    def test_year(self, national):
        """The totals of a year add up to the nation's, each within a pound of its share by population."""
        rows = [row for row in table("indicative_budgets") if row["financial_year"] == national["financial_year"]]
        whole = int(national["national_total_pounds"])
        assert whole == sum(int(row["total_pounds"]) for row in rows)
        for row in rows:
            assert 0 <= int(row["total_pounds"]) - whole * int(row["population"]) // 5_447_700 <= 1

    def test_parts(self):
        """Health Board and council shares are 60 and 40 per cent; what is set aside is a tenth, out of the former."""
        for row in table("indicative_budgets"):
            whole, board, council, held = (
                int(row[f"{part}_pounds"]) for part in ("total", "health_board_share", "council_share", "set_aside")
            )
            assert whole == board + council
            assert board == (whole * 6 + 5) // 10
            assert held == (0 if row["gss_code"] == "S37000016" else (whole + 5) // 10)
            assert held < board

    def test_real_columns(self):
        """What the derived table repeats of real budgets is what the table of real budgets says."""
        real = {(row["integration_authority"], row["financial_year"]): row for row in table("ijb_budgets")}
        pairs = (
            ("real_total_pounds", "total_budget_pounds"),
            ("real_outturn_pounds", "outturn_pounds"),
            ("real_council_payment_pounds", "council_payment_pounds"),
        )
        for row in table("indicative_budgets"):
            read = real.get((row["name"], row["financial_year"]), {})
            for here, there in pairs:
                assert row[here] == read.get(there, "")

    def test_quorum(self):
        """Where seats are known they are equal and not fewer than the law asks, and the quorum is half of all."""
        for row in table("voting_members"):
            if row["health_board_members"]:
                each = int(row["health_board_members"])
                assert each == int(row["council_members"])
                assert each >= int(row["law_minimum_each"])
                assert each == int(row["quorum_by_law"])

    def test_nothing_after_the_data(self):
        """No fact is later than the day of the data."""
        last = date(2026, 11, 22).isoformat()
        assert [] == [row for name in TABLES for row in table(name) if row.get("as_at", "") > last]
