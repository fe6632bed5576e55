// A library for LD_PRELOAD that makes a program's input and output fail: its libraries' (libgit2,
// SQLite) too.
//
// STET_FAULT_UNDER   a folder: only files below it are concerned
// STET_FAULT_WHEN    a file: calls fail while it is there, and not otherwise
// STET_FAULT         what fails and how, by commas: CALL:ERRNO:ONE_IN, such as
// "fsync:5:20,rename:28:50,write:28:30" STET_FAULT_SEED    a number; which calls fail follows from
// it and from their order
//
// CALL is fsync (and fdatasync), rename (and link) or write (and pwrite, ftruncate). A write that
// fails may have written half. It is not linked by anything of ours.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

enum Call { kFsync, kRename, kWrite, kCallCount };
constexpr const char* kNames[kCallCount] = {"fsync", "rename", "write"};

struct Plan {
  char under[1024] = {};
  char when[1024] = {};
  int number[kCallCount] = {};
  std::uint64_t one_in[kCallCount] = {};  // 0: never
  std::uint64_t seed = 1;
};

const Plan& plan() {
  static const Plan made = [] {
    Plan plan;
    auto copy = [](char(&to)[1024], const char* name) {
      const char* value = std::getenv(name);
      if (value) std::snprintf(to, sizeof to, "%s", value);
    };
    copy(plan.under, "STET_FAULT_UNDER");
    copy(plan.when, "STET_FAULT_WHEN");
    if (const char* seed = std::getenv("STET_FAULT_SEED")) {
      plan.seed = std::strtoull(seed, nullptr, 10);
    }
    const char* faults = std::getenv("STET_FAULT");
    for (int call = 0; faults && call < kCallCount; ++call) {
      const char* at = std::strstr(faults, kNames[call]);
      if (at) {
        std::sscanf(
            at + std::strlen(kNames[call]), ":%d:%lu", &plan.number[call], &plan.one_in[call]);
      }
    }
    return plan;
  }();
  return made;
}

// Mixes a count into something that looks drawn by lot (SplitMix64).
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

bool is_under(const char* path) {
  std::size_t length = std::strlen(plan().under);
  return length > 0 && std::strncmp(path, plan().under, length) == 0;
}

// True, with errno set: this call is to fail.
bool fails(Call call, const char* path) {
  static std::atomic<std::uint64_t> count{0};
  const Plan& now = plan();
  if (now.one_in[call] == 0 || !is_under(path)) return false;
  int before = errno;
  bool is_time = now.when[0] == '\0' || ::access(now.when, F_OK) == 0;
  errno = before;
  if (!is_time || mixed(now.seed * 1000003 + count++) % now.one_in[call] != 0) return false;
  errno = now.number[call];
  return true;
}

bool fails(Call call, int fd) {
  if (plan().one_in[call] == 0) return false;
  char link[64], path[1024];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  int before = errno;
  ssize_t length = ::readlink(link, path, sizeof path - 1);
  errno = before;
  if (length <= 0) return false;
  path[length] = '\0';
  return fails(call, path);
}

template <typename Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

int fsync(int fd) {
  static auto* const next = real<int(int)>("fsync");
  return fails(kFsync, fd) ? -1 : next(fd);
}

int fdatasync(int fd) {
  static auto* const next = real<int(int)>("fdatasync");
  return fails(kFsync, fd) ? -1 : next(fd);
}

int rename(const char* from, const char* to) noexcept {
  static auto* const next = real<int(const char*, const char*)>("rename");
  return fails(kRename, to) ? -1 : next(from, to);
}

int link(const char* from, const char* to) noexcept {
  static auto* const next = real<int(const char*, const char*)>("link");
  return fails(kRename, to) ? -1 : next(from, to);
}

ssize_t write(int fd, const void* bytes, size_t count) {
  static auto* const next = real<ssize_t(int, const void*, size_t)>("write");
  if (!fails(kWrite, fd)) return next(fd, bytes, count);
  if (count > 1 && count % 2 == 0) return next(fd, bytes, count / 2);
  return -1;
}

ssize_t pwrite64(int fd, const void* bytes, size_t count, off64_t at) {
  static auto* const next = real<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
  return fails(kWrite, fd) ? -1 : next(fd, bytes, count, at);
}

ssize_t pwrite(int fd, const void* bytes, size_t count, off_t at) {
  static auto* const next = real<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  return fails(kWrite, fd) ? -1 : next(fd, bytes, count, at);
}

int ftruncate64(int fd, off64_t size) noexcept {
  static auto* const next = real<int(int, off64_t)>("ftruncate64");
  return fails(kWrite, fd) ? -1 : next(fd, size);
}

}  // extern "C"
