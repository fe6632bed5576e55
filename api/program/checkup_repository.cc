#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "api/git/hook_files.h"
#include "api/program/checkup.h"
#include "api/program/command.h"
#include "storage/base/utf8.h"
#include "storage/process/git_command.h"
#include "storage/remote/git_child.h"
#include "storage/repack/repack_lock.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kFsckWallMs = 6 * 3'600'000;
constexpr std::size_t kComplaintsMax = 5;
constexpr std::int64_t kLockSecondsMax = 600;
constexpr std::size_t kPathsMax = 200'000;  // that are looked at for their owners

// What git says of objects that are wrong; the rest is about history as it was once written.
std::vector<std::string> complaints_of(const storage::Finished& finished) {
  std::vector<std::string> complaints;
  const std::string said = finished.output + finished.error;
  for (std::string_view rest = said; !rest.empty() && complaints.size() < kComplaintsMax;) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    for (std::string_view word :
         {"missing ", "broken ", "error: ", "error in ", "fatal: ", "bad "}) {
      if (line.starts_with(word)) complaints.push_back(printable(line, 200));
    }
  }
  return complaints;
}

constexpr const char* kDamaged =
    "put the missing objects back from a clone (`git fetch` of one into it), or restore a backup "
    "beside it: stet restore";

constexpr const char* kUnwanted =
    "the object is whole, and not as git wants one today: who looks closely refuses to clone it; "
    "`git config fsck.NAME ignore` in the repository, with the name that git calls the fault by, "
    "has this pass over it";

void tell_of_fsck(const storage::Finished& finished, Checkup& checkup) {
  if (finished.ending == storage::Finished::Ending::kTimedOut) {
    return checkup.add(Gravity::kNote,
                       "objects",
                       "git fsck took longer than six hours and was ended",
                       "run `git fsck` by hand");
  }
  auto complaints = complaints_of(finished);
  if (complaints.empty() && finished.code != 0) {
    complaints.push_back("git fsck failed with status " + std::to_string(finished.code));
  }
  for (std::string& complaint : complaints) {
    const bool is_whole = complaint.starts_with("error in ");
    checkup.add(is_whole ? Gravity::kWarning : Gravity::kError,
                "objects",
                std::move(complaint),
                is_whole ? kUnwanted : kDamaged);
  }
}

// The worst of the folders and files in which git and stet write, each owner once.
class Owners {
 public:
  explicit Owners(Checkup& checkup) : checkup_(checkup) {}

  void look(const fs::path& root) {
    look_at(root);
    std::error_code failure;
    auto it = fs::recursive_directory_iterator(root, failure);
    for (; !failure && it != fs::recursive_directory_iterator(); it.increment(failure)) {
      if (is_told_ || ++paths_ > kPathsMax) return;
      look_at(it->path());
    }
  }

 private:
  // The server's own user owns all of it: else the next write there fails, or git refuses.
  void look_at(const fs::path& path) {
    struct stat found, own;
    bool is_there = ::lstat(path.c_str(), &found) == 0;
    bool is_judged = is_there && ::stat(checkup_.folder.c_str(), &own) == 0;
    if (!is_judged || found.st_uid == own.st_uid) return;
    is_told_ = true;
    checkup_.add(Gravity::kError,
                 "owner",
                 "'" + path.string() + "' belongs to user " + std::to_string(found.st_uid) +
                     ", and the repository to user " + std::to_string(own.st_uid),
                 "chown -R " + std::to_string(own.st_uid) + " '" + checkup_.folder.string() +
                     "' '" + checkup_.state.string() + "', and run commands as that user");
  }

  Checkup& checkup_;
  bool is_told_ = false;
  std::size_t paths_ = 0;
};

void look_at_hook(const git::HookFile& hook, Checkup& checkup) {
  const std::string name = "hooks/" + hook.name;
  const std::string again = "start `stet serve`, which writes it anew";
  if (!hook.is_ours) {
    return checkup.add(
        Gravity::kWarning,
        "hooks",
        name + " is not stet's: pushes over ssh and by a path go by what it says",
        "call stet from it (`stet hook " + hook.name + "`), or remove it and " + again);
  }
  if (!hook.is_program) {
    return checkup.add(Gravity::kError,
                       "hooks",
                       name + " is no program, so git passes over it and nothing looks at a push",
                       "chmod 755 it, or " + again);
  }
  if (::access(hook.program.c_str(), X_OK) != 0) {
    return checkup.add(Gravity::kError,
                       "hooks",
                       name + " calls '" + hook.program.string() + "', which is not there",
                       again);
  }
  std::error_code failure;
  if (fs::equivalent(hook.program, own_executable(), failure)) return;
  checkup.add(Gravity::kNote,
              "hooks",
              name + " calls another stet: '" + hook.program.string() + "'",
              "if that is an old one, start the new `stet serve`, which writes it anew");
}

}  // namespace

void look_at_repository(Checkup& checkup) {
  storage::OpenOptions options;
  options.is_any_owner_trusted = checkup.settings.is_any_owner_trusted;
  auto opened = storage::Repository::open(checkup.folder, options);
  if (!opened) {
    return checkup.add(Gravity::kError,
                       "repository",
                       opened.error().message,
                       "as it says; where it is damaged, restore a backup: stet restore");
  }
  checkup.repository = std::move(*opened);
  auto branch = checkup.repository->default_branch();
  if (!branch) {
    return checkup.add(Gravity::kWarning,
                       "repository",
                       branch.error().message,
                       "or name the branch when serving: --branch");
  }
  auto head = checkup.repository->head_of(*branch);
  if (head && *head) return;
  checkup.add(Gravity::kError,
              "repository",
              "HEAD names the branch '" + *branch + "', which is not there: nothing can be shown",
              "push it, or name another: git symbolic-ref HEAD refs/heads/NAME");
}

void look_at_objects(Checkup& checkup) {
  if (!checkup.repository) return;
  const fs::path& folder = checkup.repository->path();
  // A repack that takes packs away under git's eyes would look like damage.
  auto lock = storage::RepackLock::take(folder, checkup.clock);
  if (!lock) {
    return checkup.add(Gravity::kNote,
                       "objects",
                       "the objects were not looked at: " + lock.error().message,
                       "ask again when it is done");
  }
  std::vector<std::string> words = {"fsck", "--no-dangling", "--no-progress"};
  if (checkup.is_quick) words.push_back("--connectivity-only");
  std::vector<std::string> settings = {"pack.threads=1"};
  for (std::string_view old : storage::kOldHistory) {
    settings.push_back(std::string("fsck.").append(old).append("=ignore"));
  }
  storage::Command command = storage::git_command(folder, settings, words);
  command.limits.wall_ms = kFsckWallMs;
  auto finished = storage::run(command);
  if (finished) return tell_of_fsck(*finished, checkup);
  checkup.add(Gravity::kError, "objects", finished.error().message, "apt install git util-linux");
}

void look_at_hooks(Checkup& checkup) {
  if (!checkup.repository) return;
  auto hooks = git::list_hooks(checkup.repository->path() / "hooks");
  bool has_ours = std::any_of(
      hooks.begin(), hooks.end(), [](const git::HookFile& hook) { return hook.is_ours; });
  const auto own = git::own_hooks();
  for (const git::HookFile& hook : hooks) {
    bool is_named = std::find(own.begin(), own.end(), hook.name) != own.end();
    if (hook.is_ours || (is_named && hook.is_program)) look_at_hook(hook, checkup);
  }
  if (!has_ours) {
    return checkup.add(Gravity::kNote,
                       "hooks",
                       "the repository has no hooks of stet: pushes over ssh and by a path are not "
                       "looked at before git takes them",
                       "`stet restore` and `stet init` put them there; pushes over HTTP have them");
  }
  for (const std::string& name : own) {
    bool is_there = std::any_of(
        hooks.begin(), hooks.end(), [&](const git::HookFile& hook) { return hook.name == name; });
    if (is_there) continue;
    checkup.add(Gravity::kError,
                "hooks",
                "hooks/" + name + " is missing",
                "start `stet serve`, which writes it anew");
  }
}

void look_at_owners(Checkup& checkup) {
  Owners owners(checkup);
  owners.look(checkup.folder);
  std::error_code failure;
  if (fs::is_directory(checkup.state, failure)) owners.look(checkup.state);
  for (const fs::path& folder : {checkup.folder / "objects", checkup.folder / "refs"}) {
    if (!fs::exists(folder, failure) || ::access(folder.c_str(), R_OK | W_OK | X_OK) == 0) continue;
    checkup.add(
        Gravity::kError,
        "permissions",
        "'" + folder.string() + "' cannot be written by user " + std::to_string(::geteuid()),
        "chmod -R u+rwX '" + checkup.folder.string() + "', or run as its owner");
  }
}

// git leaves one where it was killed; then nobody can move that reference any more.
void look_at_locks(Checkup& checkup) {
  std::vector<fs::path> found;
  std::error_code failure;
  auto note = [&](const fs::path& path) {
    struct stat lock;
    if (path.extension() != ".lock" || ::lstat(path.c_str(), &lock) != 0) return;
    if (checkup.clock.now().seconds - lock.st_mtime > kLockSecondsMax) found.push_back(path);
  };
  for (const auto& file : fs::directory_iterator(checkup.folder, failure)) note(file.path());
  auto refs = fs::recursive_directory_iterator(checkup.folder / "refs", failure);
  for (; !failure && refs != fs::recursive_directory_iterator(); refs.increment(failure)) {
    note(refs->path());
  }
  for (const fs::path& path : found) {
    checkup.add(Gravity::kError,
                "locks",
                "'" + path.string() +
                    "' is older than ten minutes: a killed git has left it, and "
                    "what it locks cannot be written",
                "make sure that no git is at work there, and remove it");
  }
}

}  // namespace stet::program
