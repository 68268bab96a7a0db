"""Every public page, on one screen. All are served from the newest edition."""

from django.urls import URLPattern

app_name = "public"

urlpatterns: list[URLPattern] = []
