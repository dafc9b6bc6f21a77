"""Self-evaluations are read as spreadsheets write them, or refused with every fault at once."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.test_evaluations import evaluations

from scotintegration import _spreadsheets
from scotintegration.errors import LoadError
from scotintegration.evaluations import SelfEvaluation
from scotintegration.examples import example
from scotintegration.national import NationalSelfEvaluation
from scotintegration.network import Network
from scotintegration.proposals import Rating
from scotintegration.unknown import UNKNOWN, Listing

STEP = "expected 'not yet established' or 'partly established' or 'established' or 'exemplary'"
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=8)
HEADER = "partnership,reference,step,evidence,actions,rated_on\n"
FILES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture
def path(tmp_path):
    """Give the place of a file."""
    return tmp_path / "ratings.csv"


@pytest.fixture
def read(path):
    """Give a way to write a table and read it as one self-evaluation."""

    def write_and_read(text, **options):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return SelfEvaluation.from_csv(path, **{"on": "2026-06-30", **options})

    return write_and_read


@pytest.fixture
def read_all(path):
    """Give a way to write a table and read it as the self-evaluations of many."""

    def write_and_read(text, **options):
        path.write_text(text, encoding="utf-8")
        return NationalSelfEvaluation.from_csv(path, **{"on": "2026-06-30", **options})

    return write_and_read


def faults(read, text, **options):
    """List what is wrong with a table."""
    with pytest.raises(LoadError) as raised:
        read(text, **options)
    return [str(fault) for fault in raised.value.errors]


def outcome(load):
    """Give what is loaded, and what is wrong with it: one of the two."""
    try:
        return load(), ()
    except LoadError as error:
        return None, error.errors


class TestLaws:
    @FILES
    @given(evaluations(every=True), st.booleans())
    def test_round_trip(self, path, one, excel):
        """What is written is read back, with or without a byte-order mark."""
        path.write_text(one.to_csv(), encoding="utf-8-sig" if excel else "utf-8", newline="")
        back = SelfEvaluation.from_csv(path, on=one.on, complete=one.ratings.complete)
        assert one == back
        national = NationalSelfEvaluation.from_csv(path, on=one.on, complete=one.ratings.complete)
        assert (one,) == national.evaluations

    @FILES
    @given(evaluations())
    def test_steps(self, path, one):
        """A proposal without a rating keeps its answer, and writing again changes nothing."""
        text = one.to_csv(path)
        back = SelfEvaluation.from_csv(path, on=one.on)
        assert [rating.step for rating in one] == [rating.step for rating in back]
        assert text == back.to_csv()

    @FILES
    @given(st.binary(max_size=60) | st.lists(st.lists(CELLS, max_size=4).map(",".join)).map("\n".join).map(str.encode))
    def test_anything(self, path, raw):
        """Whatever the bytes, either a self-evaluation comes out or a list of faults."""
        for header in (b"", b"reference,step\n", HEADER.encode()):
            path.write_bytes(header + raw)
            for load in (
                lambda: SelfEvaluation.from_csv(path, partnership="toytown"),
                lambda: NationalSelfEvaluation.from_csv(path, on="2026-06-30"),
            ):
                read, errors = outcome(load)
                assert (read is None) is bool(errors)


class TestRead:
    def test_cells(self, read):
        """Cells are read as spreadsheets write them; blank is unknown, and none is none."""
        one = read(
            "Partnership,Reference,Step,Evidence,Document,Actions,Rated on\n"
            'Toytown,4(iv),Partly  Established,"a paper, and a minute",paper 7,"agree a policy; tell the council;",'
            "1/5/2026\n"
            "toytown,4-V,not_rated,none,none,none,none\n"
            ",,,,,,\n"
            "TOYTOWN,6 (i),,,,,\n"
        )
        assert ("Toytown", "Toytown", date(2026, 6, 30)) == (one.partnership, one.name, one.on)
        assert [
            Rating(
                "4(iv)",
                "partly established",
                evidence="a paper, and a minute",
                document="paper 7",
                actions=["agree a policy", "tell the council"],
                rated_on="2026-05-01",
            ),
            Rating("4(v)", None, evidence=None, document=None, actions=(), rated_on=None),
            Rating("6(i)"),
        ] == list(one.ratings)

    def test_lines(self, read):
        """Actions may stand on lines of their own within a cell."""
        one = read('reference,actions\n4(iv),"agree a policy\n\ntell the council"\n', partnership="toytown")
        assert Listing(["agree a policy", "tell the council"]) == one["4(iv)"].actions

    def test_form(self, read):
        """A form with nothing filled in is read as knowing nothing."""
        bare = SelfEvaluation(partnership="toytown", on="2026-06-30")
        assert 25 == read(bare.to_csv()).counts()["unknown"]

    def test_complete(self, read):
        """A proposal without a row is unrated, unless the file is known to be only a part."""
        text = "reference,step\n4(iv),established\n"
        assert None is read(text, partnership="toytown").step("4(v)")
        assert UNKNOWN is read(text, partnership="toytown", complete=False).step("4(v)")

    def test_day(self, read):
        """The last day on which anything was rated is the day, unless one is given."""
        text = "reference,rated_on\n4(iv),2026-04-30\n4(v),31/05/2026\n"
        assert date(2026, 5, 31) == read(text, partnership="toytown", on=None).on
        assert date(2026, 6, 30) == read(text, partnership="toytown").on
        assert [
            "row 2: nothing says on which day 'toytown' rated itself; expected a day in 'rated_on', or on="
        ] == faults(read, "reference\n4(iv)\n", partnership="toytown", on=None)
        assert [
            "row 1: nothing says on which day 'toytown' rated itself; expected a day in 'rated_on', or on="
        ] == faults(read, "reference\n", partnership="toytown", on=None)

    def test_partnership(self, read):
        """Rows of others are passed over, faults and all."""
        text = HEADER + "Vale,nothing,superb,,,soon\nToytown,4(iv),established,,,\n"
        assert "established" == read(text, partnership="toytown").step("4(iv)")
        assert "toytown" == read(text, partnership="toytown").partnership

    def test_columns(self, read):
        """Columns may have other names, and some may be passed over."""
        text = "No.,Our rating,Owner,feature,proposal,\n4(iv),exemplary,the chief officer,4,clear directions,\n"
        columns = {"No.": "reference", "Our rating": "step", "Owner": None}
        assert "exemplary" == read(text, partnership="toytown", columns=columns).step("4(iv)")

    def test_many(self, read_all):
        """A table of many gives each its own, and its own last day."""
        text = HEADER + "Vale,4(iv),exemplary,,,2026-03-31\nToytown,4(iv),established,,,\nvale,4(v),established,,,\n"
        national = read_all(text)
        assert {"Toytown": "Toytown", "Vale": "Vale"} == national.partnerships
        assert (1, 1) == (national.counts("4(iv)")["exemplary"], national.counts("4(v)")["not rated"])
        partly = read_all(
            text.replace("established,,,\nvale", "established,,,2026-05-01\nvale"), on=None, complete=False
        )
        assert [date(2026, 5, 1), date(2026, 3, 31)] == [one.on for one in partly]
        assert 1 == partly.counts("4(v)")["unknown"]
        assert 0 == len(read_all(HEADER))

    def test_network(self, read_all):
        """With a network names lead to ids, and the partnerships without a row are unknown."""
        network = Network(
            name="Toyland", as_at="2026-06-30", partnerships=[example("body-corporate"), example("joint-board")]
        )
        p, other = network.partnerships
        national = read_all(
            f"{HEADER}{p.name.upper()},4(iv),established,,,\n{p.id},4(v),exemplary,,,\n", network=network
        )
        assert {p.id: p.name, other.id: other.name} == national.partnerships
        assert ("established", "exemplary") == (national[p.id].step("4(iv)"), national[p.name].step("4(v)"))
        assert 1 == national.counts("4(iv)")["unknown"]
        (fault,) = faults(read_all, f"{HEADER}{p.name[:-2]},4(iv),established,,,\n", network=network)
        assert (
            f"row 2, column 'partnership': {p.name[:-2]!r}: no area {p.name[:-2]!r}; did you mean {p.name!r}?" == fault
        )


class TestFaults:
    def test_every(self, read_all):
        """Every fault is listed, in the order of the table, with what would have been right."""
        assert [
            "row 2, column 'reference': '4(vi)': no proposal '4(vi)'; did you mean '4(v)', '4(i)' or '4(iv)'?; "
            "expected a reference such as '4(iv)'",
            f"row 2, column 'step': 'superb': {STEP}",
            "row 2, column 'actions': ';': expected actions, with semicolons between them",
            "row 2, column 'rated_on': 'soon': expected a day such as 2026-11-22 or 22/11/2026",
            "row 3, column 'reference': expected a reference such as '4(iv)'",
            "row 4, column 'reference': expected a reference such as '4(iv)'",
            "row 5, column 'partnership': expected the name or id of a partnership",
            "row 6: 'left over': expected the name of a column above it in row 1",
            "row 8, column 'reference': '4(iv)': stands in row 7 too; expected one row a partnership and proposal",
            "row 9, column 'rated_on': '1/7/2026': expected a day on or before that of the self-evaluation, 2026-06-30",
        ] == faults(
            read_all,
            HEADER
            + "Toytown,4(vi),superb,,;,soon\n"
            + "Toytown,,established,,,\n"
            + "Toytown,none,established,,,\n"
            + ",4(iv),established,,,\n"
            + "Toytown,1(i),established,,,,left over\n"
            + "Toytown,4(iv),established,,,\n"
            + "Toytown,4-iv,exemplary,,,\n"
            + "Vale,4(iv),established,,,1/7/2026\n",
        )

    def test_columns(self, read):
        """Faults of the first row are listed too."""
        assert [
            "row 1, column 'No.': columns= speaks of it: no column 'No.'; known are 'reference', 'stepp', 'Reference'",
            "row 1, column 'stepp': no column 'stepp'; did you mean 'step'?",
            "row 1, column 'Reference': second column 'reference'; expected one",
        ] == faults(read, "reference,stepp,Reference\n4(iv),,\n", partnership="toytown", columns={"No.": "reference"})

    def test_needed(self, read, read_all):
        """A table needs references, and a table of many needs partnerships."""
        assert ["row 1: expected a column 'reference'"] == faults(read, "step\nsuperb\n", partnership="toytown")
        assert ["row 1: expected a column 'partnership'"] == faults(read, "reference\n4(iv)\n")
        assert ["row 1: expected a column 'partnership'"] == faults(read_all, "reference\n4(iv)\n")

    def test_whose(self, read):
        """One self-evaluation is of one partnership that has rows."""
        text = HEADER + "Vale,4(iv),established,,,\nToytown,4(iv),established,,,\n"
        assert ["row 1: rows of 2 partnerships; expected one, or partnership= with its name"] == faults(read, text)
        assert ["row 1: rows of 0 partnerships; expected one, or partnership= with its name"] == faults(read, HEADER)
        assert ["row 1: no row is of it: no partnership 'Toytow'; did you mean 'Toytown'?"] == faults(
            read, text, partnership="Toytow"
        )
        assert 25 == read(HEADER, partnership="Toytow").counts()["not rated"]
        with pytest.raises(ValueError, match="partnership must be an id or a name"):
            read(text, partnership="a|b")

    def test_file(self, read, monkeypatch):
        """A file that is empty, no text, broken or too large is said to be so."""
        assert ["row 1: expected the names of columns"] == faults(read, "")
        (fault,) = faults(read, b"reference\n\xff")
        assert fault.startswith("row 2: expected text in UTF-8")
        (fault,) = faults(read, 'reference\n"4(iv)', partnership="toytown")
        assert fault.startswith("row 2: expected cells between commas")
        monkeypatch.setattr(_spreadsheets, "LARGEST", 5)
        assert ["row 1: the file is too large; expected at most 5 bytes"] == faults(read, "reference")

    def test_arguments(self, read):
        """A column that is not ours, a day that is none, and a file that is not there are said at once."""
        with pytest.raises(ValueError, match=r"columns=.*leads nowhere: no column 'stepp'; did you mean 'step'"):
            read("reference\n", columns={"rating": "stepp"})
        with pytest.raises(ValueError, match="cannot read 'soon'"):
            read("reference\n", on="soon")
        with pytest.raises(OSError, match="missing"):
            SelfEvaluation.from_csv("missing.csv")
