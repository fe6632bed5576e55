#include "api/remote/leadership.h"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "api/remote/live_mark.h"
#include "storage/base/descriptor.h"
#include "storage/base/durable_file.h"
#include "storage/remote/epoch.h"

namespace stet::remote {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kTermBytesMax = 32;

fs::path term_file(const fs::path& state) { return state / "term"; }

// Who has it changes the term alone.
Result<Descriptor> lock_term(const fs::path& state) {
  const fs::path file = state / "term.lock";
  Descriptor lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock || ::flock(lock.get(), LOCK_EX) != 0) return error_of_errno("lock", file);
  return lock;
}

Result<std::optional<std::uint64_t>> read_term(const fs::path& state) {
  auto text = read_file(term_file(state), kTermBytesMax);
  if (!text && text.error().code == ErrorCode::kNotFound) return std::optional<std::uint64_t>();
  if (!text) return std::move(text).error();
  std::uint64_t term = 0;
  const char* end = text->data() + text->size();
  const auto [rest, failure] = std::from_chars(text->data(), end, term);
  if (failure == std::errc() && rest + 1 == end && *rest == '\n') return std::optional(term);
  return invalid_input("'" + term_file(state).string() +
                       "' is not the number of an epoch; `stet promote` writes it anew");
}

}  // namespace

std::string_view name_of(Role role) {
  switch (role) {
    case Role::kLeads: return "leads";
    case Role::kFollows: return "follows";
    case Role::kReplaced: return "replaced";
  }
  return "";
}

std::string_view name_of(LeaderState state) {
  switch (state) {
    case LeaderState::kNever: return "never";
    case LeaderState::kInStep: return "in_step";
    case LeaderState::kFailing: return "failing";
    case LeaderState::kOutdated: return "outdated";
  }
  return "";
}

Result<Epochs> read_epochs(const storage::Repository& repository, const fs::path& state) {
  return Epochs{.term = TRY(read_term(state)), .epoch = TRY(storage::read_epoch(repository))};
}

Status write_term(const fs::path& state, std::uint64_t term) {
  return write_durably(term_file(state), std::to_string(term) + "\n");
}

Role role_of(const Epochs& epochs, bool has_leader) {
  const bool was_promoted = epochs.term && *epochs.term > 1;
  if (epochs.leads() && (was_promoted || !has_leader)) return Role::kLeads;
  return has_leader ? Role::kFollows : Role::kReplaced;
}

Result<std::uint64_t> promote(const storage::Repository& repository,
                              const fs::path& state,
                              std::uint64_t beyond) {
  const Descriptor lock = TRY(lock_term(state));
  auto term = read_term(state);
  const std::uint64_t known = TRY(storage::read_epoch(repository));
  if (term && *term && **term > 1 && **term >= known) {
    return conflict("it leads already, in epoch " + std::to_string(**term));
  }
  // What the leader said last may not have been taken over yet.
  const std::uint64_t said = TRY(storage::read_epoch(repository, kMirroredEpoch));
  const std::uint64_t epoch = std::max(known, said) + 1 + beyond;
  TRY(storage::raise_epoch(repository, epoch));
  TRY(write_term(state, epoch));
  return epoch;
}

Leadership::Leadership(const storage::Repository& repository,
                       fs::path state,
                       bool has_leader,
                       Epochs epochs)
    : repository_(repository),
      state_(std::move(state)),
      has_leader_(has_leader),
      term_(epochs.term.value_or(0)),
      role_(role_of(epochs, has_leader)),
      epoch_(epochs.epoch) {}

Result<std::unique_ptr<Leadership>> Leadership::open(const storage::Repository& repository,
                                                     fs::path state,
                                                     bool has_leader) {
  Epochs epochs = TRY(read_epochs(repository, state));
  if (!epochs.term) {
    epochs.term = has_leader ? 0 : epochs.epoch;
    TRY(write_term(state, *epochs.term));
  }
  return std::unique_ptr<Leadership>(
      new Leadership(repository, std::move(state), has_leader, epochs));
}

bool Leadership::has_changed() const {
  auto epochs = read_epochs(repository_, state_);
  return epochs && role_of(*epochs, has_leader_) != role_;
}

bool Leadership::may_write() const {
  if (role_ != Role::kLeads) return false;
  auto found = storage::read_epoch(repository_);
  std::lock_guard lock(mutex_);
  if (found) epoch_ = std::max(epoch_, *found);
  return found && epoch_ <= term_;
}

std::uint64_t Leadership::epoch() const {
  std::lock_guard lock(mutex_);
  return epoch_;
}

std::string Leadership::refusal() const {
  if (role_ == Role::kFollows) {
    return "this server follows another and takes no writes; send them to its leader, or make it "
           "the leader by `stet promote`";
  }
  const std::uint64_t epoch = this->epoch();
  if (role_ == Role::kLeads && epoch <= term_) return "";
  return "another server leads this site since epoch " + std::to_string(epoch) +
         "; this one has led in epoch " + std::to_string(term_) +
         " and takes no writes any more: send them there";
}

Status Leadership::forget_term() {
  const Descriptor lock = TRY(lock_term(state_));
  if (TRY(read_term(state_)) != term_) return unavailable("this server was promoted meanwhile");
  return write_term(state_, 0);
}

void Leadership::tell(LeaderReport report) {
  std::lock_guard lock(mutex_);
  report_ = std::move(report);
}

LeaderReport Leadership::report() const {
  std::lock_guard lock(mutex_);
  return report_;
}

}  // namespace stet::remote
