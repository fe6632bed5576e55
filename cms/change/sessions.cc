#include "cms/change/sessions.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <set>
#include <tuple>

#include "cms/change/clash_judge.h"
#include "cms/change/timetables.h"
#include "cms/schedule/policy.h"
#include "cms/schedule/schedule_view.h"
#include "cms/schedule/uid.h"

namespace stet::change {
namespace {

using schedule::Clash;
using schedule::ClashKind;
using schedule::ClashPolicy;
using schedule::Event;
using schedule::Fault;
using schedule::Faults;
using schedule::Session;
using schedule::Timetable;
using Kind = ScheduleFault::Kind;

schedule::Fields fields_of(const site::Document& document) {
  return [&document](std::string_view key) { return document.field(key); };
}

Kind kind_of(ClashKind kind) {
  switch (kind) {
    case ClashKind::kRoom: return Kind::kRoom;
    case ClashKind::kSpeaker: return Kind::kSpeaker;
    case ClashKind::kUnavailable: return Kind::kUnavailable;
  }
  return Kind::kRoom;
}

// What a clash with the event names: a room or track that it has not, a speaker whom nobody knows.
std::string name_at(const Session& session, std::string_view pointer) {
  constexpr std::string_view kSpeakers = "/speakers/";
  if (pointer == "/track") return session.track;
  for (const schedule::Slot& slot : session.slots) {
    if (pointer == slot.pointer + "/room") return slot.room;
  }
  if (!pointer.starts_with(kSpeakers)) return "";
  std::size_t at = std::strtoul(pointer.data() + kSpeakers.size(), nullptr, 10);
  return at < session.speakers.size() ? session.speakers[at] : "";
}

// What looks for faults in one session after another.
class Finder {
 public:
  Finder(const site::Site& site, const Event& event)
      : site_(site),
        event_(event),
        policy_(
            schedule::read_clash_policy(site.config().get("stet")).value_or(ClashPolicy::kWarn)) {}

  bool looks() const { return policy_ != ClashPolicy::kOff; }

  void add(const Session& session, const Timetable& timetable, bool is_pair_once) {
    add_own(session);
    for (const Clash& clash : timetable.clashes_of(session)) {
      bool is_other_side =
          clash.kind != ClashKind::kUnavailable &&
          std::tie(clash.path, clash.other_slot) < std::tie(session.path, clash.pointer);
      if (is_pair_once && is_other_side) continue;
      ScheduleFault fault = fault_of(session, schedule::pointer_of(clash));
      fault.kind = kind_of(clash.kind);
      fault.severity = severity();
      fault.message = schedule::describe(clash, event_.zone);
      fault.name = clash.name;
      fault.other = clash.path;
      fault.other_title = clash.title;
      fault.during = clash.when;
      faults_.push_back(std::move(fault));
    }
  }

  bool is_full() const { return faults_.size() >= kFaultsTold; }
  std::vector<ScheduleFault> take() { return std::move(faults_); }

 private:
  Severity severity() const {
    return policy_ == ClashPolicy::kRefuse ? Severity::kError : Severity::kWarning;
  }

  static ScheduleFault fault_of(const Session& session, const std::string& pointer) {
    ScheduleFault fault;
    fault.path = session.path;
    fault.title = session.title.empty() ? session.slug : session.title;
    fault.pointer = "/front_matter" + pointer;
    return fault;
  }

  // Its own writing, and how it fits the event.
  void add_own(const Session& session) {
    auto document = site_.find_document(session.path);
    Faults faults;
    if (document) schedule::read_session(fields_of(*document), session.path, event_, faults);
    schedule::check_fit(
        session,
        event_,
        [&](const std::string& slug) {
          return site_.blob_of("_speakers/" + slug + ".md").has_value();
        },
        faults);
    for (Fault& fault : faults) {
      ScheduleFault found = fault_of(session, fault.pointer);
      found.kind = fault.is_clash ? Kind::kFit : Kind::kTime;
      if (fault.is_clash) found.name = name_at(session, fault.pointer);
      found.severity = fault.is_clash ? severity() : fault.severity;
      found.message = std::move(fault.message);
      faults_.push_back(std::move(found));
    }
  }

  const site::Site& site_;
  const Event& event_;
  const ClashPolicy policy_;
  std::vector<ScheduleFault> faults_;
};

}  // namespace

std::string new_session_uid(const site::Site& site, std::string_view path) {
  const site::ScheduleHistory& history = site.schedule_history();
  std::set<std::string> taken;
  site.list(schedule::kSessions).for_each([&](const site::ListKey&, const site::ItemPtr& item) {
    const auto& session = static_cast<const site::Document&>(*item);
    if (auto uid = schedule::name_of(session.field("uid"))) taken.insert(*std::move(uid));
  });
  history.sessions.for_each([&](const std::string&, const site::SessionRecordPtr& record) {
    taken.insert(schedule::uid_of_path(record->origin));
    for (const site::SlotRecord& slot : record->slots) taken.insert(slot.uid);
  });
  // Slots that have an id have uids that tell nothing of their session's.
  int before = 0;
  history.gone.for_each([&](const std::string& uid, const site::LapsedSlotPtr& lapsed) {
    taken.insert(uid);
    before += lapsed->path == path;
  });
  for (int n = 1 + before;; ++n) {
    std::string origin(path);
    if (n > 1) origin += "#" + std::to_string(n);
    std::string uid = schedule::uid_of_path(origin);
    if (!taken.contains(uid)) return uid;
  }
}

std::optional<Event> event_of(const site::Site& site) {
  const site::SourceFile* source = site.find_source(schedule::kEventPath);
  if (!source || !source->data) return std::nullopt;
  Problems ignored;
  return schedule::read_event(*source->data, ignored);
}

Session session_of(const site::Document& document, const Event& event) {
  Faults ignored;
  return schedule::read_session(fields_of(document), document.path(), event, ignored);
}

std::optional<Session> session_at(const site::Site& site,
                                  std::string_view path,
                                  const Event& event) {
  const site::SourceFile* source = site.find_source(path);
  if (!source || source->documents.empty()) return std::nullopt;
  return session_of(*source->documents.front(), event);
}

std::vector<Session> sessions_of(const site::Site& site,
                                 const Event& event,
                                 const schedule::SessionFilter& filter) {
  std::vector<Session> sessions;
  site.list(schedule::kSessions).for_each([&](const site::ListKey&, const site::ItemPtr& item) {
    Session session = session_of(static_cast<const site::Document&>(*item), event);
    if (sessions.size() < kSessionsMax && filter.passes(session)) {
      sessions.push_back(std::move(session));
    }
  });
  std::sort(sessions.begin(), sessions.end(), [](const Session& a, const Session& b) {
    return a.path < b.path;
  });
  return sessions;
}

std::vector<ScheduleFault> faults_of(const site::Site& site,
                                     const Event& event,
                                     const std::vector<Session>& sessions,
                                     const Timetable& timetable) {
  Finder finder(site, event);
  if (!finder.looks()) return {};
  for (const Session& session : sessions) finder.add(session, timetable, true);
  return finder.take();
}

std::vector<ScheduleFault> faults_of(const site::Site& site,
                                     const Event& event,
                                     const Session& session) {
  Finder finder(site, event);
  if (!finder.looks()) return {};
  finder.add(session, *timetable_near(site, event, session), false);
  return finder.take();
}

std::vector<ScheduleFault> faults_at(const site::Site& site, std::vector<std::string> paths) {
  auto event = event_of(site);
  if (!event) return {};
  Finder finder(site, *event);
  if (!finder.looks()) return {};
  std::erase_if(paths, [](const std::string& path) { return !path.starts_with(kSessionFolder); });
  std::sort(paths.begin(), paths.end());
  const bool is_few = paths.size() < kFewSessions;
  const TimetablePtr all = is_few ? nullptr : timetable_of(site, *event);
  for (const std::string& path : paths) {
    if (finder.is_full()) break;
    auto session = session_at(site, path, *event);
    if (!session) continue;
    finder.add(*session, all ? *all : *timetable_near(site, *event, *session), false);
  }
  std::vector<ScheduleFault> faults = finder.take();
  if (faults.size() > kFaultsTold) faults.resize(kFaultsTold);
  return faults;
}

}  // namespace stet::change
