#include "cms/schedule/history_step.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "cms/document/document.h"
#include "cms/document/structured.h"
#include "cms/schedule/releases.h"
#include "cms/schedule/session.h"
#include "cms/schedule/uid.h"
#include "cms/site/front_matter_defaults.h"
#include "cms/site/schedule_releases.h"
#include "cms/site/value_of.h"

namespace stet::schedule {
namespace {

using site::LapsedSlot;
using site::LapsedSlotPtr;
using site::ScheduleHistory;
using site::SessionRecord;
using site::SessionRecordPtr;
using site::SlotRecord;

// The collection that sessions are, as defaults name it.
constexpr std::string_view kCollection = "schedule";

// Names beginning so are no documents of a collection.
bool is_session_path(std::string_view path) {
  std::string_view rest = path;
  if (!rest.starts_with(kSessionFolder) || !rest.substr(sizeof kSessionFolder - 1).starts_with('/'))
    return false;
  for (rest.remove_prefix(sizeof kSessionFolder); !rest.empty();) {
    if (std::string_view("._#~").find(rest.front()) != std::string_view::npos) return false;
    std::size_t slash = rest.find('/');
    rest.remove_prefix(slash == rest.npos ? rest.size() : slash + 1);
  }
  return true;
}

std::string clock_of(const Event& event) {
  std::string clock = event.zone.name() + "\n";
  for (const SessionType& type : event.types) {
    clock += type.name + "\n" + std::to_string(type.minutes) + "\n";
  }
  return clock;
}

// What a file says as far as calendars are concerned.
struct Arriving {
  BlobId blob;
  Session session;
  std::string origin;
};

document::Data defaults_of_sessions(const document::Data& config) {
  document::Data::List sets;
  const document::Data* all = config.find("defaults");
  if (!all || !all->list()) return document::Data(std::move(sets));
  for (const document::Data& set : *all->list()) {
    const document::Data* scope = set.find("scope");
    const document::Data* type = scope ? scope->find("type") : nullptr;
    const std::string* label = type ? type->string() : nullptr;
    if (!type || (label && *label == kCollection)) sets.push_back(set);
  }
  return document::Data(std::move(sets));
}

class Step {
 public:
  Step(const ScheduleHistory& before, const HistoryStep& step)
      : history_(before), step_(step), seen_(step.seen ? *step.seen : own_) {}

  Result<ScheduleHistory> run() {
    bool has_event = TRY(read_event());
    if (has_event) TRY(read_defaults());
    std::string clock = has_event ? clock_of(seen_.event) + seen_.defaults : "";
    if (clock != history_.clock) {
      TRY(look_at_all(has_event));
      history_.clock = std::move(clock);
    } else if (has_event) {
      for (const storage::FileChange& change : step_.diff) {
        if (is_session_path(change.path.view())) TRY(look_at(change.path, change.after));
      }
    }
    find_origins();
    settle(has_event);
    forget_old();
    TRY(release());
    return std::move(history_);
  }

 private:
  Result<bool> read_event() {
    auto path = TRY(RepoPath::parse(kEventPath));
    auto entry = TRY(step_.snapshot.find(path));
    if (!entry || !is_readable(entry->kind)) return false;
    if (seen_.event_blob == entry->blob) return true;
    auto text = TRY(read(entry->blob));
    Problems ignored;
    document::Data data =
        text ? document::read_structured(*text, kEventPath, ignored) : document::Data();
    seen_.event = schedule::read_event(site::value_of(data), ignored);
    seen_.event_blob = entry->blob;
    return true;
  }

  // Of the configuration the sets alone that sessions may have.
  Status read_defaults() {
    auto path = TRY(RepoPath::parse(kConfigPath));
    auto entry = TRY(step_.snapshot.find(path));
    if (!entry || !is_readable(entry->kind)) {
      seen_.config_blob.reset();
      seen_.config.reset();
      seen_.defaults.clear();
      return {};
    }
    if (seen_.config_blob == entry->blob) return {};
    auto text = TRY(read(entry->blob));
    Problems ignored;
    document::Data data = document::read_structured(text.value_or(""), kConfigPath, ignored);
    document::Data own(document::Data::Map{{"defaults", defaults_of_sessions(data)}});
    const bool has_some = !own.find("defaults")->list()->empty();
    seen_.config_blob = entry->blob;
    seen_.defaults = has_some ? TRY(document::write_structured(own, kConfigPath)) : "";
    seen_.config.reset();
    if (has_some) {
      auto names = std::make_shared<reads::Names>();
      seen_.config = site::Config::make(site::hash_of(*own.map()).get(), kConfigPath, {}, *names);
      seen_.names = std::move(names);
    }
    return {};
  }

  // None of what is too large to be a file of a site.
  Result<std::optional<std::string>> read(const BlobId& blob) const {
    auto text = step_.snapshot.read(blob);
    if (!text && text.error().code == ErrorCode::kInvalidInput) return std::optional<std::string>();
    return std::optional(TRY(std::move(text)));
  }

  Status look_at_all(bool has_event) {
    history_.sessions.for_each([&](const std::string& path, const SessionRecordPtr& record) {
      leaving_.emplace(path, record);
    });
    if (!has_event) return {};
    return step_.snapshot.walk(kSessionFolder, [&](const storage::SnapshotEntry& entry) -> Status {
      if (!is_session_path(entry.path.view())) return {};
      return look_at(entry.path, storage::FileState{entry.blob, entry.kind});
    });
  }

  Status look_at(const RepoPath& path, const std::optional<storage::FileState>& after) {
    std::optional<Arriving> arriving;
    if (after && is_readable(after->kind)) {
      auto text = TRY(read(after->blob));
      auto file = document::parse_document(text.value_or(""), path.view());
      if (!text || file.is_broken) {
        leaving_.erase(path.string());
        return {};
      }
      arriving = arriving_of(path.string(), after->blob, file);
    }
    if (const SessionRecordPtr* known = history_.sessions.find(path.string())) {
      leaving_.emplace(path.string(), *known);
    }
    if (arriving) arriving_.emplace(path.string(), *std::move(arriving));
    return {};
  }

  std::optional<Arriving> arriving_of(const std::string& path,
                                      const BlobId& blob,
                                      const document::Document& file) const {
    if (!file.has_front_matter) return std::nullopt;
    auto defaults = seen_.config ? site::defaults_for(*seen_.config, path, kCollection)
                                 : liquid::Ref<liquid::Hash>(new liquid::Hash({}));
    auto field = [&](std::string_view key) {
      const document::Data* value = file.front_matter.find(std::string(key));
      if (value && !value->is_nil()) return site::value_of(*value);
      const liquid::Value* unsaid = defaults->find(key);
      return unsaid ? *unsaid : liquid::Value();
    };
    liquid::Value published = field("published");
    if (published.type() == liquid::Type::kBool && !published.is_truthy()) return std::nullopt;
    Faults ignored;
    return Arriving{blob, read_session(field, path, seen_.event, ignored), ""};
  }

  // Of a file that is there already its own; of a new one, that of the one that it was.
  void find_origins() {
    std::map<std::string, std::string> by_blob;  // paths that go, by what they held
    std::map<std::string, std::vector<std::string>> by_title;
    for (const auto& [path, record] : leaving_) {
      if (arriving_.contains(path) || record->has_own_uid) continue;
      by_blob.emplace(record->blob.hex(), path);
      if (!record->title.empty()) by_title[record->title].push_back(path);
    }
    std::map<std::string, std::size_t> arriving_titles;
    std::vector<Arriving*> newcomers;
    for (auto& [path, arriving] : arriving_) {
      auto known = leaving_.find(path);
      if (known != leaving_.end()) arriving.origin = known->second->origin;
      if (known != leaving_.end() || !arriving.session.uid.empty()) continue;
      ++arriving_titles[arriving.session.title];
      newcomers.push_back(&arriving);
    }
    std::set<std::string> taken;
    for (Arriving* one : newcomers) {
      auto found = by_blob.find(one->blob.hex());
      if (found != by_blob.end() && taken.insert(found->second).second) {
        one->origin = leaving_.at(found->second)->origin;
      }
    }
    for (Arriving* one : newcomers) {
      const auto& title = one->session.title;
      auto found = by_title.find(title);
      bool is_clear = one->origin.empty() && found != by_title.end() && found->second.size() == 1 &&
                      arriving_titles[title] == 1;
      if (is_clear && taken.insert(found->second.front()).second) {
        one->origin = leaving_.at(found->second.front())->origin;
      }
    }
    std::set<std::string> used;
    for (const auto& [path, arriving] : arriving_) used.insert(arriving.origin);
    for (auto& [path, arriving] : arriving_) {
      if (!arriving.origin.empty()) continue;
      arriving.origin = path;
      // A file that began here may live on under another name.
      for (int n = 2; used.contains(arriving.origin) || is_of_another(arriving.origin); ++n) {
        arriving.origin = path + "#" + std::to_string(n);
      }
    }
  }

  bool is_of_another(const std::string& origin) const {
    const std::string* other = history_.renamed.find(origin);
    return other && !leaving_.contains(*other);
  }

  struct Pooled {
    const SessionRecord* record;
    const SlotRecord* slot;
    const std::string* path;
  };

  void settle(bool has_event) {
    for (const auto& [path, record] : leaving_) {
      for (const SlotRecord& slot : record->slots) {
        pool_.emplace(slot.uid, Pooled{record.get(), &slot, &path});
      }
      history_.sessions = history_.sessions.erase(path);
      if (record->origin != path) history_.renamed = history_.renamed.erase(record->origin);
    }
    for (auto& [path, arriving] : arriving_) {
      if (arriving.origin != path) history_.renamed = history_.renamed.set(arriving.origin, path);
      history_.sessions = history_.sessions.set(path, record_of(path, arriving));
    }
    for (const auto& [uid, left] : pool_) lapse(left, has_event);
  }

  SessionRecordPtr record_of(const std::string& path, Arriving& arriving) {
    auto record = std::make_shared<SessionRecord>();
    Session& session = arriving.session;
    record->blob = arriving.blob;
    record->origin = arriving.origin;
    record->title = session.title;
    record->track = session.track;
    record->speakers = session.speakers;
    record->has_own_uid = !session.uid.empty();
    if (session.uid.empty()) session.uid = uid_of_path(arriving.origin);
    for (const Slot& slot : session.slots) {
      if (slot.start) record->slots.push_back(slot_of(path, session, slot));
    }
    return record;
  }

  SlotRecord slot_of(const std::string& path, const Session& session, const Slot& slot) {
    SlotRecord now;
    now.uid = uid_of_slot(session, slot);
    now.start = slot.start->seconds;
    now.end = slot.end.seconds;
    now.room = slot.room;
    now.is_cancelled = session.status == SessionStatus::kCancelled;
    now.is_tentative = session.status == SessionStatus::kTentative;
    now.created = now.revised = step_.when;
    if (auto was = take(now.uid, path)) {
      now.sequence = was->sequence;
      now.created = was->created;
      now.revised = was->revised;
      if (!(now == *was)) {
        now.sequence = was->sequence + 1;
        now.revised = step_.when;
      }
    }
    now.sequence = std::max(now.sequence, slot.sequence);
    return now;
  }

  // What was known of a slot: of the same file, of another that goes, of what has gone before.
  std::optional<SlotRecord> take(const std::string& uid, const std::string& path) {
    auto [begin, end] = pool_.equal_range(uid);
    auto found =
        std::find_if(begin, end, [&](const auto& one) { return *one.second.path == path; });
    if (found == end) found = begin;
    if (found != end) {
      SlotRecord slot = *found->second.slot;
      pool_.erase(found);
      return slot;
    }
    const LapsedSlotPtr* known = history_.gone.find(uid);
    if (!known) return std::nullopt;
    SlotRecord slot = (*known)->slot;
    history_.gone = history_.gone.erase(uid);
    history_.withdrawn = history_.withdrawn.erase(std::pair(slot.end, uid));
    return slot;
  }

  void lapse(const Pooled& left, bool has_event) {
    auto lapsed = std::make_shared<LapsedSlot>();
    lapsed->slot = *left.slot;
    lapsed->path = *left.path;
    lapsed->title = left.record->title;
    lapsed->track = left.record->track;
    lapsed->speakers = left.record->speakers;
    SlotRecord& slot = lapsed->slot;
    bool is_told = has_event && slot.end > step_.when.seconds;
    if (is_told && !slot.is_cancelled) {
      slot.is_cancelled = true;
      ++slot.sequence;
      slot.revised = step_.when;
    }
    if (const LapsedSlotPtr* twin = history_.gone.find(slot.uid)) {
      history_.withdrawn = history_.withdrawn.erase(std::pair((*twin)->slot.end, slot.uid));
    }
    history_.gone = history_.gone.set(slot.uid, lapsed);
    if (is_told) history_.withdrawn = history_.withdrawn.set(std::pair(slot.end, slot.uid), lapsed);
  }

  void forget_old() {
    constexpr std::int64_t kDay = 24 * 60 * 60;
    while (!history_.withdrawn.empty()) {
      auto oldest = history_.withdrawn.at(0).first;
      if (oldest.first + kWithdrawnDays * kDay >= step_.when.seconds) return;
      history_.withdrawn = history_.withdrawn.erase(oldest);
    }
  }

  Status release() {
    auto is_it = [](const storage::FileChange& change) {
      return change.path.view() == kReleasesPath;
    };
    auto change = std::find_if(step_.diff.begin(), step_.diff.end(), is_it);
    if (change == step_.diff.end()) return {};
    document::Data data;
    if (change->after && is_readable(change->after->kind)) {
      auto text = TRY(read(change->after->blob));
      Problems problems;
      data = document::read_structured(text.value_or(""), kReleasesPath, problems);
      bool is_broken = std::any_of(problems.begin(), problems.end(), [](const Problem& problem) {
        return problem.severity == Severity::kError;
      });
      if (!text || is_broken) return {};
    }
    std::vector<site::ReleasePtr> releases;
    for (const NamedRelease& named : releases_in(site::value_of(data))) {
      site::Release made;
      for (const site::ReleasePtr& known : history_.releases) {
        if (known->version == named.version) made = *known;
      }
      if (made.version.empty()) {
        made.commit = step_.commit;
        made.when = step_.when;
        made.sessions = history_.sessions;
      }
      made.version = named.version;
      made.notes = named.notes;
      made.before = releases.empty() ? ScheduleHistory::Sessions() : releases.back()->sessions;
      releases.push_back(std::make_shared<const site::Release>(std::move(made)));
    }
    history_.releases = std::move(releases);
    return {};
  }

  ScheduleHistory history_;
  const HistoryStep& step_;
  KnownFiles own_;
  KnownFiles& seen_;
  std::map<std::string, SessionRecordPtr> leaving_;  // by path: as they were
  std::map<std::string, Arriving> arriving_;         // by path: as they are
  std::multimap<std::string, Pooled> pool_;          // by uid: slots as they were
};

}  // namespace

Result<ScheduleHistory> grown(const ScheduleHistory& before, const HistoryStep& step) {
  return Step(before, step).run();
}

}  // namespace stet::schedule
