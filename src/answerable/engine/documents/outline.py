"""From blocks as they were built to blocks that know what they are and where they stand."""

from collections.abc import Sequence

from answerable.engine.documents import abreast, counted, forms, headings, roles, sections
from answerable.engine.documents.blocks import Setting
from answerable.engine.documents.pieces import Block


def outlined(found: Sequence[Block], usual: Setting) -> tuple[Block, ...]:
    """The blocks with heading weights, roles, indexes and the headings above them."""
    free = forms.loosened(abreast.aligned(found))
    contents = roles.contents_pages(free)
    weighed = counted.labelled(headings.marked(free, usual, contents))
    return sections.placed(roles.given(weighed, usual, contents))
