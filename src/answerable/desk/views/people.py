"""Who has access: the list of people, one person, their roles, closing, opening and forgetting."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from answerable.accounts import actions, queries, rules
from answerable.accounts.gate import Request
from answerable.accounts.models import Person, Role, RoleHeld
from answerable.accounts.rules import Permission
from answerable.desk.answers import attempt, posted
from answerable.desk.forms.people import CloseForm, ForgetForm, PeopleFilter, RoleForm
from answerable.desk.history import lines_of

PEOPLE_A_PAGE = 50


def _found(request: Request, pk: UUID) -> Person:
    """The person, if the one who asks may see people at all."""
    rules.check_may_see(request.user, Permission.PERSON_READ)
    return get_object_or_404(queries.people(access="any"), pk=pk)


@require_GET
def people(request: Request) -> HttpResponse:
    """Everyone with access, and who is invited."""
    rules.check_may_see(request.user, Permission.PERSON_READ)
    form = PeopleFilter(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    found = queries.people(
        words=chosen.get("q", ""),
        body=chosen.get("body"),
        role=chosen.get("role", ""),
        access=chosen.get("access", ""),
    )
    page = Paginator(found, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "desk/people/list.html",
        {"form": form, "page": page, "invitations": queries.open_invitations()},
    )


def _roles_left(person: Person) -> list[Role]:
    """Roles that a person of this body could hold, and does not."""
    held = queries.roles_of(person)
    return [
        role
        for role in Role
        if role not in held and not rules.reason_against(rules.check_may_hold, person.body, role)
    ]


def _shown(request: Request, person: Person, form: RoleForm) -> HttpResponse:
    """The page of a person; each button asks the rule of its act."""
    by, why_not = request.user, rules.reason_against
    held = [(h, why_not(rules.check_may_end, by, h)) for h in person.held_now]  # type: ignore[attr-defined]
    return render(
        request,
        "desk/people/person.html",
        {
            "person": person,
            "held": held,
            "form": form,
            "why_not_give": why_not(rules.check_may, by, Permission.ROLE_GIVE)
            or why_not(rules.check_not_same, by, person, "You cannot give yourself a role."),
            "why_not_close": why_not(rules.check_may_suspend, by, person),
            "why_not_open": why_not(rules.check_may_restore, by, person),
            "why_not_forget": why_not(rules.check_may_forget, by, person),
            "why_not_unprotect": why_not(rules.check_may_unprotect, by, person),
            "protections": queries.protections_of(person),
            "lines": lines_of(person),
        },
        status=400 if form.errors else 200,
    )


@require_GET
def person(request: Request, pk: UUID) -> HttpResponse:
    """One person: what they may do, how their sign-in is protected, and what was done."""
    found = _found(request, pk)
    return _shown(request, found, RoleForm(roles=_roles_left(found)))


@require_POST
def give_role(request: Request, pk: UUID) -> HttpResponse:
    """Give a role."""
    found = _found(request, pk)
    form = RoleForm(request.POST, roles=_roles_left(found))
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        if attempt(form, actions.give_role, by=request.user, person=found, role=role):
            messages.success(request, f"{found.name} is now {role.label}.")
            return redirect("desk:person", pk=pk)
    return _shown(request, found, form)


@require_POST
def end_role(request: Request, pk: UUID, held: int) -> HttpResponse:
    """End a role."""
    found = _found(request, pk)
    row = get_object_or_404(RoleHeld, pk=held, person=found)
    actions.end_role(by=request.user, held=row)
    messages.success(request, f"{found.name} is no longer {Role(row.role).label}.")
    return redirect("desk:person", pk=pk)


@require_http_methods(["GET", "POST"])
def close_access(request: Request, pk: UUID) -> HttpResponse:
    """Ask why, then close a person's access and sign them out."""
    found = _found(request, pk)
    rules.check_may_suspend(request.user, found)
    form = CloseForm(posted(request))
    if form.is_valid():
        act = actions.suspend_person
        if attempt(form, act, by=request.user, person=found, **form.cleaned_data):
            messages.success(
                request, f"The access of {found.name} is closed. They were signed out everywhere."
            )
            return redirect("desk:person", pk=pk)
    return render(request, "desk/people/close.html", {"person": found, "form": form})


@require_POST
def remove_protections(request: Request, pk: UUID) -> HttpResponse:
    """Let someone who has lost their device begin again."""
    found = _found(request, pk)
    actions.remove_protections(by=request.user, person=found)
    messages.success(
        request,
        f"The passkeys and codes of {found.name} were removed. They were signed out everywhere "
        "and told by a message; their password still works.",
    )
    return redirect("desk:person", pk=pk)


@require_POST
def open_access(request: Request, pk: UUID) -> HttpResponse:
    """Open a person's access again."""
    found = _found(request, pk)
    actions.restore_person(by=request.user, person=found)
    messages.success(request, f"{found.name} can sign in again.")
    return redirect("desk:person", pk=pk)


@require_http_methods(["GET", "POST"])
def forget_person(request: Request, pk: UUID) -> HttpResponse:
    """Say what forgetting does and does not do, then do it."""
    found = _found(request, pk)
    rules.check_may_forget(request.user, found)
    name, form = found.name, ForgetForm(posted(request))
    if form.is_valid():
        forgotten = attempt(form, actions.forget_person, by=request.user, person=found)
        if forgotten:
            messages.success(
                request,
                f"What was kept about {name} has been erased. What they did stays in the record, "
                "without their name.",
            )
            return redirect("desk:people")
    context = {"person": found, "form": form}
    return render(request, "desk/people/forget.html", context, status=400 if form.errors else 200)
