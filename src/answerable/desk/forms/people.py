"""Forms about people: invitations, roles, access, and what narrows their lists."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from answerable.accounts import queries
from answerable.accounts.models import Body, Person, Role, SecurityLine
from answerable.accounts.rules import DOES
from answerable.html import DateField, Form


def sentence_case(label: object) -> str:
    """A role's name at the beginning of a line."""
    text = str(label)
    return text[:1].upper() + text[1:]


ROLES = [(role.value, sentence_case(role.label)) for role in Role]


class RolesField(forms.MultipleChoiceField):
    """Roles to tick, each with what it does."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=ROLES, **kwargs)
        self.hints = {role.value: DOES[role] for role in Role}


class InviteForm(Form):
    """Whom to invite, and as what."""

    name = forms.CharField(
        max_length=120, error_messages={"required": "Enter the name of the person"}
    )
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="The invitation is sent there.",
        error_messages={"required": "Enter their e-mail address"},
    )
    body = forms.ModelChoiceField(
        Body.objects.none(), label="Body they belong to", empty_label="Choose a body"
    )
    roles = RolesField(
        label="What will they do?",
        help_text="Choose all that apply.",
        error_messages={"required": "Choose at least one role"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        bodies = queries.bodies_on(today).order_by("-is_office", "name")
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]


class RoleForm(Form):
    """One more role for a person."""

    role = forms.ChoiceField(label="Role", choices=ROLES)

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(r.value, sentence_case(r.label)) for r in roles]
        self.fields["role"].choices = [("", "Choose a role"), *words]  # type: ignore[attr-defined]


class CloseForm(Form):
    """Why a person's access is closed."""

    reason = forms.CharField(
        label="Why?",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text="Optional. Kept in the history of this person, and never published.",
    )


class ForgetForm(Form):
    """The last question before a person is forgotten."""

    sure = forms.BooleanField(
        label="I understand that this cannot be taken back",
        error_messages={"required": "Tick the box if you understand that it cannot be taken back"},
    )


class PeopleFilter(Form):
    """What narrows the list of people."""

    q = forms.CharField(label="Name or address", required=False, max_length=100)
    role = forms.ChoiceField(required=False, choices=[("", "Any role"), *ROLES])
    body = forms.ModelChoiceField(
        Body.objects.order_by("name"), required=False, empty_label="Any body", to_field_name="slug"
    )
    access = forms.ChoiceField(
        required=False,
        choices=[
            ("", "Everyone"),
            ("open", "Has access"),
            ("closed", "Access closed"),
            ("forgotten", "Forgotten"),
        ],
    )


class SecurityFilter(Form):
    """What narrows the security log."""

    what = forms.ChoiceField(
        label="What happened",
        required=False,
        choices=[("", "Anything"), *SecurityLine.What.choices],
    )
    who = forms.ModelChoiceField(
        Person.objects.filter(forgotten_at__isnull=True),
        label="Whose sign-in",
        required=False,
        empty_label="Anyone",
    )
    since = DateField(label="Since", required=False)


class PruneForm(Form):
    """How old a line may become."""

    days = forms.TypedChoiceField(
        label="Remove lines older than",
        coerce=int,
        choices=[(365, "a year"), (180, "six months"), (90, "three months")],
        initial=365,
    )


class JoinForm(Form):
    """How an invited person joins."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        help_text="As colleagues will see it beside what you do.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label="Choose a password",
        max_length=256,
        strip=False,
        help_text="At least 12 characters. Three words that do not belong together are good.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """The password by the rules of the house, for this person."""
        given = super().clean() or {}
        if given.get("password"):
            person = Person(name=given.get("name", ""), email=self.email)
            try:
                validate_password(given["password"], person)
            except ValidationError as wrong:
                self.add_error("password", wrong)
        return given


class MeForm(Form):
    """What a person may change about themselves."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        help_text="As colleagues see it beside what you do.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    shortcuts = forms.BooleanField(
        label="Single keys act on the page where candidates are checked",
        required=False,
        help_text="For example A to accept. Turn this off if you use voice control.",
    )
