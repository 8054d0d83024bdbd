"""Pure rules of selling, with any numbers."""

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from canting.kernel.money import half_up
from canting.ledger.rules import Side
from canting.sales import rules
from canting.sales.rules import PARAMETERS, Sold
from canting.stock.rules import Basis, Origin
from canting.taxes import rules as taxes

money = st.integers(min_value=1, max_value=10**10)
percents = st.decimals(min_value=0, max_value=100, places=2)


@dataclass(frozen=True)
class Owner:
    id: int = 7
    cooperative_id: int = 1
    kind: str = "member"
    number: str = "A-0001"


@given(st.lists(money, min_size=1, max_size=20), st.data())
def test_a_shared_discount_adds_up_and_never_exceeds_a_line(amounts, data):
    discount = data.draw(st.integers(min_value=0, max_value=sum(amounts)))
    parts = rules.share_discount(discount, amounts)
    assert sum(parts) == discount
    assert all(0 <= part <= amount for part, amount in zip(parts, amounts, strict=True))


@given(st.lists(money, min_size=1, max_size=8), st.data(), percents)
def test_invoices_of_a_whole_order_use_the_whole_down_payment(values, data, retention):
    total = sum(values)
    received = data.draw(st.integers(min_value=0, max_value=total))
    used = before = 0
    for value in values:
        parts = rules.invoice_parts(
            total=value,
            invoiced_before=before,
            order_total=total,
            received=received,
            used_before=used,
            retention_percent=retention,
        )
        assert parts.receivable >= 0
        assert parts.receivable + parts.down_payment_used + parts.retention == value
        used, before = used + parts.down_payment_used, before + value
    assert used == received


@given(
    st.lists(st.tuples(st.integers(1, 30), st.integers(0, 10**8)), min_size=1, max_size=8),
    st.integers(0, 10**8),
    st.integers(0, 10**8),
    st.integers(0, 100),
)
def test_true_ups_of_all_parts_end_at_the_share_of_the_whole(parts, advance, booked, percent):
    made = Decimal(sum(pieces for pieces, _net in parts))
    sold, got, trued = Decimal(0), 0, 0
    for pieces, net in parts:
        trued += rules.true_up(
            made=made,
            sold_before=sold,
            quantity=Decimal(pieces),
            got_before=got,
            net=net,
            trued_before=trued,
            advance=advance,
            booked=booked,
            percent=Decimal(percent),
        )
        sold, got = sold + pieces, got + net
    assert booked + trued == half_up(Decimal(max(got - advance, 0)) * percent / 100)


lines = st.builds(
    Sold,
    basis=st.sampled_from([b.value for b in Basis]),
    origin=st.sampled_from([o.value for o in Origin]),
    net=money,
    cost=st.integers(0, 10**9),
    owner=st.just(Owner()),
    true_up=st.just(0),
)


@given(st.lists(lines, min_size=1, max_size=10), st.integers(0, 10**6))
def test_a_sale_balances_with_its_stock_and_carries_classes(sold, payable):
    sold = [
        Sold(s.basis, s.origin, s.net, 0, s.net // 5, s.owner)
        if s.basis == Basis.CONSIGNMENT
        else s
        for s in sold
    ]
    found = rules.sale_lines(sold, [], payable={7: payable})
    net = sum(line.amount if line.side == Side.DEBIT else -line.amount for line in found)
    assert net == sum(s.cost for s in sold) - sum(s.net for s in sold)
    for line in found:
        assert line.amount > 0
        revenue = line.account.startswith(("sales_", "cogs_", "consign_fee"))
        assert bool(line.business) == revenue


@given(
    st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["", "A", "B"]), st.integers(0, 20)),
             max_size=8),
    st.dictionaries(st.tuples(st.integers(1, 3), st.sampled_from(["A", "B"])),
                    st.integers(0, 20), max_size=6),
)  # fmt: skip
def test_nothing_is_promised_twice(wanted, store):
    sellable = {key: Decimal(count) for key, count in store.items()}
    asked = [(n, (p, g), Decimal(q)) for n, (p, g, q) in enumerate(wanted)]
    got = rules.reserve(asked, sellable)
    assert all(0 <= got[n] <= quantity for n, _key, quantity in asked)
    for product in (1, 2, 3):
        promised = sum(got[n] for n, (p, _g), _q in asked if p == product)
        assert promised <= sum(count for (p, _g), count in sellable.items() if p == product)


@given(money, st.dictionaries(st.sampled_from(["member", "outside"]), money, min_size=1))
def test_a_penalty_spread_over_origins_adds_up(amount, worth):
    assert sum(rules.by_origin(amount, worth).values()) == amount


def test_a_penalty_without_known_goods_is_the_members():
    assert rules.by_origin(500, {}) == {"member": 500}


def test_returns_take_the_base_down_but_never_below_nil():
    bases = taxes.tax_bases({"sales_commission": 100_000, "returns_m": 300_000, "penalty_m": 9})
    assert sum(base.amount for base in bases) == -200_000
    assert taxes.final_tax(bases, Decimal("0.5")) == 0


def test_every_parameter_names_its_source():
    assert all(dated.source for parameter in PARAMETERS for dated in parameter.values)
