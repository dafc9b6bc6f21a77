"""Writes life-of-a-direction.md from the table of the life cycle; a test compares the two."""

from pathlib import Path

from scotintegration.lifecycle import LIFE_CYCLE, Event, State, Transition, mermaid

PAGE = Path(__file__).with_name("life-of-a-direction.md")

HEAD = """# The life of a direction

An integration authority carries its strategic plan out by directions.
A direction stands until a later one of the same authority varies or revokes it (s. 27(5)(a)), \
until its last day has passed, or until it has been carried out.
The library has that as one table.
The register follows it, the diagram and the table below are written from it, \
and the state machine of `scotintegration.testing` takes its events from it.
This page is written by `python docs/explanation/_life_of_a_direction.py`.
Not legal advice.

```mermaid
"""

STATES = {
    State.DRAFTED: "somebody has written it, and nobody has decided",
    State.RECOMMENDED: "a report puts it to the authority",
    State.APPROVED: "the authority has decided on it",
    State.ISSUED: "it was given, and its first day has not come; a revocation that asks nothing else stays so",
    State.CONDITIONAL: "its first day has come, and it waits for its condition",
    State.IN_FORCE: "whoever was directed must carry it out",
    State.INTERIM: "the same, until another takes its place",
    State.PAUSED: "it need not be carried out for a while, as while a court looks at it",
    State.REJECTED: "the meeting decided against it",
    State.VARIED: "a later direction says otherwise",
    State.SUPERSEDED: "a later direction has taken its place",
    State.REVOKED: "a later direction has ended it",
    State.EXPIRED: "its last day has passed",
    State.COMPLETED: "it was carried out",
}

TAIL = """
## How days decide

A register keeps what was done and works out the rest, so the state is asked of a day.

- The first day counts, and so does the last: a direction of 1 April to 30 June binds on both.
- What varies or supersedes another ends it on its own first day; a revocation ends it on the day it states.
- What never takes effect ends nothing: a draft rejected, a direction whose condition is not met, or one already ended.
- Where several directions end one, the one that takes effect first counts, in whatever order they were recorded.
- Nothing that has ended begins again: not when what ended it ends too, and not when its last day is moved too late.
- The events of one day are taken in the order of the second table, from the first row to the last.
- A day that was not recorded makes a state unknown only where the state depends on it.

What becomes of a direction when the later one that was to end it is ended itself before its first day, \
the law does not say.
The register takes the earlier one as ended; the state machine asks nobody's register about it.

## See also

- [Keep a register of directions](../how-to/keep-a-register.md)
- [Test your own register](../how-to/test-your-own-register.md)
"""


def table(*rows: tuple[str, ...]) -> str:
    """Give rows as a table, the first as its head."""
    head, *others = ("| " + " | ".join(row) + " |" for row in rows)
    return "\n".join([head, "|" + "---|" * len(rows[0]), *others]) + "\n"


def cited(row: Transition) -> str:
    """Give the provision behind a row, with its address where it has one."""
    return f"[{row.citation.printed}]({row.citation.url})" if row.citation.url else row.citation.printed


def together(event: Event) -> list[tuple[str, ...]]:
    """Give the rows of an event, those with the same outcome, guard and provision as one."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for row in LIFE_CYCLE:
        if row.event is event:
            after = "stays as it is" if row.to is row.state else row.to.value
            found.setdefault((after, row.guard, cited(row)), []).append(row.state.value)
    return [(event.value, ", ".join(states), *rest) for rest, states in found.items()]


def page() -> str:
    """Give the whole page."""
    states = [
        (state.value, meaning, "yes" if state.binds else "no", "yes" if state.is_final else "no")
        for state, meaning in STATES.items()
    ]
    events = [row for event in Event for row in together(event)]
    return "".join(
        [
            HEAD,
            mermaid(),
            "\n```\n\n## States\n\n",
            table(("state", "what it means", "binds", "final"), *states),
            "\n## Events\n\nAn event that has no row for a state changes nothing in that state.\n\n",
            table(("event", "in state", "then", "if", "rests on"), *events),
            TAIL,
        ]
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
