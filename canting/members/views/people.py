"""One member: everything on one page, writing down, changing, admitting, the NIK for a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.selectors import audit_trail
from canting.kernel.dates import format_date, local_day, today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.inputs import propose
from canting.kernel.money import format_rupiah
from canting.kernel.phones import format_phone
from canting.kernel.refusals import tried
from canting.ledger import selectors as ledger
from canting.ledger.rules import ROLES
from canting.members import selectors, services
from canting.members.errors import NikTaken
from canting.members.forms import AdmitForm, MemberForm, ReasonForm
from canting.members.rules import initials, paper_name
from canting.members.views.words import (
    ACT_WORDS,
    ELSEWHERE,
    FACT_WORDS,
    GROUPS,
    STATE_MARKS,
    kind_word,
    state_word,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import AuditRecord, Cooperative
    from canting.members.models import Member

LAST_LINES = 12
PARTY_ROLES = [role for role, row in ROLES.items() if row.party == "member"]


def member_or_404(cooperative: Cooperative, number: str) -> Member:
    """The member of this number in this cooperative, else "not found"."""
    found = selectors.member_by_number(cooperative=cooperative, number=number)
    if found is None:
        raise Http404
    return found


def _sums(cooperative: Cooperative, member: Member) -> list[tuple[str, list[tuple[str, str]]]]:
    """What she has, owes, holds and waits for, by group and account, from the books."""
    balances = ledger.balances_of_party(cooperative=cooperative, party=member.party)
    groups = []
    for title, roles in GROUPS:
        rows = [
            (ledger.account_name(role), format_rupiah(balances[role]))
            for role in roles
            if balances.get(role)
        ]
        groups.append((str(title), rows))
    return groups


def _lines(cooperative: Cooperative, member: Member) -> list[dict[str, Any]]:
    found = ledger.party_lines(cooperative=cooperative, party=member.party, roles=PARTY_ROLES)
    return [
        {
            "day": line.entry_date,
            "memo": line.entry.memo,
            "source": line.entry.source,
            "account": ledger.account_name(line.account.role, line.account.name),
            "amount": line.amount if line.side == line.account.normal else -line.amount,
        }
        for line in found.reverse()[:LAST_LINES]
    ]


def _history(cooperative: Cooperative, member: Member) -> list[tuple[str, str]]:
    """What was done to the record, newest first: by whom, with what was and what is."""
    trail = audit_trail(cooperative=cooperative, subject=member.number)[:20]
    return [
        (format_date(local_day(r.made_at, cooperative.zone)), _sentence(r))
        for r in trail
        if r.action in ACT_WORDS
    ]


def _sentence(entry: AuditRecord) -> str:
    said = f"{ACT_WORDS[entry.action]} · {entry.actor}"
    changes = [
        f"{FACT_WORDS[name]}: {before or '–'} → {after or '–'}" if name != "nik" else "NIK"
        for name, (before, after) in entry.facts.get("changes", {}).items()
        if name in FACT_WORDS
    ]
    why = entry.facts.get("reason") or entry.facts.get("decision") or entry.facts.get("why")
    return " · ".join([said, *changes, *([why] if why else [])])


def _links(request: Request, member: Member) -> list[tuple[str, str]]:
    return [
        (str(label), reverse(view, args=[member.cooperative.slug, member.number]))
        for right, view, label in ELSEWHERE
        if right in request.access.rights
    ]


def _facts(member: Member) -> list[tuple[str, str]]:
    address = ", ".join(
        part
        for part in (
            f"Dsn. {member.dusun}" if member.dusun else "",
            f"RT {member.rt}/RW {member.rw}" if member.rt or member.rw else "",
            member.village,
            member.district,
            member.regency,
            member.postal_code,
        )
        if part
    )
    born = ", ".join(
        part
        for part in (
            member.birth_place,
            format_date(member.birth_date) if member.birth_date else "",
        )
        if part
    )
    rows = [
        (_("Kind of membership"), str(kind_word(member.kind))),
        (_("Joined on"), format_date(member.joined_on) if member.joined_on else _("not known")),
        (_("Left on"), format_date(member.left_on) if member.left_on else ""),
        (_("Old number"), member.old_number),
        (_("Born"), born),
        (_("Address"), address),
        (_("Landmark"), member.landmark),
        (_("Workshop or group"), member.workshop),
        (_("Occupation"), member.occupation),
        (_("Email"), member.email),
        (_("Note"), member.note),
    ]
    return [(label, text) for label, text in rows if text]


@require_safe
@requires("members.view_members")
def member_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Everything of one member: who she is, what she has, owes and holds, what was done."""
    member = member_or_404(cooperative, number)
    return render_page(request, "members/member_detail.html", _page(request, cooperative, member))


def _page(
    request: Request, cooperative: Cooperative, member: Member, **more: Any
) -> dict[str, Any]:
    admit = AdmitForm()
    propose(admit, "on", today(cooperative.zone))
    opened = request.session.pop("nik_shown", None)
    return {
        "member": member,
        "phone": format_phone,
        "name": paper_name(
            full_name=member.full_name,
            title_before=member.title_before,
            title_after=member.title_after,
        ),
        "initials": initials(member.called_name or member.full_name),
        "state": (STATE_MARKS[member.status], state_word(member.status)),
        "facts": _facts(member),
        "masked_nik": selectors.masked_nik(member),
        "full_nik": selectors.opened_nik(member) if opened == member.number else "",
        "groups": _sums(cooperative, member),
        "lines": _lines(cooperative, member),
        "history": _history(cooperative, member),
        "links": _links(request, member),
        "namesakes": selectors.same_names(
            cooperative=cooperative, full_name=member.full_name, number=member.number
        ),
        "admit_form": admit,
        "reason_form": ReasonForm(prefix="nik"),
        **more,
    }


@require_http_methods(["GET", "POST"])
@requires("members.admit_member")
def member_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Write down somebody: as an applicant, or admitted on the spot."""
    day = today(cooperative.zone)
    form = MemberForm(request.POST or None, cooperative=cooperative, today=day)
    if form.is_valid():
        admits = request.POST.get("as") != "applicant"
        make = services.admit_member if admits else services.register_applicant
        facts = form.facts()
        if not admits:
            facts["joined_on"] = None
        with tried(form, beside={NikTaken: "nik"}) as attempt:
            member = make(
                cooperative=cooperative, full_name=form.cleaned_data["full_name"],
                nik=form.typed_nik, on=day, actor=request.user, **facts,
            )  # fmt: skip
        if attempt.done:
            _tell(request, form, _("%(name)s is written down as %(number)s.") % {
                "name": member.full_name, "number": member.number})  # fmt: skip
            return redirect("members:member_detail", cooperative.slug, member.number)
    return render_page(
        request, "members/member_form.html", {"form": form, "member": None},
        block="form", status=422 if form.is_bound else 200,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("members.edit_member")
def member_edit(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Change what is written down of a member; what was stays in the history."""
    member = member_or_404(cooperative, number)
    form = MemberForm(
        request.POST or None, cooperative=cooperative, today=today(cooperative.zone), member=member
    )
    if form.is_valid():
        with tried(form, beside={NikTaken: "nik"}) as attempt:
            services.change_member(
                member=member, actor=request.user, full_name=form.cleaned_data["full_name"],
                nik=form.typed_nik, keep_nik=form.keeps_nik, **form.facts(),
            )  # fmt: skip
        if attempt.done:
            _tell(request, form, _("The changes are saved; what was stays in the history."))
            return redirect("members:member_detail", cooperative.slug, member.number)
    return render_page(
        request, "members/member_form.html", {"form": form, "member": member},
        block="form", status=422 if form.is_bound else 200,
    )  # fmt: skip


def _tell(request: Request, form: MemberForm, text: str) -> None:
    notice(request, text)
    for doubt in form.doubts():
        notice(request, doubt, kind="wait")


@require_POST
@requires("members.admit_member")
def member_admit(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Make an applicant a member by the board's decision."""
    member = member_or_404(cooperative, number)
    form = AdmitForm(request.POST)
    propose(form, "on", today(cooperative.zone))
    if form.is_valid():
        with tried(form) as attempt:
            services.admit_applicant(
                member=member, on=form.cleaned_data["on"], actor=request.user,
                decision=form.cleaned_data["decision"],
            )  # fmt: skip
        if attempt.done:
            notice(request, _("%(name)s is a member now.") % {"name": member.full_name})
            return redirect("members:member_detail", cooperative.slug, member.number)
    context = _page(request, cooperative, member, admit_form=form)
    return render_page(request, "members/member_detail.html", context, status=422)


@require_POST
@requires("members.show_identity")
def member_nik(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Show the NIK once, for a reason that is kept; the number itself is in no stored answer."""
    member = member_or_404(cooperative, number)
    form = ReasonForm(request.POST, prefix="nik")
    if form.is_valid():
        with tried(form) as attempt:
            services.show_nik(member=member, reason=form.cleaned_data["reason"], actor=request.user)
        if attempt.done:
            request.session["nik_shown"] = member.number
            return redirect("members:member_detail", cooperative.slug, member.number)
    context = _page(request, cooperative, member, reason_form=form)
    return render_page(request, "members/member_detail.html", context, status=422)


@require_POST
@requires("members.edit_member")
def member_delete(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Delete a record made by mistake; one that anything speaks of stays."""
    member = member_or_404(cooperative, number)
    try:
        services.delete_member(member=member, actor=request.user)
    except DomainError as refusal:
        context = _page(request, cooperative, member, refusal=str(refusal))
        return render_page(request, "members/member_detail.html", context, status=422)
    notice(request, _("The record of %(name)s is deleted.") % {"name": member.full_name})
    return redirect("members:member_list", cooperative.slug)
