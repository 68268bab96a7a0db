"""Reads of chasing: what is owed, what the ladder says, what was sent, and to whom."""
