"""One line of a handover as a page shows it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class LineShown:
    """What was asked, under the reference it had then and the one it has here, and how it stood.

    ``here`` is empty where it was handed over from this register: there it is the same.
    """

    line: dict[str, Any]
    here: str

    @property
    def reference(self) -> str:
        """Its reference in this register."""
        return self.here or str(self.line["reference"])

    @property
    def was(self) -> str:
        """Its reference at the other office, where that is another one."""
        return str(self.line["reference"]) if self.here else ""

    @property
    def href(self) -> str:
        """Its record here."""
        return reverse("desk:recommendation", args=[self.reference])
