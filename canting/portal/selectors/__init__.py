"""What the portal puts together from all domains; see the modules of this package."""

from canting.portal.selectors.checks import (
    Finding,
    invariants,
    owns_installation,
    paper_url,
    token_views,
    verification,
)
from canting.portal.selectors.home import Home, Work, home_of
from canting.portal.selectors.notices import notice_of_day
from canting.portal.selectors.opening import (
    Compared,
    Standing,
    comparison,
    difference_of,
    draft_count,
    drafts,
    is_sum,
    last_number,
    lock_opening,
    officer_by_username,
    officers,
    opening,
    opening_trial,
    part,
    part_by_number,
    posted_parts,
    signers,
    standings,
)
from canting.portal.selectors.opening_names import role_name, step_name, total_name
from canting.portal.selectors.search import LONGEST as LONGEST_SEARCH
from canting.portal.selectors.search import Group, Hit, jump, search
from canting.portal.selectors.today import Today, today_for

__all__ = [
    "LONGEST_SEARCH",
    "Compared",
    "Finding",
    "Group",
    "Hit",
    "Home",
    "Standing",
    "Today",
    "Work",
    "comparison",
    "difference_of",
    "draft_count",
    "drafts",
    "home_of",
    "invariants",
    "is_sum",
    "jump",
    "last_number",
    "lock_opening",
    "notice_of_day",
    "officer_by_username",
    "officers",
    "opening",
    "opening_trial",
    "owns_installation",
    "paper_url",
    "part",
    "part_by_number",
    "posted_parts",
    "role_name",
    "search",
    "signers",
    "standings",
    "step_name",
    "today_for",
    "token_views",
    "total_name",
    "verification",
]
