#include "api/targets/git_branch.h"

#include <algorithm>

#include "storage/repack/repack.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::targets {
namespace {

namespace fs = std::filesystem;
using storage::ChangeSet;
using storage::FileEdit;

constexpr int kAttemptsMax = 5;  // against others who move the branch
constexpr std::size_t kPackContents = 2000;
constexpr std::uint64_t kPackBytes = std::uint64_t{32} << 20;
constexpr std::size_t kPacksMax = 50;  // of our own repository, before they are joined
// Each folder on the way to a page that changes is read once a round.
constexpr std::uint64_t kRememberedBytes = std::uint64_t{14} << 20;
constexpr char kTheirs[] = "refs/stet/theirs";
constexpr char kPushed[] = "refs/stet/pushed";
constexpr char kNoJekyll[] = ".nojekyll";

Result<storage::Repository> open_or_create(const GitBranchSettings& settings) {
  std::error_code failure;
  if (!settings.url.empty() && !fs::exists(settings.repository / "HEAD", failure)) {
    TRY(storage::Repository::create(settings.repository, settings.branch));
  }
  return storage::Repository::open(settings.repository, {.remembered_bytes_max = kRememberedBytes});
}

Result<RepoPath> repo_path(const OutputPath& path) {
  auto parsed = RepoPath::parse(path.view());
  if (parsed) return parsed;
  return invalid_input("git cannot have '" + path.string() + "': " + parsed.error().message +
                       "; give it another permalink");
}

// All that is to be there, whatever the branch has.
std::vector<Change> all_files(const Work& work) {
  std::vector<Change> changes;
  work.live.manifest.entries().for_each([&](const OutputPath& path, const auto& entry) {
    if (!entry.is_stale()) changes.push_back({path, entry});
    return true;
  });
  changes.insert(changes.end(), work.plan.seals.begin(), work.plan.seals.end());
  return changes;
}

std::vector<Change> planned_files(const Work& work) {
  std::vector<Change> changes;
  for (const auto* phase : {&work.plan.assets, &work.plan.pages, &work.plan.seals}) {
    changes.insert(changes.end(), phase->begin(), phase->end());
  }
  return changes;
}

// None where there is no such reference.
std::optional<CommitId> at(const storage::Repository& repository, const std::string& reference) {
  auto commit = repository.resolve(reference);
  return commit ? std::optional(*commit) : std::nullopt;
}

}  // namespace

Result<std::unique_ptr<GitBranch>> GitBranch::open(GitBranchSettings settings, const Clock& clock) {
  if (!storage::is_branch_name(settings.branch)) {
    return invalid_input("branch is the name of one, such as gh-pages, not '" + settings.branch +
                         "'");
  }
  auto repository = TRY(open_or_create(settings));
  const std::string own = repository.path().string();
  auto upstream = TRY(storage::Upstream::open({.repository = repository.path(),
                                               .url = settings.url.empty() ? own : settings.url,
                                               .ssh_key = settings.ssh_key,
                                               .known_hosts = settings.known_hosts,
                                               .credentials = settings.credentials,
                                               .credential_helper = settings.credential_helper,
                                               .wall_ms = settings.seconds_max * 1000}));
  return std::unique_ptr<GitBranch>(
      new GitBranch(std::move(settings), std::move(repository), std::move(upstream), clock));
}

std::string GitBranch::place() const {
  return "branch " + settings_.branch +
         (is_local() ? " of the repository itself" : " of " + upstream_->url());
}

// Of the branch, as far as is known without asking.
Result<std::optional<CommitId>> GitBranch::head(const Work& work) {
  if (is_local()) {
    auto head = repository_.head_of(settings_.branch);
    if (head || head.error().code != ErrorCode::kNotFound) return head;
    return std::optional<CommitId>();
  }
  auto known = CommitId::parse(work.mark);
  if (is_behind_ || !known || !repository_.read_commit(*known)) return fetch();
  return std::optional(*known);
}

Result<std::optional<CommitId>> GitBranch::fetch() {
  if (!TRY(upstream_->list(settings_.branch)).branch) return std::optional<CommitId>();
  TRY(upstream_->fetch(settings_.branch, kTheirs));
  is_behind_ = false;
  return at(repository_, kTheirs);
}

Status GitBranch::add_files(Work& work,
                            const std::vector<Change>& changes,
                            storage::DetachedCommits& made,
                            ChangeSet& into) {
  std::vector<publish::Store::Bytes> held;
  std::vector<std::string_view> contents;
  std::uint64_t bytes = 0;
  std::size_t first = 0;  // of those that are held
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (work.is_over()) return stopping();
    held.push_back(TRY(work.bytes_of(changes[i].path, *changes[i].entry->page())));
    contents.push_back(*held.back());
    bytes += held.back()->size();
    const bool is_last = i + 1 == changes.size();
    if (!is_last && contents.size() < kPackContents && bytes < kPackBytes) continue;
    const auto ids = TRY(made.write_blobs(contents));
    for (std::size_t k = 0; k < ids.size(); ++k) {
      into.edits.push_back({.path = TRY(repo_path(changes[first + k].path)),
                            .content = std::nullopt,
                            .stored = ids[k],
                            .kind = storage::EntryKind::kFile});
    }
    first = i + 1;
    held.clear();
    contents.clear();
    bytes = 0;
  }
  return {};
}

Result<ChangeSet> GitBranch::change_set(Work& work,
                                        const std::optional<CommitId>& head,
                                        storage::DetachedCommits& made) {
  const std::string commit = work.live.commit.hex();
  ChangeSet changes{.author = {settings_.name, settings_.email, {.seconds = clock_.now().seconds}},
                    .message = "Publish " + commit.substr(0, 10),
                    .trailers = {{"Source-Commit", commit}},
                    .edits = {},
                    .preconditions = {}};
  const bool is_known = head && head->hex() == work.mark;
  TRY(add_files(work, is_known ? planned_files(work) : all_files(work), made, changes));
  storage::SnapshotPtr there;
  if (head) there = TRY(storage::open_git_snapshot(repository_, *head));
  auto has = [&](const RepoPath& path) -> Result<bool> {
    return there && TRY(there->find(path)).has_value();
  };
  for (const auto* phase : {&work.plan.clearings, &work.plan.deletions}) {
    for (const Change& change : *phase) {
      RepoPath path = TRY(repo_path(change.path));
      if (TRY(has(path))) changes.edits.push_back({.path = path, .content = std::nullopt});
    }
  }
  RepoPath mark = *RepoPath::parse(kNoJekyll);
  if (!work.live.manifest.find(kNoJekyll) && !TRY(has(mark))) {
    changes.edits.push_back({.path = mark, .content = ""});
  }
  return changes;
}

Result<GitBranch::Handed> GitBranch::hand_over(const std::optional<CommitId>& head,
                                               const CommitId& commit) {
  if (is_local()) {
    Status moved = upstream_->move_reference({.name = "refs/heads/" + settings_.branch,
                                              .from = head,
                                              .to = commit,
                                              .reason = "stet: publish"});
    if (moved) return Handed::kDone;
    if (moved.error().code == ErrorCode::kConflict) return Handed::kBehind;
    return std::move(moved).error();
  }
  // Named here first, so that git's collection leaves it.
  TRY(upstream_->move_reference({.name = kPushed, .from = at(repository_, kPushed), .to = commit}));
  auto outcome = TRY(upstream_->push(commit, settings_.branch));
  using Kind = storage::PushOutcome::Kind;
  if (outcome.kind == Kind::kDone) return Handed::kDone;
  if (outcome.kind == Kind::kRefused) {
    return forbidden(upstream_->url() + " refuses the push: " + outcome.reason);
  }
  is_behind_ = true;
  return Handed::kBehind;
}

Status GitBranch::apply(Work& work) {
  for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
    const auto base = TRY(head(work));
    storage::DetachedCommits made(repository_);
    ChangeSet changes = TRY(change_set(work, base, made));
    const storage::Signature committer = changes.author;
    const auto commit = TRY(made.commit(base, std::move(changes), committer));
    if (!commit.is_unchanged && TRY(hand_over(base, commit.commit)) == Handed::kBehind) continue;
    TRY(work.set_mark(commit.commit.hex()));
    work.mark = commit.commit.hex();
    for (const auto* phase : work.plan.in_order()) TRY(work.confirm(*phase));
    tidy();
    return {};
  }
  return unavailable("others move " + place() + " all the time");
}

// Each publication is a pack or two. Of the served repository somebody takes care already.
void GitBranch::tidy() {
  if (is_local()) return;
  auto counts = storage::count_packs(repository_);
  if (!counts || counts->packs <= kPacksMax) return;
  // What fails is done another time.
  [[maybe_unused]] Status joined =
      storage::repack(repository_, storage::RepackKind::kUsual, clock_);
}

}  // namespace stet::targets
