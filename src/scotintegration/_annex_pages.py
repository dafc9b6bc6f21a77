"""A page to print as an annex to a board paper: headings, tables, nothing that moves (private)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Final

from scotintegration._writing import write_text

if TYPE_CHECKING:
    from os import PathLike

    from scotintegration.tables import Table

_DATE_CELL: Final = re.compile(r'(<td style="[^"]*)(">[0-9]{4}-[0-9]{2}-[0-9]{2}</td>)')
_STYLE: Final = (
    "body{font-family:Arial,Helvetica,sans-serif;font-size:12pt;line-height:1.45;color:#000;background:#fff;"
    "max-width:75em;margin:2em auto;padding:0 1em}"
    "h1{font-size:1.7em;line-height:1.2}h2{font-size:1.25em;margin:2em 0 0.3em}"
    "thead{display:table-header-group}footer{font-size:85%;margin-top:3em;overflow-wrap:anywhere}"
    "@media print{body{max-width:none;margin:0;padding:0;font-size:9pt}h2{break-after:avoid}tr{break-inside:avoid}"
    "caption{break-after:avoid}}@page{size:A4 landscape;margin:15mm}"
)


def page(
    title: str,
    summary: str,
    sections: Mapping[str, Table],
    *,
    made: str = "",
    path: str | PathLike[str] | None = None,
) -> str:
    """Write a page in British English, a section a table, without script; to a file too where a path is given."""
    body = [f"<h1>{escape(title)}</h1>", f"<p>{escape(summary)}.</p>"]
    for head, table in sections.items():
        shown = _DATE_CELL.sub(r"\1;white-space:nowrap\2", table.to_html()) if len(table) else "<p>None.</p>"
        body.append(f"<section>\n<h2>{escape(head)}</h2>\n{shown}\n</section>")
    foot = f"\n<footer><p>{escape(made)}</p></footer>" if made else ""
    html = (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(body)
        + f"\n</main>{foot}\n</body>\n</html>\n"
    )
    if path is not None:
        write_text(path, html)
    return html
