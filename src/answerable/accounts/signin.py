"""How the sign-in library is held to our rules: nobody signs up, people are invited."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class ByInvitation(DefaultAccountAdapter):
    """No sign-up: an account is made only by accepting an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class ByInvitationElsewhere(DefaultSocialAccountAdapter):
    """A provider signs in people who were invited here, and nobody else."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        """Never."""
        return False
