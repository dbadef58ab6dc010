"""Reading aloud: a voice of the device and no other, which pauses, goes on and stops."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

ARTICLE = "/comment-ca-marche/"

# A device with these voices; what is said is kept in `window.said`, and ends when `window.finish()` is called.
DEVICE = """
window.said = []; window.cancelled = 0;
const waiting = [];
const synthesis = new EventTarget();
Object.assign(synthesis, {
  getVoices: () => %s,
  speak(words) {
    waiting.push(words);
    if (waiting.length === 1) begin();
  },
  cancel() { window.cancelled += 1; waiting.length = 0; },
});
function begin() {
  if (!waiting.length) return;
  window.said.push([waiting[0].voice.name, waiting[0].text]);
  waiting[0].dispatchEvent(new Event("start"));
}
window.finish = () => { const [words] = waiting.splice(0, 1); words?.dispatchEvent(new Event("end")); begin(); };
Object.defineProperty(window, "speechSynthesis", { value: synthesis });
window.SpeechSynthesisUtterance = class extends EventTarget {
  constructor(text) { super(); this.text = text; }
};
"""
REMOTE = '{ name: "far", lang: "fr-FR", localService: false }'
FOREIGN = '{ name: "english", lang: "en-GB", localService: true }'
LOCAL = '{ name: "near", lang: "fr-FR", localService: true }'


def page_with(new_context: Callable[..., BrowserContext], *voices: str) -> Page:
    page = new_context().new_page()
    page.add_init_script(DEVICE % f"[{', '.join(voices)}]")
    page.goto(ARTICLE)
    return page


def test_nothing_is_offered_without_a_french_voice_on_the_device(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = page_with(new_context, REMOTE, FOREIGN)
    expect(page.locator("read-aloud")).to_be_attached()
    expect(page.locator("read-aloud button")).to_have_count(0)


def test_the_page_is_read_paused_resumed_and_stopped(new_context: Callable[..., BrowserContext]) -> None:
    page = page_with(new_context, REMOTE, LOCAL)
    page.get_by_role("button", name="Écouter").click()
    page.evaluate("finish()")
    said = page.evaluate("said")
    assert {voice for voice, _text in said} == {"near"}
    assert said[0][1] == page.locator("h1").inner_text()

    page.get_by_role("button", name="Pause").click()
    assert page.evaluate("cancelled") >= 1
    page.get_by_role("button", name="Reprendre").click()
    assert page.evaluate("said.at(-1)") == said[1], "it goes on where it was"

    page.get_by_role("button", name="Arrêter").click()
    expect(page.get_by_role("button", name="Écouter")).to_be_focused()
    expect(page.get_by_role("button", name="Arrêter")).to_have_count(0)


def test_the_button_is_ready_again_at_the_end(new_context: Callable[..., BrowserContext]) -> None:
    page = page_with(new_context, LOCAL)
    page.get_by_role("button", name="Écouter").click()
    page.evaluate("for (let part = 0; part < 500; part += 1) finish()")
    expect(page.get_by_role("button", name="Écouter")).to_be_visible()
