"""Mends of what is delegated, and to which integration authority."""

import attrs
from tests.mends.registers import IJB, NHS, mended, toy, with_functions

from scotintegration.mends.delegates import delegation_told
from scotintegration.unknown import UNKNOWN

RULE = "PBJW-s25-2-ia-carries"


class TestDelegatedOnce:
    """The integration authority of a function."""

    def test_elsewhere(self):
        """A function delegated to a body that is no authority is delegated to the board, and no other is touched."""
        p = with_functions(toy(), "nursing", delegate=NHS)
        assert toy() == mended(RULE, p)

    def test_twice(self):
        """A function delegated under one name to two bodies is delegated to the board."""
        p = toy()
        nursing = next(one for one in p.functions if one.id == "nursing")
        again = attrs.evolve(nursing, id="nursing-again", delegate=NHS)
        p = p.evolve(scheme=attrs.evolve(p.scheme, functions=[*p.functions, again]))
        assert {IJB} == {one.delegate for one in mended(RULE, p).functions}


class TestDelegationTold:
    """What is delegated on the day that governs."""

    def test_first_day(self):
        """A function whose first day was forgotten is recorded on the day that governs, and no day is made up."""
        told = delegation_told(with_functions(toy(), start=UNKNOWN, until=UNKNOWN))
        assert {(UNKNOWN, None, told.as_at)} == {(one.start, one.until, one.recorded_on) for one in told.functions}

    def test_known(self):
        """What is known stays as it is."""
        p = with_functions(toy(), start=UNKNOWN, recorded_on="2020-01-01")
        assert p is delegation_told(p)
