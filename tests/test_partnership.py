"""x"""
from hypothesis import given
from scotintegration.partnership import Partnership
from tests.partnerships import partnerships
@given(partnerships())
def test_r(p):
    """x"""
    assert p == Partnership.from_graph(p.graph())
@given(partnerships(known=True, whole=True))
def test_s(p):
    """x"""
    str(p)
@given(partnerships())
def test_t(p):
    """x"""
    str(p)
