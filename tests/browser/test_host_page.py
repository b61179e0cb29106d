"""What the browser host does through the page: slips to type on, files, speech, screen readers, the store.

In Chromium, with real clicks and keys.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.host_puppet import PUPPET, Puppet, puppet
from tests.browser.host_site import Server, chromium, site, wait

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

VOICES = """
  const voices = [['Remote', 'zh-CN', false], ['Cantonese', 'zh-HK', true], ['Taiwan', 'zh-TW', true],
                  ['Mainland', 'zh_CN', true], ['English', 'en-GB', true]];
  window.said = [];
  const voice = ([name, lang, localService]) => ({ name, lang, localService });
  speechSynthesis.getVoices = () => voices.map(voice);
  speechSynthesis.speak = (words) => said.push([words.text, words.voice.name, words.lang]);
  speechSynthesis.cancel = () => said.push('cancel');
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
PHONE = """
  window.buzzed = [];
  navigator.vibrate = (ms) => buzzed.push(ms);
  window.persisted = 0;
  navigator.storage.persist = async () => (persisted++, true);
  navigator.storage.persisted = async () => false;
  window.shared = [];
  navigator.canShare = () => true;
  navigator.share = async ({ files, text }) => {
    if (text === 'no') throw new DOMException('', 'AbortError');
    shared.push([text, files[0].type, (await files[0].arrayBuffer()).byteLength]);
  };
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(site(PUPPET)).running() as server:
        yield server


@pytest.fixture
def game(browser: Browser, server: Server) -> Iterator[Puppet]:
    with puppet(browser, server, PHONE, viewport={"width": 800, "height": 600}, locale="en-GB") as game:
        yield game


def test_text_is_typed_into_a_slip(game: Puppet) -> None:
    game.begin("return await host.ask_text('你的名字', 'abc')")
    field = game.page.get_by_label("你的名字")
    field.wait_for()
    assert game.page.evaluate("document.activeElement.tagName") == "INPUT"
    assert field.input_value() == "abc"
    game.events()
    game.page.keyboard.type("xy")  # over the selected abc
    game.page.keyboard.insert_text("鹿鳴🦌")
    game.page.keyboard.press("Backspace")
    game.page.keyboard.type("z")
    game.frames(10)
    game.page.keyboard.press("Enter")
    assert game.answer() == "xy鹿鳴z"
    assert game.page.locator("#panel").count() == 0
    assert game.page.evaluate("document.activeElement.id") == "canvas"
    assert game.events("KeyDown", "TextInput") == [], "the game must not hear what is typed"


def test_an_input_method_composes_and_its_enter_is_its_own(game: Puppet) -> None:
    game.begin("return await host.ask_text('字')")
    game.page.get_by_label("字").wait_for()
    control = game.page.context.new_cdp_session(game.page)
    control.send("Input.imeSetComposition", {"text": "lu", "selectionStart": 2, "selectionEnd": 2})
    assert game.page.get_by_label("字").input_value() == "lu"
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    control.send("Input.dispatchKeyEvent", {"type": "keyDown", **enter})
    control.send("Input.insertText", {"text": "鹿"})
    control.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    game.frames(5)
    assert game.page.locator("#panel").count() == 1, "the input method's Enter closed the slip"
    assert game.page.get_by_label("字").input_value() == "鹿"
    game.page.keyboard.press("Enter")
    assert game.answer() == "鹿"


@pytest.mark.parametrize("how", ["Escape", "Cancel", "again"])
def test_a_slip_can_be_put_away(game: Puppet, how: str) -> None:
    game.begin("return await host.ask_text('Name', 'abc')")
    game.page.get_by_label("Name").wait_for()
    if how == "Escape":
        game.page.keyboard.press("Escape")
    elif how == "Cancel":
        game.page.get_by_role("button", name="Cancel").click()
    else:
        game.page.evaluate("void shiqi.askText('Another', '', false)")
    assert game.answer() is None


def test_a_key_held_while_a_slip_opens_does_not_stay_down(game: Puppet) -> None:
    game.run("hooks[pygame.KEYDOWN] = lambda: host.ask_text('Name')\nreturn 0")
    game.page.keyboard.down("ArrowRight")
    game.page.get_by_label("Name").wait_for()
    game.page.keyboard.up("ArrowRight")
    game.page.keyboard.press("Escape")
    game.events()
    assert game.run("return pygame.key.get_pressed()[pygame.K_RIGHT]") is False
    game.page.keyboard.press("ArrowRight")
    assert len(game.events("KeyDown")) == 1


def test_a_secret_is_not_shown(game: Puppet) -> None:
    game.begin("return await host.ask_text('PIN', secret=True)")
    field = game.page.get_by_label("PIN")
    field.wait_for()
    assert field.get_attribute("type") == "password"
    game.page.keyboard.type("1234")
    game.page.get_by_role("button", name="OK").click()
    assert game.answer() == "1234"


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)])
def test_the_slip_fits(browser: Browser, server: Server, size: tuple[int, int]) -> None:
    with puppet(browser, server, viewport={"width": size[0], "height": size[1]}) as game:
        game.begin("return await host.ask_text('请给自己取一个名字，别人会看到它', '小鹿')")
        game.page.get_by_label("请").wait_for()
        box = game.page.locator("#panel").bounding_box()
        assert box is not None
        assert box["x"] >= 16
        assert box["x"] + box["width"] <= size[0] - 16
        assert box["y"] + box["height"] < size[1] * 0.55, "a keyboard would cover it"
        for button in game.page.locator("#panel button").all():
            shape = button.bounding_box()
            assert shape is not None
            assert shape["height"] >= 48


def test_a_file_is_picked_by_a_tap_on_the_canvas(game: Puppet, tmp_path: Path) -> None:
    path = tmp_path / "小鹿.shiqi"
    path.write_bytes(bytes(range(256)))
    game.run("""
        async def pick():
            global picked
            name, data = await host.pick_file(".shiqi,.csv")
            picked = [name, list(data)]
        hooks[pygame.MOUSEBUTTONUP] = pick
        return 0
    """)
    with game.page.expect_file_chooser() as chooser:
        game.page.mouse.click(400, 300)
    assert chooser.value.element.get_attribute("accept") == ".shiqi,.csv"
    chooser.value.set_files(path)
    game.frames()
    assert game.run("return picked") == ["小鹿.shiqi", list(range(256))]
    assert game.page.locator("input[type=file]").count() == 0


def test_a_file_pick_without_a_tap_asks_for_one(game: Puppet, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x")
    # What Playwright evaluates counts as done by the user, so the browser cannot be asked here.
    game.page.evaluate("Object.defineProperty(navigator, 'userActivation', { value: { isActive: false } })")
    game.begin("return (await host.pick_file('.csv'))[0]")
    with game.page.expect_file_chooser() as chooser:
        game.page.get_by_role("button", name="Choose a file").click()
    chooser.value.set_files(tmp_path / "a.csv")
    assert game.answer() == "a.csv"
    game.begin("return await host.pick_file('.csv')")
    game.page.get_by_role("button", name="Cancel").click()
    assert game.answer() is None


def test_a_file_pick_given_up(game: Puppet) -> None:
    game.page.mouse.click(10, 10)
    with game.page.expect_file_chooser():
        game.begin("return await host.pick_file('.csv')")
    game.page.evaluate("document.querySelector('input[type=file]').dispatchEvent(new Event('cancel'))")
    assert game.answer() is None


def test_a_download_has_its_name_and_bytes(game: Puppet) -> None:
    with game.page.expect_download() as download:
        game.run("host.download('成绩 1.csv', bytes(range(256)), 'text/csv')\nreturn 0")
    assert download.value.suggested_filename == "成绩 1.csv"
    assert Path(download.value.path()).read_bytes() == bytes(range(256))


def test_post_reaches_the_own_server(game: Puppet, server: Server) -> None:
    url = json.dumps(server.url + "echo")
    code = f"""
        headers = {{"content-type": "x/y", "x-key": "k"}}
        status, body, wait = await host.post({url}, bytes(range(256)), headers)
        return [status, list(body), wait]
    """
    assert game.run(code) == [201, list(range(256))[::-1], 7]
    body, headers = server.posts[-1]
    assert body == bytes(range(256))
    assert headers["content-type"] == "x/y"
    assert headers["x-key"] == "k"


TARGETS = """
    host.describe([
        Target("h", "heading", "识契", (10, 10, 200, 40)),
        Target("go", "button", "开始", (100, 200, 120, 48), focused=True),
        Target("off", "button", "锁着", (100, 260, 120, 48), disabled=True),
        Target("sound", "checkbox", "声音", (100, 320, 48, 48), checked=True),
        Target("say", "text", "今天五个新字", (10, 400, 300, 30)),
    ])
    return 0
"""


def test_what_is_on_the_canvas_is_there_for_a_screen_reader(game: Puppet) -> None:
    game.run(TARGETS)
    page = game.page
    go = page.get_by_role("button", name="开始")
    assert go.bounding_box() == {"x": 100, "y": 200, "width": 120, "height": 48}
    assert page.get_by_role("heading", name="识契").count() == 1
    assert page.get_by_role("checkbox", name="声音", checked=True).count() == 1
    assert page.get_by_role("button", name="锁着", disabled=True).count() == 1
    assert page.get_by_text("今天五个新字").count() == 1
    assert page.get_by_role("application", name="识契 Shiqi").count() == 1
    focus = page.evaluate("document.getElementById('canvas').getAttribute('aria-activedescendant')")
    assert go.get_attribute("id") == focus
    assert go.get_attribute("tabindex") == "-1"
    game.events()
    page.mouse.click(160, 224)  # a real pointer goes through to the canvas
    assert [event["pos"] for event in game.events("MouseButtonDown")] == [[160, 224]]
    assert game.run("return host.take_activations()") == []
    for target in (go, page.get_by_role("button", name="锁着"), page.get_by_role("checkbox")):
        target.evaluate("(node) => node.click()")
    assert game.run("return host.take_activations()") == ["go", "sound"]
    assert game.run("return host.take_activations()") == []


def test_only_what_changed_is_touched(game: Puppet) -> None:
    game.run(TARGETS)
    game.page.evaluate("""() => {
      window.changes = 0;
      window.go = document.querySelector('[aria-label=开始]');
      new MutationObserver((list) => (changes += list.length)).observe(document.getElementById('mirror'),
        { subtree: true, childList: true, attributes: true, characterData: true });
    }""")
    game.run(TARGETS)
    assert game.page.evaluate("changes") == 0
    game.run("""
        host.describe([
            Target("go", "button", "开始", (100, 210, 120, 48)),
            Target("new", "button", "新的", (0, 0, 48, 48)),
            Target("h", "heading", "识契", (10, 10, 200, 40)),
        ])
        return 0
    """)
    order = "[...document.getElementById('mirror').children].map((node) => node.getAttribute('aria-label'))"
    assert game.page.evaluate(order) == ["开始", "新的", "识契"]
    assert game.page.evaluate("go === document.querySelector('[aria-label=开始]')")
    assert (
        game.page.evaluate("document.getElementById('canvas').hasAttribute('aria-activedescendant')") is False
    )


def test_announcements_are_heard_even_twice(game: Puppet) -> None:
    heard = "document.getElementById('live').textContent"
    assert game.page.locator("#live").get_attribute("aria-live") == "polite"
    game.run("host.announce('答对了')\nreturn 0")
    first = game.page.evaluate(heard)
    game.run("host.announce('答对了')\nreturn 0")
    second = game.page.evaluate(heard)
    assert first.strip() == second.strip() == "答对了"
    assert first != second


def test_only_voices_of_this_machine_speak(browser: Browser, server: Server) -> None:
    with puppet(browser, server, VOICES, viewport={"width": 800, "height": 600}) as game:
        languages = "[host.can_speak(lang) for lang in ('zh', 'zh-CN', 'en', 'fr')]"
        assert game.run(f"return {languages}") == [True, True, True, False]
        game.run("host.speak('鹿', 'zh')\nhost.speak('deer', 'en')\nhost.speak('cerf', 'fr')\nreturn 0")
        assert game.page.evaluate("said") == [
            *("cancel", ["鹿", "Mainland", "zh_CN"]),
            *("cancel", ["deer", "English", "en-GB"]),
        ]


def test_phones_buzz_and_share(game: Puppet) -> None:
    game.run("host.vibrate(15)\nreturn 0")
    assert game.page.evaluate("buzzed") == [15]
    assert game.run("return await host.share(b'png bytes', '我会写鹿')") is True
    assert game.run("return await host.share(b'x', 'no')") is False
    assert game.page.evaluate("shared") == [["我会写鹿", "image/png", 9]]


def test_the_system_s_wishes_are_known(browser: Browser, server: Server) -> None:
    with puppet(browser, server, locale="zh-CN", reduced_motion="reduce") as game:
        assert game.run("return host.reduced_motion()") is True
        assert game.run("return host.languages()") == ["zh-CN"]
        game.page.emulate_media(reduced_motion="no-preference")
        assert game.run("return host.reduced_motion()") is False


def test_the_first_tap_unlocks_sound(game: Puppet) -> None:
    state = "shiqi.py._module.SDL2.audioContext.state"
    game.run("pygame.mixer.init(44100, -16, 2, 2048)\nreturn 0")
    game.page.mouse.click(400, 300)
    wait(game.page, f"{state} === 'running'", 5)


def test_numpy_loads_behind_the_game(game: Puppet, server: Server) -> None:
    code = """
        await host.load_extra("numpy")
        import numpy
        from pygame import sndarray, surfarray
        surfarray.blit_array(screen, numpy.full((*screen.get_size(), 3), 7, "uint8"))
        return [round(float(numpy.linalg.det(numpy.eye(3) * 2)), 6), list(screen.get_at((5, 5)))[:3]]
    """
    assert game.run(code) == [8.0, [7, 7, 7]]


def test_python_runs_on_the_page_s_own_stack(game: Puppet) -> None:
    """Chromium 156 dies now and then while a call runs on a stack of its own (JSPI): see runtime.js."""
    assert game.run("from pyodide.ffi import can_run_sync; return can_run_sync()") is False


def test_storage_outlives_the_page(game: Puppet) -> None:
    game.run(
        "await host.store.append('journal/鹿', 'one')\nawait host.store.append('journal/鹿', 'two')\nreturn 0"
    )
    wait(game.page, "persisted")
    game.run("await host.store.append('journal/鹿', 'three')\nreturn 0")
    assert game.page.evaluate("persisted") == 1
    game.page.reload()
    wait(game.page, "window.drawn > 2")
    assert game.run("return await host.store.read('journal/鹿')") == ["one", "two", "three"]
    game.run("await host.store.append('journal/鹿', 'four')\nreturn 0")
    time.sleep(0.3)
    assert game.page.evaluate("persisted") == 0, "asked once and for all"


def test_writes_are_strictly_durable(browser: Browser, server: Server) -> None:
    init = """
      const real = IDBDatabase.prototype.transaction;
      window.modes = [];
      IDBDatabase.prototype.transaction = function (stores, mode, options) {
        if (mode === 'readwrite') modes.push(options?.durability);
        return real.call(this, stores, mode, options);
      };
    """
    with puppet(browser, server, init) as game:
        game.run("await host.store.append('a', 'b')\nawait host.store.replace('a', [])\nreturn 0")
        modes = game.page.evaluate("modes")
        assert len(modes) >= 3
        assert set(modes) == {"strict"}


def test_a_full_disk_is_a_store_error(game: Puppet) -> None:
    game.page.evaluate("""() => {
      IDBObjectStore.prototype.add = function () { throw new DOMException('full', 'QuotaExceededError'); };
    }""")
    code = """
        from game.host.protocol import StoreError
        try:
            await host.store.append('a', 'b')
        except StoreError as error:
            return str(error)
    """
    assert "append to a" in game.run(code)


def test_a_closed_database_is_opened_again(game: Puppet) -> None:
    game.run("await host.store.append('a', '1')\nreturn 0")
    game.page.evaluate("""() => {
      const real = IDBDatabase.prototype.transaction;
      let lost = true;
      IDBDatabase.prototype.transaction = function (...rest) {
        if (lost) { lost = false; throw new DOMException('connection lost', 'InvalidStateError'); }
        return real.apply(this, rest);
      };
    }""")
    game.run("await host.store.append('a', '2')\nreturn 0")
    assert game.run("return await host.store.read('a')") == ["1", "2"]


def test_a_second_window_takes_over_and_nothing_is_lost(game: Puppet, server: Server) -> None:
    game.run("await host.store.append('j', '1')\nreturn 0")
    second = game.page.context.new_page()
    # Keep the first window from hearing of it: its next write must find out by itself.
    game.page.evaluate("BroadcastChannel.prototype.postMessage = () => {}")
    second.add_init_script("BroadcastChannel.prototype.postMessage = () => {}")
    second.goto(server.url)
    wait(second, "window.drawn > 2")
    other = Puppet(second)
    other.run("await host.store.append('j', '2')\nreturn 0")
    code = """
        from game.host.protocol import StoreError
        try:
            await host.store.append('j', 'from the first window')
        except StoreError as error:
            return str(error)
    """
    assert "another window" in game.run(code)
    assert "Shiqi is open in another window" in game.page.locator("#failure").inner_text()
    other.run("await host.store.append('j', '3')\nreturn 0")
    assert other.run("return await host.store.read('j')") == ["1", "2", "3"]


def test_the_first_window_says_at_once_that_another_plays(game: Puppet, server: Server) -> None:
    second = game.page.context.new_page()
    second.goto(server.url)
    wait(second, "window.drawn > 2")
    assert "Shiqi is open in another window" in wait(
        game.page, "document.getElementById('failure')?.innerText"
    )
    game.page.get_by_role("button", name="Try again").click()
    wait(game.page, "window.drawn > 2 && !document.getElementById('shell')")
    assert "Shiqi is open in another window" in wait(second, "document.getElementById('failure')?.innerText")
