"""Forms about editions: the note to the public, the approval, the reason for sending back."""

from django import forms

from answerable.html import Form


class ProposalForm(Form):
    """What the public should know of an edition, besides what is in it."""

    note = forms.CharField(
        label="A note to the public",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="It stands on the page “What changed”. Leave it empty if nothing needs saying.",
    )


class ApprovalForm(Form):
    """The approval of exactly what was seen."""

    content_digest = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=64, strip=True
    )
    read = forms.BooleanField(
        label="I have read every change, and it may be public",
        error_messages={"required": "Say that you have read every change"},
    )


class SendBackForm(Form):
    """Why a proposal is sent back."""

    reason = forms.CharField(
        label="Why do you send it back?",
        max_length=2000,
        widget=forms.Textarea,
        help_text="Its proposer reads this. It is never public.",
        error_messages={"required": "Say why you send it back"},
    )
