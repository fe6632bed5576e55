#include "cms/generate/schedule_exports.h"

#include <map>

#include "cms/generate/schedule_places.h"
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

constexpr std::string_view kPlaces = "places";  // the group of rooms and tracks
constexpr std::string_view kReleases = "releases";

constexpr const char* kChangelog = R"({% for release in page.schedule.releases -%}
<section class="release">
<h2 id="v{{ release.version | escape }}">Version {{ release.version | escape }}</h2>
<p><time datetime="{{ release.date_iso }}">{{ release.date | date: "%Y-%m-%d %H:%M" }}</time>: )"
                                   R"({{ release.summary }}</p>
{{ release.notes | escape | newline_to_br }}
{% for kind in release.changes %}{% if kind[1].size > 0 -%}
<h3>{{ kind[0] | capitalize }}</h3>
<ul>
{% for one in kind[1] -%}
<li>{% if one.url %}<a href="{{ one.url | relative_url }}">{{ one.title | escape }}</a>{% else %})"
                                   R"({{ one.title | escape }}{% endif %}{% if one.old_title and )"
                                   R"(one.old_title != one.title %} (was: {{ one.old_title | )"
                                   R"(escape }}){% endif %}, <time datetime="{{ one.start_iso }}">)"
                                   R"({{ one.date }} {{ one.start }}</time> {{ one.zone }}{% if )"
                                   R"(one.room != "" %}, {{ one.room | escape }}{% endif %})"
                                   R"({% if kind[0] == "moved" %} (before: {{ one.old_date }} )"
                                   R"({{ one.old_start }}{% if one.old_room != "" %}, )"
                                   R"({{ one.old_room | escape }}{% endif %}){% endif %}</li>
{% endfor -%}
</ul>
{% endif %}{% endfor -%}
</section>
{% endfor -%}
)";

struct Export {
  std::string path;  // "schedule.ics"
  std::string format;
  std::string part = "all", of = "";
};

site::DocumentPtr page_of(const Export& wanted, const site::Config& config, reads::Names& names) {
  liquid::Ref<Hash> fields(new Hash({{"format", Value(wanted.format)},
                                     {"part", Value(wanted.part)},
                                     {"of", Value(wanted.of)},
                                     {"sitemap", Value(false)},
                                     {"search", Value(false)}}));
  return site::generated_document(
      {wanted.path, "/" + encoded_path(wanted.path), "", "{{ page.schedule }}", fields},
      config,
      names);
}

// "schedule/opening" of "schedule/opening/index.html" and "schedule/opening.html".
std::string stem_of(const std::string& output_path) {
  for (std::string_view end : {"/index.html", ".html"}) {
    if (output_path.ends_with(end)) return output_path.substr(0, output_path.size() - end.size());
  }
  return "";
}

class ScheduleExports final : public site::Generator {
 public:
  ScheduleExports(std::shared_ptr<const site::Config> config, reads::Names& names)
      : config_(std::move(config)), names_(names) {}

  std::set<std::string> groups_of(const site::Touched& touched, bool is_first) const override {
    std::set<std::string> groups;
    if (is_first || touched.has_data) groups.insert({std::string(kPlaces), std::string(kReleases)});
    for (std::string_view kind : {site::kRoomLists, site::kTrackLists}) {
      auto it = touched.lists.lower_bound(std::string(kind));
      if (it != touched.lists.end() && it->first.starts_with(kind)) groups.emplace(kPlaces);
    }
    for (const auto& [subject, pair] : touched.documents) {
      const auto& document = pair.after ? pair.after : pair.before;
      if (document && !part_of(*document).empty()) groups.insert(subject);
    }
    return groups;
  }

  site::Group make(const std::string& group,
                   const site::Site& site,
                   const site::Group& before) const override {
    if (group == kPlaces) return make_places(site, before);
    if (group == kReleases) return make_changelog(site, before);
    auto document = site.find_document(group);
    if (!document || !document->facts().is_written) return nullptr;
    std::string stem = stem_of(document->facts().output_path);
    if (stem.empty()) return nullptr;
    if (before && before->front()->path() == stem + ".ics") return before;
    Documents made;
    add_calendar(stem, part_of(*document), document->path(), made);
    return std::make_shared<const Documents>(std::move(made));
  }

 private:
  // "session", "speaker", or "" of what is neither.
  static std::string part_of(const site::Document& document) {
    if (document.facts().collection == schedule::kSessions) return "session";
    return document.facts().collection == schedule::kSpeakers ? "speaker" : "";
  }

  void add_calendar(const std::string& stem,
                    const std::string& part,
                    const std::string& of,
                    Documents& documents) const {
    documents.push_back(page_of({stem + ".ics", "ics", part, of}, *config_, names_));
    documents.push_back(page_of({stem + ".utc.ics", "utc", part, of}, *config_, names_));
  }

  site::Group make_changelog(const site::Site& site, const site::Group& before) const {
    if (!site.data()->hash().find("schedule_releases")) return nullptr;
    if (before) return before;
    liquid::Ref<Hash> fields(new Hash({{"title", Value(std::string("Changes of the schedule"))}}));
    return std::make_shared<const Documents>(Documents{site::generated_document(
        {schedule::kChangelogPath, "/schedule/changelog/", "page", kChangelog, fields},
        *config_,
        names_)});
  }

  site::Group make_places(const site::Site& site, const site::Group& before) const {
    const schedule::Event event = event_with_all_places(site);
    Documents wanted;
    for (const schedule::Room& room : event.rooms) {
      add_calendar("schedule/rooms/" + room.slug, "room", room.name, wanted);
    }
    for (const schedule::Track& track : event.tracks) {
      add_calendar("schedule/tracks/" + track.slug, "track", track.name, wanted);
    }
    if (wanted.empty()) return nullptr;
    std::map<std::pair<std::string, std::string>, site::DocumentPtr> known;
    auto key_of = [](const site::Document& document) {
      return std::pair(document.path(), std::string(document.field("of").as_string()));
    };
    if (before) {
      for (const auto& document : *before) known.emplace(key_of(*document), document);
    }
    bool is_same = before && before->size() == wanted.size();
    for (auto& document : wanted) {
      auto same = known.find(key_of(*document));
      is_same = is_same && same != known.end();
      if (same != known.end()) document = same->second;
    }
    return is_same ? before : std::make_shared<const Documents>(std::move(wanted));
  }

  const std::shared_ptr<const site::Config> config_;
  reads::Names& names_;
};

}  // namespace

site::GeneratorPtr make_schedule_exports(const std::shared_ptr<const site::Config>& config,
                                         reads::Names& names) {
  return std::make_shared<ScheduleExports>(config, names);
}

void add_schedule_exports(const site::Config& config,
                          reads::Names& names,
                          std::vector<site::DocumentPtr>& documents) {
  constexpr std::pair<const char*, const char*> kExports[] = {
      {"schedule.ics", "ics"},
      {"schedule.utc.ics", "utc"},
      {"schedule.xml", "xml"},
      {"schedule.json", "json"},
      {"schedule.csv", "csv"},
      {"schedule.txt", "txt"},
      {"schedule/changes.xml", "atom"},
      {"schedule/widgets/schedule.json", "widget"}};
  for (const auto& [path, format] : kExports) {
    documents.push_back(page_of({path, format}, config, names));
  }
}

}  // namespace stet::generate
