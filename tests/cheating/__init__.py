"""The cheating machine: everyone who might want to look better than they are, acting at random."""
