"""How many partnership-years does one core simulate in a second, counters only, and where does the time go?"""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np

from scotintegration.simulation import _year, engine

PARTNERSHIPS, FUNCTIONS, YEARS, RUNS, ROUNDS = 31, 20, 5, 1024, 5

PARTS: dict[str, tuple[tuple[Any, str], ...]] = {
    "random bits": ((engine.Dealer, "fill"),),
    "normals of them": ((engine, "places_from"),),
    "putting draws in place": ((engine._Addressed, "spread"), (engine._Addressed, "attend")),
    "spending and forecasts": ((_year._Stretch, "_spend"),),
    "attendance": ((_year._Stretch, "_spend_and_attend"),),
    "needs and spares": ((_year._Stretch, "_meet"),),
    "apportionment": ((_year, "shares_of"),),
    "the rest of virement": tuple(
        (_year._Stretch, f"_{name}") for name in ("within_arms", "between_arms", "from_reserve")
    ),
    "year end": ((_year._Stretch, "_close"),),
}


def inputs(mixed: bool) -> engine.Inputs:
    """Make inputs of the reference size; *mixed* gives each function its own growth."""
    rng = np.random.default_rng(1)
    budgets = rng.integers(500_000_000, 5_000_000_000, (PARTNERSHIPS, FUNCTIONS), endpoint=True)
    growth = 1 + rng.uniform(-0.02, 0.06, budgets.shape) if mixed else np.full(budgets.shape, 1.02)
    return engine.Inputs.reference(budgets, growth ** np.arange(YEARS)[:, None, None])


def seconds(given: engine.Inputs) -> float:
    """Give the least time of several rounds."""
    ids = [f"p{partnership}" for partnership in range(PARTNERSHIPS)]
    times = []
    for seed in range(ROUNDS):
        start = time.perf_counter()
        engine.simulate(given, ids, seed=seed, runs=RUNS, first_year=2026, summary=True)
        times.append(time.perf_counter() - start)
    return min(times)


def split(given: engine.Inputs) -> Counter[str]:
    """Give the seconds that one round spends in each part, what it calls of other parts left out."""
    spent: Counter[str] = Counter()
    now = ["everything else"]
    mark = [time.perf_counter()]

    def switch(name: str) -> None:
        moment = time.perf_counter()
        spent[now[-1]] += moment - mark[0]
        mark[0] = moment
        now[-1:] = [now[-1], name] if name else []

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            switch(name)
            try:
                return function(*args, **kwargs)
            finally:
                switch("")

        return wrapper

    places = [(owner, attribute, name) for name, owners in PARTS.items() for owner, attribute in owners]
    kept = [getattr(owner, attribute) for owner, attribute, _ in places]
    for (owner, attribute, name), function in zip(places, kept, strict=True):
        setattr(owner, attribute, timed(name, function))
    try:
        mark[0] = time.perf_counter()
        engine.simulate(given, [str(i) for i in range(PARTNERSHIPS)], seed=1, runs=RUNS, first_year=2026, summary=True)
        switch("")
    finally:
        for (owner, attribute, _), function in zip(places, kept, strict=True):
            setattr(owner, attribute, function)
    return spent


def main() -> None:
    """Print rates and splits of both scenarios."""
    work = PARTNERSHIPS * YEARS * RUNS
    for title, mixed in (("reference", False), ("mixed", True)):
        given = inputs(mixed)
        least = seconds(given)
        print(f"{title}: {work / least:,.0f} partnership-years a second, {least / work * 1e6:.2f} µs each")
        for part, spent in split(given).most_common():
            print(f"  {spent / work * 1e6:5.2f} µs  {part}")


if __name__ == "__main__":
    main()
