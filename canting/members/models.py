"""Tables of membership: who belongs to the cooperative, since when, where she lives."""

from django.db import models
from django.db.models import Q

from canting.members.rules import MemberKind, MemberState


class Member(models.Model):
    """A member or applicant. `party` is whom journal lines name; the NIK is only kept sealed."""

    cooperative = models.ForeignKey("cooperatives.Cooperative", models.PROTECT, related_name="+")
    party = models.OneToOneField("cooperatives.Party", models.PROTECT, related_name="+")
    number = models.CharField(max_length=20, help_text="The same as the party's number.")
    old_number = models.CharField(max_length=40, blank=True)
    full_name = models.CharField(max_length=120)
    called_name = models.CharField(max_length=60, blank=True)
    title_before = models.CharField(max_length=30, blank=True)
    title_after = models.CharField(max_length=40, blank=True)
    kind = models.CharField(
        max_length=13,
        default=MemberKind.ORDINARY.value,
        choices=[(k.value, k.value) for k in MemberKind],
    )
    status = models.CharField(
        max_length=9,
        default=MemberState.APPLICANT.value,
        choices=[(s.value, s.value) for s in MemberState],
    )
    applied_on = models.DateField()
    joined_on = models.DateField(
        null=True, blank=True, help_text="Empty where nobody knows the day any more."
    )
    left_on = models.DateField(null=True, blank=True)
    birth_place = models.CharField(max_length=60, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    nik_sealed = models.BinaryField(null=True, blank=True)
    nik_fingerprint = models.CharField(max_length=64, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    other_phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    dusun = models.CharField(max_length=60, blank=True)
    rt = models.CharField(max_length=3, blank=True)
    rw = models.CharField(max_length=3, blank=True)
    village_code = models.CharField(max_length=13, blank=True, help_text="Such as 35.13.15.2017.")
    village = models.CharField(max_length=60, blank=True)
    district = models.CharField(max_length=60, blank=True)
    regency = models.CharField(max_length=60, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    landmark = models.CharField(max_length=120, blank=True)
    workshop = models.CharField(max_length=80, blank=True, help_text="Workshop or group.")
    occupation = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=200, blank=True)
    brought = models.JSONField(
        default=dict, help_text="Shares by kind that the sheet stated; not in the books by itself."
    )
    search = models.CharField(max_length=500)
    import_reference = models.CharField(
        max_length=32, blank=True, db_index=True, help_text="The sheet she came from."
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="member_number_once"),
            models.UniqueConstraint(
                fields=["cooperative", "nik_fingerprint"],
                condition=~Q(nik_fingerprint=""),
                name="member_nik_once",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "full_name", "id"], name="member_by_name"),
            models.Index(fields=["cooperative", "status"], name="member_by_status"),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.number})"
