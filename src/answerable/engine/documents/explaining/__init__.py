"""A reading laid open: what each block was taken for, which runs have it, and the votes on them."""

from answerable.engine.documents.explaining.explain import explain
from answerable.engine.documents.explaining.page import as_html
from answerable.engine.documents.explaining.seen import Explanation, decode, encode

__all__ = ["Explanation", "as_html", "decode", "encode", "explain"]
