"""What makes a partnership lawful by the least that the law asks for."""

from itertools import pairwise

import attrs
import pytest
from tests.mends.test_laws import FOUNDED, founded

import scotintegration as si
from scotintegration.errors import RuleError
from scotintegration.examples import EXAMPLES, example
from scotintegration.mends import _completing, completion, mend_of
from scotintegration.partnership import Partnership
from scotintegration.reports import DISCLAIMER
from scotintegration.rules import RULES, Modality, Severity
from scotintegration.unknown import Listing

BREAKABLE = [rule for rule in RULES if rule.severity is Severity.STATUTE and rule.modality is not Modality.MAY]
every_shape = pytest.mark.parametrize(("model", "councils"), FOUNDED)


def _published(accounts, on):
    """Publish the accounts of one year on a day."""
    return attrs.evolve(accounts, published_on=on) if str(accounts.year) == "2024/25" else accounts


def lawful(p):
    return p.check(only="statute").lawful


def warnings(p):
    return {str(finding) for finding in p.check(only="statute").findings if finding.outcome.value == "warn"}


class TestLaws:
    """What holds of every completion."""

    @every_shape
    def test_founded(self, model, councils):
        """A partnership with nothing but its bodies becomes lawful, and its graph turns back into it."""
        p = founded(model, councils)
        assert lawful(p) is not True
        after = p.complete(say=None)
        assert lawful(after) is True
        assert Partnership.from_graph(after.graph()) == after

    @pytest.mark.parametrize("rule", BREAKABLE, ids=lambda rule: rule.id)
    def test_broken(self, rule):
        """An example that breaks a rule becomes lawful, on the day it is looked at."""
        assert lawful(rule.failing().complete(say=None)) is True

    @pytest.mark.parametrize("name", [name for name in EXAMPLES if name != "vacant-chief-officer"])
    def test_lawful(self, name):
        """What is lawful stays as it is."""
        p = example(name)
        assert p is completion(p).after
        assert 0 == len(completion(p))

    @every_shape
    def test_least(self, model, councils):
        """Whatever single value was added, without it something of statute would be open, or a seat vacant."""
        p = founded(model, councils)
        after = completion(p).after
        warned, needless = warnings(after), []
        for field in attrs.fields(Partnership):
            held = getattr(after, field.name)
            if isinstance(held, Listing):
                before = getattr(p, field.name).items
                for one in held.items:
                    if one not in before:
                        rest = Listing(tuple(other for other in held.items if other is not one))
                        without = after.evolve(**{field.name: rest})
                        needless += [one] if lawful(without) is True and warnings(without) <= warned else []
        assert [] == needless

    @every_shape
    def test_same(self, model, councils):
        """The same partnership is completed in the same way."""
        p = founded(model, councils)
        assert completion(p).after == completion(p).after
        assert completion(p).to_text() == completion(p).to_text()

    @every_shape
    def test_again(self, model, councils):
        """What was completed is lawful, and completing it again changes nothing."""
        after = completion(founded(model, councils)).after
        assert after is completion(after).after

    @every_shape
    def test_code(self, model, councils):
        """The code of all changes together makes the same partnership."""
        p = founded(model, councils)
        done = completion(p)
        assert done.after == eval(done.code, {"p": p, "si": si, "attrs": attrs})


class TestCompletion:
    """What it says of itself."""

    DONE = completion(founded("a"))

    def test_says(self, capsys):
        """It is said aloud unless nobody wants to hear it."""
        founded("a").complete()
        said = capsys.readouterr().out
        assert "changes make it lawful" in said
        assert "[s. 10(1)]" in said
        founded("a").complete(say=None)
        assert "" == capsys.readouterr().out

    def test_mends(self):
        """Each change names its rule, its provision and what was found, and leads on to the next."""
        mends = list(self.DONE)
        assert self.DONE.before is mends[0].before
        for one, other in pairwise(mends):
            assert one.after is other.before
        for one in mends:
            assert one.citation.url
            assert one.found
            assert one.changed
            assert one.after == eval(one.code, {"p": one.before, "si": si, "attrs": attrs})
        assert len(mends) == len(self.DONE.to_table()) == len(self.DONE)

    def test_assumed(self):
        """All that was added or altered is listed as assumed, records say so, and the fields have a source."""
        done = self.DONE
        assert done.difference.changes == done.assumed
        assert done.records
        assert all(one.assumed for one in done.records)
        assert {f"evidence[{one.duty!r}]" for one in done.records} <= {change.path for change in done.assumed}
        assert "PBJW-s10-chief-officer" in done.after.source["posts"]
        said = f"{len(done.assumed)} facts, {len(done.records)} records of evidence among them."
        assert f"Everything that was added or altered is assumed, and has still to be made true: {said}" in str(done)

    def test_late(self):
        """A day that has to have been another is listed as assumed, and said to correct the record of the past."""
        p = example("body-corporate")
        late = p.evolve(accounts=p.accounts.map(lambda one: _published(one, "2025-11-20")))
        done = completion(late)
        assert ["accounts['2024/25'].published_on"] == [change.path for change in done.assumed]
        assert (done.assumed, True) == (done.corrected, done.mends[0].corrects_the_past)
        said = "corrects the record of accounts['2024/25'].published_on: 2025-11-20 -> 2025-10-31"
        assert (
            f"    {said}\n"
            "Everything that was added or altered is assumed, and has still to be made true: 1 fact.\n"
            "1 of them corrects the record of the past; where that record is right, nothing mends the past.\n"
        ) in str(done)
        assert "1 change makes it lawful" in str(done)
        assert said in done.to_table()._repr_html_().replace("&#x27;", "'").replace("&gt;", ">")

    def test_several_corrected(self):
        """Several corrections are counted; a record alone among what is assumed is one record."""
        p = example("body-corporate")
        late = p.evolve(
            accounts=p.accounts.map(lambda one: _published(attrs.evolve(one, certified_by=None), "2025-11-20"))
        )
        assert f"{len(completion(late).corrected)} of them correct the record" in str(completion(late))
        unsaid = p.evolve(evidence=p.evidence.where(lambda one: one.duty != "PBJW-s3-regard"))
        assert "1 fact, 1 record of evidence among them." in str(completion(unsaid))
        assert () == completion(unsaid).corrected

    def test_filled_in(self):
        """What stands on an assumption that was made before corrects no record: nothing was on record."""
        done = completion(si.scotland(as_at="2026-11-22")["Fife"])
        assert () == done.corrected
        assert not any(mend.corrects_the_past for mend in done)
        assert "corrects the record" not in str(done)

    def test_appointment(self):
        """Who takes up a vacant post takes nothing from the record."""
        (mend,) = completion(example("vacant-chief-officer"))
        assert (False, ()) == (mend.corrects_the_past, mend.corrected)
        assert any(line.startswith("adds posts['chief-officer'].holders['") for line in mend.changed)

    def test_nothing_to_do(self):
        """What is lawful is said to be, and nothing is assumed of it."""
        done = completion(example("body-corporate"))
        assert f"Strathallan as at 2026-11-22: lawful as it is\n{DISCLAIMER}" == done.to_text()

    def test_difference(self):
        """All changes together are a difference of two partnerships."""
        assert "Direction" in self.DONE.difference.only_right.kinds

    def test_stays_open(self, monkeypatch):
        """A rule that no change closes is said to stay open."""
        monkeypatch.setattr(_completing, "MOST_ROUNDS", 0)
        with pytest.raises(RuleError, match="stays open in Toytown"):
            completion(founded("a"))


class TestMendOf:
    def test_missing(self):
        """A rule that has no mend is named with those near."""
        with pytest.raises(LookupError, match="did you mean"):
            mend_of("PBJW-s10-chief-office")

    def test_every_rule(self):
        """Every rule that can be broken has one."""
        assert all(callable(mend_of(rule.id)) for rule in RULES if rule.modality is not Modality.MAY)
