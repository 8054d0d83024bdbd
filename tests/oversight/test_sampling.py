"""The draw: the same for everybody, each paper alike or each rupiah alike."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from canting.oversight.rules import Method, Weighed, draw

seeds = st.text("0123456789abc-", min_size=1, max_size=12)
papers = st.lists(
    st.tuples(st.integers(1, 5_000), st.integers(0, 10**9)),
    unique_by=lambda one: one[0],
    max_size=60,
).map(lambda rows: [Weighed(str(key), amount) for key, amount in rows])


def test_a_draw_known_by_heart_stays_what_it_is():
    """Whoever draws again years later, on another machine, must get these very papers."""
    found = draw([Weighed(str(n), n * 1_000) for n in range(1, 101)], seed="2026", size=5)
    assert [one.key for one in found] == ["6", "35", "4", "73", "17"]
    by_hand = sorted(range(1, 101), key=lambda n: hashlib.sha256(f"2026|{n}".encode()).hexdigest())
    assert [str(n) for n in by_hand[:5]] == [one.key for one in found]


@given(papers, seeds, st.randoms())
def test_the_order_in_which_papers_come_changes_nothing(found, seed, chance):
    mixed = list(found)
    chance.shuffle(mixed)
    for method in Method:
        assert draw(mixed, seed=seed, method=method) == draw(found, seed=seed, method=method)


@given(papers, seeds, st.integers(1, 30))
def test_each_paper_alike_draws_as_many_as_asked_and_none_twice(found, seed, size):
    drawn = draw(found, seed=seed, size=size)
    assert len(drawn) == min(size, len(found))
    assert len({one.key for one in drawn}) == len(drawn)


@given(papers, seeds, st.integers(1, 30))
def test_by_amount_every_mark_falls_on_a_paper_and_large_ones_are_sure(found, seed, size):
    drawn = draw(found, seed=seed, size=size, method=Method.AMOUNT)
    total = sum(one.amount for one in found)
    assert sum(one.hits for one in drawn) == (size if total else 0)
    assert all(one.amount > 0 for one in drawn)
    sure = {one.key for one in found if one.amount * size >= 2 * total and total}
    assert sure <= {one.key for one in drawn}


@given(papers, seeds, st.integers(1, 30))
def test_a_larger_sample_by_each_paper_alike_holds_the_smaller_one(found, seed, size):
    small, large = draw(found, seed=seed, size=size), draw(found, seed=seed, size=size + 5)
    assert large[: len(small)] == small


def test_another_seed_draws_others():
    found = [Weighed(str(n), 1_000) for n in range(1_000)]
    assert draw(found, seed="1") != draw(found, seed="2")
