#include "api/docs/area.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace stet::docs {
namespace {

struct Row {
  std::string_view name, title, about;
  std::string_view segments;  // by blanks: what follows /api/v1/
};

constexpr std::array kRows = std::to_array<Row>({
    {"entries",
     "Entries",
     "Posts, drafts, pages and items of collections are entries: front matter and a body. An entry "
     "is named by its path below its folder, without the extension.",
     "posts drafts pages collections"},
    {"schedule",
     "The schedule",
     "Sessions and speakers, which are entries, and what a schedule has beside them: times in the "
     "event's zone, moves, clashes, free places, rooms, tracks and types.",
     "schedule speakers"},
    {"files",
     "Files, data and configuration",
     "Any file as it is, and data as JSON: YAML, JSON, CSV and TSV below `_data`, `_config.yml`, "
     "the event. An edit changes what it names and keeps all other bytes: comments, quotes, order.",
     "files data config"},
    {"media",
     "Media",
     "Pictures and other files that pages show: uploaded, listed, replaced, and where they are "
     "used.",
     "media media-content"},
    {"tags",
     "Tags and categories",
     "Which there are and how many posts have each; one made another in all posts by one commit.",
     "tags categories"},
    {"fields",
     "Fields",
     "What the fields of entries are, as JSON Schema: as the site declares them in its "
     "configuration, or as they are inferred of what its entries hold.",
     "schemas"},
    {"changes",
     "Changes",
     "Unpublished work: edited on a branch of its own, previewed, reviewed, published together.",
     "changes preview"},
    {"commits",
     "Commits and history",
     "Several writes in one commit, commits taken back, and what was there before.",
     "commits revert history versions diff"},
    {"search", "Search", "Full text over published and unpublished entries.", "search"},
    {"events",
     "Events and webhooks",
     "What commits have done, as a list with a cursor, as a stream, and as calls to others.",
     "events webhooks presence"},
    {"live",
     "What is live",
     "The state of the site that readers see, why a page is as it is, and the way back.",
     "status explain problems publications rollback previews metrics"},
    {"people",
     "People",
     "Accounts, sessions, second factors, providers, tokens, and the log of rights.",
     "session account users tokens audit password-reset"},
    {"upstream",
     "Upstream",
     "Another repository that the served branch follows, and gives its commits to.",
     "remote"},
    {"targets",
     "Targets",
     "Folders, branches of pages, buckets and other machines that hold the site as well, and how "
     "each stands.",
     "targets"},
    {"about",
     "About the API",
     "The API about itself: its OpenAPI document, and the catalogue of problems.",
     "openapi.json errors"},
});

std::string_view segment_of(std::string_view path) {
  constexpr std::string_view kRoot = "/api/v1/";
  path.remove_prefix(std::min(kRoot.size(), path.size()));
  return path.substr(0, path.find('/'));
}

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    std::size_t blank = std::min(words.find(' '), words.size());
    if (words.substr(0, blank) == word) return true;
    words.remove_prefix(std::min(blank + 1, words.size()));
  }
  return false;
}

Area& area_of(std::vector<Area>& areas, std::string_view segment) {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (has_word(kRows[i].segments, segment)) return areas[i];
  }
  auto found = std::find_if(
      areas.begin(), areas.end(), [&](const Area& area) { return area.name == segment; });
  if (found != areas.end()) return *found;
  std::string title(segment);
  if (!title.empty()) title[0] = static_cast<char>(std::toupper(title[0]));
  return areas.emplace_back(
      Area{.name = std::string(segment), .title = std::move(title), .about = "", .operations = {}});
}

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(c));
  return text;
}

}  // namespace

std::vector<Area> areas_of(const api::Json& document) {
  std::vector<Area> areas;
  for (const Row& row : kRows) {
    areas.push_back({std::string(row.name), std::string(row.title), std::string(row.about), {}});
  }
  for (const auto& [path, operations] : document["paths"].items()) {
    for (const char* method : {"get", "post", "put", "patch", "delete"}) {
      if (!operations.contains(method)) continue;
      area_of(areas, segment_of(path))
          .operations.push_back({upper(method), path, &operations[method]});
    }
  }
  std::erase_if(areas, [](const Area& area) { return area.operations.empty(); });
  return areas;
}

}  // namespace stet::docs
