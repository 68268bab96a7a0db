"""How things look on a page: form fields, GOV.UK components, and the tags that templates use.

Every template has these tags without loading them. The partials that they draw are in
``templates/parts``; their HTML is that of GOV.UK Frontend, and ``tests/html`` compares it with
the fixtures which that package publishes.
"""

from answerable.html import assets, browsers, forms, lists, pagination, parts, records, times
from answerable.html.dates import DateField, DateInput
from answerable.html.fields import ChoiceWithHints, FilesField, Form
from answerable.html.library import register

__all__ = [
    "ChoiceWithHints",
    "DateField",
    "DateInput",
    "FilesField",
    "Form",
    "assets",
    "browsers",
    "forms",
    "lists",
    "pagination",
    "parts",
    "records",
    "register",
    "times",
]
