"""Points, vouchers and stock: nothing below zero, nothing twice, the books always even."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from game.ledger import accounts, redemption
from game.ledger.db import create, engine, session
from game.ledger.models import Account, Item, Member, MemberDay, Organisation, Voucher

NOW = 1_800_000_000_000
CITY = 1


def build(url: str, earned: int = 100, stock: int = 5, cost: int = 30) -> tuple[Engine, int, int]:
    """A database with one city, one member with points, one thing to redeem: (engine, member, item)."""
    made = engine(url)
    create(made)
    with session(made) as work:
        work.add(
            Organisation(
                id=CITY, path="1/", depth=0, shard=0, name="安阳市", kind="city", join_code="A", created_ms=0
            )
        )
        work.flush()
        member = Member(shard=0, organisation_id=CITY, number="001")
        work.add(member)
        work.flush()
        work.add(points(member.id, earned))
        item = redemption.add_item(work, 0, CITY, "book", "甲骨文小字典", cost, stock)
        item_id = item.id
    return made, member.id, item_id


def points(member: int, earned: int, day: int = 20_000) -> MemberDay:
    """Points that a member earned on a day."""
    return MemberDay(shard=0, member_id=member, day=day, kind="lesson", worth=earned, points=earned, events=1)


def add_points(member: int, made: Engine, earned: int, day: int) -> None:
    """Writes down points that a member earned on a day."""
    with session(made) as work:
        work.add(points(member, earned, day))


@pytest.fixture
def books() -> Iterator[tuple[Engine, int, int]]:
    """100 points earned, five books at 30."""
    made = build("sqlite://")
    yield made
    made[0].dispose()


def issue(made: Engine, member: int, item: int, now: int = NOW) -> str:
    """A voucher; its code."""
    with session(made) as work:
        person, thing = work.get(Member, (0, member)), work.get(Item, (0, item))
        assert person is not None
        assert thing is not None
        return redemption.issue(work, person, thing, now).code


def state(made: Engine, member: int, item: int) -> tuple[int, int]:
    """(balance, stock), after the books were found to be even."""
    with session(made) as work:
        assert accounts.audit(work) == []
        balance = accounts.credit(work, 0, member, NOW)
        stock = work.scalar(select(Item.stock).where(Item.id == item))
        assert stock is not None
        return balance, stock


def test_a_voucher_is_paid_and_used_once(books: tuple[Engine, int, int]) -> None:
    made, member, item = books
    code = issue(made, member, item)
    assert state(made, member, item) == (70, 4)
    with session(made) as work:
        assert redemption.use(work, f" {code[:6].lower()}-{code[6:]} ", 7, NOW + 1).used_by == 7
    with pytest.raises(redemption.Refused, match="used"), session(made) as work:
        redemption.use(work, code, 8, NOW + 2)
    assert state(made, member, item) == (70, 4)


def test_nothing_is_bought_with_points_that_are_not_there(books: tuple[Engine, int, int]) -> None:
    made, member, item = books
    for _ in range(3):
        issue(made, member, item)
    with pytest.raises(accounts.NotEnough) as told:
        issue(made, member, item)
    assert (told.value.needed, told.value.held) == (30, 10)
    assert state(made, member, item) == (10, 2), "the refused one took nothing from the shelf"


def test_an_empty_shelf_sells_nothing() -> None:
    made, member, item = build("sqlite://", stock=1)
    issue(made, member, item)
    with pytest.raises(redemption.Refused, match="sold-out"):
        issue(made, member, item)
    assert state(made, member, item) == (70, 0)
    made.dispose()


def test_a_reversal_needs_a_reason_and_happens_once(books: tuple[Engine, int, int]) -> None:
    made, member, item = books
    code = issue(made, member, item)
    with session(made) as work:
        redemption.use(work, code, 7, NOW)
    with pytest.raises(redemption.Refused, match="no-reason"), session(made) as work:
        redemption.reverse(work, code, "  ", NOW)
    with session(made) as work:
        assert redemption.reverse(work, code, "书页缺损", NOW).state == "reversed"
    assert state(made, member, item) == (100, 4), (
        "a book handed out does not come back to the shelf by itself"
    )
    with pytest.raises(redemption.Refused, match="reversed"), session(made) as work:
        redemption.reverse(work, code, "again", NOW)
    with pytest.raises(redemption.Refused, match="reversed"), session(made) as work:
        redemption.use(work, code, 7, NOW)
    assert state(made, member, item) == (100, 4)


def test_an_expired_voucher_gives_everything_back(books: tuple[Engine, int, int]) -> None:
    made, member, item = books
    code = issue(made, member, item)
    late = NOW + redemption.LIFE_MS
    with pytest.raises(redemption.Refused, match="expired"), session(made) as work:
        redemption.use(work, code, 7, late)
    with session(made) as work:
        assert redemption.expire(work, late - 1) == 0
        assert redemption.expire(work, late) == 1
        assert redemption.expire(work, late) == 0
    assert state(made, member, item) == (100, 5)


def test_unknown_codes_and_people_who_left_are_refused(books: tuple[Engine, int, int]) -> None:
    made, member, item = books
    with pytest.raises(redemption.Refused, match="unknown"), session(made) as work:
        redemption.use(work, "NONESUCH", 7, NOW)
    with session(made) as work:
        person = work.get(Member, (0, member))
        assert person is not None
        person.left_ms = NOW
    with pytest.raises(redemption.Refused, match="gone"):
        issue(made, member, item)
    with session(made) as work:
        thing = work.get(Item, (0, item))
        assert thing is not None
        thing.closed_ms = NOW
        person = work.get(Member, (0, member))
        assert person is not None
        person.left_ms = None
    with pytest.raises(redemption.Refused, match="closed"):
        issue(made, member, item)


@pytest.mark.parametrize(
    ("kind", "title", "cost", "stock"),
    [("car", "x", 1, 1), ("book", " ", 1, 1), ("book", "x", 0, 1), ("book", "x", 1, -1)],
)
def test_what_cannot_be_is_not_put_in_the_catalogue(
    books: tuple[Engine, int, int], kind: str, title: str, cost: int, stock: int
) -> None:
    with pytest.raises(ValueError, match="a thing to redeem"), session(books[0]) as work:
        redemption.add_item(work, 0, CITY, kind, title, cost, stock)


def test_points_taken_away_are_taken_back_as_far_as_they_are_there(books: tuple[Engine, int, int]) -> None:
    made, member, item = books
    for _ in range(3):
        issue(made, member, item)
    with session(made) as work:
        row = work.get(MemberDay, (0, member, 20_000, "lesson"))
        assert row is not None
        row.points = 40
    assert state(made, member, item)[0] == 0
    add_points(member, made, 70, day=20_001)
    assert state(made, member, item)[0] == 20, "110 earned in all, 90 spent"


def test_amounts_that_do_not_add_up_are_not_moved(books: tuple[Engine, int, int]) -> None:
    made, member, _ = books
    with pytest.raises(ValueError, match="add up to 1"), session(made) as work:
        accounts.move(work, 0, "earn", {accounts.account(work, 0, member): 1}, NOW)


def test_the_audit_names_what_does_not_add_up(books: tuple[Engine, int, int]) -> None:
    made, member, item = books
    issue(made, member, item)
    with session(made) as work:
        row = work.get(Account, (0, accounts.EARNED))
        assert row is not None
        row.balance += 5
    with session(made) as work:
        assert accounts.audit(work) == ["account 0/1: its balance is -95, its postings add up to -100"]


def at_once(count: int, act: Callable[[int], None]) -> list[str]:
    """Calls `act(i)` in `count` threads at the same moment; what each came to."""
    barrier = threading.Barrier(count)
    told: list[str] = []

    def one(i: int) -> None:
        barrier.wait()
        try:
            act(i)
            told.append("done")
        except (redemption.Refused, accounts.NotEnough) as refused:
            told.append(getattr(refused, "reason", "not-enough"))

    threads = [threading.Thread(target=one, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(told)


def test_of_many_counters_at_once_one_succeeds(tmp_path: Path) -> None:
    made, member, item = build(f"sqlite:///{tmp_path}/ledger.db")
    code = issue(made, member, item)

    def use(clerk: int) -> None:
        with session(made) as work:
            redemption.use(work, code, clerk, NOW)

    assert at_once(6, use) == ["done"] + ["used"] * 5

    def buy(_: int) -> None:
        issue(made, member, item)

    assert at_once(6, buy) == ["done"] * 2 + ["not-enough"] * 4
    assert state(made, member, item) == (10, 2)
    made.dispose()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["issue", "use", "reverse", "expire", "earn"]), st.integers(0, 5)),
        max_size=25,
    )
)
def test_whatever_is_done_the_books_are_even(acts: list[tuple[str, int]]) -> None:
    made, member, item = build("sqlite://", earned=100, stock=4)
    codes: list[str] = []
    now, earned = NOW, 100
    for act, which in acts:
        now += 86_400_000 * which * 5
        try:
            if act == "issue":
                codes.append(issue(made, member, item, now))
            elif act == "earn":
                earned += 10
                add_points(member, made, 10, day=20_001 + earned)
            elif act == "expire":
                with session(made) as work:
                    redemption.expire(work, now)
            elif codes:
                with session(made) as work:
                    if act == "use":
                        redemption.use(work, codes[which % len(codes)], 7, now)
                    else:
                        redemption.reverse(work, codes[which % len(codes)], "test", now)
        except (redemption.Refused, accounts.NotEnough):
            pass
        with session(made, write=False) as work:
            held = sum(
                voucher.cost
                for voucher in work.scalars(select(Voucher))
                if voucher.state in ("issued", "used")
            )
        assert state(made, member, item)[0] == earned - held >= 0
    made.dispose()
