// SPDX-License-Identifier: Apache-2.0
/*
 * Stands between a process and its disk (LD_PRELOAD, Linux with glibc). It sees what is done to the
 * files below MUSTER_DISK_FOLDER, and what leaves over sockets.
 *
 * MUSTER_DISK_LOG   a file that everything is written to, in order: what power loss may undo is in it.
 * MUSTER_DISK_ORDER a file of 64-bit numbers, shared with the parent, which may change them at any
 *                   time: how the disk is to fail (enum order).
 *
 * One lock is held over each call and its line in the log, so the log has the order of the calls.
 * What is mapped into memory is not seen; of SQLite that is the index of its log, built anew anyway.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* The numbers in MUSTER_DISK_ORDER. */
enum order {
  SYNC_FAILS_AT,  /* the sync with this number fails with EIO; 0 for none */
  WRITE_FAILS_AT, /* the write with this number fails with EIO; 0 for none */
  SYNC_DELAY,     /* every sync takes this many microseconds more */
  ROOM_ON,        /* 1: the disk has only ROOM bytes */
  ROOM,           /* how many bytes are free */
  SYNCS,          /* counted here: syncs */
  WRITES,         /* counted here: writes */
  REFUSED,        /* counted here: writes refused for want of room */
  SIZE,           /* what statvfs says the disk holds when ROOM_ON */
  CLAIMED,        /* what statvfs says is free beyond ROOM, as where others write too */
  ORDERS = 16
};

struct line {
  uint8_t kind;
  uint8_t none;
  uint16_t path;
  uint32_t data;
  int64_t at;
};

static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static char folder[PATH_MAX];
static size_t folder_length;
static int log_file = -1;
static volatile int64_t *order;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
  const char *where = getenv("MUSTER_DISK_FOLDER");
  const char *log = getenv("MUSTER_DISK_LOG");
  const char *orders = getenv("MUSTER_DISK_ORDER");
  if (where == NULL) return;
  strncpy(folder, where, sizeof folder - 1);
  folder_length = strlen(folder);
  if (log != NULL) {
    log_file = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
  if (orders != NULL) {
    int file = (int)syscall(SYS_openat, AT_FDCWD, orders, O_RDWR | O_CLOEXEC, 0);
    void *at = mmap(NULL, ORDERS * 8, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (at != MAP_FAILED) order = at;
    syscall(SYS_close, file);
  }
}

static int is_ours(const char *path) {
  return folder_length > 0 && strncmp(path, folder, folder_length) == 0 &&
         (path[folder_length] == '/' || path[folder_length] == 0);
}

/* Writes the whole path of an open file; returns whether it is below the folder. */
static int is_our_file(int file, char *path) {
  char link[40] = "/proc/self/fd/";
  char digits[12];
  int n = 0, left = file;
  if (folder_length == 0 || file < 0) return 0;
  do digits[n++] = (char)('0' + left % 10); while ((left /= 10) > 0);
  char *end = link + strlen(link);
  while (n > 0) *end++ = digits[--n];
  *end = 0;
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_ours(path) && strstr(path, " (deleted)") == NULL;
}

static void put(const void *bytes, size_t length) {
  const char *from = bytes;
  while (length > 0) {
    ssize_t done = syscall(SYS_write, log_file, from, length);
    if (done <= 0) abort();
    from += done;
    length -= (size_t)done;
  }
}

static void note(char kind, const char *path, int64_t at, const void *data, size_t length) {
  if (log_file < 0) return;
  const char *below = path == NULL ? "" : path + folder_length;
  struct line line = {(uint8_t)kind, 0, (uint16_t)strlen(below), (uint32_t)length, at};
  put(&line, sizeof line);
  put(below, line.path);
  if (length > 0) put(data, length);
}

/* Faults of single calls are for what is acknowledged, the database, its log and the spool, not for
   notes beside them. */
static int is_database(const char *path) {
  return strstr(path, "/muster.db") != NULL || strstr(path, "/muster.spool") != NULL;
}

/* Returns 0, or the error that this write has to fail with. */
static int trouble_of_write(int file, const char *path, off_t at, size_t length) {
  if (order == NULL) return 0;
  if (is_database(path) && ++order[WRITES] == order[WRITE_FAILS_AT]) return EIO;
  struct stat64 now;
  if (!order[ROOM_ON] || fstat64(file, &now) != 0) return 0;
  int64_t more = (int64_t)at + (int64_t)length - (int64_t)now.st_size;
  if (more <= 0) return 0;
  if (more > order[ROOM]) {
    order[REFUSED]++;
    return ENOSPC;
  }
  order[ROOM] -= more;
  return 0;
}

static void give_back(int64_t bytes) {
  if (order != NULL && order[ROOM_ON] && bytes > 0) order[ROOM] += bytes;
}

static ssize_t written(int file, const char *path, const void *from, size_t length, off_t at, int seek) {
  int trouble = trouble_of_write(file, path, at, length);
  if (trouble != 0) {
    errno = trouble;
    return -1;
  }
  ssize_t done = seek ? REAL(pwrite64)(file, from, length, at) : REAL(write)(file, from, length);
  if (done > 0) note('W', path, at, from, (size_t)done);
  return done;
}

ssize_t pwrite64(int file, const void *from, size_t length, off64_t at) {
  char path[PATH_MAX];
  if (!is_our_file(file, path)) return REAL(pwrite64)(file, from, length, at);
  pthread_mutex_lock(&lock);
  ssize_t done = written(file, path, from, length, at, 1);
  int error = errno;
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}

ssize_t pwrite(int file, const void *from, size_t length, off_t at) {
  return pwrite64(file, from, length, at);
}

/* What goes out over a socket counts when it acknowledges or asks something. */
static int is_said(const void *from, size_t length) {
  return length > 12 && (memcmp(from, "HTTP/1.1 202", 12) == 0 || memcmp(from, "POST ", 5) == 0);
}

ssize_t write(int file, const void *from, size_t length) {
  char path[PATH_MAX];
  if (log_file >= 0 && is_said(from, length) && !is_our_file(file, path)) {
    pthread_mutex_lock(&lock);
    note('S', NULL, file, from, length);
    ssize_t done = REAL(write)(file, from, length);
    int error = errno;
    pthread_mutex_unlock(&lock);
    errno = error;
    return done;
  }
  if (!is_our_file(file, path)) return REAL(write)(file, from, length);
  pthread_mutex_lock(&lock);
  int flags = fcntl(file, F_GETFL);
  off_t at = flags & O_APPEND ? lseek(file, 0, SEEK_END) : lseek(file, 0, SEEK_CUR);
  ssize_t done = written(file, path, from, length, at, 0);
  int error = errno;
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}

ssize_t writev(int file, const struct iovec *parts, int count) {
  if (log_file >= 0 && count > 0 && is_said(parts[0].iov_base, parts[0].iov_len)) {
    size_t length = 0;
    for (int i = 0; i < count; i++) length += parts[i].iov_len;
    char *all = malloc(length), *end = all;
    if (all == NULL) abort();
    for (int i = 0; i < count; i++) {
      memcpy(end, parts[i].iov_base, parts[i].iov_len);
      end += parts[i].iov_len;
    }
    pthread_mutex_lock(&lock);
    note('S', NULL, file, all, length);
    pthread_mutex_unlock(&lock);
    free(all);
  }
  return REAL(writev)(file, parts, count);
}

static int synced(int file, int data_only) {
  char path[PATH_MAX];
  if (!is_our_file(file, path)) return data_only ? REAL(fdatasync)(file) : REAL(fsync)(file);
  pthread_mutex_lock(&lock);
  int done = 0;
  if (order != NULL && order[SYNC_DELAY] > 0) {
    struct timespec wait = {order[SYNC_DELAY] / 1000000, order[SYNC_DELAY] % 1000000 * 1000};
    nanosleep(&wait, NULL);
  }
  if (order != NULL && is_database(path) && ++order[SYNCS] == order[SYNC_FAILS_AT]) {
    errno = EIO;
    done = -1;
  } else {
    done = data_only ? REAL(fdatasync)(file) : REAL(fsync)(file);
  }
  if (done == 0) note('Y', path, 0, NULL, 0);
  int error = errno;
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}

int fsync(int file) { return synced(file, 0); }

int fdatasync(int file) { return synced(file, 1); }

int ftruncate64(int file, off64_t length) {
  char path[PATH_MAX];
  if (!is_our_file(file, path)) return REAL(ftruncate64)(file, length);
  pthread_mutex_lock(&lock);
  struct stat64 before;
  int known = fstat64(file, &before);
  int done = REAL(ftruncate64)(file, length);
  if (done == 0) {
    note('T', path, length, NULL, 0);
    if (known == 0) give_back((int64_t)before.st_size - (int64_t)length);
  }
  pthread_mutex_unlock(&lock);
  return done;
}

int ftruncate(int file, off_t length) { return ftruncate64(file, length); }

int unlink(const char *path) {
  if (!is_ours(path)) return REAL(unlink)(path);
  pthread_mutex_lock(&lock);
  struct stat64 before;
  int known = stat64(path, &before);
  int done = REAL(unlink)(path);
  if (done == 0) {
    note('U', path, 0, NULL, 0);
    if (known == 0) give_back((int64_t)before.st_size);
  }
  int error = errno;
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}

int rename(const char *from, const char *to) {
  if (!is_ours(from) || !is_ours(to)) return REAL(rename)(from, to);
  pthread_mutex_lock(&lock);
  int done = REAL(rename)(from, to);
  if (done == 0) note('R', from, 0, to + folder_length, strlen(to + folder_length));
  int error = errno;
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}

int open64(const char *path, int flags, ...) {
  mode_t mode = 0;
  if (flags & (O_CREAT | O_TMPFILE)) {
    va_list more;
    va_start(more, flags);
    mode = va_arg(more, mode_t);
    va_end(more);
  }
  if (!is_ours(path) || !(flags & (O_CREAT | O_TRUNC))) return REAL(open64)(path, flags, mode);
  pthread_mutex_lock(&lock);
  struct stat64 before;
  int there = stat64(path, &before) == 0;
  int file = REAL(open64)(path, flags, mode);
  if (file >= 0 && (!there || flags & O_TRUNC)) {
    note(there ? 'T' : 'N', path, 0, NULL, 0);
    if (there) give_back((int64_t)before.st_size);
  }
  int error = errno;
  pthread_mutex_unlock(&lock);
  errno = error;
  return file;
}

int open(const char *path, int flags, ...) {
  mode_t mode = 0;
  if (flags & (O_CREAT | O_TMPFILE)) {
    va_list more;
    va_start(more, flags);
    mode = va_arg(more, mode_t);
    va_end(more);
  }
  return open64(path, flags, mode);
}

int statvfs64(const char *path, struct statvfs64 *into) {
  int done = REAL(statvfs64)(path, into);
  if (done == 0 && order != NULL && order[ROOM_ON] && is_ours(path)) {
    into->f_blocks = (uint64_t)order[SIZE] / into->f_frsize;
    into->f_bfree = (uint64_t)(order[ROOM] + order[CLAIMED]) / into->f_frsize;
    into->f_bavail = into->f_bfree;
  }
  return done;
}

int statvfs(const char *path, struct statvfs *into) { return statvfs64(path, (struct statvfs64 *)into); }
