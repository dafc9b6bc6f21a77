"""The calibration notebook prints what it shows."""

import contextlib
import io
import json
from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).parents[2] / "examples" / "calibration.ipynb"

pytestmark = pytest.mark.skipif(not NOTEBOOK.exists(), reason="only beside the examples")


def cells():
    """Give the cells of the notebook."""
    return json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]


@pytest.mark.slow
def test_outputs():
    """Run from top to bottom, every cell prints what is kept under it."""
    namespace = {}
    for cell in cells():
        if cell["cell_type"] == "code":
            told = io.StringIO()
            with contextlib.redirect_stdout(told):
                exec(compile("".join(cell["source"]), cell["id"], "exec"), namespace)
            kept = "".join(line for output in cell["outputs"] for line in output["text"])
            assert kept == told.getvalue()


def test_honest():
    """It says what the model cannot say."""
    (last,) = cells()[-1:]
    assert last["source"][0].strip() == "## What the model cannot say"
    assert len(last["source"]) > 6
