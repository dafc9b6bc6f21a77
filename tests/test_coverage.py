"""What the library has for every provision."""

import sys
from html.parser import HTMLParser

import attrs
import pytest

from scotintegration.coverage import _NO_RULE, STATUSES, _provisions, coverage
from scotintegration.errors import NotFoundError
from scotintegration.rules import RULES, Modality, registry

INSTRUMENTS = sorted({citation.instrument.id for citation, *_ in _provisions()})


class TestLaws:
    @pytest.mark.parametrize("instrument", INSTRUMENTS)
    def test_status(self, instrument):
        """Every provision has a status; one without a rule has a reason, and so has one of which a part has none."""
        for row in coverage(instrument):
            assert row.status in STATUSES
            assert bool(row.reason) is (row.status not in {"rule", "evidence"} or row.citation.text in _NO_RULE)
            assert bool(row.rules) or row.status not in {"rule", "evidence"}
            assert bool(row.rules) is bool(row.tests)

    def test_every_rule(self):
        """Every shipped rule that cites a listed instrument first stands beside a provision of it."""
        beside = {id for instrument in INSTRUMENTS for row in coverage(instrument) for id in row.rules}
        lacking = [
            rule.id
            for rule in RULES
            if rule.citation.instrument is not None
            and rule.citation.instrument.id in INSTRUMENTS
            and rule.id not in beside
        ]
        assert [] == lacking

    @pytest.mark.parametrize("instrument", INSTRUMENTS)
    def test_faces(self, instrument):
        """Counts, table and text speak of the same provisions."""
        cover = coverage(instrument)
        assert len(cover) == sum(cover.counts.values()) == len(cover.to_table())
        assert all(row.citation.printed in str(cover) for row in cover)


class TestExamples:
    def test_act(self):
        """Section 26 has its rules, section 12 is a power, and section 21 is not modelled."""
        cover = coverage("asp 2014/9")
        assert "PBJW-s26-1-every-function" in cover["s.26"].rules
        assert "tests/rules/test_directing.py" in cover["s.26"].tests
        assert "power" == cover["s.12"].status
        assert "not_modelled" == cover["s.21"].status

    def test_no_rule_yet(self):
        """Duties of monitoring committees without a rule are said to have none yet, not that nothing is asked."""
        cover = coverage("SSI 2014/281")
        for provision in ("art.3", "art.5", "art.8", "art.10"):
            assert cover[provision].reason.startswith("there is no rule yet for ")
        assert ("rule", "not_modelled") == (cover["art.3"].status, cover["art.5"].status)
        assert set() == set(_NO_RULE) - {citation.text for citation, *_ in _provisions()}

    def test_permissions(self):
        """A provision whose only rules are permissions is a power, and names the rules that guard."""
        row = coverage("asp 2014/9")["s.49"]
        said = "its only rule is a permission: PBJW-s49-sharing guards against a false alarm"
        assert ("power", said) == (row.status, row.reason)

    def test_several_permissions(self, monkeypatch):
        """Several permissions are named together."""
        known = {
            id: attrs.evolve(rule, modality=Modality.MAY)
            for id, rule in registry().items()
            if id.startswith("PBJW-s8-")
        }
        known["PBJW-s8-twice"] = attrs.evolve(known["PBJW-s8-publish"], id="PBJW-s8-twice")
        monkeypatch.setattr(sys.modules["scotintegration.coverage"], "registry", lambda: known)
        said = "its rules are permissions: PBJW-s8-publish, PBJW-s8-twice guard against a false alarm"
        assert said == coverage("asp 2014/9")["s.8"].reason

    @pytest.mark.parametrize(
        ("expected", "named"),
        [
            (["s.10"], "asp 2014/9 s.10"),
            (["s.10"], "asp 2014/9 s.10(2)"),
            (["art.3"], "SSI 2014/281 art.3(1)(c)"),
        ],
    )
    def test_provision(self, expected, named):
        """A provision that is named, or of which a part is, is the only row."""
        assert expected == [row.provision for row in coverage(named)]

    def test_html(self, tmp_path):
        """The page has a caption and a heading a column, and is written where asked."""
        tags = []
        parser = HTMLParser()
        parser.handle_starttag = lambda tag, attrs: tags.append(tag)
        path = tmp_path / "coverage.html"
        html = coverage("asp 2014/9").to_html(path)
        parser.feed(html)
        assert {"caption", "table", "th"} <= set(tags)
        assert "script" not in tags
        assert html == path.read_text(encoding="utf-8")

    def test_not_yet(self, monkeypatch):
        """A provision whose rules are not coded says so, and names them."""
        monkeypatch.setattr(sys.modules["scotintegration.coverage"], "registry", dict)
        row = coverage("asp 2014/9")["s.26"]
        assert ("not_modelled", "its rules are not coded yet") == (row.status, row.reason)
        assert "PBJW-s26-1-every-function" in row.missing

    def test_unknown(self):
        """What is not listed is refused, with what is."""
        with pytest.raises(NotFoundError, match="no instrument with provisions listed 'asp 1999/1'"):
            coverage("asp 1999/1")
        with pytest.raises(NotFoundError, match="some scheme"):
            coverage("some scheme")
        with pytest.raises(NotFoundError, match=r"no provision of asp 2014/9 's\.99'"):
            coverage("asp 2014/9")["s.99"]
        with pytest.raises(NotFoundError, match=r"no provision of asp 2014/9 's\.99'"):
            coverage("asp 2014/9 s.99")
