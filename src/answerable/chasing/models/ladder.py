"""The ladder: what is sent when a date comes near or has passed, as data with versions."""

from dataclasses import dataclass

from django.db import models

from answerable.accounts.models import Person


class Ladder(models.TextChoices):
    """For what kind of date the steps are."""

    CLOCK = "clock", "replies"
    DATE = "date", "dates of the plan and of closing tests"
    RECHECK = "recheck", "re-checks"


class Step(models.TextChoices):
    """The steps, in their order."""

    REMINDER = "reminder", "reminder"
    SECOND = "second", "second reminder"
    LETTER = "letter", "letter to the head of the body"
    NOTICE = "notice", "notice of silence"


@dataclass(frozen=True, slots=True)
class Setting:
    """One step of one ladder: how many days after the date (less than nothing: before), and what."""

    ladder: Ladder
    step: Step
    days: int
    words: str
    automatic: bool = False
    in_use: bool = True
    version: int = 0


_HOW = "Reply here: {link}"
STEPS: tuple[Setting, ...] = (
    Setting(
        Ladder.CLOCK,
        Step.REMINDER,
        -14,
        "{body} is asked to reply to this by {due}.\n\nPlease say whether {body} accepts it, "
        "in whole or in part, and what was or will be done; or why nothing will be.\n\n" + _HOW,
    ),
    Setting(
        Ladder.CLOCK,
        Step.SECOND,
        1,
        "{body} should have replied to this by {due}. {reminded}\n\nPlease reply now, or say "
        "on which day the reply will come and what keeps it.\n\n" + _HOW,
    ),
    Setting(
        Ladder.CLOCK,
        Step.LETTER,
        14,
        "{body} should have replied to this by {due}. {reminded}\n\nPlease see to it that a "
        "reply reaches us within 14 days. If none does, the public record will carry a notice that "
        "{body} has not answered.",
    ),
    Setting(
        Ladder.CLOCK,
        Step.NOTICE,
        28,
        "{body} should have replied to this by {due}. {reminded}\n\nThe next edition of the "
        "public record carries a notice that {body} has not answered. The notice stays with the "
        "record; a reply will stand beside it.\n\n" + _HOW,
    ),
    Setting(
        Ladder.DATE,
        Step.REMINDER,
        -14,
        "The record says that {owed} by {due}.\n\nIf that will not be so, ask to move the "
        "date and say why: the first date always stays beside the new one.\n\nSee it here: {link}",
    ),
    Setting(
        Ladder.DATE,
        Step.SECOND,
        1,
        "The record says that {owed} by {due}. {reminded}\n\nPlease record that it is so, or "
        "ask to move the date and say why.\n\nSee it here: {link}",
    ),
    Setting(
        Ladder.DATE,
        Step.LETTER,
        28,
        "The record says that {owed} by {due}. {reminded}\n\nPlease tell us within 14 days "
        "what keeps it, and by which day it will be so.",
    ),
    Setting(
        Ladder.RECHECK,
        Step.REMINDER,
        -28,
        "This was closed because someone independent had seen that it was so. It is looked at again "
        "by {due}.\n\nPlease have ready what shows that it is still so.\n\nSee it here: {link}",
    ),
)
"""The ladders as they come; an office changes any step, and its newest version counts."""


class StepSet(models.Model):
    """A step as an office has set it, one row a version. What was sent under an older one stays."""

    AUDITED = (
        "ladder",
        "step",
        "version",
        "days",
        "words",
        "automatic",
        "in_use",
        "changed_by_id",
        "changed_at",
    )

    ladder = models.CharField(max_length=10, choices=Ladder)
    step = models.CharField(max_length=10, choices=Step)
    version = models.PositiveIntegerField()
    days = models.IntegerField(help_text="After the date; less than nothing: before it.")
    words = models.TextField()
    automatic = models.BooleanField(default=False, help_text="Sent without anyone’s approval.")
    in_use = models.BooleanField(default=True)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = "step of the ladder"
        verbose_name_plural = "steps of the ladder"
        ordering = ("ladder", "step", "version")
        constraints = (
            models.UniqueConstraint(fields=("ladder", "step", "version"), name="step_version_once"),
            models.CheckConstraint(
                condition=models.Q(automatic=False) | models.Q(step__in=("reminder", "second")),
                name="step_automatic_only_reminders",
            ),
        )

    def __str__(self) -> str:
        return f"{self.ladder} {self.step} {self.version}"
