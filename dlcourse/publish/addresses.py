"""Where the course is on the web: all addresses, from ``_config.yml`` alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import yaml

from dlcourse.errors import CourseError

# Colab opens notebooks from a branch on GitHub; the built site is published on this.
SITE_BRANCH = "gh-pages"
# Folders of the site.
NOTEBOOKS, EXERCISES, WHEELS = "notebooks", "notebooks/exercises", "wheels"
_GITHUB = re.compile(
    r"https://github\.com/(?P<owner>[\w.-]+)/(?P<name>[\w.-]+?)(\.git)?/?"
)


@dataclass(frozen=True)
class Addresses:
    """The repository and the site that is made from it.

    Attributes:
        owner: who owns the repository on GitHub.
        name: the repository's name.
        branch: the branch that holds the sources.
        site: the site's address; it ends in a slash.
    """

    owner: str
    name: str
    branch: str
    site: str

    @property
    def repository(self) -> str:
        """The repository's page."""
        return f"https://github.com/{self.owner}/{self.name}"

    def page(self, page: str, anchor: str = "") -> str:
        """Address a page of the site, such as ``book/labs/lab01-tensors``."""
        return f"{self.site}{quote(page)}.html" + (f"#{anchor}" if anchor else "")

    def file(self, path: str) -> str:
        """Address a file of the site, such as ``notebooks/lab01-tensors.ipynb``."""
        return self.site + quote(path)

    def colab(self, path: str) -> str:
        """Open a notebook of the site in Colab."""
        where = f"{self.owner}/{self.name}/blob/{SITE_BRANCH}/{quote(path)}"
        return f"https://colab.research.google.com/github/{where}"

    def binder(self, path: str) -> str:
        """Open a notebook on Binder, in the environment of the sources' branch."""
        where = f"{self.owner}/{self.name}/{self.branch}"
        return f"https://mybinder.org/v2/gh/{where}?urlpath=lab/tree/{quote(path)}"

    def source(self, path: str) -> str:
        """Show a file of the sources on GitHub."""
        return f"{self.repository}/blob/{self.branch}/{quote(path)}"

    def edit(self, path: str) -> str:
        """Edit a file of the sources on GitHub."""
        return f"{self.repository}/edit/{self.branch}/{quote(path)}"

    def raw(self, path: str) -> str:
        """Address the bytes of a file of the sources, for pictures."""
        where = f"{self.owner}/{self.name}/{self.branch}/{quote(path)}"
        return f"https://raw.githubusercontent.com/{where}"


def read_addresses(root: Path) -> Addresses:
    """Read ``repository`` and ``html: baseurl`` of ``_config.yml``.

    Args:
        root: the course's root folder.

    Returns:
        The addresses. Without ``baseurl`` the site is where GitHub Pages puts it.

    Raises:
        CourseError: if ``repository: url`` is missing or is not on GitHub, or the
            base address is no web address.
    """
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8")) or {}
    repository = config.get("repository") or {}
    url = str(repository.get("url", ""))
    if (found := _GITHUB.fullmatch(url)) is None:
        raise CourseError(
            f"_config.yml: repository: url is {url or 'missing'}; Colab and Binder "
            "need it in the form https://github.com/OWNER/NAME."
        )
    owner, name = found["owner"], found["name"]
    # A repository named like this is its owner's own site.
    below = "" if name.lower() == f"{owner}.github.io".lower() else f"{name}/"
    usual = f"https://{owner.lower()}.github.io/{below}"
    site = str((config.get("html") or {}).get("baseurl") or usual)
    if not re.match(r"https?://[^/]", site):
        raise CourseError(
            f"_config.yml: html: baseurl is {site}; write the site's whole address, "
            f"such as {usual}, or leave it out."
        )
    return Addresses(
        owner, name, repository.get("branch") or "main", site.rstrip("/") + "/"
    )
