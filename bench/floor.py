"""The floor: a bare Django list and record page of the same rows, and nothing else.

No middleware, no session, no permissions, one query a page. Served by the same web server as the
product, so what remains between the two is what the product does.
"""

import os

import django
from django.conf import settings

settings.configure(
    DEBUG=False,
    SECRET_KEY="the floor has nothing to sign",  # noqa: S106
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[],
    MIDDLEWARE=[],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["FLOOR_DATABASE"],
            "CONN_MAX_AGE": None,
            "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL;"},
        }
    },
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    (
                        "django.template.loaders.locmem.Loader",
                        {
                            "list.html": "<!doctype html><title>List</title><table>{% for r in rows %}<tr><td>"
                            "<a href='/r/{{ r.reference }}'>{{ r.reference }}</a></td><td>{{ r.words }}</td>"
                            "<td>{{ r.number }}</td><td>{{ r.kind }}</td></tr>{% endfor %}</table>",
                            "record.html": "<!doctype html><title>{{ r.reference }}</title><h1>{{ r.reference }}</h1>"
                            "<blockquote>{{ r.words }}</blockquote><p>{{ r.number }} {{ r.kind }} {{ r.page }}</p>",
                        },
                    )
                ]
            },
        }
    ],
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.shortcuts import get_object_or_404, render  # noqa: E402
from django.urls import path  # noqa: E402


class Row(models.Model):  # noqa: DJ008
    """The same table as the product's."""

    reference = models.CharField(max_length=12)
    serial = models.PositiveIntegerField()
    words = models.TextField()
    number = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    page = models.PositiveIntegerField(null=True)

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "register_recommendation"


def rows(request: HttpRequest) -> HttpResponse:
    """25 rows of the list."""
    start = 25 * (int(request.GET.get("page", "1")) - 1)
    return render(
        request, "list.html", {"rows": Row.objects.order_by("-serial")[start : start + 25]}
    )


def record(request: HttpRequest, reference: str) -> HttpResponse:
    """One row."""
    return render(request, "record.html", {"r": get_object_or_404(Row, reference=reference)})


urlpatterns = [path("", rows), path("r/<str:reference>", record)]
application = get_wsgi_application()
