"""How long does importing the package take, and does it load anything heavy?"""

import statistics
import subprocess
import sys
import time

RUNS = 15
HEAVY = ("cattrs", "dask", "hypothesis", "matplotlib", "networkx", "numpy", "pandas")


def seconds(statement: str) -> float:
    """Give the median time of a fresh interpreter that runs the statement."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", statement], check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def loaded() -> list[str]:
    """List the heavy modules that importing the package loads."""
    code = f"import sys, scotintegration; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return done.stdout.split()


def main() -> int:
    """Print both figures; the exit status tells whether something heavy was loaded."""
    seconds("pass")  # warm the caches of the disk
    bare = seconds("pass")
    ours = seconds("import scotintegration")
    heavy = loaded()
    print(f"bare interpreter: {bare * 1000:.1f} ms (median of {RUNS})")
    print(f"import scotintegration: {(ours - bare) * 1000:.1f} ms more")
    print(f"heavy modules loaded: {', '.join(heavy) or 'none'}")
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main())
