"""Writes of plans: closing tests, actions, milestones, moved dates, claims."""
