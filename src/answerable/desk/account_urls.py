"""Pages about one's own access: joining by invitation, demo sign-in. Signing in itself is allauth's."""

from django.urls import URLPattern

app_name = "account_desk"

urlpatterns: list[URLPattern] = []
