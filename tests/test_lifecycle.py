"""Tests of the life cycle: one table, and what is read off it."""

import pytest

from scotintegration.citations import cite
from scotintegration.lifecycle import LIFE_CYCLE, Event, State, StepKind, follow, mermaid, to_table
from scotintegration.registers import DirectionsRegister

FLAGS = (False, True)


class TestTable:
    def test_every_state(self):
        """Every state but the first is reached, and every state that is not final can be left."""
        assert set(State) - {State.DRAFTED} == {row.to for row in LIFE_CYCLE} - {State.DRAFTED}
        assert {state for state in State if not state.is_final} == {row.state for row in LIFE_CYCLE}

    def test_every_event(self):
        """Every event happens somewhere, and every step of a register is one."""
        assert set(Event) == {row.event for row in LIFE_CYCLE}
        assert {kind.value for kind in StepKind} <= {event.value for event in Event}
        assert [Event.REVOKE] == [kind.event for kind in (StepKind.REVOKE,)]

    def test_final(self):
        """Nothing that has ended begins again."""
        for state in State:
            for event in Event:
                if state.is_final:
                    assert follow(state, event) is None

    def test_one_row(self):
        """For each state, event and guard there is one row at most."""
        keys = [(row.state, row.event, row.guard) for row in LIFE_CYCLE]
        assert len(set(keys)) == len(keys)

    @pytest.mark.parametrize("conditional", FLAGS)
    @pytest.mark.parametrize("interim", FLAGS)
    def test_follow(self, conditional, interim):
        """What follows is a row of the table, and none that is not in it."""
        for state in State:
            for event in Event:
                row = follow(state, event, conditional=conditional, interim=interim)
                rows = [one for one in LIFE_CYCLE if (one.state, one.event) == (state, event)]
                assert (row in rows) if rows else row is None

    @pytest.mark.parametrize(
        ("flags", "expected"),
        [
            ({}, State.IN_FORCE),
            ({"interim": True}, State.INTERIM),
            ({"conditional": True}, State.CONDITIONAL),
            ({"conditional": True, "interim": True}, State.CONDITIONAL),
        ],
    )
    def test_guards(self, flags, expected):
        """What a direction says of itself decides how it takes effect."""
        assert expected is follow(State.ISSUED, Event.TAKE_EFFECT, **flags).to

    def test_binds(self):
        """Only two states bind."""
        assert [State.IN_FORCE, State.INTERIM] == [state for state in State if state.binds]

    def test_cited(self):
        """Every row rests on something, and what ends a direction on the Act."""
        assert all(row.citation.printed for row in LIFE_CYCLE)
        ends = {row.citation for row in LIFE_CYCLE if row.event in (Event.VARY, Event.SUPERSEDE, Event.REVOKE)}
        assert {cite("asp 2014/9 s.27(5)(a)")} == ends


class TestFaces:
    def test_table(self):
        """The table has a row a transition."""
        assert len(LIFE_CYCLE) == len(to_table())
        assert "drafted -> recommend -> recommended, if" in str(LIFE_CYCLE[0])

    def test_diagram(self):
        """The diagram has every state, and an arrow for each pair of states that an event leads between."""
        lines = mermaid().splitlines()
        assert "stateDiagram-v2" == lines[0]
        arrows = {(row.state, row.to) for row in LIFE_CYCLE if row.state is not row.to}
        finals = sum(state.is_final for state in State)
        assert len(arrows) + finals + 1 == sum("-->" in line for line in lines)
        assert len(State) == sum(line.strip().startswith("state ") for line in lines)
        assert not any("visited" in line for line in lines)

    def test_visited(self):
        """The path is marked once a state."""
        lines = mermaid((State.DRAFTED, State.ISSUED, State.DRAFTED)).splitlines()
        assert ["    class drafted visited", "    class issued visited"] == lines[-2:]

    def test_steps_are_in_it(self):
        """A register has a method for each step that can be taken."""
        names = {"complete": "complete_direction"}
        for kind in StepKind:
            assert callable(getattr(DirectionsRegister, names.get(kind.value, kind.value.replace(" ", "_"))))
