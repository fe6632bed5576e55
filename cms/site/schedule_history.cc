#include "cms/site/schedule_history.h"

#include "cms/site/schedule_lists.h"

namespace stet::site {

std::vector<std::string> lists_of_lapsed(const LapsedSlot& lapsed) {
  std::vector<std::string> lists{"schedule"};
  auto add = [&](std::string_view kind, const std::string& name) {
    if (!name.empty()) lists.push_back(std::string(kind) + name);
  };
  add(kRoomLists, lapsed.slot.room);
  add(kTrackLists, lapsed.track);
  for (const std::string& slug : lapsed.speakers) add(kSpeakerLists, slug);
  return lists;
}

}  // namespace stet::site
