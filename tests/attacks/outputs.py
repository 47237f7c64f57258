"""Attacks by what a submission prints and shows: floods, and code for the reader."""

from __future__ import annotations

from .kit import SOME, Work, attack
from .reports import STOPPED_OR_CUT

FLOOD = "Floods of output"
PAGE = "Code for who reads the feedback"  # their names begin with page
BEFORE = ("double", "backwards")
SCRIPT = "<script>alert('UNSEEN-SCRIPT')</script>"


@attack(FLOOD, "prints for ever", r"stopped after|did not stop", BEFORE, BEFORE, 1)
def endless_printing(work: Work) -> None:
    work.answer("longest", "while True:\n    print('on and on ' * 100)\n")


@attack(FLOOD, "prints 500 MB in one go", STOPPED_OR_CUT, BEFORE)
def one_huge_print(work: Work) -> None:
    work.answer("longest", "print('x' * 500_000_000)\n")


@attack(
    FLOOD, "prints errors for ever", r"stopped after|did not stop", BEFORE, BEFORE, 1
)
def endless_errors(work: Work) -> None:
    work.answer(
        "longest",
        "import sys\nwhile True:\n    print('no' * 500, file=sys.stderr, flush=True)\n",
    )


@attack(FLOOD, "displays 50,000 objects", STOPPED_OR_CUT, BEFORE)
def many_displays(work: Work) -> None:
    work.answer(
        "longest",
        "from IPython.display import HTML, display\n"
        "for number in range(50_000):\n    display(HTML(f'<b>{number}</b>' * 20))\n",
    )


@attack(FLOOD, "shows an object whose text has 100 MB", STOPPED_OR_CUT, BEFORE)
def huge_repr(work: Work) -> None:
    work.answer(
        "longest",
        "class Large:\n"
        "    def __repr__(self):\n        return 'x' * 100_000_000\n"
        "Large()\n",
    )


@attack(FLOOD, "raises an error with 100 MB of message", STOPPED_OR_CUT, BEFORE)
def huge_error(work: Work) -> None:
    work.answer("longest", "raise ValueError('x' * 100_000_000)\n")


@attack(
    FLOOD,
    "raises an error with 100 MB of message within a test",
    STOPPED_OR_CUT,
    BEFORE,
)
def huge_error_in_test(work: Work) -> None:
    work.answer(
        "longest", "def longest(words):\n    raise ValueError('x' * 100_000_000)\n"
    )


@attack(FLOOD, "displays 300 pictures of 300 KB", "", BEFORE)
def many_pictures(work: Work) -> None:
    work.answer(
        "longest",
        "import os\n"
        "from IPython.display import Image, display\n"
        "data = b'\\x89PNG\\r\\n\\x1a\\n' + os.urandom(300_000)\n"
        "for _ in range(300):\n    display(Image(data, format='png'))\n",
    )


@attack(
    FLOOD, "floods the kernel's sockets with messages of its own", "for review", BEFORE
)
def message_flood(work: Work) -> None:
    work.answer(
        "longest",
        "kernel = get_ipython().kernel\n"
        "for _ in range(100_000):\n"
        "    kernel.send_response(kernel.iopub_socket, 'status',\n"
        "                         {'execution_state': 'busy', 'x': 'x' * 500})\n",
    )


@attack(
    PAGE,
    "scripts, frames, forms and styles in Markdown",
    "code for a browser",
    SOME,
    SOME,
)
def page_script_in_markdown(work: Work) -> None:
    work.text(
        SCRIPT + "\n\n<iframe src='javascript:alert(1)'></iframe>\n\n"
        "<img src=x onerror=\"alert('UNSEEN-SCRIPT')\">\n\n"
        "<style>body { display: none }</style>\n\n"
        "<form action='https://example.invalid'><input name=q></form>\n\n"
        "<meta http-equiv=refresh content='0;url=https://example.invalid'>\n\n"
        "[link](javascript:alert('UNSEEN-SCRIPT'))\n\n<base href='//example.invalid'>\n"
    )
    work.answer("why", f"Because. {SCRIPT}\n")


@attack(PAGE, "scripts in HTML that a cell displays", "", SOME, SOME)
def page_script_in_html(work: Work) -> None:
    work.first(
        "from IPython.display import HTML, IFrame, display\n"
        f"display(HTML({SCRIPT!r}))\n"
        "display(HTML('<img src=x onerror=alert(1)>'))\n"
        "display(HTML('<iframe srcdoc=\"<p>\"></iframe>'))\n"
        "display(IFrame('https://example.invalid', 10, 10))\n"
    )


@attack(PAGE, "JavaScript, by `display` and by `%%javascript`", "", SOME, SOME)
def page_javascript_output(work: Work) -> None:
    work.first("%%javascript\nalert('UNSEEN-SCRIPT')\n")
    work.first(
        "from IPython.display import Javascript, display\n"
        "display(Javascript(\"alert('UNSEEN-SCRIPT')\"))\n"
    )


@attack(PAGE, "a picture (SVG) with a script in it", "", SOME, SOME)
def page_script_in_svg(work: Work) -> None:
    work.first(
        "from IPython.display import SVG, display\n"
        'display(SVG(\'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">'
        '<script>alert("UNSEEN-SCRIPT")</script></svg>\'))\n'
    )


@attack(PAGE, "state of a widget with a script in it", "code for a browser", SOME, SOME)
def page_script_in_widget_state(work: Work) -> None:
    kind = "application/vnd.jupyter.widget-state+json"
    state = {"model": {"state": {"value": f"</script>{SCRIPT}"}}}
    work.notebook["metadata"]["widgets"] = {
        kind: {"version_major": 2, "version_minor": 0, "state": state}
    }


@attack(PAGE, "an attachment that is a page", "code for a browser", SOME, SOME)
def page_attachment(work: Work) -> None:
    work.text("![x](attachment:x.html)")
    work.cells[0]["attachments"] = {"x.html": {"text/html": SCRIPT}}


@attack(PAGE, "ANSI sequences that paint markup and move the cursor", "", SOME, SOME)
def page_ansi_sequences(work: Work) -> None:
    work.first(f"print('\\x1b[2J\\x1b[31m' + {SCRIPT!r} + '\\x1b]8;;http://x\\x07')\n")


@attack(
    PAGE,
    "prints the hidden tests into its own cells, to read them there",
    "for review",
    SOME,
    SOME,
)
def page_hidden_tests(work: Work) -> None:
    work.last("for cell in In:\n    print(cell)\n")


@attack(PAGE, "collects what hidden tests call, to print it afterwards", "", SOME, SOME)
def page_hidden_arguments(work: Work) -> None:
    work.answer(
        "double",
        "calls = []\n"
        "def double(number):\n    calls.append(number)\n    return 2 * number\n",
    )
    work.last("print('double was called with', calls)\n")
