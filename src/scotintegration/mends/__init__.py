"""What mends a partnership: for every rule the least change of values after which it is kept."""

from __future__ import annotations

from scotintegration.mends._completing import Completion, Mend, completion
from scotintegration.mends._table import mend_of

__all__ = ["Completion", "Mend", "completion", "mend_of"]
