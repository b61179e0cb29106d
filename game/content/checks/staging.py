"""Rules for questions and staged scripts (CONTENT.md 5 to 7).

A script is walked through beat by beat as the stage will play it: an actor must have come on (carve, enter)
before it can do anything, and is gone at the end of leave, fade and scatter until it comes on again.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Any

from game.content.checks.document import At
from game.content.checks.pieces import source_fault
from game.content.checks.plays import SCRIPTS
from game.content.checks.problem import Problem, nearest
from game.content.source import Source

COMES = frozenset({"carve", "enter"})
GOES = frozenset({"leave", "fade", "scatter"})


def check_question(source: Source, question: dict[str, Any], at: At) -> list[Problem]:
    """One right answer, and no two options alike in either language or in glyph."""
    problems: list[Problem] = []
    options = question["options"]
    for i, option in enumerate(options):
        here = at["options"][i]
        if isinstance(option, str) and not (
            source.knows("glyphs", option) or source.knows("characters", option)
        ):
            mend = f"draw {option} in levels/glyphs, or choose another"
            problems.append(here.problem(f"{option} has no glyph and is not a known character", mend))
        for j, other in enumerate(options[:i]):
            if _alike(option, other):
                what = f"options {j} and {i} are alike: only one answer may be right"
                problems.append(here.problem(what, "change one of them"))
    if question["kind"] != "order" and options and question["answer"][0] >= len(options):
        what = f"answer {question['answer'][0]} is not an option (they count from 0 to {len(options) - 1})"
        problems.append(at["answer"].problem(what, "give the place of the right option, counted from 0"))
    if fault := source_fault(question["source"]):
        problems.append(at["source"].problem(*fault))
    return problems


def _alike(a: str | list[str], b: str | list[str]) -> bool:
    if isinstance(a, str) or isinstance(b, str):
        return a == b
    return any(one.casefold() == other.casefold() for one, other in zip(a, b, strict=True))


def check_questions(source: Source, questions: list[dict[str, Any]], at: At) -> list[Problem]:
    """Every question of a level; `at` is the level."""
    return [
        problem
        for i, question in enumerate(questions)
        for problem in check_question(source, question, at["questions"][i])
    ]


@dataclass(slots=True)
class _Look:
    """How an actor looks now, and when in this beat it is gone.

    `script` is None where the character has only its regular form; `gone` is infinite while it stays.
    """

    char: str
    script: str | None
    gone: float = inf


def check_script(source: Source, script: dict[str, Any], at: At) -> list[Problem]:
    """The cast is known, and every act finds its actor on the stage and able to do it."""
    problems: list[Problem] = []
    looks: dict[str, _Look] = {}
    cast = script["cast"]
    for actor, char in cast.items():
        if not (_has_form(source, char, "oracle") or source.knows("characters", char)):
            what = f"{char} has no oracle form and is not a known character"
            problems.append(at["cast"][actor].problem(what, f"draw {char} in levels/glyphs, or cast another"))
    seen: set[str] = set()
    for i, beat in enumerate(script["beats"]):
        here = at["beats"][i]["do"]
        # In order of time, as they will be seen; acts that begin together stay as written.
        for j, act in sorted(enumerate(beat["do"]), key=lambda pair: float(pair[1][2])):
            verb, actor = act[0], act[1]
            if verb == "ask":
                problems += check_question(source, act[4]["question"], here[j]["ask"])
            elif verb != "wait":
                problems += _check_act(source, act, i + 1, cast, looks, here[j])
                seen.add(actor)
        for look in looks.values():  # a beat lasts until its acts have ended
            look.gone = -inf if look.gone < inf else inf
    for actor in cast:
        if actor not in seen:
            problems.append(
                at["cast"][actor].problem(f"actor {actor} never plays", "take it out of the cast")
            )
    return problems


def _check_act(
    source: Source, act: list[Any], beat: int, cast: dict[str, str], looks: dict[str, _Look], at: At
) -> list[Problem]:
    verb, actor, begins, over, args = act
    if actor not in cast:
        return [at.problem(f"beat {beat}: actor {actor} is not in the cast", nearest(actor, cast))]
    look = looks.get(actor)
    absent = look is None or look.gone <= begins
    if absent or verb in COMES:
        # An absent actor is told of once: from here on it counts as come. Who enters anew looks as before.
        if look is None or verb == "carve":
            look = _Look(cast[actor], "oracle" if _has_form(source, cast[actor], "oracle") else None)
        looks[actor] = look
        look.gone = inf
        if absent and verb not in COMES:
            return [at.problem(f"beat {beat}: actor {actor} is not on stage", "carve or enter it first")]
        return []
    assert look is not None
    if verb in GOES:
        look.gone = begins + over
    elif verb == "point":
        return _check_point(source, look, args["part"], beat, at["part"])
    elif verb == "morph":
        return _check_morph(source, look, args["to"], beat, at["to"])
    return []


def _check_point(source: Source, look: _Look, part: str, beat: int, at: At) -> list[Problem]:
    data = source.data("glyphs", look.char)
    if data is None and source.knows("glyphs", look.char):
        return []
    form = data.get(look.script) if data and look.script else None
    if form is None:
        return [at.problem(f"beat {beat}: {look.char} has no drawn parts", "point at an actor that is drawn")]
    if part not in form["parts"]:
        return [at.problem(f"beat {beat}: {look.char} has no part {part}", nearest(part, form["parts"]))]
    return []


def _check_morph(source: Source, look: _Look, to: str, beat: int, at: At) -> list[Problem]:
    if to in SCRIPTS:
        if not _has_form(source, look.char, to):
            mend = f"draw {to} of {look.char} in levels/glyphs"
            return [at.problem(f"beat {beat}: {look.char} has no {to} form", mend)]
        look.script = to
        return []
    if not (_has_form(source, to, "oracle") or source.knows("characters", to)):
        what = f"beat {beat}: {to} has no oracle form and is not a known character"
        return [at.problem(what, f"draw {to} in levels/glyphs, or choose another")]
    look.char, look.script = to, "oracle" if _has_form(source, to, "oracle") else None
    return []


def _has_form(source: Source, char: str, script: str) -> bool:
    """Whether a form is drawn; a glyph with faults is given the benefit of the doubt."""
    data = source.data("glyphs", char)
    return script in data if data is not None else source.knows("glyphs", char)
