"""Drawing SVG as text: escaped, whole numbers only, with a title and a description (private)."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

INK: Final = "#1a1a1a"
PALE: Final = "#555555"
_FONT: Final = "Arial, Helvetica, sans-serif"
_WIDE: Final = 60
"""How wide a letter is taken to be, in hundredths of its size; a little more than most fonts need."""


def fitted(text: str, width: int, size: int) -> str:
    """Shorten a text to what fits into a width at a size, with an ellipsis where something is left out."""
    room = max(1, 100 * width // (_WIDE * size))
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"


def words(
    text: str, x: int, y: int, *, size: int = 13, anchor: str = "start", bold: bool = False, ink: str = INK
) -> str:
    """Write one line of text."""
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="{ink}"{weight}>{escape(text)}</text>'


def bar(x: int, y: int, width: int, height: int, colour: str, *, dashed: bool = False) -> str:
    """Draw an upright bar; a dashed one is hollow."""
    if dashed:
        style = f'fill="#ffffff" stroke="{colour}" stroke-width="2" stroke-dasharray="5 3"'
    else:
        style = f'fill="{colour}"'
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" {style}/>'


def ribbon(x1: int, y1: int, x2: int, y2: int, height: int, colour: str, *, dashed: bool = False) -> str:
    """Draw a band of one height from one bar to another; a dashed one is paler and has an outline."""
    mid = (x1 + x2) // 2
    path = (
        f"M{x1} {y1}C{mid} {y1} {mid} {y2} {x2} {y2}V{y2 + height}"
        f"C{mid} {y2 + height} {mid} {y1 + height} {x1} {y1 + height}Z"
    )
    outline = f' stroke="{colour}" stroke-dasharray="5 3"' if dashed else ""
    return f'<path d="{path}" fill="{colour}" fill-opacity="{"0.15" if dashed else "0.4"}"{outline}/>'


def group(title: str, parts: Iterable[str]) -> str:
    """Put what belongs together under a title, which a reader of the picture is told."""
    return f"<g><title>{escape(title)}</title>{''.join(parts)}</g>"


def picture(id: str, title: str, description: str, width: int, height: int, parts: Iterable[str]) -> str:
    """Give a whole picture on white, with its title and description."""
    body = "\n".join(parts)
    name = escape(id, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="{name}-title {name}-desc" font-family="{_FONT}">\n'
        f'<title id="{name}-title">{escape(title)}</title>\n<desc id="{name}-desc">{escape(description)}</desc>\n'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>\n{body}\n</svg>\n'
    )
