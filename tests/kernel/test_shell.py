"""The shells and the macros: menus by right, languages, errors in three parts, a strict policy."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import engines, loader
from django.test import RequestFactory
from django.utils import timezone, translation

from canting.config.context import STAFF, Can, Entry, bottom_bar, menu, shell
from canting.kernel.htmx import render_page
from canting.kernel.member_text import m_, m_lazy
from canting.kernel.wa import wa_address

HOUSE = SimpleNamespace(slug="sekar", name="Sekar Anggur", place="Kraksaan", phone="0812-3456-7890")


SHELLS = ("shell.html", "member_shell.html", "plain_shell.html", "500.html")


def request(rights=(), is_member=False, path="/sekar/"):
    made: Any = RequestFactory().get(path)
    user = SimpleNamespace(
        is_authenticated=True, get_full_name=lambda: "Bu Rini", get_username=lambda: "rini"
    )
    made.access = SimpleNamespace(
        cooperative=HOUSE,
        user=user,
        roles=set(),
        rights=set(rights),
        party_id=1,
        is_member=is_member,
    )
    return made


@pytest.fixture
def addresses(monkeypatch):
    known = {entry.view: f"/sekar/{entry.icon}/" for entry in STAFF} | {"front": "/sekar/"}
    monkeypatch.setattr("canting.config.context.address", lambda view, *parts: known.get(view, ""))


def macro(source, **values):
    backend: Any = engines["jinja2"]
    return backend.env.from_string(source).render(**values)


def test_a_right_nobody_gave_is_not_there():
    can = shell(request({"members.view_members"}))["can"]
    assert can["members.view_members"]
    assert not can["ledger.close_month"]


def test_the_menu_shows_what_exists_and_is_allowed(addresses):
    can = Can.fromkeys([entry.right for entry in STAFF[:3]], True)
    words = [item.url for item in menu(STAFF, "sekar", Can(can), "/sekar/list/12/")]
    assert words == ["/sekar/home/", "/sekar/list/", "/sekar/cloth/", "/sekar/settings/"]


def test_the_word_of_the_page_is_current_and_the_front_door_only_on_itself(addresses):
    entries = [Entry("Front", "home", "front"), Entry("Orders", "list", "sales:order_list")]
    inside = menu(entries, "sekar", Can(), "/sekar/list/12/")
    assert [item.current for item in inside] == [False, True]
    assert [item.current for item in menu(entries, "sekar", Can(), "/sekar/")] == [True, False]


def test_a_phone_has_three_words_and_more(addresses):
    can = Can((entry.right, True) for entry in STAFF)
    tabs, more = bottom_bar(menu(STAFF, "sekar", can, "/sekar/book/"))
    assert len(tabs) == 4
    assert tabs[-1].url == "#lainnya"
    assert tabs[-1].current
    assert len(more) == 5


def test_a_stranger_gets_a_shell_too():
    values = shell(RequestFactory().get("/"))
    assert values["cooperative"] is None
    assert values["search_url"] == ""
    assert values["home_url"] == "/"


@pytest.mark.parametrize("page", ["403.html", "404.html", "422.html"])
def test_the_pages_of_refusal_draw_for_a_stranger(page):
    text = render_page(RequestFactory().get("/"), page).content.decode()
    assert "<h1>" in text


def test_the_page_of_a_fault_needs_no_context_and_logs_its_code(caplog):
    text = loader.get_template("500.html").render()
    code = re.findall(r'class="code-big">\s*(\w{3}-\w{3})', text)[0]
    assert code in caplog.text


@pytest.mark.parametrize("page", SHELLS)
def test_no_page_carries_inline_style_or_script(page):
    text = render_page(request(), page).content.decode()
    assert "style=" not in text
    assert "hx-on" not in text
    assert re.findall(r"<script(?![^>]*src=)", text) == []
    assert '"allowEval":false' in text
    assert '"historyCacheSize":0' in text


def test_the_shell_names_the_house_and_the_way_to_help():
    text = render_page(request(), "shell.html").content.decode()
    assert "Sekar Anggur" in text
    assert "https://wa.me/6281234567890" in text
    assert "Bu Rini" in text
    assert '<html lang="id">' in text
    with translation.override("en"):
        assert '<html lang="en">' in render_page(request(), "shell.html").content.decode()


class SavingsForm(forms.Form):
    amount = forms.IntegerField(
        label="Jumlah",
        help_text="Tanpa koma",
        widget=forms.TextInput,
        error_messages={"invalid": "Bukan angka rupiah."},
    )
    kind = forms.ChoiceField(
        label="Simpanan", choices=[("w", "Wajib"), ("s", "Sukarela")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea)


def test_an_error_says_what_is_wrong_what_was_typed_and_what_is_right():
    form = SavingsForm({"amount": "25.00O", "kind": "w"})
    with translation.override("en"):
        text = macro("{{ ui.form_errors(form) }}{{ ui.money_field(form.amount) }}", form=form)
    assert '<a href="#id_amount">' in text
    assert "Bukan angka rupiah." in text
    assert "25.00O" in text
    assert "Example: 25.000" in text
    assert 'aria-invalid="true"' in text
    assert 'aria-describedby="id_amount-hint id_amount-error"' in text
    assert "data-money" in text


def test_all_fields_are_drawn_with_a_label_each():
    text = macro('{{ ui.fields(form, money=("amount",)) }}', form=SavingsForm())
    assert text.count("<label") == 4
    assert '<label for="id_amount">' in text
    assert text.count('type="radio"') == 2
    assert 'rows="3"' in text


def test_what_people_typed_is_escaped_in_every_macro():
    text = macro(
        '{{ ui.state("done", x) }}{{ ui.work_row(x, why=x) }}{{ ui.pairs([(x, x)]) }}'
        "{{ ui.td(x, label=x) }}{{ ui.empty(x) }}{{ ui.timeline([(x, x)]) }}",
        x="<script>",
    )
    assert "<script>" not in text
    assert text.count("&lt;script&gt;") == 10


def test_a_pager_keeps_the_filter_and_goes_on_from_the_cursor():
    page = SimpleNamespace(rows=[1], next="abc", is_first=False)
    asked = RequestFactory().get("/x/", {"state": "late", "after": "old"})
    text = macro("{{ ui.pages(page, request) }}", page=page, request=asked)
    assert 'href="?state=late&amp;after=abc"' in text
    assert 'href="?state=late"' in text
    last = SimpleNamespace(rows=[1], next=None, is_first=True)
    assert macro("{{ ui.pages(page, request) }}", page=last, request=asked).strip() == ""


def test_a_form_key_is_fresh_each_time_and_kept_when_given():
    first, second = (macro("{{ ui.request_key_field() }}") for _ in range(2))
    assert first != second
    assert 'value="abc"' in macro('{{ ui.request_key_field("abc") }}')


def test_a_correction_shows_the_old_paper_and_asks_the_reason():
    text = macro(
        '{{ ui.correction([("Jumlah", "Rp25.000")], form, "", reason="note") }}', form=SavingsForm()
    )
    assert text.index("Rp25.000") < text.index('name="amount"') < text.index('name="note"')
    assert text.count('name="note"') == 1


def test_a_grid_offers_a_row_to_copy():
    formset = forms.formset_factory(SavingsForm, extra=2)(prefix="line")
    text = macro('{{ ui.grid(formset, "Lines", money=("amount",)) }}', formset=formset)
    assert 'data-grid="line"' in text
    assert 'name="line-__prefix__-amount"' in text
    assert text.count('name="line-1-amount"') == 1


def test_member_texts_fall_back_and_keep_their_facts():
    with translation.override("en"):
        assert (
            m_("Hello %(name)s, not in any list", name="Bu Siti")
            == "Hello Bu Siti, not in any list"
        )
        assert str(m_lazy("40% paid")) == "40% paid"
    assert m_("A sentence nobody translated", "mad") == "A sentence nobody translated"
    with translation.override("en"):
        text = macro('{{ m_("Hello %(name)s", name=who) }}', who="<b>")
    assert text == "Hello &lt;b&gt;"


@pytest.mark.parametrize(
    ("phone", "address"),
    [
        ("0812-3456-7890", "https://wa.me/6281234567890"),
        ("+62 812 3456 7890", "https://wa.me/6281234567890"),
        ("", ""),
        ("(0335) 123456", ""),
    ],
)
def test_whatsapp_addresses_have_digits_only(phone, address):
    assert wa_address(phone) == address


def test_a_whatsapp_text_is_encoded():
    assert (
        wa_address("0812-3456-7890", "Kain & siap")
        == "https://wa.me/6281234567890?text=Kain%20%26%20siap"
    )


def test_a_moment_is_shown_by_its_day_on_the_active_clock():
    draw = engines["jinja2"].from_string("{{ moment|tanggal }} {{ moment|jam }}").render
    moment = datetime(2027, 12, 31, 17, 30, tzinfo=UTC)
    with timezone.override("Asia/Jakarta"):
        assert draw({"moment": moment}) == "Sab, 1 Jan 2028 00.30 WIB"
    with timezone.override("Asia/Makassar"):
        assert draw({"moment": moment - timedelta(hours=2)}) == "Jum, 31 Des 2027 23.30 WITA"
