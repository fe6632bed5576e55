#include "cms/generate/schedule_pages.h"

#include <algorithm>
#include <map>

#include "cms/generate/schedule_places.h"
#include "cms/schedule/day_value.h"
#include "cms/schedule/program.h"
#include "cms/schedule/schedule_view.h"
#include "cms/site/derive.h"
#include "cms/site/schedule_lists.h"
#include "cms/site/site.h"
#include "cms/site/site_changes.h"

namespace stet::generate {
namespace {

using liquid::Hash;
using liquid::Value;
using Documents = std::vector<site::DocumentPtr>;

constexpr std::string_view kDays = "days", kPlaces = "places";  // groups

struct Wanted {
  std::string path, layout, title, view, of;
  std::string days = "";  // all that there are: "2020-10-12 2020-10-13"
};

site::DocumentPtr page_of(const Wanted& wanted, const site::Config& config, reads::Names& names) {
  liquid::Ref<Hash> fields(new Hash({{"layout", Value(wanted.layout)},
                                     {"title", Value(wanted.title)},
                                     {"view", Value(wanted.view)},
                                     {"of", Value(wanted.of)},
                                     {"days", Value(wanted.days)}}));
  return site::generated_document(
      {wanted.path + "index.html", "/" + encoded_path(wanted.path), wanted.layout, "", fields},
      config,
      names);
}

// True if some slot of the session begins on that day of the event.
bool is_on(const site::Document& session, const std::string& day, const schedule::Event& event) {
  schedule::Faults ignored;
  auto field = [&](std::string_view key) { return session.field(key); };
  const schedule::Session read = schedule::read_session(field, session.path(), event, ignored);
  return std::any_of(read.slots.begin(), read.slots.end(), [&](const schedule::Slot& slot) {
    return slot.start && iso_date(schedule::day_of(*slot.start)) == day;
  });
}

class SchedulePages final : public site::Generator {
 public:
  SchedulePages(std::shared_ptr<const site::Config> config, reads::Names& names)
      : config_(std::move(config)), names_(names) {}

  std::set<std::string> groups_of(const site::Touched& touched, bool is_first) const override {
    std::set<std::string> groups;
    const bool is_all = is_first || touched.has_data;
    auto is_touched = [&](std::string_view kind) {
      auto it = touched.lists.lower_bound(std::string(kind));
      return it != touched.lists.end() && it->first.starts_with(kind);
    };
    if (is_all || is_touched(site::kDayLists)) groups.emplace(kDays);
    if (is_all || is_touched(site::kRoomLists) || is_touched(site::kTrackLists)) {
      groups.emplace(kPlaces);
    }
    return groups;
  }

  site::Group make(const std::string& group,
                   const site::Site& site,
                   const site::Group& before) const override {
    std::map<std::string, site::DocumentPtr> known;
    if (before) {
      for (const auto& document : *before) known.emplace(key_of(*document), document);
    }
    Documents made;
    bool is_same = true;
    for (const Wanted& wanted : group == kDays ? days(site) : places(site)) {
      made.push_back(page_of(wanted, *config_, names_));
      auto same = known.find(key_of(*made.back()));
      is_same = is_same && same != known.end();
      if (same != known.end()) made.back() = same->second;
    }
    if (made.empty()) return nullptr;
    if (before && is_same && before->size() == made.size()) return before;
    return std::make_shared<const Documents>(std::move(made));
  }

 private:
  std::vector<Wanted> days(const site::Site& site) const {
    const Value* data = site.data()->hash().find("event");
    Problems ignored;
    const schedule::Event event = schedule::read_event(data ? *data : Value(), ignored);
    std::vector<std::string> dates;
    const auto& lists = site.lists();
    for (std::size_t i = lists.rank_of(std::string(site::kDayLists)); i < lists.size(); ++i) {
      const auto& [name, items] = lists.at(i);
      if (!name.starts_with(site::kDayLists) || dates.size() >= schedule::kDaysMax) break;
      std::string date = name.substr(site::kDayLists.size());
      bool has_session = false;
      items.for_each([&](const site::ListKey&, const site::ItemPtr& item) {
        has_session = has_session || is_on(static_cast<const site::Document&>(*item), date, event);
      });
      if (has_session) dates.push_back(std::move(date));
    }
    std::string tabs;
    for (const std::string& date : dates) tabs += (tabs.empty() ? "" : " ") + date;
    std::vector<Wanted> wanted;
    for (const std::string& date : dates) {
      auto day = parse_iso_date(date);
      if (!day) continue;
      wanted.push_back(
          {"schedule/" + date + "/", "schedule_day", schedule::day_title(*day), "day", date, tabs});
    }
    return wanted;
  }

  static std::vector<Wanted> places(const site::Site& site) {
    const schedule::Event event = event_with_all_places(site);
    std::vector<Wanted> wanted;
    for (const auto& room : event.rooms) {
      wanted.push_back(
          {"schedule/rooms/" + room.slug + "/", "schedule_room", room.name, "room", room.name});
    }
    for (const auto& track : event.tracks) {
      wanted.push_back({"schedule/tracks/" + track.slug + "/",
                        "schedule_track",
                        track.name,
                        "track",
                        track.name});
    }
    return wanted;
  }

  // All that such a page knows before it is rendered.
  static std::string key_of(const site::Document& page) {
    return page.path() + "\n" + std::string(page.field("of").as_string()) + "\n" +
           std::string(page.field("days").as_string());
  }

  const std::shared_ptr<const site::Config> config_;
  reads::Names& names_;
};

}  // namespace

site::GeneratorPtr make_schedule_pages(const std::shared_ptr<const site::Config>& config,
                                       reads::Names& names) {
  if (!config->has_default_theme()) return nullptr;
  return std::make_shared<SchedulePages>(config, names);
}

void add_schedule_pages(const site::Config& config, reads::Names& names, Documents& documents) {
  if (!config.has_default_theme()) return;
  documents.push_back(
      page_of({"schedule/embed/", "schedule_embed", "Schedule", "all", ""}, config, names));
  liquid::Ref<Hash> fields(new Hash({{"format", Value(std::string("css"))},
                                     {"sitemap", Value(false)},
                                     {"search", Value(false)}}));
  documents.push_back(site::generated_document(
      {"schedule/tracks.css", "/schedule/tracks.css", "", "{{ page.schedule }}", fields},
      config,
      names));
}

}  // namespace stet::generate
