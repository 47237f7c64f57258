#!/usr/bin/env bash
# Keeps the one open issue on what the weekly run found, or closes it.
#
# Takes NEWEST, LINKS and BINDER, the results of the jobs, and RUN, the address of the run,
# from the environment. Needs gh, signed in.
set -euo pipefail

label=weekly
number=$(gh issue list --label "$label" --state open --json number --jq '.[0].number // empty')

if [[ $NEWEST = success && $LINKS = success && $BINDER = success ]]; then
  if [[ -n $number ]]; then
    gh issue close "$number" --comment "All well again: $RUN"
  fi
  exit 0
fi

body="[The weekly run]($RUN) found something broken.

| what | result |
|---|---|
| build and tests with the newest packages | $NEWEST |
| external links | $LINKS |
| image for Binder, and every page in it | $BINDER |

The log names each failure; \`cancelled\` means that time ran out. Each week changes this
text, and the first run without a failure closes the issue."

if [[ -n $number ]]; then
  gh issue edit "$number" --body "$body"
else
  gh label create "$label" --force --color B60205 --description "Found by the weekly run"
  gh issue create --label "$label" --title "The weekly run found something broken" --body "$body"
fi
