"""Citations are equal however they are written, and lead to the provision cited."""

import copy
import itertools
import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration.citations import INSTRUMENTS, NO_SOURCE, Citation, Instrument, Source, citations, cite, instrument
from scotintegration.errors import CitationError, NotFoundError
from scotintegration.unknown import UNKNOWN

SITE = "https://www.legislation.gov.uk"
ACT = INSTRUMENTS["asp 2014/9"]

# How the rulebook and the list of provisions write, and what it comes to.
SAMPLES = {
    "2014 asp 9 s.1(2), 2(2)": ["asp 2014/9 s.1(2)", "asp 2014/9 s.2(2)"],
    "2014 asp 9 s.1(3)(a), (4)": ["asp 2014/9 s.1(3)(a)", "asp 2014/9 s.1(4)"],
    "2014 asp 9 s.1(3)(c), 60": ["asp 2014/9 s.1(3)(c)", "asp 2014/9 s.60"],
    "2014 asp 9 s.1(3)(d)-(e)": ["asp 2014/9 s.1(3)(d)-(e)"],
    "2014 asp 9 s.1(5), sch": ["asp 2014/9 s.1(5)", "asp 2014/9 sch"],
    "2014 asp 9 s.1(6); SSI 2014/344 Sch 1": ["asp 2014/9 s.1(6)", "SSI 2014/344 sch 1"],
    "2014 asp 9 s.1(7); SSI 2014/345": ["asp 2014/9 s.1(7)", "SSI 2014/345"],
    "2014 asp 9 s.1(8); SSI 2014/344 Schs 2-3": ["asp 2014/9 s.1(8)", "SSI 2014/344 sch 2-3"],
    "SSI 2017/190, 2017/449": ["SSI 2017/190", "SSI 2017/449"],
    "SSI 2014/344 reg.3(3)(b) + note": ["SSI 2014/344 reg.3(3)(b)"],
    "2014 asp 9 ss.7, 9(1), 15(1)": ["asp 2014/9 s.7", "asp 2014/9 s.9(1)", "asp 2014/9 s.15(1)"],
    "2014 asp 9 s.44(2), (5)(a)": ["asp 2014/9 s.44(2)", "asp 2014/9 s.44(5)(a)"],
    "1973 c.65 ss.95, 106(1)(bb); 2014 asp 9 s.13": [
        "ukpga 1973/65 s.95",
        "ukpga 1973/65 s.106(1)(bb)",
        "asp 2014/9 s.13",
    ],
    "SSI 2014/285 art.3(7)(b)-(d), 5(7)(b)-(d)": ["SSI 2014/285 art.3(7)(b)-(d)", "SSI 2014/285 art.5(7)(b)-(d)"],
    "SSI 2014/285 art.3(7B), 5(7B)": ["SSI 2014/285 art.3(7B)", "SSI 2014/285 art.5(7B)"],
    "SSI 2014/285 art.1(2) as made": ["SSI 2014/285 art.1(2) as made"],
    "SSI 2014/285 art.1(2) as substituted by SSI 2025/405 art.2(2)": ["SSI 2014/285 art.1(2)", "SSI 2025/405 art.2(2)"],
    "SSI 2014/285 art.4(5)-(6), 6(7)-(8) (unamended 2026)": ["SSI 2014/285 art.4(5)-(6)", "SSI 2014/285 art.6(7)-(8)"],
    "SSI 2014/285 sch para 3; art.18(2)(c)": ["SSI 2014/285 sch para 3", "SSI 2014/285 art.18(2)(c)"],
    "SSI 2014/285 art.12(4), now (5)": ["SSI 2014/285 art.12(4)", "SSI 2014/285 art.12(5)"],
    "SSI 2014/285 sch para 1(3)-(5)": ["SSI 2014/285 sch para 1(3)-(5)"],
    "SSI 2014/285 sch para 5, SSI 2015/432": ["SSI 2014/285 sch para 5", "SSI 2015/432"],
    "SSI 2014/200 regs.8(6), 10(6)": ["SSI 2014/200 reg.8(6)", "SSI 2014/200 reg.10(6)"],
    "2014 asp 9 s.26(2), (2A)": ["asp 2014/9 s.26(2)", "asp 2014/9 s.26(2A)"],
    "2014 asp 9 s.53; directions guidance 2.1-2.3": ["asp 2014/9 s.53", "directions guidance 2.1-2.3"],
    "2016 directions note paras 2.3, 2.6; finance guidance 2.1.2": [
        "2016 directions note paras 2.3, 2.6",
        "finance guidance 2.1.2",
    ],
    "2020 directions guidance": ["2020 directions guidance"],
    "practice: Scottish Borders, Teviot day service": ["practice: Scottish Borders, Teviot day service"],
    '2014 asp 9 s.29(3)(a) "dividing"': ["asp 2014/9 s.29(3)(a)"],
    "2014 asp 9 s.37(9)-(10)(b)": ["asp 2014/9 s.37(9)-(10)(b)"],
    "2014 asp 9 s.53A": ["asp 2014/9 s.53A"],
    "1968 c.49 s.3; CSWO guidance para 8": ["ukpga 1968/49 s.3", "CSWO guidance para 8"],
    "2014 asp 8 sch 4 para 25; SSI 2015/157 sch para 13(5)": [
        "asp 2014/8 sch 4 para 25",
        "SSI 2015/157 sch para 13(5)",
    ],
    "1968 c.49 s.87(1C)-(1D)": ["ukpga 1968/49 s.87(1C)-(1D)"],
    "2014 asp 9 s.68 (Part 4)": ["asp 2014/9 s.68"],
    "2014 asp 9 schedule": ["asp 2014/9 sch"],
    "SSI 2014/283 sch.": ["SSI 2014/283 sch"],
    "SSI 2014/344 sch. 1": ["SSI 2014/344 sch 1"],
    "SSI 2014/345 sch. Part 1": ["SSI 2014/345 sch Part 1"],
    "SSI 2014/285 sch. para 1": ["SSI 2014/285 sch para 1"],
    "SSI 2014/231 art.2A": ["SSI 2014/231 art.2A"],
    # further ways to write
    "asp 2014/9 ss 14(2) and (3) & section 18": ["asp 2014/9 s.14(2)", "asp 2014/9 s.14(3)", "asp 2014/9 s.18"],
    "asp 2014/9 s.27 (1)(a)(i), (ii), (b), (2)": [
        "asp 2014/9 s.27(1)(a)(i)",
        "asp 2014/9 s.27(1)(a)(ii)",
        "asp 2014/9 s.27(1)(b)",
        "asp 2014/9 s.27(2)",
    ],
    "asp 2014/9 s.1, (2)": ["asp 2014/9 s.1", "asp 2014/9 s.1(2)"],
    "SSI 2014/285 sch paras 1-3, 5, art.4": [
        "SSI 2014/285 sch para 1-3",
        "SSI 2014/285 sch para 5",
        "SSI 2014/285 art.4",
    ],
    "asp 2014/8 sch 4, para 25": ["asp 2014/8 sch 4", "asp 2014/8 sch 4 para 25"],
    "asp 2014/9 Part 1": ["asp 2014/9 Part 1"],
    "asp 2014/9 ss.14\u201316": ["asp 2014/9 s.14-16"],
    "asp 2014/9 as enacted": ["asp 2014/9 as made"],
    "SSI 2014/285 sch as made; SSI 2014/341 art.1, 2 as made": [
        "SSI 2014/285 sch as made",
        "SSI 2014/341 art.1 as made",
        "SSI 2014/341 art.2 as made",
    ],
    "SSI 2014/285 art.1 as inserted by SSI 2015/66 art.2 as made": ["SSI 2014/285 art.1", "SSI 2015/66 art.2 as made"],
    "asp 2014/9 explanatory notes para 5": ["asp 2014/9 explanatory notes para 5"],
    "asp 2014/9 (the Act); section 5 of the scheme": ["asp 2014/9", "section 5 of the scheme"],
    "asp 2014/9 s.1, (unamended)": ["asp 2014/9 s.1"],
    "S37000034 minute of 2026-09-01": ["S37000034 minute of 2026-09-01"],
}

NUMBERS = st.builds(str.__add__, st.integers(1, 999).map(str), st.sampled_from(["", "", "A", "ZA"]))
LEVELS = st.lists(
    st.one_of(st.integers(1, 99).map(str), st.sampled_from(["a", "bb", "2A", "iv", "xviii"])).map("({})".format),
    max_size=3,
).map("".join)
PLACES = st.builds(str.__add__, NUMBERS, LEVELS)
PINPOINTS = st.one_of(
    st.just(""),
    st.just("sch"),
    st.builds("{}.{}".format, st.sampled_from(["s", "art", "reg"]), PLACES),
    st.builds("s.{}-{}".format, PLACES, PLACES),
    st.builds("sch {}".format, NUMBERS),
    st.builds("sch Part {}".format, NUMBERS),
    st.builds("sch {} Part {} para {}".format, NUMBERS, NUMBERS, PLACES),
    st.builds("sch para {}".format, PLACES),
    st.builds("Part {}".format, NUMBERS),
)
NEW = st.builds(Instrument, st.sampled_from(["asp", "ssi", "ukpga"]), st.integers(1000, 9999), st.integers(1, 999))
PROVISIONS = st.builds(
    Citation,
    st.sampled_from(sorted(INSTRUMENTS.values())) | NEW,
    PINPOINTS,
    version=st.sampled_from(["", "as made"]),
)
DOCUMENTS = st.sampled_from(
    ["Glasgow City integration scheme cl.8.4", "2020 directions guidance", "a, b (2nd edition)"]
).map(cite)
CITATIONS = PROVISIONS | DOCUMENTS


def read(text):
    """The citations in a text; none if it is refused."""
    try:
        return citations(text)
    except CitationError:
        return ()


class TestLaws:
    @given(CITATIONS)
    def test_round_trip(self, c):
        """What a citation prints makes it again."""
        assert c == cite(c.text) == cite(str(c)) == cite(c)
        assert c == eval(repr(c), {"cite": cite})
        assert c == pickle.loads(pickle.dumps(c)) == copy.deepcopy(c)
        assert hash(c) == hash(cite(c.text))

    @given(st.lists(CITATIONS, min_size=1, max_size=4))
    def test_several(self, cs):
        """Citations joined by semicolons are read one by one."""
        assert tuple(cs) == citations("; ".join(c.text for c in cs))

    @given(PROVISIONS)
    def test_spelling_does_not_matter(self, c):
        """Printed citations, capitals and spaces mean the same."""
        spaced = f"  {c.instrument.printed} {c.pinpoint.replace('.', '. ')}  {c.version} "

        assert c == cite(spaced)
        assert c == cite(c.text.replace("asp", "ASP").replace("SSI", "ssi").replace("s.", "S."))

    @given(st.lists(CITATIONS))
    def test_order(self, cs):
        """Citations are sorted by their text."""
        assert sorted(c.text for c in cs) == [c.text for c in sorted(cs)]
        assert all(a <= b or a > b for a, b in itertools.combinations(cs, 2))

    @given(PROVISIONS)
    def test_addresses(self, c):
        """Every address of a provision is under that of its instrument, and spells out its pinpoint."""
        assert c.url_as_made.rpartition("/")[0] == c.url_on(date(2026, 9, 1)).rpartition("/")[0]
        assert c.url_as_made.startswith(c.instrument.url)
        assert c.url == (c.url_as_made if c.version else c.url_as_made.rpartition("/")[0])
        assert not set("(). ") & set(c.url.removeprefix("https://www.legislation.gov.uk"))

    @given(PROVISIONS)
    def test_provision(self, c):
        """A pinpoint begins with its provision, which is a pinpoint in its own right."""
        assert c.pinpoint.startswith(c.provision)
        assert c.provision == Citation(c.instrument, c.provision).provision

    @given(st.text(max_size=30))
    def test_any_text(self, text):
        """Any text is citations that read back, or is refused."""
        found = read(text)

        assert found == read("; ".join(c.text for c in found))

    @given(st.text("asp 2014/9s.(1)a,-;+chr\"' &", max_size=20).map("asp 2014/9 s.1".__add__))
    def test_any_provision(self, text):
        """Whatever follows a provision is read so that it reads back, or is refused."""
        found = read(text)

        assert found == read("; ".join(c.text for c in found))


class TestCitations:
    @pytest.mark.parametrize("text", SAMPLES)
    def test_samples(self, text):
        """Citations as they are written in practice come to the provisions meant."""
        assert SAMPLES[text] == [c.text for c in citations(text)]

    @pytest.mark.parametrize(
        "text",
        [
            *("asp 2014/9 s.27(1", "asp 2014/9 s.1,", "asp 2014/9 s.1 s.2", "asp 2014/9 s.x", "asp 2014/9 s.53a"),
            *("asp 2014/9 (2)", "asp 2014/9 12", "SSI 2014/285 para 3", "SSI 2014/285 sch(1)", "asp 2014/9 s.1; 54"),
            *("asp 2014/9 s.1; s.2(", "cl.8.4", "s.53a", "asp 2014/9 s.1 as amended by", "SSI 2014/285 sch Part 1a"),
        ],
    )
    def test_not_a_pinpoint(self, text):
        """What looks like a pinpoint must be one: a slip does not become a document."""
        with pytest.raises(CitationError, match="expected a pinpoint such as "):
            citations(text)

    @pytest.mark.parametrize("text", ["s.27(1)(b)", "section 27", "art. 4", "sch para 3", "reg.2; asp 2014/9 s.1"])
    def test_no_instrument(self, text):
        """A pinpoint needs an instrument."""
        with pytest.raises(CitationError, match="expected an instrument before the pinpoint, as in 'asp 2014/9 "):
            citations(text)

    @pytest.mark.parametrize("text", ["", " ", ";", " ; "])
    def test_nothing(self, text):
        """No text is no citation."""
        with pytest.raises(CitationError, match="expected a provision such as"):
            citations(text)

    @pytest.mark.parametrize("x", [None, 27, ["asp 2014/9"]])
    def test_wrong_types(self, x):
        """Citations are read from texts."""
        with pytest.raises(TypeError, match="a citation is read from a str, got"):
            cite(x)

    def test_one_at_a_time(self):
        """Several citations are not one."""
        with pytest.raises(CitationError, match=r"expected one citation, got 2; use citations\(\) for several"):
            cite("2014 asp 9 s.1(2), 2(2)")


class TestCitation:
    @pytest.mark.parametrize(
        ("text", "path"),
        [
            ("asp 2014/9 s.27(1)(b)", "asp/2014/9/section/27/1/b"),
            ("asp 2014/9", "asp/2014/9"),
            ("asp 2014/9 Part 1", "asp/2014/9/part/1"),
            ("SSI 2014/285 art.4(5)-(6)", "ssi/2014/285/article/4/5"),
            ("SSI 2014/285 sch para 3", "ssi/2014/285/schedule/paragraph/3"),
            ("SSI 2014/285 sch para 1(3)", "ssi/2014/285/schedule/paragraph/1/3"),
            ("SSI 2014/344 sch 2-3", "ssi/2014/344/schedule/2"),
            ("SSI 2014/345 sch Part 1", "ssi/2014/345/schedule/part/1"),
            ("asp 2014/8 sch 4 para 25", "asp/2014/8/schedule/4/paragraph/25"),
            ("SSI 2014/200 reg.8(7)", "ssi/2014/200/regulation/8/7"),
            ("1973 c.65 s.106(1)(bb)", "ukpga/1973/65/section/106/1/bb"),
            ("asp 2014/9 s.1(3)(s)", "asp/2014/9/section/1/3/s"),
            ("SSI 2014/285 art.1(2) as made", "ssi/2014/285/article/1/2/made"),
        ],
    )
    def test_url(self, text, path):
        """The address is that of the provision on legislation.gov.uk; of a range, that of its first end."""
        assert f"{SITE}/{path}" == cite(text).url

    def test_versions(self):
        """A provision has an address as made and one for every day."""
        assert f"{SITE}/asp/2014/9/section/28/enacted" == cite("asp 2014/9 s.28").url_as_made
        assert f"{SITE}/ukpga/1973/65/section/95/enacted" == cite("1973 c.65 s.95").url_as_made
        assert f"{SITE}/ssi/2014/285/article/1/2026-09-01" == cite("SSI 2014/285 art.1 as made").url_on(
            date(2026, 9, 1)
        )

    @pytest.mark.parametrize(
        ("text", "provision", "short", "printed"),
        [
            ("asp 2014/9 s.28(2)", "s.28", "s.28(2)", "s. 28(2)"),
            ("asp 2014/9 s.53A", "s.53A", "s.53A", "s. 53A"),
            ("asp 2014/9", "", "asp 2014/9", "2014 asp 9"),
            ("asp 2014/9 sch", "sch", "sch", "sch"),
            ("SSI 2014/285 art.4(3)", "art.4", "art.4(3)", "SSI 2014/285 art. 4(3)"),
            ("SSI 2014/285 art.1(2) as made", "art.1", "art.1(2)", "SSI 2014/285 art. 1(2) as made"),
            ("SSI 2014/285 sch para 1(3)-(5)", "sch para 1", "sch para 1(3)-(5)", "SSI 2014/285 sch para 1(3)-(5)"),
            ("ukpga 1973/65 s.95", "s.95", "s.95", "1973 c. 65 s. 95"),
            ("Scheme cl. 8.4", "cl.8.4", "cl.8.4", "Scheme cl. 8.4"),
            ("no source found", "", "no source found", "no source found"),
        ],
    )
    def test_forms(self, text, provision, short, printed):
        """A citation has a provision, a short form and a printed form."""
        c = cite(text)

        assert (provision, short, printed) == (c.provision, c.short, c.printed)

    @pytest.mark.parametrize(
        "text", ["Glasgow City integration scheme cl.8.4", "Glasgow City integration scheme clause 8.4"]
    )
    def test_document(self, text):
        """A document has a text, perhaps a clause, and no address."""
        c = cite(text)

        assert (None, "cl.8.4", "Glasgow City integration scheme cl.8.4") == (c.instrument, c.pinpoint, c.document)
        assert ("", "", "") == (c.url, c.url_as_made, c.url_on("2026-09-01"))

    @pytest.mark.parametrize(
        "fields",
        [
            {},
            {"instrument": ACT, "document": "x"},
            {"instrument": ACT, "pinpoint": "27"},
            {"instrument": ACT, "pinpoint": "s. 27"},
            {"instrument": ACT, "pinpoint": "s.1, 2"},
            {"instrument": ACT, "version": "as amended"},
            {"document": "x", "version": "as made"},
            {"document": "x", "pinpoint": "cl.1"},
        ],
    )
    def test_nonsense(self, fields):
        """A citation is of an instrument or of a document, and its parts fit."""
        with pytest.raises(CitationError):
            Citation(**fields)

    def test_order_of_others(self):
        """Citations are not in an order with other things."""
        with pytest.raises(TypeError):
            cite("x y") < "x y"  # noqa: B015


class TestInstrument:
    @pytest.mark.parametrize("each", INSTRUMENTS.values(), ids=str)
    def test_ids(self, each):
        """Every instrument is found by its id and by its printed name, and cited by both."""
        assert each is instrument(each.id) is instrument(each.printed) is cite(each.id).instrument
        assert each == pickle.loads(pickle.dumps(each))
        assert each.url.startswith(f"{SITE}/{each.kind}/")
        assert each.title

    def test_read_on(self):
        """Instruments carry the day they were last read, if they were."""
        assert date(2026, 11, 22) == cite("SSI 2014/285 art.1").instrument.read_on
        assert UNKNOWN is instrument("asp 2014/8").read_on
        assert UNKNOWN is cite("SSI 1999/1").instrument.read_on

    def test_equality(self):
        """Title and day of reading do not tell instruments apart."""
        assert ACT == Instrument("ASP", 2014, 9)
        assert hash(ACT) == hash(Instrument("asp", 2014, 9))
        assert "SSI 1999/1" == str(Instrument("ssi", 1999, 1)) == Instrument("ssi", 1999, 1).title

    @pytest.mark.parametrize("parts", [("uksi", 2014, 9), ("asp", 14, 9), ("asp", 20140, 9), ("asp", 2014, 0)])
    def test_no_such_instrument(self, parts):
        """Instruments have a kind, a year of four figures and a number."""
        with pytest.raises(CitationError):
            Instrument(*parts)

    @pytest.mark.parametrize("name", ["asp 2014/99", "the Act"])
    def test_not_found(self, name):
        """What no rule rests on is not found, and near misses are suggested."""
        with pytest.raises(NotFoundError, match="no instrument '") as caught:
            instrument(name)
        assert tuple(INSTRUMENTS) == caught.value.known

    def test_frozen(self):
        """The table cannot be changed."""
        with pytest.raises(TypeError):
            INSTRUMENTS["asp 2014/9"] = None


class TestSource:
    @given(st.dictionaries(st.text(max_size=3), st.text(max_size=3)))
    def test_mapping(self, texts):
        """A source is the mapping it was made of, in order of names, and hashes by content."""
        source = Source(texts)

        assert texts == source == Source.of(texts) == Source.of(source)
        assert sorted(texts) == list(source) == list(source.keys())
        assert [texts[name] for name in source] == list(source.values())
        assert source == pickle.loads(pickle.dumps(source)) == copy.deepcopy(source)
        assert hash(source) == hash(Source(dict(reversed(texts.items()))))

    def test_none(self):
        """No source is empty and false."""
        assert NO_SOURCE is Source.of(None)
        assert not NO_SOURCE
        assert ("Source()", {}) == (repr(NO_SOURCE), dict(NO_SOURCE))

    def test_access(self):
        """A field has a text, or none."""
        source = Source({"b": "2", "a": "1"})

        assert ("1", None, "Source('a', 'b')") == (source["a"], source.get("c"), repr(source))
        assert "c" not in source
        with pytest.raises(KeyError):
            source["c"]

    @pytest.mark.parametrize("x", ["NRS", 5, {"a": None}, {1: "a"}])
    def test_wrong_types(self, x):
        """A source maps names to texts."""
        with pytest.raises(TypeError, match="a source "):
            Source.of(x)
