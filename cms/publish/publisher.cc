#include "cms/publish/publisher.h"

#include <algorithm>

#include "cms/publish/folder_lock.h"
#include "cms/publish/record.h"
#include "cms/publish/record_file.h"

namespace stet::publish {

Publisher::Publisher(Options options) : options_(options) {}

Publisher::~Publisher() = default;

Result<std::unique_ptr<Publisher>> Publisher::open(std::filesystem::path folder, Options options) {
  options.kept_max = std::max<std::size_t>(options.kept_max, 1);
  std::unique_ptr<Publisher> publisher(new Publisher(options));
  auto accept = [&](std::string_view record) -> Status {
    LivePointer next = TRY(decode_record(record, publisher->live_));
    publisher->keep(std::move(next), std::string(record));
    return {};
  };
  publisher->lock_ = TRY(lock_folder(folder));
  publisher->journal_ =
      TRY(RecordFile::open({folder / "journal", "stet journal 1\n"}, accept, publisher->notices_));
  return publisher;
}

Result<LivePointer> Publisher::publish(Publication publication) {
  std::lock_guard in_order(publish_mutex_);
  const LivePointer before = live();
  const std::uint64_t number = before ? before->number : 0;
  if (publication.onto && *publication.onto != number) {
    return conflict("publication " + std::to_string(number) + " is live, not " +
                    std::to_string(*publication.onto));
  }
  const bool replaces_all = publication.replaces_all || !before;
  auto next = std::make_shared<Live>();
  next->commit = publication.commit;
  next->instant = publication.instant;
  next->url = std::move(publication.url);
  next->settings = publication.settings;
  next->manifest = (replaces_all ? Manifest() : before->manifest).with(publication.changes);
  next->number = number + 1;
  std::string record = encode_record(*next, publication.changes, replaces_all);
  if (Status appended = journal_->append(record); !appended) {
    return std::move(appended).error().within("publish");
  }
  keep(next, std::move(record));
  // Should it fail, the journal goes on as it is, and the next publication tries again.
  if (is_checkpoint_due()) [[maybe_unused]]
    Status later = checkpoint();
  return LivePointer(std::move(next));
}

void Publisher::keep(LivePointer next, std::string record) {
  std::vector<LivePointer> dropped;  // a manifest's nodes are freed after the lock
  records_.push_back(std::move(record));
  std::lock_guard lock(live_mutex_);
  live_ = next;
  kept_.push_back(std::move(next));
  while (kept_.size() > options_.kept_max) {
    dropped.push_back(std::move(kept_.front()));
    kept_.pop_front();
    records_.pop_front();
  }
}

bool Publisher::is_checkpoint_due() const {
  return journal_->appended_bytes() >
         std::max(options_.checkpoint_bytes_min, journal_->rewritten_bytes());
}

Status Publisher::checkpoint() {
  std::string first = encode_whole(*kept_.front());
  std::vector<std::string_view> records(records_.begin(), records_.end());
  records.front() = first;
  return journal_->rewrite(records);
}

LivePointer Publisher::live() const {
  std::lock_guard lock(live_mutex_);
  return live_;
}

std::vector<LivePointer> Publisher::kept() const {
  std::lock_guard lock(live_mutex_);
  return {kept_.rbegin(), kept_.rend()};
}

LivePointer Publisher::find(std::uint64_t number) const {
  std::lock_guard lock(live_mutex_);
  if (kept_.empty() || number < kept_.front()->number) return nullptr;
  std::size_t place = number - kept_.front()->number;  // numbers have no gaps
  return place < kept_.size() ? kept_[place] : nullptr;
}

}  // namespace stet::publish
