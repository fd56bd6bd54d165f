/* A disk that fails, or a process that dies, at the n-th operation on files below a folder. Preloaded; nothing happens
   until a program calls `fault_arm`, so that one process can prepare and each of its forks try another n.

   Whoever writes, Python, DuckDB or SQLite, goes through the C library, and so through here. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { COUNT_STEPS = 1, KILL_BEFORE, KILL_AFTER, COUNT_GROWTH, FULL_ONCE, FULL_FROM };
enum { STEP = 1, GROWTH = 2 }; /* what orders or names things on disk; what needs room on it */

static int mode, journal = -1, fired;
static long at, seen;
static char root[PATH_MAX];
static size_t rooted;

static void note(const char *what, const char *path) {
    char line[PATH_MAX + 64];
    int size = snprintf(line, sizeof line, "%s %s\n", what, path + rooted);
    if (journal >= 0 && size > 0) syscall(SYS_write, journal, line, (size_t)size);
}

/* 1 when the operation is to fail for want of room, 2 when the process is to die after it, else 0. */
static int met(int kinds, const char *what, const char *path) {
    if (!mode || strncmp(path, root, rooted) || (path[rooted] != '/' && path[rooted])) return 0;
    if (!(kinds & (mode <= KILL_AFTER ? STEP : GROWTH))) return 0;
    long n = __atomic_add_fetch(&seen, 1, __ATOMIC_SEQ_CST);
    if (mode == COUNT_STEPS || mode == COUNT_GROWTH) note(what, path);
    if (mode == FULL_FROM && n >= at) {
        if (!__atomic_exchange_n(&fired, 1, __ATOMIC_SEQ_CST)) note(what, path);
        return 1;
    }
    if (n != at) return 0;
    if (mode == KILL_BEFORE || mode == KILL_AFTER || mode == FULL_ONCE) note(what, path);
    if (mode == KILL_BEFORE) {
        syscall(SYS_kill, getpid(), SIGKILL);
        for (;;) pause();
    }
    return mode == FULL_ONCE ? 1 : mode == KILL_AFTER ? 2 : 0;
}

static void die(int how) {
    if (how != 2) return;
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;) pause();
}

static const char *of_file(int file, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t size = readlink(link, path, PATH_MAX - 1);
    path[size > 0 ? size : 0] = 0;
    return path;
}

static const char *below(int folder, const char *name, char *path) {
    if (name[0] == '/') return name;
    char base[PATH_MAX];
    if (folder == AT_FDCWD) { if (!getcwd(base, sizeof base)) base[0] = 0; }
    else of_file(folder, base);
    snprintf(path, PATH_MAX, "%.2000s/%.2000s", base, name);
    return path;
}

void fault_arm(int how, long n, const char *folder, int log) {
    char buffer[PATH_MAX];
    strncpy(root, folder, sizeof root - 1);
    rooted = strlen(root);
    at = n; seen = 0; fired = 0; journal = log; (void)buffer;
    mode = how;
}

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, #name)
#define FAIL do { errno = ENOSPC; return -1; } while (0)

#define ON_FILE(type, name, kinds, arguments, call) \
    type name arguments { \
        static type (*real) arguments; \
        if (!real) real = dlsym(RTLD_NEXT, #name); \
        if (!mode) return real call; \
        char path[PATH_MAX]; \
        int how = met(kinds, #name, of_file(file, path)); \
        if (how == 1) FAIL; \
        type result = real call; \
        int kept = errno; die(how); errno = kept; \
        return result; \
    }

ON_FILE(ssize_t, write, GROWTH, (int file, const void *data, size_t size), (file, data, size))
ON_FILE(ssize_t, pwrite, GROWTH, (int file, const void *data, size_t size, off_t place), (file, data, size, place))
ON_FILE(ssize_t, pwrite64, GROWTH, (int file, const void *data, size_t size, off64_t place), (file, data, size, place))
ON_FILE(ssize_t, writev, GROWTH, (int file, const struct iovec *data, int count), (file, data, count))
ON_FILE(ssize_t, pwritev, GROWTH, (int file, const struct iovec *data, int count, off_t place), (file, data, count, place))
ON_FILE(ssize_t, pwritev64, GROWTH, (int file, const struct iovec *data, int count, off64_t place), (file, data, count, place))
ON_FILE(int, ftruncate, GROWTH, (int file, off_t size), (file, size))
ON_FILE(int, ftruncate64, GROWTH, (int file, off64_t size), (file, size))
ON_FILE(int, fallocate, GROWTH, (int file, int how_, off_t place, off_t size), (file, how_, place, size))
ON_FILE(int, fsync, STEP | GROWTH, (int file), (file))
ON_FILE(int, fdatasync, STEP | GROWTH, (int file), (file))

#define ON_PATH(name, kinds, arguments, call, folder, named) \
    int name arguments { \
        static int (*real) arguments; \
        if (!real) real = dlsym(RTLD_NEXT, #name); \
        if (!mode) return real call; \
        char path[PATH_MAX]; \
        int how = met(kinds, #name, below(folder, named, path)); \
        if (how == 1) FAIL; \
        int result = real call; \
        int kept = errno; die(how); errno = kept; \
        return result; \
    }

ON_PATH(rename, STEP | GROWTH, (const char *from, const char *to), (from, to), AT_FDCWD, to)
ON_PATH(renameat, STEP | GROWTH, (int a, const char *from, int b, const char *to), (a, from, b, to), b, to)
ON_PATH(link, STEP | GROWTH, (const char *from, const char *to), (from, to), AT_FDCWD, to)
ON_PATH(linkat, STEP | GROWTH, (int a, const char *from, int b, const char *to, int f), (a, from, b, to, f), b, to)
ON_PATH(symlink, STEP | GROWTH, (const char *from, const char *to), (from, to), AT_FDCWD, to)
ON_PATH(symlinkat, STEP | GROWTH, (const char *from, int b, const char *to), (from, b, to), b, to)
ON_PATH(unlink, STEP, (const char *name), (name), AT_FDCWD, name)
ON_PATH(unlinkat, STEP, (int folder, const char *name, int f), (folder, name, f), folder, name)
ON_PATH(rmdir, STEP, (const char *name), (name), AT_FDCWD, name)
ON_PATH(mkdir, STEP | GROWTH, (const char *name, mode_t m), (name, m), AT_FDCWD, name)
ON_PATH(mkdirat, STEP | GROWTH, (int folder, const char *name, mode_t m), (folder, name, m), folder, name)

/* Opening is an operation that needs room when it makes a file. */
#define OPEN(name, arguments, folder, call) \
    int name arguments { \
        mode_t rights = 0; \
        if (flags & (O_CREAT | __O_TMPFILE)) { va_list rest; va_start(rest, flags); rights = va_arg(rest, mode_t); va_end(rest); } \
        static int (*real) arguments; \
        if (!real) real = dlsym(RTLD_NEXT, #name); \
        if (mode && (flags & O_CREAT)) { \
            char path[PATH_MAX]; struct stat there; \
            const char *whole = below(folder, file, path); \
            if (stat(whole, &there) && met(GROWTH, #name, whole) == 1) FAIL; \
        } \
        return real call; \
    }

OPEN(open, (const char *file, int flags, ...), AT_FDCWD, (file, flags, rights))
OPEN(open64, (const char *file, int flags, ...), AT_FDCWD, (file, flags, rights))
OPEN(openat, (int at_, const char *file, int flags, ...), at_, (at_, file, flags, rights))
OPEN(openat64, (int at_, const char *file, int flags, ...), at_, (at_, file, flags, rights))
