"""The command line: what it prints, and its exit codes."""

import csv
import importlib
import io
import json
import os
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from scotintegration import __version__
from scotintegration.examples import EXAMPLES, example
from scotintegration.network import Network
from scotintegration.rules import RULES, cannot_tell, check, fail, rule, warn
from scotintegration.scotland import scotland
from scotintegration.simulation import Scenario, simulate

cli = importlib.import_module("scotintegration.__main__")
main = cli.main
P = example("body-corporate")


@pytest.fixture
def say(capsys):
    """Run the command line and give its exit code and what it printed."""

    def run(*arguments):
        code = main(arguments)
        out, error = capsys.readouterr()
        return code, out, error

    return run


def command(*arguments, **options):
    """Start the command line in an interpreter of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "scotintegration", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        **options,
    )


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


class TestShow:
    def test_scotland(self, say):
        """All Scotland is shown where no area is named."""
        assert (0, f"{scotland().to_text()}\n", "") == say("show")

    @pytest.mark.parametrize("area", ["Glasgow City", "glasgow", "S37000034", "S12000049"])
    def test_area(self, say, area):
        """An area is shown by name or code."""
        assert (0, f"{scotland()['Glasgow City'].to_text()}\n", "") == say("show", area)

    @pytest.mark.parametrize("name", EXAMPLES)
    def test_example(self, say, name):
        """An example is shown by name."""
        assert (0, f"{example(name).to_text()}\n", "") == say("show", f"example:{name}")

    def test_day(self, say):
        """The day asked for governs."""
        code, out, _ = say("show", "example:vacant-chief-officer", "--as-at", "2026-05-31")
        assert 0 == code
        assert "held by" in next(line for line in out.split("\n") if line.startswith("chief officer"))
        _, out, _ = say("show", "example:vacant-chief-officer")
        assert "vacant" in next(line for line in out.split("\n") if line.startswith("chief officer"))
        assert "as at 2019-04-01" in say("show", "--as-at", "2019-04-01")[1]

    def test_formats(self, say):
        """CSV and HTML are those of the table."""
        table = P.to_table()
        assert table.to_csv() == say("show", "example:body-corporate", "--format", "csv")[1]
        assert f"{table.to_html()}\n" == say("show", "example:body-corporate", "--format", "html")[1]


class TestSaved:
    def test_partnership(self, say, tmp_path):
        """A saved partnership is shown and checked as it was, and on another day if so asked."""
        path = tmp_path / "p.JSON"
        P.save(path)
        assert (0, f"{P.to_text()}\n", "") == say("show", str(path))
        assert (0, f"{P.at('2025-05-01').to_text()}\n", "") == say("show", str(path), "--as-at", "2025-05-01")
        code, out, error = say("check", str(path), "--topic", "membership", "--format", "csv")
        assert (0, f"{check(P, 'membership').to_csv()}", "") == (code, out, error)

    def test_network(self, say, tmp_path):
        """A saved network is shown; a simulation wants one partnership."""
        path = tmp_path / "net.json"
        network = Network(name="Toyland", as_at="2026-11-22", partnerships=[P])
        network.save(path)
        assert (0, f"{network.to_text()}\n", "") == say("show", str(path))
        error = f"scotintegration: {str(path)!r} holds a Network; expected a Partnership\n"
        assert (2, "", error) == say("simulate", str(path), "--seed", "1")

    def test_bad_files(self, say, tmp_path):
        """A file that is missing, broken or of something else is bad input, and the message says so."""
        path = tmp_path / "p.json"
        error = f"scotintegration: cannot read {str(path)!r}: No such file or directory\n"
        assert (2, "", error) == say("check", str(path))
        path.write_text('{"type": "Direction", "id": 5}', encoding="utf-8")
        error = f"scotintegration: cannot load {str(path)!r}: 1 fault\n$.id: '5': expected text\n"
        assert (2, "", error) == say("show", str(path))
        path.write_text('{"type": "Direction", "id": "D-1"}', encoding="utf-8")
        error = f"scotintegration: {str(path)!r} holds a Direction; expected a Partnership or a Network\n"
        assert (2, "", error) == say("check", str(path))


class TestCheck:
    @pytest.mark.parametrize("name", EXAMPLES)
    def test_code(self, say, name):
        """The exit code is 1 where statute is broken, else 0, and the report is the library's."""
        report = example(name).check()
        assert (int(report.lawful is False), f"{report}\n", "") == say("check", f"example:{name}")

    def test_scotland(self, say):
        """All Scotland is checked where no area is named; nothing is broken where nothing is known."""
        code, out, error = say("check", "--topic", "membership")
        assert (0, "") == (code, error)
        assert f"{scotland().check('membership')}\n" == out

    def test_options(self, say):
        """Topic, severity and the two days are passed on."""
        options = ("--topic", "membership", "--only", "statute", "--as-at", "2026-08-31", "--law-as-at", "2026-09-01")
        code, out, _ = say("check", "example:vacant-chief-officer", *options)
        p = example("vacant-chief-officer", as_at="2026-08-31")
        assert 0 <= code <= 1
        assert f"{p.check('membership', only='statute', law_as_at='2026-09-01')}\n" == out

    def test_csv(self, say):
        """The CSV is read as CSV, a row a finding or quiet rule."""
        rows = list(csv.DictReader(io.StringIO(say("check", "example:body-corporate", "--format", "csv")[1])))
        assert P.check().to_records() == [{"partnership": P.name, **row} for row in rows]
        everywhere = list(csv.DictReader(io.StringIO(say("check", "--format", "csv")[1])))
        assert len(scotland()) * len(RULES) == len(everywhere)

    def test_json(self, say):
        """The JSON is read as JSON, with the answer and a receipt."""
        data = json.loads(say("check", "example:body-corporate", "--format", "json")[1])
        assert json.loads(P.check().to_json()) == data
        assert 31 == len(json.loads(say("check", "--format", "json")[1])["reports"])

    def test_html(self, say):
        """The HTML is one table and its notes, every tag closed."""
        code, out, _ = say("check", "example:vacant-chief-officer", "--format", "html")
        assert 1 == code
        opened = []

        class Reader(HTMLParser):
            def handle_starttag(self, tag, attrs):
                opened.append(tag)

            def handle_endtag(self, tag):
                assert tag == opened.pop()

        Reader().feed(out)
        assert [] == opened
        assert out.startswith("<table")


THRESHOLDS = {
    "statute": (1, 0, 0, 0, 0, 0),
    "guidance": (1, 1, 0, 0, 0, 0),
    "any": (1, 1, 1, 1, 0, 0),
    "cannot-tell": (1, 1, 1, 0, 1, 0),
    "never": (0, 0, 0, 0, 0, 0),
}


def made(id, *verdicts, severity):
    """Make a rule that says what it is given."""

    def says(p, on):
        """Nothing is amiss."""
        yield from verdicts

    return rule(id, cites="asp 2014/9 s.10(1)", severity=severity, passes=P, fails=P, register=False)(says)


FAILS = fail("here", "amiss", mend="put it right")
SITUATIONS = (
    made("TOY-1", FAILS, severity="statute"),
    made("TOY-1", FAILS, severity="guidance"),
    made("TOY-1", FAILS, severity="scheme"),
    made("TOY-1", warn("here", "odd"), severity="statute"),
    made("TOY-1", cannot_tell("here", "not recorded"), severity="statute"),
    made("TOY-1", severity="statute"),
)


class TestThresholds:
    @pytest.mark.parametrize("threshold", THRESHOLDS)
    def test_reached(self, threshold):
        """A threshold is reached by breaches of statute, of guidance too, by anything amiss, by gaps too, or never."""
        reached = [cli._reached(check(P, rules=[one]), threshold) for one in SITUATIONS]
        assert THRESHOLDS[threshold] == tuple(map(int, reached))

    def test_passed_on(self, say):
        """The threshold asked for decides the exit code."""
        assert 0 == say("check", "example:vacant-chief-officer", "--fail-on", "never")[0]
        assert 1 == say("check", "example:vacant-chief-officer", "--fail-on", "guidance")[0]
        assert 1 == say("check", "Highland", "--fail-on", "cannot-tell")[0]


class TestSimulate:
    def test_run(self, say):
        """A run is printed with its last steps and its receipt."""
        code, out, error = say("simulate", "example:body-corporate", "--years", "1", "--seed", "3", "--steps", "2")
        run = simulate(P, Scenario("base"), until="2027-03-31", seed=3)
        steps = run.steps()
        last = "\n".join(f"  {step}" for step in steps[-2:])
        life = f"The last 2 of {len(steps)} steps in the life of {len(run.register)} directions:"
        assert (0, f"{run}\n\n{life}\n{last}\n\n{run.receipt}\n", "") == (code, out, error)

    def test_options(self, say):
        """Pressure, number of the run and years are passed on; three years are usual."""
        options = ("--pressure", "0.05", "--run", "4", "--as-at", "2025-06-01", "--seed", "0")
        out = say("simulate", "example:body-corporate", *options)[1]
        p = example("body-corporate", as_at="2025-06-01")
        run = simulate(p, Scenario("base", pressure=0.05), until="2028-03-31", seed=0, run=4)
        assert out.startswith(f"{run}\n\nThe last 8 of ")

    def test_area(self, say):
        """A real area is simulated, and said to be illustrative."""
        code, out, _ = say("simulate", "Glasgow City", "--years", "1", "--seed", "1")
        assert 0 == code
        assert "Illustrative: a simulation, not a forecast." in out


class TestBadInput:
    @pytest.mark.parametrize(
        ("message", "arguments"),
        [
            ("scotintegration: no area 'Glasgw'; did you mean 'Glasgow City'?", ["check", "Glasgw"]),
            ("scotintegration: no example 'late-bugdet'; did you mean 'late-budget'?", ["show", "example:late-bugdet"]),
            ("scotintegration: no example ''; known are ", ["show", "example:"]),
            ("scotintegration: no topic 'membrship'; did you mean", ["check", "--topic", "membrship"]),
            ("scotintegration: no severity 'law'; known are 'statute', 'guidance', 'interpretation', 'scheme'", [
                "check", "example:joint-board", "--only", "law"]),
            ("scotintegration: as_at must be on or after 2014-04-01", ["show", "--as-at", "1999-01-01"]),
            ("scotintegration show: argument --as-at: cannot read 'soon'", ["show", "--as-at", "soon"]),
            ("scotintegration show: argument --format: invalid choice: 'pdf'", ["show", "--format", "pdf"]),
            ("scotintegration: argument ", ["draw"]),
            ("scotintegration: the following arguments are required: ", []),
            ("scotintegration simulate: the following arguments are required: --seed", ["simulate", "Fife"]),
            ("scotintegration simulate: argument --seed: expected a whole number, got '1.5'", [
                "simulate", "Fife", "--seed", "1.5"]),
            ("scotintegration simulate: argument --seed: expected 0 or more, got '-1'", [
                "simulate", "Fife", "--seed=-1"]),
            ("scotintegration simulate: argument --years: expected 1 or more, got '0'", [
                "simulate", "Fife", "--seed", "1", "--years", "0"]),
            ("scotintegration simulate: argument --years: expected 50 or fewer, got '51'", [
                "simulate", "Fife", "--seed", "1", "--years", "51"]),
            ("scotintegration simulate: argument --pressure: expected a number such as 0.02, got 'x'", [
                "simulate", "Fife", "--seed", "1", "--pressure", "x"]),
            ("scotintegration: Scenario.pressure must be from -0.5 to 1, got nan", [
                "simulate", "Fife", "--seed", "1", "--pressure", "nan"]),
            ("scotintegration: Highland has no payment recorded that 2026/27 could start from", [
                "simulate", "Highland", "--seed", "1"]),
        ],
    )  # fmt: skip
    def test_one_line(self, say, message, arguments):
        """Bad input is said in one line on the error stream, and the code is 2."""
        code, out, error = say(*arguments)
        assert (2, "") == (code, out)
        assert error.startswith(message)
        assert error.endswith("\n")
        assert 1 == error.count("\n")

    @pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["check", "--help"]])
    def test_asked_for(self, say, arguments):
        """Version and help go to the output, and the code is 0."""
        code, out, error = say(*arguments)
        assert (0, "") == (code, error)
        assert out.startswith((f"scotintegration {__version__}\n", "usage: scotintegration"))


class TestFaults:
    def test_ours(self, say, monkeypatch):
        """A fault of ours shows where it is, asks to be reported, and the code is 3."""

        def broken(args):
            raise RuntimeError("out of order")

        monkeypatch.setitem(cli._COMMANDS, "show", broken)
        code, out, error = say("show")
        assert (3, "") == (code, out)
        assert error.startswith("Traceback")
        assert error.endswith(
            "RuntimeError: out of order\nscotintegration: this is a fault of ours, please report it\n"
        )

    def test_interrupted(self, say, monkeypatch):
        """An interruption is one line, and the code is 130."""

        def interrupted(args):
            raise KeyboardInterrupt

        monkeypatch.setitem(cli._COMMANDS, "show", interrupted)
        assert (130, "", "scotintegration: interrupted\n") == say("show")

    @pytest.mark.parametrize(("expected", "code"), [(0, None), (2, 2), (0, "text")])
    def test_leaving(self, say, monkeypatch, expected, code):
        """Whoever leaves on the way has the code it leaves with, where that is a number."""

        def leaving(args):
            raise SystemExit(code)

        monkeypatch.setitem(cli._COMMANDS, "show", leaving)
        assert expected == say("show")[0]

    def test_broken_pipe(self, say, monkeypatch, tmp_path):
        """A reader who has gone away is no fault, and what is left to print is thrown away."""
        with (tmp_path / "out").open("w") as file:

            class Gone(io.StringIO):
                def write(self, text):
                    raise BrokenPipeError

                def fileno(self):
                    return file.fileno()

            with monkeypatch.context() as patched:
                patched.setattr(sys, "stdout", Gone())
                code = main(["show"])
            file.write("lost")
        assert (0, "") == (code, (tmp_path / "out").read_text())
        assert "" == say("--version")[2]


class TestTerminal:
    def test_progress(self, say, monkeypatch):
        """On a terminal a line says what is being done, and is cleared; elsewhere there is none."""
        screen = Terminal()
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stderr", screen)
            assert 0 == main(["check", "Fife", "--topic", "money"])
        assert "reading Scotland ...\r\x1b[Kchecking ...\r\x1b[K" == screen.getvalue()
        say("--version")
        assert "" == say("check", "Fife", "--topic", "money")[2]

    def test_cleared_after_trouble(self, monkeypatch):
        """The line is cleared before trouble is told."""
        screen = Terminal()
        monkeypatch.setattr(sys, "stderr", screen)
        assert 2 == main(["simulate", "Highland", "--seed", "1"])
        assert "simulating Highland ...\r\x1b[Kscotintegration: Highland has no" in screen.getvalue()


class TestProcesses:
    def test_codes(self):
        """The exit code of the process is that of the command, and each stream has its own."""
        cases = {
            ("check", "example:body-corporate", "--topic", "money"): 0,
            ("check", "example:vacant-chief-officer"): 1,
            ("check", "Glasgw"): 2,
        }
        running = {arguments: command(*arguments) for arguments in cases}
        for arguments, process in running.items():
            out, error = process.communicate()
            assert cases[arguments] == process.returncode
            assert (2 == process.returncode) is (out == "") is (error != "")

    def test_reader_gone(self):
        """A reader who takes one line and leaves hears no complaint."""
        process = command("check", "--format", "csv")
        assert process.stdout.readline().startswith("partnership,")
        process.stdout.close()
        error = process.stderr.read()
        process.stderr.close()
        assert (0, "") == (process.wait(), error)


class TestStreams:
    def test_no_pound_sign(self):
        """A terminal that has no pound sign gets a mark in its place, and the work goes on."""
        process = command("show", "Fife", env={**os.environ, "PYTHONIOENCODING": "ascii"})
        out, error = process.communicate(timeout=60)
        assert (0, "", True) == (process.returncode, error, "2025/26: ?" in out)
