"""A small world for tests, made through actions only, so no test starts where the product cannot."""
