"""Northmoor: an invented force, its council, its overseers, and the documents they live by."""

from .documents import DOCUMENTS, BuiltDocument, build

__all__ = ["DOCUMENTS", "BuiltDocument", "build"]
