#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>

#include "api/program/command.h"
#include "cms/change/tree_merge.h"
#include "cms/document/marked.h"
#include "storage/base/durable_file.h"
#include "storage/base/utf8.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFooter = R"(
Makes `git merge`, `git pull` and `git rebase` merge by field in a clone, as the server does.
Two lines set it up:

  echo '* merge=stet' >> .gitattributes
  git config merge.stet.driver 'stet merge-driver %O %A %B %P %L'

(The first may also go to .git/info/attributes, which is not committed.) Front matter and data
files merge key by key, bodies by lines. What both sides have changed in different ways is told,
field by field, and stands in the file between git's markers, and only that. What is no text, or
more than 5 MiB, stays as it is here.

The exit code is git's: 0 is merged, 2 has conflicts, 129 is a failure.)";

// gitattributes(5): a driver that fails, and has not merged, ends with a code above 128.
constexpr int kFailed = 129;

struct DriverFlags {
  std::string base, ours, theirs, path;
  int marker_size = document::kMarkerSize;
};

bool is_mergeable(std::string_view bytes) {
  return bytes.size() <= change::kMergedBytesMax && bytes.find('\0') == std::string_view::npos &&
         is_utf8(bytes);
}

Status merge_files(const DriverFlags& flags) {
  std::string base = TRY(read_file(flags.base, storage::Snapshot::kReadBytesMax));
  std::string ours = TRY(read_file(flags.ours, storage::Snapshot::kReadBytesMax));
  std::string theirs = TRY(read_file(flags.theirs, storage::Snapshot::kReadBytesMax));
  if (!is_mergeable(base) || !is_mergeable(ours) || !is_mergeable(theirs)) {
    return conflict("'" + printable(flags.path, 300) + "' is no text, or too large: not merged");
  }
  auto merged = document::merge_marked(base, ours, theirs, flags.path, flags.marker_size);
  TRY(write_atomically(flags.ours, merged.bytes));
  if (merged.conflicts.empty()) return {};
  std::size_t count = merged.conflicts.size();
  for (document::Conflict& found : merged.conflicts) {
    std::cerr << change::conflict_in(flags.path, ours, std::move(found)).string() << "\n";
  }
  return conflict("'" + printable(flags.path, 300) + "' has " + std::to_string(count) +
                  (count == 1 ? " conflict" : " conflicts"));
}

Status run_driver(const DriverFlags& flags) {
  Status merged = merge_files(flags);
  if (merged || merged.error().code == ErrorCode::kConflict) return merged;
  std::cerr << "stet: " << merged.error().message << "\n";
  std::exit(kFailed);
}

}  // namespace

void add_merge_driver(CLI::App& program, Run& run) {
  auto flags = std::make_shared<DriverFlags>();
  CLI::App* command =
      program.add_subcommand("merge-driver", "called by git in a clone: merges a file by field");
  command->footer(std::string(kFooter));
  command->add_option("BASE", flags->base, "git's %O: the file as both sides had it")->required();
  command->add_option("OURS", flags->ours, "git's %A: ours, which gets the merge")->required();
  command->add_option("THEIRS", flags->theirs, "git's %B: theirs")->required();
  command->add_option("PATH", flags->path, "git's %P: its path in the repository")->required();
  command->add_option("MARKER", flags->marker_size, "git's %L: how long markers are (default: 7)")
      ->check(CLI::Range(1, 200));
  command->callback([flags, &run] { run = [flags] { return run_driver(*flags); }; });
}

}  // namespace stet::program
