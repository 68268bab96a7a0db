"""Writes of assurance: evidence, grades, samples, interests, opinions, closures."""
