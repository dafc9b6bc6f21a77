"""Receipts in files, and results made again from them."""

import json

import attrs
import pytest

import scotintegration as si
from scotintegration.bodies import HealthBoard
from scotintegration.errors import LoadError
from scotintegration.network import Network
from scotintegration.receipts import Receipt, reproduce
from scotintegration.simulation import Scenario, ensemble, normal, simulate
from scotintegration.simulation import _recipes as recipes

END = "2028-03-31"
OUTLOOK = Scenario("outlook", pressure=normal(0.03, 0.01, source="a survey"), uplift=normal(0.01, 0.01, per="run"))


def board():
    """Give a partnership."""
    return si.example("body-corporate")


def made(**options):
    """Make an ensemble."""
    options = {"until": END, "runs": 12, "seed": 3, **options}
    return ensemble(options.pop("subject", board()), options.pop("scenario", OUTLOOK), **options)


@pytest.fixture
def path(tmp_path):
    """Give a file to write."""
    return tmp_path / "result.json"


def edited(path, **changes):
    """Change a receipt in its file."""
    found = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**found, **changes}), "utf-8")


class TestFile:
    def test_round_trip(self, path):
        """A receipt reads back as it was, with the versions and data that it was made with."""
        receipt = made().receipt
        receipt.save(path)
        assert receipt == Receipt.load(path)
        assert receipt.to_dict() == Receipt.load(path).to_dict()
        edited(path, versions={"numpy": "1.0"}, data="0" * 64, law_read_on="2020-01-01")
        old = Receipt.load(path)
        assert ({"numpy": "1.0"}, "0" * 64) == (old.versions, old.data)
        assert "law as at 2026-11-22 (read on 2020-01-01)" in old.cite_as()
        assert "scotintegration unknown" in old.cite_as()

    def test_of_rules(self, path):
        """A receipt of a report is kept too, and holds no recipe."""
        board().check("money").receipt.save(path)
        assert "" == Receipt.load(path).recipe
        with pytest.raises(LoadError, match=r"\$\.recipe: expected that of a simulation, as a check has none"):
            reproduce(path)

    def test_cited(self):
        """A citation of something without draws and without a fingerprint leaves both out."""
        said = Receipt(of="check", as_at="2026-11-22", law_as_at="2026-11-22").cite_as()
        assert said.startswith("scotintegration contributors, scotintegration ")
        assert "seed" not in said
        assert "digest" not in said

    @pytest.mark.parametrize("text", ["", "[]", "{}", '{"of": "x"}', '{"of": "x", "other": 1}', "[" * 99_999])
    def test_no_receipt(self, path, text):
        """What is no receipt is refused."""
        path.write_text(text, "utf-8")
        with pytest.raises(LoadError, match=r"expected what Receipt\.save wrote"):
            Receipt.load(path)

    def test_too_long(self, path, monkeypatch):
        """A file that is too long is refused unread."""
        made().receipt.save(path)
        monkeypatch.setattr("scotintegration.receipts._MOST_BYTES", 100)
        with pytest.raises(LoadError, match="longer than 100 bytes"):
            Receipt.load(path)

    def test_missing(self, path):
        """A file that is not there is not there."""
        with pytest.raises(FileNotFoundError):
            reproduce(path)


class TestReproduce:
    @pytest.mark.parametrize("summary", [False, True], ids=["years", "summary"])
    def test_ensemble(self, path, summary):
        """An ensemble comes out the same."""
        found = made(summary=summary)
        found.receipt.save(path)
        again = reproduce(path)
        assert found.digest == again.digest
        assert (found.subject, found.scenario) == (again.subject, again.scenario)

    def test_stretches(self, path):
        """So does one of several stretches."""
        found = made().merge(made(first=20, runs=3))
        found.receipt.save(path)
        assert found.digest == reproduce(path).digest
        assert "runs 0 to 11, 20 to 22" in found.receipt.cite_as()

    def test_network(self, path):
        """So does one of a network."""
        net = Network(name="Two areas", as_at=board().as_at, partnerships=[board(), si.example("three-authorities")])
        found = made(subject=net, runs=3)
        found.receipt.save(path)
        assert found.digest == reproduce(path).digest
        assert "network 'Two areas'" in found.receipt.cite_as()

    def test_run(self, path):
        """So does a single run."""
        run = simulate(board(), OUTLOOK, until=END, seed=3, run=5)
        run.receipt.save(path)
        assert run == reproduce(path)
        assert "simulation, scenario 'outlook', partnership 'strathallan-ijb'" in run.receipt.cite_as()
        assert "run 5" in run.receipt.cite_as()

    def test_another_result(self, path):
        """A result with another fingerprint is refused with what differs, unless it is asked for."""
        made().receipt.save(path)
        edited(path, digest="0" * 64, versions={"scotintegration": "0.0.1"})
        with pytest.raises(
            ValueError, match=r"the receipt 0{16}; made with scotintegration 0\.0\.1 and data .*, here are"
        ):
            reproduce(path)
        assert made().digest == reproduce(path, compare=False).digest

    @pytest.mark.parametrize(
        "change",
        [
            {"subject": {"type": "HealthBoard", "id": "x", "name": "X"}},
            {"scenario": {"x": 1}},
            {"until": "no day"},
            {"subject": {}},
        ],
    )
    @pytest.mark.parametrize("one", [False, True], ids=["ensemble", "run"])
    def test_wrong_recipe(self, path, change, one):
        """A recipe that cannot be followed is refused."""
        result = simulate(board(), OUTLOOK, until=END, seed=3) if one else made(runs=1)
        result.receipt.save(path)
        edited(path, recipe={**json.loads(path.read_text("utf-8"))["recipe"], **change})
        with pytest.raises(LoadError, match=r"."):
            reproduce(path)

    def test_no_fields(self, path):
        """So is one that lacks a field."""
        made(runs=1).receipt.save(path)
        edited(path, recipe={"seed": 1})
        with pytest.raises(LoadError, match=r"\$\.recipe: expected what Receipt\.save wrote: KeyError"):
            reproduce(path)

    def test_own_class(self):
        """Values of a class of one's own have no JSON, and so no recipe."""

        @attrs.frozen(kw_only=True)
        class Board(HealthBoard):
            pass

        own = Board("x", name="X")
        assert "" == recipes.recipe_of(own, OUTLOOK, until=END, seed=1)
