"""Writes of the house: cooperatives, people, parties, numbers, audit, parameters, keys, tokens."""

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.utils import timezone

from canting.cooperatives import selectors
from canting.cooperatives.errors import (
    BadSlug,
    BadUpload,
    KeyReused,
    PartyTaken,
    SlugTaken,
    SourceNeeded,
    UnknownParameter,
)
from canting.cooperatives.models import (
    Access,
    Attachment,
    Cooperative,
    Message,
    ParameterValue,
    Party,
    RequestKey,
    Token,
    User,
)
from canting.cooperatives.rules import (
    LARGEST_UPLOAD,
    PARTY_PREFIX,
    PartyKind,
    Role,
)
from canting.cooperatives.services.trail import count_up, now_adapted, record
from canting.kernel.typed import shown
from canting.kernel.uploads import media_type, without_whereabouts


@transaction.atomic
def open_cooperative(
    *,
    slug: str,
    name: str,
    kind: str,
    cutover_date: date,
    actor: User,
    reserved: frozenset[str],
    **facts: Any,
) -> Cooperative:
    """Make a new, empty cooperative; its chart of accounts is the ledger's business."""
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])", slug):
        raise BadSlug(slug=slug)
    if slug in reserved or Cooperative.objects.filter(slug=slug).exists():
        raise SlugTaken(slug=slug, hint=f"{slug}-2")
    made = Cooperative.objects.create(
        slug=slug, name=name, kind=kind, cutover_date=cutover_date, **facts
    )
    record(cooperative_id=made.pk, actor=actor, action="cooperatives.opened", subject=slug)
    return made


@transaction.atomic
def change_cooperative(*, cooperative: Cooperative, actor: User, **facts: Any) -> Cooperative:
    """Change facts of the cooperative (name, place, phone, numbers); never its short name."""
    before = {name: getattr(cooperative, name) for name in facts}
    for name, value in facts.items():
        setattr(cooperative, name, value)
    cooperative.save(update_fields=list(facts))
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="cooperatives.changed",
        subject=cooperative.slug,
        facts={"before": before, "after": facts},
    )
    return cooperative


@transaction.atomic
def create_user(
    *,
    username: str,
    full_name: str,
    password: str | None = None,
    is_demo: bool = False,
    **facts: Any,
) -> User:
    """Make a person who can sign in; without a password only a one-time link lets them in."""
    user = User(username=username, full_name=full_name, is_demo=is_demo, **facts)
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save()
    return user


@transaction.atomic
def grant_access(
    *, cooperative: Cooperative, user: User, role: Role, actor: User, party: Party | None = None
) -> Access:
    """Let a user act in a role; asked twice it changes nothing."""
    access, _ = Access.objects.update_or_create(
        cooperative=cooperative, user=user, role=role, defaults={"party": party, "active": True}
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="cooperatives.access_granted",
        subject=user.username,
        facts={"role": role},
    )
    return access


@transaction.atomic
def withdraw_access(*, cooperative: Cooperative, access_id: int, actor: User) -> None:
    """End an access; the person's past acts keep their name."""
    access = Access.objects.get(cooperative=cooperative, pk=access_id)
    access.active = False
    access.save(update_fields=["active"])
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="cooperatives.access_withdrawn",
        subject=access.user.username,
        facts={"role": access.role},
    )


@transaction.atomic
def create_party(
    *, cooperative: Cooperative, kind: PartyKind, name: str, number: str = "", on: date
) -> Party:
    """Make someone whom journal lines can point to; without a number the next free one is given."""
    if number:
        taken = selectors.party_by_number(cooperative=cooperative, kind=kind, number=number)
        if taken:
            raise PartyTaken(number=number, name=taken.name)
        return Party.objects.create(cooperative=cooperative, kind=kind, number=number, name=name)
    while True:
        series = f"party.{PARTY_PREFIX[kind]}"
        count = count_up(cooperative=cooperative, series=series, year=0)
        number = f"{PARTY_PREFIX[kind]}-{count:04d}"
        if not selectors.party_by_number(cooperative=cooperative, kind=kind, number=number):
            return Party.objects.create(
                cooperative=cooperative, kind=kind, number=number, name=name
            )


def rename_party(*, party: Party, name: str) -> None:
    """Follow a change of name in the domain that owns the party."""
    Party.objects.filter(pk=party.pk).update(name=name)


@transaction.atomic
def set_parameter(
    *, cooperative: Cooperative, name: str, value: Any, valid_from: date, source: str, actor: User
) -> None:
    """Set a dated parameter from a day on, naming the law or decision that allows it."""
    if name not in selectors.all_parameters():
        raise UnknownParameter(name=name)
    if not source.strip():
        raise SourceNeeded(name=name)
    ParameterValue.objects.create(
        cooperative=cooperative,
        name=name,
        value=value,
        valid_from=valid_from,
        source=source,
        set_by=actor,
        made_at=timezone.now(),
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="cooperatives.parameter_set",
        subject=name,
        facts={"value": value, "valid_from": valid_from, "source": source},
    )


def claim_key(
    *, cooperative: Cooperative, key: str, actor: User | None, body_digest: str
) -> dict[str, Any] | None:
    """Take a request key, or give back the answer stored under it; other contents are refused."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cooperatives_requestkey (cooperative_id, key, actor_id, body_digest, answer,"
            " made_at) VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (cooperative_id, key) DO NOTHING",
            [cooperative.pk, key, actor.pk if actor else None, body_digest, "{}", now_adapted()],
        )
        if cursor.rowcount == 1:
            return None
    kept = RequestKey.objects.get(cooperative=cooperative, key=key)
    if kept.body_digest != body_digest or kept.actor_id != (actor.pk if actor else None):
        raise KeyReused()
    answer: dict[str, Any] = kept.answer
    return answer


def answer_key(*, cooperative: Cooperative, key: str, answer: Mapping[str, Any]) -> None:
    """Store the answer under its key, in the transaction of the deed."""
    RequestKey.objects.filter(cooperative=cooperative, key=key).update(answer=dict(answer))


def body_digest(parts: Mapping[str, Any], path: str) -> str:
    """The digest of what was sent and where to; equal bodies have equal digests."""
    text = json.dumps([path, parts], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def issue_token(
    *,
    cooperative: Cooperative,
    purpose: str,
    subject: str,
    lasts: timedelta | None = None,
    until: datetime | None = None,
    fresh: bool = False,
) -> Token:
    """A link for exactly one thing; the same link again while it lives, unless a fresh one is asked.

    It lives so long, or until an instant, or for ever.
    """
    now = timezone.now()
    if fresh:
        revoke_tokens(cooperative=cooperative, purpose=purpose, subject=subject)
    else:
        live = selectors.live_token(cooperative=cooperative, purpose=purpose, subject=subject)
        if live and (live.expires_at is None or live.expires_at > now):
            return live
    return Token.objects.create(
        cooperative=cooperative,
        token=secrets.token_urlsafe(24),
        purpose=purpose,
        subject=subject,
        made_at=now,
        expires_at=until or (now + lasts if lasts else None),
    )


def use_token(*, token: Token, now: datetime) -> bool:
    """Use up a one-time token; False when it was used, revoked or has expired."""
    return bool(
        Token.objects.filter(pk=token.pk, used_at=None, revoked_at=None)
        .exclude(expires_at__lt=now)
        .update(used_at=now)
    )


def revoke_tokens(*, cooperative: Cooperative, purpose: str, subject: str) -> int:
    """Make every link to one thing stop opening; returns how many did."""
    return Token.objects.filter(
        cooperative=cooperative, purpose=purpose, subject=subject, revoked_at=None
    ).update(revoked_at=timezone.now())


def note_message(
    *,
    cooperative: Cooperative,
    party: Party | None,
    template: str,
    subject: str,
    text: str,
    actor: User,
) -> Message:
    """Note that a text was opened in WhatsApp (never that it was sent: nobody can know)."""
    return Message.objects.create(
        cooperative=cooperative,
        party=party,
        template=template,
        subject=subject,
        text=text,
        opened_by=actor,
        opened_at=timezone.now(),
    )


@transaction.atomic
def attach(
    *, cooperative: Cooperative, subject: str, upload: "UploadedFile[Any]", actor: User
) -> Attachment:
    """Keep a photo or PDF beside a paper; the same file again is answered with the first one.

    The kind is judged by the content, never by the name; what a phone writes into a photo about
    place and owner is left out. Raises BadUpload.
    """
    name = shown(Path(str(upload.name or "")).name)
    if (upload.size or 0) > LARGEST_UPLOAD:
        raise BadUpload(name=name, why=selectors.upload_fault("large"))
    raw = upload.read()
    kind = media_type(raw)
    if not kind:
        raise BadUpload(name=name, why=selectors.upload_fault("kind" if raw else "empty"))
    try:
        content = without_whereabouts(raw)
    except ValueError as broken:
        raise BadUpload(name=name, why=selectors.upload_fault("broken")) from broken
    digest = hashlib.sha256(content).hexdigest()
    before = Attachment.objects.filter(cooperative=cooperative, subject=subject, digest=digest)
    if kept := before.first():
        return kept
    _store(selectors.attachment_path(cooperative_id=cooperative.pk, digest=digest), content)
    made = Attachment.objects.create(
        cooperative=cooperative,
        subject=subject,
        digest=digest,
        media_type=kind,
        size_bytes=len(content),
        original_name=name,
        made_by=actor,
        made_at=timezone.now(),
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="cooperatives.attached",
        subject=subject,
        facts={"digest": digest, "media_type": kind},
    )
    return made


def _store(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: under a name of its own first, then in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        unfinished = path.with_name(f".{secrets.token_hex(8)}")
        unfinished.write_bytes(content)
        unfinished.replace(path)
