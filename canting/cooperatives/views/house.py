"""Facts of the cooperative, its parameters, its audit trail, its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cooperatives import selectors, services
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.forms import AskedAuditForm, HouseForm, ParameterForm
from canting.cooperatives.listed import as_file, listed
from canting.cooperatives.rules import Parameter
from canting.cooperatives.views import columns
from canting.kernel.dates import format_long_date, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.kernel.texts import gettext_noop
from canting.kernel.uploads import EXTENSIONS

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

FACTS = (
    "name", "place", "address", "phone", "region_code", "legal_number", "registry_number", "zone",
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("cooperatives.change_house")
def house_facts(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Name, place, numbers and clock of the cooperative."""
    initial = {name: getattr(cooperative, name) for name in FACTS}
    form = HouseForm(request.POST or None, initial=initial)
    if form.is_valid():
        changed = {
            name: value for name, value in form.cleaned_data.items() if value != initial[name]
        }
        if changed:
            services.change_cooperative(cooperative=cooperative, actor=request.user, **changed)
        notice(request, _("Saved."))
        return redirect("cooperatives:house_facts", cooperative.slug)
    context = {"form": form}
    status = 422 if form.is_bound else 200
    return render_page(request, "cooperatives/house_facts.html", context, status=status)


CHOICE_WORDS = {
    "sale": gettext_noop("when the cloth is sold"),
    "buyback": gettext_noop("when the cloth is bought back"),
}
SPANS = {
    "days": gettext_noop("%(count)s days"),
    "weeks": gettext_noop("%(count)s weeks"),
    "years": gettext_noop("%(count)s years"),
}


def shown_value(parameter: Parameter, value: Any) -> str:
    """A parameter's value as a person reads it."""
    if parameter.kind == "flag":
        return _("yes") if value else _("no")
    if parameter.kind == "rupiah":
        return format_rupiah(int(value))
    if parameter.kind in {"percent", "factor"}:
        return f"{str(value).replace('.', ',')}%"
    if parameter.kind in SPANS:
        return _(SPANS[parameter.kind]) % {"count": value}
    return _(CHOICE_WORDS[value]) if value in CHOICE_WORDS else str(value) or "–"


@require_safe
@requires("cooperatives.view_parameters")
@listed()
def parameter_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Every rate, split, limit and switch: what holds today, since when, by which law or decision."""
    on = today(cooperative.zone)
    own = selectors.own_values(cooperative=cooperative)
    rows = []
    for name, parameter in sorted(selectors.all_parameters().items()):
        now = selectors.in_force(parameter, own.get(name, []), on)
        rows.append(
            {
                "name": name,
                "label": _(parameter.label),
                "value": shown_value(parameter, now.value),
                "since": now.valid_from,
                "source": _(now.source) if now.source else "",
                "url": reverse("cooperatives:parameter_detail", args=[cooperative.slug, name]),
            }
        )
    if request.sheet:
        return as_file(request, cooperative, "ketentuan", columns.PARAMETERS, rows)
    return render_page(request, "cooperatives/parameter_list.html", {"rows": rows})


def _parameter(name: str) -> Parameter:
    found = selectors.all_parameters().get(name)
    if found is None:
        raise Http404
    return found


@require_safe
@requires("cooperatives.view_parameters")
def parameter_detail(request: Request, cooperative: Cooperative, name: str) -> HttpResponse:
    """One parameter: every value it had and will have, with its source."""
    return _parameter_page(request, cooperative, _parameter(name), None)


def _parameter_page(
    request: Request, cooperative: Cooperative, parameter: Parameter, form: ParameterForm | None
) -> HttpResponse:
    on = today(cooperative.zone)
    history = selectors.parameter_history(cooperative=cooperative, name=parameter.name)
    own = selectors.own_values(cooperative=cooperative).get(parameter.name, [])
    now = selectors.in_force(parameter, own, on)
    context = {
        "label": _(parameter.label),
        "name": parameter.name,
        "form": form or ParameterForm(parameter=parameter, today=on),
        "is_money": parameter.kind == "rupiah",
        "rows": [
            {
                "since": dated.valid_from,
                "value": shown_value(parameter, dated.value),
                "source": _(dated.source) if dated.source else "",
                "now": dated == now,
            }
            for dated in reversed(history)
        ],
    }
    status = 422 if form else 200
    return render_page(request, "cooperatives/parameter_detail.html", context, status=status)


@require_http_methods(["POST"])
@requires("cooperatives.set_parameter")
def parameter_set(request: Request, cooperative: Cooperative, name: str) -> HttpResponse:
    """Set a parameter from a day on, with the law or decision that allows it."""
    parameter = _parameter(name)
    form = ParameterForm(request.POST, parameter=parameter, today=today(cooperative.zone))
    if form.is_valid():
        with tried(form) as attempt:
            services.set_parameter(
                cooperative=cooperative, name=name, actor=request.user, **form.cleaned_data
            )
        if attempt.done:
            day = format_long_date(form.cleaned_data["valid_from"])
            notice(request, _("It holds from %(day)s on.") % {"day": day})
            return redirect("cooperatives:parameter_detail", cooperative.slug, name)
    return _parameter_page(request, cooperative, parameter, form)


@require_safe
@requires("cooperatives.view_audit")
@listed()
def audit_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Who did what, for whom and when; of one paper, or of one kind of act."""
    acts = selectors.all_acts()
    form = AskedAuditForm(request.GET or None, acts=acts)
    asked = form.cleaned_data if form.is_valid() else {}
    subject, action = asked.get("berkas", ""), asked.get("tindakan", "")
    found = selectors.audit_trail(cooperative=cooperative, subject=subject or None)
    if action:
        found = found.filter(action=action)
    if request.sheet:
        return as_file(request, cooperative, "jejak", columns.AUDIT, found)
    page = page_of(found, order=["-id"], after=request.GET.get("setelah"))
    here = reverse("cooperatives:audit_list", args=[cooperative.slug])
    kept = {key: value for key, value in (("berkas", subject), ("tindakan", action)) if value}
    context = {
        "form": AskedAuditForm(initial=asked, acts=acts),
        "page": page,
        "asked": " · ".join(
            part for part in (subject, action and selectors.act_words(action)) if part
        ),
        "clear_url": here,
        "first_url": "" if page.is_first else f"{here}?{urlencode(kept)}",
        "next_url": f"{here}?{urlencode({**kept, 'setelah': page.next})}" if page.next else "",
    }
    return render_page(request, "cooperatives/audit_list.html", context, block="rows")


@require_safe
@requires("cooperatives.view_file")
def attachment(request: Request, cooperative: Cooperative, digest: str) -> HttpResponse:
    """A photo or PDF of this cooperative; a plain member opens only what is hers."""
    kept = selectors.attachment(cooperative=cooperative, digest=digest)
    if kept is None or (
        request.access.is_member
        and not selectors.may_see_file(
            cooperative=cooperative,
            digest=digest,
            user=request.user,
            party_id=request.access.party_id,
        )
    ):
        raise Http404
    path = selectors.attachment_path(cooperative_id=cooperative.pk, digest=kept.digest)
    if not path.is_file():
        raise Http404
    # The stored type was judged by content; the name people gave is never sent back.
    response = HttpResponse(path.read_bytes(), content_type=kept.media_type)
    name = f"{digest[:12]}.{EXTENSIONS[kept.media_type]}"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response
