"""The application as a web server sees it: the newest edition in front, Django behind."""

import os

from django.core.wsgi import get_wsgi_application

from answerable.publishing.served import Served, newest_edition

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerable.settings")
application = Served(get_wsgi_application(), newest_edition())
