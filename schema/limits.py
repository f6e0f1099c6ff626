"""Limits on documents we did not write. One pass: each fragment is measured once and its figure reused, so that
nested fragments cannot make the measuring itself expensive; what passes is also quick to validate and to run.
"""

from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    StringValueNode,
    parse,
)

MAX_CHARACTERS = 20_000
MAX_TOKENS = 4_000
#: Levels of braces, those of fragments where they are spread. Introspection by GraphiQL is the deepest honest
#: document known (17).
MAX_DEPTH = 20
#: Fields, spreads and inline fragments of all definitions, each with its fragments spread. GraphiQL's comes to 270.
MAX_SELECTIONS = 600
#: How often the same field may be asked for in one place. Validation compares each with each.
MAX_REPEATS = 20
MAX_DIRECTIVES = 20


@dataclass(frozen=True, slots=True)
class Size:
    """How many levels a selection has, and how many selections it comes to when every fragment is spread."""

    depth: int = 0
    selections: int = 0


@dataclass(slots=True)
class _Place:
    """One place of an answer: how often it was asked for, and the places below it by their names."""

    asked: int = 0
    below: dict[str, "_Place"] = field(default_factory=dict)


def check(text: str) -> int:
    """How many operations the document has.

    Raises `GraphQLError` with a sentence when it cannot be read, or is too long, too deep, too wide or circular.
    """
    if len(text) > MAX_CHARACTERS:
        raise GraphQLError(f"This document is longer than {MAX_CHARACTERS} characters. Ask for less at once.")
    try:
        document = parse(text, no_location=True, max_tokens=MAX_TOKENS)
    except RecursionError as error:
        raise _too_deep() from error
    _check_nodes(document)
    return _Measure(document).check()


def _check_nodes(document: DocumentNode) -> None:
    """What can be told of each node by itself."""
    directives = 0
    waiting: list[object] = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list | tuple):
            waiting.extend(node)
        elif isinstance(node, StringValueNode) and "\0" in node.value:
            raise GraphQLError("This document holds a character that is no text.")
        elif hasattr(node, "keys"):
            directives += len(getattr(node, "directives", None) or ())
            waiting.extend(getattr(node, key, None) for key in node.keys)
    if directives > MAX_DIRECTIVES:
        raise GraphQLError(f"This document has more than {MAX_DIRECTIVES} directives.")


class _Measure:
    """Measures a document's definitions, each fragment once."""

    def __init__(self, document: DocumentNode) -> None:
        self._fragments = {
            each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
        }
        self._operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
        self._sizes: dict[str, Size] = {}
        self._measuring: set[str] = set()

    def check(self) -> int:
        """The number of operations. Raises `GraphQLError`.

        Fragments count even where nothing spreads them: validation reads them too.
        """
        roots = [each.selection_set for each in (*self._operations, *self._fragments.values())]
        sizes = [self._size(each.selection_set, 1) for each in self._operations]
        sizes += [self._fragment(name, 1) for name in self._fragments]
        if sum(size.selections for size in sizes) > MAX_SELECTIONS:
            raise GraphQLError(f"This document asks for more than {MAX_SELECTIONS} fields. Ask for less at once.")
        if max((size.depth for size in sizes), default=0) > MAX_DEPTH:
            raise _too_deep()
        for root in roots:  # so few selections are left that each may be looked at
            self._count(root, _Place())
        return len(self._operations)

    def _size(self, selections: SelectionSetNode | None, level: int) -> Size:
        """The size of a selection that stands at `level`, which only keeps the recursion short."""
        if selections is None:
            return Size()
        if level > MAX_DEPTH:
            raise _too_deep()
        depth = count = 0
        for each in selections.selections:
            if isinstance(each, FragmentSpreadNode):
                size = self._fragment(each.name.value, level + 1)
            else:
                assert isinstance(each, FieldNode | InlineFragmentNode)  # noqa: S101 - there are no others
                size = self._size(each.selection_set, level + 1)
            depth = max(depth, size.depth)
            count += size.selections + 1
        return Size(depth + 1, count)

    def _fragment(self, name: str, level: int) -> Size:
        if name in self._measuring:
            raise GraphQLError("A fragment of this document spreads itself.")
        if name not in self._fragments:
            return Size()  # validation says so in better words
        if name not in self._sizes:
            self._measuring.add(name)
            self._sizes[name] = self._size(self._fragments[name].selection_set, level)
            self._measuring.remove(name)
        return self._sizes[name]

    def _count(self, selections: SelectionSetNode, place: _Place) -> None:
        """Count how often each place is asked for, with all fragments spread."""
        for each in selections.selections:
            if isinstance(each, FieldNode):
                below = place.below.setdefault((each.alias or each.name).value, _Place())
                below.asked += 1
                if below.asked > MAX_REPEATS:
                    raise GraphQLError(
                        f"This document asks for one field more than {MAX_REPEATS} times. Once is enough."
                    )
                if each.selection_set:
                    self._count(each.selection_set, below)
            elif isinstance(each, FragmentSpreadNode):
                if each.name.value in self._fragments:
                    self._count(self._fragments[each.name.value].selection_set, place)
            elif isinstance(each, InlineFragmentNode):
                self._count(each.selection_set, place)


def _too_deep() -> GraphQLError:
    return GraphQLError(f"This document goes deeper than {MAX_DEPTH} levels. Ask for less at once.")
