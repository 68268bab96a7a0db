"""The whole site map on one screen: public pages at the root, the desk for signed-in people."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("answerable.desk.account_urls")),
    path("account/", include("allauth.urls")),
    path("desk/", include("answerable.desk.urls")),
    path("", include("answerable.publishing.urls")),
]
