"""The doors of the portal; see the modules of this package."""

from canting.portal.views.front import (
    about,
    choose,
    cloth_passport,
    front_door,
    open_home,
    token,
)
from canting.portal.views.home import home
from canting.portal.views.house import house_page
from canting.portal.views.keeping import (
    backup_download,
    backup_list,
    backup_now,
    paper,
    verify_page,
)
from canting.portal.views.notices import notice_page, notice_withdraw
from canting.portal.views.old_book import (
    old_book,
    old_book_drop,
    old_book_history,
    old_book_list,
    old_book_paper,
    old_book_undo,
)
from canting.portal.views.old_chart import old_chart, old_chart_match
from canting.portal.views.people import start_people, start_people_end
from canting.portal.views.search import search
from canting.portal.views.start import start_facts, start_old_book, start_page, start_sign
from canting.portal.views.start_part import start_drop, start_paper, start_part
from canting.portal.views.today import today

__all__ = [
    "about",
    "backup_download",
    "backup_list",
    "backup_now",
    "choose",
    "cloth_passport",
    "front_door",
    "home",
    "house_page",
    "notice_page",
    "notice_withdraw",
    "old_book",
    "old_book_drop",
    "old_book_history",
    "old_book_list",
    "old_book_paper",
    "old_book_undo",
    "old_chart",
    "old_chart_match",
    "open_home",
    "paper",
    "search",
    "start_drop",
    "start_facts",
    "start_old_book",
    "start_page",
    "start_paper",
    "start_part",
    "start_people",
    "start_people_end",
    "start_sign",
    "today",
    "token",
    "verify_page",
]
