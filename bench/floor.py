"""The floor: a bare Django list of the same rows, as a new project gives it.

The settings that `startproject` writes (its middleware and context processors), the generic list
view with its paginator, 25 rows a page with their reports, one plain template. No permissions, no
filters, no components. Served by the same web server as the product: what remains between the two
is what the product does.
"""

import os

import django
from django.conf import settings

LIST = """<!doctype html><title>Recommendations</title><h1>{{ paginator.count }} recommendations</h1>
<table><tr><th>Reference</th><th>Words</th><th>Number</th><th>Kind</th><th>Report</th><th>Published</th></tr>
{% for r in object_list %}<tr><td><a href="/r/{{ r.reference }}">{{ r.reference }}</a></td>
<td>{{ r.words|truncatewords:30 }}</td><td>{{ r.number }}</td><td>{{ r.kind }}</td><td>{{ r.report.title }}</td>
<td>{{ r.report.published_on|date:"j F Y" }}</td></tr>{% endfor %}</table>
<p>Page {{ page_obj.number }} of {{ paginator.num_pages }}</p>
{% if page_obj.has_next %}<a href="?page={{ page_obj.next_page_number }}">Next</a>{% endif %}"""

settings.configure(
    DEBUG=False,
    SECRET_KEY="the floor has nothing to sign",  # noqa: S106
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
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
                "loaders": [("django.template.loaders.locmem.Loader", {"list.html": LIST})],
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ],
            },
        }
    ],
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.generic import ListView  # noqa: E402


class Report(models.Model):  # noqa: DJ008
    """The same table as the product's."""

    title = models.CharField(max_length=300)
    published_on = models.DateField(null=True)

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "reports_report"


class Row(models.Model):  # noqa: DJ008
    """The same table as the product's."""

    reference = models.CharField(max_length=12)
    serial = models.PositiveIntegerField()
    report = models.ForeignKey(Report, on_delete=models.PROTECT)
    words = models.TextField()
    number = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "register_recommendation"


class Rows(ListView):
    """25 rows of the list."""

    queryset = Row.objects.select_related("report").order_by("-serial")
    template_name = "list.html"
    paginate_by = 25


urlpatterns = [path("", Rows.as_view())]
application = get_wsgi_application()
