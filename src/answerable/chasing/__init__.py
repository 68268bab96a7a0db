"""Chasing: reminders before and after every date, letters, notices of silence, and what was sent."""
