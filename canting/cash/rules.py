"""Plain rules of the cash desk: where money lies and what may never run below zero."""

# Account roles where money lies and can be paid from, in the order of the list.
PLACES = ("cash_main", "cash_till", "bank")
# Coins and notes: what is not there cannot leave. A bank may lend, so it guards itself.
DRAWERS = frozenset({"cash_main", "cash_till"})
