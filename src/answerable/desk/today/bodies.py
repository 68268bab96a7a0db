"""Bodies that have ended, with what still stands under their name."""

from datetime import date

from django.urls import reverse

from answerable.accounts.models import Person
from answerable.desk.today.lines import Line, Section
from answerable.html.times import day_words, plural
from answerable.register.queries import today as register


def ended(person: Person, today: date) -> Section:
    """Bodies that have ended, with what still stands under their name."""
    lines = []
    for gone in register.bodies_that_ended(person, today):
        href = reverse("desk:pass_all", args=[gone.slug])
        why = f"It ended on {day_words(gone.ended_on)}. Its successor answers from then on."
        what = f"{gone.body} still stands for {plural(gone.count, 'recommendation')}"
        lines.append(Line(f"{gone.count:,} to pass on", what, href, why, "Pass them on", href))
    return Section("Bodies that have ended", lines)
