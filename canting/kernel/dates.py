"""The cooperative's day: the one clock, reading dates people write, showing dates and times."""

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError
from canting.kernel.typed import clean, shown

FIRST_YEAR, LAST_YEAR = 1900, 2199
CENTURY, YEARS_AHEAD = 100, 20


class BadDate(DomainError):
    """The text is no date."""

    code = "kernel.bad_date"
    message = _("“%(typed)s” cannot be read as a date. Write day, month, year: 24/11/2026.")


class NoSuchDay(BadDate):
    """The calendar has no such day."""

    code = "kernel.no_such_day"
    message = _(
        "The calendar has no day “%(typed)s”. Look at the day and the month "
        "and write day, month, year: 24/11/2026."
    )


class ZonedMoment(BadDate):
    """A moment in another zone may be another day here."""

    code = "kernel.zoned_moment"
    message = _(
        "“%(typed)s” is a moment in another time zone and may be another day here. "
        "Write the day alone: 24/11/2026."
    )


def local_day(moment: datetime, zone_name: str) -> date:
    """The day of an aware moment on the cooperative's own clock."""
    return _aware(moment).astimezone(ZoneInfo(zone_name)).date()


def day_ends(day: date, zone_name: str) -> datetime:
    """The instant at which a day is over on the cooperative's clock: 24.00, the next day's 00.00.

    What may be done on a day may be done before this instant, whatever clock the server has.
    """
    after = day + timedelta(days=1)
    return datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(zone_name))


def today(zone_name: str) -> date:
    """The cooperative's day now; the only place that asks the clock for a day."""
    return local_day(timezone.now(), zone_name)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment without a zone has no day.")
    return moment


MONTHS_ID = [
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
]
MONTHS_EN = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
SHORT_ID = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]
SHORT_EN = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
WEEKDAYS_ID = ["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"]
WEEKDAYS_EN = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
MONTH_NUMBERS = {
    name.lower(): number
    for names in (MONTHS_ID, MONTHS_EN, SHORT_ID, SHORT_EN)
    for number, name in enumerate(names, start=1)
} | {"agt": 8, "ags": 8, "agust": 8, "sept": 9, "nop": 11, "nopember": 11, "pebruari": 2, "peb": 2}
SPOKEN = {
    "hari ini": 0,
    "today": 0,
    "kemarin": -1,
    "yesterday": -1,
    "kemarin lusa": -2,
    "besok": 1,
    "tomorrow": 1,
}
CLOCK = re.compile(r"[ t]\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\.\d+)?(?: ?(?:wib|wita|wit))?$")
ZONED = re.compile(r"[ t]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)? ?(?:z|utc|gmt|[+-]\d{2}:?\d{2})$")
WEEKDAY = re.compile(
    r"^(?:sen(?:in)?|sel(?:asa)?|rab(?:u)?|kam(?:is)?|jum(?:at|'at)?|sab(?:tu)?|min(?:ggu)?|"
    r"mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|"
    r"sun(?:day)?)\.?,? +"
)
DAY_FIRST = re.compile(r"(\d{1,2})([/. -])(\d{1,2})(?:\2(\d{4}|\d{2}))?")
YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})")
NAMED = re.compile(r"(\d{1,2})[ -]?([a-z]+)\.?(?:[ ,-]+(\d{4}|\d{2}))?")
ZERO = re.compile(r"0{4}[/.-]00?[/.-]00?|00?[/.-]00?[/.-]0{4}|00/00")
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
# Day 1 of a spreadsheet is 1 January 1900, and it believes in a 29 February 1900.
SERIAL_EPOCH = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 10_000, 80_000


def parse_date(text: object, *, today: date) -> date | None:
    """The day someone typed or a cell held; None for an empty cell and MySQL's zero date.

    The day comes first (5/1/2025 is 5 January). Without a year the day nearest to `today` is
    meant. A two-figure year lies at most 20 years ahead. A time beside the day is dropped; one
    with a zone is refused. Raises BadDate.
    """
    if isinstance(text, datetime):
        if text.tzinfo is not None:
            raise ZonedMoment(typed=shown(text))
        return _in_range(text.date(), text)
    if isinstance(text, date):
        return _in_range(text, text)
    if isinstance(text, int | float) and not isinstance(text, bool):
        return _from_serial(float(text), text)
    typed = clean(text)
    low = typed.lower()
    if low in ("", "-") or ZERO.fullmatch(CLOCK.sub("", low)):
        return None
    if low in SPOKEN:
        return today + timedelta(days=SPOKEN[low])
    if ZONED.search(low):
        raise ZonedMoment(typed=shown(typed))
    return _from_text(WEEKDAY.sub("", CLOCK.sub("", low)), typed, today)


def _from_text(low: str, typed: str, today: date) -> date:
    if SERIAL.fullmatch(low):
        return _from_serial(float(low), typed)
    if match := YEAR_FIRST.fullmatch(low):
        return _built(int(match[1]), int(match[3]), int(match[4]), typed)
    if match := DAY_FIRST.fullmatch(low):
        return _with_year(int(match[1]), int(match[3]), match[4], typed, today)
    match = NAMED.fullmatch(low)
    if match and match[2] in MONTH_NUMBERS:
        return _with_year(int(match[1]), MONTH_NUMBERS[match[2]], match[3], typed, today)
    raise BadDate(typed=shown(typed))


def _from_serial(serial: float, typed: object) -> date:
    if not FIRST_SERIAL <= serial <= LAST_SERIAL:
        raise BadDate(typed=shown(typed))
    return SERIAL_EPOCH + timedelta(days=int(serial))


def _with_year(day: int, month: int, year: str | None, typed: str, today: date) -> date:
    if year is None:
        return _nearest(day, month, typed, today)
    full = int(year)
    if full < CENTURY:
        full += today.year // CENTURY * CENTURY
        full -= CENTURY if full > today.year + YEARS_AHEAD else 0
    return _built(full, month, day, typed)


def _nearest(day: int, month: int, typed: str, today: date) -> date:
    candidates = []
    for year in (today.year, today.year - 1, today.year + 1):
        if 1 <= month <= len(MONTHS_ID) and 1 <= day <= calendar.monthrange(year, month)[1]:
            candidates.append(date(year, month, day))
    if not candidates:
        raise NoSuchDay(typed=shown(typed))
    return min(candidates, key=lambda found: abs(found - today))


def _built(year: int, month: int, day: int, typed: str) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise NoSuchDay(typed=shown(typed)) from None
    return _in_range(found, typed)


def _in_range(found: date, typed: object) -> date:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadDate(typed=shown(typed))
    return found


def _english() -> bool:
    return (get_language() or "").startswith("en")


def format_date(day: date) -> str:
    """Sel, 24 Nov 2026; in English Tue, 24 Nov 2026."""
    return _written(day, _english())


def date_writer() -> Callable[[date], str]:
    """What writes days as `format_date` does, for a list that writes many in one language."""
    return partial(_written, english=_english())


@lru_cache(maxsize=4096)
def _written(day: date, english: bool) -> str:
    weekdays, months = (WEEKDAYS_EN, SHORT_EN) if english else (WEEKDAYS_ID, SHORT_ID)
    return f"{weekdays[day.weekday()]}, {day.day} {months[day.month - 1]} {day.year}"


def format_short_date(day: date) -> str:
    """24 Nov 2026, as a narrow column writes it."""
    months = SHORT_EN if _english() else SHORT_ID
    return f"{day.day} {months[day.month - 1]} {day.year}"


def format_long_date(day: date) -> str:
    """24 November 2026, as letters and receipts write it."""
    months = MONTHS_EN if _english() else MONTHS_ID
    return f"{day.day} {months[day.month - 1]} {day.year}"


def format_month(day: date) -> str:
    """November 2026."""
    months = MONTHS_EN if _english() else MONTHS_ID
    return f"{months[day.month - 1]} {day.year}"


def format_time(moment: datetime, zone_name: str) -> str:
    """14.05 WIB on the cooperative's clock; in English 14:05 WIB."""
    local = _aware(moment).astimezone(ZoneInfo(zone_name))
    return f"{local:%H:%M %Z}" if _english() else f"{local:%H.%M %Z}"


def first_of_month(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


def last_of_month(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def next_month(day: date, months: int = 1) -> date:
    """The same day so many months later, or the last day where that month is shorter.

    Count from the first day of a row (`next_month(start, 2)`), not from the last result: 31
    January, 28 February, 31 March. A negative count goes back.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """How many months the month of `end` lies after the month of `start`; days do not count."""
    return (end.year - start.year) * 12 + end.month - start.month
