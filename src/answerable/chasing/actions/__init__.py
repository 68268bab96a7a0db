"""The only writes of chasing: ladders, messages, what is sent, and what each person wants to hear."""
