// Who takes writes: whether this server leads its site, follows another, or was replaced.
//
// A site has one leader in each epoch (storage/remote/epoch.h). Which epoch a server has led in
// last, its term, stands in its state folder; 0: it has nothing of its own. It leads as long as it
// knows of no later epoch. What is known of epochs stands in the repository, and comes there with
// what git brings: a leader asks before each write, and so is one no more as soon as the
// repository knows of its successor. Threads: any. Errors: as the repository's and the folder's.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "api/remote/leader_report.h"
#include "storage/git/repository.h"

namespace stet::remote {

enum class Role {
  kLeads,
  kFollows,   // another, whose repository is mirrored
  kReplaced,  // another leads, and which that is was not said: what is here is only read
};

// "leads", "follows", "replaced".
std::string_view name_of(Role role);

struct Epochs {
  std::optional<std::uint64_t> term;  // none: nothing says so yet
  std::uint64_t epoch = 1;            // the latest that is known of

  // Where nobody has said anything, whoever is asked leads.
  bool leads() const { return !term || *term >= epoch; }
};

Result<Epochs> read_epochs(const storage::Repository& repository,
                           const std::filesystem::path& state);

// Durable.
Status write_term(const std::filesystem::path& state, std::uint64_t term);

// Who was told whom to follow does so until it is promoted, which nobody is in epoch 1.
Role role_of(const Epochs& epochs, bool has_leader);

// Makes it the leader, in an epoch of its own, which is returned: the one after the latest that is
// known, and `beyond`, by which two that are promoted apart from each other differ. kConflict: it
// is a leader, and in the latest epoch.
Result<std::uint64_t> promote(const storage::Repository& repository,
                              const std::filesystem::path& state,
                              std::uint64_t beyond = 0);

class Leadership {
 public:
  // `has_leader`: the settings say whom to follow. Writes the term down where there is none.
  static Result<std::unique_ptr<Leadership>> open(const storage::Repository& repository,
                                                  std::filesystem::path state,
                                                  bool has_leader);

  // What this was when it was opened. Whoever serves begins anew when that has_changed().
  Role role() const { return role_; }
  bool has_changed() const;

  // Looks at the repository. Once it is false it stays so.
  bool may_write() const;
  // The latest epoch, as of the last look; and the term, as of the beginning.
  std::uint64_t epoch() const;
  std::uint64_t term() const { return term_; }
  // Why nothing may be written here, in a sentence, with the mend; "": it may.
  std::string refusal() const;

  // Of one that follows: it has all that the leader has, and nothing of its own is left.
  // kUnavailable: it was promoted since it was opened.
  Status forget_term();

  // How it stands to the leader: told by whoever looks there.
  void tell(LeaderReport report);
  LeaderReport report() const;

 private:
  Leadership(const storage::Repository& repository,
             std::filesystem::path state,
             bool has_leader,
             Epochs epochs);

  const storage::Repository& repository_;
  const std::filesystem::path state_;
  const bool has_leader_;
  const std::uint64_t term_;
  const Role role_;
  mutable std::mutex mutex_;  // of what follows
  mutable std::uint64_t epoch_;
  LeaderReport report_;
};

}  // namespace stet::remote
