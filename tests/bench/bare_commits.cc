// The committer by itself: threads that each have one edit under way, so that groups are of as
// many.
//
// bare_commits REPOSITORY THREADS SECONDS PATHS_FILE   Paths are edited in turn, a line put at the
// end. Prints: commits a second, p50, p99 and the longest wait in ms.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "storage/base/clock.h"
#include "storage/commit/committer.h"
#include "storage/snapshot/git_snapshot.h"

namespace {

using Watch = std::chrono::steady_clock;
using stet::storage::ChangeSet;
using stet::storage::Committer;

double seconds_since(Watch::time_point begin) {
  return std::chrono::duration<double>(Watch::now() - begin).count();
}

struct File {
  stet::RepoPath path;
  std::string content;
};

void edit(Committer& committer,
          std::vector<File>& files,
          double seconds,
          std::vector<double>& waits) {
  auto begin = Watch::now();
  for (int i = 0; seconds_since(begin) < seconds; ++i) {
    File& file = files[static_cast<std::size_t>(i) % files.size()];
    ChangeSet change;
    change.author = {"Bench", "bench@example.org", {1'700'000'000, 0, 0, false}};
    change.message = "Edit " + file.path.string();
    change.edits.push_back({file.path, file.content + "\nEdit " + std::to_string(i) + ".\n"});
    auto sent = Watch::now();
    auto committed = committer.commit(std::move(change));
    if (!committed) {
      std::fprintf(stderr, "%s\n", committed.error().message.c_str());
      return;
    }
    waits.push_back(seconds_since(sent) * 1000);
  }
}

stet::Result<std::vector<std::vector<File>>> read_files(const stet::storage::Repository& repository,
                                                        const char* list,
                                                        std::size_t threads) {
  auto head = TRY(repository.head_of(TRY(repository.default_branch())));
  if (!head) return stet::not_found("the branch has no commit");
  auto snapshot = TRY(stet::storage::open_git_snapshot(repository, *head));
  std::vector<std::vector<File>> files(threads);
  std::ifstream lines(list);
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line) && count < 8 * threads; ++count) {
    auto path = TRY(stet::RepoPath::parse(line));
    auto entry = TRY(snapshot->find(path));
    if (!entry) return stet::not_found("there is no '" + line + "'");
    files[count % threads].push_back({path, TRY(snapshot->read(entry->blob))});
  }
  if (count < threads) return stet::invalid_input("fewer files than threads");
  return files;
}

stet::Status run(char** argv) {
  auto repository = TRY(stet::storage::Repository::open(argv[1]));
  const std::size_t threads = std::strtoull(argv[2], nullptr, 10);
  auto files = TRY(read_files(repository, argv[4], threads));
  stet::SystemClock clock;
  stet::storage::CommitterSettings settings;
  settings.branch = TRY(repository.default_branch());
  auto committer = TRY(Committer::open(repository, settings, clock));
  std::vector<std::vector<double>> waits(threads);
  std::vector<std::thread> editors;
  auto begin = Watch::now();
  for (std::size_t t = 0; t < threads; ++t) {
    editors.emplace_back([&, t] { edit(*committer, files[t], std::atof(argv[3]), waits[t]); });
  }
  for (std::thread& editor : editors) editor.join();
  double took = seconds_since(begin);
  std::vector<double> all;
  for (const auto& some : waits) all.insert(all.end(), some.begin(), some.end());
  if (all.empty()) return stet::unavailable("nothing was committed");
  std::sort(all.begin(), all.end());
  auto at = [&](double share) {
    return all[std::min(all.size() - 1,
                        static_cast<std::size_t>(static_cast<double>(all.size()) * share))];
  };
  std::printf(
      "%.1f %.2f %.2f %.2f\n", static_cast<double>(all.size()) / took, at(.5), at(.99), all.back());
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "usage: bare_commits REPOSITORY THREADS SECONDS PATHS_FILE\n");
    return 2;
  }
  stet::Status ran = run(argv);
  if (!ran) std::fprintf(stderr, "bare_commits: %s\n", ran.error().message.c_str());
  return ran ? 0 : 1;
}
