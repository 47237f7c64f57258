#!/usr/bin/env bash
# Changes what GitHub Pages shows, in the clone it is called in:
#
#   deploy.sh site FOLDER             the whole site; previews and CNAME stay
#   deploy.sh preview NUMBER FOLDER   the preview of a pull request
#   deploy.sh remove NUMBER           the preview no more
#
# The branch gh-pages of `origin` always is one commit without a parent: no build of the
# past makes the repository grow. If somebody else pushes in between, the push is refused,
# and the work is done again on top of theirs; so nothing of it is lost.
set -euo pipefail
shopt -s inherit_errexit

readonly branch=gh-pages previews=pr-preview tries=5
export GIT_AUTHOR_NAME='github-actions[bot]' GIT_COMMITTER_NAME='github-actions[bot]'
export GIT_AUTHOR_EMAIL='41898282+github-actions[bot]@users.noreply.github.com'
export GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL

fail() {
  echo "deploy.sh: $*" >&2
  exit 2
}

# Puts a folder into git's store; prints its tree.
store() {
  GIT_INDEX_FILE=$scratch/built git -C "$1" --git-dir="$git_dir" --work-tree=. add --all --force .
  GIT_INDEX_FILE=$scratch/built git write-tree
}

# Prints the commit that the branch is at, and fetches it; nothing if there is no branch.
fetch() {
  [[ -n $(git ls-remote origin "refs/heads/$branch") ]] || return 0
  git fetch --quiet --depth=1 origin "refs/heads/$branch"
  git rev-parse FETCH_HEAD
}

# Prints the tree that the branch is to have, made from what it has now.
compose() {
  local old=$1 kept nothing
  export GIT_INDEX_FILE=$scratch/new
  rm -f "$GIT_INDEX_FILE"
  if [[ $what = site ]]; then
    git read-tree "$built"
    if [[ -n $old ]] && git cat-file -e "$old:$previews" 2>/dev/null; then
      git read-tree --prefix="$previews/" "$old:$previews"
    fi
    if [[ -n $old ]] && kept=$(git rev-parse --verify --quiet "$old:CNAME"); then
      git update-index --add --cacheinfo "100644,$kept,CNAME"
    fi
  else
    [[ -z $old ]] || git read-tree "$old"
    git ls-files -z -- "$previews/$number" | git update-index -z --force-remove --stdin
    [[ $what = remove ]] || git read-tree --prefix="$previews/$number/" "$built"
  fi
  # Else Pages leaves out folders whose names begin with _, such as _static.
  nothing=$(git hash-object -w --stdin </dev/null)
  git update-index --add --cacheinfo "100644,$nothing,.nojekyll"
  git write-tree
}

what=${1:-} number='' folder=''
case "$what:$#" in
  site:2) folder=$2 message="Site of $(git rev-parse --short HEAD)" ;;
  preview:3) number=$2 folder=$3 message="Preview of pull request $2" ;;
  remove:2) number=$2 message="Without the preview of pull request $2" ;;
  *) fail "expected: site FOLDER, preview NUMBER FOLDER or remove NUMBER; got: $*" ;;
esac
[[ $what = site || $number =~ ^[1-9][0-9]*$ ]] || fail "'$number' is no number of a pull request"
if [[ $what != remove ]]; then
  [[ -s $folder/index.html ]] || fail "$folder holds no site (index.html is missing or empty); build it first"
  [[ ! -e $folder/$previews ]] || fail "$folder holds $previews, which is the previews' place; rename it"
  [[ -z $(find "$folder" -name .git -print -quit) ]] || fail "$folder holds a repository of its own; remove it"
  folder=$(cd "$folder" && pwd)
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
git_dir=$(git rev-parse --absolute-git-dir)
cd "$(git rev-parse --show-toplevel)"
built=''
[[ -z $folder ]] || built=$(store "$folder")

for ((try = 1; try <= tries; try++)); do
  old=$(fetch)
  if [[ $what = remove && -z $old ]]; then
    echo "There is no branch $branch, and so no preview."
    exit 0
  fi
  tree=$(compose "$old")
  if [[ -n $old && $tree = $(git rev-parse "$old^{tree}") ]]; then
    echo "$branch is as it should be."
    exit 0
  fi
  commit=$(git commit-tree -m "$message" "$tree")
  if git push --quiet --force-with-lease="refs/heads/$branch:$old" origin "$commit:refs/heads/$branch"; then
    echo "$message: pushed to $branch as ${commit:0:9}."
    exit 0
  fi
  # Only if somebody else was faster does another try make sense.
  [[ $(fetch) != "$old" ]] || fail "origin does not accept the push (see above)"
done
fail "others pushed to $branch $tries times in between; run this again"
