"""
Citations of the law, their addresses on legislation.gov.uk, and sources of facts.

A citation of statute names an instrument and one pinpoint in it. Guidance, a
scheme or a minute is a document citation: a text, without an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache, total_ordering
from types import MappingProxyType
from typing import Final

import attrs

from scotintegration._shown import Printed
from scotintegration.dates import day, optional_day
from scotintegration.errors import CitationError, NotFoundError
from scotintegration.unknown import UNKNOWN, Unknown

__all__ = ["INSTRUMENTS", "NO_SOURCE", "Citation", "Instrument", "Source", "citations", "cite", "instrument"]

_SITE: Final = "https://www.legislation.gov.uk"
_KINDS: Final = {"asp": "enacted", "ssi": "made", "ukpga": "enacted"}
_WORDS: Final = {
    **{"s": "section", "art": "article", "reg": "regulation"},
    **{"sch": "schedule", "para": "paragraph", "Part": "part"},
}
_PINPOINT: Final = "a pinpoint such as s.27(1)(b), art.3(7), reg.2(1) or sch para 3"

# A number ("53A"), the levels under it ("(1)(b)"), and after a dash the other end of a range.
_LEVEL: Final = r"(?: ?\((?:[0-9]{1,3}[A-Z]{0,3}|[ivxl]{1,6}|[a-z]{1,2}[A-Z]?|[A-Z]{1,2})\))"
_NUMBER: Final = rf"[0-9]{{1,4}}[A-Z]{{0,4}}(?![0-9A-Za-z]){_LEVEL}*"
_PLACE: Final = re.compile(rf"(?:{_NUMBER}|{_LEVEL}+)(?: ?[-\u2013] ?(?:{_NUMBER}|{_LEVEL}+))?")
_LEVELS: Final = re.compile(r"\([^()]+\)")

_INSTRUMENT: Final = re.compile(
    r"(?i:(?P<year>[0-9]{4}) (?:(?P<asp>asp)|c\.) ?(?P<number>[0-9]+)"
    r"|(?P<kind>asp|ssi|ukpga) (?P<year_2>[0-9]{4})/(?P<number_2>[0-9]+))(?![0-9A-Za-z/])"
)
_SAME_KIND: Final = re.compile(r"([0-9]{4})/([0-9]+)(?![0-9A-Za-z/])")
_UNIT: Final = re.compile(r"(?i:(s)s?|(s)ections?|(art)s?|(art)icles?|(reg)s?|(reg)ulations?)\.? ?(?=[0-9])")
_SCHEDULE: Final = re.compile(r"(?i:sch|schs|schedules?)(?:\.? ?(?=[0-9])|\.|(?![0-9A-Za-z]))")
_PART: Final = re.compile(r"(?i:part|pt)\.? (?=[0-9])")
_PARA: Final = re.compile(r"(?i:para|paras|paragraphs?)\.? ?(?=[0-9])")
_AND: Final = re.compile(r" ?(?:,|\+|&|(?<= )and(?= )) ?(?:now )?")
_REMARK: Final = re.compile(
    r" ?(?:\"[^\"]*\"|\u201c[^\u201d]*\u201d|\((?=[^() ]* |[A-Za-z]{5,}\))[^()]*\))|(?<=\+ )note"
)
_AS_MADE: Final = re.compile(r" as (?:made|enacted)\b")
_CHANGED: Final = re.compile(r" as (?:added|amended|applied|inserted|modified|substituted) by (?=[A-Za-z0-9])")
# What follows an instrument and begins a place in it.
_SPACE: Final = re.compile(r" (?!as |and |[&+(\"\u201c])")
_PLACES: Final = re.compile(
    rf" (?:{_UNIT.pattern}|{_SCHEDULE.pattern}|{_PART.pattern}|{_PARA.pattern}"
    r"|(?:ss?|arts?|regs?)\b|as |and |[^A-Za-z])"
)
# Too like a pinpoint to be the name of a document.
_BARE: Final = re.compile(
    r"(?i:(?:ss?|arts?|regs?|paras?|cl)\.? ?[0-9]{1,4}[a-z]{0,3}(?![0-9a-z])|schs?\.?(?: (?:[0-9]|para|part)|$)"
    r"|[0-9]{1,4}[a-z]{0,3}(?:\([^ ]*)?$|\([^ ]*$)"
)
_ROMAN: Final = re.compile(r"\([ivxl]+\)")
_BLANK: Final = re.compile(" ")
_CLAUSE: Final = re.compile(r"(?<= )(?i:cl|cls|clause|clauses)(?:\. ?| )([0-9][0-9A-Za-z.()-]*)$")


def _lower(kind: str) -> str:
    return kind.lower()


@attrs.frozen(order=True)
class Instrument(Printed):
    """
    An Act of the Scottish or the UK Parliament, or a Scottish statutory instrument.

    Attributes:
        kind: ``"asp"``, ``"ssi"`` or ``"ukpga"``, as legislation.gov.uk has it.
        year: Year of the instrument.
        number: Its number (or chapter) in that year.
        title: Short title; its id where nobody recorded one. Not part of equality.
        read_on: The day on which somebody last read it for this library, or
            `UNKNOWN`. Not part of equality.

    Raises:
        CitationError: If no instrument is of that kind, year or number.

    >>> act = Instrument("asp", 2014, 9)
    >>> act.id, act.printed, act.url
    ('asp 2014/9', '2014 asp 9', 'https://www.legislation.gov.uk/asp/2014/9')

    .. versionadded:: 0.1.0
    """

    kind: str = attrs.field(converter=_lower)
    year: int
    number: int
    title: str = attrs.field(eq=False)
    read_on: date | Unknown | None = attrs.field(default=UNKNOWN, converter=optional_day, eq=False)

    @title.default
    def _untitled(self) -> str:
        return self.id

    def __attrs_post_init__(self) -> None:
        if self.kind not in _KINDS:
            raise CitationError(self.id, f"an instrument of a kind in {', '.join(_KINDS)}")
        if not (1000 <= self.year <= 9999 and self.number > 0):
            raise CitationError(self.id, "a year of four figures and a number of 1 or more")

    @property
    def id(self) -> str:
        """The canonical text: ``"asp 2014/9"``, ``"SSI 2014/285"``, ``"ukpga 1973/65"``."""
        return f"{'SSI' if self.kind == 'ssi' else self.kind} {self.year}/{self.number}"

    @property
    def printed(self) -> str:
        """The text for readers: ``"2014 asp 9"``, ``"SSI 2014/285"``, ``"1973 c. 65"``."""
        if self.kind == "ssi":
            return self.id
        return f"{self.year} {'asp' if self.kind == 'asp' else 'c.'} {self.number}"

    @property
    def url(self) -> str:
        """The address of the latest text."""
        return f"{_SITE}/{self.kind}/{self.year}/{self.number}"

    def __str__(self) -> str:
        return self.id


def _table() -> Iterator[Instrument]:
    read = date(2026, 11, 22)
    titles = {
        "asp 2000/1": "Public Finance and Accountability (Scotland) Act 2000",
        "asp 2003/1": "Local Government in Scotland Act 2003",
        "asp 2014/9": "Public Bodies (Joint Working) (Scotland) Act 2014",
        "asp 2015/6": "Community Empowerment (Scotland) Act 2015",
        "asp 2016/9": "Carers (Scotland) Act 2016",
        "asp 2018/12": "Islands (Scotland) Act 2018",
        "asp 2019/6": "Health and Care (Staffing) (Scotland) Act 2019",
        "asp 2024/1": "United Nations Convention on the Rights of the Child (Incorporation) (Scotland) Act 2024",
        "asp 2025/9": "Care Reform (Scotland) Act 2025",
        "ukpga 1968/49": "Social Work (Scotland) Act 1968",
        "ukpga 1973/65": "Local Government (Scotland) Act 1973",
    }
    unread = {
        "asp 2000/7": "Ethical Standards in Public Life etc. (Scotland) Act 2000",
        "asp 2014/8": "Children and Young People (Scotland) Act 2014",
        "ukpga 1978/29": "National Health Service (Scotland) Act 1978",
    }
    orders = {
        2014: (200, 231, 281, 282, 283, 284, 285, 307, 308, 326, 341, 342, 343, 344, 345),
        2015: (66, 88, 157, 222, 254, 266, 321, 432),
        2016: (2, 15),
        2017: (190, 381, 449),
        2018: (101,),
        2021: (147,),
        2025: (388, 405),
    }
    for text, title in (titles | unread).items():
        kind, year, number = re.split("[ /]", text)
        yield Instrument(kind, int(year), int(number), title, UNKNOWN if text in unread else read)
    for made_in, numbers in orders.items():
        for made_as in numbers:
            yield Instrument("ssi", made_in, made_as, f"SSI {made_in}/{made_as}", read)


INSTRUMENTS: Final[Mapping[str, Instrument]] = MappingProxyType({each.id: each for each in sorted(_table())})
"""The instruments that the rules rest on, by id; the 1978 Act was read in an older text only, so is unread."""

_ACT: Final = INSTRUMENTS["asp 2014/9"]


def _instrument(found: re.Match[str]) -> Instrument:
    kind = found["kind"] or ("asp" if found["asp"] else "ukpga")
    return _of(kind, found["year"] or found["year_2"], found["number"] or found["number_2"])


def _of(kind: str, year: str, number: str) -> Instrument:
    made = Instrument(kind, int(year), int(number))
    return INSTRUMENTS.get(made.id, made)


def instrument(id: str) -> Instrument:
    """
    Look up an instrument that the rules rest on.

    Args:
        id: Its id, or another way to write it.

    Returns:
        The instrument, with its title and the day it was last read.

    Raises:
        NotFoundError: If it is none of `INSTRUMENTS`.

    >>> instrument("2014 asp 9").title
    'Public Bodies (Joint Working) (Scotland) Act 2014'

    .. versionadded:: 0.1.0
    """
    found = _INSTRUMENT.fullmatch(" ".join(id.split()))
    name = _instrument(found).id if found else id
    if name not in INSTRUMENTS:
        raise NotFoundError.among("instrument", id, INSTRUMENTS)
    return INSTRUMENTS[name]


@total_ordering
@attrs.frozen(repr=False, str=False)
class Citation(Printed):
    """
    One provision of one instrument, or one document. Made by `cite`; sorted by text.

    Attributes:
        instrument: The instrument, or ``None`` for a document.
        pinpoint: The place in it: ``"s.27(1)(b)"``, ``"art.3(7)(b)-(d)"``,
            ``"sch para 3"``; of a document only ``"cl.8.4"``; ``""`` for the whole.
        document: The text of a document citation, pinpoint included, or ``""``.
        version: ``"as made"`` for the text before any amendment, or ``""``.

    Raises:
        CitationError: If there is neither an instrument nor a document, or both,
            or the pinpoint is not written as above.

    >>> provision = cite("2014 asp 9 s.28(2)")
    >>> provision.text, provision.provision, provision.printed
    ('asp 2014/9 s.28(2)', 's.28', 's. 28(2)')
    >>> provision.url
    'https://www.legislation.gov.uk/asp/2014/9/section/28/2'

    .. versionadded:: 0.1.0
    """

    instrument: Instrument | None = None
    pinpoint: str = ""
    document: str = ""
    version: str = ""

    def __attrs_post_init__(self) -> None:
        if (self.instrument is None) is not bool(self.document):
            raise CitationError(self.document, "either an instrument or a document")
        if self.version not in ("", "as made") or (self.version and self.document):
            raise CitationError(self.version, "the version 'as made' of an instrument, or none")
        if self.instrument and self.pinpoint and _Reader(self.pinpoint).alone() != self.pinpoint:
            raise CitationError(self.pinpoint, _PINPOINT)
        if self.document and not self.document.endswith(self.pinpoint):
            raise CitationError(self.document, f"a document that ends in {self.pinpoint!r}")

    @property
    def text(self) -> str:
        """The canonical text, which `cite` reads back."""
        if self.instrument is None:
            return self.document
        return " ".join(filter(None, (self.instrument.id, self.pinpoint, self.version)))

    @property
    def provision(self) -> str:
        """The section, article, regulation or paragraph without the levels under it."""
        return re.split(r"[(-]", self.pinpoint)[0] if self.instrument else self.pinpoint

    @property
    def short(self) -> str:
        """The pinpoint alone; where there is none, the document or the instrument."""
        return self.pinpoint or self.text

    @property
    def printed(self) -> str:
        """The text as findings print it: provisions of the 2014 Act do without its name."""
        spaced = self.pinpoint.replace(".", ". ", 1)
        if self.instrument is None:
            return self.document.removesuffix(self.pinpoint) + spaced
        name = "" if self.instrument == _ACT and spaced else self.instrument.printed
        return " ".join(filter(None, (name, spaced, self.version)))

    @property
    def url(self) -> str:
        """The address: of the latest text, or of the text as made if that is cited; ``""`` for a document."""
        return self.url_as_made if self.version else self._address()

    @property
    def url_as_made(self) -> str:
        """The address of the text as it was enacted or made; ``""`` for a document."""
        return self._address(_KINDS[self.instrument.kind]) if self.instrument else ""

    def url_on(self, on: date | str) -> str:
        """
        Give the address of the text as it stood on a day; ``""`` for a document.

        >>> cite("SSI 2014/285 art.4(3)").url_on("2026-09-01")
        'https://www.legislation.gov.uk/ssi/2014/285/article/4/3/2026-09-01'

        .. versionadded:: 0.1.0
        """
        return self._address(day(on, "on").isoformat())

    def _address(self, *more: str) -> str:
        if self.instrument is None:
            return ""
        first = self.pinpoint.split("-")[0]
        words = first.partition("(")[0].replace(".", " ").split()
        levels = [level.strip("()") for level in _LEVELS.findall(first)]
        return "/".join([self.instrument.url, *(_WORDS.get(word, word) for word in words), *levels, *more])

    def __lt__(self, other: Citation) -> bool:
        if not isinstance(other, Citation):
            return NotImplemented
        return self.text < other.text

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"cite({self.text!r})"


class _Reader:
    """Reads the provisions in one text, from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.schedule = ""  # the schedule that paragraphs are of
        self.stem = ""  # what a bare number continues: "s.", "sch para "
        self.number = ""  # what bare levels continue: "27"
        self.levels: tuple[str, ...] = ()

    def eat(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def instrument(self) -> Instrument | None:
        found = self.eat(_INSTRUMENT)
        return _instrument(found) if found else None

    def alone(self) -> str:
        """The one pinpoint that the text is, in canonical form, or nothing."""
        pinpoint = self.pinpoint()
        return pinpoint if self.at == len(self.text) else ""

    def provisions(self, instrument: Instrument) -> list[Citation]:
        """Every provision in the rest of the text; it begins with those of an instrument."""
        whole = [Citation(instrument)]  # what is cited if no pinpoint follows
        found: list[Citation] = []
        expected = self.at == 0 or self.eat(_SPACE) is not None
        while self.at < len(self.text) or expected:
            if expected:
                expected = False
                if another := self.instrument() or self.same_kind(instrument):
                    found += whole
                    instrument, whole = another, [Citation(another)]
                    self.schedule = self.stem = self.number = ""
                    expected = self.eat(_SPACE) is not None
                elif pinpoint := self.pinpoint():
                    whole = []
                    found.append(Citation(instrument, pinpoint))
                elif not self.eat(_REMARK):
                    raise CitationError(self.text, _PINPOINT)
            elif self.eat(_AS_MADE):
                cited = found + whole
                whole = []
                found = [attrs.evolve(c, version="as made") if c.instrument == instrument else c for c in cited]
            elif self.eat(_CHANGED) or self.eat(_AND):
                expected = True
            elif not self.eat(_REMARK):
                raise CitationError(self.text, _PINPOINT)
        return found + whole

    def same_kind(self, instrument: Instrument) -> Instrument | None:
        found = self.eat(_SAME_KIND)
        return _of(instrument.kind, found[1], found[2]) if found else None

    def pinpoint(self) -> str:
        """One pinpoint in canonical form, or nothing if none is next."""
        if unit := self.eat(_UNIT):
            self.stem = f"{next(filter(None, unit.groups())).lower()}."
        elif self.eat(_SCHEDULE):
            return self.in_schedule()
        elif self.schedule and self.eat(_PARA):
            self.stem = f"{self.schedule} para "
        elif self.eat(_PART):
            self.stem = "Part "
        return self.place()

    def in_schedule(self) -> str:
        """The rest of a pinpoint that began with a schedule."""
        self.schedule, self.stem, self.number = "sch", "sch ", ""
        text = self.schedule = self.place() or "sch"
        for word, pattern in (("Part", _PART), ("para", _PARA)):
            start = self.at
            self.eat(_BLANK)
            if "-" not in text and self.eat(pattern):
                self.schedule, self.stem = text, f"{text} {word} "
                text = self.place()
            else:
                self.at = start
        return text

    def place(self) -> str:
        """A number with its levels, or levels that continue the number before."""
        start = self.at
        found = self.eat(_PLACE)
        if not found or not self.stem:
            self.at = start
            return ""
        text = found[0].replace(" ", "").replace("\u2013", "-")
        first, dash, last = text.partition("-")
        levels = tuple(_LEVELS.findall(first))
        if not first.startswith("("):
            self.number, self.levels = first.partition("(")[0], levels
        elif self.number:
            self.levels = (*self.levels[: self.depth(levels[0])], *levels)
        else:
            self.at = start
            return ""
        return "".join([self.stem, self.number, *self.levels, dash, last])

    def depth(self, level: str) -> int:
        """How many of the levels before stay in front of this one: (4) after (3)(b) replaces (3)."""
        alike = [i for i, each in enumerate(self.levels) if each[1].isdigit() is level[1].isdigit()]
        if not alike:
            return len(self.levels)
        return alike[-1] if _ROMAN.match(level) and _ROMAN.match(self.levels[alike[-1]]) else alike[0]


def _document(text: str) -> Citation:
    clause = _CLAUSE.search(text)
    if clause is None:
        return Citation(document=text)
    pinpoint = f"cl.{clause[1]}"
    return Citation(pinpoint=pinpoint, document=text[: clause.start()] + pinpoint)


def _segment(text: str, current: Instrument | None) -> list[Citation]:
    """The citations between two semicolons, after some of an instrument or none."""
    reader = _Reader(text)
    if named := reader.instrument():
        if reader.at < len(text) and text[reader.at] == " " and not _PLACES.match(text, reader.at):
            return [_document(text)]
        return reader.provisions(named)
    try:
        found = reader.provisions(current or _ACT)
    except CitationError:
        if _BARE.match(text):
            raise
        return [_document(text)]
    if current is None:
        raise CitationError(text, f"an instrument before the pinpoint, as in 'asp 2014/9 {text}'")
    return found


def citations(text: str) -> tuple[Citation, ...]:
    """
    Read every citation in a text.

    Args:
        text: Provisions and documents with ``;`` between them. A provision may
            leave out the instrument, the unit or the number of the one before it.
            A range such as ``(3)-(5)`` is one pinpoint, whose address is that of
            its first end. Remarks in brackets or quotation marks are dropped.

    Returns:
        The citations in the order of the text; the first is the main one.

    Raises:
        CitationError: If there are none, or a provision cannot be read, or no
            instrument is named before a pinpoint.
        TypeError: If *text* is not a ``str``.

    >>> citations("2014 asp 9 s.1(3)(a), (4), 60; SSI 2014/285 art.4(5)-(6) (unamended)")[1:]
    (cite('asp 2014/9 s.1(4)'), cite('asp 2014/9 s.60'), cite('SSI 2014/285 art.4(5)-(6)'))

    .. versionadded:: 0.1.0
    """
    if not isinstance(text, str):
        raise TypeError(f"a citation is read from a str, got {type(text).__name__} {text!r}")
    return _read(text)


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[Citation, ...]:
    """Read every citation in a text; the same few are read again and again."""
    found: list[Citation] = []
    for segment in " ".join(text.split()).split(";"):
        if tidy := segment.strip():
            found += _segment(tidy, found[-1].instrument if found else None)
    if not found:
        raise CitationError(text, "a provision such as 'asp 2014/9 s.27(1)(b)', or the name of a document")
    return tuple(found)


def cite(text: str | Citation) -> Citation:
    """
    Read one citation: a converter of fields too.

    Args:
        text: ``"asp 2014/9 s.27(1)(b)"``, ``"2014 asp 9 s.27(1)(b)"``,
            ``"SSI 2014/285 sch para 3"``, ``"1973 c.65 s.95"``, or the name of a
            document, if need be with a clause at its end. A citation is returned as it is.

    Returns:
        The citation, equal for every way to write it.

    Raises:
        CitationError: If the text is empty, has several citations, or has a
            pinpoint that cannot be read or no instrument for it.
        TypeError: If *text* is neither a ``str`` nor a citation.

    >>> cite("2014 asp 9 s. 27(1)(b)") == cite("asp 2014/9 s.27(1)(b)")
    True
    >>> scheme = cite("Glasgow City integration scheme cl.8.4")
    >>> scheme.pinpoint, scheme.url
    ('cl.8.4', '')

    .. versionadded:: 0.1.0
    """
    if isinstance(text, Citation):
        return text
    found = citations(text)
    if len(found) > 1:
        raise CitationError(text, f"one citation, got {len(found)}; use citations() for several")
    return found[0]


def _facts(texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    if not isinstance(texts, Mapping):
        raise TypeError(f"a source is a mapping of fields to texts, got {type(texts).__name__} {texts!r}")
    for name, text in texts.items():
        if not all(isinstance(each, str) for each in (name, text)):
            raise TypeError(f"a source maps the name of a field to a text, got {name!r}: {text!r}")
    return tuple(sorted(texts.items()))


@attrs.frozen(eq=False, repr=False)
class Source(Printed, Mapping[str, str]):
    """
    Where the facts in a value come from: a text for each field that has one.

    An immutable mapping in the order of the names, hashable, and equal to any
    mapping of the same content.

    Attributes:
        facts: The names of fields and their texts.

    Raises:
        TypeError: If a name or a text is not a ``str``.

    >>> source = Source({"population": "NRS, mid-2022 population estimates, table 2"})
    >>> source, source["population"]
    (Source('population'), 'NRS, mid-2022 population estimates, table 2')

    .. versionadded:: 0.1.0
    """

    facts: tuple[tuple[str, str], ...] = attrs.field(converter=_facts)

    @classmethod
    def of(cls, x: Mapping[str, str] | None) -> Source:
        """
        Make a source of what is there: the converter of fields.

        Args:
            x: A source, a mapping, or ``None`` for no source.

        Returns:
            The source.

        Raises:
            TypeError: If *x* is anything else.

        >>> Source.of(None) == NO_SOURCE
        True

        .. versionadded:: 0.1.0
        """
        if x is None:
            return NO_SOURCE
        return x if isinstance(x, Source) else cls(x)

    def __getitem__(self, field: str) -> str:
        return dict(self.facts)[field]

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self.facts)

    def __len__(self) -> int:
        return len(self.facts)

    def __hash__(self) -> int:
        return hash(self.facts)

    def __repr__(self) -> str:
        return f"Source({', '.join(map(repr, self))})"


NO_SOURCE: Final = Source({})
"""No source for any field."""
