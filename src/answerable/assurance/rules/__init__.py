"""Who is independent, and when evidence, opinions and closures may be given."""
