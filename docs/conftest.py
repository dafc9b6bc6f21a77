"""Runs the Python examples of the documents, each document in an empty folder of its own."""

import contextlib
import doctest
import tempfile
from typing import Any

from sybil import Sybil
from sybil.evaluators.doctest import DocTestEvaluator
from sybil.parsers.abstract.doctest import DocTestStringParser
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser

FLAGS = doctest.ELLIPSIS


class ConsoleParser:
    """Blocks of language pycon: what is typed at the prompt, and what it answers."""

    def __init__(self) -> None:
        """Look for fenced blocks, and for prompts inside them."""
        self.blocks = CodeBlockParser("pycon")
        self.prompts = DocTestStringParser(DocTestEvaluator(FLAGS))

    def __call__(self, document):
        """Yield each prompt as an example, at its place in the document."""
        for block in self.blocks(document):
            for prompt in self.prompts(block.parsed, document.path):
                prompt.adjust(block, block.parsed)
                yield prompt


def enter(namespace: dict[str, Any]) -> None:
    """Work in an empty folder: what the examples write does not land beside the document."""
    stack = contextlib.ExitStack()
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    stack.enter_context(contextlib.chdir(folder))
    namespace["_leave"] = stack.close


def leave(namespace: dict[str, Any]) -> None:
    """Go back, and remove the folder."""
    namespace.pop("_leave")()


pytest_collect_file = Sybil(
    parsers=[ConsoleParser(), PythonCodeBlockParser(doctest_optionflags=FLAGS), SkipParser()],
    patterns=["*.md"],
    setup=enter,
    teardown=leave,
).pytest()
