"""The form of a claim: how far a body says that delivery has come, and what each rung needs."""

from typing import Any

from django import forms

from answerable.accounts.models import Person
from answerable.desk.forms.people import sentence_case
from answerable.desk.forms.register import reason_field
from answerable.desk.forms.seen import SeenForm
from answerable.html import ChoiceWithHints, DateField
from answerable.plan.models import ClosingTest, Rung
from answerable.plan.rules.claims import FALLS, needs_sign_off
from answerable.register.models import Undertaking

NEEDS: dict[Rung, str] = {
    Rung.NOT_STARTED: "Nothing has been done yet.",
    Rung.IN_PROGRESS: "Something is being done. What is left is in the plan.",
    Rung.READY: "All of it is done, and someone independent may come and look. Needs a closing "
    "test that both sides agreed, and a sign-off in your body.",
    Rung.OTHER_MEANS: "What was asked for is achieved in another way. Needs the reason, which will "
    "be published, and a sign-off in your body.",
    Rung.CANNOT: "It will not be done. Needs the reason, which will be published, and a sign-off "
    "in your body.",
}
"""What each rung of the ladder says, and what it needs."""

NO_TEST = "It cannot be claimed yet: no closing test is agreed."


class ClaimForm(SeenForm):
    """How far delivery has come, in the body’s own words.

    ``undertaking`` says whose claim it is; ``before`` the rung that stands, ``test`` the closing
    test that does. Where one claim serves several, ``test`` is that of any of them that has one.
    """

    field_order = ("rung", "slipped_on", "words", "reason", "signed_off_name", "signed_off_role")

    rung = ChoiceWithHints(
        label="How far has it come?",
        choices=[(value, sentence_case(label)) for value, label in Rung.choices],
        error_messages={"required": "Choose how far delivery has come"},
    )
    words = forms.CharField(
        label="What has been done?",
        help_text="In the words of your body, with dates and numbers. Someone will compare this "
        "with what is seen.",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say in a sentence what has been done"},
    )
    reason = reason_field(
        "Why is it met by other means, or why can it not be done?",
        "Only for these two. This will be published, word for word.",
        required=False,
    )
    signed_off_name = forms.CharField(
        label="Who in your body signed this off?",
        required=False,
        max_length=120,
        help_text="Needed from “ready for assessment” on. The name stays inside; the post is "
        "published.",
    )
    signed_off_role = forms.CharField(
        label="Their post",
        required=False,
        max_length=200,
        help_text="For example: Head of Public Protection.",
    )
    slipped_on = DateField(
        label="From which day had it slipped back?",
        required=False,
        past=True,
        help_text="Only where you go back down the ladder. That you say so yourself is put on "
        "record, and published, to your credit.",
    )

    def __init__(
        self,
        *args: Any,
        person: Person,
        undertaking: Undertaking,
        before: Rung | None,
        test: ClosingTest | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        hints = {str(rung): words for rung, words in NEEDS.items()}
        if test is None:
            hints[Rung.READY] = f"{NEEDS[Rung.READY]} {NO_TEST}"
        self.fields["rung"].hints = hints  # type: ignore[attr-defined]
        if needs_sign_off(person, undertaking, Rung.IN_PROGRESS):
            self._for_another(undertaking)
        if before not in FALLS:
            del self.fields["slipped_on"]

    def _for_another(self, undertaking: Undertaking) -> None:
        """Whoever enters it for the body names who in the body said so, whatever the rung."""
        name, role = self.fields["signed_off_name"], self.fields["signed_off_role"]
        name.label = f"Who in {undertaking.body.name} signed this off?"
        name.help_text = (
            "You enter this for them, so it is always needed. The name stays inside; the post is "
            "published."
        )
        name.required = role.required = True
        name.error_messages["required"] = "Enter who signed this off"
        role.error_messages["required"] = "Enter their post"
