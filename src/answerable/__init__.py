"""Answerable: from independent review to verified change, in public."""
