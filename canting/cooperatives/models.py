"""Tables of the house itself: who uses it, which cooperatives, and what cuts across all domains."""

import hashlib

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin, UserManager
from django.db import models
from django.db.models import Q

from canting.cooperatives.rules import CooperativeKind, PartyKind, Role
from canting.kernel.append_only import AppendOnly


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. One name field: single names are normal and never split."""

    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    called_name = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=8, default="id")
    pin = models.CharField(
        max_length=128, blank=True, help_text="Hash of the member's 6-digit PIN."
    )
    pin_failures = models.PositiveSmallIntegerField(default=0)
    pin_locked_until = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False, help_text="Demo sign-ins need no second factor.")
    is_system = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    officer_of = models.CharField(
        max_length=13, blank=True, help_text="Region code whose cooperatives this officer oversees."
    )
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    def __str__(self) -> str:
        return self.called_name or self.full_name or self.username

    def get_full_name(self) -> str:
        """The full name; libraries ask for it by this name."""
        return self.full_name

    def get_short_name(self) -> str:
        """The called name; libraries ask for it by this name."""
        return str(self)


class Device(models.Model):
    """A browser in which somebody is signed in, so that a lost phone can be signed out."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60, help_text="Such as Chrome, Android.")
    signed_in_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """What a page may show of the session's key: a mark that opens nothing."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:16]


class Cooperative(models.Model):
    """One cooperative: the owner of every other row."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(
        max_length=20, default=CooperativeKind.PRODUCER, choices=[(k, k) for k in CooperativeKind]
    )
    place = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    region_code = models.CharField(max_length=13, blank=True, help_text="Such as 35.13.")
    phone = models.CharField(max_length=20, blank=True)
    legal_number = models.CharField(max_length=60, blank=True)
    registry_number = models.CharField(max_length=20, blank=True, help_text="Nomor Induk Koperasi.")
    zone = models.CharField(max_length=40, default="Asia/Jakarta")
    cutover_date = models.DateField(help_text="First day of the books kept here.")
    is_demo = models.BooleanField(default=False)
    signed_at = models.DateTimeField(
        null=True, blank=True, help_text="Opening signed; before: provisional."
    )
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Party(models.Model):
    """One whom a journal line may point to; the ledger prints its name without calling up."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k, k) for k in PartyKind])
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "kind", "number"], name="party_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class Access(models.Model):
    """What a user may be in one cooperative; a member's access names her party."""

    user = models.ForeignKey(User, models.PROTECT, related_name="accesses")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="accesses")
    role = models.CharField(max_length=12, choices=[(r, r) for r in Role])
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "user", "role"], name="access_once"),
            models.CheckConstraint(
                condition=~Q(role=Role.MEMBER) | Q(party__isnull=False),
                name="access_member_has_party",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class RequestKey(models.Model):
    """A writing request, done once and answered the same when it comes again."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    body_digest = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "key"], name="request_key_once")
        ]

    def __str__(self) -> str:
        return self.key


class Series(models.Model):
    """The last number given in one series and year; gapless, since it is taken inside the commit."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    series = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "series", "year"], name="series_year_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.series}/{self.year} {self.last}"


class AuditRecord(AppendOnly):
    """Who did what, for whom, when: written by the service, in its own transaction."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    for_party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=100)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["cooperative", "subject"], name="audit_by_subject"),
            models.Index(fields=["cooperative", "made_at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"


class ParameterValue(AppendOnly):
    """A dated value that a law or a meeting set for this cooperative; the latest row of a day rules."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    valid_from = models.DateField()
    value = models.JSONField()
    source = models.CharField(max_length=200)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["cooperative", "name", "valid_from"], name="parameter_by_name")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.valid_from}"


class Attachment(AppendOnly):
    """A photo or PDF of a paper, stored by the digest of its content."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)
    size_bytes = models.PositiveIntegerField()
    original_name = models.CharField(max_length=120)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["cooperative", "subject"], name="attachment_by_subject")]

    def __str__(self) -> str:
        return self.original_name


class Token(models.Model):
    """A link that opens exactly one thing for someone without an account."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    token = models.CharField(max_length=43, unique=True)
    purpose = models.CharField(max_length=30)
    subject = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["cooperative", "subject"], name="token_by_subject")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject}"


class Message(models.Model):
    """A text opened in WhatsApp or mailed: `opened`, never `sent`, since nobody can know that."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    template = models.CharField(max_length=30)
    subject = models.CharField(max_length=100)
    text = models.TextField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["cooperative", "subject"], name="message_by_subject")]

    def __str__(self) -> str:
        return f"{self.template} {self.subject}"


class ImportMapping(models.Model):
    """How a layout met before is read: remembered by the digest of its header."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    header_digest = models.CharField(max_length=64)
    header = models.JSONField()
    columns = models.JSONField()
    convention = models.CharField(max_length=8, default="id")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "kind", "header_digest"], name="import_mapping_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.header_digest[:8]}"


class PastedSheet(models.Model):
    """A sheet brought for import, kept until it is taken in or dropped, so that nothing is lost."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    state = models.JSONField(default=dict)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class RowSeal(models.Model):
    """The keyed digest of one row, written by the database's triggers (kernel.row_seals)."""

    of_table = models.CharField(max_length=63)
    of_row = models.BigIntegerField()
    house = models.BigIntegerField(
        null=True, help_text="Its cooperative; no key, so that a seal outlives what it seals."
    )
    digest = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of_table", "of_row"], name="row_sealed_once")
        ]

    def __str__(self) -> str:
        return f"{self.of_table} {self.of_row}"
