import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from canting.kernel import sealed

OLD, NEW = "o" * 40, "n" * 40


@pytest.fixture(autouse=True)
def key(settings):
    settings.SEALING_KEY = OLD


@given(st.text())
@hypothesis_settings(max_examples=30)
def test_what_is_sealed_opens_again(text):
    with override_settings(SEALING_KEY=OLD):
        assert sealed.unseal(sealed.seal(text)) == text


def test_the_text_cannot_be_seen_and_two_seals_differ():
    first, second = sealed.seal("3513141508959901"), sealed.seal("3513141508959901")
    assert first != second
    assert b"3513" not in first


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-1], lambda b: b[:10], lambda b: b"", lambda b: b + b"x"]
)
def test_damaged_bytes_are_refused(damage):
    with pytest.raises(sealed.SealBroken):
        sealed.unseal(damage(sealed.seal("rahasia")))


def test_a_memoryview_from_the_database_opens():
    assert sealed.unseal(memoryview(sealed.seal("rahasia"))) == "rahasia"


def test_old_seals_open_after_a_change_of_keys_and_are_known_as_stale(settings):
    before = sealed.seal("rahasia")
    old_print = sealed.fingerprint("rahasia", scope="a")
    settings.SEALING_KEY = [NEW, OLD]
    assert sealed.unseal(before) == "rahasia"
    assert sealed.is_stale(before)
    assert not sealed.is_stale(sealed.seal("rahasia"))
    assert sealed.fingerprints("rahasia", scope="a") == [
        sealed.fingerprint("rahasia", scope="a"),
        old_print,
    ]
    settings.SEALING_KEY = NEW
    with pytest.raises(sealed.SealBroken):
        sealed.unseal(before)


def test_a_fingerprint_is_equal_for_equal_text_in_one_scope_only():
    one = sealed.fingerprint("3513", scope="coop 1")
    assert one == sealed.fingerprint("3513", scope="coop 1")
    assert len(one) == 64
    assert one != sealed.fingerprint("3513", scope="coop 2")
    assert sealed.fingerprint("bc", scope="a") != sealed.fingerprint("c", scope="ab")


@pytest.mark.parametrize("key", ["", "short", [], [OLD, "short"]])
def test_a_missing_or_short_key_stops_at_once(settings, key):
    settings.SEALING_KEY = key
    with pytest.raises(ImproperlyConfigured):
        sealed.seal("x")
