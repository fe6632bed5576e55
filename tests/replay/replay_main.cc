// `./dev replay REPO`: is what the pipeline makes live, commit by commit, what a build from nothing
// makes? Exit status 0: always; 1: not always; 2: it could not be found out.

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <thread>

#include "cms/sass/compiler.h"
#include "tests/replay/replay.h"

namespace stet::replay {
namespace {

struct Flags {
  std::string repository, ref, from;
  std::size_t every = 1, eager_pages_max = 64;
  unsigned threads = std::thread::hardware_concurrency();
  bool is_every_commit = false, is_quiet = false;
};

// A folder that goes when this goes.
class Folder {
 public:
  static Result<Folder> make() {
    std::string path = (std::filesystem::temp_directory_path() / "replay-XXXXXX").string();
    if (!mkdtemp(path.data())) return unavailable("cannot make the folder '" + path + "'");
    return Folder(path);
  }
  explicit Folder(std::filesystem::path path) : path_(std::move(path)) {}
  Folder(Folder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Folder& operator=(Folder&&) = delete;
  ~Folder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

void tell(const Step& step, bool is_quiet) {
  for (const Difference& difference : step.found) {
    std::cout << step.commit.hex() << " " << describe(difference) << std::endl;
  }
  if (is_quiet || step.number % 50 != 0) return;
  std::cerr << step.number << " of " << step.count << " commits" << std::endl;
}

Result<Report> run(const Flags& flags, const std::filesystem::path& program) {
  auto repository =
      TRY(storage::Repository::open(flags.repository, {.is_any_owner_trusted = true}));
  std::string ref = flags.ref.empty() ? TRY(repository.default_branch()) : flags.ref;
  CommitId head = TRY(repository.resolve(ref));
  ReplayOptions options;
  options.walk = flags.is_every_commit ? Walk::kEveryCommit : Walk::kFirstParents;
  if (!flags.from.empty()) options.from = TRY(repository.resolve(flags.from));
  options.every = std::max<std::size_t>(flags.every, 1);
  options.eager_pages_max = flags.eager_pages_max;
  options.threads = std::max(flags.threads, 1U);
  sass::CompilerOptions sheets;
  sheets.worker = {(program.parent_path() / "stet-sass").string()};
  options.sheets = std::make_shared<sass::Compiler>(std::move(sheets));
  Folder folder = TRY(Folder::make());
  return replay(repository, head, folder.path(), options, [&](const Step& step) {
    tell(step, flags.is_quiet);
  });
}

int main(int argc, char** argv) {
  CLI::App app(
      "publishes a repository's history commit by commit, and compares each with a build "
      "from nothing");
  Flags flags;
  app.add_option("repository", flags.repository, "bare, or a clone")->required();
  app.add_option("--ref", flags.ref, "where the history ends (default: HEAD's branch)");
  app.add_option("--from", flags.from, "the commit with which it begins (default: the oldest)");
  app.add_option("--every", flags.every, "compare each n-th commit, and the last (default: 1)");
  app.add_option("--threads", flags.threads, "that render (default: the machine's)");
  app.add_option("--eager", flags.eager_pages_max, "more dirty pages become stale (default: 64)");
  app.add_flag("--all", flags.is_every_commit, "not first parents alone: every commit");
  app.add_flag("--quiet", flags.is_quiet, "say nothing on the way");
  CLI11_PARSE(app, argc, argv);
  auto report = run(flags, std::filesystem::read_symlink("/proc/self/exe"));
  if (!report) {
    std::cerr << "replay: " << report.error().message << std::endl;
    return 2;
  }
  std::cout << report->commits << " commits, " << report->compared << " compared, "
            << report->rendered << " pages rendered, " << report->differences << " differences"
            << std::endl;
  return report->differences > 0 ? 1 : 0;
}

}  // namespace
}  // namespace stet::replay

int main(int argc, char** argv) { return stet::replay::main(argc, argv); }
