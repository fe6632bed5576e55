#include "tests/storage/backup/test_site.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "storage/backup/archive.h"
#include "storage/base/durable_file.h"
#include "storage/base/hash.h"
#include "storage/process/git_command.h"
#include "storage/sqlite/ledger_file.h"

namespace stet::storage {

namespace fs = std::filesystem;

TestSite::TestSite() {
  git_.commit({{"_config.yml", "title: Kept\n"}, {"a.md", "one\n"}});
  fs::create_directory(git_.path() / "stet");
  ledger_ = *Ledger::open(git_.path() / "stet" / "ledger.sqlite");
}

BackupSource TestSite::source() const {
  return {.repository = git_.repository(),
          .ledger = git_.path() / "stet" / "ledger.sqlite",
          .version = "0.0.1",
          .clock = clock_};
}

BackupReport TestSite::back_up(const ShelfRules& rules) {
  auto report = back_up_to_folder(source(), shelf(), rules);
  clock_.advance_seconds(60);
  EXPECT_TRUE(report) << report.error().message;
  return report ? *report : BackupReport();
}

Result<fs::path> TestSite::restore(const fs::path& from) {
  fs::path place = folder() / ("restored-" + std::to_string(++restored_));
  FoundBackup found = TRY(find_backup(from, clock_.now()));
  TRY(check_is_newest(found));
  auto restoration = TRY(Restoration::prepare(found.chain, {.repository = place}));
  TRY(restoration.finish());
  return place;
}

fs::path TestSite::add_lfs_object(const std::string& content) {
  fs::path path = git_.path() / lfs_part(sha256_hex(content));
  fs::create_directories(path.parent_path());
  EXPECT_TRUE(write_atomically(path, content));
  return path;
}

bool copy_of_ledger_with_damage(TestSite& site, const fs::path& copy) {
  if (!copy_ledger(site.source().ledger, copy)) return false;
  std::string bytes = read_file(copy, 1 << 20).value();
  constexpr std::size_t kPage = 4096;
  bytes.replace(2 * kPage, kPage, std::string(kPage, '\0'));
  return write_atomically(copy, bytes).has_value();
}

std::string everything_in(const fs::path& repository) {
  std::string all;
  for (const std::vector<std::string>& words : {std::vector<std::string>{"symbolic-ref", "HEAD"},
                                                {"for-each-ref"},
                                                {"rev-list", "--objects", "--all"},
                                                {"fsck", "--strict", "--no-dangling"}}) {
    auto finished = run(git_command(repository, {}, words));
    EXPECT_TRUE(finished && finished->code == 0) << words.front();
    if (finished) all += finished->output;
  }
  return all;
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace stet::storage
