"""Recommendations, undertakings, responses, clocks."""
