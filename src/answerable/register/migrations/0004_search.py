"""The search index over the words of the register: FTS5 on SQLite, tsvector and GIN on PostgreSQL.

Both are given words that ``register/queries/search.py`` has cut (letters and digits only, no
accents), stem them, and leave none out. The index has no foreign key, so that it never stands in
the way of the register, and is written by ``register/actions/search.py`` alone.
"""

from django.db import migrations

SQLITE = (
    """CREATE VIRTUAL TABLE register_search USING fts5(
        reference, number, subject, words, tokenize = 'porter unicode61 remove_diacritics 2')""",
)
POSTGRESQL = (
    "CREATE TEXT SEARCH DICTIONARY answerable_stem (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION answerable (COPY = simple)",
    """ALTER TEXT SEARCH CONFIGURATION answerable
        ALTER MAPPING FOR asciiword, word, numword WITH answerable_stem""",
    "CREATE TABLE register_search (recommendation_id bigint PRIMARY KEY, document tsvector NOT NULL)",
    "CREATE INDEX register_search_words ON register_search USING gin (document)",
)
UNDONE = {
    "sqlite": ("DROP TABLE register_search",),
    "postgresql": (
        "DROP TABLE register_search",
        "DROP TEXT SEARCH CONFIGURATION answerable",
        "DROP TEXT SEARCH DICTIONARY answerable_stem",
    ),
}


def make(apps, editor):
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement, params=None)


def drop(apps, editor):
    for statement in UNDONE[editor.connection.vendor]:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("register", "0003_standing")]
    operations = [migrations.RunPython(make, drop)]
