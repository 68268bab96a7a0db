"""The sign-in library's forms in our words: one password field that can be shown, plain errors."""

from typing import Any, ClassVar

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.html import format_html
from django.utils.safestring import SafeString

from answerable.accounts.signin import CodeAgainForm, CodeForm
from answerable.html import Form

A_GOOD_ONE = "At least 12 characters. Three words that do not belong together are good."


class InOurWords(Form):
    """Labels, hints and errors of the library's fields, by their names; no placeholders."""

    labels: ClassVar[dict[str, str]] = {}
    hints: ClassVar[dict[str, str]] = {}
    empty: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)  # it can be shown, so it need not be typed twice
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            if name in self.empty:
                field.error_messages["required"] = self.empty[name]


class SignIn(InOurWords, LoginForm):
    """Address and password."""

    labels: ClassVar[dict[str, str]] = {"login": "E-mail address", "password": "Password"}
    empty: ClassVar[dict[str, str]] = {
        "login": "Enter your e-mail address",
        "password": "Enter your password",
    }


class PasswordAgain(InOurWords, ReauthenticateForm):
    """The password of someone who is signed in, asked once more."""

    labels: ClassVar[dict[str, str]] = {"password": "Password"}
    empty: ClassVar[dict[str, str]] = {"password": "Enter your password"}


class ChangePassword(InOurWords, ChangePasswordForm):
    """The old password and the new."""

    labels: ClassVar[dict[str, str]] = {
        "oldpassword": "Password you have now",
        "password1": "New password",
    }
    hints: ClassVar[dict[str, str]] = {"password1": A_GOOD_ONE}
    empty: ClassVar[dict[str, str]] = {
        "oldpassword": "Enter the password you have now",
        "password1": "Enter a new password",
    }


class SetPassword(InOurWords, SetPasswordForm):
    """A first password, for someone who signs in through a provider."""

    labels: ClassVar[dict[str, str]] = {"password1": "Password"}
    hints: ClassVar[dict[str, str]] = {"password1": A_GOOD_ONE}
    empty: ClassVar[dict[str, str]] = {"password1": "Enter a password"}


class AskForPassword(InOurWords, ResetPasswordForm):
    """Where to send the link that sets a new password."""

    labels: ClassVar[dict[str, str]] = {"email": "E-mail address"}
    empty: ClassVar[dict[str, str]] = {"email": "Enter your e-mail address"}


class NewPassword(InOurWords, ResetPasswordKeyForm):
    """The new password of someone who forgot theirs."""

    labels: ClassVar[dict[str, str]] = {"password1": "New password"}
    hints: ClassVar[dict[str, str]] = {"password1": A_GOOD_ONE}
    empty: ClassVar[dict[str, str]] = {"password1": "Enter a new password"}


CODE = "The 6 digits that your authenticator app shows, or one of your recovery codes."


class Code(InOurWords, CodeForm):
    """A code at sign-in."""

    labels: ClassVar[dict[str, str]] = {"code": "Code"}
    hints: ClassVar[dict[str, str]] = {"code": CODE}
    empty: ClassVar[dict[str, str]] = {"code": "Enter a code"}


class CodeAgain(InOurWords, CodeAgainForm):
    """A code of someone who is signed in, asked once more."""

    labels: ClassVar[dict[str, str]] = {"code": "Code"}
    hints: ClassVar[dict[str, str]] = {"code": CODE}
    empty: ClassVar[dict[str, str]] = {"code": "Enter a code"}


class AddApp(InOurWords, ActivateTOTPForm):
    """The first code of an authenticator app."""

    labels: ClassVar[dict[str, str]] = {"code": "Code that the app shows"}
    hints: ClassVar[dict[str, str]] = {"code": "6 digits"}
    empty: ClassVar[dict[str, str]] = {"code": "Enter the code that the app shows"}

    def grouped_secret(self) -> SafeString:
        """The key in groups of four, to be typed where no picture can be taken."""
        groups = [self.secret[i : i + 4] for i in range(0, len(self.secret), 4)]
        return format_html("{}", " ".join(groups))


class AddPasskey(InOurWords, AddWebAuthnForm):
    """A name for a passkey, and whether it signs in on its own."""

    labels: ClassVar[dict[str, str]] = {
        "name": "Name of this passkey",
        "passwordless": "Sign in with it alone, without a password",
    }
    hints: ClassVar[dict[str, str]] = {
        "name": "So that you can tell it from others, for example “Work laptop”.",
        "passwordless": "Your device will ask for your finger, face or PIN each time.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class RenamePasskey(InOurWords, EditWebAuthnForm):
    """Another name for a passkey."""

    labels: ClassVar[dict[str, str]] = {"name": "Name of this passkey"}
    empty: ClassVar[dict[str, str]] = {"name": "Enter a name"}
