#include "storage/backup/refs.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "storage/base/utf8.h"
#include "storage/process/git_command.h"

namespace stet::storage {
namespace {

namespace fs = std::filesystem;

using Words = std::vector<std::string>;

constexpr std::int64_t kWallMs = 6 * 3'600'000;
constexpr std::uint64_t kMemoryBytes = std::uint64_t{4} << 30;  // of address space
constexpr std::size_t kIdDigits = 40;
constexpr int kListingsMax = 3;

Command command_of(const fs::path& repository, const Words& words, std::string input = "") {
  // No hook of the repository has a say; one thread, for a server runs beside us.
  Command command = git_command(
      repository,
      {"core.hooksPath=/dev/null", "pack.threads=1", "pack.windowMemory=64m", "core.fsync=none"},
      words);
  command.input = std::move(input);
  command.limits.wall_ms = kWallMs;
  command.limits.memory_bytes = kMemoryBytes;
  command.limits.output_bytes = kRefsBytesMax;
  return command;
}

Result<std::string> output_of(const fs::path& repository,
                              const Words& words,
                              std::string input = "") {
  auto finished = TRY(run(command_of(repository, words, std::move(input))));
  TRY(check_success(finished, "git " + words.front()));
  return std::move(finished.output);
}

bool is_id(std::string_view text) {
  return text.size() == kIdDigits && text.find_first_not_of("0123456789abcdef") == text.npos;
}

// What git itself makes sure of is not all looked at again.
bool is_ref_name(std::string_view name) {
  for (std::string_view never : {"..", "//", "/.", "@{"}) {
    if (name.find(never) != name.npos) return false;
  }
  return name.starts_with("refs/") && name.size() > 5 && name.size() <= 1024 &&
         name.find_first_of(std::string_view("\0 \n\r\t~^:?*[\\", 12)) == name.npos;
}

Error wrong_line(std::size_t number) {
  return invalid_input("line " + std::to_string(number) + " of the references is none");
}

Result<Ref> parse_ref(std::string_view line, std::size_t number) {
  std::size_t first = std::min(line.find(' '), line.size());
  Ref ref{.name = "", .id = std::string(line.substr(0, first))};
  std::string_view names = line.substr(std::min(first + 1, line.size()));
  std::size_t second = std::min(names.find(' '), names.size());
  ref.name = names.substr(0, second);
  ref.target = names.substr(std::min(second + 1, names.size()));
  bool is_good =
      is_id(ref.id) && is_ref_name(ref.name) && (ref.target.empty() || is_ref_name(ref.target));
  return is_good ? Result<Ref>(std::move(ref)) : wrong_line(number);
}

// Ids of commits among the references, which the repository has; git asks a bundle for no others.
Result<Words> known_commits(const fs::path& repository, const Refs& known) {
  std::string asked;
  for (const Ref& ref : known) asked += ref.id + "^{}\n";
  std::string answers =
      TRY(output_of(repository, {"cat-file", "--batch-check=%(objecttype) %(objectname)"}, asked));
  constexpr std::string_view kCommit = "commit ";
  Words commits;
  for (std::string_view rest = answers; !rest.empty();) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (line.starts_with(kCommit)) commits.emplace_back(line.substr(kCommit.size()));
  }
  std::sort(commits.begin(), commits.end());
  commits.erase(std::unique(commits.begin(), commits.end()), commits.end());
  return commits;
}

// That git could not read, and has left out of its listing; "": none.
std::string broken_ref(std::string_view said) {
  for (std::string_view before :
       {"warning: ignoring broken ref ", "warning: ignoring ref with broken name "}) {
    std::size_t at = said.find(before);
    if (at == said.npos) continue;
    said.remove_prefix(at + before.size());
    return printable(said.substr(0, said.find('\n')), 200);
  }
  return "";
}

// One that somebody deletes meanwhile looks broken too, but not again.
Result<std::string> listing_of(const fs::path& repository) {
  std::string broken;
  for (int i = 0; i < kListingsMax; ++i) {
    auto finished = TRY(run(
        command_of(repository, {"for-each-ref", "--format=%(objectname) %(refname) %(symref)"})));
    TRY(check_success(finished, "git for-each-ref"));
    broken = broken_ref(finished.error);
    if (broken.empty()) return std::move(finished.output);
  }
  return internal("'" + repository.string() + "' has a broken reference '" + broken +
                  "', which would be missing in the backup: move the file '" +
                  (repository / broken).string() + "' away, and where it is still wanted " +
                  "`git update-ref " + broken + " COMMIT` makes it anew");
}

Status check_refs(const fs::path& repository, Refs wanted) {
  Refs there = TRY(list_refs(repository));
  for (Ref& ref : wanted) ref.target.clear();
  for (Ref& ref : there) ref.target.clear();
  if (there == wanted) return {};
  return invalid_input("its bundles lead to other references than it says");
}

Status check_objects(const fs::path& repository) {
  auto finished = TRY(run(
      command_of(repository, {"fsck", "--connectivity-only", "--no-dangling", "--no-progress"})));
  if (finished.ending == Finished::Ending::kTimedOut) return check_success(finished, "git fsck");
  if (Status good = check_success(finished, "git fsck"); !good) {
    std::string said = finished.output.substr(0, finished.output.find('\n'));
    return invalid_input("objects are missing in it: " + good.error().message + " " +
                         printable(said, 200));
  }
  return {};
}

}  // namespace

Result<Refs> list_refs(const fs::path& repository) {
  std::string text = TRY(listing_of(repository));
  std::string trimmed;
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (line.ends_with(' ')) line.remove_suffix(1);
    trimmed.append(line).append("\n");
  }
  return parse_refs(trimmed);
}

std::string to_text(const Refs& refs) {
  std::string text;
  for (const Ref& ref : refs) {
    text += ref.id + " " + ref.name;
    if (!ref.target.empty()) text += " " + ref.target;
    text += "\n";
  }
  return text;
}

Result<Refs> parse_refs(std::string_view text) {
  Refs refs;
  while (!text.empty()) {
    std::size_t end = text.find('\n');
    if (end == text.npos) return wrong_line(refs.size() + 1);
    refs.push_back(TRY(parse_ref(text.substr(0, end), refs.size() + 1)));
    text.remove_prefix(end + 1);
  }
  return refs;
}

Status write_bundle(const BundleRequest& request,
                    const std::function<Status(std::string_view)>& write) {
  std::string header = "# v2 git bundle\n", revisions;
  for (const Ref& ref : request.refs) revisions += ref.id + "\n";
  // Also where no reference leads to it. What goes on from this need not know it.
  if (!request.head.empty()) revisions += request.head + "\n";
  for (const std::string& id : TRY(known_commits(request.repository, request.known))) {
    header += "-" + id + "\n";
    revisions += "^" + id + "\n";
  }
  for (const Ref& ref : request.refs) header += ref.id + " " + ref.name + "\n";
  if (!request.head.empty()) header += request.head + " HEAD\n";
  TRY(write(header + "\n"));
  Command command =
      command_of(request.repository,
                 {"pack-objects", "--revs", "--thin", "--stdout", "--delta-base-offset", "-q"},
                 revisions);
  Status written;
  command.on_output = [&](std::string_view bytes) {
    written = write(bytes);
    return written.has_value();
  };
  auto finished = TRY(run(command));
  TRY(written);
  return check_success(finished, "git pack-objects");
}

Status take_bundle(const fs::path& repository, const fs::path& bundle, bool is_head_detached) {
  Words words = {"fetch",
                 "-q",
                 "--prune",
                 "--no-tags",
                 "--no-write-fetch-head",
                 "--no-auto-maintenance",
                 bundle.string(),
                 "+refs/*:refs/*"};
  // git leaves a pack alone that brings nothing of what is asked for.
  if (is_head_detached) words.push_back("HEAD");
  auto finished = TRY(run(command_of(repository, words)));
  Status good = check_success(finished, "git fetch");
  if (good || good.error().code == ErrorCode::kUnavailable) return good;
  return invalid_input(good.error().message);
}

Status finish_refs(const fs::path& repository, const RefsWanted& wanted) {
  TRY(check_refs(repository, wanted.refs));
  for (const Ref& ref : wanted.refs) {
    if (ref.target.empty()) continue;
    TRY(output_of(repository, {"symbolic-ref", ref.name, ref.target}));
  }
  if (!wanted.branch.empty()) {
    TRY(output_of(repository, {"symbolic-ref", "HEAD", "refs/heads/" + wanted.branch}));
  } else if (!wanted.commit.empty()) {
    TRY(output_of(repository, {"update-ref", "--no-deref", "HEAD", wanted.commit}));
  }
  return check_objects(repository);
}

}  // namespace stet::storage
