"""Reads of gap analyses and themes."""
