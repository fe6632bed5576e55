#include "cms/search/index.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "cms/search/row_writer.h"

namespace stet::search {
namespace {

using site::SitePtr;
using site::SourceFile;
using site::SourceFilePtr;

constexpr std::size_t kRowsPerTransaction = 2000;
constexpr std::size_t kBulkRowsMin = 5000;

// What is to be done about one file.
struct Job {
  std::string path;
  std::optional<std::int64_t> old_id = std::nullopt;  // of the row that goes
  const SourceFile* source = nullptr;                 // null: nothing comes in its place
  std::int64_t day = 0;
};

// What the file must look at: none where the row is right already.
std::optional<Job> job_of(const site::Site& site,
                          const std::string& path,
                          const std::optional<RowKey>& row) {
  const SourceFile* source = site.find_source(path);
  std::optional<Record> record;
  if (source) record = record_of(site, path, *source);
  if (!record && !row) return std::nullopt;
  if (record && row && row->stamp == stamp_of(*record)) return std::nullopt;
  Job job{.path = path};
  if (row) job.old_id = row->id;
  if (record) {
    job.source = source;
    job.day = record->day;
  }
  return job;
}

Result<std::vector<Job>> all_jobs(const site::Site& site, File& file) {
  std::unordered_map<std::string, RowKey> rows;
  for (auto& [path, key] : TRY(file.rows())) rows.emplace(std::move(path), key);
  std::vector<Job> jobs;
  site.sources().for_each([&](const std::string& path, const SourceFilePtr&) {
    auto found = rows.find(path);
    auto job = job_of(
        site, path, found == rows.end() ? std::nullopt : std::optional<RowKey>(found->second));
    if (job) jobs.push_back(std::move(*job));
    if (found != rows.end()) rows.erase(found);
  });
  for (auto& [path, key] : rows) jobs.push_back({.path = path, .old_id = key.id});
  return jobs;
}

Result<std::vector<Job>> jobs_between(const site::Site& before,
                                      const site::Site& after,
                                      File& file) {
  std::set<std::string> paths;
  before.sources().compare(
      after.sources(),
      [](const SourceFilePtr& a, const SourceFilePtr& b) { return a == b; },
      [&](const std::string& path, const SourceFilePtr*, const SourceFilePtr*) {
        paths.insert(path);
      });
  before.documents().compare(
      after.documents(),
      [](const site::DocumentPtr& a, const site::DocumentPtr& b) { return a.get() == b.get(); },
      [&](const std::string&, const site::DocumentPtr* a, const site::DocumentPtr* b) {
        paths.insert((a ? *a : *b)->facts().path);
      });
  std::vector<Job> jobs;
  for (const std::string& path : paths) {
    if (auto job = job_of(after, path, TRY(file.find_row(path)))) jobs.push_back(std::move(*job));
  }
  return jobs;
}

Status write_rows(const site::Site& site, File& file, std::span<Job> jobs) {
  RowWriter writer = TRY(RowWriter::open(file));
  std::vector<std::int64_t> gone;
  for (const Job& job : jobs) {
    if (job.old_id) gone.push_back(*job.old_id);
  }
  std::sort(gone.begin(), gone.end());
  for (std::int64_t id : gone) TRY(writer.remove(id));
  for (const Job& job : jobs) {
    if (!job.source) continue;
    auto record = record_of(site, job.path, *job.source);
    if (!record) continue;
    Fingerprint stamp = stamp_of(*record);
    TRY(read_body(site, *job.source, *record));
    TRY(writer.add(*record, stamp));
  }
  return {};
}

}  // namespace

// A connection that reads, for as long as one question takes.
class Index::Lease {
 public:
  explicit Lease(Index& index) : index_(index) {}
  ~Lease() {
    if (!file_) return;
    {
      std::lock_guard lock(index_.readers_mutex_);
      index_.readers_.push_back(std::move(file_));
    }
    index_.reader_returned_.notify_one();
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  Status take() {
    constexpr std::size_t kReadersMax = 4;
    std::unique_lock lock(index_.readers_mutex_);
    index_.reader_returned_.wait(
        lock, [&] { return !index_.readers_.empty() || index_.readers_made_ < kReadersMax; });
    if (index_.readers_.empty()) {
      ++index_.readers_made_;
      auto opened = File::open_to_read(index_.path_);
      if (!opened) {
        --index_.readers_made_;
        return std::move(opened).error();
      }
      file_ = std::make_unique<File>(std::move(*opened));
    } else {
      file_ = std::move(index_.readers_.back());
      index_.readers_.pop_back();
    }
    return {};
  }
  File& file() { return *file_; }

 private:
  Index& index_;
  std::unique_ptr<File> file_;
};

Index::Index(std::filesystem::path path, const Fingerprint& identity, File file)
    : path_(std::move(path)), identity_(identity), file_(std::move(file)) {}

Result<std::unique_ptr<Index>> Index::open(const std::filesystem::path& path,
                                           const Fingerprint& identity) {
  File file = TRY(File::open(path, identity));
  std::unique_ptr<Index> index(new Index(path, identity, std::move(file)));
  auto known = TRY(index->file_->fact("commit"));
  if (!known) return index;
  if (auto commit = CommitId::parse(*known)) index->commit_ = *commit;
  index->entries_ = static_cast<std::size_t>(TRY(index->file_->count_rows()));
  return index;
}

std::optional<CommitId> Index::commit() const {
  std::lock_guard lock(commit_mutex_);
  return commit_;
}

Status Index::reset() {
  std::unique_lock open(open_);
  std::lock_guard lock(readers_mutex_);
  readers_.clear();
  readers_made_ = 0;
  file_.reset();
  site_.reset();
  {
    std::lock_guard commit_lock(commit_mutex_);
    commit_.reset();
  }
  TRY(File::remove(path_));
  file_ = TRY(File::open(path_, identity_));
  is_spoilt_ = false;
  return {};
}

Status Index::follow(const SitePtr& site,
                     const CommitId& commit,
                     const std::function<bool()>& is_over) {
  std::lock_guard writing(writing_);
  if (is_spoilt_ || !file_) TRY(reset());
  Status done = bring_to(site, commit, is_over);
  if (done) return {};
  site_.reset();  // what of it is written is not known
  is_spoilt_ = done.error().code == ErrorCode::kInternal;
  return std::move(done).error().within("search");
}

Status Index::bring_to(const SitePtr& site,
                       const CommitId& commit,
                       const std::function<bool()>& is_over) {
  bool is_near = site_ && &site_->config() == &site->config();
  std::vector<Job> jobs =
      is_near ? TRY(jobs_between(*site_, *site, *file_)) : TRY(all_jobs(*site, *file_));
  site_.reset();
  std::sort(jobs.begin(), jobs.end(), [](const Job& a, const Job& b) {
    return a.day != b.day ? a.day < b.day : a.path < b.path;
  });
  const bool is_bulk = jobs.size() >= kBulkRowsMin;
  if (is_bulk) TRY(file_->begin_bulk());
  for (std::size_t begin = 0;; begin += kRowsPerTransaction) {
    std::size_t end = std::min(begin + kRowsPerTransaction, jobs.size());
    const bool is_last = end == jobs.size();
    auto transaction = TRY(storage::Transaction::begin(file_->database()));
    if (begin < end) {
      TRY(write_rows(*site, *file_, std::span(jobs).subspan(begin, end - begin)));
    }
    if (is_last) TRY(file_->set_fact("commit", commit.hex()));
    TRY(transaction.commit());
    if (is_last) break;
    if (is_over && is_over()) return {};
  }
  if (is_bulk) TRY(file_->end_bulk());
  if (!jobs.empty()) entries_ = static_cast<std::size_t>(TRY(file_->count_rows()));
  site_ = site;
  std::lock_guard lock(commit_mutex_);
  commit_ = commit;
  return {};
}

Result<Found> Index::find(const Wanted& wanted) {
  std::shared_lock open(open_);
  if (!commit()) return unavailable("the search is being made ready; try again in a moment");
  Lease lease(*this);
  TRY(lease.take());
  storage::Database& database = lease.file().database();
  TRY(database.execute("BEGIN"));  // one state of the file for all that is asked
  auto found = find_in(lease.file(), wanted);
  if (!found && found.error().code == ErrorCode::kInternal) is_spoilt_ = true;
  Status ended = database.execute("ROLLBACK");
  if (found && !ended) return std::move(ended).error();
  return found;
}

}  // namespace stet::search
