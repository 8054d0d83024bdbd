"""What the supervisor did in the year: looked through, two findings, a sample half compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from canting.cash import services as cash
from canting.cooperatives.rules import Role
from canting.ledger import selectors as ledger
from canting.oversight import services
from canting.oversight.rules import Method, Population
from canting.oversight.selectors import samples
from canting.portal.demo import clock

if TYPE_CHECKING:
    from canting.portal.demo.calendar import Calendar
    from canting.portal.demo.stage import Stage

SEED = "2026"
LATE = time(22, 40)
DAYS_BEFORE = {"seen": 50, "slip": 46, "answered": 40, "answer": 34, "due": 24, "sample": 9}


def supervision(stage: Stage, calendar: Calendar) -> None:
    """Write the supervisor's part into the calendar, counted back from today."""
    acts: dict[str, Callable[[Stage, Calendar, date], None]] = {
        "slip": slip_of_the_pen,
        "answered": signature_missing,
        "seen": looked_through,
        "due": late_transport,
        "sample": receipts_compared,
    }
    for name, act in acts.items():
        day = calendar.today - timedelta(days=DAYS_BEFORE[name])
        calendar.add(day, partial(act, stage, calendar))


def slip_of_the_pen(stage: Stage, _calendar: Calendar, on: date) -> None:
    """A bill written down with a nought too many late in the evening, and put right at once."""
    with clock.at(datetime.combine(on, LATE, clock.ZONE)):
        wrong = cash.pay_cash(
            cooperative=stage.cooperative,
            purpose="office",
            amount=350_000,
            place="bank",
            memo="Fotokopi bahan rapat",
            on=on,
            actor=stage.by("kasir"),
        )
        cash.correct_paper(
            paper=wrong,
            replacement={
                "purpose": "office",
                "amount": 35_000,
                "place": "bank",
                "memo": wrong.memo,
                "on": on,
            },
            reason="Kelebihan satu nol",
            on=on,
            actor=stage.by("kasir"),
        )


def signature_missing(stage: Stage, calendar: Calendar, on: date) -> None:
    """A finding about the bill that was put right; the manager answers a week later."""
    entry = ledger.reversals(cooperative=stage.cooperative, since=on - timedelta(days=30)).first()
    finding = services.write_finding(
        cooperative=stage.cooperative,
        text="Nota fotokopi dibetulkan malam hari; notanya belum ditempel di bukti kas.",
        asked="Lampirkan fotonya dan jelaskan mengapa dicatat lewat jam kantor.",
        addressed_to=Role.MANAGER,
        subject=entry.paper if entry else "",
        on=on,
        actor=stage.by("pengawas"),
    )

    def answer(day: date) -> None:
        services.answer_finding(
            finding=finding,
            text="Nota ditemukan dan ditempel. Kasir menutup kas seusai rapat anggota.",
            on=day,
            actor=stage.by("pengelola"),
        )

    calendar.add(calendar.today - timedelta(days=DAYS_BEFORE["answer"]), answer)


def looked_through(stage: Stage, _calendar: Calendar, _on: date) -> None:
    """Everything out of the ordinary was seen up to here."""
    services.mark_seen(cooperative=stage.cooperative, actor=stage.by("pengawas"))


def late_transport(stage: Stage, _calendar: Calendar, on: date) -> None:
    """A finding for the treasurer that nobody has answered yet."""
    services.write_finding(
        cooperative=stage.cooperative,
        text="Laci galeri selisih lebih dari sekali dalam setahun.",
        asked="Hitung laci setiap sore, dua orang, dan catat sebabnya.",
        addressed_to=Role.CASHIER,
        on=on,
        actor=stage.by("pengawas"),
    )


def receipts_compared(stage: Stage, _calendar: Calendar, on: date) -> None:
    """Twenty-five receipts by amount; twelve are compared, one has no paper."""
    made = services.draw_sample(
        cooperative=stage.cooperative,
        population=Population.RECEIPTS,
        method=Method.AMOUNT,
        since=on - timedelta(days=180),
        until=on,
        seed=SEED,
        on=on,
        actor=stage.by("pengawas"),
    )
    for item in samples.items_of(made)[:12]:
        agrees = item.place != 7
        services.tick_item(
            item=item,
            agrees=agrees,
            note="" if agrees else "Kuitansi belum ditandatangani penyetor",
            on=on,
            actor=stage.by("pengawas"),
        )
