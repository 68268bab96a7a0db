"""Reads of plans: closing tests, actions and what they serve, moved dates, claims."""
