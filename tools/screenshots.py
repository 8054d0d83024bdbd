"""Draw the pictures of the documentation anew: each role's pages, phone and laptop, both themes.

`python -m tools.screenshots [NAME ...]`: builds the demonstration in a folder of its own, serves
it, looks at every page of `tools/pages.py` and writes `docs/pictures/NAME-WIDTH-THEME.png`. Each
page is also held against axe, sideways scrolling, the fold and the widest amounts; what fails is
printed, and the command ends with 1.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from tools import browser as driving
from tools.pages import LOOKS, Look
from tools.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
START_SECONDS = 30


@contextmanager
def served(home: str) -> Iterator[str]:
    """The demonstration behind a real server, as `canting run` starts it."""
    port = free_port()
    environment = os.environ | {
        "CANTING_HOME": home,
        "CANTING_DATABASE_URL": f"sqlite:///{home}/canting.sqlite3",
        "CANTING_PUBLIC_URL": "",
    }
    command = [sys.executable, "-m", "canting.config.cli", "run", "--port", str(port), "--demo"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(f"{address}/sehat/", server)
            yield address
        finally:
            server.terminate()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers (the demonstration is built first)."""
    for _ in range(START_SECONDS * 10):
        if server.poll() is not None:
            sys.exit("The server ended before it answered.")
        with suppress(OSError), urllib.request.urlopen(address, timeout=2) as answer:
            if answer.status == 200:
                return
        time.sleep(1)
    sys.exit("The server did not answer.")


def facts(home: str) -> dict[str, str]:
    """Numbers of papers in the demonstration, and a session for everyone who signs in."""
    code = (
        "import json, django; django.setup();"
        " from tools.demo_facts import facts; print(json.dumps(facts()))"
    )
    environment = os.environ | {
        "CANTING_HOME": home,
        "CANTING_DATABASE_URL": f"sqlite:///{home}/canting.sqlite3",
        "DJANGO_SETTINGS_MODULE": "canting.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    import json  # noqa: PLC0415 - only here

    found: dict[str, str] = json.loads(done.stdout)
    return found


def context_for(
    browser: Browser, address: str, session: str, *, phone: bool, dark: bool
) -> BrowserContext:
    """A window of one size and theme, signed in by a session."""
    context = browser.new_context(
        viewport=driving.PHONE if phone else driving.LAPTOP,
        color_scheme="dark" if dark else "light",
        locale="id-ID",
        base_url=address,
    )
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    return context


def faults_of(page: Page, look: Look) -> Iterator[str]:
    """What a page fails at its present size and theme."""
    yield from (f"{look.name}: {barrier}" for barrier in driving.barriers(page))


def faults_of_size(page: Page, look: Look) -> Iterator[str]:
    """What a page fails on small phones: sideways scrolling, the fold, wide amounts."""
    page.set_viewport_size(driving.SMALL_PHONE)
    if not driving.next_act_visible(page):
        yield f"{look.name}: no next act above the fold at 360x640"
    page.set_viewport_size(driving.NARROW)
    if wide := driving.side_scroll(page):
        yield f"{look.name}: {wide} px of side-scroll at 320"
    if cut := driving.with_widest_amounts(page):
        yield f"{look.name}: an amount is cut: {cut[0]}"
    if wide := driving.side_scroll(page):
        yield f"{look.name}: {wide} px of side-scroll with {driving.WIDEST}"


def look_at(browser: Browser, address: str, look: Look, known: dict[str, str]) -> list[str]:
    """Four pictures of one page, and what it fails."""
    faults: list[str] = []
    for phone, dark in ((False, False), (False, True), (True, False), (True, True)):
        session = known.get(f"session:{look.username}", "")
        context = context_for(browser, address, session, phone=phone, dark=dark)
        page = context.new_page()
        answer = page.goto(look.path.format(**known))
        if answer is None or answer.status >= 400:
            faults.append(f"{look.name}: answers {answer.status if answer else 'nothing'}")
            context.close()
            break
        width, theme = ("360" if phone else "1366"), ("dark" if dark else "light")
        page.screenshot(path=PICTURES / f"{look.name}-{width}-{theme}.png", full_page=False)
        faults += faults_of(page, look)
        if phone and not dark:
            faults += faults_of_size(page, look)
        context.close()
    return faults


def main() -> None:
    """Draw all pages, or those named."""
    wanted = set(sys.argv[1:])
    looks = [look for look in LOOKS if not wanted or look.name in wanted]
    if driving.executable() is None:
        sys.exit(
            "There is no Chromium here: sudo apt-get install -y --no-install-recommends chromium"
        )
    PICTURES.mkdir(parents=True, exist_ok=True)
    home = os.environ.get("CANTING_SCREENSHOT_HOME") or tempfile.mkdtemp(prefix="canting-pictures-")
    faults: list[str] = []
    try:
        with served(home) as address, driving.chromium() as browser:
            known = facts(home)
            for look in looks:
                found = look_at(browser, address, look, known)
                sys.stdout.write(f"{look.name}{'' if not found else ': ' + str(len(found))}\n")
                sys.stdout.flush()
                faults += found
    finally:
        if "CANTING_SCREENSHOT_HOME" not in os.environ:
            shutil.rmtree(home, ignore_errors=True)
    shutil.copyfile(PICTURES / "hari-ini-pengelola-1366-light.png", PICTURES / "hari-ini.png")
    for fault in dict.fromkeys(faults):
        sys.stdout.write(f"FAULT {fault}\n")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
