// What publishing targets are known to hold: files by their paths, and how the last round ended.
//
// A file of its own that may be deleted: then everything is written to the targets again, and what
// they hold beyond the site is nobody's. Before a target is touched its paths are noted as ours
// with a content that nobody knows (intend), afterwards with what is there (confirm): whatever a
// crash leaves is ours, and is written again or deleted. Threads: every method from any thread, one
// at a time inside; several processes. Durability: a confirm may be lost to a power cut, an intend
// is not.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/clock.h"
#include "storage/base/hash.h"
#include "storage/base/result.h"
#include "storage/sqlite/database.h"

namespace stet::storage {

// What a target holds at a path.
struct HeldFile {
  struct Content {
    ContentHash hash;
    std::uint64_t bytes = 0;
    std::string type;
    int status = 200;
  };
  std::string path;
  std::optional<Content> content;  // none: nobody knows
};

struct TargetRow {
  std::string name;
  std::string kind;    // "s3"
  std::string place;   // where it is, as it may be shown
  std::string mark;    // what the target itself wants to remember, such as a commit
  std::string commit;  // of the site, in hex, that it came to hold; "": none yet
  std::uint64_t files = 0;
  std::uint64_t behind = 0;  // files that were still to be written when it ended
  std::optional<Instant> succeeded = {}, failed = {};  // last
  std::string error = {};                              // of the last round; "": it was good
};

class TargetState {
 public:
  // Makes the file where it is missing.
  static Result<std::unique_ptr<TargetState>> open(const std::filesystem::path& file);

  struct Begun {
    std::string name, kind, place;
    std::string address;  // where exactly: of another one nothing is known
    std::string manner;   // how files are written: in another one all are written again
  };
  // To be called before all else of a target.
  Status begin(const Begun& target);
  Result<std::vector<HeldFile>> files(const std::string& target);

  Status intend(const std::string& target, const std::vector<std::string>& paths);
  struct Confirmed {
    std::vector<HeldFile> there;
    std::vector<std::string> gone;
    std::vector<std::string> purge;  // URLs that caches are to be told of
  };
  Status confirm(const std::string& target, const Confirmed& confirmed);

  // In the order they came, each once.
  Result<std::vector<std::string>> purges(const std::string& target, std::int64_t rows_max);
  // "": there is none.
  Result<std::string> newest_purge(const std::string& target);
  Status forget_purges(const std::string& target, const std::vector<std::string>& urls);

  Status set_mark(const std::string& target, const std::string& mark);
  Status note_success(const std::string& target, const std::string& commit, Instant now);
  Status note_failure(const std::string& target,
                      const std::string& error,
                      std::uint64_t behind,
                      Instant now);
  // By name. kNotFound: there is no such target.
  Result<TargetRow> target(const std::string& name);
  Result<std::vector<TargetRow>> targets();

  // SHA-256 of contents, remembered, for they cost a read each.
  Result<std::optional<std::string>> sha256_of(const ContentHash& content);
  Status remember_sha256(const ContentHash& content, std::string_view sha256);

 private:
  explicit TargetState(Database database) : database_(std::move(database)) {}

  std::mutex mutex_;
  Database database_;
};

}  // namespace stet::storage
