"""What repeats: the index of likeness, what the machine suggests from it, what a person dismissed.

All but :class:`Dismissal` follows from the words of the register and can be made anew from them.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from answerable.accounts.models import Person
from answerable.register.models.recorded import Recommendation


class LikenessText(models.Model):
    """One recommendation in the index, with its words as the engine took them apart."""

    DERIVED = True

    recommendation = models.OneToOneField(
        Recommendation, on_delete=models.PROTECT, primary_key=True, related_name="likeness_text"
    )
    fingerprint = models.CharField(max_length=64, help_text="Of the words that were indexed.")
    version = models.PositiveSmallIntegerField(help_text="Of the engine's analysis.")
    content = models.BinaryField(help_text="The analysis, packed.")
    looked = models.BooleanField(default=False, help_text="Whether suggestions were made for it.")

    class Meta:
        indexes = (
            models.Index(
                fields=("recommendation",), condition=Q(looked=False), name="likeness_to_look_at"
            ),
        )

    def __str__(self) -> str:
        return f"likeness of {self.recommendation_id}"


class LikenessTerm(models.Model):
    """A word or phrase, with the number of recommendations in which it stands."""

    DERIVED = True

    term = models.TextField()
    df = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("term",), name="likeness_term_once"),)

    def __str__(self) -> str:
        return self.term


class LikenessPosting(models.Model):
    """In which recommendations of one block a term stands, and how often in each, packed."""

    DERIVED = True

    pk = models.CompositePrimaryKey("term", "block")
    term = models.BigIntegerField()
    block = models.PositiveIntegerField()
    places = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.term} in {self.block}"


class LikenessBlock(models.Model):
    """The recommendations of one block: which are there, of which report, how long each is, packed."""

    DERIVED = True

    block = models.PositiveIntegerField(primary_key=True)
    rows = models.BinaryField()

    def __str__(self) -> str:
        return f"block {self.block}"


class LikenessVector(models.Model):
    """What a text means, as the sentence model has it. Written once; a newer row takes its place."""

    DERIVED = True

    recommendation = models.OneToOneField(
        Recommendation, on_delete=models.PROTECT, related_name="likeness_vector"
    )
    fingerprint = models.CharField(max_length=64)
    model = models.CharField(max_length=64, help_text="Which model, by its digest.")
    vector = models.BinaryField()

    def __str__(self) -> str:
        return f"meaning of {self.recommendation_id}"


class Suggestion(models.Model):
    """What the machine thinks repeats: kept for a list of what waits, never a decision."""

    DERIVED = True

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="suggestions"
    )
    other = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    score = models.FloatField()
    related = models.FloatField(help_text="The odds that any relation holds between the two.")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("recommendation", "other"), name="suggestion_once"),
        )

    def __str__(self) -> str:
        return f"{self.recommendation_id} may repeat {self.other_id}"


class Dismissal(models.Model):
    """A person's word that two recommendations are not alike. Taken back with a reason, never removed."""

    FROZEN = ("earlier_id", "later_id", "reason", "dismissed_by_id", "at")
    AUDITED = (*FROZEN, "taken_back_at", "taken_back_by_id", "taken_back_reason")

    earlier = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    later = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    dismissed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                Least("earlier", "later"),
                Greatest("earlier", "later"),
                condition=Q(taken_back_at__isnull=True),
                name="dismissal_stands_once",
            ),
            models.CheckConstraint(condition=~Q(earlier=F("later")), name="dismissal_of_two"),
            models.CheckConstraint(
                condition=Q(
                    taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_reason=""
                )
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="dismissal_taken_back_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.later_id} is not like {self.earlier_id}"
