"""Directions are read as spreadsheets write them, or refused with every fault at once."""

import csv
import io
from datetime import date

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scotintegration import _spreadsheets
from scotintegration.bodies import HealthBoard, LocalAuthority
from scotintegration.citations import NO_SOURCE
from scotintegration.dates import FinancialYear
from scotintegration.directions import Marker, Progress
from scotintegration.errors import LoadError
from scotintegration.functions import DelegatedFunction
from scotintegration.money import Money
from scotintegration.partnership import Partnership
from scotintegration.registers import DirectionsRegister
from scotintegration.unknown import UNKNOWN, Listing

DAY = "expected a day such as 2026-11-22 or 22/11/2026"
REFERENCE = "expected a reference that begins with a letter or figure, such as 'D-11' or 'HSCP.23.054'"
RECIPIENTS = "expected council, health_board, both, or ids of bodies with semicolons between them"
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=8)


@pytest.fixture
def path(tmp_path):
    """Give the place of a file."""
    return tmp_path / "directions.csv"


@pytest.fixture
def read(path):
    """Give a way to write a table and read it as a register."""

    def write_and_read(text, **options):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return DirectionsRegister.from_csv(path, **{"issuer": "toy-ijb", **options})

    return write_and_read


@pytest.fixture
def faults(read):
    """Give a way to list what is wrong with a table."""

    def listed(text, **options):
        with pytest.raises(LoadError) as raised:
            read(text, **options)
        return [str(fault) for fault in raised.value.errors]

    return listed


@pytest.fixture
def partnership():
    """Give a partnership of a Health Board and two councils with four functions."""
    p = Partnership.between(
        HealthBoard("toy-nhs", name="NHS Toytown"),
        LocalAuthority("toy-council", name="Toytown Council"),
        LocalAuthority("next-council", name="Nextdoor Council"),
        model="a",
        as_at="2026-04-01",
    )
    functions = [
        DelegatedFunction(id=id, name=name, delegator=delegator, delegate=p.id)
        for id, name, delegator in (
            ("district-nursing", "District nursing", "toy-nhs"),
            ("beds", "Intermediate care beds", "toy-nhs"),
            ("home-council", "Care at home", "toy-council"),
            ("home-nhs", "Care at home", "toy-nhs"),
        )
    ]
    return p.evolve(scheme=evolved(p, functions))


def evolved(p, functions):
    """Give a partnership's scheme with other functions."""
    return attrs.evolve(p.scheme, functions=functions)


def outcome(path):
    """Give the register that a table makes, and what is wrong with it: one of the two."""
    try:
        return DirectionsRegister.from_csv(path, issuer="toy-ijb"), ()
    except LoadError as error:
        return None, error.errors


class TestLaws:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
    @given(
        st.lists(
            st.tuples(
                st.dates(date(2000, 1, 1)),
                st.integers(0, 10**12),
                CELLS.map(str.strip).filter(lambda text: text.casefold() != "none"),
                st.booleans(),
            ),
            max_size=4,
        ),
        st.permutations(["reference", "decided_on", "budget_pounds", "title", "in_writing"]),
        st.booleans(),
    )
    def test_round_trip(self, path, rows, header, british):
        """What a spreadsheet writes is read back, in any order of columns and either way of writing days and money."""
        stream = io.StringIO(newline="")
        writer = csv.DictWriter(stream, header)
        writer.writeheader()
        for number, (day, pence, title, written) in enumerate(rows):
            writer.writerow(
                {
                    "reference": f"D-{number}",
                    "decided_on": f"{day.day}/{day.month}/{day.year}" if british else day.isoformat(),
                    "budget_pounds": str(Money(pence)) if british else str(Money(pence).pounds),
                    "title": title,
                    "in_writing": "Yes" if written else "FALSE",
                }
            )
        path.write_bytes(stream.getvalue().encode("utf-8-sig" if british else "utf-8"))
        register = DirectionsRegister.from_csv(path, issuer="toy-ijb")
        found = [(one.decided_on, one.payment, one.title, one.in_writing) for one in register]
        assert found == [(day, Money(pence), title or UNKNOWN, written) for day, pence, title, written in rows]

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
    @given(st.binary(max_size=60) | st.lists(st.lists(CELLS, max_size=4).map(",".join)).map("\n".join).map(str.encode))
    def test_anything(self, path, raw):
        """Whatever the bytes, either a register comes out or a list of faults."""
        for header in (b"", b"reference,varies,functions,ends_on\n"):
            path.write_bytes(header + raw)
            register, errors = outcome(path)
            assert (register is None) is bool(errors)
            assert {"toy-ijb"} >= {one.issuer for one in register or ()}

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
    @given(st.lists(st.sampled_from(["soon", "31/02/2026", "", "2026-04-01", "none"]), min_size=1, max_size=6))
    def test_every_fault(self, path, days):
        """There is a fault for each cell that is wrong, in order, and for no other."""
        path.write_text("reference,issued_on\n" + "".join(f"D-{n},{day}\n" for n, day in enumerate(days)))
        wrong = [n for n, day in enumerate(days, start=2) if day in ("soon", "31/02/2026")]
        register, errors = outcome(path)
        assert [f"row {n}, column 'issued_on'" for n in wrong] == [fault.path for fault in errors]
        assert wrong or len(days) == len(register)


class TestCells:
    def test_blank(self, read):
        """A blank cell, like a column that is not there, is unknown."""
        (one,) = read("reference,issued_on,revoked_on\nD-1,,\n")
        for name in (
            "issued_on",
            "effective_from",
            "ends_on",
            "year",
            "payment",
            "title",
            "words",
            "varies",
            "in_writing",
        ):
            assert getattr(one, name) is UNKNOWN, name
        assert Listing((), complete=False) == one.given_to == one.functions
        assert "toy-ijb" == one.issuer
        assert NO_SOURCE == one.source

    def test_none(self, read):
        """The word none is known to be nothing."""
        (one,) = read(
            "reference,year,issued_on,ends_on,directed_to,functions,title\nD-1,None,none,NONE,none,none,none\n"
        )
        assert (None, None, None, None) == (one.year, one.issued_on, one.ends_on, one.title)
        assert Listing(()) == one.given_to == one.functions
        assert one.words is None

    def test_every_column(self, read):
        """Every column fills its field, and the source stands by each fact that is shown."""
        (one,) = read(
            "reference,year,decided_on,issued_on,effective_from,ends_on,review_on,directed_to,functions,budget_pounds,"
            "conditional_on,title,notes,in_writing,meeting,outcomes,payment_method,plan_link,set_aside,specified,split,"
            "text,use,source_url\n"
            " HSCP.23.054   Appendix B ,2026-27,01/02/2026,2/3/2026,2026-04-01,31/03/2027,1/10/2026,both,respite,"
            '"£1,250,000.01",'
            '"a, b",Title,Notes,y,m-1,Outcomes,Method,Link,£2m,3000,Split,Text,Use,https://example.org/1\n'
        )
        assert ("HSCP.23.054 Appendix B", FinancialYear("2026/27")) == (one.id, one.year)
        assert [date(2026, 2, 1), date(2026, 3, 2), date(2026, 4, 1)] == [
            one.decided_on,
            one.issued_on,
            one.effective_from,
        ]
        assert (date(2027, 3, 31), date(2026, 10, 1)) == (one.ends_on, one.review_on)
        assert (Money("£1,250,000.01"), Money("£2m"), Money("£3000")) == (one.payment, one.set_aside, one.specified)
        assert ("a, b", "Title", "Notes", True, "m-1") == (
            one.conditions,
            one.title,
            one.notes,
            one.in_writing,
            one.meeting,
        )
        assert ("Outcomes", "Method", "Link", "Split", "Text", "Use") == (
            one.outcomes,
            one.payment_method,
            one.plan_link,
            one.split,
            one.text,
            one.use,
        )
        assert "https://example.org/1" == one.source["payment"]
        assert "varies" not in one.source

    def test_guidance(self, read):
        """Columns of what guidance asks fill their fields; none in the column of the marker is its word."""
        (one,) = read(
            "reference,sent_to,budget_in,complements,issued_by,marker,monitoring,no_amount,progress,report,reviewed_on\n"
            "D-1,toy-nhs,D-0,D-2; 2025/26/1.1,chief officer,None,Monthly,Free,In progress,Paper 3,1/2/2027\n"
        )
        assert Listing(["toy-nhs"]) == one.sent_to
        assert Listing(["2025/26/1.1", "D-2"]) == one.complements
        assert ("D-0", "chief officer", "Monthly", "Free", "Paper 3", date(2027, 2, 1)) == (
            one.budget_in,
            one.issued_by,
            one.monitoring,
            one.no_amount,
            one.report,
            one.reviewed_on,
        )
        assert (Marker.NONE, Progress.IN_PROGRESS) == (one.marker, one.progress)
        assert Marker.HEALTH_BOARD is read("reference,marker\nD-1,Health_board\n")["D-1"].marker
        (blank,) = read("reference,complements,sent_to,marker\nD-1,none,none,\n")
        assert Listing(()) == blank.complements == blank.sent_to
        assert blank.marker is UNKNOWN
        assert Listing((), complete=False) == read("reference\nD-1\n")["D-1"].complements

    def test_year(self, read):
        """A year left blank is that of the first day, where there is one."""
        assert FinancialYear("2025/26") == read("reference,effective_from\nD-1,2026-03-31\n")["D-1"].year
        assert FinancialYear("2026/27") == read("reference,year,effective_from\nD-1,2026/27,2026-03-31\n")["D-1"].year

    @pytest.mark.parametrize(
        ("row", "bare"),
        [("A,,", True), ("A,respite,", False), ("A,,£9", False), (",,", False)],
    )
    def test_bare_revocation(self, read, row, bare):
        """A row that revokes another, and names neither functions nor money, asks nothing else."""
        assert bare is read(f"reference,revokes,functions,budget_pounds\nA,,,\nB,{row}\n")["B"].is_bare_revocation

    def test_spreadsheet(self, read):
        """Byte-order mark, ends of lines, quotation marks, blank rows and columns are as spreadsheets write them."""
        raw = b'\xef\xbb\xbfreference,title,,\r\nD-1,"a ""b""\r\nc",,\r\n,,,\r\n\r\n"D-2"\r\n'
        register = read(raw)
        assert ('a "b"\r\nc', UNKNOWN) == tuple(one.title for one in register)


class TestNames:
    @pytest.mark.parametrize(
        ("cell", "expected"),
        [
            ("council", ["next-council", "toy-council"]),
            ("Local Authority", ["next-council", "toy-council"]),
            ("health_board", ["toy-nhs"]),
            ("Health board", ["toy-nhs"]),
            ("both", ["next-council", "toy-council", "toy-nhs"]),
            ("TOY-NHS", ["toy-nhs"]),
            ("Nextdoor  council; toy-nhs", ["next-council", "toy-nhs"]),
            ("Red Cross", ["Red Cross"]),
        ],
    )
    def test_recipients(self, read, partnership, cell, expected):
        """Recipients are bodies of the partnership; one that is not stays as it was written, for rules to report."""
        register = read(f"reference,directed_to\nD-1,{cell}\n", partnership=partnership)
        assert Listing(expected) == register["D-1"].given_to

    @pytest.mark.parametrize(
        ("cell", "expected"),
        [("council", ["council"]), ("both", ["council", "health_board"]), ("toy-nhs", ["toy-nhs"])],
    )
    def test_recipients_alone(self, read, cell, expected):
        """Without a partnership the words stand for themselves."""
        assert Listing(expected) == read(f"reference,directed_to\nD-1,{cell}\n")["D-1"].given_to

    @pytest.mark.parametrize(
        ("cell", "found", "complete", "words"),
        [
            ("district-nursing", ["district-nursing"], True, None),
            ("District  Nursing; intermediate care beds", ["beds", "district-nursing"], True, None),
            ("all delegated functions", ["beds", "district-nursing", "home-council", "home-nhs"], True, None),
            ("All functions delegated by the council", ["home-council"], True, None),
            ("all functions delegated by the health board", ["beds", "district-nursing", "home-nhs"], True, None),
            ("Care at home", [], False, "Care at home"),
            ("beds; a new idea; another", ["beds"], False, "a new idea; another"),
            ("camhs", ["camhs"], True, None),
        ],
    )
    def test_functions(self, read, partnership, cell, found, complete, words):
        """Functions are found by id or name; what is not found, or is several, is kept as words."""
        one = read(f"reference,functions\nD-1,{cell}\n", partnership=partnership)["D-1"]
        assert (Listing(found, complete=complete), words) == (one.functions, one.words)

    def test_functions_in_part(self, read, partnership):
        """All functions of a partnership are known in part where its scheme is."""
        part = evolved(partnership, Listing(partnership.scheme.functions.items, complete=False))
        register = read("reference,functions\nD-1,all functions\n", partnership=partnership.evolve(scheme=part))
        assert not register["D-1"].functions.complete

    def test_functions_alone(self, read):
        """Without a partnership the ids of the catalogue are found, and nothing is all functions."""
        register = read("reference,functions\nD-1,district-nursing\nD-2,all delegated functions\n")
        assert Listing(["district-nursing"]) == register["D-1"].functions
        assert (Listing((), complete=False), "all delegated functions") == (
            register["D-2"].functions,
            register["D-2"].words,
        )


class TestWhose:
    TABLE = "ijb,reference\nEast  Toy,D-1\nWest Toy,D-1\neast toy,D-2\n"

    def test_selected(self, read):
        """Rows of one authority are read, and faults of others passed over."""
        register = read(self.TABLE + "West Toy,\n", issuer="East Toy")
        assert ("East Toy", 2) == (register.issuer, len(register))

    def test_partnership(self, read, partnership):
        """A partnership is named by its id or the name of its area, or as issuer= says."""
        text = f"ijb,reference\n{partnership.id},D-1\n{partnership.name},D-2\nEast Toy,D-3\n"
        register = read(text, partnership=partnership, issuer=None)
        assert (partnership.id, ["D-1", "D-2"]) == (register.issuer, [one.id for one in register])
        other = read(text, partnership=partnership, issuer="East Toy")
        assert (partnership.id, ["D-3"]) == (other.issuer, [one.id for one in other])
        assert partnership.id == read("reference\nD-1\n", partnership=partnership, issuer=None).issuer

    def test_only_one(self, read):
        """Where all rows are of one authority, the register is its own."""
        assert "East Toy" == read("ijb,reference\nEast Toy,D-1\n", issuer=None).issuer

    def test_not_told(self, read, faults):
        """Somebody has to say whose directions they are."""
        for text in ("reference\nD-1\n", "ijb,reference\n"):
            with pytest.raises(
                ValueError, match="cannot tell whose directions these are; expected partnership= or issuer="
            ):
                read(text, issuer=None)
        assert [
            "row 1, column 'ijb': directions of 'East Toy' and 'West Toy'; expected issuer= with one of them"
        ] == faults(self.TABLE, issuer=None)
        assert [
            "row 1, column 'ijb': no row is of it: no authority 'East Toi'; did you mean 'East Toy' or 'West Toy'?"
        ] == faults(self.TABLE, issuer="East Toi")
        assert ["row 3, column 'ijb': expected the name or id of the integration authority"] == faults(
            "ijb,reference\ntoy-ijb,D-1\n,D-2\n"
        )
        assert ["row 2, column 'ijb': expected the name or id of the integration authority"] == faults(
            "ijb,reference\n,D-2\n", issuer=None
        )
        with pytest.raises(ValueError, match="issuer must be an id or a name, such as 'S37000034' or 'Fife', got ' '"):
            read(self.TABLE, issuer=" ")


class TestColumns:
    def test_renamed(self, read):
        """Columns may be called something else, or be passed over."""
        register = read(
            "Ref.,Given,Officer\nD-1,1/4/2026,A. Body\n",
            columns={"Ref.": "reference", "Given": "issued_on", "Officer": None},
        )
        assert date(2026, 4, 1) == register["D-1"].issued_on

    def test_leads_nowhere(self, read):
        """A new name is one of ours."""
        with pytest.raises(
            ValueError, match=r"^columns=\{'Given': 'isued_on'\} leads nowhere: no column 'isued_on'; did"
        ):
            read("reference\n", columns={"Given": "isued_on"})

    @pytest.mark.parametrize(
        ("header", "expected"),
        [
            (
                "reference,isued_on",
                ["row 1, column 'isued_on': no column 'isued_on'; did you mean 'issued_on', 'issued_by' or 'ends_on'?"],
            ),
            (
                "title,title",
                ["row 1, column 'title': second column 'title'; expected one", "row 1: expected a column 'reference'"],
            ),
            ("reference;title", ["row 1: 'reference;title': expected commas between the names of columns"]),
            ("reference\ttitle", ["row 1: 'reference\\ttitle': expected commas between the names of columns"]),
            ("", ["row 1: expected the names of columns"]),
            ("\n", ["row 1: expected a column 'reference'"]),
        ],
    )
    def test_header(self, faults, header, expected):
        """What is wrong with the names of columns is told, with near ones."""
        assert expected == faults(header)

    def test_header_and_rows(self, faults):
        """Faults of the header do not hide those of the rows."""
        assert [
            "row 1, column 'Ref': columns= speaks of it: no column 'Ref'; did you mean 'reference'?",
            "row 1, column 'when': no column 'when'; known are 'ijb', 'reference', 'revoked_on', 'directed_to', "
            "'sent_to', 'functions', 'source_url', 'year' and 36 more",
            "row 2, column 'issued_on': 'soon': expected a day such as 2026-11-22 or 22/11/2026",
        ] == faults("reference,when,issued_on\nD-1,now,soon\n", columns={"Ref": "reference"})


class TestFaults:
    @pytest.mark.parametrize(
        ("column", "cell", "message"),
        [
            ("issued_on", "soon", DAY),
            ("marker", "nobody", "expected 'none' or 'council' or 'health board' or 'both'"),
            ("progress", "slow", "expected 'not begun' or 'in progress' or 'completed' or 'refused'"),
            ("issued_on", "11/22/2026", DAY),
            ("issued_on", "1/4/26", DAY),
            ("revoked_on", "2026-02-30", DAY),
            ("year", "2025/27", "expected a financial year such as 2025/26"),
            ("budget_pounds", "lots", "expected pounds such as '£1.2m', '£1,250,000.01' or '-£0.60'"),
            ("budget_pounds", "1.005", "expected no fraction of a penny"),
            ("set_aside", "-£1", "expected £0 or more"),
            ("in_writing", "perhaps", "expected yes or no"),
            ("varies", "#1", REFERENCE),
            ("directed_to", "#1", RECIPIENTS),
            ("directed_to", "both;", "expected names, with semicolons between them"),
            ("functions", "; beds", "expected names, with semicolons between them"),
        ],
    )
    def test_cell(self, faults, column, cell, message):
        """A cell that cannot be read is named by row and column, with what would have been right."""
        assert [f"row 3, column 'Mine': {cell!r}: {message}"] == faults(
            f"reference,Mine\nD-1,\nD-2,{cell}\n", columns={"Mine": column}
        )

    def test_reference(self, faults):
        """Every row has a reference."""
        assert [
            "row 2, column 'reference': expected a reference",
            "row 3, column 'reference': expected a reference",
            f"row 4, column 'reference': '#1': {REFERENCE}",
        ] == faults("reference,title\n,a\nnone,b\n#1,c\n")

    def test_dates(self, faults, read):
        """Days out of order are slips, and recorded."""
        slip = read("reference,effective_from,ends_on\nD-1,1/4/2026,01/03/2026\n")["D-1"]
        assert (date(2026, 4, 1), date(2026, 3, 1)) == (slip.effective_from, slip.ends_on)
        assert date(2026, 5, 1) == read("reference,decided_on,issued_on\nD-1,2026-05-01,2026-04-01\n")["D-1"].decided_on

    def test_twice(self, faults, read):
        """A reference stands once a year."""
        header = "reference,year\n"
        message = "row 3, column 'reference': 'D-1': stands in row 2 too; expected one row a year and reference"
        assert [message] == faults(header + "D-1,2025/26\nD-1,2025/26\n") == faults(header + "D-1,\nD-1,\n")
        assert 3 == len(read(header + "D-1,2025/26\nD-1,2026/27\nD-1,\n"))

    def test_other_rows(self, faults, read):
        """A reference to another row leads to one row."""
        header = "reference,year,varies\n"
        near = "row 3, column 'varies': 'D-l': no other row 'D-l'; did you mean 'D-1'?; "
        right = "expected the reference of a row, which may be blank but for it"
        assert [near + right] == faults(header + "D-1,,\nD-2,,D-l\n")
        assert ["row 2, column 'varies': 'D-1': no other row 'D-1'; there is no other row at all; " + right] == faults(
            header + "D-1,,D-1\n"
        )
        two = "1.1,2024/25,\n1.1,2025/26,\n"
        assert [
            "row 4, column 'varies': '1.1': several rows have it; expected one of '2024/25/1.1' and '2025/26/1.1'"
        ] == faults(header + two + "1.2,2025/26,1.1\n")
        assert "2025/26 1.1" == read(header + two + "1.2,2025/26,2025/26 1.1\n")["1.2"].varies
        assert [
            "row 2, column 'varies': '2024/25/1.1': no other row '2024/25/1.1'; known are '1.2'; " + right
        ] == faults(header + "1.1,2024/25,2024/25/1.1\n1.2,2024/25,\n")

    def test_not_blamed(self, faults):
        """A reference to a row that is at fault itself is not a second fault."""
        assert ["row 2, column 'issued_on': 'soon': expected a day such as 2026-11-22 or 22/11/2026"] == faults(
            "reference,issued_on,varies\nD-1,soon,\nD-2,,D-1\nD-3,,2025/26/D-1\n"
        )

    def test_all_of_a_row(self, faults):
        """A row with a cell at fault is told too that it speaks of a direction that is not there."""
        text = "reference,ends_on,varies,revokes,supersedes\nA,soon,X,B,none\nB,none,none,none,none\n"
        assert [
            f"row 2, column 'ends_on': 'soon': {DAY}",
            "row 2, column 'varies': 'X': no other row 'X'; known are 'B'; "
            "expected the reference of a row, which may be blank but for it",
        ] == faults(text)

    def test_beside_the_columns(self, faults):
        """A cell under no name is refused."""
        assert [
            "row 2: 'b': expected the name of a column above it in row 1",
            "row 3: 'c': expected the name of a column above it in row 1",
        ] == faults("reference,\nD-1,b\nD-2,,c\n")

    def test_in_order(self, faults):
        """Faults are listed in the order of rows, and nothing is half loaded."""
        found = faults("reference,issued_on,varies\nD-1,,D-9\nD-2,soon,\nD-1,,\n#,,\n")
        assert ["row 2", "row 3", "row 4", "row 5"] == [fault[:5] for fault in found]

    def test_not_text(self, faults):
        """A file in another encoding is refused, with the row and the remedy."""
        message = "row 2: expected text in UTF-8; spreadsheets save it as 'CSV UTF-8'"
        assert [message] == faults("reference,budget_pounds\nD-1,£9\n".encode("latin-1"))

    def test_quotation(self, faults):
        """A quotation mark that is not closed is refused."""
        (fault,) = faults('reference,title\nD-1,a\nD-2,"b\n')
        assert fault.startswith("row 3: expected cells between commas, with both quotation marks where there is one (")

    def test_too_large(self, faults, monkeypatch):
        """A file of more bytes than are read is refused."""
        monkeypatch.setattr(_spreadsheets, "LARGEST", 1000)
        assert ["row 1: the file is too large; expected at most 1,000 bytes"] == faults("reference\n" + "D-1\n" * 1000)

    def test_missing(self, path):
        """A file that is not there is the system's error."""
        with pytest.raises(FileNotFoundError):
            DirectionsRegister.from_csv(path, issuer="toy-ijb")

    def test_source(self, faults, path, read):
        """The error names the file."""
        with pytest.raises(LoadError) as raised:
            read("title\n")
        assert str(path) == raised.value.source
