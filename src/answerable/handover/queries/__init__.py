"""Reads for handing over: what belongs to a body, what is open, and what came from where."""
