// What makes a restart cheap: who has read what, on disk beside the journal.
//
// A log of records (state_record.h), one a publication, sized by what that has touched; when it has
// doubled, a thread writes it anew, aside, and puts that in its place. Everything in it can be
// rendered again, so nothing in it is trusted that is not whole, of these settings and of a
// publication that the journal knows. Threads: one at a time calls; the thread that writes the log
// anew is its own. Durability: as the journal's, records are not fsynced. Failure: a record that
// could not be written leaves the log behind; the next one brings it forward again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "cms/pipeline/state_record.h"
#include "cms/publish/record_file.h"

namespace stet::pipeline {

class SavedState {
 public:
  struct Options {
    std::filesystem::path folder;  // that somebody holds for us: the publisher's
    Fingerprint settings;          // of all that pages depend on beside the commit and the instant
    std::uint64_t rewrite_bytes_min = std::uint64_t{4} << 20;  // of records since it was rewritten
    std::function<void(std::string_view)> note;                // of what an operator should know
  };
  // What is to be saved of a node, asked while a record is made.
  using LookAt = std::function<SavedNode(dirty::NodeId)>;

  // `names` must outlive it.
  SavedState(Options options, reads::Names& names);
  ~SavedState();  // waits for the thread

  // What the last process left, up to the publication of that number; with mark.number 0 where that
  // is nothing, `notices` saying why if there was something. An error: the log cannot be read, and
  // is taken away.
  Result<SavedSite> load(std::uint64_t newest, std::vector<std::string>& notices);

  // The site as it is now, instead of all that is there.
  Status save_whole(const SavedMark& mark,
                    const std::vector<dirty::NodeId>& nodes,
                    const LookAt& look_at,
                    const SavedInstants& instants,
                    const SavedHistory& history);

  // What has become of these nodes since the last record. `history` is written when the log is
  // written anew. kUnavailable where there is no log to go on with: save_whole().
  Status save(const SavedMark& mark,
              const std::vector<dirty::NodeId>& nodes,
              const LookAt& look_at,
              const SavedInstants& instants,
              const SavedHistory& history);

  // Until no thread is at work; for tests.
  void wait();

  std::uint64_t bytes() const;

 private:
  using File = std::unique_ptr<publish::RecordFile>;

  publish::RecordFile::Place place(std::string_view suffix) const;
  Result<File> begin_aside() const;
  void rewrite_soon(const SavedHistory& history);
  Status rewrite(std::uint64_t end, const SavedHistory& history);

  const Options options_;
  reads::Names& names_;
  SavedInstants saved_instants_;

  mutable std::mutex mutex_;  // guards what follows
  File file_;                 // null: nothing is there that could be gone on with
  std::unique_ptr<StateEncoder> encoder_;
  bool is_rewriting_ = false;
  std::vector<std::string> meanwhile_;  // records since the thread began
  std::thread thread_;
};

}  // namespace stet::pipeline
