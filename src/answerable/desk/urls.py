"""Every page of the desk, on one screen."""

from django.urls import URLPattern

app_name = "desk"

urlpatterns: list[URLPattern] = [
    # --- today ---
    # --- reports, documents, candidates ---
    # --- register, replies, clocks ---
    # --- publishing ---
    # --- bodies and people ---
]
