"""How members get in: a one-time link, a PIN, the devices they are signed in on."""

from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.models import Session
from django.db import transaction

from canting.cooperatives import selectors
from canting.cooperatives.errors import (
    LinkUsed,
    PasswordNeeded,
    PinLocked,
    PinsDiffer,
    WeakPin,
    WrongPin,
)
from canting.cooperatives.models import Cooperative, Device, Party, Token, User
from canting.cooperatives.rules import SIGN_IN_LINK, Role, is_weak_pin
from canting.cooperatives.services.house import (
    create_user,
    grant_access,
    issue_token,
    use_token,
)
from canting.cooperatives.services.trail import record
from canting.kernel.dates import day_ends

# Seven days, the one on which the link is given counted: it says its last day.
LINK_LASTS = timedelta(days=6)
WRONG_PINS = 5
LOCKED_FOR = timedelta(minutes=15)


@transaction.atomic
def issue_sign_in_link(
    *, cooperative: Cooperative, party: Party, on: date, actor: User, phone: str = ""
) -> Token:
    """A fresh one-time link with which a member sets her PIN; an older link stops working.

    It works to the end of its last day on the cooperative's own clock.
    The member's user is made when she has none. Who holds power signs in with a password:
    PasswordNeeded. A phone (already read as +62…) lets her sign in by it too.
    """
    user = selectors.member_user(cooperative=cooperative, party=party)
    if user is None:
        user = create_user(
            username=f"{cooperative.slug}.{party.number}".lower(), full_name=party.name, phone=phone
        )
        grant_access(cooperative=cooperative, user=user, role=Role.MEMBER, actor=actor, party=party)
    if selectors.holds_power(user=user):
        raise PasswordNeeded(name=party.name)
    if phone and phone != user.phone:
        user.phone = phone
        user.save(update_fields=["phone"])
    token = issue_token(
        cooperative=cooperative,
        purpose=SIGN_IN_LINK,
        subject=party.number,
        until=day_ends(on + LINK_LASTS, cooperative.zone),
        fresh=True,
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="cooperatives.sign_in_link_given",
        subject=party.number,
        for_party=party,
    )
    return token


@transaction.atomic
def set_pin_by_link(*, token: Token, pin: str, again: str, now: datetime) -> User:
    """Set the PIN of the member whom a link belongs to and use the link up.

    Raises PinsDiffer and WeakPin (the link stays usable), LinkUsed, PasswordNeeded.
    """
    if pin != again:
        raise PinsDiffer()
    if is_weak_pin(pin):
        raise WeakPin()
    user = selectors.user_of_link(token=token)
    if user is None or not use_token(token=token, now=now):
        raise LinkUsed()
    if selectors.holds_power(user=user):
        raise PasswordNeeded(name=user.full_name)
    user.pin = make_password(pin)
    user.pin_failures = 0
    user.pin_locked_until = None
    user.save(update_fields=["pin", "pin_failures", "pin_locked_until"])
    record(
        cooperative_id=token.cooperative_id,
        actor=user,
        action="cooperatives.pin_set",
        subject=token.subject,
    )
    return user


def check_pin(*, cooperative: Cooperative, who: str, pin: str, now: datetime) -> User:
    """The member whose number or phone and PIN these are; five wrong ones lock for 15 minutes.

    Raises WrongPin, PinLocked, PasswordNeeded. The count is kept even though a refusal follows.
    """
    refusal, user = _judge(cooperative, who, pin, now)
    if refusal:
        raise refusal
    if user is None:
        raise WrongPin()
    return user


@transaction.atomic
def _judge(
    cooperative: Cooperative, who: str, pin: str, now: datetime
) -> tuple[WrongPin | PinLocked | PasswordNeeded | None, User | None]:
    found = selectors.user_by_number_or_phone(cooperative=cooperative, who=who)
    if found is None or not found.pin:
        make_password(pin)  # as slow as a comparison, so that the time tells nothing
        return WrongPin(), None
    user = User.objects.select_for_update().get(pk=found.pk)
    if user.pin_locked_until and user.pin_locked_until > now:
        return PinLocked(), None
    if not check_password(pin, user.pin):
        user.pin_failures += 1
        locked = user.pin_failures >= WRONG_PINS
        if locked:
            user.pin_failures = 0
            user.pin_locked_until = now + LOCKED_FOR
            record(
                cooperative_id=cooperative.pk,
                actor=user,
                action="cooperatives.pin_locked",
                subject=user.username,
            )
        user.save(update_fields=["pin_failures", "pin_locked_until"])
        return (PinLocked() if locked else WrongPin()), None
    user.pin_failures = 0
    user.pin_locked_until = None
    user.save(update_fields=["pin_failures", "pin_locked_until"])
    if selectors.holds_power(user=user):
        return PasswordNeeded(name=user.full_name), None
    return None, user


def note_device(*, user: User, session_key: str, name: str, now: datetime) -> Device:
    """Remember on which device a person signed in, so that it can be signed out from afar."""
    device, _made = Device.objects.update_or_create(
        session_key=session_key,
        defaults={"user": user, "name": name[:60], "signed_in_at": now},
    )
    return device


@transaction.atomic
def revoke_devices(*, cooperative: Cooperative, user: User, actor: User) -> int:
    """Sign a person out everywhere; returns on how many devices. Her PIN stays as it is."""
    found = list(Device.objects.filter(user=user))
    return _sign_out(cooperative, user, found, actor)


@transaction.atomic
def revoke_device(*, cooperative: Cooperative, user: User, reference: str, actor: User) -> int:
    """Sign a person out on one device; returns 1, or 0 when it was signed out already."""
    found = [d for d in Device.objects.filter(user=user) if d.reference == reference]
    return _sign_out(cooperative, user, found, actor)


def _sign_out(cooperative: Cooperative, user: User, devices: list[Device], actor: User) -> int:
    Session.objects.filter(session_key__in=[d.session_key for d in devices]).delete()
    Device.objects.filter(pk__in=[d.pk for d in devices]).delete()
    if devices:
        record(
            cooperative_id=cooperative.pk,
            actor=actor,
            action="cooperatives.devices_revoked",
            subject=user.username,
            facts={"devices": [d.name for d in devices]},
        )
    return len(devices)
