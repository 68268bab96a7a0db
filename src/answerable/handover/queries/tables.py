"""Which version of the tables an archive was made from."""

from django.db.migrations.loader import MigrationLoader

from answerable.handover.queries.belonging import KINDS


def schema() -> list[str]:
    """The last migration of each subject whose rows are handed over."""
    subjects = {model._meta.app_label for model in KINDS}
    leaves = MigrationLoader(None).graph.leaf_nodes()
    return sorted(f"{app}.{name}" for app, name in leaves if app in subjects)
