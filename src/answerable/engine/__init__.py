"""Plain Python that reads, compares, measures and renders. No Django, no database, no network."""
