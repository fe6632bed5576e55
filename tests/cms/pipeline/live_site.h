// A repository, a committer and a pipeline in a temporary folder: a whole site under a test's
// thumb.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cms/pipeline/build_once.h"
#include "cms/pipeline/pipeline.h"
#include "storage/commit/committer.h"
#include "tests/replay/comparison.h"
#include "tests/storage/git/test_repository.h"

namespace stet::pipeline {

// What a pipeline asks of its repository.
struct Watch {
  std::mutex mutex;
  std::vector<std::string> files_read;  // the first 40 bytes of each
  std::string unreadable;               // files that begin so cannot be read; "": all can
};

class LiveSite {
 public:
  using Files = std::map<std::string, std::optional<std::string>>;  // none: deleted

  explicit LiveSite(const Files& files, std::size_t eager_pages_max = 1000, Tell tell = {});

  // Commits the files on top, and publishes.
  PublishedPtr edit(const Files& files);
  PublishedPtr publish(const CommitId& commit);
  CommitId commit(const Files& files);

  // Ends the pipeline and all that holds files, as the end of the process does, and begins anew on
  // what lies on the disk; `while_down` between the two. Then the branch's head is published.
  PublishedPtr restart(const std::function<void()>& while_down = {});
  PublishedPtr publish_head();
  // The log of what was read, in the publisher's folder.
  std::filesystem::path state_file() const { return repository_.folder() / "live/state"; }
  std::filesystem::path live_folder() const { return repository_.folder() / "live"; }
  // What files of the site came to, likewise.
  std::filesystem::path files_file() const { return repository_.folder() / "live/files"; }
  // The beginnings of the repository's files, each time that the pipeline has read one since the
  // last start, in order of the bytes.
  std::vector<std::string> files_read() const;
  // Until the next start it cannot read files that begin so; "": all can be read.
  void set_unreadable(std::string_view begin);
  // Of the next start.
  void set_settings(std::string_view settings) { settings_ = fingerprint(settings); }
  void set_text_bytes_max(std::uint64_t bytes) { text_bytes_max_ = bytes; }
  // Called at each start once all is open, before the first publication.
  void set_before_publishing(std::function<void()> look) { before_publishing_ = std::move(look); }
  const std::vector<std::string>& notes() const { return notes_; }

  // The bytes shown at the output path; none: nothing is there, or it is stale.
  std::optional<std::string> page(const std::string& output_path) const;
  // Everything that is live, by output path.
  std::map<std::string, std::string> pages() const;
  // What a build of the same commit at the same instant gives; in `failed`, the output paths of
  // pages that broke in it.
  std::map<std::string, std::string> from_nothing(std::set<std::string>* failed = nullptr) const;

  // In which what is live differs from such a build, for people (tests/replay); "": in nothing.
  std::string differences() const;
  // The same of another build.
  Result<std::vector<replay::Difference>> differences(BuildRequest request) const;
  BuildRequest request_from_nothing() const;

  Pipeline& pipeline() { return *pipeline_; }
  publish::Publisher& publisher() { return *publisher_; }
  publish::Store& store() { return *store_; }
  ManualClock& clock() { return clock_; }
  // The clock is another server's, as a follower's is.
  void set_time_told(bool is_told) { is_time_told_ = is_told; }
  const PublishedPtr& last() const { return last_; }

 private:
  site::BuilderOptions builder_options() const;
  void open();

  storage::TestRepository repository_;
  ManualClock clock_{Instant{1'600'000'000}};
  std::unique_ptr<storage::Committer> committer_;
  std::unique_ptr<publish::Store> store_;
  std::unique_ptr<publish::Publisher> publisher_;
  std::unique_ptr<Pipeline> pipeline_;
  PublishedPtr last_;
  std::size_t eager_pages_max_;
  Tell tell_;
  Fingerprint settings_;
  std::uint64_t text_bytes_max_ = site::Texts::kBytesMax;
  bool is_time_told_ = false;
  std::function<void()> before_publishing_;
  std::vector<std::string> notes_;  // since the last start
  std::shared_ptr<Watch> watch_;
};

// The output paths rendered for a publication, in order.
std::vector<std::string> rendered_paths(const PublishedPtr& published);
// All reasons of that page, joined by "; "; "" if it was not rendered.
std::string reasons_of(const PublishedPtr& published, const std::string& output_path);

}  // namespace stet::pipeline
