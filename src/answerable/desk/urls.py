"""Every page of the desk, on one screen."""

from django.urls import URLPattern, path

from answerable.desk.views import (
    account,
    bodies,
    documents,
    invitations,
    people,
    reports,
    security,
)

app_name = "desk"

urlpatterns: list[URLPattern] = [
    # --- today ---
    # --- reports, documents, candidates ---
    path("reports/", reports.listing, name="reports"),
    path("reports/new/", reports.search_first, name="new_report"),
    path("reports/new/details/", reports.log, name="log_report"),
    path("reports/<int:pk>/", reports.show, name="report"),
    path("reports/<int:pk>/change/", reports.change, name="change_report"),
    path("reports/<int:pk>/documents/add/", documents.add, name="add_documents"),
    path("documents/<int:pk>/", documents.show, name="document"),
    path("documents/<int:pk>/progress.json", documents.progress, name="document_progress"),
    path("documents/<int:pk>/pages/<int:number>.png", documents.picture, name="page_picture"),
    path("documents/<int:pk>/original/", documents.original, name="original"),
    path("documents/<int:pk>/read-again/", documents.again, name="read_again"),
    path("documents/<int:pk>/make-public/", documents.open_to_all, name="open_document"),
    path("documents/<int:pk>/take-back/", documents.close_to_all, name="close_document"),
    # --- register, replies, clocks ---
    # --- publishing ---
    # --- bodies and people ---
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/new/", bodies.new_body, name="new_body"),
    path("bodies/<slug:slug>/", bodies.body, name="body"),
    path("bodies/<slug:slug>/change/", bodies.change_body, name="change_body"),
    path("bodies/<slug:slug>/successor/", bodies.succeed_body, name="succeed_body"),
    path("bodies/<slug:slug>/areas/new/", bodies.add_area, name="add_area"),
    path("bodies/<slug:slug>/areas/<slug:area>/", bodies.change_area, name="change_area"),
    path("people/", people.people, name="people"),
    path("people/invite/", invitations.invite_person, name="invite_person"),
    path(
        "people/invited/<int:pk>/withdraw/",
        invitations.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("people/security/", security.security_log, name="security_log"),
    path("people/security/prune/", security.prune_security_log, name="prune_security_log"),
    path("people/<uuid:pk>/", people.person, name="person"),
    path("people/<uuid:pk>/roles/give/", people.give_role, name="give_role"),
    path("people/<uuid:pk>/roles/<int:held>/end/", people.end_role, name="end_role"),
    path("people/<uuid:pk>/close/", people.close_access, name="close_access"),
    path("people/<uuid:pk>/open/", people.open_access, name="open_access"),
    path("people/<uuid:pk>/forget/", people.forget_person, name="forget_person"),
    path("me/", account.me, name="me"),
    path("me/change/", account.change_me, name="change_me"),
]
