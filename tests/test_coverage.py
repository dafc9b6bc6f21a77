"""What the library has for every provision."""

import sys
from html.parser import HTMLParser

import pytest

from scotintegration.coverage import STATUSES, _provisions, coverage
from scotintegration.errors import NotFoundError
from scotintegration.rules import RULES

INSTRUMENTS = sorted({citation.instrument.id for citation, *_ in _provisions()})


class TestLaws:
    @pytest.mark.parametrize("instrument", INSTRUMENTS)
    def test_status(self, instrument):
        """Every provision has a status; one without a rule has a reason, one with a rule has its tests."""
        for row in coverage(instrument):
            assert row.status in STATUSES
            assert bool(row.reason) is (row.status not in {"rule", "evidence"})
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
