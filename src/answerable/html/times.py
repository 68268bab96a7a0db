"""Dates, moments and clocks in words: "23 November 2021", "in 2 days", "10 days late".

Values come as dates, as moments, or, from an edition's records, as ISO text. A date that is known
only to the month or the year stays so: ``2014-03`` is "March 2014".
"""

from datetime import date, datetime

from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from answerable.engine.clocks import between
from answerable.html.library import register

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
When = date | datetime | str | None


def as_moment(value: When) -> datetime | None:
    """The moment in the office's time zone, or ``None``."""
    if isinstance(value, str) and len(value) > 10:
        value = datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        return None
    return timezone.localtime(value) if timezone.is_aware(value) else value


def as_day(value: When) -> date | None:
    """The day, or ``None`` when there is none or it is not known to the day."""
    if isinstance(value, str):
        if len(value) < 10:
            return None
        if len(value) == 10:
            return date.fromisoformat(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    moment = as_moment(value)
    return moment.date() if moment else None


@register.filter(name="day")
def day_words(value: When) -> str:
    """``2021-11-23`` as "23 November 2021"; a month or a year alone as such; nothing as ""."""
    if not value:
        return ""
    if isinstance(value, str) and len(value) < 10:
        year, _, month = value.partition("-")
        return f"{MONTHS[int(month) - 1]} {year}" if month else year
    known = as_day(value)
    return f"{known.day} {MONTHS[known.month - 1]} {known.year}" if known else ""


@register.filter(name="day_short")
def day_short_words(value: When) -> str:
    """The day without its year, for narrow columns where the year is plain: "18 Nov"."""
    known = as_day(value)
    if known is None:
        return day_words(value)
    month = MONTHS[known.month - 1]
    return f"{known.day} {month if len(month) < 5 else month[:3]}"


def clock_words(moment: datetime) -> str:
    """The time of day: "2pm", "9:05am", "midday"."""
    if moment.minute == 0 and moment.hour in (0, 12):
        return "midnight" if moment.hour == 0 else "midday"
    hour = moment.hour % 12 or 12
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{hour}{minutes}{'am' if moment.hour < 12 else 'pm'}"


@register.filter(name="moment")
def moment_words(value: When) -> str:
    """A moment in words: "23 November 2021 at 2:05pm"."""
    moment = as_moment(value)
    return f"{day_words(moment)} at {clock_words(moment)}" if moment else day_words(value)


def plural(number: int, noun: str) -> str:
    """A number with its noun: "1 day", "2 days", "1,200 days"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def length_words(days: int) -> str:
    """A length of time as people say it: days up to two months, then months, then years."""
    if days < 60:
        return plural(days, "day")
    if days < 2 * 365:
        return plural(round(days / 30.44), "month")
    return plural(int(days / 365.25), "year")


def due_words(due_on: date, today: date) -> str:
    """When something is due: "in 2 days", "today", "tomorrow", "10 days late"."""
    days = (due_on - today).days
    if days < 0:
        return f"{length_words(-days)} late"
    return {0: "today", 1: "tomorrow"}.get(days) or f"in {length_words(days)}"


def ago_words(moment: datetime, now: datetime) -> str:
    """How long ago: "just now", "5 minutes ago", "3 hours ago", "yesterday", "12 days ago"."""
    seconds = int((now - moment).total_seconds())
    if seconds < 60:
        return "just now"
    if seconds < 3600:
        return f"{plural(seconds // 60, 'minute')} ago"
    days = (now.date() - moment.date()).days
    if days == 0 or seconds < 6 * 3600:
        return f"{plural(seconds // 3600, 'hour')} ago"
    return "yesterday" if days == 1 else f"{length_words(days)} ago"


def age_words(start: date, end: date) -> str:
    """The time between two days in years and months: "11 years and 5 months"."""
    return between(start, end)


def today_of(context: Context) -> date:
    """The day that a page speaks of: an edition's own day, else today."""
    return as_day(context.get("today")) or timezone.localdate()


@register.simple_tag(name="date")
def date_tag(value: When, missing: str = "") -> str:
    """``{% date report.published_on %}``: "23 November 2021", or ``missing``."""
    return day_words(value) or missing


@register.simple_tag(name="moment")
def moment_tag(value: When, missing: str = "") -> str:
    """``{% moment event.at %}``: "23 November 2021 at 2:05pm", or ``missing``."""
    return moment_words(value) or missing


@register.simple_tag(name="due", takes_context=True)
def due_tag(context: Context, value: When) -> SafeString | str:
    """``{% due clock.ends_on %}``: "in 2 days"; if late, in the colour that is kept for that."""
    known = as_day(value)
    if known is None:
        return ""
    today = today_of(context)
    late = " an-due--late" if known < today else ""
    return format_html('<span class="an-due{}">{}</span>', late, due_words(known, today))


@register.simple_tag(name="ago", takes_context=True)
def ago_tag(context: Context, value: When) -> str:
    """``{% ago event.at %}``: "5 minutes ago"; of a day, "12 days ago"."""
    moment = as_moment(value)
    if moment is not None:
        now = timezone.now() if timezone.is_aware(moment) else datetime.now()
        return ago_words(moment, timezone.localtime(now) if timezone.is_aware(moment) else now)
    known = as_day(value)
    days = (today_of(context) - known).days if known else 0
    return (
        ""
        if known is None
        else {0: "today", 1: "yesterday"}.get(days) or f"{length_words(days)} ago"
    )


@register.simple_tag(name="age", takes_context=True)
def age_tag(context: Context, start: When, end: When = None) -> str:
    """``{% age family.first_asked_on %}``: "11 years and 5 months", until ``end`` or today."""
    first = as_day(start)
    return age_words(first, as_day(end) or today_of(context)) if first else ""
