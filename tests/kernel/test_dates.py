from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from django.utils import timezone as clock
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from canting.kernel import dates
from canting.kernel.dates import BadDate, NoSuchDay, ZonedMoment, parse_date

TODAY = date(2026, 11, 24)
MIDNIGHT_THIRTY = datetime(2027, 12, 31, 17, 30, tzinfo=UTC)
days = st.dates(date(1950, 1, 1), date(2100, 12, 31))


def test_half_past_midnight_belongs_to_the_new_year_of_the_cooperative(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MIDNIGHT_THIRTY)
    assert dates.local_day(MIDNIGHT_THIRTY, "Asia/Jakarta") == date(2028, 1, 1)
    assert dates.today("Asia/Jakarta") == date(2028, 1, 1)
    assert dates.today("UTC") == date(2027, 12, 31)


def test_a_moment_without_a_zone_has_no_day():
    with pytest.raises(ValueError, match="zone"):
        dates.local_day(datetime.combine(TODAY, time()), "Asia/Jakarta")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24/11", date(2026, 11, 24)),
        ("24-11-26", date(2026, 11, 24)),
        ("2026-11-24", date(2026, 11, 24)),
        ("24.11.2026", date(2026, 11, 24)),
        ("24 11 2026", date(2026, 11, 24)),
        ("15 Februari 2024", date(2024, 2, 15)),
        ("17 Agt 2024", date(2024, 8, 17)),
        ("17-Aug-24", date(2024, 8, 17)),
        ("Sel, 24 Nov 2026", date(2026, 11, 24)),
        ("Jumat 27 Nov", date(2026, 11, 27)),
        ("kemarin", date(2026, 11, 23)),
        ("Hari ini", date(2026, 11, 24)),
        (45337, date(2024, 2, 15)),
        (45337.0, date(2024, 2, 15)),
        ("45337", date(2024, 2, 15)),
        (datetime.combine(date(2024, 1, 1), time(23, 59)), date(2024, 1, 1)),
        (date(2024, 1, 1), date(2024, 1, 1)),
        ("5/1/2025", date(2025, 1, 5)),
        ("03/02/2025 09.15", date(2025, 2, 3)),
        ("03/02/2025 14.05.09", date(2025, 2, 3)),
        ("2027-12-31T17:30:00", date(2027, 12, 31)),
        ("15-08-58", date(1958, 8, 15)),
        ("29/02/2024", date(2024, 2, 29)),
    ],
)
def test_what_people_write_is_read(text, expected):
    assert parse_date(text, today=TODAY) == expected


@pytest.mark.parametrize(
    "text", [None, "", " ", "-", "0000-00-00", "0000-00-00 00:00:00", "00/00/0000"]
)
def test_an_empty_date_stays_empty(text):
    assert parse_date(text, today=TODAY) is None


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("31/02/1988", NoSuchDay),
        ("31/02", NoSuchDay),
        ("29/02", NoSuchDay),
        ("1/13/2025", NoSuchDay),
        ("29/02/2025", NoSuchDay),
        ("2010", BadDate),
        ("abc", BadDate),
        ("12 Foo 2024", BadDate),
        ("1/2/1024", BadDate),
        (3.5e15, BadDate),
        (float("nan"), BadDate),
        (True, BadDate),
        ("2027-12-31T17:30:00Z", ZonedMoment),
        ("2027-12-31 17:30+07:00", ZonedMoment),
        (datetime(2027, 12, 31, tzinfo=timezone(timedelta(hours=8))), ZonedMoment),
    ],
)
def test_what_is_no_day_here_is_refused_by_name(text, refusal):
    with pytest.raises(refusal) as caught:
        parse_date(text, today=TODAY)
    assert str(text)[:30] in str(caught.value)


def test_a_date_without_a_year_is_the_nearest_one():
    assert parse_date("28/12", today=date(2027, 1, 3)) == date(2026, 12, 28)
    assert parse_date("2/1", today=date(2026, 12, 30)) == date(2027, 1, 2)


@given(days, st.sampled_from(["id", "en"]))
def test_every_shown_date_reads_back(day, language):
    with translation.override(language):
        assert parse_date(dates.format_date(day), today=TODAY) == day
        assert parse_date(dates.format_long_date(day), today=TODAY) == day
    assert parse_date(day.isoformat(), today=TODAY) == day


def test_dates_and_times_follow_the_language_of_the_reader():
    moment = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
    with translation.override("id"):
        assert dates.format_date(TODAY) == "Sel, 24 Nov 2026"
        assert dates.format_long_date(date(2026, 8, 17)) == "17 Agustus 2026"
        assert dates.format_month(date(2026, 5, 1)) == "Mei 2026"
        assert dates.format_time(moment, "Asia/Jakarta") == "14.05 WIB"
        assert dates.format_time(moment, "Asia/Makassar") == "15.05 WITA"
    with translation.override("en"):
        assert dates.format_date(TODAY) == "Tue, 24 Nov 2026"
        assert dates.format_month(date(2026, 5, 1)) == "May 2026"
        assert dates.format_time(moment, "Asia/Jakarta") == "14:05 WIB"


def test_months_have_their_ends():
    assert dates.first_of_month(TODAY) == date(2026, 11, 1)
    assert dates.last_of_month(date(2024, 2, 3)) == date(2024, 2, 29)
    assert dates.next_month(date(2026, 12, 24)) == date(2027, 1, 24)
    assert dates.next_month(date(2026, 1, 31)) == date(2026, 2, 28)
    assert dates.next_month(date(2026, 1, 31), 2) == date(2026, 3, 31)
    assert dates.next_month(date(2026, 1, 31), -2) == date(2025, 11, 30)


@given(days, st.integers(-600, 600))
def test_counting_months_undoes_adding_them(day, months):
    assert dates.months_between(day, dates.next_month(day, months)) == months
