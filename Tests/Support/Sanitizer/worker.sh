#!/bin/sh
# Builds FOLDER/entente-worker so that AddressSanitizer and UndefinedBehaviorSanitizer watch it; what they find goes into
# FOLDER/reports, which is empty (all zeros) until then. Run from the package's root: sh Tests/Support/Sanitizer/worker.sh FOLDER
set -eu
mkdir -p "$1"
folder=$(cd "$1" && pwd)
rm -f "$folder/reports"
truncate -s 1M "$folder/reports"
# A worker may be another user's.
chmod 666 "$folder/reports"
clang -std=gnu11 -g -O1 -Wall -Wextra -Werror -fsanitize=address,undefined -fno-sanitize-recover=all -fuse-ld=lld \
  -DREPORTS="\"$folder/reports\"" -ISources/CPluginTransport/include -ISources/CEntentePlugin/include \
  -o "$folder/entente-worker" Sources/entente-worker/*.c Sources/CPluginTransport/*.c Tests/Support/Sanitizer/reports.c \
  -ldl -lm
