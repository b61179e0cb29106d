"""The day's review on the screen: a lesson whose steps are what FSRS says is due."""

import random
from typing import TYPE_CHECKING, Any

from game.content.model import Unit
from game.learning.exercise import Exercise, Outcome, judge
from game.learning.review import REVIEW, review
from game.scenes.lesson import LessonScene

if TYPE_CHECKING:
    from game.app import App


class ReviewScene(LessonScene):
    """Plays a round of due cards."""

    name = "review"

    def again(self, verdict: Any) -> Outcome:
        """Another carving is recorded as any carving; the round has gone on already."""
        done = self.exercise
        assert done is not None
        right, events = judge(Exercise("carve", done.subject, done.skill, done.prompt), verdict)
        return Outcome(right, None, events, self.lesson.step is None)


def make_review(app: "App") -> ReviewScene:
    """The review of what is due today; it may be empty: ask `Session.schedule` first."""
    session = app.session
    due = session.schedule().due(app.host.now_ms())
    rng = random.Random(int.from_bytes(app.host.random_bytes(4), "big"))
    known = [c for c, state in session.progress.characters.items() if state.met]
    course = review(app.kit.library, due, known, rng)
    chars = tuple(dict.fromkeys(exercise.subject for exercise in course.exercises))
    return ReviewScene(app, Unit(REVIEW.id, REVIEW.title, chars), course)
