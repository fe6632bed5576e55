#include "cms/pipeline/saved_files.h"

#include <algorithm>

#include "storage/base/byte_code.h"

namespace stet::pipeline {
namespace {

constexpr std::string_view kHeading = "stet files 1\n";
constexpr std::string_view kName = "files";
constexpr std::string_view kAside = ".new";
constexpr std::size_t kPartBytes = std::size_t{4} << 20;

// A payload is entries, one after another: a blob's id, and what site::encode_parsed() made of it.
std::string entry_of(const BlobId& blob, std::string_view record) {
  ByteWriter out;
  out.array(blob.bytes());
  out.short_text(record);
  return out.take();
}

// Calls `visit(blob, record, entry)` for each; false where that is not what the payload holds.
template <typename Visit>
bool for_each_entry(std::string_view payload, const Visit& visit) {
  ByteReader in(payload);
  while (in.is_good() && !in.is_done()) {
    std::string_view begin = payload.substr(payload.size() - in.left());
    BlobId blob(in.array<BlobId::kBytes>());
    std::string_view record = in.short_text();
    if (in.is_good()) visit(blob, record, begin.substr(0, begin.size() - in.left()));
  }
  return in.is_good();
}

}  // namespace

SavedFiles::~SavedFiles() { wait(); }

void SavedFiles::wait() {
  if (thread_.joinable()) thread_.join();
}

std::uint64_t SavedFiles::bytes() const {
  std::lock_guard lock(mutex_);
  return file_ ? file_->bytes() : 0;
}

publish::RecordFile::Place SavedFiles::place(std::string_view suffix) const {
  return {options_.folder / (std::string(kName) + std::string(suffix)), std::string(kHeading)};
}

Result<SavedFiles::File> SavedFiles::begin(std::string_view suffix) const {
  File file = TRY(publish::RecordFile::create(place(suffix)));
  const auto& settings = options_.settings.bytes;
  TRY(file->append({reinterpret_cast<const char*>(settings.data()), settings.size()}));
  return file;
}

// Of the first record, the settings; of all others, entries.
Status SavedFiles::accept(std::string_view payload, bool& is_first) {
  if (std::exchange(is_first, false)) {
    const auto& settings = options_.settings.bytes;
    bool is_same = std::equal(
        payload.begin(), payload.end(), settings.begin(), settings.end(), [](char a, auto b) {
          return static_cast<std::uint8_t>(a) == b;
        });
    return is_same ? Status()
                   : Status(conflict("it is of other settings, or of another version of stet,"));
  }
  loaded_.emplace_back(payload);
  auto take = [&](const BlobId& blob, std::string_view record, std::string_view) {
    known_[blob] = record;
    written_.insert(blob);
  };
  bool is_sound = for_each_entry(loaded_.back(), take);
  return is_sound ? Status() : Status(invalid_input("a record that makes no sense"));
}

void SavedFiles::load() {
  std::lock_guard lock(mutex_);
  bool is_first = true, is_foreign = false;
  std::vector<std::string> notices;
  auto take = [&](std::string_view payload) {
    Status accepted = accept(payload, is_first);
    is_foreign = is_foreign || (!accepted && accepted.error().code == ErrorCode::kConflict);
    return accepted;
  };
  auto file = publish::RecordFile::open(place(""), take, notices);
  // Of other settings is what each update of the program leaves: nothing to be told.
  if (options_.note && !is_foreign) {
    for (const std::string& notice : notices) options_.note(notice);
  }
  bool is_begun = file && (*file)->bytes() > kHeading.size();
  if (!is_begun) file = begin("");
  if (file) {
    file_ = *std::move(file);
  } else if (options_.note) {
    options_.note("keep what files came to: " + file.error().message);
  }
}

std::optional<std::string> SavedFiles::find(const BlobId& blob) const {
  std::lock_guard lock(mutex_);
  auto found = known_.find(blob);
  if (found == known_.end()) return std::nullopt;
  used_bytes_ += found->second.size();
  return std::string(found->second);
}

void SavedFiles::add(const BlobId& blob, std::string_view record) {
  std::lock_guard lock(mutex_);
  if (!file_ || !written_.insert(blob).second) return;
  pending_ += entry_of(blob, record);
  if (pending_.size() >= kPartBytes) append_pending();
}

// Under the lock.
void SavedFiles::append_pending() {
  std::string record = std::exchange(pending_, {});
  if (!file_ || record.empty()) return;
  if (Status appended = file_->append(record); !appended) {
    for_each_entry(record, [&](const BlobId& blob, std::string_view, std::string_view) {
      written_.erase(blob);
    });
    if (options_.note) options_.note("keep what files came to: " + appended.error().message);
    return;
  }
  if (is_rewriting_) meanwhile_.push_back(std::move(record));
}

void SavedFiles::save(const Blobs& blobs) {
  std::lock_guard lock(mutex_);
  append_pending();
  look_after(blobs);
}

void SavedFiles::end_start(const Blobs& blobs) {
  std::lock_guard lock(mutex_);
  append_pending();
  if (file_ && !known_.empty()) file_->set_rewritten(std::min(used_bytes_, file_->bytes()));
  known_ = {};
  loaded_ = {};
  look_after(blobs);
}

// Under the lock.
void SavedFiles::look_after(const Blobs& blobs) {
  if (!file_ || is_rewriting_ || !known_.empty()) return;
  if (file_->appended_bytes() <= std::max(options_.rewrite_bytes_min, file_->rewritten_bytes())) {
    return;
  }
  wait();  // it has ended
  is_rewriting_ = true;
  thread_ = std::thread([this, end = file_->bytes(), blobs] {
    Status rewritten = rewrite(end, blobs);
    std::lock_guard lock(mutex_);
    is_rewriting_ = false;
    meanwhile_.clear();
    if (rewritten) return;
    if (file_) file_->set_rewritten(file_->bytes());  // not at once again
    if (options_.note) {
      options_.note("write '" + place("").path.string() + "' anew: " + rewritten.error().message);
    }
  });
}

// Of the first `end` bytes what the site has, into a file aside; then, nobody else writing, what
// came meanwhile.
Status SavedFiles::rewrite(std::uint64_t end, const Blobs& blobs) {
  std::unordered_set<BlobId> wanted, kept;
  blobs.for_each([&](const std::string&, const BlobId& blob) { wanted.insert(blob); });
  File file = TRY(begin(kAside));
  std::string part;
  bool is_first = true;
  auto copy = [&](std::string_view payload) -> Status {
    if (std::exchange(is_first, false)) return {};
    for_each_entry(payload, [&](const BlobId& blob, std::string_view, std::string_view entry) {
      if (wanted.contains(blob) && kept.insert(blob).second) part += entry;
    });
    return part.size() < kPartBytes ? Status() : file->append(std::exchange(part, {}));
  };
  TRY(publish::RecordFile::read(place(""), end, copy));
  if (!part.empty()) TRY(file->append(part));
  file->set_rewritten(file->bytes());
  TRY(file->sync());
  std::lock_guard lock(mutex_);
  for (const std::string& record : meanwhile_) {
    TRY(file->append(record));
    for_each_entry(
        record, [&](const BlobId& blob, std::string_view, std::string_view) { kept.insert(blob); });
  }
  for_each_entry(
      pending_, [&](const BlobId& blob, std::string_view, std::string_view) { kept.insert(blob); });
  TRY(file->rename_to(place("").path));
  file_ = std::move(file);
  written_ = std::move(kept);
  return {};
}

}  // namespace stet::pipeline
