"""Pages about one's own access: joining by invitation, demo sign-in. Signing in itself is allauth's.

This map is asked before the library's own, so that what has no use here is closed by name.
"""

from django.urls import URLPattern, path, re_path

from answerable.desk.views import account, invitations, subscriptions

app_name = "account_desk"

urlpatterns: list[URLPattern] = [
    path("join/<str:token>/", invitations.join, name="join"),
    path("calendar/<str:token>.ics", subscriptions.calendar, name="calendar"),
    path("demo-people/", account.demo_people, name="demo_people"),
    path("3rdparty/", account.provider, name="provider"),
    path("3rdparty/signup/", account.closed, name="no_provider_signup"),
    path("email/", account.closed, name="no_email"),
    re_path(r"^confirm-email/(?P<key>.*)$", account.closed, name="no_confirm_email"),
    path("login/code/confirm/", account.closed, name="no_login_code"),
]
