"""Sounds, synthesised: the scratch of a knife, bronze bells (编钟), a soft wooden tap.

They are made with numpy once it is there (it loads behind the title); until then all is silent. Bells are a
pentatonic scale with the inharmonic partials of a struck plate, which the ear takes for bronze.
"""

from typing import TYPE_CHECKING, Final

import pygame

from game.ui.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RATE: Final = 22_050
PENTATONIC: Final = (392.0, 440.0, 523.25, 587.33, 659.26, 783.99)
"""宫商角徵羽 on C, in hertz, from G below to G above."""
PARTIALS: Final = (
    (1.0, 1.0, 2.2),
    (2.02, 0.45, 1.3),
    (2.98, 0.28, 0.9),
    (4.17, 0.16, 0.6),
    (5.43, 0.09, 0.4),
)
"""(frequency ratio, loudness, decay in seconds) of a small bell."""


class Sound:
    """Plays cues by name: bell0..bell5, scratch, tap, low."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._made: dict[str, pygame.mixer.Sound] = {}
        self.ready = False

    def prepare(self) -> None:
        """Opens the mixer and makes the cues, once numpy can be imported. Silent where there is no sound."""
        try:
            pygame.mixer.init(RATE, -16, 1, 1024)
        except pygame.error:
            return
        for i, pitch in enumerate(PENTATONIC):
            self._made[f"bell{i}"] = self._sound(_bell(pitch))
        self._made["low"] = self._sound(_bell(196.0) * 0.7)
        self._made["tap"] = self._sound(_tap())
        self._made["scratch"] = self._sound(_scratch())
        self.ready = True

    def play(self, cue: str, loudness: float = 0.6) -> None:
        """Plays a cue at 0..1, or nothing while sound is off or not ready."""
        if self.ready and self._settings.sound and cue in self._made:
            sound = self._made[cue]
            sound.set_volume(loudness)
            sound.play()

    def stop(self, cue: str) -> None:
        """Fades a cue out."""
        if self.ready and cue in self._made:
            self._made[cue].fadeout(80)

    def _sound(self, wave: "NDArray[np.float64]") -> pygame.mixer.Sound:
        import numpy as np

        return pygame.mixer.Sound(buffer=(np.clip(wave, -1, 1) * 32_000).astype("<i2").tobytes())


def _bell(pitch: float, seconds: float = 1.6) -> "NDArray[np.float64]":
    import numpy as np

    t = np.arange(round(RATE * seconds)) / RATE
    wave = np.zeros_like(t)
    for ratio, loud, decay in PARTIALS:
        wave += loud * np.sin(2 * np.pi * pitch * ratio * t) * np.exp(-t * 3.2 / decay)
    fade = np.minimum(1, (seconds - t) / 0.1)
    return np.asarray(wave * np.minimum(1, t / 0.004) * fade * 0.4)


def _tap() -> "NDArray[np.float64]":
    import numpy as np

    t = np.arange(round(RATE * 0.09)) / RATE
    return np.asarray(np.sin(2 * np.pi * (240 - 700 * t) * t) * np.exp(-t * 55) * 0.5)


def _scratch() -> "NDArray[np.float64]":
    """A dry scrape: noise without its low half, gusting a few times a second. The noise is a chaotic
    sine, the same on every machine and without numpy.random."""
    import numpy as np

    count = round(RATE * 1.2)
    n = np.arange(count)
    raw = np.sin(n * 12.9898 + 78.233 * np.sin(n * 0.37)) * 43758.5453
    noise = (raw - np.floor(raw)) * 2 - 1
    high = noise - np.convolve(noise, np.ones(9) / 9, mode="same")
    gusts = 0.55 + 0.45 * np.sin(2 * np.pi * 7 * n / RATE) * np.sin(2 * np.pi * 2.3 * n / RATE)
    ends = np.minimum(1, np.minimum(n, count - n) / (RATE * 0.05))
    return np.asarray(high * gusts * ends * 0.22)
