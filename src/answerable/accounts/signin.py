"""How the sign-in library is held to our rules: nobody signs up, and what happens is noted.

The library's own hooks are used, no signals: its adapters are asked at every step, and each change
to how a person signs in passes :meth:`ByInvitation.send_notification_mail`.
"""

import logging
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from answerable.accounts import actions, queries
from answerable.accounts.models import Person, SecurityLine

What = SecurityLine.What
log = logging.getLogger(__name__)

NOTED: dict[str, What] = {
    "account/email/password_changed": What.PASSWORD_CHANGED,
    "account/email/password_reset": What.PASSWORD_CHANGED,
    "account/email/password_set": What.PASSWORD_CHANGED,
    "mfa/email/totp_activated": What.APP_ADDED,
    "mfa/email/totp_deactivated": What.APP_REMOVED,
    "mfa/email/webauthn_added": What.PASSKEY_ADDED,
    "mfa/email/webauthn_removed": What.PASSKEY_REMOVED,
    "mfa/email/recovery_codes_generated": What.CODES_MADE,
    "socialaccount/email/account_connected": What.PROVIDER_LINKED,
    "socialaccount/email/account_disconnected": What.PROVIDER_UNLINKED,
}
"""What the security log says where the library tells a person of a change to their sign-in."""


def note(request: HttpRequest | None, what: What, person: object = None) -> None:
    """Write one line of the security log about this request."""
    adapter = DefaultAccountAdapter(request)
    actions.note_security(
        what=what,
        person=person if isinstance(person, Person) else None,
        address=adapter.get_client_ip(request) if request else None,
        agent=request.META.get("HTTP_USER_AGENT", "") if request else "",
    )


class ByInvitation(DefaultAccountAdapter):
    """No sign-up: an account is made only by accepting an invitation."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not right",
        "enter_current_password": "That is not the password you have now",
        "incorrect_password": "The password is not right",
        "invalid_password_reset": "This link does not work any more",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again",
        "rate_limited": "Too many tries. Wait a few minutes, then try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """The session is written down at sign-in, and not again on the next page."""
        super().login(request, user)
        request.session["seen_at"] = int(time.time())

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **how: Any) -> HttpResponse:
        """Signed in, with all that was asked for."""
        note(request, What.SIGNED_IN, user)
        return super().post_login(request, user, **how)

    def logout(self, request: HttpRequest) -> None:
        """Signed out."""
        note(request, What.SIGNED_OUT, request.user)
        super().logout(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Held back when there were too many tries."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            note(request, What.HELD_BACK, queries.person_with(credentials.get("email", "")))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Of an address that nobody has, only that it was tried is noted."""
        note(request, What.PASSWORD_WRONG, queries.person_with(credentials.get("email", "")))

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """The right password, but access is closed."""
        note(request, What.ACCESS_CLOSED, user)
        return super().respond_user_inactive(request, user)

    def send_password_reset_mail(
        self, user: AbstractBaseUser, email: str, context: dict[str, Any]
    ) -> None:
        """A link to set a new password was asked for."""
        note(self.request, What.PASSWORD_ASKED, user)
        super().send_password_reset_mail(user, email, context)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Whoever owns the sign-in hears of every change to it; so does the security log."""
        if template_prefix in NOTED:
            note(self.request, NOTED[template_prefix], user)
        super().send_notification_mail(template_prefix, user, context, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A message that cannot be sent is logged, and does not undo what was done."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            log.exception("The message %s could not be sent.", template_prefix)


class SecondFactor(DefaultMFAAdapter):
    """Passkeys are named for what they are."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "The code is not right. Codes change every 30 seconds",
        "cannot_generate_recovery_codes": "Add a passkey or an authenticator app first",
    }

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """The name offered for a new passkey."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "My passkey" if not count else f"My passkey {count + 1}"


class NotedSessions(DefaultUserSessionsAdapter):
    """Sessions that a person ends elsewhere are in the security log."""

    def end_sessions(self, sessions: Any) -> None:
        """End each, and say so."""
        for session in sessions:
            note(context.request, What.SESSION_ENDED, session.user)
        super().end_sessions(sessions)


def _noted_code(form: Any, check: Any) -> str:
    try:
        code = check()
    except ValidationError:
        note(context.request, What.CODE_WRONG, form.user)
        raise
    if form.authenticator.type == Authenticator.Type.RECOVERY_CODES:
        note(context.request, What.CODE_SPENT, form.user)
    return str(code)


class CodeForm(AuthenticateForm):
    """A code at sign-in: a wrong one is noted."""

    def clean_code(self) -> str:
        """The code, or an error that is in the security log too."""
        return _noted_code(self, super().clean_code)


class CodeAgainForm(ReauthenticateForm):
    """A code where a signed-in person is asked once more."""

    def clean_code(self) -> str:
        """The code, or an error that is in the security log too."""
        return _noted_code(self, super().clean_code)


def _noted_passkey(form: AuthenticateWebAuthnForm, check: Any) -> Any:
    try:
        return check()
    except ValidationError:
        note(context.request, What.PASSKEY_WRONG, form.user)
        raise


class PasskeyForm(LoginWebAuthnForm):
    """A passkey at sign-in: one that is not accepted is noted."""

    def clean_credential(self) -> Any:
        """The passkey, or an error that is in the security log too."""
        return _noted_passkey(self, super().clean_credential)


class PasskeyAgainForm(ReauthenticateWebAuthnForm):
    """A passkey where a signed-in person is asked once more."""

    def clean_credential(self) -> Any:
        """The passkey, or an error that is in the security log too."""
        return _noted_passkey(self, super().clean_credential)


def _confirmed_address(login: SocialLogin) -> EmailAddress | None:
    """The address that the provider vouches for."""
    return next((a for a in login.email_addresses if a.verified), None)


class ByInvitationElsewhere(DefaultSocialAccountAdapter):
    """A provider signs in people who are known or invited here, and nobody else."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: whoever comes this far is neither known nor invited."""
        note(request, What.NOT_INVITED)
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Someone invited joins with the address that the provider vouches for, without a password."""
        address = _confirmed_address(sociallogin)
        if sociallogin.is_existing or address is None or request.user.is_authenticated:
            return
        invitation = queries.open_invitation_to(address.email)
        if invitation is None:
            return
        person = actions.accept_invitation(by=invitation)
        note(request, What.INVITATION_USED, person)
        sociallogin.connect(request, person)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        """The provider said no, or could not be understood."""
        note(request, What.PROVIDER_WRONG)
