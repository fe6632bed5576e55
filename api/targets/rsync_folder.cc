#include "api/targets/rsync_folder.h"

#include <sys/eventfd.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iterator>
#include <map>
#include <set>

#include "storage/base/utf8.h"
#include "storage/process/process.h"

namespace stet::targets {
namespace {

namespace fs = std::filesystem;
using storage::Finished;

std::string quoted(const std::string& text) {
  std::string quoted = "'";
  for (char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string ssh_command(const RsyncSettings& settings) {
  std::string command =
      "ssh -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=15"
      " -o ServerAliveCountMax=3";
  if (!settings.ssh_key.empty()) {
    command += " -o IdentitiesOnly=yes -i " + quoted(settings.ssh_key);
  }
  if (!settings.known_hosts.empty()) {
    command += " -o UserKnownHostsFile=" + quoted(settings.known_hosts);
  }
  return command;
}

// The last thing that it has said is why it ended.
std::string why_ended(const Finished& finished) {
  if (finished.ending == Finished::Ending::kTimedOut) return "it took too long, and was ended";
  std::string_view said = finished.error;
  while (said.ends_with('\n')) said.remove_suffix(1);
  const std::size_t begin = said.find_first_not_of('\n');
  said.remove_prefix(std::min(begin, said.size()));
  const std::string first(said.substr(0, said.find('\n')));
  return first.empty() ? "it failed with status " + std::to_string(finished.code)
                       : printable(first, 300);
}

// Of a deleted file's folder too; nobody else takes files out of ours while we are at it.
constexpr int kFoldersVanished = 24;

}  // namespace

RsyncFolder::RsyncFolder(RsyncSettings settings, std::unique_ptr<Directory> files)
    : settings_(std::move(settings)),
      files_(std::move(files)),
      stop_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

Result<std::unique_ptr<RsyncFolder>> RsyncFolder::open(RsyncSettings settings,
                                                       publish::Store& store,
                                                       publish::Variants& variants) {
  if (settings.to.empty() || settings.to.starts_with('-') || !is_utf8(settings.to) ||
      settings.to.find_first_of("\r\n") != std::string::npos) {
    return invalid_input("to is a place as rsync has it, such as www@example.org:/srv/www");
  }
  if (!settings.program.is_absolute()) {
    auto program = storage::find_program(settings.program.string());
    if (!program) return not_found("there is no rsync here; install it: apt install rsync");
    settings.program = *std::move(program);
  }
  auto files = TRY(Directory::open(
      {.folder = settings.folder, .is_compressing = settings.is_compressing}, store, variants));
  std::unique_ptr<RsyncFolder> opened(new RsyncFolder(std::move(settings), std::move(files)));
  if (!opened->stop_) return unavailable("no file is to be had for rsync's children");
  return opened;
}

void RsyncFolder::stop() { ::eventfd_write(stop_.get(), 1); }

Status RsyncFolder::apply(Work& work) {
  TRY(files_->begin(work));
  for (const auto* phase : work.plan.in_order()) TRY(bring(work, *phase));
  return {};
}

// Those that deletions have left empty there, the deepest first; rsync leaves what has more in it.
Status RsyncFolder::clear_folders(const Work& work, const std::vector<Change>& changes) {
  std::map<std::size_t, std::set<std::string>, std::greater<>> by_depth;
  for (const Change& change : changes) {
    if (change.entry) continue;
    for (fs::path folder = fs::path(change.path.string()).parent_path(); !folder.empty();
         folder = folder.parent_path()) {
      if (fs::exists(settings_.folder / folder)) break;
      const auto depth = std::distance(folder.begin(), folder.end());
      by_depth[static_cast<std::size_t>(depth)].insert(folder.string());
    }
  }
  for (const auto& [depth, folders] : by_depth) {
    if (work.is_over()) return stopping();
    std::string names;
    for (const std::string& folder : folders) names.append(folder).append(1, '\0');
    TRY(run(std::move(names)));
  }
  return {};
}

// A phase in our folder, and then by one run of rsync there; what is not in ours goes there too.
Status RsyncFolder::bring(Work& work, const std::vector<Change>& changes) {
  if (changes.empty()) return {};
  auto confirm = std::exchange(work.confirm, [](auto) { return Status(); });
  Status written = files_->run(work, changes);
  work.confirm = std::move(confirm);
  TRY(std::move(written));
  if (work.is_over()) return stopping();
  std::string files;
  for (const Change& change : changes) {
    for (std::string_view ending : {"", ".gz", ".br"}) {
      const std::string path = change.path.string() + std::string(ending);
      // A page that the site has itself comes in a phase of its own.
      if (!ending.empty() && work.live.manifest.find(path)) continue;
      files.append(path).append(1, '\0');
    }
  }
  TRY(run(std::move(files)));
  TRY(clear_folders(work, changes));
  return work.confirm(changes);
}

// The files are as our folder has them, or not there.
Status RsyncFolder::run(std::string files) const {
  storage::Command command;
  // Two versions of one size may be of one second.
  command.argv = {settings_.program.string(),
                  "--ignore-times",
                  "--times",
                  "--perms",
                  "--chmod=F644,D755",
                  "--rsh=" + ssh_command(settings_),
                  "--files-from=-",
                  "--from0",
                  "--delete-missing-args",
                  "--",
                  settings_.folder.string() + "/",
                  settings_.to};
  command.environment = {"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C"};
  command.input = std::move(files);
  command.stop_fd = stop_.get();
  command.limits.wall_ms = settings_.seconds_max * 1000;
  const auto finished = TRY(storage::run(command));
  using Ending = Finished::Ending;
  if (finished.ending == Ending::kUnwanted) return stopping();
  const bool is_done = finished.code == 0 || finished.code == kFoldersVanished;
  if (finished.ending == Ending::kExited && is_done) return {};
  return unavailable("rsync: " + why_ended(finished));
}

}  // namespace stet::targets
