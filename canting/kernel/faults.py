"""The code a person reads out on the phone when the server failed, and the same code in the log."""

import logging
import secrets
import sys

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
log = logging.getLogger("canting.fault")


def fault_code() -> str:
    """Return a six-sign code without look-alikes and log it beside the running error."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(6))
    code = f"{signs[:3]}-{signs[3:]}"
    log.error("shown to the user as fault %s", code, exc_info=sys.exc_info()[1])
    return code
