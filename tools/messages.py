"""Gather the texts, join the translators' parts, and compile the catalogues.

English is written in the code. `canting/locale/parts/<domain>.json` holds English -> Indonesian,
`<domain>.member.json` the same for texts that members read (`m_`). From these this writes
`canting/locale/id/LC_MESSAGES/django.po` and `member.po`.

    python -m tools.messages             gather, join, write the .po files, compile
    python -m tools.messages --compile   only write the .mo files
    python -m tools.messages --check     fail on a missing, misshapen or outdated translation
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "canting"
PARTS = SOURCE / "locale" / "parts"
CATALOGUES = SOURCE / "locale" / "id" / "LC_MESSAGES"
# Which arguments of a call are the text; None: the first alone.
Keyword: TypeAlias = tuple[int | tuple[int, int] | tuple[int, str], ...] | None
TEMPLATES = ("**/jinja2/**.html", "jinja2/**.html")
# Reads {% trans %} as the pages do (config/jinja.py).
AS_PAGES = {
    "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols",
    "trimmed": "true",
    "newstyle_gettext": "true",
    "silent": "false",
}
WITH_CONTEXT: Keyword = ((1, "c"), 2)
KEYWORDS: dict[str, dict[str, Keyword]] = {
    "django": {
        "_": None,
        "_now": None,
        "gettext": None,
        "gettext_lazy": None,
        "gettext_noop": None,
        "ngettext": (1, 2),
        "ngettext_lazy": (1, 2),
        "Parameter": (2,),
        "pgettext": WITH_CONTEXT,
        "pgettext_lazy": WITH_CONTEXT,
    },
    "member": {"m_": None, "m_lazy": None},
}
# Babel would declare two plural forms; Indonesian has one. No dates, so that a run without
# changed texts changes nothing.
HEADER = """\
# Canting in Indonesian. Written by tools/messages.py from canting/locale/parts: edit those.
msgid ""
msgstr ""
"Language: id\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
PLACEHOLDER = re.compile(r"(?<!%)(?:%%)*(%\(\w+\)|%[sd])")


def key_of(message: Message) -> str:
    """How the parts name a text: its English, after context and \\x04 where it has one."""
    english = message.id if isinstance(message.id, str) else message.id[0]
    return f"{message.context}\x04{english}" if message.context else english


def messages_of(catalogue: Catalog) -> Iterator[Message]:
    """Every text of a catalogue but its header."""
    return (message for message in catalogue if message.id)


def gathered(domain: str) -> Catalog:
    """The texts of the code and the pages, without translation, sorted by their English."""
    found = extract_from_dir(
        SOURCE,
        method_map=[("**.py", "python"), *((pattern, "jinja2") for pattern in TEMPLATES)],
        options_map=dict.fromkeys(TEMPLATES, AS_PAGES),
        keywords=KEYWORDS[domain],
    )
    catalogue = Catalog(locale="id", fuzzy=False)
    for filename, _line, text, _comments, context in sorted(found, key=lambda row: str(row[2])):
        catalogue.add(text, locations=[(f"canting/{filename}", 0)], context=context)
    return catalogue


def read_parts(domain: str) -> tuple[dict[str, str], list[str]]:
    """All parts of a domain joined, and one sentence for each text that two parts say apart."""
    joined: dict[str, str] = {}
    conflicts = []
    for path in sorted(PARTS.glob("*.json")):
        if path.name.endswith(".member.json") != (domain == "member"):
            continue
        for english, indonesian in json.loads(path.read_text(encoding="utf-8")).items():
            if joined.setdefault(english, indonesian) != indonesian:
                conflicts.append(f"{path.name} says {english!r} unlike an earlier part")
    return joined, conflicts


def joined(domain: str) -> tuple[Catalog, list[str], list[str]]:
    """The translated catalogue of a domain, its errors and its warnings as sentences."""
    parts, errors = read_parts(domain)
    catalogue = gathered(domain)
    wanted = set()
    for message in messages_of(catalogue):
        key = key_of(message)
        wanted.add(key)
        indonesian = parts.get(key, "")
        message.string = indonesian if isinstance(message.id, str) else (indonesian,)
        if not indonesian:
            places = ", ".join(sorted({name for name, _line in message.locations}))
            errors.append(f"no Indonesian for {key!r} ({places})")
        elif placeholders(key) != placeholders(indonesian):
            errors.append(f"placeholders differ between {key!r} and {indonesian!r}")
    warnings = [f"no longer in the code: {key!r}" for key in sorted(set(parts) - wanted)]
    return catalogue, errors, warnings


def placeholders(text: str) -> object:
    """The values a text asks for: names once each, nameless ones by number."""
    found = PLACEHOLDER.findall(text)
    named = {name for name in found if "(" in name}
    return named, Counter(name for name in found if "(" not in name)


def as_po(catalogue: Catalog) -> str:
    """The catalogue as a .po file, the same bytes for the same texts."""
    output = BytesIO()
    write_po(output, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False)
    return HEADER + output.getvalue().decode("utf-8").lstrip("\n")


def compile_catalogue(domain: str, text: str) -> None:
    """Write the .mo file that the running program reads."""
    CATALOGUES.mkdir(parents=True, exist_ok=True)
    with (CATALOGUES / f"{domain}.mo").open("wb") as output:
        write_mo(output, read_po(BytesIO(text.encode("utf-8")), locale="id"))


def run(domain: str, mode: str) -> bool:
    """Do one domain's part of the work; False when a check found something."""
    catalogue, errors, warnings = joined(domain)
    text = as_po(catalogue)
    path = CATALOGUES / f"{domain}.po"
    if mode == "--check":
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            errors.append(f"{path.name} is behind the code or the parts. Run: make messages")
        for sentence in warnings:
            sys.stderr.write(f"{domain}: warning: {sentence}\n")
        for sentence in errors:
            sys.stderr.write(f"{domain}: {sentence}\n")
        return not errors
    compile_catalogue(domain, text)
    if mode == "--write":
        path.write_text(text, encoding="utf-8")
        if errors:
            sys.stderr.write(f"{domain}: {len(errors)} texts need care; --check names them\n")
    return True


def main() -> int:
    """Write, compile or check both catalogues; only --check ends with 1 on an error."""
    mode = sys.argv[1] if len(sys.argv) > 1 else "--write"
    if mode not in {"--write", "--compile", "--check"}:
        sys.exit(__doc__)
    fine = [run(domain, mode) for domain in KEYWORDS]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
