#include "storage/commit/committer.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

#include "storage/base/durable_file.h"
#include "storage/commit/branch_lock.h"
#include "storage/commit/commit_chain.h"
#include "storage/commit/held_branch.h"
#include "storage/commit/pack_writer.h"
#include "storage/commit/prepared_change.h"
#include "storage/git/objects.h"

namespace stet::storage {
namespace {

// A pause that doubles to 64 ms, spread by the bytes of the commit that lost: two servers that
// collide made different commits, so they will not collide again in step.
std::chrono::microseconds pause_before(int attempt, const CommitId& lost) {
  std::int64_t most_us = std::int64_t{1000} << std::min(attempt, 6);
  std::int64_t spread = lost.bytes()[0] * 256 + lost.bytes()[1];
  return std::chrono::microseconds(most_us / 4 + most_us * 3 / 4 * spread / 65536);
}

enum class Move {
  kDone,
  kLost,    // somebody else has moved it
  kLocked,  // somebody else holds its lock
  kGone,    // the new commit is not there any more
};

// Lost so often, a group takes the branch's lock before it is built, and not after. Who has then
// taken longer than this to build it lets go, for a lock of 10 seconds is taken for nobody's.
constexpr int kLosesMax = 3;
constexpr std::int64_t kHoldNsMax = 5'000'000'000;

}  // namespace

class Committer::Worker {
 public:
  Worker(Repository repository, CommitterSettings settings, const Clock& clock)
      : repository_(std::move(repository)),
        settings_(std::move(settings)),
        clock_(clock),
        lock_(repository_.path(), settings_.branch, clock, settings_.note) {}

  ~Worker() {
    {
      std::lock_guard guard(mutex_);
      is_stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
    for (Waiting& waiting : queue_) answer(waiting, stopping());
  }

  Status start() {
    had_commits_ = TRY(repository_.head_of(settings_.branch)).has_value();
    TRY(refuse_symbolic_branch());
    TRY(signature_line({settings_.name, settings_.email, {}}));
    if ((settings_.name + settings_.email).find_first_of("<>") != std::string::npos) {
      return invalid_input("the committer's name and address have no '<' and no '>'");
    }
    lock_.remove_if_old();
    if (std::size_t count = sweep_half_packs(repository_.path(), clock_); count > 0) {
      settings_.note("removed " + std::to_string(count) +
                     " half-written packs, which a killed process had left");
    }
    thread_ = std::thread([this] { run(); });
    return {};
  }

  Result<Committed> commit(ChangeSet change_set) {
    Waiting waiting;
    waiting.change = TRY(prepare(std::move(change_set), settings_.limits));
    return wait(std::move(waiting));
  }

  Result<Committed> commit_on_head(DecideOnHead decide) {
    Waiting waiting;
    waiting.decide = std::move(decide);
    return wait(std::move(waiting));
  }

  void come() {
    std::lock_guard guard(mutex_);
    ++present_;
  }

  void leave() {
    bool is_awaited = false;
    {
      std::lock_guard guard(mutex_);
      --present_;
      is_awaited = !queue_.empty() && is_enough();
    }
    if (is_awaited) changed_.notify_all();
  }

  std::size_t waiting() const { return waiting_; }
  const std::string& branch() const { return settings_.branch; }

 private:
  struct Waiting {
    PreparedChange change;
    DecideOnHead decide;  // instead of the change
    std::promise<Result<Committed>> answer;
  };
  using Group = std::vector<Waiting>;

  Result<Committed> wait(Waiting waiting) {
    auto outcome = waiting.answer.get_future();
    bool is_awaited = false;
    {
      std::lock_guard guard(mutex_);
      if (is_stopping_) return stopping();
      if (queue_.size() >= settings_.limits.queue_max) {
        return unavailable("too many changes are waiting to be committed: try again");
      }
      queue_.push_back(std::move(waiting));
      ++waiting_;
      is_awaited = queue_.size() == 1 || is_enough();
    }
    if (is_awaited) changed_.notify_all();
    return outcome.get();
  }

  void answer(Waiting& waiting, Result<Committed> outcome) {
    --waiting_;
    waiting.answer.set_value(std::move(outcome));
  }

  static Error stopping() { return unavailable("the server is stopping: try again"); }

  Status refuse_symbolic_branch() {
    auto lease = TRY(repository_.objects().lease());
    auto reference = make<ReferenceHandle>(
        "read branch", git_reference_lookup, lease.repository(), reference_name().c_str());
    if (!reference || git_reference_type(reference->get()) != GIT_REFERENCE_SYMBOLIC) return {};
    return invalid_input("the branch '" + settings_.branch + "' only points to '" +
                         git_reference_symbolic_target(reference->get()) + "': name that one");
  }

  std::string reference_name() const { return "refs/heads/" + settings_.branch; }

  void run() {
    for (;;) {
      Group group = take_group();
      if (group.empty()) return;
      commit_group(group);
    }
  }

  // With the lock.
  bool is_enough() const {
    return queue_.size() * 2 >= present_ || queue_.size() >= settings_.limits.group_max;
  }

  // What waits, up to a group's limits; nothing when it is time to stop. What is yet to be decided
  // is a group of its own.
  Group take_group() {
    std::unique_lock guard(mutex_);
    changed_.wait(guard, [this] { return is_stopping_ || !queue_.empty(); });
    if (!is_stopping_ && !is_enough()) {
      changed_.wait_for(guard, std::chrono::nanoseconds(settings_.limits.gather_ns_max), [this] {
        return is_stopping_ || is_enough();
      });
    }
    Group group;
    if (is_stopping_) return group;
    std::uint64_t bytes = 0;
    while (!queue_.empty() && group.size() < settings_.limits.group_max &&
           bytes <= settings_.limits.group_bytes_max) {
      bool is_decided = !queue_.front().decide;
      if (!is_decided && !group.empty()) break;
      bytes += queue_.front().change.bytes;
      group.push_back(std::move(queue_.front()));
      queue_.pop_front();
      if (!is_decided) break;
    }
    return group;
  }

  // A group on one head, its objects stored.
  struct Built {
    std::optional<CommitId> head;
    CommitChain chain;
    std::vector<Result<Committed>> outcomes;
    std::unique_ptr<PreparedChange> decided = {};  // the chain's objects point into it
    PackKeep keep = {};                            // until the branch is moved
  };

  void commit_group(Group& group) {
    std::optional<Built> built;
    Status landed = land(group, built);
    if (built) built->keep = PackKeep();
    for (std::size_t i = 0; i < group.size(); ++i) {
      answer(group[i], landed ? std::move(built->outcomes[i]) : landed.error());
    }
  }

  Status land(const Group& group, std::optional<Built>& built) {
    Move move = Move::kLost;
    for (int attempt = 0; attempt < settings_.limits.attempts_max; ++attempt) {
      move = TRY(attempt < kLosesMax ? try_once(group, built) : try_with_lock(group, built));
      if (move == Move::kDone) return {};
      if (move == Move::kGone) built.reset();
      if (move == Move::kLocked && lock_.remove_if_stuck()) continue;
      TRY(pause(pause_before(attempt, built ? *built->chain.newest() : CommitId())));
    }
    return gave_up(move);
  }

  Result<Move> try_once(const Group& group, std::optional<Built>& built) {
    auto head = TRY(repository_.head_of(settings_.branch));
    if (!built || built->head != head) TRY(build(group, head, built));
    if (!built->chain.has_moved()) return Move::kDone;
    auto held = TRY(HeldBranch::take(repository_, reference_name()));
    if (!held) return Move::kLocked;
    if (TRY(repository_.head_of(settings_.branch)) != head) return Move::kLost;
    return move(*held, *built);
  }

  Result<Move> try_with_lock(const Group& group, std::optional<Built>& built) {
    auto held = TRY(HeldBranch::take(repository_, reference_name()));
    if (!held) return Move::kLocked;
    std::int64_t since_ns = clock_.monotonic_ns();
    auto head = TRY(repository_.head_of(settings_.branch));
    if (!built || built->head != head) TRY(build(group, head, built));
    if (!built->chain.has_moved()) return Move::kDone;
    if (clock_.monotonic_ns() - since_ns > kHoldNsMax) return Move::kLost;
    return move(*held, *built);
  }

  // The lock is held, and the branch is where `built` begins. What was built is kept, so a look at
  // its files is enough; what others have stored may have been collected meanwhile.
  Result<Move> move(HeldBranch& held, const Built& built) {
    const CommitId& to = *built.chain.newest();
    if (built.chain.is_forwarded() ? is_gone(to) : !built.keep.has_pack()) return Move::kGone;
    TRY(held.move(to, {settings_.name, settings_.email, {clock_.now().seconds}}));
    if (!built.head) TRY(sync_branch_folders());
    return Move::kDone;
  }

  Error gave_up(Move last) const {
    if (last == Move::kLocked) {
      return unavailable("the branch '" + settings_.branch + "' is locked by '" +
                         lock_.path().string() +
                         "': try again; it goes after 10 seconds if "
                         "whoever made it is gone");
    }
    return unavailable("others keep moving the branch '" + settings_.branch + "': try again");
  }

  Status build(const Group& group,
               const std::optional<CommitId>& head,
               std::optional<Built>& built) {
    // A first commit on a branch that was deleted would be a site of one file.
    if (!head && had_commits_) {
      return not_found("the branch '" + settings_.branch + "' is gone: push it again");
    }
    had_commits_ = head.has_value();
    built.emplace(Built{head, TRY(CommitChain::start(repository_, head)), {}});
    Signature committer{settings_.name, settings_.email, {}};
    committer.when.seconds = clock_.now().seconds;
    std::string committer_line = TRY(signature_line(committer));
    for (const Waiting& waiting : group) {
      built->outcomes.push_back(waiting.decide ? decide(waiting, *built, committer_line)
                                               : built->chain.add(waiting.change, committer_line));
    }
    if (built->chain.objects().all().empty()) return {};
    built->keep = TRY(write_pack(repository_.path(), built->chain.objects().all()));
    built->chain.objects().remember();
    return {};
  }

  Result<Committed> decide(const Waiting& waiting,
                           Built& built,
                           const std::string& committer_line) {
    HeadStep step = TRY(waiting.decide(built.head));
    if (const auto* commit = std::get_if<CommitId>(&step)) {
      if (built.head != *commit) TRY(sync_packs());
      return built.chain.forward(*commit);
    }
    built.decided = std::make_unique<PreparedChange>(
        TRY(prepare(std::get<ChangeSet>(std::move(step)), settings_.limits)));
    return built.chain.add(*built.decided, committer_line);
  }

  // A commit that somebody else has stored (git, of a push or a fetch) lies in a pack whose name is
  // in a folder that git does not sync; the branch must not be more lasting than that.
  Status sync_packs() {
    std::error_code failure;
    auto folder = repository_.path() / "objects" / "pack";
    return std::filesystem::is_directory(folder, failure) ? sync_folder(folder) : Status();
  }

  // From disk, whatever this process remembers of it; a second time with a new handle.
  bool is_gone(const CommitId& commit) const {
    git_oid oid = to_git(commit);
    for (bool is_again : {false, true}) {
      if (is_again && !repository_.refresh()) return false;
      auto lease = repository_.objects().lease();
      if (!lease || git_odb_exists(lease->odb(), &oid)) return false;
    }
    return true;
  }

  // The first commit of a branch "a/b" makes the folder "a", of which libgit2 syncs only the
  // inside.
  Status sync_branch_folders() {
    auto folder = lock_.path().parent_path();
    for (; folder != repository_.path() && folder.has_relative_path();
         folder = folder.parent_path()) {
      TRY(sync_folder(folder));
    }
    return {};
  }

  Status pause(std::chrono::microseconds time) {
    std::unique_lock guard(mutex_);
    if (changed_.wait_for(guard, time, [this] { return is_stopping_; })) return stopping();
    return {};
  }

  const Repository repository_;
  const CommitterSettings settings_;
  const Clock& clock_;
  BranchLock lock_;
  bool had_commits_ = false;  // the worker's, once it runs

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiting> queue_;  // under mutex_
  bool is_stopping_ = false;   // under mutex_
  std::size_t present_ = 0;    // under mutex_
  std::atomic<std::size_t> waiting_{0};
  std::thread thread_;
};

Committer::Committer(std::unique_ptr<Worker> worker) : worker_(std::move(worker)) {}
Committer::~Committer() = default;

Result<std::unique_ptr<Committer>> Committer::open(const Repository& repository,
                                                   CommitterSettings settings,
                                                   const Clock& clock) {
  auto worker = std::make_unique<Worker>(repository, std::move(settings), clock);
  TRY(worker->start());
  return std::unique_ptr<Committer>(new Committer(std::move(worker)));
}

Committer::Presence::Presence(Committer& committer) : worker_(*committer.worker_) {
  worker_.come();
}

Committer::Presence::~Presence() { worker_.leave(); }

Result<Committed> Committer::commit(ChangeSet change_set) {
  return worker_->commit(std::move(change_set));
}

Result<Committed> Committer::commit_on_head(DecideOnHead decide) {
  return worker_->commit_on_head(std::move(decide));
}

std::size_t Committer::waiting() const { return worker_->waiting(); }
const std::string& Committer::branch() const { return worker_->branch(); }

}  // namespace stet::storage
