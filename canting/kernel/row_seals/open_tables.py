"""Tables whose rows carry no seal, each with the reason; every other table of ours is sealed."""

from collections.abc import Mapping

CHAINED = "in the chain, and compared by the ledger's own laws (tests/ledger/test_tamper_drill.py)"
SIGN_IN = "who signs in and from where: changes at every visit and says nothing of the books"
MEMORY = "what a form or a link remembers for a while: no paper hangs on it"

OPEN: Mapping[str, str] = {
    "ledger.Book": CHAINED,
    "ledger.Account": CHAINED,
    "ledger.JournalEntry": CHAINED,
    "ledger.JournalLine": CHAINED,
    "ledger.AccountMonth": CHAINED,
    "ledger.PartyMonth": CHAINED,
    "ledger.FiscalPeriod": CHAINED,
    "ledger.YearAct": CHAINED,
    "ledger.FrozenFile": CHAINED,
    "cooperatives.User": SIGN_IN,
    "cooperatives.Device": SIGN_IN,
    "cooperatives.RequestKey": MEMORY,
    "cooperatives.Token": MEMORY,
    "cooperatives.ImportMapping": MEMORY,
    "cooperatives.PastedSheet": MEMORY,
    "cooperatives.RowSeal": "the seals themselves: without the key none can be made",
}

# A posting's line of the audit trail repeats its entry, which is chained; sealing it too would
# slow every posting.
ROWS_LEFT_OUT: Mapping[str, str] = {
    "cooperatives_auditrecord": "{row}.action <> 'ledger.posted'",
}
