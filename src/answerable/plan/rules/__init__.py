"""Who may agree tests, keep plans, move dates and claim, and when."""
