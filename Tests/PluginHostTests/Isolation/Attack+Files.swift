extension Attack {
  /// Against what may be read and written.
  static let files: [Attack] =
    [
      "open(\"SECRET\", O_RDONLY)", "open(\"FOLDER\", O_RDONLY | O_DIRECTORY)",
      "open(\"/etc/passwd\", O_RDONLY)",
      "open(\"/proc/1/environ\", O_RDONLY)", "open(of_host(\"mem\"), O_RDONLY)",
      "open(of_host(\"environ\"), O_RDONLY)", "open(of_host(\"fd/0\"), O_RDONLY)",
      "open(of_host(\"fd/3\"), O_RDWR)", "open(of_host(\"cwd/Package.swift\"), O_RDONLY)",
      "open(of_host(\"root/etc/passwd\"), O_RDONLY)", "open(\"/proc/1\", O_RDONLY)",
      "open(\"/\", O_RDONLY | O_TMPFILE, 0600)",
      "open(\"/home\", O_RDONLY)", "open(\"/root/.bashrc\", O_RDONLY)",
      "open(\"/opt/entente-none\", O_RDONLY)",
      "open(\"/var/log\", O_RDONLY)", "open(\"/dev/kmsg\", O_RDONLY)", "open(\"/dev/mem\", O_RDONLY)",
      "open(\"/sys/kernel\", O_RDONLY)", "open(\"/proc/self/mountinfo\", O_RDONLY)",
      "open(\"/proc/self/net/unix\", O_RDONLY)", "open(\"../../../../SECRET\", O_RDONLY)",
      "openat(open(\"/usr/lib\", O_PATH), \"../../SECRET\", O_RDONLY)",
      "dlopen(\"SECRET\", RTLD_NOW) ? 0 : (errno = 1, -1)",
      "syscall(437, AT_FDCWD, \"SECRET\", (uint64_t[3]){0, 0, 0}, 24)",
      "syscall(SYS_open_by_handle_at, -100, (char[16]){8, 0}, 0)",
      "syscall(SYS_name_to_handle_at, -100, \"SECRET\", (uint32_t[40]){128}, (int[1]){0}, 0)",
    ].map { Attack("files read", $0) }
    + [
      "open(\"SECRET\", O_WRONLY)", "open(\"SECRET\", O_RDWR | O_TRUNC)",
      "open(\"SECRET\", O_RDONLY | O_TRUNC)",
      "creat(\"SECRET\", 0600)", "open(\"FOLDER/new\", O_CREAT | O_WRONLY, 0600)", "unlink(\"SECRET\")",
      "rename(\"SECRET\", \"FOLDER/moved\")", "link(\"SECRET\", \"FOLDER/link\")",
      "link(\"SECRET\", \"link\")",
      "symlink(\"/etc\", \"FOLDER/link\")", "symlink(\"/etc\", \"link\")", "mkdir(\"FOLDER/folder\", 0700)",
      "rmdir(\"FOLDER/empty\")", "open(own, O_WRONLY)", "open(own, O_RDONLY | O_TRUNC)", "unlink(own)",
      "open(\"/etc/new\", O_CREAT | O_WRONLY, 0600)", "open(\"/new\", O_CREAT | O_WRONLY, 0600)",
      "open(\"/proc/self/maps\", O_WRONLY)", "open(\"/proc/self/oom_score_adj\", O_WRONLY)",
      "open(\"/proc/self/comm\", O_WRONLY)", "open(\"/proc/sys/kernel/core_pattern\", O_WRONLY)",
      "open(\"/usr/lib/new\", O_CREAT | O_WRONLY, 0600)", "mknod(\"node\", S_IFREG | 0600, 0)",
      "mknod(\"pipe\", S_IFIFO | 0600, 0)", "mknod(\"FOLDER/disk\", S_IFBLK | 0666, makedev(8, 0))",
      "mkfifo(\"fifo\", 0600)", "syscall(SYS_renameat2, -100, \"SECRET\", -100, \"FOLDER/empty\", 2)",
      "open(\"FOLDER\", O_TMPFILE | O_RDWR, 0600)", "rename(\"FOLDER/empty\", \"mine\")",
    ].map { Attack("files written", $0) }
    + [
      "stat(\"SECRET\", &(struct stat){0})", "lstat(\"FOLDER\", &(struct stat){0})",
      "access(\"SECRET\", F_OK)",
      "access(\"/etc/passwd\", F_OK)", "syscall(SYS_statx, -100, \"SECRET\", 0, 0x7ff, (char[256]){0})",
      "readlink(\"/proc/1/exe\", (char[100]){0}, 100)", "readlink(of_host(\"cwd\"), (char[100]){0}, 100)",
      "open(\"SECRET\", O_PATH)", "open(\"FOLDER\", O_PATH | O_DIRECTORY)", "chdir(\"FOLDER\")",
      "access(of_host(\"exe\"), F_OK)", "access(\"/proc/2\", F_OK)", "stat(\"/home\", &(struct stat){0})",
    ].map { Attack("files' names", $0) }

  /// Against what files are, beside what is in them.
  static let properties: [Attack] = [
    "truncate(\"SECRET\", 0)", "truncate(own, 0)", "chmod(\"SECRET\", 0777)", "fchmod(3, 0777)",
    "fchmodat(AT_FDCWD, \"SECRET\", 0777, 0)", "syscall(452, AT_FDCWD, \"SECRET\", 0777, 0)",
    "chown(\"SECRET\", 1, 1)", "lchown(\"SECRET\", 1, 1)", "fchown(2, 1, 1)",
    "utimensat(AT_FDCWD, \"SECRET\", NULL, 0)", "utimes(\"SECRET\", NULL)", "futimens(2, NULL)",
    "setxattr(\"SECRET\", \"user.a\", \"b\", 1, 0)", "lsetxattr(\"SECRET\", \"user.a\", \"b\", 1, 0)",
    "fsetxattr(2, \"user.a\", \"b\", 1, 0)", "removexattr(\"SECRET\", \"user.kept\")",
    "syscall(463, AT_FDCWD, \"SECRET\", 0, \"user.a\", (uint64_t[2]){0, 0}, 16)",
    "syscall(466, AT_FDCWD, \"SECRET\", 0, \"user.kept\")", "getxattr(\"SECRET\", \"user.kept\", NULL, 0)",
    "syscall(469, AT_FDCWD, \"SECRET\", (uint64_t[4]){0}, 32, 0)",
    "syscall(468, AT_FDCWD, \"SECRET\", (uint64_t[4]){0}, 32, 0)",
    "ioctl(open(own, O_RDONLY), FS_IOC_SETFLAGS, &(int){0})",
    "ioctl(open(\"mine\", O_CREAT | O_RDWR, 0600), FS_IOC_SETFLAGS, &(int){0})",
    "ioctl(3, FS_IOC_SETFLAGS, &(int){0})", "flock(open(own, O_RDONLY), LOCK_EX | LOCK_NB)",
    "fcntl(open(own, O_RDONLY), F_SETLK, &(struct flock){.l_type = F_RDLCK})",
    "fcntl(open(own, O_RDONLY), F_SETLEASE, F_RDLCK)", "chmod(\"mine\", 0777)",
    "fcntl(open(own, O_RDONLY), F_NOTIFY, 1)",
  ].map { Attack("files' properties", $0) }
}
