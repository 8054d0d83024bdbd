"""What the tests of the start share: typed rows as a page sends them, balances as the books say."""

from datetime import date

from canting.ledger import selectors as ledger


def typed(rows, key, **more):
    """The body of a saved grid."""
    data = {"request_key": key, "r-TOTAL_FORMS": len(rows), "r-INITIAL_FORMS": 0, **more}
    for place, row in enumerate(rows):
        data.update({f"r-{place}-{name}": value for name, value in row.items()})
    return data


def codes(house):
    """The account code of each role."""
    return {a.role: a.code for a in ledger.accounts(cooperative=house) if a.role}


def balances(house, as_of: date):
    """Every balance of the books as (role, party number) -> net debit in rupiah."""
    found = {}
    for row in ledger.trial_balance(cooperative=house, as_of=as_of):
        account = ledger.account_for(cooperative=house, role=row.role)
        if not account.party_kind:
            found[row.role, ""] = row.net
            continue
        sign = 1 if account.normal == "D" else -1
        for one in ledger.party_balances(cooperative=house, role=row.role):
            found[row.role, one.number] = sign * one.balance
    return {key: net for key, net in found.items() if net}
