"""Reads of reports and documents, and who sees what."""
