"""The only writes to gap analyses and themes."""
