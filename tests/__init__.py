"""The tests of Answerable."""
