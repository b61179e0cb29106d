"""Which of several fingers leads."""

from game.ui.fingers import Fingers

FAR = 10.0


def test_one_finger_is_left_to_the_mouse() -> None:
    fingers = Fingers()
    fingers.down(1, (0, 0))
    assert fingers.move(1, (90, 0), FAR, resting=True) is None
    assert not fingers.leads(1)
    fingers.up(1)
    assert not fingers.taken


def test_the_second_leads_once_it_moves_while_the_first_rests() -> None:
    fingers = Fingers()
    fingers.down(1, (0, 0))
    fingers.down(2, (50, 50))
    assert fingers.move(2, (55, 50), FAR, resting=True) is None, "too little to tell"
    assert fingers.move(2, (60, 55), FAR, resting=False) is None, "the first is carving"
    assert fingers.move(2, (60, 55), FAR, resting=True) == (50, 50)
    assert fingers.taken
    assert fingers.leads(2)
    assert not fingers.leads(1)
    assert fingers.move(2, (70, 60), FAR, resting=False) is None, "it leads already"
    assert fingers.move(1, (90, 90), FAR, resting=True) is None, "the palm slides"


def test_while_the_palm_rests_the_next_finger_leads_too() -> None:
    fingers = Fingers()
    fingers.down(1, (0, 0))
    fingers.down(2, (50, 50))
    fingers.move(2, (70, 50), FAR, resting=True)
    fingers.up(2)
    assert fingers.taken, "the mouse is still the palm"
    assert not fingers.leads(2)
    assert fingers.move(1, (90, 90), FAR, resting=True) is None
    fingers.down(3, (10, 10))
    assert fingers.move(3, (30, 10), FAR, resting=False) == (10, 10)
    fingers.up(1)
    assert fingers.leads(3)
    fingers.up(3)
    assert not fingers.taken
    fingers.down(4, (0, 0))
    assert fingers.move(4, (90, 0), FAR, resting=True) is None, "alone again"


def test_a_finger_nobody_saw_coming_down() -> None:
    fingers = Fingers()
    assert fingers.move(9, (1, 1), FAR, resting=True) is None
    fingers.up(9)
    assert not fingers.taken
