"""Time the checking of all Scotland: as a whole process, and inside one."""

import statistics
import subprocess
import sys
import time

import scotintegration as si

ROUNDS = 5


def main() -> None:
    """Print medians over rounds."""
    command = [sys.executable, "-m", "scotintegration", "check"]
    whole = []
    for _ in range(ROUNDS + 1):  # the first warms up
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        whole.append(time.perf_counter() - start)
    print(f"scotintegration check, whole process: {statistics.median(whole[1:]):.2f} s")

    net = si.scotland()
    rules = len(si.RULES)
    inside = []
    for _ in range(ROUNDS + 1):
        fresh = net.at(net.as_at)
        start = time.perf_counter()
        report = fresh.check()
        inside.append(time.perf_counter() - start)
    spent = statistics.median(inside[1:])
    print(f"{rules} rules over {len(net)} partnerships: {spent * 1e3:.0f} ms, {len(report.findings)} findings")

    for name in ("body-corporate", "lead-agency-both-ways"):
        p = si.example(name)
        times = []
        for _ in range(ROUNDS + 1):
            fresh_p = p.at(p.as_at)
            start = time.perf_counter()
            fresh_p.check()
            times.append(time.perf_counter() - start)
        print(f"{name}: {statistics.median(times[1:]) * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
