"""Whatever the order, the cuts, the repetitions and the tampering: the totals are those of a plain count."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from game.journal.event import Event as Happening
from game.journal.line import GENESIS, make_out, seal
from game.learning.points import Points
from game.learning.progress import fold as play
from game.ledger import db, enrolment, intake
from game.ledger.fold import fold
from game.ledger.models import Chain, Device, Event, Member, MemberDay, OrganisationPeriod, Refusal
from game.ledger.recount import recount
from tests.ledger.players import NOW, Player, chain, player, tamper, tree


def send(
    engine: Engine, rules: Points, one: Player, lines: list[tuple[str, str | None]], now: int = NOW
) -> intake.Taken:
    with db.session(engine) as work:
        return intake.take(work, rules, work.get_one(Device, one.device.id), lines, now)


def agrees(engine: Engine, rules: Points) -> int:
    """Folds, recounts, and returns all points."""
    fold(engine, rules)
    with db.session(engine, write=False) as work:
        done = recount(work, rules)
        assert done.differences == []
        return done.points


def test_a_storm_comes_to_what_a_plain_count_says(engine: Engine, rules: Points) -> None:
    chance = random.Random(7)
    with db.session(engine) as work:
        branches = tree(work)
        players = [player(work, branches[i % 4], f"p{i}", 40, chance) for i in range(6)]
    letters = [(one, line, mac) for one in players for line, mac in one.signed()]
    bad = [(one, tamper(str(line), chance), mac) for one, line, mac in chance.sample(letters, 24)]
    storm = letters + chance.sample(letters, len(letters) // 2) + bad
    chance.shuffle(storm)
    refused: Counter[str] = Counter()
    stored = known = 0
    while storm:
        cut = [storm.pop() for _ in range(min(len(storm), chance.randrange(10, 80)))]
        for one in players:
            mine = [(line, mac) for who, line, mac in cut if who is one]
            if mine:
                done = send(engine, rules, one, mine)
                stored, known = stored + done.stored, known + done.known
                refused.update(reason for _, reason in done.refused)
                assert {mine[index] for index, _ in done.refused} <= {
                    (line, mac) for who, line, mac in bad if who is one
                }
    assert (stored, known, refused) == (240, 120, Counter(mac=24))
    plain = sum(
        play([event for line in one.lines if (event := make_out(line).event)], rules).total for one in players
    )
    assert agrees(engine, rules) == plain > 0
    with db.session(engine, write=False) as work:
        kept = Counter(work.scalars(select(Refusal.reason)))
        assert set(work.scalars(select(Refusal.line))) == {line for _, line, _ in bad}
        assert set(kept) == {"mac"}
        assert set(work.scalars(select(Event.proof))) == {"chain"}
        for one in players:
            held = intake.holdings(work, work.get_one(Device, one.device.id), [f"p{players.index(one)}"])
            assert held[f"p{players.index(one)}"] == {
                "count": 40,
                "top_seq": 40,
                "top_hash": make_out(one.lines[-1]).hash,
            }


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), rewritten=st.sets(st.integers(2, 11), max_size=3))
def test_the_order_decides_nothing(rules: Points, seed: int, rewritten: set[int]) -> None:
    """Lines rewritten by the owner of the secret have a good MAC; only the chain speaks against them."""
    outcomes = set()
    for turn in range(2):
        engine = db.engine("sqlite://")
        db.create(engine)
        with db.session(engine) as work:
            one = player(work, tree(work)[0], "p", 12, random.Random(seed))
        lines = list(one.lines)
        for seq in rewritten:
            lines[seq - 1] = lines[seq - 1].replace('"time":179', '"time":178')
        letters = one.signed(lines + lines[::3])
        order = random.Random(seed + turn)
        order.shuffle(letters)
        while letters:
            cut = [letters.pop() for _ in range(min(len(letters), order.randrange(1, 6)))]
            send(engine, rules, one, cut)
        agrees(engine, rules)
        with db.session(engine, write=False) as work:
            seqs = tuple(sorted(work.scalars(select(Event.seq))))
            refused = tuple(sorted((seq or 0) for seq in work.scalars(select(Refusal.seq))))
            outcomes.add((seqs, refused))
            assert set(work.scalars(select(Refusal.reason))) <= {"chain"}
            assert work.scalar(select(Chain.count)) == len(seqs)
        assert set(seqs) | set(refused) == set(range(1, 13))
        assert set(seqs) >= set(range(1, 13)) - rewritten
        engine.dispose()
    assert len(outcomes) == 1


def test_each_reason(engine: Engine, rules: Points) -> None:
    with db.session(engine) as work:
        branches = tree(work)
        one = player(work, branches[0], "p", 3, random.Random(1))
        other = player(work, branches[1], "q", 1, random.Random(2))
    first, second, third = one.lines
    forged = second.replace("鹿".encode("unicode_escape").decode(), "\\u9a6c").replace(
        '"time":17', '"time":16'
    )
    send(engine, rules, one, one.signed([first]))
    spaced = third.replace('{"device":"p"', '{"device": "p"')
    cases = [forged, second[:50], "x", '{"a":1,"hash":"' + "0" * 64 + '"}', "x" * 70_000, spaced, "\0é\ud800"]
    done = send(engine, rules, one, one.signed(cases))
    assert done.refused == [
        (0, "chain"), (1, "torn"), (2, "garbled"), (3, "shape"), (4, "long"), (5, "shape"), (6, "garbled"),
    ]  # fmt: skip
    assert send(engine, rules, other, other.signed([second])).refused == [(0, "foreign")]
    assert send(engine, rules, one, [(second, "0" * 64)]).refused == [(0, "mac")]
    assert send(engine, rules, one, [(second, "é\ud800" * 32)]).refused == [(0, "mac")]
    assert send(engine, rules, one, one.signed(cases)).refused == done.refused  # kept once
    with db.session(engine, write=False) as work:
        assert work.scalar(select(func.count()).select_from(Refusal)) == 9
    assert send(engine, rules, one, one.signed([second, third])).stored == 2
    agrees(engine, rules)


def test_the_day_of_a_clock_that_is_ahead_is_the_day_of_arrival(engine: Engine, rules: Points) -> None:
    with db.session(engine) as work:
        one = player(work, tree(work)[0], "p", 0, random.Random(1))
    late = seal(Happening("p", 1, NOW + 900 * 86_400_000, "open", "", {}), GENESIS)
    send(engine, rules, one, one.signed([late]))
    with db.session(engine, write=False) as work:
        row = work.scalars(select(Event)).one()
        assert row.time_ms == NOW + 900 * 86_400_000
        assert row.day == (NOW + 8 * 3_600_000) // 86_400_000
    assert agrees(engine, rules) == 1


def test_caps_are_the_days(engine: Engine, rules: Points) -> None:
    lines, previous = [], GENESIS
    for seq in range(1, 41):
        line = seal(Happening("p", seq, NOW - 1000 + seq, "carving", "鹿", {"passed": True}), previous)
        lines.append(line)
        previous = str(make_out(line).hash)
    with db.session(engine) as work:
        one = player(work, tree(work)[0], "p", 0, random.Random(1))
    for at in range(0, 40, 7):
        send(engine, rules, one, one.signed(lines[at : at + 7]))
        agrees(engine, rules)
    with db.session(engine, write=False) as work:
        row = work.scalars(select(MemberDay)).one()
        assert (row.worth, row.points, row.events) == (40, 10, 40)
        assert set(work.scalars(select(OrganisationPeriod.points))) == {10}


def test_a_kiosk_chain_is_claimed_once_and_counts_then(engine: Engine, rules: Points) -> None:
    with db.session(engine) as work:
        branches = tree(work)
        kiosk = player(work, branches[0], "k", 8, random.Random(3), "kiosk")
    send(engine, rules, kiosk, kiosk.signed(kiosk.lines[:5]))
    assert agrees(engine, rules) == 0
    with db.session(engine) as work:
        device = work.get_one(Device, kiosk.device.id)
        code = enrolment.claim_code(work, device, "k")
        assert code == enrolment.claim_code(work, device, "k")
        with pytest.raises(enrolment.Unknown):
            enrolment.claim_code(work, device, "nothing")
    with db.session(engine) as work:
        # A branch of the other county: the events move to its shard.
        member = enrolment.claim(work, f" {str(code).lower()} ", branches[3].join_code, "", NOW)
        with pytest.raises(enrolment.Unknown):
            enrolment.claim(work, str(code), branches[3].join_code, "", NOW)
    assert agrees(engine, rules) > 0
    assert send(engine, rules, kiosk, kiosk.signed(kiosk.lines)).stored == 3
    events = [event for line in kiosk.lines if (event := make_out(line).event)]
    assert agrees(engine, rules) == play(events, rules).total
    with db.session(engine, write=False) as work:
        assert set(work.scalars(select(Event.shard))) == {member.shard} == {branches[3].shard}
        assert work.scalar(select(func.count()).select_from(Member)) == 1


def test_a_file_is_taken_and_its_damage_named(engine: Engine, rules: Points) -> None:
    with db.session(engine) as work:
        one = player(work, tree(work)[0], "p", 9, random.Random(5))
    lines = list(one.lines)
    lines[4] = lines[4].replace('"time":179', '"time":178')
    head = '{"format":"shiqi","version":1,"player":"p","seal":"","devices":{}}'
    data = "\n".join([head, *lines, ""]).encode()
    with db.session(engine) as work:
        done = intake.take_file(work, rules, work.get_one(Device, one.device.id), data, NOW)
    assert (done.stored, done.refused) == (8, [(4, "changed")])
    assert send(engine, rules, one, one.signed()).stored == 1
    agrees(engine, rules)


def test_seqs_far_apart(engine: Engine, rules: Points) -> None:
    with db.session(engine) as work:
        one = player(work, tree(work)[0], "p", 0, random.Random(5))
    lines = chain("p", 400, random.Random(6))
    assert send(engine, rules, one, one.signed([lines[0], lines[399], lines[200]])).stored == 3
    done = send(engine, rules, one, one.signed(lines))
    assert (done.stored, done.known, done.holdings["p"]["count"]) == (397, 3, 400)
    agrees(engine, rules)
