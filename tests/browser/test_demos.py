"""Live demonstrations as a reader uses them: by keyboard, mouse, touch and on paper."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser

CHAPTERS = {
    "convolution": "lab05-convolution",
    "descent": "lab08-optimisers",
    "attention": "lab14-attention",
    "softmax": "lab16-language",
}
NARROW = {"width": 390, "height": 844}


@pytest.fixture
def open_demo(browser, address):
    """Open a chapter and return its demonstration; nothing may go wrong meanwhile."""
    contexts, faults = [], []

    def open_(name, base=address, **settings):
        settings = {"viewport": {"width": 1280, "height": 900}} | settings
        context = browser.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda message: (
                faults.append(message.text)
                if message.type in ("error", "warning")
                else None
            ),
        )
        # The chapter's figures take most of the time to load, and no part in this.
        page.route(
            "**/_images/**",
            lambda route: route.fulfill(
                content_type="image/svg+xml",
                body='<svg xmlns="http://www.w3.org/2000/svg"/>',
            ),
        )
        page.goto(f"{base}/book/labs/{CHAPTERS[name]}.html")
        return page.locator(f'.dl-demo[data-demo="{name}"]')

    yield open_
    assert faults == []
    for context in contexts:
        context.close()


def words(demo):
    return demo.locator(".dl-demo-words").inner_text()


def picture(demo):
    return demo.locator(".dl-demo-picture").inner_html()


def value(demo, name):
    """Read what a reader sees beside a slider."""
    label = demo.locator("label", has=demo.page.locator(f'[name="{name}"]'))
    return label.locator(".dl-demo-value").inner_text()


def tab_to(demo, name):
    """Go to a control by the keyboard alone, from wherever the focus is."""
    for _ in range(20):
        if demo.page.evaluate("document.activeElement.name") == name:
            return
        demo.page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {name}")


def before(demo):
    """Put the focus on the last stop before the demonstration."""
    demo.evaluate(
        """demo => {
             const stop = document.createElement("button");
             demo.before(stop);
             stop.focus();
           }"""
    )


# For each: keys on controls, and what is said after each.
KEYS = {
    "convolution": [
        ("view", "ArrowDown", "8 → 3 → 1. Output 1 sees b, d and f."),
        ("view", "ArrowDown", "8 × 8 → 3 × 3. Output in row 1, column 1 reads"),
        ("view", "Home", "8 → 3. Output 1 reads b, d and 1 padded zero."),
        ("k", "End", "8 → 1. Output 1 reads b, d, f, h and 1 padded zero."),
        ("d", "End", "Nothing fits. The kernel covers 13 places"),
        ("d", "Home", "8 → 3. Output 1 reads a, b, c, d and 1 padded zero."),
        ("at", "ArrowRight", "Output 2 reads b, c, d, e and f."),
        ("next", "Enter", "Output 3 reads d, e, f, g and h."),
        ("next", "Space", "Output 1 reads a, b, c, d and 1 padded zero."),
        ("reset", "Enter", "8 → 3. Output 2 reads b, d and f."),
    ],
    "descent": [
        ("rate", "ArrowRight", "After 20 steps the loss is"),
        ("rate", "End", "It diverges"),
        ("step", "Enter", "It diverges"),
        ("again", "Enter", "At the start the loss is 20.5."),
        ("rate", "Home", "At the start the loss is 20.5."),
        ("step", "Enter", "After 1 step the loss is 17.5, from 20.5"),
        ("step", "Space", "After 2 steps the loss is"),
        ("surface", "ArrowDown", "After 30 steps the loss is 0.0143, from 2.25"),
        ("y", "ArrowLeft", "It stands on the saddle"),
    ],
    "attention": [
        ("query", "Home", "the (word 1) looks at all 7 words alike"),
        ("query", "ArrowDown", "dog (word 2) looks most at barked (word 7)"),
        ("causal", "Space", "dog (word 2) looks most at dog (word 2)"),
        ("scaled", "Space", "dog (word 2) looks most at dog (word 2), weight 0.73"),
        ("reset", "Enter", "barked (word 7) looks most at dog (word 2)"),
    ],
    "softmax": [
        ("z0", "Home", "Likeliest is tea, probability"),
        ("temperature", "End", "Likeliest is tea, probability 0.33"),
        ("k", "ArrowLeft", "Never drawn: bread."),
        ("temperature", "Home", "Greedy: always tea"),
        ("reset", "Space", "Likeliest is bread, probability 0.64."),
    ],
}


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_keyboard_alone_is_enough(open_demo, name):
    demo = open_demo(name)
    keyboard = demo.page.keyboard
    first = picture(demo)
    drawings = {first}
    for control, key, said in KEYS[name]:
        before(demo)
        tab_to(demo, control)
        keyboard.press(key)
        assert said in words(demo), (control, key)
        drawings.add(picture(demo))
        # The focus stays where it was.
        assert demo.page.evaluate("document.activeElement.name") == control
    assert len(drawings) >= len(KEYS[name]) - 2
    # What the site's build drew is what the reader's browser draws.
    if control == "reset":
        assert picture(demo) == first


def test_without_scripts_there_is_the_first_state(open_demo):
    demo = open_demo("softmax", java_script_enabled=False)
    assert demo.locator("noscript p").is_visible()
    assert demo.locator("[name=temperature]").is_disabled()
    assert demo.locator("svg").is_visible()
    assert "Likeliest is bread, probability 0.64." in words(demo)


def test_a_drag_moves_through_the_outputs(open_demo):
    demo = open_demo("convolution")
    demo.locator("svg").scroll_into_view_if_needed()
    mouse = demo.page.mouse
    cells = demo.locator("svg .out")
    places = [cells.nth(n).bounding_box() for n in (0, 2)]
    middles = [(b["x"] + b["width"] / 2, b["y"] + b["height"] / 2) for b in places]
    mouse.move(*middles[0])
    mouse.down()
    assert value(demo, "at") == "1 of 3"
    mouse.move(*middles[1], steps=5)
    assert value(demo, "at") == "3 of 3"
    mouse.up()
    mouse.move(*middles[0])
    assert value(demo, "at") == "3 of 3"


def test_a_touch_chooses(open_demo):
    touch = {"has_touch": True, "viewport": NARROW}
    grid = open_demo("convolution", **touch)
    grid.locator('[name="view"]').select_option("grid")
    grid.locator('[data-drag="output"] rect').last.tap()
    assert value(grid, "at") == "9 of 9"
    attention = open_demo("attention", **touch)
    attention.locator('[data-drag="matrix"] text', has_text="0.40").first.tap()
    assert words(attention).startswith("saw (word 3)")
    descent = open_demo("descent", **touch)
    box = descent.locator('[data-drag="map"]')
    size = box.bounding_box()
    # The map reaches from (-4.5, 2) to (1.5, -2).
    box.tap(position={"x": size["width"] / 4, "y": size["height"] / 4})
    assert (value(descent, "x"), value(descent, "y")) == ("−3", "1")


def test_a_run_goes_on_by_itself_and_can_be_paused(open_demo):
    demo = open_demo("descent")
    run = demo.locator('[name="run"]')
    demo.locator('[name="again"]').click()
    run.click()
    assert run.inner_text() == "Pause"
    # Steps of a run are not read out one by one.
    assert demo.locator(".dl-demo-words").get_attribute("aria-live") == "off"
    demo.get_by_text(re.compile("After [3-9] steps")).wait_for()
    run.click()
    said = words(demo)
    demo.page.wait_for_timeout(300)
    assert words(demo) == said
    assert run.inner_text() == "Run"
    assert demo.locator(".dl-demo-words").get_attribute("aria-live") == "polite"


def test_who_wants_no_motion_gets_the_end_of_a_run(open_demo):
    demo = open_demo("descent", reduced_motion="reduce")
    demo.locator('[name="again"]').click()
    demo.locator('[name="run"]').click()
    assert words(demo).startswith("After 100 steps")
    assert demo.locator('[name="run"]').inner_text() == "Run"


def test_a_list_that_was_opened_stays_open(open_demo):
    demo = open_demo("descent")
    demo.locator("summary").click()
    demo.locator('[name="step"]').click()
    losses = demo.locator("details p")
    assert losses.is_visible()
    assert losses.inner_text().startswith("0: 20.5 · 1: 14 · ")
    assert " · 21: " in losses.inner_text()


def test_paper_shows_the_state_and_no_sliders(open_demo):
    demo = open_demo("softmax")
    demo.page.emulate_media(media="print")
    assert demo.locator("button:visible, input:visible").count() == 0
    assert demo.locator("svg").first.is_visible()
    for slider in demo.locator(".dl-demo-value").all():
        assert slider.is_visible()


@pytest.mark.parametrize("name", ["convolution", "descent"])
def test_a_page_works_from_a_folder(open_demo, site, name):
    demo = open_demo(name, base=site.as_uri())
    first = words(demo)
    demo.locator("input[type=range]").first.focus()
    demo.page.keyboard.press("End")
    assert words(demo) != first


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_narrow_page_holds_it_and_letters_keep_contrast(open_demo, name):
    demo = open_demo(name, viewport=NARROW)
    # Every part stands within it, and each control is tall enough for a finger.
    edge, parts, heights = demo.evaluate(
        """demo => {
             const box = (element) => element.getBoundingClientRect();
             const all = (selector) => [...demo.querySelectorAll(selector)];
             return [box(demo).right,
               all('label, button, svg, table, td, p').map((part) => box(part).right),
               all('button, select, input[type=range]').map((c) => box(c).height)];
           }"""
    )
    assert max(parts) < edge
    assert min(heights) >= 24
    for theme in ("light", "dark"):
        colours = demo.evaluate(
            """(demo, theme) => {
                 document.documentElement.dataset.theme = theme;
                 const paper = getComputedStyle(document.body).backgroundColor;
                 return [...demo.querySelectorAll('svg text')]
                   .map(text => [getComputedStyle(text).fill, paper]);
               }""",
            theme,
        )
        assert colours
        for ink, paper in colours:
            assert contrast(ink, paper) >= 4.5, (theme, ink, paper)


def contrast(one, other):
    """The contrast of two opaque CSS colours, as WCAG counts it."""

    def luminance(colour):
        channels = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in channels
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
