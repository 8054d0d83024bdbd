"""The documentation: links lead somewhere, commands and settings exist, tables say what the code says."""

import json
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.utils import translation

from canting.cooperatives.selectors import all_parameters
from tools import reference

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md"))]
EXPLANATION = ROOT / "docs" / "explanation"
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
COMMAND = re.compile(
    r"(?:`|^ {4,}(?:[A-Z_]+=\S+ )?(?:\.venv/bin/)?|/)canting ([a-z_]+)", re.MULTILINE
)
SETTING = re.compile(r"CANTING_[A-Z_]+")
# Said loudly on the pages for users without being a label: people, headings of a list, warnings.
NO_LABELS = {
    *("Rini Handayani", "Abdul Hadi", "Nur Aini", "Siti Aminah", "Hosniyah", "Slamet Riyadi", "A"),
    *("Terima simpanan wajib", "Bayar listrik", "Bayar pengrajin", "Jual di galeri", "Coba salah"),
    *("WhatsApp", "Tanya", "persetujuan tertulis", "cara", "hanya batalkan", "alasan", "Masuk"),
    *("betulkan yang paling akhir dulu", "bawa pergi salinannya", "sekali setiap tiga bulan"),
    *("Pulang", "hari pertama pembukuan", "jumlah dari buku lama", "tidak bisa diambil"),
    *("Lupa PIN", "HP hilang", "titik periksa", "diurungkan", "dibalik"),
}
# Drawn by `make screenshots`; a checkout may be without it.
DRAWN = {"docs/pictures/hari-ini.png"}


def anchor(heading: str) -> str:
    """How a heading is addressed: small letters, dashes for spaces, no signs."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def links(page: Path) -> Iterator[str]:
    """Every link of a page that stays inside the repository."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return (to for to in LINK.findall(text) if not re.match(r"[a-z]+:", to))


def lost(page: Path) -> Iterator[str]:
    """Links of a page to a file or a heading that is not there."""
    for to in links(page):
        name, _, place = to.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists():
            if str(target.relative_to(ROOT)) not in DRAWN:
                yield to
        elif place and target.suffix == ".md":
            headings = HEADING.findall(target.read_text(encoding="utf-8"))
            if place not in map(anchor, headings):
                yield to


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page):
    assert list(lost(page)) == []


def test_a_link_to_nowhere_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# One two\n[a](#one-two) [b](#three) [c](https://example.com) [d](page.md)\n")
    assert list(lost(page)) == ["#three"]


def test_every_page_is_reached_from_the_first():
    seen, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        waiting += [(page.parent / to.partition("#")[0]).resolve() for to in links(page)]
    assert sorted(str(page.relative_to(ROOT)) for page in set(PAGES) - seen) == []


def test_every_command_that_is_named_exists():
    named = {
        (word, page.name)
        for page in PAGES
        for word in COMMAND.findall(page.read_text(encoding="utf-8"))
    }
    known = {"run", *get_commands()}
    assert {one for one in named if one[0] not in known} == set()
    assert {"run", "new", "import", "verify", "backup", "restore"} <= {word for word, _ in named}


def test_every_command_of_ours_is_told_in_the_reference():
    ours = {name for name, app in get_commands().items() if str(app).startswith("canting.")}
    page = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    assert {name for name in {*ours, "run"} if f"\n## canting {name}\n" not in page} == set()


def test_every_option_of_our_commands_is_told_in_the_reference():
    page = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    for name, app in get_commands().items():
        if not str(app).startswith("canting."):
            continue
        source = Path(str(import_module(f"{app}.management.commands.{name}").__file__))
        options = re.findall(r'"(--[a-z-]+)"', source.read_text(encoding="utf-8"))
        part = page.split(f"\n## canting {name}\n")[1].split("\n## ")[0]
        assert [option for option in options if option not in part] == [], name


def test_every_setting_of_the_program_is_told_and_no_other():
    told = set(SETTING.findall((ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")))
    read = set()
    for path in [*ROOT.glob("canting/**/*.py"), *ROOT.glob("tools/*.py")]:
        read |= set(SETTING.findall(path.read_text(encoding="utf-8")))
    assert {name for name in told if name.removesuffix("_FILE") not in read} == set()
    assert read - told == set()


def test_the_tables_of_parameters_and_rights_say_what_the_code_says():
    assert reference.behind() == []


def invariants() -> Iterator[tuple[str, str, str]]:
    """Domain, name and sentence of every invariant."""
    for config in apps.get_app_configs():
        if config.name.startswith("canting.") and find_spec(f"{config.name}.invariants"):
            for one in import_module(f"{config.name}.invariants").INVARIANTS:
                yield config.label, one.name, str(one.says)


def test_every_invariant_stands_on_the_page_of_its_domain():
    with translation.override("en"):
        for domain, name, says in invariants():
            page = (EXPLANATION / f"{domain}.md").read_text(encoding="utf-8")
            assert f"| `{name}` | {says} |" in page, name


def test_every_name_with_a_dot_on_a_page_of_explanation_is_real():
    checks = {
        one.name
        for config in apps.get_app_configs()
        if config.name.startswith("canting.") and find_spec(f"{config.name}.invariants")
        for one in getattr(import_module(f"{config.name}.invariants"), "CLOSE_CHECKS", ())
    }
    known = {name for _domain, name, _says in invariants()} | checks | set(all_parameters())
    for page in EXPLANATION.glob("*.md"):
        named = re.findall(r"`([a-z_]+\.[a-z_0-9]+)`", page.read_text(encoding="utf-8"))
        assert set(named) - known == set(), page.name


def test_every_kind_of_entry_is_told_on_a_page_of_explanation():
    posting = (ROOT / "docs/posting.md").read_text(encoding="utf-8")
    kinds = set(re.findall(r"^\| `(\w+)` \|", posting, re.MULTILINE))
    told = "".join(page.read_text(encoding="utf-8") for page in EXPLANATION.glob("*.md"))
    assert {kind for kind in kinds if f"`{kind}`" not in told} == set()


def test_every_domain_has_its_page():
    domains = {c.label for c in apps.get_app_configs() if c.name.startswith("canting.")}
    assert {domain for domain in domains if not (EXPLANATION / f"{domain}.md").exists()} == set()


def test_every_label_that_a_page_for_users_names_stands_on_the_screen():
    parts = [json.loads(p.read_text(encoding="utf-8")) for p in ROOT.glob("canting/locale/parts/*")]
    shown = {re.sub(r"%\(\w+\)s", "…", text).strip() for part in parts for text in part.values()}
    strange = set()
    for page in [*ROOT.glob("docs/howto/*.md"), *ROOT.glob("docs/tutorial/*.md")]:
        text = " ".join(page.read_text(encoding="utf-8").split())
        named = {label.rstrip(".,:") for label in re.findall(r"\*\*([^*]+)\*\*", text)}
        strange |= {(page.stem, label) for label in named - shown - NO_LABELS}
    assert strange == set()
