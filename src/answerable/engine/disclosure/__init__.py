"""What could tell a stranger who somebody is: looked for before a file is kept or shown.

``check_words`` is for what a person typed; ``check_file_safely`` for files from outside, which are
opened in a child process. What is found comes back as kinds, places and counts: the words
themselves are never handed on, kept or logged.
"""

from answerable.engine.disclosure.check import check_file, check_words
from answerable.engine.disclosure.safely import check_file_safely
from answerable.engine.disclosure.shapes import Checked, Found, Kind, listed, summary, together

__all__ = [
    "Checked",
    "Found",
    "Kind",
    "check_file",
    "check_file_safely",
    "check_words",
    "listed",
    "summary",
    "together",
]
