"""A walk over the links of the pages: which views a person finds in so many clicks from home."""

import re
from collections import defaultdict
from html import unescape

from django.test import Client
from django.urls import Resolver404, resolve

LINK = re.compile(r'(?:href|hx-get|formaction)="(/[^"]*)"')
# Files made on demand: a link to one is enough, it leads nowhere.
FILES = re.compile(
    r"(print|paper|picture|export|download|attachment|settlement:transfer_list|my_card)$"
)
# Leads on to papers of every kind.
MORE = {"portal:paper": 25}


def view_of(path: str) -> str:
    """The full name of the view behind a path; nothing when there is none."""
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return ""


class Walk:
    """One person's walk through the house: the nearest pages first, a few of each kind."""

    def __init__(self, client: Client, slug: str, samples: int = 2) -> None:
        self.client = client
        self.slug = slug
        self.samples = samples
        self.clicks: dict[str, int] = {}
        self.broken: set[tuple[str, int]] = set()

    def go(self, start: str, most: int) -> None:
        """Follow the links from a page until so many clicks away."""
        opened: dict[str, int] = defaultdict(int)
        level, seen = [start], {start}
        for depth in range(most + 1):
            following: dict[str, None] = {}
            for path in level:
                name = view_of(path)
                self.clicks.setdefault(name, depth)
                if FILES.search(name) or opened[name] >= MORE.get(name, self.samples):
                    continue
                opened[name] += 1
                following |= dict.fromkeys(self._links(path, depth))
            level = [path for path in following if path not in seen]
            seen |= set(level)

    def _links(self, path: str, depth: int) -> list[str]:
        answer = self.client.get(path)
        while answer.status_code in {301, 302} and answer["Location"].startswith("/"):
            path = answer["Location"]
            self.clicks.setdefault(view_of(path), depth)
            answer = self.client.get(path)
        if answer.status_code >= 400:
            self.broken.add((path, answer.status_code))
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            return []
        found = [unescape(one).partition("#")[0] for one in LINK.findall(answer.content.decode())]
        # The links to a list as a file are of its own page.
        mine = [one for one in found if one.startswith(f"/{self.slug}/")]
        return [one for one in mine if "unduh=" not in one]
