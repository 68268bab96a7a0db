"""Forms of the desk, one file per subject."""
