"""People, bodies with their areas and successors, roles, invitations, and the security log."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q


class Body(models.Model):
    """An organisation that makes, receives or oversees recommendations."""

    class Kind(models.TextChoices):
        OFFICE = "office", "oversight office"
        FORCE = "force", "police force"
        COUNCIL = "council", "council"
        PARTNERSHIP = "partnership", "partnership"
        INSPECTORATE = "inspectorate", "inspectorate"
        WATCHDOG = "watchdog", "watchdog"
        INQUIRY = "inquiry", "inquiry or review"
        CORONER = "coroner", "coroner"
        PARLIAMENT = "parliament", "parliament or committee"
        GOVERNMENT = "government", "government department"
        OTHER = "other", "other body"

    AUDITED = (
        "name",
        "short_name",
        "slug",
        "kind",
        "begins_on",
        "ends_on",
        "is_office",
        "invented",
    )

    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=80, blank=True)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    begins_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    is_office = models.BooleanField(default=False, help_text="An oversight office that works here.")
    invented = models.BooleanField(default=False, help_text="Part of the fictional example world.")
    added_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(
        default=1, help_text="Counts changes: an edit names the one it saw."
    )

    class Meta:
        verbose_name_plural = "bodies"
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(begins_on__isnull=True)
                | Q(ends_on__gte=F("begins_on")),
                name="body_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.name


class FormerName(models.Model):
    """Another name under which documents know a body: a former name or an abbreviation."""

    AUDITED = ("body_id", "name")

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="other_names")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("body", "name"), name="body_other_name_once"),
        )

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A district of a body."""

    AUDITED = ("body_id", "name", "slug", "begins_on", "ends_on")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="areas")
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80)
    begins_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("body", "slug"), name="area_slug_in_body"),)

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """One body took over from another: what it owed passes on."""

    AUDITED = ("predecessor_id", "successor_id", "on", "reason")

    predecessor = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="precedents")
    on = models.DateField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("on",)
        constraints = (
            models.UniqueConstraint(fields=("predecessor", "successor"), name="succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="succession_of_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class People(BaseUserManager["Person"]):
    """How Django and allauth find a person."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with this e-mail address, whatever its capitals."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Someone who may sign in. The chain knows a person only by the random ``id``."""

    AUDITED = ("is_active", "body_id")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="people")
    is_active = models.BooleanField(default=True)
    shortcuts = models.BooleanField(
        default=True, help_text="Single-key shortcuts on the checking page."
    )
    joined_at = models.DateTimeField(auto_now_add=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = People()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name_plural = "people"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person does for a body."""

    GOVERNANCE_OFFICER = "governance_officer", "governance officer"
    VERIFIER = "verifier", "verifier"
    CHAIR = "chair", "commissioner or chair"
    PUBLISHER = "publisher", "publisher"
    ADMINISTRATOR = "administrator", "administrator"
    ASSURANCE_LEAD = "assurance_lead", "assurance lead"
    READER = "reader", "reader"


class RoleHeld(models.Model):
    """A person holds a role; ended, never deleted."""

    AUDITED = ("person_id", "role", "begun_at", "ended_at")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles_held")
    role = models.CharField(max_length=30, choices=Role)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "roles held"
        constraints = (
            models.UniqueConstraint(
                fields=("person", "role"), condition=Q(ended_at__isnull=True), name="role_held_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"


class Invitation(models.Model):
    """A single-use link by which a person joins. Only the digest of its token is kept."""

    AUDITED = ("body_id", "roles", "expires_at", "used_at", "withdrawn_at")

    email = models.EmailField()
    name = models.CharField(max_length=120)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="invitations")
    roles = models.JSONField()
    token_digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-invited_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(used_at__isnull=True, used_by__isnull=True)
                | Q(used_at__isnull=False, used_by__isnull=False),
                name="invitation_used_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class SecurityLine(models.Model):
    """One line of the administrator's security log: sign-ins, failures, second factors, sessions.

    Kept apart from the audit chain: it holds addresses of machines, and is pruned by age. What a
    stranger typed as e-mail address or password is never in it.
    """

    class What(models.TextChoices):
        SIGNED_IN = "signed_in", "Signed in"
        SIGNED_OUT = "signed_out", "Signed out"
        PASSWORD_WRONG = "password_wrong", "Sign-in failed: wrong address or password"
        CODE_WRONG = "code_wrong", "Sign-in failed: wrong code"
        PASSKEY_WRONG = "passkey_wrong", "Sign-in failed: passkey not accepted"
        PROVIDER_WRONG = "provider_wrong", "Sign-in failed at the provider"
        HELD_BACK = "held_back", "Sign-in held back: too many tries"
        ACCESS_CLOSED = "access_closed", "Sign-in refused: access is closed"
        NOT_INVITED = "not_invited", "Sign-in refused: not invited"
        INVITATION_USED = "invitation_used", "Invitation used"
        INVITATION_REFUSED = "invitation_refused", "Invitation refused: unknown, used or too old"
        PASSWORD_ASKED = "password_asked", "Asked to set a new password"
        PASSWORD_CHANGED = "password_changed", "Password changed"
        APP_ADDED = "app_added", "Authenticator app added"
        APP_REMOVED = "app_removed", "Authenticator app removed"
        PASSKEY_ADDED = "passkey_added", "Passkey added"
        PASSKEY_REMOVED = "passkey_removed", "Passkey removed"
        PROTECTIONS_REMOVED = (
            "protections_removed",
            "Passkeys and codes removed by an administrator",
        )
        CODES_MADE = "codes_made", "New recovery codes made"
        CODE_SPENT = "code_spent", "Recovery code used"
        PROVIDER_LINKED = "provider_linked", "Provider connected"
        PROVIDER_UNLINKED = "provider_unlinked", "Provider disconnected"
        SESSION_ENDED = "session_ended", "Session ended"

    at = models.DateTimeField(db_index=True)
    what = models.CharField(max_length=60, choices=What)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.at} {self.what}"
