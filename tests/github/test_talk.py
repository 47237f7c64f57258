"""The scripts that speak to GitHub, with a stand-in for its program gh."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / ".github/scripts"
RUN = "https://github.com/a/b/actions/runs/5"

# It writes down what it is asked, and answers from a file: the first words of a call
# that stand there say what comes, and None that it fails.
GH = f"""#!{sys.executable}
import json, pathlib, sys
here = pathlib.Path(__file__).parent
words, text = sys.argv[1:], ""
if words[-2:] == ["--body-file", "-"]:
    text = sys.stdin.read()
with (here / "calls").open("a") as calls:
    calls.write(json.dumps([words, text]) + "\\n")
for start, answer in json.loads((here / "answers").read_text()).items():
    if " ".join(words).startswith(start):
        if answer is None:
            sys.exit("gh: HTTP 404")
        print(answer)
"""


class GitHub:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "gh").write_text(GH)
        (folder / "gh").chmod(0o755)

    def call(
        self, script: str, *words: str, answers: dict[str, str | None], **env: str
    ) -> list[tuple[list[str], str]]:
        """Run a script; what it asked of gh."""
        (self.folder / "answers").write_text(json.dumps(answers))
        (self.folder / "calls").write_text("")
        subprocess.run(
            [SCRIPTS / script, *words],
            env={"PATH": f"{self.folder}:{os.environ['PATH']}", **env},
            cwd=self.folder,
            check=True,
            capture_output=True,
        )
        lines = (self.folder / "calls").read_text().splitlines()
        return [(words, text) for words, text in map(json.loads, lines)]


@pytest.fixture
def github(tmp_path: Path) -> GitHub:
    return GitHub(tmp_path)


@pytest.mark.parametrize(
    ("answer", "site"),
    [
        ("https://course.example.org/", "https://course.example.org/"),
        (None, "https://a.github.io/b/"),  # Pages is off, or may not be asked
    ],
)
def test_one_comment_says_where_the_preview_is(github, answer, site):
    calls = github.call(
        "comment-preview.sh",
        *("7", "0123456789abcdef"),
        answers={"api repos/a/b/pages": answer},
        GITHUB_REPOSITORY="a/b",
    )
    words, text = calls[-1]
    assert words[:3] == ["pr", "comment", "7"]
    assert {"--edit-last", "--create-if-none"} <= set(words)
    assert text.startswith(f"[Preview]({site}pr-preview/7/) of 012345678. It takes")


def weekly(github: GitHub, number: str, **results: str) -> list[list[str]]:
    fine = {"NEWEST": "success", "LINKS": "success", "BINDER": "success"}
    calls = github.call(
        "report-weekly.sh",
        answers={"issue list": number},
        **(fine | results),
        RUN=RUN,
    )
    assert calls[0][0][:6] == ["issue", "list", "--label", "weekly", "--state", "open"]
    return [words for words, _ in calls[1:]]


def test_no_issue_if_all_is_well(github):
    assert weekly(github, "") == []


@pytest.mark.parametrize("what", ["NEWEST", "LINKS", "BINDER"])
@pytest.mark.parametrize("result", ["failure", "cancelled"])
def test_what_breaks_opens_an_issue(github, what, result):
    label, issue = weekly(github, "", **{what: result})
    assert label[:3] == ["label", "create", "weekly"]
    assert "--force" in label  # so that it may exist
    assert issue[:4] == ["issue", "create", "--label", "weekly"]
    body = issue[issue.index("--body") + 1]
    assert body.count(f"| {result} |") == 1
    assert body.count("| success |") == 2
    assert RUN in body


def test_what_stays_broken_changes_that_issue(github):
    [edit] = weekly(github, "12", LINKS="failure")
    assert edit[:3] == ["issue", "edit", "12"]
    assert RUN in edit[-1]


def test_what_works_again_closes_it(github):
    [close] = weekly(github, "12")
    assert close[:3] == ["issue", "close", "12"]
    assert RUN in close[-1]
