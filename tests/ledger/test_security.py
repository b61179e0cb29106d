"""Passwords, second factor, roles, sessions and the pause after wrong passwords."""

from __future__ import annotations

from pathlib import Path

import pyotp
import pytest
from argon2 import Type
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from game.ledger.models import Administrator, Audit, Login
from game.ledger.security import entry, passwords, roles, second
from game.ledger.security.roles import Act, Role
from tests.ledger import town
from tests.ledger.conftest import REAL
from tests.ledger.town import NOW, PASSWORD


def test_a_made_password_is_strong_enough_and_new_each_time() -> None:
    made = {passwords.made() for _ in range(50)}
    assert len(made) == 50
    assert all(passwords.weakness(one, "admin") == "" for one in made)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "short"),
        ("aaaaaaaaaaaaaaaa", "short"),
        ("x1y2z3" * 40, "long"),
        ("my-WangMin-password", "name"),
        ("bone-and-ink-2026", ""),
    ],
)
def test_weak_passwords_are_named(password: str, why: str) -> None:
    assert passwords.weakness(password, "wangmin") == why


def test_a_hash_matches_its_password_alone() -> None:
    assert town.HASH.startswith("$argon2id$")
    assert passwords.matches(town.HASH, PASSWORD)
    assert passwords.matches(town.HASH, PASSWORD.replace("b", "ｂ")), "a wide letter is the same letter"
    assert not passwords.matches(town.HASH, PASSWORD + "x")
    assert not passwords.matches(None, PASSWORD)
    assert not passwords.matches("no hash", PASSWORD)
    assert not passwords.matches(town.HASH, "x" * 10_000)
    assert not passwords.outdated(town.HASH)


def test_the_real_hashes_cost_what_they_must(monkeypatch: pytest.MonkeyPatch) -> None:
    """RFC 9106, §4: the second recommended setting is 64 MiB, three passes, four lanes."""
    assert REAL.type is Type.ID
    assert (REAL.memory_cost, REAL.time_cost, REAL.parallelism) >= (64 * 1024, 3, 4)
    assert passwords.outdated(REAL.hash(PASSWORD)), "not of the settings of now: made anew at the next login"
    monkeypatch.setattr(passwords, "_hasher", REAL)
    kept = passwords.hashed(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.matches(kept, PASSWORD)
    assert not passwords.matches(kept, PASSWORD + "x")
    assert passwords.outdated(town.HASH)


def test_a_code_is_good_once_and_one_step_off() -> None:
    key = second.secret()
    code = pyotp.TOTP(key).at(NOW // 1000)
    step = second.step_of(key, f"{code[:3]} {code[3:]}", NOW)
    assert step == NOW // 30_000
    kept = second.used(key, step)
    assert second.step_of(kept, code, NOW) is None, "used before"
    assert second.step_of(key, code, NOW + 30_000) == step
    assert second.step_of(key, code, NOW + 90_000) is None
    assert second.used(kept, step + 1) == f"{key}/{step + 1}"
    assert key in second.uri(kept, "王敏")


@given(st.text(max_size=12))
def test_no_text_passes_for_a_code_by_accident_of_form(text: str) -> None:
    found = second.step_of("A" * 32, text, NOW)
    assert found is None or "".join(text.split()).isascii()


def test_every_role_is_in_the_table_and_an_unknown_one_may_nothing() -> None:
    assert set(roles.MAY) == set(Role)
    for act in Act:
        assert not roles.may("mayor", act)
        assert roles.may("city", act)
    assert not roles.may_make("mayor", "clerk")
    assert not roles.may_make("city", "mayor")
    assert not roles.may_make("county", "city")
    assert not roles.may_make("unit", "clerk")


@given(st.lists(st.integers(1, 50), min_size=1, max_size=5), st.lists(st.integers(1, 50), max_size=5))
def test_a_subtree_is_the_path_and_what_lies_below(own: list[int], other: list[int]) -> None:
    path = "".join(f"{one}/" for one in own)
    assert roles.within(path, path + "".join(f"{one}/" for one in other))
    if other and other[: len(own)] != own:
        assert not roles.within(path, "".join(f"{one}/" for one in other))
    assert not roles.within("", path)


def test_the_first_administrator_is_made_once(tmp_path: Path) -> None:
    city = town.empty(tmp_path)
    with city.write() as session:
        password = entry.first(session, 1, NOW)
        assert password is not None
        assert entry.first(session, 1, NOW) is None
    assert entry.enter(city.store, "admin", password, "", NOW) is not None
    with city.read() as session:
        kept = session.scalars(select(Administrator)).one()
        assert password not in kept.password
        assert kept.role == "city"


def test_a_session_ends_by_time_logout_and_disabling(tmp_path: Path) -> None:
    city = town.empty(tmp_path)
    id_ = city.administrator("wang", "city", "1/")
    tokens = [entry.enter(city.store, "wang", PASSWORD, "", NOW) for _ in range(3)]
    one, two, three = (token or "" for token in tokens)
    with city.write() as session:
        found = entry.who(session, one, NOW)
        assert found is not None
        assert (found.id, found.role, found.path) == (id_, "city", "1/")
        assert session.scalar(select(func.count()).where(Login.token_hash == one)) == 0, (
            "the token is not kept"
        )
        assert entry.who(session, one, NOW + entry.LASTS) is None
        entry.leave(session, one)
        assert entry.who(session, one, NOW) is None
        entry.leave_all(session, id_, two)
        assert entry.who(session, three, NOW) is None
        assert entry.who(session, two, NOW) is not None
        session.get_one(Administrator, id_).disabled_ms = NOW
        session.flush()
        assert entry.who(session, two, NOW) is None
    assert entry.enter(city.store, "wang", PASSWORD, "", NOW) is None


def test_wrong_passwords_bring_a_pause_that_grows_and_ends(tmp_path: Path) -> None:
    city = town.empty(tmp_path)
    city.administrator("wang", "city", "1/")
    for _ in range(entry.TRIES):
        assert entry.enter(city.store, "wang", "wrong", "", NOW) is None
    assert entry.enter(city.store, "wang", PASSWORD, "", NOW + entry.PAUSE - 1) is None, "in the pause"
    assert entry.enter(city.store, "wang", PASSWORD, "", NOW + entry.PAUSE) is not None
    assert entry.enter(city.store, "nobody", PASSWORD, "", NOW) is None
    with city.read() as session:
        acts = session.scalars(select(Audit.act).order_by(Audit.id)).all()
    assert acts == ["login refused"] * entry.TRIES + ["login"]
    pauses = [entry.pause(failures) for failures in range(4, 30)]
    assert pauses[:3] == [0, entry.PAUSE, 2 * entry.PAUSE]
    assert max(pauses) == pauses[-1] == entry.LONGEST_PAUSE


def test_with_a_second_factor_the_password_alone_is_not_enough(tmp_path: Path) -> None:
    city = town.empty(tmp_path)
    id_ = city.administrator("wang", "city", "1/")
    key = second.secret()
    with city.write() as session:
        session.get_one(Administrator, id_).totp = key
    code = pyotp.TOTP(key).at(NOW // 1000)
    assert entry.enter(city.store, "wang", PASSWORD, "", NOW) is None
    assert entry.enter(city.store, "wang", "wrong", code, NOW) is None
    assert entry.enter(city.store, "wang", PASSWORD, code, NOW) is not None
    assert entry.enter(city.store, "wang", PASSWORD, code, NOW) is None, "a code is good once"
