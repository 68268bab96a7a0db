"""The one library that all our tags and filters are registered in."""

from django.template import Library

register = Library()
