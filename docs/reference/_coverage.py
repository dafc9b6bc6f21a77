"""Writes coverage.md from the registry and the listed provisions; a test compares the two."""

from pathlib import Path

from scotintegration.coverage import STATUSES, CoverageRow, coverage, covered_instruments

PAGE = Path(__file__).with_name("coverage.md")
HEAD = """# Coverage

What the library has for every provision of every instrument it knows: a rule that works its answer out, a rule that
asks for a record, or the reason why there is none or none for a part of it.
This page is written by `python docs/reference/_coverage.py`; `si.coverage("asp 2014/9")` gives the same as a value.
Not legal advice.
"""


def row(one: CoverageRow) -> str:
    """Give one row of an instrument's table."""
    rules = ", ".join(f"`{id}`" for id in one.rules)
    tests = ", ".join(f"`{path}`" for path in one.tests)
    cited = f"[{one.citation.printed}]({one.citation.url})" if one.citation.url else one.citation.printed
    return f"| {cited} | {one.heading} | {one.status.replace('_', ' ')} | {rules} | {one.reason} | {tests} |"


def page() -> str:
    """Give the whole page."""
    found = [coverage(instrument) for instrument in covered_instruments()]
    total = {status: sum(one.counts[status] for one in found) for status in STATUSES}
    told = ", ".join(f"{number} {status.replace('_', ' ')}" for status, number in total.items())
    parts = [HEAD, f"\n{sum(total.values())} provisions of {len(found)} instruments: {told}.\n"]
    for one in found:
        counts = ", ".join(f"{number} {status.replace('_', ' ')}" for status, number in one.counts.items() if number)
        parts.append(
            f"\n## {one.instrument}\n\n{counts}.\n\n"
            "| provision | what it is about | status | rules | why there is none, or none for a part | tests |\n"
            "|---|---|---|---|---|---|\n" + "\n".join(map(row, one)) + "\n"
        )
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
