"""The record of a decision on directions: marker, officer, recommendations, and what is still missing."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.decisions import DecisionRecord, decision_record
from scotintegration.directions import Direction
from scotintegration.errors import NotFoundError
from scotintegration.examples import EXAMPLES, example
from scotintegration.officers import ChiefOfficer
from scotintegration.unknown import UNKNOWN, Listing

BOARD = example("body-corporate")
COUNCIL = BOARD.local_authorities[0]
NURSES = "district-nursing"


def draft(**fields):
    """Draft a direction to the Health Board, complete but for its decision."""
    ready = {"payment": "£5", "use": "beds", "in_writing": True, "given_to": BOARD.health_board, "functions": [NURSES]}
    return BOARD.draft_direction(**{**ready, "id": "D-1", **fields})


def missing(**fields):
    """List what is still missing, without the provisions."""
    return [one.partition(" [")[0] for one in decision_record(BOARD, draft(**fields)).missing]


class TestLaws:
    @pytest.mark.parametrize("name", EXAMPLES)
    def test_examples(self, name):
        """Of every direction in force in the examples the marker is the one needed, and nothing is missing."""
        p = example(name)
        for one in p.directions.in_force(on=p.as_at).items[::9]:
            record = decision_record(p, one)
            assert record.marker_needed is record.marker_stated is one.marker
            assert (one.meeting, one.decided_on, one.report) == (record.meeting, record.on, record.report)
            assert () == record.missing
            assert record == p.decision_record(one.id)

    @given(st.sets(st.sampled_from([BOARD.health_board.id, COUNCIL.id, "elsewhere"])))
    def test_marker(self, recipients):
        """The marker needed is what those to whom it is given make it."""
        to = recipients & {BOARD.health_board.id, COUNCIL.id}
        expected = "both" if len(to) == 2 else "none" if not to else "council" if COUNCIL.id in to else "health board"
        paper = draft(given_to=recipients, strict=False)
        assert expected == decision_record(BOARD, paper).marker_needed
        known_in_part = decision_record(BOARD, paper.evolve(given_to=Listing(sorted(recipients), complete=False)))
        assert known_in_part.marker_needed in ({"both"} if expected == "both" else {UNKNOWN})


class TestMeeting:
    def test_read_off(self):
        """The day is read off the meeting, and the meeting off the day, where only one is written."""
        for fields in ({"meeting": "2026-09-16"}, {"decided_on": "2026-09-16"}):
            record = decision_record(BOARD, draft(**fields))
            assert ("2026-09-16", "2026-09-16") == (record.meeting, str(record.on))
        record = decision_record(BOARD, draft(meeting="2026-12-16", decided_on="2026-12-16"))
        assert ("2026-12-16", "2026-12-16") == (record.meeting, str(record.on))
        record = decision_record(BOARD, draft(decided_on="2026-12-16"))
        assert record.meeting is None

    def test_missing(self):
        """What is not written, or not recorded, is asked for beside its provision."""
        front = [
            "the meeting that decides",
            "the day of the meeting",
            "the reference of the report",
            "what the report says of directions on its front, the same for each",
        ]
        assert front == missing() == missing(meeting=UNKNOWN, decided_on=UNKNOWN, report=UNKNOWN, marker=UNKNOWN)
        assert [] == missing(meeting="2026-09-16", report="paper 7", marker="health board")
        assert [*front, "direction D-1: not in writing"] == missing(in_writing=None)
        assert "direction D-1: not in writing [s. 27(5)(b)]" in decision_record(BOARD, draft(in_writing=False)).missing
        assert all(one.endswith("[2020 directions guidance]") for one in decision_record(BOARD, draft()).missing)

    def test_marker(self):
        """A report that says otherwise is told what it should say, unless it is not known to whom it is given."""
        told = {"meeting": "2026-09-16", "report": "paper 7", "marker": "council"}
        assert ["the report says council, and health board is needed"] == missing(**told)
        assert "everybody to whom a direction is given" in missing(**told, given_to=UNKNOWN)

    def test_reference(self):
        """A reference that is not there is refused."""
        with pytest.raises(NotFoundError):
            decision_record(BOARD, "2026-9999")


class TestSeveral:
    def record(self, **fields):
        """Record two directions of one report, of which the second is in the register."""
        other = draft(id="D-2", given_to=COUNCIL, functions=["care-at-home"], report="paper 7", **fields)
        p = BOARD.evolve(directions=attrs.evolve(BOARD.directions, strict=False).issue(other))
        return decision_record(p, draft(report="paper 7", marker="both", issued_by="chief officer"))

    def test_report(self):
        """The record is of every direction that the report leads to, and the marker of all of them."""
        record = self.record(marker="both")
        assert ["D-1", "D-2"] == [one.id for one in record.directions]
        assert "both" == record.marker_needed == record.marker_stated
        assert 3 == len(record.recommendations)

    @pytest.mark.parametrize(("expected", "marker"), [(None, "council"), (None, None), (UNKNOWN, UNKNOWN)])
    def test_unlike(self, expected, marker):
        """A report that says one thing of each direction has no marker."""
        assert expected is self.record(marker=marker).marker_stated

    @pytest.mark.parametrize(
        ("expected", "officer"),
        [("chief officer", None), (None, "chief finance officer"), (UNKNOWN, UNKNOWN)],
    )
    def test_officer(self, expected, officer):
        """One officer issues them, if they name one only."""
        assert expected == self.record(issued_by=officer).to_issue


class TestOfficer:
    def test_chief(self):
        """The chief officer issues them, where somebody is in post and nobody else is named."""
        assert "chief officer" == decision_record(BOARD, draft()).to_issue
        assert "X" == decision_record(BOARD, draft(issued_by="X")).to_issue
        vacant = example("vacant-chief-officer")
        record = decision_record(vacant, draft())
        assert None is record.to_issue
        assert "the officer who is to issue what is approved [2020 directions guidance]" in record.missing
        assert "That an officer whom the board names issue what is approved" in record.recommendations[-1]

    def test_not_recorded(self):
        """Whether anybody is in post may be unknown; without the post nobody is named."""
        posts = [one for one in BOARD.posts if not isinstance(one, ChiefOfficer)]
        for expected, complete in ((None, True), (UNKNOWN, False)):
            p = BOARD.evolve(posts=Listing(posts, complete=complete))
            assert expected is decision_record(p, draft()).to_issue
        chief = next(one for one in BOARD.posts if isinstance(one, ChiefOfficer))
        p = BOARD.evolve(posts=[*posts, attrs.evolve(chief, holders=UNKNOWN)])
        assert UNKNOWN is decision_record(p, draft()).to_issue


class TestRecommendations:
    def test_words(self):
        """They say what is to be approved, for whom and for what, what it does to others, and who issues it."""
        record = decision_record(BOARD, draft(supersedes="2026-001", effective_from="2026-12-01"))
        assert (
            "That the board approve direction D-1, to NHS Glenmore, for District nursing; it takes the place of "
            "direction 2026-001; it pays £5.00; it takes effect on 2026-12-01.",
            "That the chief officer issue what is approved, in writing, to NHS Glenmore.",
        ) == record.recommendations

    def test_little(self):
        """What is not written is left out."""
        record = decision_record(BOARD, Direction("D-1", words="all of it"))
        assert ("That the board approve direction D-1, for all of it.",) == record.recommendations
        record = decision_record(example("lead-agency-to-board"), Direction("D-1", revokes="D-0", words=UNKNOWN))
        assert ("That the authority approve direction D-1; it revokes direction D-0.",) == record.recommendations

    def test_faces(self):
        """It is shown as a table, as text and as HTML."""
        record = decision_record(BOARD, draft(meeting="2026-09-16"))
        assert isinstance(record, DecisionRecord)
        rows = {(one["what"], one["entry"]) for one in record.to_table()}
        assert {("day", "2026-09-16"), ("direction needed to", "health board"), ("report", "")} < rows
        assert "still missing" in record.to_text() == str(record)
        assert record.to_html() == record._repr_html_()
