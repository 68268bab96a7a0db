"""The only writes to the register, one file per noun."""
