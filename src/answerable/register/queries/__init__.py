"""Reads of the register, one file per noun, and who sees what."""
