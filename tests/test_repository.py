"""What must hold for the files themselves: they build anywhere, stay short, and obey the CSP."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ["canting", "tests", "tools", "bench", "docs", "requirements", ".ci"]
TEXT = {
    ".cfg", ".css", ".html", ".in", ".ini", ".js", ".json", ".md", ".po", ".py", ".sh", ".sql",
    ".svg", ".toml", ".txt", ".typ", ".yml", ".yaml", "",
}  # fmt: skip
LONGEST_FILE = 400
LONGEST_FUNCTION = 60

# Written in pieces so that this file does not find itself.
REGISTRY = re.compile(
    r"pypi\.(?:org|python)|files\.python" r"hosted|registry\.npm" r"js|deb\.debian"
    r"\.org|--(?:extra-)?index-" r"url|--find-" r"links|--trusted-" r"host"
)  # fmt: skip
MACHINE_PATH = re.compile(r"(?<![\w>}.])/(?:wor" r"k|roo" r"t|ho" r"me/\w+|opt/(?:wheels|pypi))/")
STYLE = re.compile(r"""<style\b|<[^<>]*\sstyle\s*=|\son[a-z]+\s*=\s*["']|\bhx-on\b""")
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>")


def files(*folders: str, suffixes: set[str]) -> Iterator[Path]:
    """Files of the repository with one of these suffixes, without what tools leave behind."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in suffixes and "__pycache__" not in path.parts:
                yield path


def texts() -> Iterator[Path]:
    """Every text file, the ones at the top included."""
    yield from files(*FOLDERS, suffixes=TEXT)
    yield from (path for path in sorted(ROOT.iterdir()) if path.is_file() and path.suffix in TEXT)


def findings(pattern: re.Pattern[str], paths: Iterator[Path]) -> list[str]:
    """Where a pattern occurs, as file:line."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8", errors="replace").split("\n"), 1)
        if pattern.search(line)
    ]


def programs() -> list[Path]:
    """The Python files that people maintain: neither migrations nor tests."""
    found = files("canting", "tools", "bench", suffixes={".py"})
    return [path for path in found if "migrations" not in path.parts]


@pytest.mark.parametrize("pattern", [REGISTRY, MACHINE_PATH], ids=["registry host", "machine path"])
def test_no_file_names_a_place_that_only_one_machine_knows(pattern):
    assert findings(pattern, texts()) == []


@pytest.mark.parametrize("pattern", [STYLE, INLINE_SCRIPT], ids=["style", "script"])
def test_no_page_or_drawing_carries_inline_style_or_script(pattern):
    assert findings(pattern, files("canting", suffixes={".html", ".svg"})) == []


def test_every_library_is_pinned_with_a_digest():
    for name in ("base.txt", "dev.txt"):
        pinned = re.split(r"\n(?=[a-z0-9])", (ROOT / "requirements" / name).read_text("utf-8"))
        loose = [one for one in pinned if "==" not in one or "--hash=sha256:" not in one]
        assert loose == [], name


def test_no_program_file_is_longer_than_a_reader_can_hold():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in programs()
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in programs()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("domain", ["django", "member"])
def test_indonesian_has_one_plural_form(domain):
    catalogue = ROOT / "canting/locale/id/LC_MESSAGES" / f"{domain}.po"
    assert '"Plural-Forms: nplurals=1; plural=0;\\n"' in catalogue.read_text("utf-8")


def test_every_form_tells_why_it_was_refused():
    """A form drawn by its fields alone would swallow what no single field is guilty of."""
    silent = [
        str(path.relative_to(ROOT))
        for path in files("canting", suffixes={".html"})
        if "ui.fields(" in (text := path.read_text("utf-8"))
        and "ui.form_errors(" not in text
        and "ui.refusal(" not in text
    ]
    assert silent == []
