"""A small worked year: members M1 to M6 and the entries that come before their slips."""

from datetime import date

from canting.cooperatives.rules import PartyKind
from canting.ledger import selectors as ledger
from canting.ledger.rules import BusinessClass, Draft, credit, debit
from canting.ledger.services import post_entries
from canting.settlement.invariants import INVARIANTS
from tests.builders import party

M = BusinessClass.MEMBER


class Books:
    """Posts entries the way the other domains do, and knows the members by their short names."""

    def __init__(self, cooperative, actor):
        self.cooperative, self.actor = cooperative, actor
        self.people: dict = {}
        self.count = 0

    def person(self, name: str):
        """The party of a member, made when first named."""
        if name not in self.people:
            self.people[name] = party(self.cooperative, PartyKind.MEMBER, f"Bu {name}", name)
        return self.people[name]

    def post(self, on: date, kind: str, *lines, memo="Percobaan", source=""):
        """One balanced entry."""
        self.count += 1
        post_entries(
            cooperative=self.cooperative,
            drafts=[Draft(source or f"test.{kind}:{self.count}", on, kind, memo, lines)],
            actor=self.actor,
        )

    def cash(self, amount=30_000_000, place="cash_main", on=date(2026, 1, 1)):
        """Money to pay with."""
        self.post(on, "opening", debit(place, amount), credit("reserve_general", amount))

    def wages(self, name, amount, on, memo="Upah makloon", source=""):
        """Piece pay for accepted commission cloth."""
        maker = self.person(name)
        lines = debit("wip", amount), credit("wages_payable", amount, maker)
        self.post(on, "accepted", *lines, memo=memo, source=source)

    def cloth(self, name, amount, on, memo="Setor kain", source=""):
        """Cloth bought from a maker."""
        maker = self.person(name)
        lines = debit("fg", amount), credit("pay_maker", amount, maker)
        self.post(on, "purchase_delivery", *lines, memo=memo, source=source)

    def consigned(self, name, amount, on):
        """Consigned cloth of hers was sold."""
        maker = self.person(name)
        lines = debit("cash_till", amount), credit("consign_payable", amount, maker)
        self.post(on, "gallery_sale", *lines, memo="Titipan laku")

    def damage(self, name, amount, on, memo="Malam lebih dari patokan"):
        """Material that she has to make good."""
        maker = self.person(name)
        lines = debit("recv_damage", amount, maker), credit("mat_wax", amount)
        self.post(on, "overuse", *lines, memo=memo)

    def credit_material(self, name, amount, on, role="recv_member", memo="Bahan kredit"):
        """Material sold to her on credit."""
        maker = self.person(name)
        lines = debit(role, amount, maker), credit("sales_material_m", amount, business=M)
        self.post(on, "handout_credit", *lines, memo=memo)

    def owes(self, name, role):
        """What she has on one account."""
        return ledger.party_balance(
            cooperative=self.cooperative, role=role, party=self.person(name)
        )

    def balance(self, role):
        """What one account holds."""
        return ledger.balance(cooperative=self.cooperative, role=role)

    def hold(self):
        """Every invariant of settlement holds and the books balance."""
        for invariant in INVARIANTS:
            assert list(invariant.breaches(self.cooperative)) == [], invariant.name
        rows = ledger.trial_balance(cooperative=self.cooperative, as_of=date(2027, 12, 31))
        assert sum(row.net for row in rows) == 0
