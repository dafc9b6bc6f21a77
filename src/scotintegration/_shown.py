"""What a notebook shows of a value (private)."""

from __future__ import annotations

from html import escape


class Shown:
    """A value that a notebook shows as a table: its own, where it makes one, else of its fields."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Give static, accessible HTML."""
        from scotintegration.tables import card  # tables hold values that are shown

        table = self.to_table() if hasattr(self, "to_table") else card(self)
        return str(table._repr_html_())


class Printed:
    """A small value that a notebook shows as its text."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Give the text, escaped; a link where the value has an address."""
        text, address = escape(str(self)), getattr(self, "url", "")
        return f'<a href="{escape(address)}">{text}</a>' if address else f"<span>{text}</span>"
