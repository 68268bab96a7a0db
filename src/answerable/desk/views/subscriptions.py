"""What a person hears by themselves: a digest at their rhythm, and a calendar of last days."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from icalendar import Calendar, Event

from answerable.accounts.gate import Request, public
from answerable.accounts.models import Person
from answerable.chasing.actions.outbox import can_send
from answerable.chasing.actions.subscriptions import choose_rhythm, renew_calendar
from answerable.chasing.models import Rhythm
from answerable.chasing.queries import subscriptions as queries
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.chasing import RhythmForm


@require_http_methods(["GET", "POST"])
def reminders(request: Request) -> HttpResponse:
    """How often I hear what needs me, and my calendar."""
    own = queries.subscription_of(request.user)
    rhythm = own.rhythm if own else Rhythm.NEVER
    form = RhythmForm(posted(request), initial={"rhythm": rhythm})
    if form.is_valid():
        chosen = attempt(form, choose_rhythm, by=request.user, **form.cleaned_data)
        if chosen:
            messages.success(request, "Your choice was saved.")
            return redirect("desk:reminders")
    context = {
        "form": form,
        "calendar_made_at": own.calendar_made_at if own else None,
        "can_send": can_send(),
    }
    return render(
        request, "desk/chasing/reminders.html", context, status=400 if form.errors else 200
    )


@require_POST
def renew(request: Request) -> HttpResponse:
    """A new secret address for my calendar, shown this once."""
    address = renew_calendar(by=request.user)
    answer = render(request, "desk/chasing/calendar.html", {"address": address})
    answer["Cache-Control"] = "no-store"
    return answer


@public
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """A person's calendar, for whoever has its secret address: references and fixed words only."""
    person = queries.whose_calendar(token)
    if person is None:
        raise Http404
    answer = HttpResponse(drawn(person), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    return answer


def drawn(person: Person) -> bytes:
    """The last days that a person may know of, as iCalendar."""
    found = Calendar()
    found.add("prodid", "-//Answerable//EN")
    found.add("version", "2.0")
    found.add("x-wr-calname", f"{settings.OFFICE_NAME}: last days")
    for due in queries.days_of(person, timezone.localdate()):
        event = Event()
        event.add("uid", f"{due.key}@answerable")
        event.add("dtstamp", datetime.combine(due.on, datetime.min.time(), UTC))
        event.add("dtstart", due.on)
        event.add("dtend", due.on + timedelta(days=1))
        event.add("summary", due.words)
        event.add("transp", "TRANSPARENT")
        found.add_component(event)
    drawn_bytes: bytes = found.to_ical()
    return drawn_bytes
