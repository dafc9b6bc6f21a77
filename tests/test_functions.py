"""Delegated functions, and the catalogue of what must and may be delegated."""

import copy
import pickle
from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.partnerships import DAYS, assert_refused, functions, wrong

from scotintegration._bundled import table
from scotintegration.citations import Citation
from scotintegration.errors import NotFoundError, UnknownFactError
from scotintegration.functions import (
    CHARGING,
    AgeScope,
    CatalogueFunction,
    DelegatedFunction,
    Enactment,
    Funding,
    catalogue,
    enactments,
    must_enactments,
    must_functions,
)
from scotintegration.unknown import UNKNOWN

ONE = timedelta(days=1)
FRAILTY = DelegatedFunction(
    id="frailty", name="Frailty", delegator="nhs-toytown", delegate="toy-ijb", source={"name": "scheme, annex 1"}
)
FUNCTIONS = functions("frailty", "nhs-toytown", "toy-ijb")
FACTS = ("in_hospital", "hospital_in_hb_area", "la_areas", "deemed_out")


class TestLaws:
    @given(FUNCTIONS)
    def test_value(self, function):
        """A function is a value, and where its facts come from is no fact about it."""
        sourced = attrs.evolve(function, source={"name": "another book"})
        assert function == sourced == pickle.loads(pickle.dumps(function)) == copy.deepcopy(function)
        assert hash(function) == hash(sourced)

    @given(DAYS, DAYS)
    def test_both_ends_count(self, first, second):
        """A function is delegated on its first day and its last, and on no day outside."""
        start, until = sorted((first, second))
        function = attrs.evolve(FRAILTY, start=start, until=until)
        assert (False, True, True, False) == tuple(
            function.is_delegated(on) for on in (start - ONE, start, until, until + ONE)
        )

    @given(FUNCTIONS, DAYS)
    def test_told_or_not(self, function, on):
        """Whether it is delegated can be told exactly where both days are known, or one was recorded on the way."""
        shown = isinstance(function.recorded_on, date) and function.recorded_on <= on
        if function.until is not UNKNOWN and (function.start is not UNKNOWN or shown):
            assert isinstance(function.is_delegated(on), bool)
        else:
            with pytest.raises(UnknownFactError, match="from and until when 'frailty' is delegated"):
                function.is_delegated(on)

    @given(st.permutations(["payment", "set-aside"]), st.sampled_from([0, 1, 2]))
    def test_order_of_funding(self, words, most):
        """The order and the repetition of words of funding do not matter."""
        words = words[:most]
        one, other, third = (
            attrs.evolve(FRAILTY, funding=given) for given in (words, words[::-1] * 2, map(Funding, words))
        )
        assert one == other == third
        assert ("set-aside" in words) is one.is_set_aside

    @given(FUNCTIONS)
    def test_needs_method(self, function):
        """The test of s. 1(14) is an "and": one fact that fails decides, an unknown one only where none fails."""
        facts = {name: getattr(function, name) for name in FACTS}
        passes = {
            "in_hospital": facts["in_hospital"],
            "hospital_in_hb_area": facts["hospital_in_hb_area"],
            "la_areas": facts["la_areas"] if facts["la_areas"] is UNKNOWN else (facts["la_areas"] or 0) >= 2,
            "deemed_out": facts["deemed_out"] if facts["deemed_out"] is UNKNOWN else not facts["deemed_out"],
        }
        known = [bool(fact) for fact in passes.values() if fact is not UNKNOWN]
        if not all(known):
            assert function.needs_set_aside_method is False
        elif len(known) == len(FACTS):
            assert function.needs_set_aside_method is True
        else:
            with pytest.raises(UnknownFactError, match="'frailty'"):
                _ = function.needs_set_aside_method


class TestRefused:
    @pytest.mark.parametrize(
        ("good", "field", "values"),
        wrong(
            FRAILTY,
            id="id",
            name="text",
            delegator="id",
            delegate="id",
            age_scope=(None, True, 5, "", "adults"),
            funding=(True, 5, "", "grant", "payment+", ["grant"], [5]),
            method="maybe text",
            in_hospital="flag",
            hospital_in_hb_area="flag",
            la_areas="maybe count",
            deemed_out="flag",
            start="maybe day",
            until="maybe day",
            recorded_on="maybe day",
            source="source",
        ),
    )
    def test_field(self, good, field, values):
        """Every field refuses what it cannot hold, and says which field it is."""
        assert_refused(good, field, values)

    def test_wrong_way_round(self):
        """A function is not taken back before it is delegated."""
        with pytest.raises(ValueError, match=r"DelegatedFunction\.until must be on or after start, 2026-04-01"):
            attrs.evolve(FRAILTY, start="2026-04-01", until="2026-03-31")


class TestFunding:
    @pytest.mark.parametrize(
        ("expected", "funding"),
        [
            ((), None),
            ((), ()),
            ((Funding.PAYMENT,), "payment"),
            ((Funding.PAYMENT, Funding.SET_ASIDE), "set-aside+payment"),
            (UNKNOWN, UNKNOWN),
        ],
    )
    def test_read(self, expected, funding):
        """Funding is read from a word, words, none or UNKNOWN."""
        assert expected == attrs.evolve(FRAILTY, funding=funding).funding

    def test_not_recorded(self):
        """Whether a sum is set aside for a function cannot be told where its funding was not recorded."""
        with pytest.raises(UnknownFactError, match="how 'frailty' is funded"):
            _ = FRAILTY.is_set_aside

    def test_ages(self):
        """Only a function for people under 18 leaves adults out."""
        assert (True, False, True) == tuple(AgeScope(word).covers_adults for word in ("18_plus", "under_18", "all"))


class TestSetAsideMethod:
    HOSPITAL = attrs.evolve(FRAILTY, in_hospital=True, hospital_in_hb_area=True, la_areas=2, deemed_out=False)

    @pytest.mark.parametrize(
        ("expected", "fields"),
        [
            (True, {}),
            (True, {"la_areas": 3, "deemed_out": None}),
            (False, {"in_hospital": False}),
            (False, {"hospital_in_hb_area": None}),
            (False, {"la_areas": 1}),
            (False, {"la_areas": None}),
            (False, {"deemed_out": True}),
            (False, {"deemed_out": True, "in_hospital": UNKNOWN, "la_areas": UNKNOWN}),
        ],
    )
    def test_told(self, expected, fields):
        """A service in the own hospital for two council areas or more needs a method, unless it was taken out."""
        assert expected is attrs.evolve(self.HOSPITAL, **fields).needs_set_aside_method

    @pytest.mark.parametrize(
        ("field", "match"),
        [
            ("in_hospital", "whether it is carried out in a hospital"),
            ("hospital_in_hb_area", "whether the hospital is in the Health Board's own area"),
            ("la_areas", "how many council areas it serves"),
            ("deemed_out", "whether the Health Board took it out of set-aside"),
        ],
    )
    def test_not_recorded(self, field, match):
        """The fact that would settle it is named."""
        with pytest.raises(UnknownFactError, match=match):
            _ = attrs.evolve(self.HOSPITAL, **{field: UNKNOWN}).needs_set_aside_method


class TestCatalogue:
    def test_every_row(self):
        """Every row of the table is an entry, with a provision and a kind of delegator."""
        assert tuple(row["function_id"] for row in table("delegated_functions")) == tuple(catalogue())
        for id, entry in catalogue().items():
            assert id == entry.id
            assert isinstance(entry, CatalogueFunction)
            assert isinstance(entry.citation, Citation)
            assert entry.delegated_by in ("health_board", "local_authority")

    def test_set_aside_candidates(self):
        """What may be set aside is a service of a Health Board in a hospital."""
        candidates = [entry for entry in catalogue().values() if entry.set_aside_candidate]
        assert candidates
        assert all(entry.in_hospital and entry.delegated_by == "health_board" for entry in candidates)

    def test_musts(self):
        """Health Boards must delegate the functions of 26 services, all for adults."""
        assert 26 == len(must_functions())
        assert {"health_board"} == {entry.delegated_by for entry in must_functions()}
        assert all(entry.must and entry.age_scope.covers_adults for entry in must_functions())

    def test_near_miss(self):
        """An id that is not there suggests one that is."""
        with pytest.raises(NotFoundError, match="did you mean 'district-nursing'"):
            catalogue()["district-nurse"]
        assert None is catalogue().get("district-nurse")

    @pytest.mark.parametrize("give", [catalogue, enactments])
    def test_read_only(self, give):
        """Nobody adds to what is shared by everybody."""
        with pytest.raises(TypeError):
            give()["new"] = None
        assert give() is give()


class TestEnactments:
    def test_every_row(self):
        """Every row of the table is an entry, and no entry ends before it begins."""
        assert tuple(row["enactment_id"] for row in table("delegated_enactments")) == tuple(enactments())
        for entry in enactments().values():
            assert isinstance(entry, Enactment)
            assert not (entry.start and entry.until and entry.until < entry.start)

    @given(st.sampled_from(list(enactments().values())), DAYS)
    def test_musts(self, entry, on):
        """What a council must delegate on a day is on the list and in force."""
        listed = entry in must_enactments(on)
        assert (entry.must and entry.delegated_by == "local_authority" and entry.in_force(on)) is listed

    def test_carers(self):
        """A section of the Carers (Scotland) Act 2016 joined on a day, and not a day sooner."""
        entry = enactments()["la-must-ca2016-s25"]
        assert (False, True) == (entry.in_force(date(2017, 12, 12)), entry.in_force(date(2017, 12, 13)))

    def test_ended(self):
        """An entry that was taken out stood on its last day."""
        ended = [entry for entry in enactments().values() if entry.until is not None]
        assert ended
        for entry in ended:
            assert (True, False) == (entry.in_force(entry.until), entry.in_force(entry.until + ONE))

    def test_charging(self):
        """Nothing that a council must or may delegate is a charging function."""
        assert 3 == len(CHARGING)
        assert not set(CHARGING) & {entry.id for entry in enactments().values() if entry.must}
