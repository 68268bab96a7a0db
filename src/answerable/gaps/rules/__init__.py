"""Who may run a gap analysis, and keep the list of themes."""
