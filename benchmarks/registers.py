"""
How long a large register of directions takes to load and to answer, and how much memory it needs.

Run: python benchmarks/registers.py [--directions 100000] [--json]
"""

import argparse
import csv
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import scotintegration as si
from scotintegration.functions import catalogue
from scotintegration.scopes import Scope

FUNCTIONS = tuple(sorted(catalogue()))
SCOPE = Scope(recipients=["toy-council", "toy-nhs"], functions=FUNCTIONS)
YEARS = 10
DAY = "2021-06-01"


def rows(number: int) -> Iterator[dict[str, str]]:
    """Make up a direction a row: ten years of them, each in force for a year, some of which vary another."""
    for i in range(number):
        start = date(2016 + i * YEARS // number, 4, 1) + timedelta(days=i * 37 % 365)
        yield {
            "reference": f"D-{i}",
            "decided_on": (start - timedelta(days=20)).isoformat(),
            "issued_on": (start - timedelta(days=10)).isoformat(),
            "effective_from": start.isoformat(),
            "ends_on": (start + timedelta(days=364)).isoformat(),
            "varies": f"D-{i - 60}" if i % 7 == 0 and i >= 60 else "none",
            "revokes": "none",
            "supersedes": "none",
            "revoked_on": "none",
            "directed_to": "toy-council",
            "functions": FUNCTIONS[i % len(FUNCTIONS)],
            "budget_pounds": str(1000 + i),
            "in_writing": "yes",
        }


def timed(what: str, work: Callable[[], object], unit: float = 1.0) -> object:
    """Print how long some work takes, in seconds or as parts of one."""
    start = time.perf_counter()
    found = work()
    name = "s" if unit == 1.0 else "ms"
    print(f"  {what:<42} {(time.perf_counter() - start) * unit:10.2f} {name}")
    return found


def main() -> None:
    """Print a table for each size."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--directions", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--json", action="store_true", help="save as JSON and load that too")
    args = parser.parse_args()
    for number in args.directions:
        print(f"{number:,} directions")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "directions.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(next(rows(1))))
                writer.writeheader()
                writer.writerows(rows(number))
            read = timed("load from CSV", lambda path=path: si.DirectionsRegister.from_csv(path, issuer="toy-ijb"))
            assert isinstance(read, si.DirectionsRegister)
            register = read.within(SCOPE)
            if args.json:
                file = Path(folder) / "register.json"
                timed("save as JSON", lambda file=file, register=register: register.save(file))
                timed("load from JSON", lambda file=file: si.DirectionsRegister.load(file))
        live = timed(f"in force on {DAY}", lambda register=register: register.in_force(on=DAY), 1e3)
        timed("the same day again", lambda register=register: register.in_force(on=DAY), 1e3)
        timed("state of one", lambda register=register, number=number: register.state(f"D-{number // 2}", on=DAY), 1e3)
        timed("functions without a direction", lambda r=register: r.functions_without_direction(on=DAY), 1e3)
        timed("gaps on that day", lambda register=register: register.gaps(DAY, DAY), 1e3)
        timed("gaps of ten years", lambda register=register: register.gaps("2016-04-01", "2026-03-31"), 1e3)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"  {len(live):,} in force that day; at most {most:.0f} MiB of memory so far")


if __name__ == "__main__":
    main()
