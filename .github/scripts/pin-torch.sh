#!/usr/bin/env bash
# Pins another PyTorch: pin-torch.sh TORCH TORCHVISION, a matching pair, in the course's root.
#
# What PyTorch itself brings is no longer pinned, since each version asks for its own.
set -euo pipefail

if [[ $# -ne 2 || ! $1$2 =~ ^[0-9.]+$ ]]; then
  echo "pin-torch.sh: expected two versions, TORCH TORCHVISION, and got: $*" >&2
  exit 2
fi
sed -i -E "s/^torch==.*/torch==$1/; s/^torchvision==.*/torchvision==$2/" requirements.txt constraints.txt
sed -i -E '/^(cuda-|nvidia-|setuptools=|triton=)/d' constraints.txt
grep -E '^(torch|torchvision)==' constraints.txt
