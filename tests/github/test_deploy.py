"""The script that changes gh-pages, with a repository on this disk as GitHub's."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / ".github/scripts/deploy.sh"
BRANCH = "refs/heads/gh-pages"


class House:
    """A bare repository, and a clone of it with a built site beside."""

    def __init__(self, root: Path) -> None:
        self.origin = root / "origin.git"
        self.clone = root / "clone"
        self.site = root / "site"
        # Nothing of the person who runs the tests: no hooks, no signing, no name.
        self.env = {
            **os.environ,
            "HOME": str(root),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        self.git("init", "--quiet", "--bare", "-b", "main", self.origin, at=root)
        self.git("clone", "--quiet", self.origin, self.clone, at=root)
        (self.clone / "README.md").write_text("A course\n")
        (self.clone / ".git/info/exclude").write_text("*.ipynb\n")
        self.git("add", ".")
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        self.git(*who, "commit", "--quiet", "-m", "First")
        self.git("push", "--quiet", "origin", "HEAD:main")
        self.build()

    def build(self, text: str = "one") -> None:
        for name in ("index.html", "_static/a.css", "book/lab.ipynb", ".buildinfo"):
            path = self.site / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def git(self, *words: object, at: Path | None = None) -> str:
        done = subprocess.run(
            ["git", *map(str, words)],
            cwd=at or self.clone,
            env=self.env,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def deploy(self, *words: object, ok: bool = True) -> str:
        done = subprocess.run(
            [SCRIPT, *map(str, words)],
            cwd=self.clone,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode == 0) is ok, done.stdout + done.stderr
        assert ok or done.returncode == 2
        return done.stdout + done.stderr

    def tree(self) -> dict[str, str]:
        """What Pages would show."""
        names = self.git("ls-tree", "-r", "--name-only", BRANCH, at=self.origin)
        return {name: self.show(name) for name in names.splitlines()}

    def show(self, name: str) -> str:
        return self.git("show", f"{BRANCH}:{name}", at=self.origin)

    def commits(self) -> int:
        return int(self.git("rev-list", "--count", BRANCH, at=self.origin))

    def refs(self) -> str:
        return self.git("for-each-ref", at=self.origin)

    def add_cname(self) -> None:
        """Do what GitHub's page of settings does: commit a file of its own."""
        self.git("fetch", "--quiet", "origin", "gh-pages")
        self.git("checkout", "--quiet", "--detach", "FETCH_HEAD")
        (self.clone / "CNAME").write_text("course.example.org\n")
        self.git("add", "CNAME")
        who = ("-c", "user.name=B", "-c", "user.email=b@example.org")
        self.git(*who, "commit", "--quiet", "-m", "Create CNAME")
        self.git("push", "--quiet", "origin", f"HEAD:{BRANCH}")
        self.git("checkout", "--quiet", "main")


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


SITE = {
    "index.html": "one",
    "_static/a.css": "one",
    "book/lab.ipynb": "one",  # although the clone ignores it
    ".buildinfo": "one",
    ".nojekyll": "",
}


def test_the_branch_is_the_built_site_in_one_commit(house):
    said = house.deploy("site", house.site)
    assert "pushed to gh-pages" in said
    assert house.tree() == SITE
    assert house.commits() == 1
    who = house.git("log", "-1", "--format=%an", BRANCH, at=house.origin)
    assert who == "github-actions[bot]\n"


def test_the_next_site_replaces_it_without_history(house):
    house.deploy("site", house.site)
    house.build("two")
    (house.site / "book/lab.ipynb").unlink()
    house.deploy("site", house.site)
    wanted = dict.fromkeys(SITE, "two") | {".nojekyll": ""}
    del wanted["book/lab.ipynb"]
    assert house.tree() == wanted
    assert house.commits() == 1


def test_previews_and_cname_outlive_a_new_site(house):
    house.deploy("site", house.site)
    house.deploy("preview", 7, house.site)
    house.add_cname()
    house.build("two")
    house.deploy("site", house.site)
    tree = house.tree()
    assert tree["index.html"] == "two"
    assert tree["pr-preview/7/index.html"] == "one"
    assert tree["pr-preview/7/_static/a.css"] == "one"
    assert tree["CNAME"] == "course.example.org\n"
    assert house.commits() == 1


def test_a_preview_changes_its_folder_only(house):
    house.deploy("site", house.site)
    house.add_cname()
    before = house.tree()
    house.deploy("preview", 7, house.site)
    house.deploy("preview", 77, house.site)
    house.build("two")
    (house.site / "new.html").write_text("new")
    (house.site / ".buildinfo").unlink()
    house.deploy("preview", 7, house.site)
    tree = house.tree()
    assert {name: text for name, text in tree.items() if "pr-" not in name} == before
    seven = {k[13:]: v for k, v in tree.items() if k.startswith("pr-preview/7/")}
    assert seven == {
        "index.html": "two",
        "_static/a.css": "two",
        "book/lab.ipynb": "two",
        "new.html": "new",
    }
    assert tree["pr-preview/77/index.html"] == "one"
    assert house.commits() == 1


def test_a_preview_may_come_before_the_site(house):
    house.deploy("preview", 7, house.site)
    assert house.show("pr-preview/7/index.html") == "one"
    house.deploy("site", house.site)
    assert house.show("pr-preview/7/index.html") == "one"
    assert house.show("index.html") == "one"


def test_a_closed_pull_request_leaves_nothing(house):
    house.deploy("site", house.site)
    house.deploy("preview", 7, house.site)
    house.deploy("preview", 77, house.site)
    house.deploy("remove", 7)
    left = {name for name in house.tree() if name.startswith("pr-preview/")}
    assert left == {f"pr-preview/77/{name}" for name in SITE if name != ".nojekyll"}
    house.deploy("remove", 77)
    assert house.tree() == SITE


def test_there_may_be_nothing_to_remove(house):
    assert "no branch" in house.deploy("remove", 7)
    house.deploy("site", house.site)
    refs = house.refs()
    assert "as it should be" in house.deploy("remove", 7)
    assert house.refs() == refs


def test_the_same_site_again_pushes_nothing(house):
    house.deploy("site", house.site)
    refs = house.refs()
    assert "as it should be" in house.deploy("site", house.site)
    assert house.refs() == refs


@pytest.mark.parametrize("words", [("site",), ("preview", 7)])
def test_a_folder_that_is_no_site_is_refused(house, words):
    house.deploy("site", house.site)
    refs, page = house.refs(), house.site / "index.html"

    def refuses(remedy: str) -> bool:
        return remedy in house.deploy(*words, house.site, ok=False)

    page.write_text("")
    assert refuses("build it first")
    page.unlink()
    assert refuses("build it first")
    house.build("two")
    (house.site / "pr-preview").mkdir()
    assert refuses("rename it")
    (house.site / "pr-preview").rename(house.site / "book/.git")
    assert refuses("remove it")
    assert house.refs() == refs
    (house.site / "book/.git").rmdir()
    house.deploy(*words, house.site)
    assert house.refs() != refs


def test_only_a_number_names_a_preview(house):
    for number in ("", "0", "x", "7/..", "../book", "7 8", "7\n8"):
        assert "no number" in house.deploy("preview", number, house.site, ok=False)
        assert "no number" in house.deploy("remove", number, ok=False)
    assert BRANCH not in house.refs()


def test_other_words_are_refused(house):
    for words in ((), ("site",), ("sites", "site"), ("remove",), ("site", "a", "b")):
        assert "expected: site FOLDER" in house.deploy(*words, ok=False)


def test_a_push_in_between_is_not_lost(house, tmp_path):
    house.deploy("site", house.site)
    house.git("clone", "--quiet", house.origin, tmp_path / "other", at=tmp_path)
    # A git that, before it first pushes, lets another run do all of its work.
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "git").write_text(
        f"""#!/bin/sh
PATH="{house.env["PATH"]}"
if [ "$1" = push ] && mkdir "{tmp_path}/done" 2>/dev/null; then
  (cd "{tmp_path}/other" && "{SCRIPT}" preview 7 "{house.site}")
fi
exec git "$@"
"""
    )
    (programs / "git").chmod(0o755)
    house.env["PATH"] = f"{programs}:{house.env['PATH']}"
    house.deploy("preview", 8, house.site)
    assert (tmp_path / "done").exists()
    assert house.show("pr-preview/7/index.html") == "one"
    assert house.show("pr-preview/8/index.html") == "one"
    assert house.commits() == 1


def test_who_may_not_push_is_told_at_once(house):
    house.deploy("site", house.site)
    hook = house.origin / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho tried >>tries\necho You may not. >&2\nexit 1\n")
    hook.chmod(0o755)
    house.build("two")
    said = house.deploy("site", house.site, ok=False)
    assert "You may not." in said
    assert "does not accept" in said
    assert (house.origin / "tries").read_text() == "tried\n"
    assert house.show("index.html") == "one"


def test_the_clone_stays_as_it_is(house):
    house.deploy("site", house.site)
    house.deploy("preview", 7, house.site)
    assert house.git("status", "--porcelain") == ""
    assert house.git("branch", "--show-current") == "main\n"


def test_it_works_in_the_shallow_clone_of_a_workflow(house, tmp_path):
    house.deploy("site", house.site)
    house.clone = tmp_path / "shallow"
    address = f"file://{house.origin}"
    house.git("clone", "--quiet", "--depth=1", address, house.clone, at=tmp_path)
    house.deploy("preview", 7, house.site)
    assert house.show("pr-preview/7/index.html") == "one"
    assert house.show("index.html") == "one"
