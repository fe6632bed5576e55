#include "storage/git/handles.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "storage/base/utf8.h"

namespace stet::storage {
namespace {

bool has_any(std::string_view text, std::initializer_list<std::string_view> parts) {
  for (std::string_view part : parts) {
    if (text.find(part) != std::string_view::npos) return true;
  }
  return false;
}

// libgit2 keeps errno's text and not its number.
ErrorCode code_of_os_error(std::string_view message) {
  if (has_any(message, {"Permission denied", "Read-only", "not permitted"})) {
    return ErrorCode::kForbidden;
  }
  return ErrorCode::kUnavailable;
}

ErrorCode code_of(int code, int klass, std::string_view message) {
  switch (code) {
    case GIT_ENOTFOUND:
    case GIT_EUNBORNBRANCH: return ErrorCode::kNotFound;
    case GIT_EEXISTS:
    case GIT_EMODIFIED:
    case GIT_ECONFLICT: return ErrorCode::kConflict;
    case GIT_EAMBIGUOUS:
    case GIT_EINVALIDSPEC:
    case GIT_EINVALID: return ErrorCode::kInvalidInput;
    case GIT_EOWNER: return ErrorCode::kForbidden;
    case GIT_ELOCKED: return ErrorCode::kUnavailable;
    default: break;
  }
  if (klass == GIT_ERROR_NOMEMORY) return ErrorCode::kUnavailable;
  if (klass == GIT_ERROR_OS ||
      has_any(message, {"No space left", "Disk quota", "File too large", "Too many open files"})) {
    return code_of_os_error(message);
  }
  return ErrorCode::kInternal;
}

}  // namespace

Error error_of_git(int code, std::string_view doing) {
  const int number = errno;
  const git_error* last = git_error_last();
  if (code == GIT_ERROR && (!last || !last->message) && number != 0) {
    // libgit2 has nothing to say where a rename fails, for one.
    return unavailable(std::string(doing) + ": " + std::strerror(number));
  }
  std::string message = last && last->message && *last->message
                            ? printable(last->message, 500)
                            : "git refuses, code " + std::to_string(code);
  ErrorCode meaning = code_of(code, last ? last->klass : GIT_ERROR_NONE, message);
  return Error{meaning, std::move(message)}.within(doing);
}

constexpr ssize_t kCacheBytesMax = ssize_t{16} << 20;

void ensure_library() {
  static const bool is_started = [] {
    if (git_libgit2_init() < 0) std::abort();
    git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
    // Of contents, read once each, none are kept; objects.cc relies on it.
    git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_BLOB, std::size_t{0});
    git_libgit2_opts(GIT_OPT_SET_MWINDOW_FILE_LIMIT, kOpenPacksMax);
    // Of the rest, little: what is wanted again objects.h remembers.
    git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, kCacheBytesMax);
    for (int level : {GIT_CONFIG_LEVEL_PROGRAMDATA,
                      GIT_CONFIG_LEVEL_SYSTEM,
                      GIT_CONFIG_LEVEL_XDG,
                      GIT_CONFIG_LEVEL_GLOBAL}) {
      git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "");
    }
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);  // Repository::open has its own
    return true;
  }();
  (void)is_started;
}

}  // namespace stet::storage
