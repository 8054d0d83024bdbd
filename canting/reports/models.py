"""Table of the notes: the text that stands between the tables, kept from year to year."""

from django.db import models


class NoteText(models.Model):
    """What one section of the notes says from one year on, until a later year says otherwise."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=24)
    text = models.TextField(blank=True)
    written_by = models.ForeignKey("cooperatives.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "year", "section"], name="note_text_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.year}"
