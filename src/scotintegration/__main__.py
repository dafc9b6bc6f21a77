"""The command line: show, check, simulate."""

from __future__ import annotations

import argparse
import io
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Final, Never

from scotintegration._version import __version__
from scotintegration.dates import FinancialYear, day
from scotintegration.errors import ScotIntegrationError

if TYPE_CHECKING:
    from scotintegration.network import Network
    from scotintegration.partnership import Partnership
    from scotintegration.reports import NetworkReport, Report

__all__ = ["main"]

HOLDS: Final = 0
FINDINGS: Final = 1
BAD_INPUT: Final = 2
OUR_FAULT: Final = 3

_THRESHOLDS: Final = ("statute", "guidance", "any", "cannot-tell", "never")
_CHECKABLE: Final = ("text", "json", "csv", "html")


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line and end with the exit code for bad input."""

    def error(self, message: str) -> Never:
        self.exit(BAD_INPUT, f"{self.prog}: {message}\n")


def _a_day(text: str) -> date:
    try:
        return day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _whole(text: str, least: int, most: int | None = None) -> int:
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a whole number, got {text!r}") from None
    if number < least:
        raise argparse.ArgumentTypeError(f"expected {least} or more, got {text!r}")
    if most is not None and number > most:
        raise argparse.ArgumentTypeError(f"expected {most} or fewer, got {text!r}")
    return number


def _seed(text: str) -> int:
    return _whole(text, 0)


def _years(text: str) -> int:
    return _whole(text, 1, 50)


def _steps(text: str) -> int:
    return _whole(text, 1)


def _share(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a number such as 0.02, got {text!r}") from None


def _parser() -> _Parser:
    top = _Parser(prog="scotintegration", description="Governance of health and social care integration in Scotland.")
    top.add_argument("--version", action="version", version=f"scotintegration {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="{show,check,simulate}", parser_class=_Parser)

    def add(name: str, about: str, area: str, *, nargs: str | None) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=about, description=about)
        command.add_argument("area", nargs=nargs, help=area)
        command.add_argument("--as-at", type=_a_day, metavar="DAY", help="the day that governs, such as 2026-11-22")
        return command

    where = "an area, such as 'Glasgow City', its code, example:NAME, or FILE.json with what was saved"
    show = add("show", "Show all Scotland, or one partnership.", f"{where}; all Scotland if left out", nargs="?")
    show.add_argument("--format", choices=("text", "html", "csv"), default="text")

    check = add("check", "Check the rules of governance.", f"{where}; all Scotland if left out", nargs="?")
    check.add_argument("--law-as-at", type=_a_day, metavar="DAY", help="the day of the law, where it is another")
    check.add_argument("--topic", help="only rules of one topic, such as membership")
    check.add_argument("--only", help="only rules of one severity, such as statute")
    check.add_argument("--fail-on", choices=_THRESHOLDS, default="statute", help="what makes the exit code 1")
    check.add_argument("--format", choices=_CHECKABLE, default="text")

    simulate = add("simulate", "Simulate how a board issues directions.", where, nargs=None)
    simulate.add_argument("--years", type=_years, default=3, help="financial years from that of the day; 3 by default")
    simulate.add_argument("--seed", type=_seed, required=True, help="seed of the draws, a whole number of 0 or more")
    simulate.add_argument("--run", type=_seed, default=0, help="number of the run; 0 by default")
    simulate.add_argument("--pressure", type=_share, help="growth of spending over budget a year, such as 0.03")
    simulate.add_argument("--steps", type=_steps, default=8, metavar="N", help="how many steps to print; 8 by default")
    return top


@contextmanager
def _progress(what: str) -> Iterator[None]:
    """Keep a line on a terminal while long work goes on, and clear it after."""
    shown = sys.stderr.isatty()
    if shown:
        print(f"{what} ...", end="", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        if shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _saved(path: str, as_at: date | None) -> Network | Partnership:
    """Read a partnership or a network that was saved."""
    from scotintegration.interchange import load
    from scotintegration.network import Network
    from scotintegration.partnership import Partnership

    try:
        value = load(path)
    except OSError as error:
        raise ValueError(f"cannot read {path!r}: {error.strerror}") from None
    if not isinstance(value, Network | Partnership):
        raise ValueError(f"{path!r} holds a {type(value).__name__}; expected a Partnership or a Network")
    return value if as_at is None else value.at(as_at)


def _find(area: str | None, as_at: date | None) -> Network | Partnership:
    if area is not None and area.lower().endswith(".json"):
        return _saved(area, as_at)
    if area is not None and area.startswith("example:"):
        from scotintegration.examples import example

        return example(area.removeprefix("example:"), as_at=as_at)
    from scotintegration.scotland import scotland

    with _progress("reading Scotland"):
        net = scotland(as_at)
    return net if area is None else net[area]


def _show(args: argparse.Namespace) -> int:
    table = _find(args.area, args.as_at).to_table()
    print({"text": table.to_text, "html": table.to_html, "csv": table.to_csv}[args.format]().rstrip("\n"))
    return HOLDS


def _reached(report: Report | NetworkReport, threshold: str) -> bool:
    """Tell whether a report has findings at a threshold."""
    outcomes = [(finding.outcome.value, finding.severity.value) for finding in report.findings]
    failed = [severity for outcome, severity in outcomes if outcome == "fail"]
    if threshold == "statute":
        return "statute" in failed
    if threshold == "guidance":
        return "statute" in failed or "guidance" in failed
    if threshold == "any":
        return bool(failed) or any(outcome == "warn" for outcome, _ in outcomes)
    return threshold == "cannot-tell" and (bool(failed) or any(outcome == "cannot tell" for outcome, _ in outcomes))


def _check(args: argparse.Namespace) -> int:
    subject = _find(args.area, args.as_at)
    with _progress("checking"):
        report = subject.check(args.topic, only=args.only, law_as_at=args.law_as_at)
    faces: dict[str, Callable[[], str]] = {
        "text": report.to_text,
        "json": report.to_json,
        "csv": report.to_csv,
        "html": report.to_html,
    }
    print(faces[args.format]().rstrip("\n"))
    return FINDINGS if _reached(report, args.fail_on) else HOLDS


def _simulate(args: argparse.Namespace) -> int:
    from scotintegration.network import Network
    from scotintegration.simulation import Scenario, simulate

    p = _find(args.area, args.as_at)
    if isinstance(p, Network):
        raise ValueError(f"{args.area!r} holds a Network; expected a Partnership")
    last = FinancialYear.of(p.as_at) + (args.years - 1)
    scenario = Scenario("base") if args.pressure is None else Scenario("base", pressure=args.pressure)
    with _progress(f"simulating {p.name}"):
        run = simulate(p, scenario, until=last.end, seed=args.seed, run=args.run)
        steps = run.steps()
    print(run.to_text())
    print(
        f"\nThe last {min(args.steps, len(steps))} of {len(steps)} steps in the life of {len(run.register)} directions:"
    )
    for step in steps[-args.steps :]:
        print(f"  {step}")
    print(f"\n{run.receipt.to_text()}")
    return HOLDS


_COMMANDS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {
    "show": _show,
    "check": _check,
    "simulate": _simulate,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command line.

    Args:
        arguments: The words after the command's name; by default those of the process.

    Returns:
        0 where it holds, 1 for findings at the threshold, 2 for bad input, 3 for a fault of ours.

    Source: our choice.

    .. versionadded:: 0.1.0
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a pound sign must not end the work
    try:
        args = _parser().parse_args(arguments)
        code = _COMMANDS[args.command](args)
        sys.stdout.flush()
        return code
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else HOLDS
    except (ScotIntegrationError, ValueError) as error:
        print(f"scotintegration: {error}", file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return HOLDS
    except KeyboardInterrupt:
        print("scotintegration: interrupted", file=sys.stderr)
        return 130
    except Exception:
        traceback.print_exc()
        print("scotintegration: this is a fault of ours, please report it", file=sys.stderr)
        return OUR_FAULT


if __name__ == "__main__":
    sys.exit(main())
