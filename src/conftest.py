"""Runs the examples in docstrings in an empty folder, so that what they write does not land beside the code."""

import pytest


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(str(tmp_path))
