"""README.md and the glossary say what is so."""

import importlib
import pkgutil
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import scotintegration

ROOT = Path(__file__).parents[1]
GLOSSARY = ROOT / "docs" / "reference" / "glossary.md"

pytestmark = pytest.mark.skipif(not (ROOT / "README.md").exists(), reason="only beside the documents")


def blocks(path: Path, language: str) -> list[str]:
    """List the fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def entries() -> dict[str, str]:
    """Give each entry of the glossary under its heading."""
    first, *parts = re.split(r"^## ", GLOSSARY.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert first.startswith("# Glossary")
    return dict(part.split("\n", 1) for part in parts)


class TestReadme:
    def test_example(self, tmp_path):
        """The example prints what the page shows, in an empty folder."""
        (code,), (shown,) = blocks(ROOT / "README.md", "python"), blocks(ROOT / "README.md", "text")
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert ("", shown) == (done.stderr, done.stdout)

    def test_commands(self):
        """The two commands are there to be copied."""
        assert [
            'python -m pip install . && scotintegration simulate "Glasgow City" --years 3 --seed 1\n',
            'python -m pip install -e ".[dev]" && python -m pytest -n 2\n',
        ] == blocks(ROOT / "README.md", "console")

    def test_links(self):
        """Every relative link of the documents leads to a file."""
        pages = [ROOT / "README.md", ROOT / "examples" / "README.md", *(ROOT / "docs").rglob("*.md")]
        links = [
            (page, link)
            for page in pages
            for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
            if ":" not in link
        ]
        assert links
        assert [] == [(page.name, link) for page, link in links if not (page.parent / link).exists()]


class TestGlossary:
    def test_order(self):
        """Entries are in the order of the alphabet."""
        assert sorted(entries(), key=str.lower) == list(entries())

    def test_provisions(self):
        """Every entry names its provision."""
        lacking = [term for term, text in entries().items() if not re.search(r"^Provision: .*\d.*\.$", text, re.M)]
        assert [] == lacking

    def test_names(self):
        """Every name that an entry gives is one of the library's."""
        homes = {}
        for found in pkgutil.walk_packages(scotintegration.__path__, "scotintegration."):
            if not any(part.startswith("_") for part in found.name.split(".")):
                module = importlib.import_module(found.name)
                homes.update({name: getattr(module, name) for name in getattr(module, "__all__", ())})
        named = {
            name
            for text in entries().values()
            for line in re.findall(r"^In the library: (.*)\.$", text, re.M)
            for name in re.findall(r"`([^`]+)`", line)
        }
        assert len(named) > 20
        assert [] == sorted(name for name in named if not resolves(name, homes))


def resolves(name: str, homes: dict[str, object]) -> bool:
    """Tell whether a name, such as Direction.specified, is one of the library's."""
    first, _, rest = name.partition(".")
    value = homes.get(first)
    return value is not None and (not rest or hasattr(value, rest) or rest in getattr(value, "__annotations__", {}))


class TestRulebook:
    @pytest.mark.parametrize("name", ["rulebook", "coverage"])
    def test_page(self, name):
        """The pages on rules and on their coverage say what the registry says."""
        maker = ROOT / "docs" / "reference" / f"_{name}.py"
        made = runpy.run_path(str(maker))["page"]()
        assert made == (maker.parent / f"{name}.md").read_text(encoding="utf-8")
