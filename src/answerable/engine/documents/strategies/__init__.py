"""Ways of finding recommendations: each looks at the whole document and proposes runs."""

from answerable.engine.documents.strategies.leadins import lead_ins
from answerable.engine.documents.strategies.named import named
from answerable.engine.documents.strategies.registered import registered
from answerable.engine.documents.strategies.sections import section_lists
from answerable.engine.documents.strategies.sentences import sentences
from answerable.engine.documents.strategies.tables import tables

__all__ = ["lead_ins", "named", "registered", "section_lists", "sentences", "tables"]
