"""The annual review of directions: opening + issued - ended = closing, and what is late, outdated or not known."""

import csv
import io
import pickle
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.test_registers import PARTIES, moves, played

import scotintegration as si
from scotintegration.annual_reviews import ENDINGS, NOT_RECORDED, DirectionsReview, Turnover
from scotintegration.dates import FinancialYear
from scotintegration.directions import Direction
from scotintegration.lifecycle import State
from scotintegration.registers import DirectionsRegister
from scotintegration.rules.recording import ISSUE_DAYS
from scotintegration.steps import Step
from scotintegration.unknown import UNKNOWN, Listing

YEAR = FinancialYear("2026/27")
YEARS = FinancialYear.between("2024/25", "2028/29")
DAYS = st.dates(date(2025, 2, 1), date(2027, 6, 30))
STANDING = {State.ISSUED, State.CONDITIONAL, State.IN_FORCE, State.INTERIM, State.PAUSED}


def direction(id="D-1", **fields):
    """Make a direction that was decided, issued, reviewed and bound in good time."""
    given = {
        "given_to": PARTIES[0],
        "functions": ["respite"],
        "title": "Short breaks",
        "decided_on": "2026-05-20",
        "issued_on": "2026-05-22",
        "effective_from": "2026-06-01",
        "review_on": "2027-06-01",
        "in_writing": True,
    }
    return Direction(id, **{**given, **fields})


def register(*directions, **options):
    """Give a register of directions issued one after the other."""
    made = DirectionsRegister("toy-ijb", strict=False, **options)
    for one in directions:
        made = made.issue(one)
    return made


@st.composite
def acts(draw):
    """Draw what else happens to directions: completed, paused, extended, rejected."""
    kinds = st.sampled_from(["complete_direction", "pause", "resume", "reject", "revoke"])
    return draw(st.lists(st.tuples(kinds, st.integers(0, 5), DAYS), max_size=4))


def lived(found, more):
    """Play directions and acts."""
    made = played(found)
    known = [one.id for one in made]
    for kind, number, on in more:
        if f"D-{number}" in known:
            made = getattr(made, kind)(f"D-{number}", on=on)
    return made


def balances(one):
    """Tell whether an account adds up."""
    return one.opening + one.issued - one.ended == one.closing


class TestLaws:
    @given(moves(days=DAYS, lawful=False), acts())
    def test_identity(self, found, more):
        """Opening + issued - ended = closing, in total, of each body and of each function, whatever is unknown."""
        made = lived(found, more)
        for year in YEARS:
            review = made.review(year)
            assert balances(review)
            assert all(balances(one) and one.balances for one in (*review.bodies, *review.functions))
            assert all(balances(one) for one in review.directions)
            assert sum(one.opening for one in review.directions) == review.opening
            assert sum(one.closing for one in review.directions) == review.closing
            assert review.ended == len([one for one in review.directions if one.ended])

    @given(moves(days=DAYS), acts())
    def test_years_join(self, found, more):
        """What one year carries forward the next brings forward, direction by direction."""
        made = lived(found, more)
        reviews = [made.review(year) for year in YEARS]
        for first, second in pairwise(reviews):
            assert first.closing == second.opening
            forward = {one.reference for one in first.directions if one.closing}
            assert forward == {one.reference for one in second.directions if one.opening}

    @given(moves(days=DAYS), acts())
    def test_as_the_register_says(self, found, more):
        """What is carried forward is what the register says stands, but for what ends with the year."""
        made = lived(found, more)
        for year in YEARS:
            expected = {
                one.full_reference
                for one in made
                if not one.is_bare_revocation
                if made.state(one, on=year.end) in STANDING
                if made.state(one, on=year.next.start) is not State.EXPIRED
            }
            review = made.review(year)
            assert expected == {one.reference for one in review.directions if one.closing}
            assert all(one.counted for one in review.directions)
            for one in review.directions:
                if one.ended:
                    assert one.ended_as == made.state(one.reference, on=year.next.start)

    @given(moves(days=DAYS, lawful=False))
    def test_once_for_each(self, found):
        """A direction given to two bodies counts once in the total and once for each."""
        review = played(found).review(YEAR)
        for field in ("opening", "issued", "ended", "closing"):
            every = sum(getattr(one, field) * len(one.given_to) for one in review.directions)
            assert every == sum(getattr(one, field) for one in review.bodies)

    @given(moves(days=DAYS, lawful=False), st.randoms())
    def test_order(self, found, random):
        """The order in which steps were recorded does not matter to the counts."""
        made = played(found)
        mixed = list(made.steps)
        random.shuffle(mixed)
        one, two = (x.review(YEAR) for x in (made, attrs.evolve(made, steps=mixed)))
        for field in ("opening", "issued", "ended_as", "closing", "rejected", "revocations", "bodies", "functions"):
            assert getattr(one, field) == getattr(two, field)

    @given(moves(days=DAYS, lawful=False))
    def test_faces(self, found):
        """The columns of the CSV add up to the counts; the receipt holds."""
        review = played(found).review(YEAR)
        rows = list(csv.DictReader(io.StringIO(review.to_csv())))
        for field in ("opening", "issued", "ended", "closing"):
            assert getattr(review, field) == sum(int(row[field] or 0) for row in rows)
        assert review.receipt.verify()
        assert review == review.remade()

    @given(moves(days=DAYS, lawful=False), st.data())
    def test_never_guessed(self, found, data):
        """What is counted while days are unknown is counted alike once they are found out."""
        made = played(found)
        told = {one.reference: one for one in made.review(YEAR).directions if one.counted}
        steps = []
        for step in made.steps:
            paper, on = step.direction, step.on
            if paper is not None:
                least = max(
                    (day for one in (paper, *(made[name] for name in paper.targets))
                     for day in (one.binds_from, one.decided_on, one.issued_on) if isinstance(day, date)),
                    default=date(2024, 1, 1),
                )  # fmt: skip
                found_out = {
                    name: data.draw(st.integers(0, 400).map(lambda n, least=least: least + timedelta(days=n)))
                    for name in ("decided_on", "issued_on", "effective_from", "ends_on")
                    if getattr(paper, name) is UNKNOWN
                }
                paper = paper.evolve(year=paper.year, **found_out)
                on = paper.binds_from if on is UNKNOWN else on
            steps.append(attrs.evolve(step, direction=paper, on=on))
        after = {one.reference.split("/")[-1]: one for one in attrs.evolve(made, steps=steps).review(YEAR).directions}
        for reference, one in told.items():
            other = after.get(reference.split("/")[-1])
            assert other is not None
            assert (one.opening, one.issued, one.ended, one.closing) == (
                other.opening, other.issued, other.ended, other.closing
            )  # fmt: skip


class TestCounts:
    def test_account(self):
        """Each way of ending is counted, and none but what stood before or was issued."""
        made = register(
            *(direction(f"D-{n}", decided_on="2026-03-01", issued_on="2026-03-02") for n in range(1, 6)),
            direction("N-1", varies="D-1", effective_from="2026-07-01"),
            direction("N-2", supersedes="D-2", effective_from="2026-07-01"),
            direction("N-3", ends_on="2026-09-30"),
        )
        made = made.revoke("D-3", on="2026-08-01").complete_direction("D-4", on="2026-08-01")
        review = made.review("2026/27")
        assert (5, 3, 5, 3) == (review.opening, review.issued, review.ended, review.closing)
        assert (1, 1, 1, 1, 1) == (
            review.varied, review.superseded, review.revoked, review.completed, review.expired
        )  # fmt: skip
        assert tuple((state.value, 1) for state in ENDINGS) == review.ended_as
        assert "5 opening + 3 issued - 5 ended = 3 closing" == review.summary

    def test_year(self):
        """A year is given as a year, a day of it or a text."""
        made = register(direction())
        assert made.review("2026/27") == made.review(YEAR) == made.review(date(2026, 4, 1))

    def test_last_day_of_the_year(self):
        """One whose last day is 31 March ends with the year; one of 1 April belongs to the next."""
        made = register(direction(ends_on="2027-03-31"), direction("D-2", ends_on="2027-04-01"))
        assert (1, 1) == (made.review("2026/27").expired, made.review("2027/28").expired)

    def test_same_day(self):
        """One that is issued and ended on a day is counted as both."""
        made = register(direction(issued_on=None, effective_from="2026-06-01")).revoke("D-1", on="2026-06-01")
        review = made.review(YEAR)
        assert (0, 1, 1, 0) == (review.opening, review.issued, review.revoked, review.closing)

    def test_apart(self):
        """A rejected draft, a bare revocation, a draft, and another authority's direction are not counted."""
        draft = direction("D-2", decided_on=None, issued_on=None, effective_from=None)
        made = register(direction(), draft, draft.evolve(id="D-3"))
        made = made.reject("D-2", on="2026-05-01")
        made = made.issue(Direction("R-1", revokes="D-1", issued_on="2026-07-01", effective_from="2026-07-01"))
        made = attrs.evolve(made, steps=[*made.steps, Step(kind="issue", direction=direction("X", issuer="another"))])
        review = made.review(YEAR)
        assert (1, 1, 0, 1, 1) == (review.issued, review.ended, review.closing, review.rejected, review.revocations)
        assert (0, 0) == (made.review("2027/28").rejected, made.review("2027/28").revocations)

    def test_by_body_and_function(self):
        """Bodies and functions are named where a name is given, and what is missing is said to be."""
        made = register(
            direction(given_to=[*PARTIES]),
            direction("D-2", given_to=UNKNOWN, functions=Listing(["frailty"], False)),
        )
        review = made.review(YEAR, names={"toy-ijb": "Toytown IJB", "toy-council": "Toytown Council"})
        assert "Toytown IJB" == review.name
        assert ["toy-nhs", "Toytown Council", NOT_RECORDED] == [one.of for one in review.bodies]
        assert ["frailty", "respite", NOT_RECORDED] == [one.of for one in review.functions]
        assert Turnover(of="frailty", opening=0, issued=1, ended=0, closing=1) == review.functions[0]
        assert not Turnover(of="x", opening=1, issued=0, ended=0, closing=0).balances


class TestUnknown:
    @pytest.mark.parametrize(
        ("fields", "year", "expected"),
        [
            ({"issued_on": UNKNOWN, "effective_from": UNKNOWN}, "2026/27", "2026-03-31"),
            ({"effective_from": UNKNOWN, "issued_on": "2026-05-22", "ends_on": UNKNOWN}, "2026/27", "2027-03-31"),
        ],
    )
    def test_apart(self, fields, year, expected):
        """One of which it cannot be told whether it stood is counted apart, with what is missing."""
        review = register(direction(**fields)).review(year)
        assert (0, 0, 0, 0) == (review.opening, review.issued, review.ended, review.closing)
        (remark,) = review.unknown
        assert f"whether it stood at the close of {expected}" == remark.what
        assert f"{review.directions[0].reference}: {remark.what}" == str(remark)
        assert review.summary.endswith("; 1 cannot be told")
        assert [""] == [row["opening"] for row in csv.DictReader(io.StringIO(review.to_csv()))]

    @pytest.mark.parametrize(
        ("fields", "year", "counts"),
        [
            ({"effective_from": UNKNOWN}, "2026/27", (0, 1, 0, 1)),
            ({"effective_from": UNKNOWN}, "2027/28", (1, 0, 0, 1)),
            ({"effective_from": UNKNOWN, "ends_on": "2028-03-31"}, "2027/28", (1, 0, 1, 0)),
            ({"effective_from": UNKNOWN, "ends_on": "2028-03-31"}, "2028/29", (0, 0, 0, 0)),
            ({"effective_from": UNKNOWN}, "2025/26", (0, 0, 0, 0)),
        ],
    )
    def test_decided_all_the_same(self, fields, year, counts):
        """Where what is known decides it, a direction is counted though some day of it is not known."""
        review = register(direction(**fields)).review(year)
        assert counts == (review.opening, review.issued, review.ended, review.closing)

    def test_how_it_ended(self):
        """One of which it is not known how it ended is counted as ended, the way not recorded."""
        made = register(
            direction(ends_on="2027-06-30"),
            direction("D-2", varies="D-1", decided_on="2027-04-10", issued_on="2027-04-11", effective_from=UNKNOWN),
        )
        review = made.review("2027/28")
        assert (NOT_RECORDED, 1) == review.ended_as[-1]
        assert balances(review)
        assert len(ENDINGS) == len(made.review("2026/27").ended_as)

    def test_in_part(self):
        """A register known only in part is said to be."""
        review = register(direction(), complete=False).review(YEAR)
        assert "The register is known only in part: there may be more." in review.to_table().notes
        assert not review.complete

    @pytest.mark.parametrize("name", ["Aberdeen City", "East Lothian", "Midlothian", "Scottish Borders"])
    def test_real(self, name):
        """The registers that could be read have so many days missing that hardly anything is counted."""
        made = si.scotland()[name].register
        for year in FinancialYear.between("2018/19", "2026/27"):
            review = made.review(year)
            assert balances(review)
            assert review.receipt.verify()
            assert review.unknown or not review.directions


class TestLate:
    @pytest.mark.parametrize(
        ("fields", "late", "unknown"),
        [
            ({}, [], []),
            ({"decided_on": "2026-04-24"}, [], []),
            ({"decided_on": "2026-04-23"}, ["issued on 2026-05-22, 29 days after it was decided"], []),
            ({"effective_from": "2026-05-21"}, ["in effect from 2026-05-21, and issued on 2026-05-22"], []),
            ({"effective_from": None}, [], []),
            ({"decided_on": UNKNOWN}, [], ["the day it was decided"]),
            ({"decided_on": None}, [], ["the day it was decided"]),
            ({"issued_on": None}, [], ["the day it was issued"]),
            ({"effective_from": UNKNOWN}, [], ["the day it takes effect"]),
        ],
    )  # fmt: skip
    def test_late(self, fields, late, unknown):
        """What was issued late after its decision, or bound before it was issued, is late; what is missing is not."""
        review = register(direction(**fields)).review(YEAR)
        assert late == [one.what for one in review.late]
        assert unknown == [one.what for one in review.unknown]

    def test_issue_days(self):
        """The days are those of the rule on issue, and a direction is late in the year of its issue only."""
        assert 28 == ISSUE_DAYS
        made = register(direction(decided_on="2026-01-01"))
        assert (1, 0) == (len(made.review("2026/27").late), len(made.review("2027/28").late))


OLD = {"decided_on": "2024-03-01", "issued_on": "2024-03-02", "effective_from": "2024-04-01", "review_on": None}
AGED = "in force since 2024-04-01, and no review entered in the last year"
PERHAPS_AGED = "whether it has been in force for more than a year without a review"


class TestOutdated:
    @pytest.mark.parametrize(
        ("fields", "outdated", "unknown"),
        [
            ({"review_on": "2027-03-31"}, ["to be reviewed on 2027-03-31, and no review entered"], []),
            ({"review_on": "2027-03-31", "reviewed_on": "2027-04-01"},
             ["to be reviewed on 2027-03-31, and no review entered"], []),
            ({"review_on": "2027-03-31", "reviewed_on": "2027-03-31"}, [], []),
            ({"review_on": "2027-03-31", "reviewed_on": UNKNOWN}, [], ["whether the review of 2027-03-31 was entered"]),
            ({"review_on": "2027-04-01"}, [], []),
            ({"review_on": None}, [], []),
            ({"review_on": UNKNOWN}, [], ["the day it is to be reviewed"]),
            (OLD, [AGED], []),
            ({**OLD, "reviewed_on": "2026-03-31"}, [AGED], []),
            ({**OLD, "reviewed_on": "2026-04-01"}, [], []),
            ({**OLD, "reviewed_on": UNKNOWN}, [], [PERHAPS_AGED]),
            ({**OLD, "effective_from": UNKNOWN}, [], [PERHAPS_AGED]),
            ({**OLD, "effective_from": "2027-05-01"}, [], []),
            ({**OLD, "conditions": "money"}, [], []),
            ({**OLD, "conditions": UNKNOWN}, [AGED], []),
            ({**OLD, "effective_from": None, "issued_on": "2024-04-01"},
             [AGED], []),
        ],
    )  # fmt: skip
    def test_standing(self, fields, outdated, unknown):
        """What stands is outdated if its review is overdue, or it is more than a year old and was not reviewed."""
        review = register(direction(**fields)).review(YEAR)
        assert 1 == review.closing
        assert outdated == [one.what for one in review.outdated]
        assert unknown == [one.what for one in review.unknown]

    def test_replaced(self):
        """What ran out is outdated if nothing stands for what it was for on the first day of the next year."""
        gone = direction(ends_on="2026-09-30", functions=["frailty", "respite"])
        (remark,) = register(gone, direction("D-2")).review(YEAR).outdated
        assert "ran out on 2026-09-30, and nothing in force on 2027-04-01 for frailty" == remark.what
        whole = direction("D-2", functions=["frailty", "respite"], effective_from="2027-04-01")
        assert () == register(gone, whole).review(YEAR).outdated

    @pytest.mark.parametrize(
        ("first", "second", "options"),
        [
            ({}, {}, {"complete": False}),
            ({"functions": Listing(["frailty"], False)}, {}, {}),
            ({}, {"functions": Listing(["respite"], False)}, {}),
            ({}, {"functions": ["frailty"], "effective_from": UNKNOWN}, {}),
        ],
    )
    def test_perhaps_replaced(self, first, second, options):
        """Where not all is known, it cannot be told whether anything took its place."""
        gone = direction(**{"functions": ["frailty"], "ends_on": "2026-09-30", **first})
        review = register(gone, direction("D-2", **second), **options).review(YEAR)
        assert () == review.outdated
        assert "whether anything took its place when it ran out on 2026-09-30" in [one.what for one in review.unknown]

    def test_extended(self):
        """A last day is the one it was extended to."""
        made = register(direction(ends_on="2026-09-30")).extend("D-1", until="2027-12-31", on="2026-09-01")
        (one,) = made.review(YEAR).directions
        assert (True, "2027-12-31") == (one.closing, one.ends_on)

    def test_perhaps_binding(self):
        """Where it cannot be told whether it was in force, neither can its age."""
        made = register(direction(**OLD), direction("D-2", **{**OLD, "effective_from": "2025-05-01"}))
        made = attrs.evolve(made, steps=[*made.steps, Step(kind="pause", target="D-1", on=UNKNOWN)])
        review = made.review(YEAR)
        assert ["2025/26/D-2"] == [one.reference for one in review.outdated]
        assert ["2024/25/D-1"] == [one.reference for one in review.unknown]


class Page(HTMLParser):
    """What a page is made of: its elements in order, and the text of headings and captions."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.told, self.open = [], {}, []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self.open.append(tag)

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        if self.open and data.strip():
            self.told.setdefault(self.open[-1], []).append(data.strip())

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


class TestFaces:
    @pytest.fixture
    def review(self):
        """Give the review of the bundled log, with names."""
        p = si.example("body-corporate")
        made = DirectionsRegister.from_csv(si.sample("directions.csv"), partnership=p)
        return made.review("2026/27", names={p.ijb.id: "Strathallan <IJB>", p.health_board.id: p.health_board.name})

    def test_page(self, review, tmp_path):
        """The annex is a whole page: language, headings, captions and scopes; no script, nothing fetched."""
        text = review.to_html(tmp_path / "item.html")
        assert text == (tmp_path / "item.html").read_text(encoding="utf-8")
        page = Page(text)
        assert text.startswith("<!DOCTYPE html>")
        assert [{"lang": "en-GB"}] == page.all("html")
        assert ["Strathallan <IJB>: review of directions, 2026/27"] == page.told["h1"] == page.told["title"]
        assert list(review.to_tables()) == page.told["h2"]
        tables = [table for table in review.to_tables().values() if len(table)]
        assert len(tables) == len(page.all("table")) == len(page.all("caption"))
        assert [table.caption for table in tables] == page.told["caption"]
        assert all(one.get("scope") in ("col", "row") for one in page.all("th"))
        assert 1 == len(page.all("main")) == len(page.all("h1"))
        assert {"script", "link", "img", "iframe", "a"}.isdisjoint(tag for tag, _ in page.elements)
        assert "@media print" in text
        assert "http" not in text
        assert "None." in page.told["p"]
        assert text == review.to_html()

    def test_tables(self, review):
        """The summary is an account: its lines before the last add up to it."""
        rows = review.to_table().to_records()
        account = [row["directions"] for row in rows if not row["what"].startswith("Apart: ")]
        assert account[-1] == sum(account[:-1])
        assert len(review.bodies) == len(review.by_body())
        assert len(review.functions) == len(review.by_function())
        assert "counts once in the total" in review.by_body().notes[0]
        lists = review.to_tables()
        assert (review.issued, review.ended, review.closing) == tuple(
            len(lists[head]) for head in ("Issued in the year", "Ended in the year", "Carried forward")
        )

    def test_text(self, review):
        """As text, and in a notebook, the tables that are not empty follow one another."""
        assert review.to_text() == str(review)
        assert review.to_table().to_text() in str(review)
        assert "Late, 2026/27" not in str(review)
        assert "<caption" in review._repr_html_()

    def test_csv(self, review, tmp_path):
        """The CSV has a row a direction, with what is said of it."""
        text = review.to_csv(tmp_path / "item.csv")
        assert text == (tmp_path / "item.csv").read_text(encoding="utf-8")
        rows = {row["direction"]: row for row in csv.DictReader(io.StringIO(text))}
        assert len(review.directions) == len(rows) == len(review.to_records())
        assert "2026-09-30" in rows["2026/27/S26.16"]["outdated"]
        assert {"2026/27"} == {row["year"] for row in rows.values()}

    def test_receipt(self, review):
        """A review can be made again; altered, or of another register, it does not pass for this one."""
        assert review.receipt.verify()
        assert () == review.receipt.differences()
        assert pickle.loads(pickle.dumps(review)).receipt.verify()
        altered = attrs.evolve(review, opening=review.opening + 1)
        assert not altered.receipt.verify()
        assert ["digest"] == [one.split(":")[0] for one in altered.receipt.differences()]
        other = attrs.evolve(review, register=review._register.revoke("S26.01", on="2026-05-01"))
        assert ["settings", "digest"] == [one.split(":")[0] for one in review.receipt.differences(other)]

    def test_of(self, review):
        """The class makes a review too, without names."""
        assert "strathallan-ijb" == DirectionsReview.of(review._register, YEAR).name
