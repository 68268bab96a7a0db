"""Reads of assurance: evidence in use, opinions that stand or are void, closures."""
