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
  auto accept = [&](std::string_view record) { return publisher->accept(record); };
  publisher->lock_ = TRY(lock_folder(folder));
  publisher->journal_ =
      TRY(RecordFile::open({folder / "journal", "stet journal 2\n"}, accept, publisher->notices_));
  publisher->trim(0);
  return publisher;
}

Status Publisher::accept(std::string_view record) {
  if (is_hold_record(record)) {
    auto hold = TRY(decode_hold(record));
    if (hold && !find(hold->number)) return invalid_input("a hold of what is not kept");
    set_hold(std::move(hold));
    return {};
  }
  LivePointer before = newest();
  LivePointer next = TRY(decode_record(record, before));
  bool is_fill = before && next->number == before->number;
  is_fill ? extend(std::move(next), std::string(record))
          : keep(std::move(next), std::string(record));
  return {};
}

Result<LivePointer> Publisher::publish(Publication publication) {
  std::lock_guard in_order(publish_mutex_);
  const LivePointer before = newest();
  const bool replaces_all = publication.replaces_all || !before;
  auto next = std::make_shared<Live>();
  next->commit = publication.commit;
  next->instant = publication.instant;
  next->url = std::move(publication.url);
  next->baseurl = std::move(publication.baseurl);
  next->settings = publication.settings;
  next->manifest = (replaces_all ? Manifest() : before->manifest).with(publication.changes);
  next->number = (before ? before->number : 0) + 1;
  std::string record = encode_record(
      *next, publication.changes, replaces_all ? RecordKind::kWhole : RecordKind::kDifference);
  TRY(append(record));
  keep(next, std::move(record));
  // Should it fail, the journal goes on as it is, and the next publication tries again.
  if (is_checkpoint_due()) [[maybe_unused]]
    Status later = checkpoint();
  return LivePointer(std::move(next));
}

Result<LivePointer> Publisher::fill(std::uint64_t number, const std::vector<Change>& changes) {
  std::lock_guard in_order(publish_mutex_);
  const LivePointer before = newest();
  if (!before || before->number != number) {
    return conflict("publication " + std::to_string(number) + " is not the newest any more");
  }
  if (changes.empty()) return before;
  auto filled = std::make_shared<Live>(*before);
  filled->manifest = before->manifest.with(changes);
  std::string record = encode_record(*filled, changes, RecordKind::kFill);
  TRY(append(record));
  extend(filled, std::move(record));
  if (is_checkpoint_due()) [[maybe_unused]]
    Status later = checkpoint();
  return LivePointer(std::move(filled));
}

Result<LivePointer> Publisher::hold(std::uint64_t number,
                                    Instant since,
                                    std::string by,
                                    std::optional<CommitId> head) {
  std::lock_guard in_order(publish_mutex_);
  LivePointer wanted = find(number);
  if (!wanted) {
    return not_found("publication " + std::to_string(number) + " is not kept any more");
  }
  const LivePointer last = newest();
  if (wanted == last) {
    return conflict("publication " + std::to_string(number) + " is the newest; release the hold");
  }
  Hold hold{number, head.value_or(last->commit), since, std::move(by)};
  TRY(append(encode_hold(hold)));
  set_hold(std::move(hold));
  return wanted;
}

Result<LivePointer> Publisher::release() {
  std::lock_guard in_order(publish_mutex_);
  if (!held()) return not_found("no older publication is held live");
  TRY(append(encode_hold(std::nullopt)));
  set_hold(std::nullopt);
  return live();
}

Status Publisher::append(std::string_view record) {
  Status appended = journal_->append(record);
  if (!appended) return std::move(appended).error().within("publish");
  return {};
}

void Publisher::keep(LivePointer next, std::string record) {
  {
    std::lock_guard lock(live_mutex_);
    // Neither the passing of time nor the head of then, which came late, is news.
    bool is_news =
        hold_ && next->commit != hold_->head && next->commit != kept_.back().live->commit;
    if (is_news) hold_.reset();
    if (!hold_) live_ = next;
    kept_.push_back({std::move(next), {}});
    kept_.back().records.push_back(std::move(record));
  }
  // While the journal is read, the hold that spares one comes after it.
  trim(journal_ ? 0 : 1);
}

void Publisher::trim(std::size_t more) {
  std::vector<Kept> dropped;  // a manifest's nodes are freed after the lock
  std::lock_guard lock(live_mutex_);
  while (kept_.size() > options_.kept_max + (hold_ ? 1 : more)) {
    bool is_held = hold_ && kept_.front().live->number == hold_->number;
    auto oldest = kept_.begin() + (is_held ? 1 : 0);
    dropped.push_back(std::move(*oldest));
    kept_.erase(oldest);
  }
}

void Publisher::extend(LivePointer filled, std::string record) {
  LivePointer before = newest();  // is freed after the lock
  std::lock_guard lock(live_mutex_);
  if (!hold_) live_ = filled;
  kept_.back().live = std::move(filled);
  kept_.back().records.push_back(std::move(record));
}

void Publisher::set_hold(std::optional<Hold> hold) {
  LivePointer wanted = hold ? find(hold->number) : newest();
  std::lock_guard lock(live_mutex_);
  hold_ = std::move(hold);
  live_ = std::move(wanted);
}

bool Publisher::is_checkpoint_due() const {
  return journal_->appended_bytes() >
         std::max(options_.checkpoint_bytes_min, journal_->rewritten_bytes());
}

// A record says what is different from the publication before it: where that one is not kept, the
// whole is written.
Status Publisher::checkpoint() {
  std::deque<std::string> wholes;
  std::vector<std::string_view> records;
  std::uint64_t before = 0;
  for (const Kept& kept : kept_) {
    if (before == 0 || kept.live->number != before + 1) {
      records.push_back(wholes.emplace_back(encode_whole(*kept.live)));
    } else {
      records.insert(records.end(), kept.records.begin(), kept.records.end());
    }
    before = kept.live->number;
  }
  if (hold_) records.push_back(wholes.emplace_back(encode_hold(hold_)));
  return journal_->rewrite(records);
}

LivePointer Publisher::live() const {
  std::lock_guard lock(live_mutex_);
  return live_;
}

LivePointer Publisher::newest() const {
  std::lock_guard lock(live_mutex_);
  return kept_.empty() ? nullptr : kept_.back().live;
}

std::optional<Hold> Publisher::held() const {
  std::lock_guard lock(live_mutex_);
  return hold_;
}

Shown Publisher::shown() const {
  std::lock_guard lock(live_mutex_);
  return {live_, kept_.empty() ? nullptr : kept_.back().live, hold_};
}

std::vector<LivePointer> Publisher::kept() const {
  std::lock_guard lock(live_mutex_);
  std::vector<LivePointer> kept;
  for (auto it = kept_.rbegin(); it != kept_.rend(); ++it) kept.push_back(it->live);
  return kept;
}

LivePointer Publisher::find(std::uint64_t number) const {
  std::lock_guard lock(live_mutex_);
  for (const Kept& kept : kept_) {
    if (kept.live->number == number) return kept.live;
  }
  return nullptr;
}

}  // namespace stet::publish
