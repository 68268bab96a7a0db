"""The example world: the public record as data, and the documents of fictional Northmoor.

Data and typesetting only. Nothing here knows of the database; the loader reads these records and
calls the actions.
"""
