// What people say of unpublished work: reviews and comments, in the ledger.
//
// Each is of one state of a change, by its commit. Tables of the ledger's file, through a
// connection of their own. Threads: every method from any thread, one at a time inside. Durability:
// as the ledger's. Limits: what a change has of each is bounded by whoever adds it; kConflict then.
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
#include "storage/base/result.h"
#include "storage/sqlite/database.h"

namespace stet::storage {

enum class Verdict { kApprove, kAskForChanges };

struct ReviewRow {
  std::int64_t number = 0;  // their order
  std::string change;
  std::string commit, tree;  // of the change, in hex
  std::string user;          // a user's name, or a token's id
  std::string name, mail;    // as commits have them
  Verdict verdict = Verdict::kApprove;
  std::string body;
  Instant at;
  std::string dismissed_by = {};  // "": it counts
  friend bool operator==(const ReviewRow&, const ReviewRow&) = default;
};

// Numbered in the order in which reviews were dismissed.
struct Dismissal {
  std::int64_t number = 0;
  ReviewRow review;
  friend bool operator==(const Dismissal&, const Dismissal&) = default;
};

struct CommentRow {
  std::int64_t number = 0;
  std::string change;
  std::string commit;
  std::string path;       // "": of the change as such
  std::int64_t line = 0;  // of the file as that commit has it, from 1; 0: of all of it
  std::string user, name;
  std::string body;
  Instant created;
  std::optional<Instant> edited = std::nullopt;
  std::string resolved_by = {};  // "": it is not
  friend bool operator==(const CommentRow&, const CommentRow&) = default;
};

// Who has pushed to the change's branch, and what last.
struct PusherRow {
  std::string change;
  std::string actor;   // a user's name, or a token's id
  std::string commit;  // in hex
  friend bool operator==(const PusherRow&, const PusherRow&) = default;
};

struct CommentQuery {
  std::string change;
  std::optional<std::string> path = std::nullopt;
  std::int64_t after = 0;  // a number
  std::int64_t rows_max = 100;
};

struct CommentCounts {
  std::int64_t comments = 0, unresolved = 0;
};

class Reviews {
 public:
  // The ledger's file, which Ledger::open() has made.
  static Result<std::unique_ptr<Reviews>> open(const std::filesystem::path& ledger);

  Result<std::int64_t> add_review(const ReviewRow& review, std::int64_t rows_max);
  Result<std::vector<ReviewRow>> reviews(std::string_view change);  // the oldest first

  Result<ReviewRow> review(std::string_view change, std::int64_t number);  // kNotFound
  // Once; who did it first stays. kNotFound.
  Status dismiss_review(std::string_view change, std::int64_t number, std::string_view by);

  // Of all changes, those behind that number, the oldest first.
  Result<std::vector<ReviewRow>> reviews_after(std::int64_t number, std::int64_t rows_max);
  Result<std::vector<CommentRow>> comments_after(std::int64_t number, std::int64_t rows_max);
  Result<std::vector<Dismissal>> dismissals_after(std::int64_t number, std::int64_t rows_max);

  Result<std::int64_t> add_comment(const CommentRow& comment, std::int64_t rows_max);
  Result<std::vector<CommentRow>> comments(const CommentQuery& query);       // the oldest first
  Result<CommentRow> comment(std::string_view change, std::int64_t number);  // kNotFound
  Status change_comment(const CommentRow& comment);  // body, edited and resolved_by; kNotFound
  Status remove_comment(std::string_view change, std::int64_t number);  // kNotFound
  Result<CommentCounts> count_comments(std::string_view change);

  // Beside what the commits say, which whoever pushes them writes.
  Status note_pusher(const PusherRow& pusher);
  Result<std::vector<PusherRow>> pushers(std::string_view change);

  // All that is said of a change that is gone.
  Status forget(std::string_view change);

 private:
  explicit Reviews(Database database) : database_(std::move(database)) {}
  Status check_room(std::string_view table, std::string_view change, std::int64_t rows_max);

  std::mutex mutex_;
  Database database_;
};

}  // namespace stet::storage
