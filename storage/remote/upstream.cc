#include "storage/remote/upstream.h"

#include <git2.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <string_view>

#include "storage/base/durable_file.h"
#include "storage/base/utf8.h"
#include "storage/remote/references.h"

namespace stet::storage {
namespace {

constexpr std::string_view kHeads = "refs/heads/";
constexpr std::size_t kLinesMax = 3;
constexpr std::size_t kLineBytesMax = 200;
constexpr char kNothing[] = "0000000000000000000000000000000000000000";

std::string_view take_line(std::string_view& text) {
  std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

// "ref: refs/heads/main\tHEAD", "<id>\tHEAD", "<id>\trefs/heads/main".
void take_listed(std::string_view line, const std::string& wanted, UpstreamListing& listing) {
  constexpr std::string_view kSymbolic = "ref: ";
  std::size_t tab = line.find('\t');
  if (tab == std::string_view::npos) return;
  std::string_view value = line.substr(0, tab), name = line.substr(tab + 1);
  if (value.starts_with(kSymbolic)) {
    value.remove_prefix(kSymbolic.size());
    if (name != "HEAD" || !value.starts_with(kHeads)) return;
    std::string branch(value.substr(kHeads.size()));
    if (is_branch_name(branch)) listing.default_branch = std::move(branch);
    return;
  }
  auto id = CommitId::parse(value);
  if (!id) return;
  if (name == "HEAD") listing.default_head = *id;
  if (name == wanted) listing.branch = *id;
}

// What the remote's own hooks had to say.
std::string remote_lines(std::string_view error) {
  constexpr std::string_view kRemote = "remote: ";
  std::string said;
  std::size_t lines = 0;
  while (!error.empty() && lines < kLinesMax) {
    std::string_view line = take_line(error);
    if (!line.starts_with(kRemote)) continue;
    line.remove_prefix(kRemote.size());
    while (line.ends_with(' ')) line.remove_suffix(1);
    if (line.empty()) continue;
    said += (lines++ == 0 ? "" : "; ") + printable(redacted(line), kLineBytesMax);
  }
  return said;
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
    return text.find(part) != std::string_view::npos;
  });
}

// Of `git push --porcelain`: "!\tFROM:TO\t[rejected] (fetch first)".
PushOutcome outcome_of(const Finished& finished) {
  std::string_view output = finished.output;
  while (!output.empty()) {
    std::string_view line = take_line(output);
    if (!line.starts_with("!\t")) continue;
    bool is_theirs = has_any(line, {"[remote rejected]", "[remote failure]"});
    // Somebody else was there between git's look and its push.
    bool is_race =
        has_any(line, {"incorrect old value", "cannot lock ref", "failed to update ref"});
    if (!is_theirs || is_race) return {PushOutcome::Kind::kBehind, ""};
    std::size_t open = line.find('(');
    std::string reason = printable(
        line.substr(open == std::string_view::npos ? line.rfind('\t') + 1 : open), kLineBytesMax);
    std::string said = remote_lines(finished.error);
    if (!said.empty()) reason += ": " + said;
    return {PushOutcome::Kind::kRefused, std::move(reason)};
  }
  return {PushOutcome::Kind::kDone, ""};
}

// git syncs files, and leaves the folders that name them to the file system.
Status sync_above(const std::filesystem::path& repository, const std::filesystem::path& name) {
  for (auto below = name.parent_path(); !below.empty(); below = below.parent_path()) {
    std::error_code failure;
    auto folder = repository / below;
    if (std::filesystem::is_directory(folder, failure)) TRY(sync_folder(folder));
  }
  return {};
}

bool is_success(const Finished& finished) {
  return finished.ending == Finished::Ending::kExited && finished.code == 0;
}

}  // namespace

bool is_branch_name(const std::string& name) {
  std::string reference = std::string(kHeads) + name;
  int is_valid = 0;
  return name.find('\0') == std::string::npos && !name.starts_with('-') &&
         git_reference_name_is_valid(&is_valid, reference.c_str()) == 0 && is_valid;
}

Upstream::Upstream(UpstreamSettings settings)
    : settings_(std::move(settings)),
      shown_url_(redacted(settings_.url)),
      stop_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

Result<std::unique_ptr<Upstream>> Upstream::open(UpstreamSettings settings) {
  TRY(check_settings(settings));
  std::unique_ptr<Upstream> upstream(new Upstream(std::move(settings)));
  if (!upstream->stop_) return unavailable("no file is to be had for the remote's children");
  return upstream;
}

void Upstream::stop() {
  is_stopped_ = true;
  ::eventfd_write(stop_.get(), 1);
}

std::size_t Upstream::remove_locks(std::string_view prefix) {
  return storage::remove_locks(settings_.repository, prefix);
}

Result<Finished> Upstream::run(const std::vector<std::string>& arguments, std::string input) {
  Command command = git_child(settings_, arguments);
  command.input = std::move(input);
  command.stop_fd = stop_.get();
  return storage::run(command);
}

Result<UpstreamListing> Upstream::list(const std::string& branch) {
  std::string wanted = std::string(kHeads) + branch;
  auto finished =
      TRY(run({"ls-remote", "--symref", "--end-of-options", settings_.url, "HEAD", wanted}));
  if (!is_success(finished)) return unavailable(reason_of(finished));
  UpstreamListing listing;
  for (std::string_view rest = finished.output; !rest.empty();) {
    take_listed(take_line(rest), wanted, listing);
  }
  if (!listing.default_head) listing.default_branch.clear();
  return listing;
}

Status Upstream::fetch(const std::string& branch, const std::string& into) {
  if (!is_branch_name(branch))
    return invalid_input("'" + printable(branch, 100) + "' is no branch");
  TRY(fetch_as({"+" + std::string(kHeads) + branch + ":" + into}, {}));
  return sync_above(settings_.repository, into);
}

Status Upstream::mirror(const std::vector<std::string>& patterns) {
  return fetch_as(patterns, {"--prune"});
}

Status Upstream::fetch_as(const std::vector<std::string>& refspecs,
                          const std::vector<std::string>& options) {
  std::vector<std::string> arguments = {
      "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  arguments.insert(arguments.end(), {"--end-of-options", settings_.url});
  arguments.insert(arguments.end(), refspecs.begin(), refspecs.end());
  auto finished = TRY(run(arguments));
  if (!is_success(finished)) return unavailable(reason_of(finished));
  return sync_above(settings_.repository, "objects/pack/any");
}

Result<PushOutcome> Upstream::push(const CommitId& commit, const std::string& branch) {
  if (!is_branch_name(branch))
    return invalid_input("'" + printable(branch, 100) + "' is no branch");
  return push_as(commit.hex() + ":" + std::string(kHeads) + branch);
}

Result<PushOutcome> Upstream::push_reference(const std::string& name) {
  return push_as("+" + name + ":" + name);
}

Result<PushOutcome> Upstream::push_as(const std::string& refspec) {
  auto finished = TRY(run({"push",
                           "--porcelain",
                           "--no-verify",
                           "--no-follow-tags",
                           "--recurse-submodules=no",
                           "--end-of-options",
                           settings_.url,
                           refspec}));
  PushOutcome outcome = outcome_of(finished);
  if (outcome.kind == PushOutcome::Kind::kDone && !is_success(finished)) {
    return unavailable(reason_of(finished));
  }
  return outcome;
}

Status Upstream::move_reference(const ReferenceMove& move) {
  std::string from = move.from ? move.from->hex() : kNothing;
  std::vector<std::string> arguments = {"update-ref", "--no-deref"};
  if (!move.reason.empty()) arguments.insert(arguments.end(), {"-m", move.reason});
  if (move.to) {
    arguments.insert(arguments.end(), {move.name, move.to->hex(), from});
  } else {
    arguments.insert(arguments.end(), {"-d", move.name, from});
  }
  auto finished = TRY(run(arguments));
  if (is_success(finished)) return sync_above(settings_.repository, move.name);
  if (finished.ending != Finished::Ending::kExited) return unavailable(reason_of(finished));
  return conflict(move.name + " could not be moved: " + reason_of(finished));
}

Status Upstream::move_references(const std::vector<ReferenceMove>& moves,
                                 const std::string& reason) {
  std::string input;
  for (const ReferenceMove& move : moves) {
    const std::string from = move.from ? move.from->hex() : kNothing;
    input += (move.to ? "update " : "delete ") + move.name + " " +
             (move.to ? move.to->hex() + " " : "") + from + "\n";
  }
  if (input.empty()) return {};
  auto finished = TRY(run({"update-ref", "--no-deref", "-m", reason, "--stdin"}, std::move(input)));
  if (!is_success(finished)) {
    const bool is_of_git = finished.ending == Finished::Ending::kExited;
    std::string why = "references could not be moved: " + reason_of(finished);
    return is_of_git ? conflict(std::move(why)) : unavailable(std::move(why));
  }
  for (const ReferenceMove& move : moves) TRY(sync_above(settings_.repository, move.name));
  return {};
}

}  // namespace stet::storage
