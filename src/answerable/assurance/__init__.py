"""What someone independent has seen: evidence, samples, opinions, closing and reopening."""
