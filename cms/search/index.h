// Full text of the site: made in the background of each version, asked by anybody.
//
// follow() brings it to a version of the site, from whatever it holds: what it holds is compared
// with the site, file by file, so that a crash, a restart, a skipped commit or a force-push are
// healed by the same call. In one process it costs what differs between two versions, not what the
// site holds. An answer says of which commit it is, for the index is a moment behind the site.
//
// Threads: any; one follow() at a time, and finds beside it. Memory: one entry's text, and some
// 64 MiB while an index is made from nothing. Failure: a file that is spoilt is made anew by the
// next follow(); a full disk leaves the index at the commit where it was.
#pragma once

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "cms/search/expression.h"
#include "cms/search/file.h"
#include "cms/search/query.h"
#include "cms/search/snippet.h"
#include "cms/site/site.h"

namespace stet::search {

// Of what a query means, so many are weighed: the newest, and of those with all words in title or
// terms the newest besides. Totals are counted up to the same.
inline constexpr std::size_t kWeighedMax = 1000, kWeighedNamesMax = 300;
inline constexpr std::size_t kMeaningsMax = 200;

struct Wanted {
  Query query;  // an index of branches: kBranch asks for one of them
  Reach reach = {};
  std::size_t offset = 0, limit = 20;
};

struct Hit {
  std::string branch;  // Branch::id; "": the served one
  std::string path;
  BlobId blob;  // of the file as it was looked through
  Parts title = {}, snippet = {};
  double weight = 0;
};

struct Found {
  std::vector<Hit> hits;  // the best first; equal ones by date, the newest first, then by path
  std::size_t total = 0;
  bool is_more = false;  // there are more than total
  CommitId commit;       // that the index is of
};

// One beside the served branch, of which an index of branches holds what it changes.
struct Branch {
  std::string id;
  CommitId head;
};
struct BranchText {
  site::SitePtr site;              // as the branch makes it
  std::vector<std::string> paths;  // of what it changes; files that are gone are no matter
};

class Index {
 public:
  static Result<std::unique_ptr<Index>> open(const std::filesystem::path& path,
                                             const Fingerprint& identity);

  // `is_over` is asked now and then: true ends it, and the next call goes on from there.
  Status follow(const site::SitePtr& site,
                const CommitId& commit,
                const std::function<bool()>& is_over = {});

  // Brings an index of branches, which follow() is never called on, to these, and drops the others:
  // it costs what the branches change whose heads are others than before. `text_of`'s error leaves
  // that branch out until the next call. True: each is there as it is; false: some are left out, or
  // `is_over` has ended it.
  Result<bool> follow_branches(
      const std::vector<Branch>& branches,
      const CommitId& served,
      const std::function<Result<BranchText>(const Branch& branch)>& text_of,
      const std::function<bool()>& is_over = {});

  // kUnavailable: nothing is indexed yet, or too many ask at once.
  Result<Found> find(const Wanted& wanted);

  // That it was last brought to; none before that.
  std::optional<CommitId> commit() const;
  std::size_t entries() const { return entries_; }

 private:
  class Lease;

  Index(std::filesystem::path path, const Fingerprint& identity, File file);
  Status bring_to(const site::SitePtr& site,
                  const CommitId& commit,
                  const std::function<bool()>& is_over);
  Result<bool> bring_branches_to(
      const std::vector<Branch>& branches,
      const std::function<Result<BranchText>(const Branch& branch)>& text_of,
      const std::function<bool()>& is_over);
  Status reset();
  Result<Found> find_in(File& file, const Wanted& wanted);

  const std::filesystem::path path_;
  const Fingerprint identity_;
  std::shared_mutex open_;  // held whole while the file is replaced
  std::mutex writing_;      // held by follow()
  std::optional<File> file_;
  site::SitePtr site_;  // that the file is of; null: not known
  std::atomic<bool> is_spoilt_ = false;
  std::mutex readers_mutex_;
  std::condition_variable reader_returned_;
  std::vector<std::unique_ptr<File>> readers_;  // that nobody uses just now
  std::size_t readers_made_ = 0;
  mutable std::mutex commit_mutex_;
  std::optional<CommitId> commit_;
  std::atomic<std::size_t> entries_ = 0;
};

}  // namespace stet::search
