"""Where people start: what needs me today."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from answerable.accounts.gate import Request
from answerable.accounts.queries import roles_of
from answerable.desk.today.sections import lead, quiet_words, sections_for
from answerable.register.queries.likeness import newest_suggestion
from answerable.register.queries.remembered import Memory


@require_safe
def today(request: Request) -> HttpResponse:
    """Short lists: what is late or soon late, what to check, what waits for others."""
    person, day = request.user, timezone.localdate()
    # What a worker finds is no event, so it is asked for apart.
    key = ("today", person.pk, roles_of(person), day, newest_suggestion())
    sections = Memory().of(key, partial(sections_for, person, day))
    context = {
        "sections": sections,
        "lead": lead(sections),
        "today": day,
        "quiet": quiet_words(person, day) if not any(s.mine for s in sections) else "",
    }
    return render(request, "desk/today.html", context)
