// What makes a restart cheaper still: what each file of the site came to when it was parsed, on
// disk beside the journal, so that the next start reads no file whose text nobody asks for.
//
// A log of records by blob, so a record is right for ever, for this program: the first one names
// the settings, which name the program. What is damaged or of others is cut, and those files are
// read and parsed. When half of the log is of files that the site no longer has, a thread writes it
// anew. Threads: find() and add() from any; the rest, one at a time. Durability: as the journal's,
// records are not fsynced. Failure: what could not be written is parsed again at the next start.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "cms/publish/record_file.h"
#include "cms/site/parsed_file.h"
#include "storage/base/persistent_map.h"

namespace stet::pipeline {

class SavedFiles final : public site::KnownFiles {
 public:
  struct Options {
    std::filesystem::path folder;  // that somebody holds for us: the publisher's
    Fingerprint settings;
    std::uint64_t rewrite_bytes_min = std::uint64_t{4} << 20;
    std::function<void(std::string_view)> note;  // of what an operator should know
  };

  explicit SavedFiles(Options options) : options_(std::move(options)) {}
  ~SavedFiles() override;  // waits for the thread

  // What the last process left, for find().
  void load();
  std::optional<std::string> find(const BlobId& blob) const override;
  void add(const BlobId& blob, std::string_view record) override;

  // Of every file of the site, by path.
  using Blobs = PersistentMap<std::string, BlobId>;

  // Writes what was added. Both look whether much of the log is of no use to this site.
  void save(const Blobs& blobs);
  // And forgets what load() has read.
  void end_start(const Blobs& blobs);

  // Until no thread is at work; for tests.
  void wait();
  std::uint64_t bytes() const;

 private:
  using File = std::unique_ptr<publish::RecordFile>;

  publish::RecordFile::Place place(std::string_view suffix) const;
  Result<File> begin(std::string_view suffix) const;
  Status accept(std::string_view payload, bool& is_first);
  void append_pending();
  void look_after(const Blobs& blobs);
  Status rewrite(std::uint64_t end, const Blobs& blobs);

  const Options options_;

  mutable std::mutex mutex_;  // guards what follows
  File file_;                 // null: nothing is kept any more
  std::vector<std::string> loaded_;
  std::unordered_map<BlobId, std::string_view> known_;  // in loaded_
  mutable std::uint64_t used_bytes_ = 0;                // of them, asked for
  std::unordered_set<BlobId> written_;                  // or pending
  std::string pending_;                                 // entries of the next record
  bool is_rewriting_ = false;
  std::vector<std::string> meanwhile_;  // records since the thread began
  std::thread thread_;
};

}  // namespace stet::pipeline
