"""The only writes of a handover: giving it, and taking it in."""
