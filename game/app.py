"""The loop: a stack of scenes, input, and frames that are drawn only when something changed."""

import asyncio
import gc
import traceback
from collections.abc import Coroutine
from typing import Any, Final

import pygame
from pygame import Rect, Surface

from game.host.protocol import Host, Target, Viewport
from game.session import Session
from game.ui import theme
from game.ui.fingers import MOVES_FROM, Fingers
from game.ui.kit import Kit
from game.ui.metrics import measure
from game.ui.motion import Tween, ease
from game.ui.pointer import Pointer, next_focus, target_at
from game.ui.scene import Scene
from game.ui.widget import Widget

KEYS: Final = {
    pygame.K_TAB: "tab",
    pygame.K_LEFT: "left",
    pygame.K_RIGHT: "right",
    pygame.K_UP: "up",
    pygame.K_DOWN: "down",
    pygame.K_RETURN: "enter",
    pygame.K_KP_ENTER: "enter",
    pygame.K_SPACE: "space",
    pygame.K_ESCAPE: "escape",
    pygame.K_BACKSPACE: "backspace",
}
FADE: Final = 0.26
LONGEST_STEP: Final = 0.1
"""Seconds a single frame may stand for: after a pause the motion goes on, it does not jump."""


class App:
    """Holds the scenes and drives them; `run` returns when the last scene is left (desktop only)."""

    def __init__(self, host: Host, kit: Kit, session: Session) -> None:
        self.host = host
        self.kit = kit
        self.session = session
        self.scenes: list[Scene] = []
        self.screen: Surface
        self.error: BaseException | None = None
        self._view: Viewport | None = None
        self._scale = 0.0
        self._still: Surface
        self._pointer = Pointer()
        self._fingers = Fingers()
        self._by_keyboard = False
        self._fade: tuple[Surface, Tween] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._shown: Scene | None = None
        self._moved: list[Rect] = []
        self._moving: list[Widget] = []
        self._repaint = False
        self._dropped = False
        self.frames_drawn = 0

    # --- scenes ---------------------------------------------------------------------------------------

    @property
    def scene(self) -> Scene:
        """The scene on top."""
        return self.scenes[-1]

    def push(self, scene: Scene) -> None:
        """Opens a scene above the present one."""
        self._leave()
        self.scenes.append(scene)
        self.spawn(scene.enter())

    def pop(self) -> None:
        """Leaves the scene on top for the one below; the lowest stays."""
        if len(self.scenes) > 1:
            self._leave()
            self._drop([self.scenes.pop()])
            self.scene.invalidate()

    def replace(self, scene: Scene) -> None:
        """Puts a scene in the place of the one on top."""
        self._leave()
        self._drop(self.scenes[-1:])
        self.scenes[-1:] = [scene]
        self.spawn(scene.enter())

    def home(self) -> None:
        """Back to the lowest scene."""
        self.scenes[0].invalidate()
        if len(self.scenes) > 1:
            self._leave()
            self._drop(self.scenes[1:])
            del self.scenes[1:]
            self.scene.invalidate()

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Runs a coroutine beside the frames; an error in it ends the game as an error in a frame would."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self.error = task.exception()

    def _drop(self, scenes: list[Scene]) -> None:
        """Scenes left for good let go of their pictures; what hangs in circles goes after the fade."""
        for scene in scenes:
            scene.close()
        self._dropped = True

    def _leave(self) -> None:
        if self._view is not None and self.scenes:
            self._fade = (self.screen.copy(), Tween(FADE))

    # --- the loop -------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Frames until the window is closed. Errors are raised to the caller, which tells the player."""
        self.fit()
        self.frame(0.0)  # the first picture waits for nothing
        gc.collect()
        gc.freeze()  # what is there now stays: later collections need not walk through it
        before = await self.host.next_frame()
        while True:
            self.fit()
            if not self.events():
                return
            for id in self.host.take_activations():
                self._activate(next((w for w in self.scene.widgets if w.id == id), None))
            now = await self.host.next_frame()
            self.frame(min(LONGEST_STEP, now - before))
            before = now
            if self.error is not None:
                traceback.print_exception(self.error)
                raise self.error

    def fit(self) -> None:
        """Follows the window: a new size, ratio or text size lays everything out again."""
        view = self.host.viewport()
        scale = self.kit.settings.text_scale
        if view == self._view and scale == self._scale:
            return
        if self._view is None or view.pixels != self._view.pixels:
            # only a real window may be resized by SDL: in the browser the page sizes the canvas
            flags = pygame.RESIZABLE if self.host.name == "desktop" else 0
            self.screen = pygame.display.set_mode(view.pixels, flags)
        self._view, self._scale = view, scale
        self._fade = None
        self.kit.metrics = measure(view, scale)
        self._still = Surface(view.pixels).convert()
        for scene in self.scenes:
            scene.invalidate()

    def frame(self, dt: float) -> None:
        """One step of time, and a picture if anything changed."""
        scene = self.scene
        scene.update(dt)
        for widget in scene.widgets:
            widget.update(dt, self.kit)
        scene = self.scene
        fresh = scene.stale or scene is not self._shown or self._repaint
        if scene.stale or scene is not self._shown:
            self._rebuild(scene)
        self._repaint = False
        moving = [w for w in scene.widgets if w.moving and w.within is None]
        if any(w not in moving for w in self._moving) and not scene.stale:
            self._paint_still(scene)
            self._describe()  # what came to rest may have moved what lies in it
            fresh = True
        self._moving = moving
        if fresh or moving or self._moved or self._fade is not None:
            self._draw(scene, moving, dt, fresh)

    def _rebuild(self, scene: Scene) -> None:
        scene.stale = False
        scene.widgets = scene.build()
        self._pointer.forget(scene.widgets)
        self._paint_still(scene)
        if scene is not self._shown:
            self._shown = scene
            self.host.mark(f"scene:{scene.name}")
            if scene.heading():
                self.host.announce(scene.heading())
        self._describe()

    def _paint_still(self, scene: Scene) -> None:
        """Everything that does not move, once: what has come to rest joins it."""
        scene.paint_ground(self._still)
        for widget in scene.widgets:
            if not widget.moving and widget.within is None:
                widget.paint(self._still, self.kit)

    def _draw(self, scene: Scene, moving: list[Widget], dt: float, fresh: bool) -> None:
        boxes = [w.reach(self.kit) for w in moving]
        if fresh or self._fade is not None:
            self.screen.blit(self._still, (0, 0))
        else:
            for box in (*self._moved, *boxes):
                self.screen.blit(self._still, box, box)
        self._moved = boxes
        for widget in moving:
            widget.paint(self.screen, self.kit)
        if self._by_keyboard:
            self._ring(scene)
        if self._fade is not None:
            old, tween = self._fade
            tween.step(dt)
            old.set_alpha(round(255 * (1 - ease(tween.share))))
            self.screen.blit(old, (0, 0))
            if tween.done:
                self._fade = None
                scene.invalidate()
                if self._dropped:
                    self._dropped = False
                    gc.collect()
        self.frames_drawn += 1
        pygame.display.flip()

    def _ring(self, scene: Scene) -> None:
        focused = scene.find(scene.focus)
        if focused is not None:
            box = focused.place.inflate(self.kit.px(10), self.kit.px(10))
            pygame.draw.rect(self.screen, theme.BRONZE_LIGHT, box, self.kit.px(3), self.kit.px(16))

    def _describe(self) -> None:
        ratio = self.kit.metrics.ratio
        scene = self.scene
        self.host.describe(
            [
                Target(
                    w.id,
                    w.role,
                    w.label,
                    (w.place.x / ratio, w.place.y / ratio, w.rect.w / ratio, w.rect.h / ratio),
                    w.id == scene.focus,
                    not w.enabled,
                    w.checked,
                )
                for w in scene.widgets
                if w.role and w.id
            ]
        )

    # --- input ----------------------------------------------------------------------------------------

    def events(self) -> bool:
        """Takes what happened since the last frame; False when the window was closed."""
        for event in pygame.event.get():
            if event.type == pygame.QUIT:
                return False
            if (self.scene.fingers or self._fingers.taken) and getattr(event, "touch", False):
                continue  # the finger itself was listened to
            if event.type == pygame.FINGERDOWN and self.scene.fingers:
                self._finger(self._at(event))
            elif event.type in (pygame.FINGERDOWN, pygame.FINGERMOTION, pygame.FINGERUP):
                self._touch(event)
            elif event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
                self._repaint = self._by_keyboard
                self._by_keyboard = False
                self._pointer.press(self.scene.widgets, event.pos, self.kit)
            elif event.type == pygame.MOUSEMOTION and event.buttons[0]:
                self._pointer.move(event.pos, self.kit)
            elif event.type == pygame.MOUSEBUTTONUP and event.button == 1:
                self._activate(self._pointer.release(event.pos, self.kit))
            elif event.type == pygame.MOUSEWHEEL:
                self._wheel(-float(getattr(event, "precise_y", event.y)))
            elif event.type == pygame.KEYDOWN and event.key in KEYS:
                self._key(KEYS[event.key], bool(event.mod & pygame.KMOD_SHIFT))
        return True

    def _finger(self, pos: tuple[int, int]) -> None:
        """One of several fingers came down: what it means is done at once."""
        self._activate(target_at(self.scene.widgets, pos, self.kit))

    def _touch(self, event: pygame.event.Event) -> None:
        """What a finger does beside the one SDL makes a mouse of: a palm rests, the finger carves."""
        fingers, pos = self._fingers, self._at(event)
        if event.type == pygame.FINGERDOWN:
            fingers.down(event.finger_id, pos)
        elif event.type == pygame.FINGERMOTION:
            far = self.kit.px(MOVES_FROM)
            start = fingers.move(event.finger_id, pos, far, self._pointer.resting)
            if start is not None:
                self._pointer.press(self.scene.widgets, start, self.kit)
            if fingers.leads(event.finger_id):
                self._pointer.move(pos, self.kit)
        else:
            if fingers.leads(event.finger_id):
                self._activate(self._pointer.release(pos, self.kit))
            fingers.up(event.finger_id)

    def _at(self, event: pygame.event.Event) -> tuple[int, int]:
        """Where a finger is, canvas pixels."""
        return round(event.x * self.screen.get_width()), round(event.y * self.screen.get_height())

    def _wheel(self, notches: float) -> None:
        for widget in self.scene.widgets:
            if widget.wheel(notches, self.kit):
                return

    def _key(self, name: str, shift: bool) -> None:
        scene = self.scene
        focused = scene.find(scene.focus)
        self._by_keyboard = self._repaint = True
        if focused is not None and focused.key(name, self.kit):
            return
        if scene.key(name):
            return
        if name in ("escape", "backspace"):
            scene.back()
        elif name in ("enter", "space"):
            self._activate(focused)
        else:
            scene.focus = next_focus(
                scene.widgets, scene.focus, f"shift-{name}" if shift and name == "tab" else name
            )
            widget = scene.find(scene.focus)
            if widget is not None:
                widget.reveal(self.kit)
                self.host.announce(widget.label)
                self._describe()

    def _activate(self, widget: Widget | None) -> None:
        if widget is None or widget.action is None or not widget.enabled:
            return
        self.kit.sound.play("tap", 0.4)
        work = widget.action()
        if work is not None:
            self.spawn(work)
