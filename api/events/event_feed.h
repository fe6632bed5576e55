// What happens in the server, for those who listen, with a cursor to go on from.
//
// Each event has a type, one line of JSON, and an id (stream_place.h): its number in this run of
// the server, and how far commits and news of unpublished work have been told with it. Who comes
// back with the last id that they have is told what came since, as far as it is remembered; of what
// is not, the events of commits are told again, for they are a function of the repository
// (commit_events.h), and news as the ledger has them; "events.skipped" says that others may be
// missing, and also who comes with what is no id is told so. Nothing is told twice. Threads: every
// method from any thread; all listeners are told in the same order. Limits: kRemembered
// events, kListenersMax listeners, and of one person or address so many; the last kReservedMax
// places are for those who listen nowhere yet.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/events/event_streams.h"
#include "api/events/stream_place.h"
#include "storage/base/object_id.h"

namespace stet::events {

struct ToldEvent {
  std::string type, json;
  StreamPlace place = {};  // how far is told with it; what it leaves out stays as it was
};

class EventFeed {
 public:
  static constexpr std::size_t kRemembered = 1000;
  static constexpr std::size_t kListenersMax = 1000, kReservedMax = 200;
  static constexpr std::size_t kOfPersonMax = 30, kOfAddressMax = 200;

  // `run` tells this run of the server from others: letters and digits.
  explicit EventFeed(std::string run, EventStreams::Watch watch = {})
      : run_(std::move(run)),
        streams_({.listeners = kListenersMax,
                  .reserved = kReservedMax,
                  .of_person = kOfPersonMax,
                  .of_address = kOfAddressMax},
                 std::move(watch)) {}

  void tell(std::string_view type, std::string_view json);
  void tell(const ToldEvent& event);

  // News up to this one have been told, by this run or an earlier one.
  void reach_news(std::int64_t number);
  // All events of commits up to this one have been told.
  void reach(const CommitId& commit);
  // Likewise, where no commit has been reached yet; false: one has.
  bool begin_at(const CommitId& commit);
  // They need not be, for nobody listens; what is remembered is forgotten, for it has a gap now.
  // False: somebody listens, and nothing was done.
  bool reach_untold(const CommitId& commit);
  std::optional<CommitId> reached() const;

  // What a listener is told first, who has come from `from` (nothing: no cursor, or one that names
  // nothing): what was told up to `until`, and how things stand.
  using Opening =
      std::function<std::vector<ToldEvent>(const StreamPlace& from, const StreamPlace& until)>;

  // `last_id`: "" for none; also a commit alone. Begins with what came since, or, where that is not
  // known, with what `opening` gives. It is called without a lock; what is told meanwhile comes
  // behind it.
  void listen(const http::Responder& responder,
              http::Response head,
              std::string_view last_id,
              const Opening& opening,
              EventStreams::Caller caller = {});

  void keep_alive() { streams_.keep_alive(); }
  void review() { streams_.review(); }
  void end() { streams_.end(); }
  std::size_t listeners() const { return streams_.size(); }

 private:
  // Under the lock.
  std::string id_of(std::uint64_t number) const;
  // The number of the event that `id` names, where all that came since is known.
  bool find(const std::optional<StreamId>& id, std::uint64_t& number) const;

  const std::string run_;
  mutable std::mutex mutex_;
  std::uint64_t last_ = 0;  // number of the newest event, or of a gap behind it
  StreamPlace place_;
  std::deque<std::string> remembered_;  // as they travel; the newest last
  EventStreams streams_;
};

}  // namespace stet::events
