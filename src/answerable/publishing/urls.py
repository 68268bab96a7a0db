"""The public pages. All but search are files of the newest edition: see ``served``."""

from django.urls import path, re_path

from answerable.publishing import views

app_name = "public"

FOLDERS = "record|report|body|data|assets|documents|pictures"
PAGES = "reports|bodies|silent|changes|check|help|all|data|counting|accessibility|public-record|SHA256SUMS"
FILES = rf"(?:{FOLDERS})/[^/].*|(?:{PAGES})|[\w-]+\.(?:html|json|sha256|zip)"

urlpatterns = [
    path("", views.published, name="home"),
    path("search", views.find, name="search"),
    re_path(rf"^(?P<asked>{FILES})$", views.published, name="file"),
]
