"""What parties had at the end of a day, on average over months, and what one kind of entry gave them.

From the sums kept by month; of a month that is not whole its lines. Every sum is the database's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.db.models import Case, F, IntegerField, Q, Sum, Value, When
from django.db.models.functions import ExtractMonth, ExtractYear

from canting.kernel.dates import first_of_month, last_of_month, months_between, next_month
from canting.ledger.models import JournalLine, PartyMonth
from canting.ledger.rules import Side
from canting.ledger.selectors.refs import PartyBalance

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

_AS_OF_SQL = """
SELECT a.role, s.party_id, p.number, p.name, SUM(s.debit), SUM(s.credit), a.normal FROM (
    SELECT account_id, party_id, debit, credit FROM ledger_partymonth
    WHERE cooperative_id = %(coop)s AND month < %(month)s
    UNION ALL
    SELECT account_id, party_id, CASE side WHEN 'D' THEN amount ELSE 0 END,
           CASE side WHEN 'K' THEN amount ELSE 0 END
    FROM ledger_journalline
    WHERE cooperative_id = %(coop)s AND party_id IS NOT NULL
          AND entry_date >= %(month)s AND entry_date <= %(until)s
) AS s JOIN ledger_account a ON a.id = s.account_id JOIN cooperatives_party p ON p.id = s.party_id
WHERE a.role IN (<roles>)
GROUP BY a.role, a.normal, s.party_id, p.number, p.name HAVING SUM(s.debit) <> SUM(s.credit)
ORDER BY p.number, a.role
"""


def party_balances_at(
    *, cooperative: Cooperative, roles: Sequence[str], as_of: date
) -> list[tuple[str, PartyBalance]]:
    """Role and balance (normal side) of everyone with something on these accounts; by number."""
    if not roles:
        return []
    adapt = connection.ops.adapt_datefield_value
    whole = as_of == last_of_month(as_of)
    month = next_month(first_of_month(as_of)) if whole else first_of_month(as_of)
    names = {f"role{place}": role for place, role in enumerate(roles)}
    sql = _AS_OF_SQL.replace("<roles>", ", ".join(f"%({name})s" for name in names))
    values = {"coop": cooperative.pk, "month": adapt(month), "until": adapt(as_of), **names}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    return [
        (role, PartyBalance(pk, number, name, int(d - k) if side == Side.DEBIT else int(k - d)))
        for role, pk, number, name, d, k, side in rows
    ]


def party_month_sums(
    *, cooperative: Cooperative, roles: Sequence[str], since: date, until: date
) -> tuple[dict[int, int], int]:
    """The balances at the ends of all months of a time added up, by party, and how many months.

    Credits less debits; divided by the months it is what each party had on average.
    """
    months = months_between(since, until) + 1
    place = ExtractYear("month") * 12 + ExtractMonth("month")
    last = until.year * 12 + until.month
    stays = Case(
        When(month__lt=first_of_month(since), then=Value(months)),
        default=Value(last + 1) - place,
        output_field=IntegerField(),
    )
    rows = (
        PartyMonth.objects.filter(
            cooperative=cooperative,
            account__role__in=list(roles),
            month__lte=first_of_month(until),
        )
        .annotate(stays=stays)
        .values_list("party_id")
        .annotate(total=Sum((F("credit") - F("debit")) * F("stays")))
        .order_by("party_id")
    )
    return {party: int(total) for party, total in rows}, months


def party_sums_of_kinds(
    *,
    cooperative: Cooperative,
    roles: Sequence[str],
    kinds: Sequence[str],
    since: date,
    until: date,
) -> dict[int, int]:
    """Credits less debits that entries of some kinds (and their reversals) gave each party."""
    net = Case(When(side=Side.CREDIT, then=F("amount")), default=-F("amount"))
    rows = (
        JournalLine.objects.filter(
            Q(entry__kind__in=list(kinds)) | Q(entry__reverses__kind__in=list(kinds)),
            cooperative=cooperative,
            account__role__in=list(roles),
            party__isnull=False,
            entry_date__gte=since,
            entry_date__lte=until,
        )
        .values_list("party_id")
        .annotate(total=Sum(net))
        .order_by("party_id")
    )
    return {party: int(total) for party, total in rows if total}


class Standing(NamedTuple):
    """What a party has on an account at the end of a month; rupiah, debits above zero."""

    account: str
    kind: str
    number: str
    name: str
    net: int


def standings(*, cooperative: Cooperative, month: date) -> Iterator[Standing]:
    """Everyone with a balance on any account at the end of a month, by account; read in pieces."""
    rows = (
        PartyMonth.objects.filter(cooperative=cooperative, month__lte=month)
        .values_list("account__code", "party__kind", "party__number", "party__name")
        .annotate(net=Sum("debit") - Sum("credit"))
        .exclude(net=0)
        .order_by("account__code", "party__number")
    )
    yield from (Standing(*row) for row in rows.iterator(chunk_size=2_000))
