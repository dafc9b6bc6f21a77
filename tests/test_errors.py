"""Every exception: its fields, its text, its built-in family, and pickling."""

import copy
import inspect
import pickle

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scotintegration import errors
from scotintegration.errors import (
    CitationError,
    ConservationError,
    DateError,
    DuplicateError,
    Fault,
    FrozenError,
    GraphError,
    LoadError,
    MoneyError,
    NotFoundError,
    RuleError,
    ScotIntegrationError,
    UnknownFactError,
    UnlawfulError,
    UnlawfulStepError,
)

TEXTS = st.text(max_size=8)
FAULT = Fault("$.directions[3].payment", "expected money of £0 or more", "-£1.00")

FAMILIES = {
    CitationError: ValueError,
    ConservationError: ArithmeticError,
    DateError: ValueError,
    DuplicateError: ValueError,
    FrozenError: TypeError,
    GraphError: ValueError,
    LoadError: ValueError,
    MoneyError: ValueError,
    NotFoundError: LookupError,
    RuleError: ValueError,
    UnknownFactError: ValueError,
    UnlawfulError: ScotIntegrationError,
    UnlawfulStepError: ValueError,
}
EXAMPLES = [
    UnknownFactError(),
    UnknownFactError("the date of the meeting"),
    ConservationError("frailty", 2, 1),
    CitationError("", "a provision"),
    MoneyError(None, "pounds"),
    DateError("soon", "a day"),
    NotFoundError("area", "Glasgw", ("Glasgow City",), ("Glasgow City",)),
    DuplicateError("direction", "D-1", "the register"),
    GraphError("node 'a'", "no value", "a body"),
    FrozenError("attribute 'value'"),
    UnlawfulStepError("'D-1' is oral", "a direction in writing", "asp 2014/9 s.27(4)"),
    LoadError("register.json", (FAULT,)),
    UnlawfulError("Fife", ("a breach",)),
    RuleError("GCC-8", "no citation", "cites="),
]


class TestLaws:
    @pytest.mark.parametrize("error", EXAMPLES, ids=lambda e: type(e).__name__)
    def test_sent(self, error):
        """An error that a cluster sends from one process to another arrives with its fields."""
        make, fields, *rest = pytest.importorskip("tblib.pickling_support").pickle_exception(error)
        assert attrs.astuple(error) == attrs.astuple(make(*fields))
        assert not any(rest)

    @pytest.mark.parametrize("error", EXAMPLES, ids=lambda e: type(e).__name__)
    @pytest.mark.parametrize("again", [copy.copy, lambda e: pickle.loads(pickle.dumps(e))], ids=["copy", "pickle"])
    def test_same_again(self, error, again):
        """A copied or pickled error has the same type, fields and text."""
        other = again(error)

        assert type(error) is type(other)
        assert attrs.astuple(error) == attrs.astuple(other)
        assert str(error) == str(other)

    @given(st.sampled_from(sorted(FAMILIES, key=lambda c: c.__name__)), st.data())
    def test_any_fields(self, error, data):
        """Whatever the fields hold, an error prints and survives pickling."""
        kinds = {"tuple[str, ...]": st.lists(TEXTS).map(tuple), "tuple[Fault, ...]": st.just((FAULT,))}
        kinds["int"] = st.integers()
        made = error(*(data.draw(kinds.get(field.type, TEXTS)) for field in attrs.fields(error)))
        other = pickle.loads(pickle.dumps(made))

        assert attrs.astuple(made) == attrs.astuple(other)
        assert str(made) == str(other) != ""

    def test_every_error_is_here(self):
        """Every public exception is in the tables above."""
        public = {getattr(errors, name) for name in errors.__all__} - {ScotIntegrationError, Fault}

        assert public == set(FAMILIES) == {type(each) for each in EXAMPLES}

    @pytest.mark.parametrize(("error", "builtin"), FAMILIES.items(), ids=lambda c: c.__name__)
    def test_family(self, error, builtin):
        """An error is one of ours and of the nearest built-in kind, and takes its fields by position."""
        assert issubclass(error, ScotIntegrationError)
        assert issubclass(error, builtin)
        assert not any(field.kw_only for field in attrs.fields(error))

    @pytest.mark.parametrize("error", EXAMPLES, ids=lambda e: type(e).__name__)
    def test_wording(self, error):
        """A text has no full stop at its end and no newline in its first line's middle."""
        first = str(error).splitlines()[0]

        assert "." != first[-1]
        assert first

    def test_module_is_sorted(self):
        """The public names are in order, and all of them are there."""
        classes = {
            name for name, each in vars(errors).items() if inspect.isclass(each) and each.__module__ == errors.__name__
        }

        assert sorted(errors.__all__) == errors.__all__
        assert classes == set(errors.__all__)


class TestNotFound:
    @given(st.lists(TEXTS, unique=True), TEXTS)
    def test_suggestions_are_known(self, known, name):
        """Only known names are suggested, at most three and each once."""
        error = NotFoundError.among("area", name, known)

        assert set(error.suggestions) <= set(known)
        assert len(set(error.suggestions)) == len(error.suggestions) <= 3

    @given(st.lists(st.text("abcdef ", min_size=4), unique_by=str.casefold, min_size=1), st.data())
    def test_case_is_ignored(self, known, data):
        """A name in other letters is suggested."""
        name = data.draw(st.sampled_from(known).filter(str.strip))

        assert name in NotFoundError.among("area", name.upper(), [name]).suggestions

    @pytest.mark.parametrize(
        ("expected", "name"),
        [
            (("Glasgow City",), "Glasgw"),
            (("East Ayrshire", "North Ayrshire", "South Ayrshire"), "ayrshire"),
            (("Fife",), "Fife Council"),
            ((), "Zzz"),
            ((), " "),
        ],
    )
    def test_near_misses(self, expected, name):
        """Parts of names and misspellings lead to the right names."""
        known = ["East Ayrshire", "Fife", "Glasgow City", "North Ayrshire", "South Ayrshire"]

        assert expected == NotFoundError.among("area", name, known).suggestions

    def test_several_suggestions(self):
        """Several suggestions are joined by or."""
        error = NotFoundError("area", "ayr", ("a",), ("East Ayrshire", "North Ayrshire", "South Ayrshire"))

        assert "no area 'ayr'; did you mean 'East Ayrshire', 'North Ayrshire' or 'South Ayrshire'?" == str(error)

    def test_nothing_alike(self):
        """Without suggestions, up to eight known names are listed and the rest are counted."""
        assert "no rule 'z'; known are 'a', 'b'" == str(NotFoundError("rule", "z", ("a", "b")))
        assert str(NotFoundError("rule", "z", tuple("abcdefghij"))).endswith("'g', 'h' and 2 more")

    def test_nothing_at_all(self):
        """Where nothing is known, the text says so."""
        assert "no rule 'z'; there is no rule at all" == str(NotFoundError("rule", "z", ()))


class TestLists:
    def test_load_error(self):
        """Every fault has a line of its own after the first."""
        error = LoadError("r.json", [FAULT, Fault("$.year", "expected a financial year")])

        assert [
            "cannot load 'r.json': 2 faults",
            "$.directions[3].payment: '-£1.00': expected money of £0 or more",
            "$.year: expected a financial year",
        ] == str(error).splitlines()
        assert isinstance(error.errors, tuple)

    def test_unlawful_error(self):
        """Every finding has a line of its own after the first."""
        assert "'Fife' is unlawful: 2 findings\nx\ny" == str(UnlawfulError("Fife", ["x", "y"]))
        assert "'Fife' is unlawful: 1 finding\nx" == str(UnlawfulError("Fife", ["x"]))

    def test_fault(self):
        """A fault is a value: equal by content, hashable and frozen."""
        assert FAULT == pickle.loads(pickle.dumps(FAULT))
        assert 1 == len({FAULT, copy.copy(FAULT)})
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            FAULT.path = "$"


class TestAmong:
    def test_no_text(self):
        """A name that is no text is shown as it is, without suggestions."""
        assert "no topic '3'; known are 'money', 'scheme'" == str(NotFoundError.among("topic", 3, ["money", "scheme"]))
