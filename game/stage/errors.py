"""What can be wrong with a script."""


class StageError(ValueError):
    """A script that cannot be staged; the message names the beat (counted from 1) and the actor."""

    def __init__(self, beat: int, actor: str, trouble: str) -> None:
        who = f"actor {actor} " if actor else ""
        super().__init__(f"beat {beat}: {who}{trouble}")
        self.beat = beat
        self.actor = actor
