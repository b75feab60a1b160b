"""The documents that are sent, each cut out of ``documents.graphql`` with the fragments it uses."""

from functools import cache
from pathlib import Path

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

_ALL = parse(Path(__file__).with_name("documents.graphql").read_text(encoding="utf-8"))


@cache
def document(name: str) -> str:
    """The text of an operation by its name."""
    operations = {
        one.name.value: one
        for one in _ALL.definitions
        if isinstance(one, OperationDefinitionNode) and one.name is not None
    }
    fragments = {
        one.name.value: one for one in _ALL.definitions if isinstance(one, FragmentDefinitionNode)
    }
    wanted = operations[name]
    used: list[str] = []

    class Spreads(Visitor):
        def enter_fragment_spread(self, node: FragmentSpreadNode, *_: object) -> None:
            used.append(node.name.value)

    visit(wanted, Spreads())
    parts = [wanted, *(fragments[one] for one in dict.fromkeys(used))]
    return print_ast(DocumentNode(definitions=tuple(parts)))


def names() -> list[str]:
    """The operations that there are."""
    return [
        one.name.value
        for one in _ALL.definitions
        if isinstance(one, OperationDefinitionNode) and one.name is not None
    ]
