"""Receipts: what a result was made with."""

import json
import re
from datetime import date
from importlib.metadata import version
from importlib.resources import files

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration import _version, receipts
from scotintegration.errors import DateError
from scotintegration.examples import example
from scotintegration.findings import Waiver
from scotintegration.receipts import LAW_READ_ON, Receipt, data_hash, digest_of
from scotintegration.rules import Outcome, Reform
from scotintegration.scotland import scotland
from scotintegration.simulation import Scenario, simulate

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


def receipt(**options):
    """Make a receipt."""
    return Receipt(**{"of": "check", "as_at": "2026-11-22", "law_as_at": "2026-09-01", **options})


class TestDigest:
    @given(plain)
    def test_round_trip(self, value):
        """What JSON writes and reads again has the same fingerprint."""
        assert digest_of(value) == digest_of(json.loads(json.dumps(value)))
        assert re.fullmatch("[0-9a-f]{64}", digest_of(value))

    @given(st.dictionaries(st.text(max_size=3), st.integers(), min_size=2, max_size=5))
    def test_order(self, value):
        """The order of keys does not matter."""
        assert digest_of(value) == digest_of(dict(reversed(value.items())))

    def test_differs(self):
        """Different data have different fingerprints, letters beyond ASCII included."""
        values = [{}, [], "", 0, "0", "£", "é", ["a", "b"], ["b", "a"], {"a": None}]
        assert len(values) == len({digest_of(value) for value in values})


class TestData:
    def test_of_the_tables(self, monkeypatch, tmp_path):
        """The fingerprint of the tables changes with their names and bytes, and with nothing else."""

        def hash_of(**tables):
            folder = tmp_path / f"{len(list(tmp_path.iterdir()))}" / "scotland" / "data"
            folder.mkdir(parents=True)
            for name, text in tables.items():
                (folder / name.replace("_csv", ".csv")).write_text(text)
            (folder / "README.md").write_text(str(folder))
            monkeypatch.setattr(receipts, "files", lambda package: folder.parents[1])
            return data_hash.__wrapped__()

        first = hash_of(a_csv="1", b_csv="2")
        assert first == hash_of(b_csv="2", a_csv="1")
        others = [hash_of(a_csv="1"), hash_of(a_csv="1", b_csv="3"), hash_of(a_csv="1", c_csv="2")]
        assert 4 == len({first, *others})

    def test_kept(self):
        """It is worked out once, from tables that are there."""
        assert data_hash() is data_hash()
        assert any(one.name.endswith(".csv") for one in files("scotintegration").joinpath("scotland", "data").iterdir())


class TestReceipt:
    def test_days(self):
        """Days are read; a text that is none is refused."""
        assert (date(2026, 11, 22), date(2026, 9, 1)) == (receipt().as_at, receipt().law_as_at)
        with pytest.raises(DateError):
            receipt(as_at="today")

    def test_settings(self):
        """Settings are kept by name, in order, whatever the order given."""
        assert (("a", 1), ("b", None)) == receipt(settings={"b": None, "a": 1}).settings
        assert receipt(settings={"a": 1, "b": 2}) == receipt(settings={"b": 2, "a": 1})

    def test_versions(self):
        """The library and those it computes with are named with their versions."""
        assert {
            "scotintegration": _version.__version__,
            **{name: version(name) for name in ("attrs", "networkx", "numpy")},
        } == receipt().versions

    def test_plain_data(self):
        """A receipt is plain data that JSON writes and reads again."""
        made = receipt(settings={"runs": 3}, seed=7, digest="abc")
        expected = {
            "of": "check",
            "as_at": "2026-11-22",
            "law_as_at": "2026-09-01",
            "law_read_on": LAW_READ_ON.isoformat(),
            "settings": {"runs": 3},
            "seed": 7,
            "versions": made.versions,
            "data": data_hash(),
            "digest": "abc",
        }
        assert expected == made.to_dict() == json.loads(json.dumps(made.to_dict()))

    def test_text(self):
        """In text a receipt is a fact a line; what it does not have is not said."""
        lines = str(receipt()).split("\n")
        assert 2 == len(lines)
        assert "check: facts as at 2026-11-22, law as at 2026-09-01 (read on 2026-11-22)" == lines[0]
        assert lines[1].startswith(f"made with scotintegration {_version.__version__}, attrs ")
        assert lines[1].endswith(f"data {data_hash()[:12]}")
        full = receipt(settings={"rules": 3, "area": "x"}, seed=0, digest="0123456789abcdef0123").to_text()
        assert ["seed 0", "area: x", "rules: 3", "digest 0123456789abcdef"] == full.split("\n")[2:]


class TestVerify:
    @pytest.fixture
    def report(self):
        """Give a report with findings of an example."""
        return example("vacant-chief-officer").check("membership")

    def test_report(self, report):
        """The receipt of a report holds if the rules, asked again, say the same."""
        assert report.receipt.verify(report)
        assert () == report.receipt.differences(report)

    def test_options(self):
        """Another day, waivers and a reform are made again too."""
        p = example("vacant-chief-officer")
        waiver = Waiver(
            "PBJW-s10-chief-officer", subject="*", reason="made up", approved_by="the chair", expires="2027-03-31"
        )
        reform = Reform("fewer").remove("PBJW-s10-chief-officer")
        for options in (
            {"waivers": [waiver]},
            {"reform": reform},
            {"as_at": "2026-01-01"},
            {"law_as_at": "2020-04-01"},
            {"only": "statute"},
        ):
            report = p.check(**options)
            assert report.receipt.verify(report)

    def test_altered_report(self, report):
        """A report whose results were altered does not hold, and why is said."""
        broken = next(one for one in report.results if one.findings)
        results = [
            attrs.evolve(one, outcome=Outcome.PASS, findings=()) if one is broken else one for one in report.results
        ]
        altered = attrs.evolve(report, results=tuple(results))
        assert not altered.receipt.verify(altered)
        (why,) = altered.receipt.differences(altered)
        assert f"digest: {altered.receipt.digest!r} in the receipt, {report.receipt.digest!r} now" == why

    def test_network(self):
        """The receipt of the reports of a network holds if each does."""
        reports = scotland().check("scheme", only="statute")
        assert reports.receipt.verify(reports)
        first, *others = reports.reports
        altered = attrs.evolve(reports, reports=(attrs.evolve(first, results=others[0].results[:-1]), *others))
        assert not reports.receipt.verify(altered)

    def test_run(self):
        """The receipt of a run holds if it is run again, and not with another seed."""
        p = example("body-corporate")
        run = simulate(p, Scenario("quiet"), until="2027-03-31", seed=1)
        assert run.receipt.verify(run)
        assert run.receipt.verify()
        other = simulate(p, Scenario("quiet"), until="2027-03-31", seed=2)
        assert "seed: 1 in the receipt, 2 now" in run.receipt.differences(other)
        assert not attrs.evolve(run.receipt, digest="0" * 64).verify()

    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"versions": {"scotintegration": "0.0.1"}}, "versions: {'scotintegration': '0.0.1'} in the receipt, "),
            ({"data": "0" * 64}, f"data: '{'0' * 64}' in the receipt, "),
            ({"as_at": "2020-01-01"}, "day of the facts: '2020-01-01' in the receipt, '2026-11-22' now"),
            ({"settings": {}}, "settings: {} in the receipt, "),
            ({"of": "simulation"}, "kind: 'simulation' in the receipt, 'check' now"),
        ],
    )
    def test_other_ground(self, report, changes, why):
        """A receipt made on another ground does not hold, though the result is the same."""
        other = attrs.evolve(report.receipt, **changes)
        assert not other.verify(report)
        assert other.differences(report)[0].startswith(why)
        assert other != report.receipt

    def test_alone(self, report):
        """A receipt without its result, or with one that cannot be made again, is no answer."""
        with pytest.raises(ValueError, match="this receipt stands alone"):
            report.receipt.verify()
        with pytest.raises(ValueError, match="a Report cannot be made again from what it holds"):
            report.receipt.verify(attrs.evolve(report, subject=None))
        with pytest.raises(ValueError, match="a str cannot be made again"):
            report.receipt.verify("a report")
