"""Argon2 as in the product, at a cost that thousands of test people can pay."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """The same algorithm with the least memory and one pass."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
