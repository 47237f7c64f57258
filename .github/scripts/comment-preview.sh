#!/usr/bin/env bash
# Says on a pull request where its preview is: comment-preview.sh NUMBER COMMIT.
#
# There is one comment: later calls change it. Needs gh, signed in.
set -euo pipefail

number=$1 commit=$2
if ! site=$(gh api "repos/$GITHUB_REPOSITORY/pages" --jq .html_url); then
  echo "::warning::GitHub Pages is off: Settings > Pages > Deploy from a branch > gh-pages" >&2
  site="https://${GITHUB_REPOSITORY%%/*}.github.io/${GITHUB_REPOSITORY#*/}"
fi
gh pr comment "$number" --edit-last --create-if-none --body-file - <<TEXT
[Preview](${site%/}/pr-preview/$number/) of ${commit:0:9}. It takes a minute or two to \
appear, and goes when this pull request is closed.
TEXT
