"""A line to type, drawn over the standing picture of the game: the desktop's `ask_text`."""

from __future__ import annotations

from pathlib import Path

import pygame

BONE, EDGE, INK, SOFT, FIELD = (226, 208, 172), (128, 101, 64), (42, 33, 26), (103, 84, 64), (248, 240, 222)


class Prompt:
    """What is being typed. `press` takes events, `draw` draws; `answer` holds once `done`."""

    def __init__(self, prompt: str, initial: str = "", secret: bool = False) -> None:
        self.prompt = prompt
        self.text = initial
        self.secret = secret
        self.composing = ""  # what the input method has not settled yet
        self.done = False
        self.answer: str | None = None

    def press(self, event: pygame.event.Event) -> None:
        """Take one event: text, a composition, Backspace, Ctrl+V, Enter, Esc, or the window's closing."""
        if event.type == pygame.TEXTINPUT:
            self.text += event.text
            self.composing = ""
        elif event.type == pygame.TEXTEDITING:
            self.composing = event.text
        elif event.type == pygame.QUIT:
            self.done = True
        elif event.type == pygame.KEYDOWN and not self.composing:
            self._key(event.key, event.mod)

    def _key(self, key: int, mod: int) -> None:
        if key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            self.answer = self.text
            self.done = True
        elif key == pygame.K_ESCAPE:
            self.done = True
        elif key == pygame.K_BACKSPACE:
            self.text = self.text[:-1]
        elif key == pygame.K_v and mod & (pygame.KMOD_CTRL | pygame.KMOD_META):
            self.text += " ".join(pygame.scrap.get_text().split())

    def draw(self, screen: pygame.Surface, font_file: Path | None) -> None:
        """Draw the slip near the top of `screen`; the text scrolls so that its end is seen."""
        font = pygame.font.Font(font_file, 24)
        shown = ("•" * len(self.text) if self.secret else self.text) + self.composing
        width = min(560, screen.get_width() - 32)
        box = pygame.Rect((screen.get_width() - width) // 2, screen.get_height() // 8, width, 136)
        pygame.draw.rect(screen, BONE, box, border_radius=16)
        pygame.draw.rect(screen, EDGE, box, 2, border_radius=16)
        screen.blit(font.render(self.prompt, True, SOFT), (box.x + 20, box.y + 14))
        field = pygame.Rect(box.x + 20, box.y + 60, width - 40, 56)
        pygame.draw.rect(screen, FIELD, field, border_radius=10)
        text = font.render(shown, True, INK)
        inside = field.inflate(-24, -16)
        hidden = max(0, text.get_width() - inside.width + 4)
        screen.blit(text, inside.topleft, (hidden, 0, inside.width, inside.height))
        caret = inside.x + text.get_width() - hidden + 2
        pygame.draw.line(screen, INK, (caret, inside.top), (caret, inside.bottom), 2)
        pygame.key.set_text_input_rect(field)
