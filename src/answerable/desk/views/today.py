"""Where people start: what needs me today."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from answerable.accounts.gate import Request
from answerable.desk.today import lead, quiet_words, sections_for


@require_safe
def today(request: Request) -> HttpResponse:
    """Short lists: what is late or soon late, what to check, what waits for others."""
    day = timezone.localdate()
    sections = sections_for(request.user, day)
    context = {
        "sections": sections,
        "lead": lead(sections),
        "today": day,
        "quiet": quiet_words(request.user, day) if not any(s.mine for s in sections) else "",
    }
    return render(request, "desk/today.html", context)
