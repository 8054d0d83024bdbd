"""Rows and cells drawn without a template: nothing typed reaches the page unescaped."""

from types import SimpleNamespace

import pytest
from django.urls import NoReverseMatch, reverse
from markupsafe import Markup

from canting.kernel.addresses import address, around
from canting.kernel.cells import listing, row, statement_row, td, th

EVIL = "<b>\"&'"


def test_what_people_typed_is_escaped_in_every_part_of_a_cell():
    drawn = [
        td(EVIL, EVIL, label=EVIL, url=EVIL),
        th(EVIL, url=EVIL, note=EVIL, css=EVIL),
        row(EVIL, caller=lambda: Markup("")),
        statement_row(EVIL, [EVIL, EVIL], kind=EVIL, urls=[EVIL]),
        listing([(EVIL, EVIL)], [(EVIL, EVIL, (EVIL,))]),
    ]
    for text in drawn:
        assert isinstance(text, Markup)
        assert EVIL not in text
        assert "&lt;b&gt;&#34;&amp;&#39;" in text


def test_a_listing_draws_what_row_and_cells_draw():
    drawn = listing([("n", "sum"), ("", "")], [("/a/", "Siti", ("1", "")), ("", "Tutik", (2, "x"))])
    siti = "".join((th("Siti", url="/a/"), td("1", "n", label="sum"), td("")))
    tutik = "".join((th("Tutik"), td(2, "n", label="sum"), td("x")))
    assert drawn == "".join((row(caller=lambda: siti), row(caller=lambda: tutik)))
    with pytest.raises(ValueError, match="zip"):
        listing([("n", "sum")], [("", "Siti", ("1", "2"))])


def test_markup_stays_and_figures_are_shown():
    assert td(Markup("<b>1</b>")) == '<td role="cell"><b>1</b></td>'
    assert td(0, "n") == '<td role="cell" class="n">0</td>'
    assert th("Siti", note=3) == (
        '<th role="rowheader" scope="row">Siti <span class="muted small">3</span></th>'
    )


def test_only_the_first_figure_of_a_plain_row_stands_out():
    plain = statement_row("Kas", ["1", "2"], urls=("/a/",))
    assert '<td role="cell" class="n"><a href="/a/">' in plain
    assert '<td role="cell" class="n muted">2</td>' in plain
    assert "muted" not in statement_row("Kas", ["1", "2"], kind="total")


@pytest.mark.parametrize("part", [0, 12, "12", "A-0001", "a_b"])
def test_an_address_is_the_one_django_draws(part):
    for name, args in (
        ("ledger:entry_detail", ("rumah", part)),
        ("ledger:account_ledger", ("rumah", part)),
        ("sales:order_detail", ("rumah", part)),
    ):
        try:
            expected = reverse(name, args=args)
        except NoReverseMatch:
            with pytest.raises(NoReverseMatch):
                address(name, *args)
        else:
            assert address(name, *args) == expected


def test_an_address_is_drawn_around_its_number():
    before, behind = around("ledger:entry_detail", "rumah")
    assert f"{before}17{behind}" == reverse("ledger:entry_detail", args=("rumah", 17))
    before, behind = around("ledger:entry_correct", "rumah")
    assert f"{before}17{behind}" == reverse("ledger:entry_correct", args=("rumah", 17))
    for name, args in (("ledger:entry_detail", ("ru/mah",)), ("ledger:nowhere", ("rumah",))):
        with pytest.raises(NoReverseMatch):
            around(name, *args)


def test_unusual_parts_are_left_to_django():
    number = "PS/2026/11/0001"
    assert address("sales:order_detail", "rumah", number) == reverse(
        "sales:order_detail", args=["rumah", number]
    )
    named = {"cooperative": "rumah", "number": "a b&c"}
    assert address("sales:order_detail", **named) == reverse("sales:order_detail", kwargs=named)
    with pytest.raises(NoReverseMatch):
        address("ledger:entry_detail", "rumah", SimpleNamespace())


def test_a_cell_that_names_its_row_takes_markup_and_a_note():
    day = Markup('<span class="day">24 Nov 2026</span>')
    told = '<th role="rowheader" scope="row">{} <span class="muted small">14.05 &lt;</span></th>'
    assert th(day, note="14.05 <") == told.format(day)
