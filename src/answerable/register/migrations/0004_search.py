"""The search index over the words of the register: FTS5 on SQLite, tsvector and GIN on PostgreSQL.

Both cut words the same way: letters and digits only, no accents, stemmed, no stop words. The
index has no foreign key and is written by ``register/actions/search.py`` alone.
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
    """CREATE FUNCTION answerable_words(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN lower(regexp_replace(regexp_replace(normalize(said, NFKD),
            '[\\u0300-\\u036f]', '', 'g'), '[^[:alnum:]]+', ' ', 'g'))""",
    "CREATE TABLE register_search (recommendation_id bigint PRIMARY KEY, document tsvector NOT NULL)",
    "CREATE INDEX register_search_words ON register_search USING gin (document)",
)
UNDONE = {
    "sqlite": ("DROP TABLE register_search",),
    "postgresql": (
        "DROP TABLE register_search",
        "DROP FUNCTION answerable_words(text)",
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
