"""Ways of finding recommendations: each looks at the whole document and proposes runs."""

from collections.abc import Sequence

from answerable.engine.documents import quoting
from answerable.engine.documents.pieces import Block
from answerable.engine.documents.runs import Run
from answerable.engine.documents.strategies.emphasised import emphasised_passages
from answerable.engine.documents.strategies.leadins import lead_ins
from answerable.engine.documents.strategies.named import named_entries
from answerable.engine.documents.strategies.registered import register_numbers
from answerable.engine.documents.strategies.sections import section_lists
from answerable.engine.documents.strategies.sentences import recommending_paragraphs
from answerable.engine.documents.strategies.tables import titled_columns

_EVERY = (
    named_entries,
    section_lists,
    titled_columns,
    register_numbers,
    lead_ins,
    emphasised_passages,
    recommending_paragraphs,
)


def proposals(blocks: Sequence[Block]) -> list[Run]:
    """What every strategy proposes, without what it only quotes."""
    return quoting.without_quoted([run for find in _EVERY for run in find(blocks)], blocks)
