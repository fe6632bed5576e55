#include "cms/schedule_import/matching.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <utility>

namespace stet::schedule_import {
namespace {

class Matcher {
 public:
  Matcher(const std::vector<Session>& sessions, const std::vector<SessionThere>& there)
      : sessions_(sessions),
        there_(there),
        found_(sessions.size()),
        is_taken_(there.size()),
        order_(there.size()) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    auto key = [&](std::size_t i) {
      const std::string& path = there_[i].file.path.string();
      return std::pair<std::size_t, const std::string&>(path.size(), path);
    };
    std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
      return key(a) < key(b);
    });
  }

  std::vector<std::optional<std::size_t>> run() {
    by_uid();
    by_title_and_start(/*in_same_room=*/true);
    by_title_and_start(/*in_same_room=*/false);
    by_title();
    return std::move(found_);
  }

 private:
  void take(std::size_t session, std::size_t place) {
    found_[session] = place;
    // One with slots is there as often as it takes place.
    is_taken_[place] = !there_[place].has_slots;
  }

  void by_uid() {
    std::map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < there_.size(); ++i) {
      for (const std::string& uid : there_[i].uids) places.emplace(uid, i);
    }
    for (std::size_t i = 0; i < sessions_.size(); ++i) {
      auto place = sessions_[i].uid.empty() ? places.end() : places.find(sessions_[i].uid);
      if (place != places.end() && !is_taken_[place->second]) take(i, place->second);
    }
  }

  static std::string key_of(const std::string& title,
                            const std::optional<Time>& start,
                            const std::string& room) {
    return title + "\n" + (start ? std::to_string(start->seconds) : "") + "\n" + room;
  }

  void by_title_and_start(bool in_same_room) {
    std::multimap<std::string, std::size_t> places;
    for (std::size_t i : order_) {
      for (const SlotThere& slot : there_[i].slots) {
        if (is_taken_[i]) continue;
        places.emplace(key_of(there_[i].title, slot.start, in_same_room ? slot.room : ""), i);
      }
    }
    for (std::size_t i = 0; i < sessions_.size(); ++i) {
      if (found_[i]) continue;
      const Session& session = sessions_[i];
      auto place =
          places.find(key_of(session.title, session.start, in_same_room ? session.room : ""));
      if (place == places.end()) continue;
      take(i, place->second);
      places.erase(place);
    }
  }

  void by_title() {
    std::map<std::string_view, std::vector<std::size_t>> places, wanted;
    for (std::size_t i = 0; i < there_.size(); ++i) {
      if (!is_taken_[i]) places[there_[i].title].push_back(i);
    }
    for (std::size_t i = 0; i < sessions_.size(); ++i) {
      if (!found_[i]) wanted[sessions_[i].title].push_back(i);
    }
    for (const auto& [title, sessions] : wanted) {
      auto place = places.find(title);
      if (sessions.size() != 1 || place == places.end() || place->second.size() != 1) continue;
      // Two identifiers that differ are two sessions.
      bool are_two = !sessions_[sessions[0]].uid.empty() && there_[place->second[0]].has_own_uid;
      if (!are_two) take(sessions[0], place->second[0]);
    }
  }

  const std::vector<Session>& sessions_;
  const std::vector<SessionThere>& there_;
  std::vector<std::optional<std::size_t>> found_;
  std::vector<bool> is_taken_;
  // Namesakes as an import has named them: "x", "x-2", "x-10".
  std::vector<std::size_t> order_;
};

}  // namespace

std::vector<std::optional<std::size_t>> match_sessions(const std::vector<Session>& sessions,
                                                       const std::vector<SessionThere>& there) {
  return Matcher(sessions, there).run();
}

}  // namespace stet::schedule_import
