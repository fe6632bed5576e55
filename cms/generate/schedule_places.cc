#include "cms/generate/schedule_places.h"

#include "cms/liquid/filters/escape.h"
#include "cms/liquid/member.h"
#include "cms/site/schedule_lists.h"

namespace stet::generate {
namespace {

using liquid::Value;

// The event's own, and then those that sessions have besides.
Value names_of(std::string_view kind,
               const std::string& key,
               const site::Site& site,
               const Value& event) {
  std::vector<Value> names;
  if (const Value* own = liquid::find_member(event, key)) {
    if (own->type() == liquid::Type::kArray) names = own->as_array().items;
  }
  const auto& lists = site.lists();
  for (std::size_t i = lists.rank_of(std::string(kind)); i < lists.size(); ++i) {
    const auto& [name, items] = lists.at(i);
    if (!name.starts_with(kind)) break;
    if (!items.empty()) names.emplace_back(name.substr(kind.size()));
  }
  return liquid::make_array(std::move(names));
}

}  // namespace

schedule::Event event_with_all_places(const site::Site& site) {
  const Value* found = site.data()->hash().find("event");
  Value event = found ? *found : Value();
  Problems ignored;
  return schedule::read_event(
      liquid::make_hash({{"rooms", names_of(site::kRoomLists, "rooms", site, event)},
                         {"tracks", names_of(site::kTrackLists, "tracks", site, event)}}),
      ignored);
}

std::string encoded_path(std::string_view path) {
  std::string url;
  for (char c : path) {
    bool is_bare = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   std::string_view("-._~/").find(c) != std::string_view::npos;
    if (is_bare) {
      url += c;
    } else {
      liquid::append_percent(url, c);
    }
  }
  return url;
}

}  // namespace stet::generate
