"""Limits on documents we did not write. One pass: each fragment is measured once and its figure reused, so that
nested fragments cannot make the measuring itself expensive.
"""

from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
)

MAX_BYTES = 20_000
MAX_TOKENS = 4_000
#: Introspection by GraphiQL is the deepest honest document known (13).
MAX_DEPTH = 15
#: Fields after fragments are spread; aliases count like fields of their own.
MAX_FIELDS = 500
MAX_DIRECTIVES = 20


@dataclass(frozen=True, slots=True)
class Size:
    """How deep a selection goes and how many fields it comes to when every fragment is spread."""

    depth: int = 0
    fields: int = 0


def check(text: str) -> None:
    """Raises `GraphQLError` with a sentence when the document is too long, too deep, too wide or circular."""
    if len(text) > MAX_BYTES:
        raise GraphQLError(f"This document is longer than {MAX_BYTES} characters. Ask for less at once.")
    document = parse(text, no_location=True, max_tokens=MAX_TOKENS)
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    _check_directives(document)
    sizes: dict[str, Size] = {}
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            size = _measure(operation.selection_set, fragments, sizes, ())
            if size.depth > MAX_DEPTH:
                raise GraphQLError(f"This document goes {size.depth} fields deep; the limit is {MAX_DEPTH}.")
            if size.fields > MAX_FIELDS:
                raise GraphQLError(f"This document asks for more than {MAX_FIELDS} fields. Ask for less at once.")


def _check_directives(document: DocumentNode) -> None:
    count = 0
    waiting: list[object] = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (list, tuple)):
            waiting.extend(node)
        elif hasattr(node, "keys"):
            count += len(getattr(node, "directives", None) or ())
            waiting.extend(getattr(node, key, None) for key in node.keys)
    if count > MAX_DIRECTIVES:
        raise GraphQLError(f"This document has more than {MAX_DIRECTIVES} directives.")


def _measure(
    selections: SelectionSetNode | None,
    fragments: dict[str, FragmentDefinitionNode],
    sizes: dict[str, Size],
    inside: tuple[str, ...],
) -> Size:
    """The size of a selection; `sizes` remembers each fragment's, `inside` names those being measured now."""
    depth = fields = 0
    for each in selections.selections if selections else ():
        if isinstance(each, FragmentSpreadNode):
            size = _measure_fragment(each.name.value, fragments, sizes, inside)
        else:
            within = _measure(each.selection_set, fragments, sizes, inside)  # type: ignore[attr-defined] # only fields and inline fragments remain
            own = 1 if isinstance(each, FieldNode) else 0
            size = Size(within.depth + own, within.fields + own)
        depth = max(depth, size.depth)
        fields += size.fields
    return Size(depth, fields)


def _measure_fragment(
    name: str, fragments: dict[str, FragmentDefinitionNode], sizes: dict[str, Size], inside: tuple[str, ...]
) -> Size:
    if name in inside:
        raise GraphQLError("A fragment of this document spreads itself.")
    if name not in fragments:
        return Size()  # validation says so in better words
    if name not in sizes:
        sizes[name] = _measure(fragments[name].selection_set, fragments, sizes, (*inside, name))
    return sizes[name]
