"""What the portal puts together from all domains; see the modules of this package."""

from canting.portal.selectors.checks import (
    Finding,
    invariants,
    owns_installation,
    paper_url,
    token_views,
    verification,
)

__all__ = [
    "Finding",
    "invariants",
    "owns_installation",
    "paper_url",
    "token_views",
    "verification",
]
