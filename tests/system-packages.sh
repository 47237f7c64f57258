#!/usr/bin/env bash
# Makes sure that the programs that tests drive are there: installs Debian packages where
# it may, else names them in one line.
set -eu

declare -A package=([chromium]=chromium [bwrap]=bubblewrap [setpriv]=util-linux [make]=make)
missing=()
for program in "${!package[@]}"; do
  command -v "$program" >/dev/null || missing+=("${package[$program]}")
done
# Debian keeps PostgreSQL's programs off the PATH.
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing+=(postgresql)
# The sandbox filters system calls by it.
/sbin/ldconfig -p | grep -q 'libseccomp\.so\.2' || missing+=(libseccomp2)
# Ubuntu's chromium may be called chromium-browser; the tests take either.
if command -v chromium-browser >/dev/null; then missing=("${missing[@]/chromium}"); fi
missing=(${missing[@]})
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo "Tests need these packages: sudo apt-get install ${missing[*]}" >&2
    exit 2
  fi
  as_root=(sudo -n)
fi
echo "Installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
if ! { "${as_root[@]}" apt-get update -qq && "${as_root[@]}" apt-get install -y -qq "${missing[@]}"; } >"$log" 2>&1; then
  tail -5 "$log" >&2
  echo "Could not install them; tests need these packages: ${missing[*]}" >&2
  exit 2
fi
