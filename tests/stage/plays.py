"""Scripts for the tests, written shortly."""

from typing import Any

from game.content.model import Act, Beat, Option, Question, Script, Words

LASTS = 1.2  # of a beat without acts and without a caption


def act(verb: str, actor: str = "deer", at: float = 0.0, over: float = 1.0, **args: Any) -> Act:
    """One act; `from_` and `to` as in the levels."""
    return Act(verb, actor, at, over, {name.rstrip("_"): value for name, value in args.items()})


def beat(*acts: Act, caption: str = "") -> Beat:
    return Beat(Words(caption, caption), acts)


def play(*beats: Beat, **cast: str) -> Script:
    return Script(cast or {"deer": "鹿", "man": "人"}, beats)


def carve(
    actor: str = "deer", at: float = 0.0, over: float = 2.0, where: tuple[float, float] = (30, 60)
) -> Act:
    return Act("carve", actor, at, over, {"at": where, "size": 40})


def enter(actor: str = "man", at: float = 0.0, over: float = 1.0, side: str = "left") -> Act:
    return Act("enter", actor, at, over, {"at": (50, 50), "size": 30, "from": side})


QUESTION = Question(
    "choose",
    Words("谁？", "Who?"),
    (Option(Words("鹿", "deer"), None), Option(None, "人")),
    (0,),
    Words("鹿。", "The deer."),
    "",
)
