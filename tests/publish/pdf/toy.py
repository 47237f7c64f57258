"""A small built site, written by hand, that holds one of everything that prints."""

from __future__ import annotations

from pathlib import Path

STYLE = Path(__file__).parents[3] / "book" / "_static" / "print.css"
SITE = "https://example.org/course/"
CONFIG = """title: Toy Course
author: A. Author
repository: {url: https://github.com/owner/toy}
html: {baseurl: https://example.org/course/, extra_footer: "<p>Text: free.</p>"}
sphinx: {config: {language: en-GB}}
"""
TOC = """format: jb-book
root: book/index
parts:
  - caption: First part
    chapters:
      - file: book/one
      - file: book/two
        sections:
          - file: book/three
  - caption: Last part
    chapters:
      - file: book/four
"""
FIGURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50">'
    '<text x="9" y="30">{}</text></svg>'
)
OPTION = (
    '<div class="dl-option"><label><input type="checkbox"><span class="dl-letter">{0}'
    '</span><span class="dl-option-text">Option {0}</span><span class="dl-mark"></span>'
    '</label><div class="dl-why dl-after" hidden><p>Reason {0}.</p></div></div>'
)
QUESTION = (
    '<section class="dl-question" data-id="q"><form class="dl-face" '
    'data-rule="{&quot;right&quot;:[false,true]}"><p class="dl-question-head"><strong>'
    "Question</strong><span>easy</span></p>"
    "<div class='dl-statement'><p>Which?</p></div>"
    f"<fieldset>{OPTION.format('a')}{OPTION.format('b')}</fieldset>"
    '<p class="dl-buttons"><button>Check</button></p></form></section>'
)
GAP = (
    '<section class="dl-question"><form class="dl-face" data-rule="{}">'
    '<p class="dl-question-head"><strong>Question</strong></p>'
    '<div class="dl-blanks"><div class="dl-blank" data-shown="4711"><label>'
    '<span class="dl-label">Answer</span><input type="text"></label></div></div>'
    '<div class="dl-solution dl-after" hidden><p>Add them up.</p></div></form>'
    "<template><form class='dl-face'>Another variant</form></template></section>"
)
FOLDED = (
    '<details class="sd-dropdown"><summary><span class="sd-summary-text">Answer</span>'
    '</summary><div class="sd-summary-content"><p>Because of this.</p></div></details>'
)
LONG = "print('" + "word " * 30 + "the end of the line')"
WIDE = (
    "<table><tbody><tr>"
    + "<td>figures-here</td>" * 16
    + "<td>edge</td></tr></tbody></table>"
)
ONE = f"""<h1>One &amp; only<a class="headerlink" href="#one">#</a></h1>
<p>See <a class="reference internal" href="two.html#there">there</a>, <a
class="reference internal" href="four.html">four</a>, <a href="index.html">the
front</a>, <a class="reference internal" href="#below">below</a> and <a
href="https://elsewhere.example/">elsewhere</a>.</p>
<img class="only-light" src="../_images/light.svg" loading="lazy"><img class="only-dark"
src="../_images/dark.svg" loading="lazy">
<details class="admonition hide above-input"><summary>Show</summary><pre>plot_code()
</pre></details><pre><span>{LONG}</span>
short_line()</pre>{WIDE}
<div class="dl-demo"><form><fieldset><legend>Moving demo</legend></fieldset></form>
<div class="dl-demo-picture">{FIGURE.format("still")}</div></div>
<section id="below"><h2>Below</h2><p>Text.</p>{FOLDED}{QUESTION}{GAP}</section>"""
TWO = """<h1>Two</h1><p>Words.</p><div style="height: 300mm"></div>
<h2 id="there">There</h2><p>Arrived.</p>"""


def page(title: str, body: str) -> str:
    """Frame a text as the theme does."""
    return (
        f'<html><head><title>{title}</title><link rel="stylesheet" '
        'href="../_static/site.css?v=1" /></head><body>'
        '<div class="article-header-buttons"></div><article class="bd-article">\n'
        f'<section id="{title}">{body}</section>\n</article>'
        '<footer><div class="bd-footer-content__inner container"></div></footer></body>'
        "</html>"
    )


def write_toy(root: Path) -> Path:
    """Write a course and its built site; return the site's folder."""
    site = root / "_build" / "html"
    for folder in ("book", "_static", "_images"):
        (site / folder).mkdir(parents=True)
    (root / "nbgrader_config.py").write_text("")
    (root / "_config.yml").write_text(CONFIG)
    (root / "_toc.yml").write_text(TOC)
    (site / "index.html").write_text("<html></html>")
    texts = {"index": "<h1>Front</h1>", "one": ONE, "two": TWO}
    texts |= {
        "three": "<h1>Three</h1><p>Words.</p>",
        "four": "<h1>Four</h1><p>End.</p>",
    }
    for name, text in texts.items():
        (site / "book" / f"{name}.html").write_text(page(name, text))
    (site / "_static" / "site.css").write_text(STYLE.read_text())
    for name in ("light", "dark"):
        (site / "_images" / f"{name}.svg").write_text(FIGURE.format(f"in the {name}"))
    return site
