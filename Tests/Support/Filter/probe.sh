#!/bin/sh
# probe.sh FOLDER: makes FOLDER/native and FOLDER/arm64, which say what the worker's filter answers to each system call by
# the numbers of this machine and of arm64. Those of arm64 are the kernel's generic ones, by its own list of what it adds.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
calls() { clang -E -dM -x c - | sed -n 's/^#define __NR_\([a-z][a-z0-9_]*\) .*/\1/p' | grep -v -e '^syscalls$' -e '^arch_specific' -e '^3264_' | sort; }
names() {
  echo "static const struct { const char *name; int number; } names[] = {"
  sed 's/.*/{"&", __NR_&},/'
  echo "};"
}
generic='#define __ARCH_WANT_RENAMEAT
#define __ARCH_WANT_NEW_STAT
#define __ARCH_WANT_SET_GET_RLIMIT
#define __ARCH_WANT_TIME32_SYSCALLS
#define __ARCH_WANT_SYS_CLONE3
#define __ARCH_WANT_MEMFD_SECRET
#include <asm-generic/unistd.h>'
mkdir -p "$1/of-native" "$1/of-arm64"
echo '#include <sys/syscall.h>' | calls | names > "$1/of-native/numbers.h"
{
  echo '#include <sys/syscall.h>' | calls | sed 's/.*/#undef __NR_&/'
  echo "$generic"
  echo '#undef __x86_64__'
  echo '#undef __aarch64__'
  echo '#define __aarch64__ 1'
  echo "$generic" | calls | names
} > "$1/of-arm64/numbers.h"
for machine in native arm64; do
  clang -std=gnu11 -Wall -Werror -Wno-unused-function -O1 -I "$1/of-$machine" -I "$here/../../../Sources/entente-worker" \
    -I "$here/../../../Sources/CPluginTransport/include" -I "$here/../../../Sources/CEntentePlugin/include" \
    "$here/probe.c" -o "$1/$machine"
done
