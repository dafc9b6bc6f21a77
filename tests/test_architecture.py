"""The shape of the package: levels, names, lazy loading, and nothing of one machine in any file."""

import ast
import importlib
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

import scotintegration

NAME = "scotintegration"
PACKAGE = Path(str(scotintegration.__file__)).parent
ROOT = Path(__file__).parents[1]

# A module imports its own level and those below. A private module stands as high as anything it imports, ever.
LEVELS = {
    "errors": 0,
    "unknown": 0,
    "money": 0,
    "dates": 0,
    "prices": 0,
    "citations": 1,
    "tables": 0,
    "bodies": 2,
    "officers": 2,
    "functions": 2,
    "revisions": 2,
    "schemes": 2,
    "accounts": 2,
    "budgets": 2,
    "risk_shares": 2,
    "in_year": 2,
    "savings": 2,
    "performance": 2,
    "plans": 2,
    "meetings": 2,
    "directions": 2,
    "lifecycle": 2,
    "steps": 2,
    "scopes": 2,
    "ministers": 2,
    "registers": 2,
    "annual_reviews": 2,
    "evidence": 2,
    "proposals": 2,
    "evaluations": 2,
    "national": 2,
    "graphs": 3,
    "lines": 3,
    "law": 3,
    "partnership": 3,
    "network": 3,
    "accountability": 3,
    "flows": 3,
    "forecasts": 3,
    "recovery": 3,
    "set_asides": 3,
    "reports": 4,
    "receipts": 4,
    "gap_list": 4,
    "findings": 4,
    "differences": 4,
    "changes": 4,
    "timelines": 4,
    "approvals": 4,
    "decisions": 4,
    "drafting": 4,
    "coverage": 4,
    "mends": 4,
    "rules": 4,
    "simulation": 5,
    "scotland": 6,
    "examples": 6,
    "interchange": 6,
    "pictures": 6,
    "strategies": 6,
    "testing": 6,
    "__main__": 6,
    "": 7,
}

# Methods that reach upward: (module, what it imports inside a function, or for types only).
UPWARD = {
    ("rules", "mends"),
    ("partnership", "mends"),
    ("annual_reviews", "receipts"),
    ("annual_reviews", "rules"),
    ("differences", "simulation"),
    ("directions", "interchange"),
    ("flows", "pictures"),
    ("network", "interchange"),
    ("network", "reports"),
    ("network", "rules"),
    ("partnership", "approvals"),
    ("partnership", "decisions"),
    ("partnership", "drafting"),
    ("partnership", "gap_list"),
    ("partnership", "interchange"),
    ("partnership", "reports"),
    ("partnership", "rules"),
    ("receipts", "simulation"),
    ("registers", "interchange"),
    ("rules", "examples"),
    ("simulation", "interchange"),
}

AT_IMPORT = {"attrs", "cattrs", "networkx", "numpy"}  # what a module may import at its top, beside the standard library
WITH_HYPOTHESIS = {"strategies", "testing"}
HEAVY = ("cattrs", "hypothesis", "networkx", "numpy", "pandas")
VAGUE = {"common", "helpers", "misc", "util", "utils"}
SKIPPED = {"__pycache__", "build", "dist", "htmlcov", "site", "venv"}
HIDDEN = {".ci", ".gitattributes", ".github", ".gitignore"}


class Import(NamedTuple):
    """One import: who, what (dotted, below the package, or another package's name), and when."""

    module: str
    target: str
    ours: bool
    late: bool  # inside a function, or for types only
    line: int


@cache
def modules() -> dict[str, Path]:
    """Give the file of every module by its dotted name below the package; the package itself is the empty name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def top(module: str) -> str:
    """Name the module or package at the first level below ours."""
    return module.partition(".")[0]


def is_private(module: str) -> bool:
    """Tell whether any part of the name starts with an underscore; the command line is not private."""
    return any(part.startswith("_") and part != "__main__" for part in module.split("."))


def for_types(test: ast.expr) -> bool:
    """Tell whether a condition is TYPE_CHECKING."""
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )


def statements(node: ast.AST, late: bool = False) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    """Yield the imports below a node, and whether each waits until a call or is for types only."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, late
        elif isinstance(child, ast.If) and for_types(child.test):
            for part in child.body:
                yield from [(part, True)] if isinstance(part, ast.Import | ast.ImportFrom) else statements(part, True)
            for part in child.orelse:
                yield from [(part, late)] if isinstance(part, ast.Import | ast.ImportFrom) else statements(part, late)
        else:
            yield from statements(child, late or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda))


def targets(module: str, node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, bool]]:
    """Yield what a statement imports: a module's dotted name below the package, or another package."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            first, _, rest = alias.name.partition(".")
            yield (rest, True) if first == NAME else (first, False)
        return
    origin = node.module or ""
    if node.level:
        package = (
            [NAME, *module.split(".")] if modules()[module].name == "__init__.py" else [NAME, *module.split(".")][:-1]
        )
        package = [part for part in package if part]
        origin = ".".join([*package[: len(package) - node.level + 1], *([origin] if origin else [])])
    first, _, rest = origin.partition(".")
    if first != NAME:
        yield first, False
        return
    for alias in node.names:
        below = f"{rest}.{alias.name}".lstrip(".")
        yield (below if below in modules() else rest), True


@cache
def imports() -> tuple[Import, ...]:
    """List every import of every module."""
    return tuple(
        Import(module, target, ours, late, node.lineno)
        for module, path in modules().items()
        for node, late in statements(ast.parse(path.read_text(encoding="utf-8")))
        for target, ours in targets(module, node)
    )


@cache
def level(module: str) -> int:
    """Give a module's level; a private one at the top stands as high as the highest that it leads to."""
    highest, seen, ahead = 0, set(), [module]
    while ahead:
        here = ahead.pop()
        if top(here) in LEVELS:
            highest = max(highest, LEVELS[top(here)])
        elif here not in seen:
            seen.add(here)
            ahead += [item.target for item in imports() if item.module == here and item.ours]
    return highest


class TestLevels:
    def test_known(self):
        """Every public module has a level."""
        unknown = {top(module) for module in modules() if not is_private(module)} - set(LEVELS)
        assert set() == unknown, "give it a level in LEVELS, as the design has it"

    def test_direction(self):
        """A module imports its own level and lower ones only, but for the few pairs named above."""
        wrong = [
            f"{item.module or NAME}:{item.line} imports {item.target or NAME}"
            for item in imports()
            if item.ours and level(item.target) > level(item.module)
            if not (item.late and (top(item.module), top(item.target)) in UPWARD)
        ]
        assert [] == wrong

    def test_upward(self):
        """Every pair that may reach upward does, as soon as both modules are there."""
        done = {(top(item.module), top(item.target)) for item in imports() if item.ours and item.late}
        there = {top(module) for module in modules()}
        assert set() == {pair for pair in UPWARD - done if there.issuperset(pair)}

    def test_no_cycle(self):
        """No module needs, while it is loaded, one that is waiting for it."""
        needs: dict[str, set[str]] = {module: set() for module in modules()}
        for item in imports():
            if item.ours and not item.late and item.target != item.module:
                needs[item.module].add(item.target)
        while free := [module for module, needed in needs.items() if not needed]:
            for module in free:
                del needs[module]
            for needed in needs.values():
                needed.difference_update(free)
        assert {} == needs

    def test_other_packages(self):
        """At its top a module imports the run-time dependencies only, and Hypothesis where strategies are."""
        wrong = [
            f"{item.module or NAME}:{item.line} imports {item.target}"
            for item in imports()
            if not item.ours and not item.late and item.target not in sys.stdlib_module_names | AT_IMPORT
            if not (item.target == "hypothesis" and top(item.module) in WITH_HYPOTHESIS)
        ]
        assert [] == wrong


class TestModules:
    def test_docstring(self):
        """Every module says what it is."""
        assert [] == [
            module for module, path in modules().items() if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
        ]

    def test_all(self):
        """Every public module lists its public names, sorted, each of them there."""
        wrong = []
        for module in modules():
            if module == "" or is_private(module):
                continue
            loaded = importlib.import_module(f"{NAME}.{module}")
            listed = getattr(loaded, "__all__", None)
            if listed is None or list(listed) != sorted(listed, key=in_order):
                wrong.append(f"{module}: no sorted __all__")
            else:
                wrong += [f"{module}.{name} is not there" for name in listed if not hasattr(loaded, name)]
        assert [] == wrong

    def test_described(self):
        """Every public class and function has a docstring."""
        wrong = []
        for module in modules():
            if module and not is_private(module):
                loaded = importlib.import_module(f"{NAME}.{module}")
                values = {name: getattr(loaded, name) for name in getattr(loaded, "__all__", ())}
                wrong += [f"{module}.{name}" for name, value in values.items() if not described(value)]
        assert [] == wrong

    def test_names(self):
        """No module has a name that says nothing."""
        assert [] == [module for module in modules() if VAGUE & set(re.split(r"[._]", module))]

    def test_no_star(self):
        """Nobody imports a star."""
        assert [] == [
            f"{module}:{node.lineno}"
            for module, path in modules().items()
            for node, _ in statements(ast.parse(path.read_text(encoding="utf-8")))
            if any(alias.name == "*" for alias in node.names)
        ]


def in_order(name: str) -> tuple[int, str]:
    """Order names: constants, then classes, then the rest."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2), name


def described(value: object) -> bool:
    """Tell whether a class or function has a docstring; other values take theirs from their class."""
    if inspect.isclass(value) or inspect.isroutine(value):
        return bool((value.__doc__ or "").strip())
    return True


def in_fresh_interpreter(code: str) -> str:
    """Run code in an interpreter of its own and give what it printed; anything on its error stream fails."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout


class TestLoading:
    def test_alone(self, tmp_path):
        """Importing the package loads nothing heavy, prints nothing, starts no thread and writes no file."""
        code = (
            "import os, sys, threading\n"
            f"os.chdir({str(tmp_path)!r})\n"
            "before = set(sys.modules)\n"
            "written = []\n"
            "sys.addaudithook(lambda event, args: event == 'open' and isinstance(args[1], str)"
            " and set(args[1]) & set('wax+') and '__pycache__' not in str(args[0]) and written.append(args[0]))\n"
            f"import {NAME}\n"
            f"heavy = set({HEAVY!r}) & set(sys.modules)\n"
            "ours = {name for name in set(sys.modules) - before if name.startswith('scotintegration.')}\n"
            "print(sorted(heavy), sorted(ours), written, os.listdir(), threading.active_count())\n"
        )
        assert f"[] ['{NAME}._version'] [] [] 1\n" == in_fresh_interpreter(code)

    def test_values(self):
        """The values of the lower levels need neither arrays nor graphs."""
        names = [name for name, home in scotintegration._HOME.items() if level(home) <= 2]
        code = (
            f"import sys, {NAME} as si\n"
            f"for name in {names!r}:\n    getattr(si, name)\n"
            f"print(sorted(set({HEAVY!r}) & set(sys.modules)))\n"
        )
        assert "[]\n" == in_fresh_interpreter(code)

    @pytest.mark.parametrize("name", sorted(scotintegration._HOME))
    def test_public_name(self, name):
        """Each public name loads on first use, is what its module lists, and is described."""
        value = getattr(scotintegration, name)
        home = importlib.import_module(f"{NAME}.{scotintegration._HOME[name]}")
        assert getattr(home, name) is value
        assert name in home.__all__
        assert not isinstance(value, ModuleType)
        assert described(value)

    def test_listed(self):
        """The public names are sorted, and shown before they are loaded."""
        assert sorted(scotintegration.__all__) == scotintegration.__all__
        assert list(scotintegration._HOME) == scotintegration.__all__
        assert set(dir(scotintegration)) >= {*scotintegration.__all__, "__version__"}

    def test_same_for_type_checkers(self):
        """What type checkers read and what is loaded are one list."""
        tree = ast.parse(modules()[""].read_text(encoding="utf-8"))
        (block,) = (node for node in tree.body if isinstance(node, ast.If) and for_types(node.test))
        read = {}
        for node in block.body:
            assert isinstance(node, ast.ImportFrom)
            for alias in node.names:
                assert alias.name == alias.asname
                read[alias.name] = node.module
        public = {name: f"{NAME}.{home}" for name, home in scotintegration._HOME.items()}
        submodules = {name for name, origin in read.items() if origin == NAME}
        assert public == {name: origin for name, origin in read.items() if name not in submodules}
        assert submodules <= set(modules())

    def test_submodule(self):
        """A submodule is reached as an attribute."""
        assert "True\n" == in_fresh_interpreter(f"import {NAME} as si; print(si.money.Money is si.Money)")

    def test_public_name_outranks_submodule(self):
        """Importing a submodule does not hide the public name that it shares."""
        shared = sorted(set(scotintegration._HOME) & {top(module) for module in modules()})
        code = "import importlib, {0} as si\n" + "".join(
            f"importlib.import_module('{NAME}.{name}')\nassert type(si.{name}).__name__ != 'module', {name!r}\n"
            for name in shared
        )
        assert "citations" in shared
        assert "" == in_fresh_interpreter(code.format(NAME))

    def test_missing(self):
        """A name that is not there is an attribute error, whatever it looks like."""
        for name in ("nothing_of_the_kind", "_private", "__wrapped__"):
            with pytest.raises(AttributeError, match=f"has no attribute '{name}'"):
                getattr(scotintegration, name)

    def test_broken_submodule(self, tmp_path, monkeypatch):
        """A submodule that lacks something says what it lacks, not that it is missing itself."""
        (tmp_path / "lacking.py").write_text("import nothing_of_the_kind\n", encoding="utf-8")
        monkeypatch.setattr(scotintegration, "__path__", [*scotintegration.__path__, str(tmp_path)])
        with pytest.raises(ModuleNotFoundError, match="nothing_of_the_kind"):
            scotintegration.lacking  # noqa: B018

    def test_typed(self):
        """The package says that it is typed."""
        assert (PACKAGE / "py.typed").exists()


def text_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the files of the project as text, leaving out what is built, cached or somebody's own."""
    for path in sorted(folder.iterdir()):
        if path.name in SKIPPED or (path.name.startswith(".") and path.name not in HIDDEN):
            continue
        if path.is_dir():
            yield from text_files(path)
        else:
            yield path, path.read_text(encoding="utf-8", errors="replace")


class TestFiles:
    def test_no_machine_paths(self):
        """No file names a folder of the machine it was written on."""
        folders = "|".join(["home", "root", "work", "Users"])
        pattern = re.compile(rf"(?<![\w.:/*-])/(?:{folders})/")  # an address of the web has a host before it
        start = ROOT if (ROOT / "pyproject.toml").exists() else PACKAGE
        found = [
            f"{path.relative_to(start)}: {match.group()}"
            for path, text in text_files(start)
            for match in pattern.finditer(text)
        ]
        assert [] == found
