"""
How many small faults put into the rules do the tests of those rules notice?

A fault (mutant) is one change to the syntax tree of one module of ``rules/``, and its tests are those of the module
and, in the walk over the registry, those of the ids of its rules. A private module without tests of its own is tested
by the tests of the modules that import it. Every fault is put into a copy, never into this tree.

Left alone are docstrings, annotations, imports, what decorators are given (the walk compares it with the rulebook),
texts that nothing is compared with, and functions that do nothing but make the examples of rules.

The operators are our own: those of cosmic-ray change annotations too, draw half of all faults from swapping every
comparison for every other, and know neither ``in`` nor a dropped ``yield``.

    python benchmarks/mutation.py --mutants 300 --seed 1 --jobs 2 --list-survivors
"""

import argparse
import ast
import itertools
import os
import queue
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias, TypeVar

ROOT = Path(__file__).resolve().parents[1]
RULES = Path("src/scotintegration/rules")
TESTS = Path("tests/rules")
WALK = "test_registry.py"
WANTED = 0.9

N = TypeVar("N", bound=ast.AST)
Variants: TypeAlias = Iterator[ast.AST]

# -- what may be changed -----------------------------------------------------------------------------------------

COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
WORKED_OUT: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
CALLED = {"all": "any", "any": "all", "max": "min", "min": "max"}


def changed(node: N, **fields: object) -> N:
    """Copy a node with other fields."""
    copy = type(node)(**{**dict(ast.iter_fields(node)), **fields})
    return ast.copy_location(copy, node)


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def comparison(node: ast.AST) -> Variants:
    if isinstance(node, ast.Compare):
        for i, op in enumerate(node.ops):
            for other in COMPARED[type(op)]:
                yield changed(node, ops=[*node.ops[:i], other(), *node.ops[i + 1 :]])


def and_or(node: ast.AST) -> Variants:
    if isinstance(node, ast.BoolOp):
        yield changed(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def operand_dropped(node: ast.AST) -> Variants:
    if isinstance(node, ast.BoolOp):
        for i in range(len(node.values)):
            yield changed(node, values=[*node.values[:i], *node.values[i + 1 :]])


def not_dropped(node: ast.AST) -> Variants:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand


def fixed(test: ast.expr, *values: bool) -> Iterator[ast.expr]:
    """Fix a condition; negate it too, unless that is what another operator does."""
    yield from (ast.Constant(value) for value in values)
    if not isinstance(test, ast.Compare) and not (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)):
        yield ast.UnaryOp(ast.Not(), test)


def condition(node: ast.AST) -> Variants:
    if isinstance(node, (ast.If, ast.IfExp)):
        for test in fixed(node.test, True, False):
            yield changed(node, test=test)
    elif isinstance(node, ast.While):
        for test in fixed(node.test, False):
            yield changed(node, test=test)
    elif isinstance(node, ast.comprehension):
        for i, one in enumerate(node.ifs):
            for test in fixed(one, True, False):
                yield changed(node, ifs=[*node.ifs[:i], test, *node.ifs[i + 1 :]])


def arithmetic(node: ast.AST) -> Variants:
    if isinstance(node, ast.BinOp) and (is_text(node.left) or is_text(node.right)):
        return
    if isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in WORKED_OUT:
        yield changed(node, op=WORKED_OUT[type(node.op)]())


def number(node: ast.AST) -> Variants:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield ast.Constant(node.value + 1)
        yield ast.Constant(node.value - 1)


def truth(node: ast.AST) -> Variants:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)


def text_compared(node: ast.AST) -> Variants:
    """Change a text that something is compared with, alone or in a display."""
    if not isinstance(node, ast.Compare):
        return
    sides = [node.left, *node.comparators]
    for i, side in enumerate(sides):
        for other in other_texts(side):
            sides_now = [*sides[:i], other, *sides[i + 1 :]]
            yield changed(node, left=sides_now[0], comparators=sides_now[1:])


def other_texts(side: ast.expr) -> Iterator[ast.expr]:
    if isinstance(side, ast.Constant) and isinstance(side.value, str):
        yield ast.Constant(f"not {side.value}")
    elif isinstance(side, (ast.Tuple, ast.List, ast.Set)):
        for i, element in enumerate(side.elts):
            for other in other_texts(element):
                yield changed(side, elts=[*side.elts[:i], other, *side.elts[i + 1 :]])


def element_dropped(node: ast.AST) -> Variants:
    """Drop an element of a display that is searched, walked over or named."""
    if isinstance(node, ast.Compare):
        for i, op in enumerate(node.ops):
            if isinstance(op, (ast.In, ast.NotIn)):
                for fewer in shorter(node.comparators[i]):
                    yield changed(node, comparators=[*node.comparators[:i], fewer, *node.comparators[i + 1 :]])
    elif isinstance(node, (ast.For, ast.comprehension)):
        for fewer in shorter(node.iter):
            yield changed(node, iter=fewer)
    elif isinstance(node, (ast.Assign, ast.AnnAssign)) and not isinstance(target_of(node), ast.Tuple):
        for fewer in shorter(node.value):
            yield changed(node, value=fewer)


def target_of(node: ast.Assign | ast.AnnAssign) -> ast.expr:
    return node.target if isinstance(node, ast.AnnAssign) else node.targets[0]


def shorter(display: ast.expr | None) -> Variants:
    if isinstance(display, ast.Call) and len(display.args) == 1:  # such as frozenset({...})
        for fewer in shorter(display.args[0]):
            yield changed(display, args=[fewer])
    elif isinstance(display, (ast.Tuple, ast.List, ast.Set)) and len(display.elts) > 1:
        for i in range(len(display.elts)):
            yield changed(display, elts=[*display.elts[:i], *display.elts[i + 1 :]])


def result_dropped(node: ast.AST) -> Variants:
    if isinstance(node, ast.Return) and node.value is not None:
        if not (isinstance(node.value, ast.Constant) and node.value.value is None):
            yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.Expr) and isinstance(node.value, (ast.Yield, ast.YieldFrom)):
        nothing = ast.Expr(ast.YieldFrom(ast.Tuple([], ast.Load())))  # still a generator
        if ast.unparse(node) != ast.unparse(nothing):
            yield nothing


def statement_dropped(node: ast.AST) -> Variants:
    ends = isinstance(node, ast.Return) and node.value is None
    acts = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    if ends or acts or isinstance(node, (ast.AugAssign, ast.Raise, ast.Continue, ast.Break)):
        yield ast.Pass()


def loop_control(node: ast.AST) -> Variants:
    if isinstance(node, ast.Continue):
        yield ast.Break()
    elif isinstance(node, ast.Break):
        yield ast.Continue()


def keyword_dropped(node: ast.AST) -> Variants:
    if isinstance(node, ast.Call):
        for i, one in enumerate(node.keywords):
            if one.arg is not None:
                yield changed(node, keywords=[*node.keywords[:i], *node.keywords[i + 1 :]])


def call_swapped(node: ast.AST) -> Variants:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLED:
        yield changed(node, func=ast.Name(CALLED[node.func.id], ast.Load()))


def error_let_through(node: ast.AST) -> Variants:
    if isinstance(node, ast.ExceptHandler):
        yield changed(node, type=ast.Tuple([], ast.Load()))


OPERATORS: tuple[Callable[[ast.AST], Variants], ...] = (
    and_or,
    arithmetic,
    call_swapped,
    comparison,
    condition,
    element_dropped,
    error_let_through,
    keyword_dropped,
    loop_control,
    not_dropped,
    number,
    operand_dropped,
    result_dropped,
    statement_dropped,
    text_compared,
    truth,
)


# -- where it may be changed -------------------------------------------------------------------------------------


def is_left_alone(node: ast.AST, examples: frozenset[str]) -> bool:
    """Tell whether nothing in a node is law: imports, names of types, and what only makes examples."""
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    if isinstance(node, ast.FunctionDef):
        return node.name in examples
    if isinstance(node, ast.Assign):
        named = isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__"
        return named or (isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "TypeVar")
    if isinstance(node, ast.AnnAssign):
        return ast.unparse(node.annotation) == "TypeAlias"
    return isinstance(node, (ast.Import, ast.ImportFrom))


def put(parent: ast.AST, field: str, place: int | None, node: ast.AST) -> None:
    if place is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[place] = node


def places(parent: ast.AST, examples: frozenset[str]) -> Iterator[tuple[ast.AST, Callable[[ast.AST], None]]]:
    """List every node that may be changed, each with what puts another in its place, in a fixed order."""
    for field, value in ast.iter_fields(parent):
        if field in {"decorator_list", "annotation", "returns"}:
            continue
        for i, node in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(node, ast.AST) and not is_left_alone(node, examples):
                yield node, partial(put, parent, field, i if isinstance(value, list) else None)
                yield from places(node, examples)


class Mutant(NamedTuple):
    """One fault: its place among those of its module, what it does, and where."""

    module: str
    number: int
    operator: str
    line: int
    before: str
    after: str

    def __str__(self) -> str:
        return f"{RULES / self.module}.py:{self.line} {self.operator}\n  - {self.before}\n  + {self.after}"


def one_line(node: ast.AST) -> str:
    """Show a node, of a statement that holds others only its first line."""
    text = ast.unparse(node)
    return text.partition("\n")[0] if isinstance(node, (ast.stmt, ast.comprehension)) else text


def changes(source: str, examples: frozenset[str]) -> Iterator[tuple[str, ast.AST, ast.AST, ast.Module]]:
    """Give each change of a source in turn: operator, node before, node after, and the tree, changed for that turn."""
    tree = ast.parse(source)
    for node, place in list(places(tree, examples)):
        for operator in OPERATORS:
            for other in operator(node):
                place(ast.fix_missing_locations(ast.copy_location(other, node)))
                yield operator.__name__, node, other, tree
                place(node)


def possible(module: str, source: str, examples: frozenset[str]) -> list[Mutant]:
    """List every fault of a module."""
    found = []
    for number, (operator, node, other, _) in enumerate(changes(source, examples)):
        line = (node.target if isinstance(node, ast.comprehension) else node).lineno  # type: ignore[attr-defined]
        found.append(Mutant(module, number, operator, line, one_line(node), one_line(other)))
    return found


def faulty(source: str, number: int, examples: frozenset[str]) -> str:
    """Give the source with one fault."""
    *_, tree = next(itertools.islice(changes(source, examples), number, None))
    return ast.unparse(tree)


# -- which tests are whose ---------------------------------------------------------------------------------------


class Module(NamedTuple):
    """A module of the rules: its source, the ids of its rules, whom it imports, and what only makes examples."""

    source: str
    ids: tuple[str, ...]
    imports: frozenset[str]
    examples: frozenset[str]


def read_modules(folder: Path) -> dict[str, Module]:
    """Read every module of the rules."""
    sources = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))}
    trees = {name: ast.parse(source) for name, source in sources.items()}
    examples = example_makers(trees)
    return {
        name: Module(
            source=sources[name],
            ids=tuple(ids_in(tree)),
            imports=frozenset(module for module, _ in imported(tree).values()),
            examples=frozenset(function for module, function in examples if module == name),
        )
        for name, tree in trees.items()
    }


def ids_in(tree: ast.Module) -> Iterator[str]:
    """Give the ids of the rules that a module makes; some are constants of it."""
    kept = {ast.unparse(target_of(one)): one.value for one in tree.body if isinstance(one, (ast.Assign, ast.AnnAssign))}
    for node in tree.body:
        for one in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
            if isinstance(one, ast.Call) and ast.unparse(one.func) == "rule":
                id = kept.get(one.args[0].id) if isinstance(one.args[0], ast.Name) else one.args[0]
                if not (isinstance(id, ast.Constant) and isinstance(id.value, str)):
                    raise ValueError(f"the id {ast.unparse(one.args[0])} cannot be read")
                yield id.value


def imported(tree: ast.Module) -> dict[str, tuple[str, str]]:
    """Give what a module imports of other modules of the rules, by the name it has here."""
    start = "scotintegration.rules."
    return {
        alias.asname or alias.name: (node.module.removeprefix(start), alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module is not None and node.module.startswith(start)
        for alias in node.names
    }


def example_makers(trees: dict[str, ast.Module]) -> set[tuple[str, str]]:
    """Find the functions that only the examples of rules use, directly or through one another."""
    used_by: defaultdict[tuple[str, str], set[tuple[str, str] | None]] = defaultdict(set)
    example = ("", "an example")
    for name, tree in trees.items():
        known = imported(tree) | {one.name: (name, one.name) for one in tree.body if isinstance(one, ast.FunctionDef)}
        shown = {
            id(node)
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "rule"
            for given in call.keywords
            if given.arg in {"passes", "fails"}
            for node in ast.walk(given.value)
        }
        for statement in tree.body:
            user = (name, statement.name) if isinstance(statement, ast.FunctionDef) else None
            for node in ast.walk(statement):
                if isinstance(node, ast.Name) and node.id in known:
                    used_by[known[node.id]].add(example if id(node) in shown else user)
    found: set[tuple[str, str] | None] = {example}
    while more := {one for one, users in used_by.items() if users - {one} and users - {one} <= found} - found:
        found |= more
    return {one for one in found if one is not None and one != example}


def tests_of(name: str, modules: dict[str, Module]) -> tuple[list[str], list[str]]:
    """Give the test files of a module, and the ids of its rules; of a shared module those of its users."""
    own = f"test_{name.lstrip('_')}.py"
    if name == "__init__":
        return [WALK], []
    shared = name.startswith("_") and name.lstrip("_") in modules
    if (ROOT / TESTS / own).exists() and not shared:
        return [own], list(modules[name].ids)
    files, ids = [], []
    for user in [user for user, one in modules.items() if name in one.imports]:
        more_files, more_ids = tests_of(user, modules)
        files += more_files
        ids += more_ids
    return sorted(set(files), key=lambda file: (file == WALK, file)) or [WALK], sorted(set(ids))


# -- trying ------------------------------------------------------------------------------------------------------


class Bench:
    """Copies of the sources and tests, one for each job."""

    def __init__(self, folder: Path, jobs: int) -> None:
        self.copies: queue.Queue[Path] = queue.Queue()
        self.environment = {**os.environ, "HYPOTHESIS_PROFILE": "ci", "PYTHONHASHSEED": "0"}
        ignored = shutil.ignore_patterns("__pycache__", ".*")
        for job in range(jobs):
            copy = folder / str(job)
            for part in ("src", "tests"):
                shutil.copytree(ROOT / part, copy / part, ignore=ignored)
            shutil.copy(ROOT / "pyproject.toml", copy)
            # by hash, for a fault may leave the size of a file and the second of its change as they were
            by_hash = ["--invalidation-mode", "checked-hash"]
            subprocess.run([sys.executable, "-m", "compileall", "-q", *by_hash, "src"], cwd=copy, check=True)
            self.copies.put(copy)
        self.modules = read_modules(copy / RULES)
        self.limits: dict[str, float] = {}

    def run(self, module: str, source: str, limit: float | None) -> subprocess.CompletedProcess[str]:
        """Run the tests of a module against another source of it."""
        files, ids = tests_of(module, self.modules)
        chosen = " or ".join([*files, *(f"[{id}]" for id in ids)])
        walk = [WALK] if ids and WALK not in files else []
        options = ["-q", "-x", "--tb=line", "-p", "no:cacheprovider", "-k", chosen]
        command = [sys.executable, "-m", "pytest", *options, *(str(TESTS / file) for file in [*files, *walk])]
        copy = self.copies.get()
        place = copy / RULES / f"{module}.py"
        try:
            place.write_text(source, encoding="utf-8")
            environment = {**self.environment, "PYTHONPATH": str(copy / "src")}
            return subprocess.run(command, cwd=copy, env=environment, timeout=limit, capture_output=True, text=True)
        finally:
            place.write_text(self.modules[module].source, encoding="utf-8")
            self.copies.put(copy)

    def unchanged(self, module: str) -> None:
        """Make sure that the tests of a module pass without a fault, and see how long they take."""
        start = time.perf_counter()
        done = self.run(module, ast.unparse(ast.parse(self.modules[module].source)), None)
        if done.returncode:
            raise SystemExit(f"the tests of {module} fail as it stands:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        self.limits[module] = 20 + 10 * (time.perf_counter() - start)

    def fate(self, mutant: Mutant) -> str:
        """Tell what became of a fault."""
        module = self.modules[mutant.module]
        try:
            source = faulty(module.source, mutant.number, module.examples)
            done = self.run(mutant.module, source, self.limits[mutant.module])
        except subprocess.TimeoutExpired:
            fate = "time limit"
        else:
            fate = {0: "survived", 1: "failing test"}.get(done.returncode, "not importable")
        print({"survived": "S", "failing test": ".", "time limit": "t"}.get(fate, "i"), end="", flush=True)
        return fate


def main() -> int:
    """Print the share of faults noticed; the exit status tells whether it is too small."""
    parser = argparse.ArgumentParser(description=__doc__.strip().partition("\n")[0])
    parser.add_argument("--mutants", type=int, default=300, help="how many faults to draw")
    parser.add_argument("--seed", type=int, default=1, help="of the draw")
    parser.add_argument("--jobs", type=int, default=2, help="how many to try at once")
    parser.add_argument("--list-survivors", action="store_true", help="show the faults that no test noticed")
    given = parser.parse_args()

    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(given.jobs) as pool:
        bench = Bench(Path(folder), given.jobs)
        every = [one for name, it in bench.modules.items() for one in possible(name, it.source, it.examples)]
        drawn = sorted(random.Random(given.seed).sample(every, min(given.mutants, len(every))))
        hit = sorted({one.module for one in drawn})
        print(f"{len(every)} mutants of {len(bench.modules)} modules; {len(drawn)} drawn with seed {given.seed}")
        list(pool.map(bench.unchanged, hit))
        print(f"the tests of {len(hit)} modules pass without a fault ({time.perf_counter() - start:.0f} s)")
        fates = list(pool.map(bench.fate, drawn))
    print()

    survivors = [one for one, fate in zip(drawn, fates, strict=True) if fate == "survived"]
    if given.list_survivors:
        print(*survivors, sep="\n")
    drawn_by, survived_by = (Counter(one.operator for one in some) for some in (drawn, survivors))
    for operator, count in drawn_by.most_common():
        print(f"  {count - survived_by[operator]:4} of {count:4}  {operator}")
    ways = ", ".join(f"{count} by {way}" for way, count in Counter(fates).most_common() if way != "survived")
    killed = len(drawn) - len(survivors)
    print(f"killed {killed} of {len(drawn)} ({killed / len(drawn):.1%}): {ways}; {time.perf_counter() - start:.0f} s")
    return 0 if killed >= WANTED * len(drawn) else 1


if __name__ == "__main__":
    sys.exit(main())
