"""What bodies will do and by when, what they claim, and the test that a claim must meet."""
