"""Carving a character: over the guide or from memory, graded free of order and direction."""

from collections.abc import Callable, Coroutine
from typing import Any

from pygame import Rect

from game.glyphs.carving import Carving, Cut, Strictness
from game.glyphs.path import Polyline, bounds
from game.glyphs.recall import settle
from game.learning.exercise import Helped, Outcome
from game.scenes.frame import halves
from game.scenes.meet import chips_height, name_height, name_row, part_chips
from game.ui import theme
from game.ui.carve_pad import CarvePad
from game.ui.glyph_widgets import BoneSlab, GlyphView, glyph_box
from game.ui.layout import Part, column, row
from game.ui.scene import Scene
from game.ui.widget import Widget
from game.ui.widgets import Button, Label

Answer = Callable[[Any], Coroutine[Any, Any, Outcome]]
ROOM = 4.0
"""How far outside the form the four corners stand when it is carved from memory."""
TRUE = 95
"""From this score on nothing is seen of the form under the ink."""
PATIENCE = 3
"""Misses in a row after which help comes: a part to try first, or the guide."""


class CarveStep:
    """The player carves `char`; the first verdict goes to `answer`, later ones to `again`, and `on` leads to
    the next step.

    From `memory` there is no guide, only four corners that give the size. A stroke that is remembered goes
    to its place by itself, since nobody remembers places to a hair. The guide may be called, and comes by
    itself after `PATIENCE` misses; then the verdict is `Helped`. Tapping strokes wants to see them, so it
    calls the guide too.
    """

    def __init__(
        self,
        scene: Scene,
        char: str,
        answer: Answer,
        again: Answer,
        on: Callable[[], None],
        memory: bool = False,
    ) -> None:
        self.scene = scene
        self.char = char
        self.answer = answer
        self.again = again
        self.tries = 0
        self.on = on
        self.memory = memory
        self.helped = False
        self.outcome: Outcome | None = None
        self.hint = ""
        self.misses = 0
        self._model: GlyphView | None = None
        self._pad: CarvePad
        self._begin()

    def _begin(self) -> None:
        kit = self.scene.kit
        glyph = kit.library.glyph(self.char)
        assert glyph.oracle is not None, f"{self.char} has no oracle form to carve"
        strictness = Strictness.GENTLE if self.memory else Strictness(kit.settings.strictness)
        carving = Carving(glyph.shapes, strictness)
        tapping = getattr(self, "_pad", None) is not None and self._pad.tapping
        self._pad = CarvePad(Rect(0, 0, 100, 100), kit.t("lesson.pad", char=self.char), carving, self._cut)
        self._pad.tapping = tapping
        self.outcome, self.misses, self.hint = None, 0, kit.t("lesson.carve_start")
        self.helped = False
        if self.memory:
            left, top, right, bottom = bounds(glyph.oracle.strokes)
            self._pad.corners = left - ROOM, top - ROOM, right + ROOM, bottom + ROOM
            self._pad.guided = self.helped = tapping
            self._pad.settle = self._settle
            self.hint = kit.t("lesson.tap_hint" if tapping else "lesson.memory_start")

    def _settle(self, ink: Polyline) -> Polyline:
        """Ink from memory where it belongs; over the guide it stays where it is."""
        if self._pad.guided:
            return ink
        carving = self._pad.carving
        return settle([s for i, s in enumerate(carving.form.strokes) if i not in carving.done], ink)

    def _show_guide(self) -> None:
        """The guide is called, or comes by itself."""
        self._pad.guided = self.helped = True
        self.hint = self.scene.kit.t("lesson.memory_help")
        self.scene.focus = "watch"
        self.scene.invalidate()

    # --- carving --------------------------------------------------------------------------------------

    def _cut(self, cut: Cut) -> None:
        kit = self.scene.kit
        if cut.accepted:
            self.misses = 0
            part = kit.part(cut.part) if cut.part else ""
            self.hint = kit.t("lesson.cut_ok", part=part)
            kit.sound.play(f"bell{len(self._pad.carving.done) % 6}", 0.3)
        else:
            self.misses += 1
            alone = self.memory and not self.helped
            key = "memory" if alone and cut.reason in ("off", "again") else "cut"
            self.hint = kit.t(f"lesson.{key}_{cut.reason}")
            if self.misses >= PATIENCE and alone:
                self._show_guide()
            elif self.misses >= PATIENCE and self._pad.carving.next_part:
                self.hint = kit.t("lesson.cut_help", part=kit.part(self._pad.carving.next_part))
        kit.host.announce(self.hint)
        self.scene.invalidate()
        if self._pad.carving.complete:
            self.scene.run(self._finish())

    async def _finish(self) -> None:
        kit = self.scene.kit
        carved = self._pad.carving.verdict()
        verdict = Helped(carved.score, carved.passed) if self.helped else carved
        self.tries += 1
        self.outcome = await (self.answer if self.tries == 1 else self.again)(verdict)
        kit.sound.play("bell4" if carved.passed else "low", 0.6)
        self._pad.revealed = self.memory
        kit.host.vibrate(30)
        lines = [kit.t("lesson.score", score=carved.score)]
        alone = self.memory and not self.helped
        if carved.correction is not None:
            part = kit.part(carved.correction.part)
            key = "memory_fix" if alone and carved.correction.kind == "off" else "fix"
            lines.append(kit.t(f"lesson.{key}_{carved.correction.kind}", part=part))
        elif carved.passed:
            lines.append(kit.t("lesson.memory_well" if alone else "lesson.carved_well"))
        if self.memory and carved.score < TRUE:
            lines.append(kit.t("lesson.memory_done"))
        self.hint = "\n".join(lines)
        kit.host.announce(self.hint)
        self.scene.focus = "next"
        self.scene.invalidate()

    def _watch(self) -> None:
        if self._model is None or not self._model.moving:
            form = self._pad.carving.form
            self._model = GlyphView(self._pad.rect, "", "", form, carving=True)
        self.scene.invalidate()

    def _toggle(self) -> None:
        self._pad.tapping = not self._pad.tapping
        if self._pad.tapping and self.memory:
            self._show_guide()
        kit = self.scene.kit
        self.hint = kit.t("lesson.tap_hint" if self._pad.tapping else "lesson.carve_start")
        self.scene.focus = "tapping"
        self.scene.invalidate()

    def _once_more(self) -> None:
        self._begin()
        self.scene.invalidate()

    def key(self, name: str) -> bool:
        """Enter on the pad itself carves; nothing else here."""
        return False

    # --- drawing --------------------------------------------------------------------------------------

    def build(self, body: Rect) -> list[Widget]:
        """Slab with the pad, name, part chips, hint and buttons."""
        scene, kit = self.scene, self.scene.kit
        upper, lower = halves(scene, body)
        self._pad.rect = glyph_box(upper, kit)
        self._pad.enabled = self.outcome is None
        widgets: list[Widget] = [BoneSlab(upper, "lesson")]
        name, flow, buttons = column(lower, [name_height(kit), Part(), kit.px(64)], kit.px(14))
        widgets += name_row(scene, name, self.char)
        carving = self._pad.carving
        here = carving.next_part
        names = [p.name for p in carving.form.parts]
        widgets += part_chips(
            scene,
            flow,
            names,
            lambda part: "done" if carving.part_done(part) else "current" if part == here else "waiting",
        )
        used = chips_height(kit, flow.w, names) + kit.px(20)
        hint = Rect(flow.x, flow.y + used, flow.w, max(0, flow.h - used))
        colour = theme.TEXT if self.outcome is not None else theme.TEXT_SECOND
        widgets.append(Label(hint, self.hint, 22, colour, id="hint"))
        left, right = row(buttons, [Part(), Part()], kit.px(16))
        if self.outcome is None:
            tap = kit.t("lesson.drag_instead" if self._pad.tapping else "lesson.tap_instead")
            if self.memory and not self.helped:
                widgets.append(Button(left, "guide", kit.t("lesson.show_guide"), self._show_guide))
            else:
                widgets.append(Button(left, "watch", kit.t("lesson.watch_again"), self._watch))
            widgets.append(Button(right, "tapping", tap, self._toggle))
        else:
            widgets += [
                Button(left, "once-more", kit.t("lesson.carve_again"), self._once_more),
                Button(right, "next", kit.t("common.next"), self.on, main=True),
            ]
        if self._model is not None and self._model.moving:
            self._model.rect = self._pad.rect
            widgets.append(self._model)
        return [*widgets, self._pad]
