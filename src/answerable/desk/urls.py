"""Every page of the desk, on one screen."""

from django.urls import URLPattern, path

from answerable.desk.views import (
    account,
    bodies,
    check,
    check_lines,
    clocks,
    documents,
    entries,
    invitations,
    people,
    publishing,
    register,
    replies,
    reports,
    security,
    today,
)

app_name = "desk"

urlpatterns: list[URLPattern] = [
    # --- today ---
    path("", today.today, name="today"),
    # --- reports, documents, candidates ---
    path("reports/", reports.listing, name="reports"),
    path("reports/quality/", check.quality, name="reading_quality"),
    path("reports/new/", reports.search_first, name="new_report"),
    path("reports/new/details/", reports.log, name="log_report"),
    path("reports/<int:pk>/", reports.show, name="report"),
    path("reports/<int:pk>/change/", reports.change, name="change_report"),
    path("reports/<int:pk>/enter/", entries.enter, name="enter_recommendation"),
    path("reports/<int:pk>/documents/add/", documents.add, name="add_documents"),
    path("documents/<int:pk>/", documents.show, name="document"),
    path("documents/<int:pk>/progress.json", documents.progress, name="document_progress"),
    path("documents/<int:pk>/pages/<int:number>.png", documents.picture, name="page_picture"),
    path("documents/<int:pk>/original/", documents.original, name="original"),
    path("documents/<int:pk>/read-again/", documents.again, name="read_again"),
    path("documents/<int:pk>/make-public/", documents.open_to_all, name="open_document"),
    path("documents/<int:pk>/take-back/", documents.close_to_all, name="close_document"),
    path("documents/<int:pk>/check/", check.check, name="check"),
    path("documents/<int:pk>/check/done/", check.done, name="check_done"),
    path("documents/<int:pk>/check/keys/", check.keys, name="check_keys"),
    path("documents/<int:pk>/check/add/", check_lines.add, name="check_add"),
    path("documents/<int:pk>/check/runs/<int:run>/", check.accept_run, name="accept_run"),
    path("documents/<int:pk>/check/warnings/<int:notice>/", check.settle, name="settle_notice"),
    path("documents/<int:pk>/check/decisions/<int:decision>/", check.take_back, name="take_back"),
    path("documents/<int:pk>/check/<int:candidate>/accept/", check.accept, name="accept_candidate"),
    path(
        "documents/<int:pk>/check/<int:candidate>/dismiss/", check.dismiss, name="dismiss_candidate"
    ),
    path(
        "documents/<int:pk>/check/<int:candidate>/words/", check_lines.bounds, name="check_bounds"
    ),
    path("documents/<int:pk>/check/<int:candidate>/split/", check_lines.split, name="check_split"),
    path("documents/<int:pk>/check/<int:candidate>/merge/", check_lines.merge, name="check_merge"),
    # --- register, replies, clocks ---
    path("register/", register.register, name="register"),
    path("register/replies/<int:pk>/read/", replies.read, name="read_position"),
    path("register/<slug:reference>/", register.show, name="recommendation"),
    path("register/<slug:reference>/correct/", entries.correct, name="correct"),
    path("register/<slug:reference>/withdraw/", entries.withdraw, name="withdraw"),
    path("register/<slug:reference>/address/", entries.address, name="address"),
    path("register/<slug:reference>/by/<slug:slug>/", register.undertaking, name="undertaking"),
    path("register/<slug:reference>/by/<slug:slug>/reply/", replies.log, name="log_reply"),
    path("register/<slug:reference>/by/<slug:slug>/pass/", entries.pass_on, name="pass_on"),
    path("register/<slug:reference>/by/<slug:slug>/clock/", clocks.start, name="start_clock"),
    path("register/<slug:reference>/by/<slug:slug>/extend/", clocks.extend, name="extend_clock"),
    path("register/<slug:reference>/by/<slug:slug>/pause/", clocks.pause, name="pause_clock"),
    path("register/<slug:reference>/by/<slug:slug>/resume/", clocks.resume, name="resume_clock"),
    path("register/<slug:reference>/by/<slug:slug>/date/", clocks.official, name="date_clock"),
    # --- publishing ---
    path("publish/", publishing.editions, name="editions"),
    path("publish/propose/", publishing.propose, name="propose_edition"),
    path("publish/<int:pk>/", publishing.edition, name="edition"),
    path("publish/<int:pk>/approve/", publishing.approve, name="approve_edition"),
    path("publish/<int:pk>/send-back/", publishing.send_back, name="refuse_edition"),
    path("publish/<int:pk>/withdraw/", publishing.withdraw, name="withdraw_edition"),
    path("publish/<int:pk>/bring-up-to-date/", publishing.renew, name="renew_edition"),
    path("publish/<int:pk>/verify/", publishing.verify, name="verify_edition"),
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
