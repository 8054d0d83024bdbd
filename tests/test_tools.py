"""The programs that set up, check and start the repository."""

import json
import re
import socket
import subprocess
import sys

import pytest
from babel.messages.pofile import read_po

from canting.config import server
from tools import layers, messages
from tools import test as runner


@pytest.fixture
def small_source(tmp_path, monkeypatch):
    """A package with one text of each kind, and an empty folder for its parts."""
    (tmp_path / "locale" / "parts").mkdir(parents=True)
    (tmp_path / "jinja2").mkdir()
    (tmp_path / "errors.py").write_text('message = _("Stock is %(left)s.")\nm_("Paid.")\n')
    page = "{% trans trimmed count=2 %}\n  {{ count }}\n  pieces\n{% endtrans %}{{ m_('Home') }}"
    (tmp_path / "jinja2" / "page.html").write_text(page)
    monkeypatch.setattr(messages, "SOURCE", tmp_path)
    monkeypatch.setattr(messages, "PARTS", tmp_path / "locale" / "parts")
    return tmp_path


def part(source, name, **texts):
    path = source / "locale" / "parts" / name
    path.write_text(json.dumps(texts))


def test_texts_of_staff_and_members_are_gathered_apart(small_source):
    found = {name: set(map(messages.key_of, messages.messages_of(messages.gathered(name))))
             for name in messages.KEYWORDS}  # fmt: skip
    assert found == {
        "django": {"Stock is %(left)s.", "%(count)s pieces"},
        "member": {"Paid.", "Home"},
    }


def test_every_name_that_gettext_goes_by_is_gathered():
    renamed = re.compile(r"import (?:gettext|gettext_lazy|gettext_noop) as (\w+)")
    names = {
        name
        for path in (layers.ROOT / "canting").rglob("*.py")
        for name in renamed.findall(path.read_text(encoding="utf-8"))
        if path.name != "member_text.py"
    }
    assert "_" in names
    assert names <= set(messages.KEYWORDS["django"])


def test_a_missing_translation_is_named_with_its_place(small_source):
    part(small_source, "stock.json", **{"%(count)s pieces": "%(count)s helai"})
    _catalogue, errors, _warnings = messages.joined("django")
    assert errors == ["no Indonesian for 'Stock is %(left)s.' (canting/errors.py)"]


def test_a_translation_that_loses_a_value_is_an_error(small_source):
    part(small_source, "stock.json", **{"Stock is %(left)s.": "Stok habis.",
                                        "%(count)s pieces": "%(count)s helai"})  # fmt: skip
    _catalogue, errors, _warnings = messages.joined("django")
    assert errors == ["placeholders differ between 'Stock is %(left)s.' and 'Stok habis.'"]


def test_two_parts_that_differ_and_a_text_that_is_gone_are_told(small_source):
    part(small_source, "a.member.json", **{"Paid.": "Sudah dibayar.", "Home": "Beranda"})
    part(small_source, "b.member.json", **{"Paid.": "Lunas.", "Old": "Lama"})
    _catalogue, errors, warnings = messages.joined("member")
    assert errors == ["b.member.json says 'Paid.' unlike an earlier part"]
    assert warnings == ["no longer in the code: 'Old'"]


def test_the_written_catalogue_is_stable_and_has_one_plural_form(small_source, tmp_path):
    part(small_source, "a.member.json", **{"Paid.": "Sudah dibayar.", "Home": "Beranda"})
    first = messages.as_po(messages.joined("member")[0])
    assert first == messages.as_po(messages.joined("member")[0])
    path = tmp_path / "member.po"
    path.write_text(first, encoding="utf-8")
    with path.open("rb") as stored:
        catalogue = read_po(stored)
    assert catalogue.num_plurals == 1
    assert {message.id: message.string for message in catalogue}["Home"] == "Beranda"


def test_a_domain_that_is_not_there_yet_is_optional(tmp_path, monkeypatch):
    (tmp_path / "canting" / "ledger" / "services").mkdir(parents=True)
    for name in ("__init__", "models", "selectors"):
        (tmp_path / "canting" / "ledger" / f"{name}.py").touch()
    (tmp_path / "canting" / "ledger" / "services" / "__init__.py").touch()
    monkeypatch.setattr(layers, "ROOT", tmp_path)
    written = layers.contracts()
    assert '"(cash)",\n    "ledger",' in written
    assert (
        'allowed_importers = [\n    "canting.ledger.selectors",\n    "canting.ledger.services",\n]'
        in written
    )


def test_a_port_in_use_is_passed_over():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert server.first_free_port("127.0.0.1", first=port, last=port + 20) > port


def test_a_child_process_ends_with_its_server():
    with server.child([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        assert process.poll() is None
    assert process.poll() is not None


@pytest.mark.parametrize(("in_ci", "fine"), [("true", False), ("", True)])
def test_a_run_that_is_left_out_fails_only_in_ci(monkeypatch, in_ci, fine):
    monkeypatch.setenv("CI", in_ci)
    outcome = runner.left_out("Browser", "no Chromium here.", runner.INSTALL_CHROMIUM)
    assert outcome.fine is fine
    assert "apt-get install" in outcome.said


def test_the_shell_programs_parse():
    for name in ("tools/setup.sh", "tools/requirements.sh"):
        subprocess.run(["sh", "-n", layers.ROOT / name], check=True)
