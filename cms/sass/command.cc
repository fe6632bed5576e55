#include "cms/sass/command.h"

#include <cstdlib>
#include <fstream>

#include "storage/base/durable_file.h"
#include "storage/base/repo_path.h"

namespace stet::sass {
namespace {

namespace fs = std::filesystem;

// Gone with all that is in it when this goes.
class Folder {
 public:
  static Result<Folder> make(const fs::path& parent) {
    std::string pattern = (parent / "stet-sass-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) return error_of_errno("make a folder in", parent);
    return Folder(pattern);
  }
  Folder(Folder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Folder& operator=(Folder&&) = delete;
  ~Folder() {
    std::error_code failure;
    if (!path_.empty()) fs::remove_all(path_, failure);
  }

  // The paths are of the job, which came from a site: none leaves the folder.
  Status write(const std::string& path, const std::string& text) const {
    RepoPath inner = TRY(RepoPath::parse(path));
    fs::path place = path_ / inner.string();
    std::error_code failure;
    fs::create_directories(place.parent_path(), failure);
    std::ofstream file(place, std::ios::binary);
    file << text;
    file.close();
    return file ? Status() : unavailable("cannot write '" + place.string() + "'");
  }
  const fs::path& path() const { return path_; }

 private:
  explicit Folder(fs::path path) : path_(std::move(path)) {}
  fs::path path_;
};

constexpr std::string_view kMapMark = "\n/*# sourceMappingURL=";

// The program's own remark goes, and Jekyll's comes, as its converter for Dart Sass has it.
std::string with_remark(std::string css, const std::string& stem, bool has_map) {
  std::size_t remark = css.rfind(kMapMark);
  if (remark != std::string::npos) css.resize(remark);
  while (css.ends_with('\n')) css.pop_back();
  return css + (has_map ? "\n" + std::string(kMapMark) + stem + ".css.map */" : "\n");
}

// "  main.scss 3:7  root stylesheet" is where Dart Sass says that it was.
void find_place(Outcome& outcome, const std::string& said) {
  for (std::size_t begin = 0; begin < said.size();) {
    std::size_t end = std::min(said.find('\n', begin), said.size());
    std::string line = said.substr(begin, end - begin);
    begin = end + 1;
    char file[512];
    int row = 0, column = 0;
    if (!line.starts_with("  ")) continue;
    if (std::sscanf(line.c_str(), " %511s %d:%d", file, &row, &column) != 3) continue;
    outcome.file = file;
    outcome.line = row;
    outcome.column = column;
    return;
  }
}

Outcome failure_of(const std::string& said) {
  Outcome outcome;
  outcome.is_failed = true;
  std::size_t begin = said.starts_with("Error: ") ? 7 : 0;
  outcome.message = said.substr(begin, std::min(said.find('\n'), said.size()) - begin);
  find_place(outcome, said);
  return outcome;
}

storage::Command command_for(const Job& job, const CommandRun& run, const fs::path& folder) {
  storage::Command command;
  command.argv = run.argv;
  command.folder = folder / "site";
  command.environment = {"HOME=" + folder.string(), "PATH=/usr/local/bin:/usr/bin:/bin"};
  command.limits = run.limits;
  bool is_compressed = job.style == Style::kCompressed;
  command.argv.emplace_back(is_compressed ? "--style=compressed" : "--style=expanded");
  command.argv.insert(command.argv.end(), {"--quiet", "--no-error-css", "--no-color"});
  command.argv.emplace_back(job.has_map ? "--embed-sources" : "--no-source-map");
  for (const std::string& path : run.load_paths) {
    command.argv.push_back("--load-path=" + (path.empty() ? std::string(".") : path));
  }
  command.argv.insert(command.argv.end(), {job.name, "../made/sheet.css"});
  return command;
}

}  // namespace

Result<Outcome> compile_with_command(const Job& job, const CommandRun& run) {
  Folder folder = TRY(Folder::make(run.temporary_folder));
  for (const auto& [path, text] : job.files) TRY(folder.write("site/" + path, text));
  TRY(folder.write("site/" + job.name, job.text));
  std::error_code failure;
  fs::create_directory(folder.path() / "made", failure);
  auto finished = TRY(storage::run(command_for(job, run, folder.path())));
  bool has_ended = finished.ending == storage::Finished::Ending::kExited;
  if (has_ended && finished.code != 0 && !finished.error.empty()) return failure_of(finished.error);
  TRY(storage::check_success(finished, "sass"));
  Outcome outcome;
  std::string stem = job.name.substr(0, job.name.rfind('.'));
  fs::path made = folder.path() / "made/sheet.css";
  outcome.css = with_remark(TRY(read_file(made, run.limits.output_bytes)), stem, job.has_map);
  if (job.has_map) {
    outcome.map = TRY(read_file(made.string() + ".map", run.limits.output_bytes));
  }
  return outcome;
}

}  // namespace stet::sass
