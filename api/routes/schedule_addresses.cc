#include "api/routes/schedule_addresses.h"

#include <algorithm>
#include <array>

#include "api/routes/page_lookup.h"
#include "cms/schedule/codes.h"
#include "cms/site/schedule_releases.h"

namespace stet::api {
namespace {

using publish::Resolution;
using Kind = Resolution::Kind;

struct Alias {
  std::string_view asked, shown;
};
// In its place.
constexpr auto kFiles = std::to_array<Alias>({
    {"/schedule/export/schedule.ics", "/schedule.ics"},
    {"/schedule/export/schedule.json", "/schedule.json"},
    {"/schedule/export/schedule.xml", "/schedule.xml"},
    {"/schedule/feed.xml", "/schedule/changes.xml"},
    {"/schedule/v/latest/widgets/schedule.json", "/schedule/widgets/schedule.json"},
    {"/schedule/widget/v2.json", "/schedule/widgets/schedule.json"},
});
// By redirect.
constexpr auto kPages = std::to_array<Alias>({
    {"/schedule/nojs", "/schedule/"},
    {"/schedule/nojs/", "/schedule/"},
    {"/schedule/v/latest/", "/schedule/"},
    {"/talk/", "/schedule/"},
    {"/speaker/", "/speakers/"},
});

// A page of its own for each: "/talk/NAME/" is "/schedule/NAME/".
constexpr auto kFolders =
    std::to_array<Alias>({{"/talk/", "/schedule/"}, {"/speaker/", "/speakers/"}});

Resolution redirect_to(const publish::Live& live, const std::string& path) {
  Resolution found = publish::resolve(live.manifest, path);
  if (found.kind == Kind::kNone) return {};
  return {Kind::kRedirect, nullptr, nullptr, live.baseurl + publish::encode_url_path(path)};
}

std::string_view inside_base(std::string_view path, const publish::Live& live) {
  bool is_below = !live.baseurl.empty() && path.starts_with(live.baseurl + "/");
  if (is_below) path.remove_prefix(live.baseurl.size());
  return path;
}

Resolution find_alias(std::string_view path, const publish::Live& live) {
  path = inside_base(path, live);
  for (const auto& [asked, shown] : kFiles) {
    if (path == asked) return publish::resolve(live.manifest, shown);
  }
  for (const auto& [asked, shown] : kPages) {
    if (path == asked) return redirect_to(live, std::string(shown));
  }
  for (const auto& [asked, shown] : kFolders) {
    if (!path.starts_with(asked)) continue;
    std::string rest(path.substr(asked.size()));
    if (rest.ends_with("/talks.ics")) rest.replace(rest.size() - 10, 10, ".ics");
    if (rest.ends_with(".ics")) return publish::resolve(live.manifest, std::string(shown) + rest);
    return redirect_to(live, std::string(shown) + rest);
  }
  return {};
}

// What a version has changed is told at "/schedule/v/0.3/", and at "/schedule/changelog/0.3/".
Resolution find_version(std::string_view path,
                        bool has_query,
                        const publish::Live& live,
                        const site::Site& site) {
  for (std::string_view folder : {"/schedule/v/", "/schedule/changelog/"}) {
    if (!path.starts_with(folder)) continue;
    path.remove_prefix(folder.size());
    if (path.ends_with('/')) path.remove_suffix(1);
    const auto& releases = site.schedule_history().releases;
    bool is_known = std::any_of(releases.begin(), releases.end(), [&](const auto& release) {
      return release->version == path;
    });
    if (!is_known) return {};
    Resolution found = redirect_to(live, "/schedule/changelog/");
    // A query comes behind the location.
    if (found.kind == Kind::kRedirect && !has_query) found.location += "#v" + std::string(path);
    return found;
  }
  return {};
}

// The page that the query names in place of the path's; "" where it names none.
std::string named_by_query(const http::Request& request) {
  std::string path(request.path);
  if (request.query.empty()) return "";
  if (path.ends_with(".ics") && !path.ends_with(".utc.ics")) {
    auto zone = request.query_value("tz");
    if (zone != "utc" && zone != "UTC") return "";
    return path.substr(0, path.size() - 4) + ".utc.ics";
  }
  if (!path.ends_with("/schedule/")) return "";
  auto format = request.query_value("format");
  if (format != "table" && format != "list") return "";
  return path.substr(0, path.size() - 1) + ".txt";
}

}  // namespace

Resolution find_shown(const http::Request& request, const publish::Live& live) {
  if (!request.has_utf8_path) return {};
  if (std::string named = named_by_query(request); !named.empty()) {
    Resolution found = find_page(live, named);
    if (found.kind == Kind::kNone) found = find_alias(named, live);
    if (found.kind == Kind::kPage) return found;
  }
  Resolution found = find_page(live, request.path);
  return found.kind == Kind::kNone ? find_alias(request.path, live) : found;
}

Resolution find_by_code(const http::Request& request,
                        const publish::Live& live,
                        const site::SitePtr& site) {
  std::string_view path = inside_base(request.path, live);
  std::string_view end;
  bool is_talk = path.starts_with("/talk/"), is_speaker = path.starts_with("/speaker/");
  if (!site) return {};
  if (!is_talk && !is_speaker) return find_version(path, !request.query.empty(), live, *site);
  path.remove_prefix(path.find('/', 1) + 1);
  for (std::string_view one : {"/talks.ics", ".ics", "/"}) {
    if (!end.empty() || !path.ends_with(one)) continue;
    end = one;
    path.remove_suffix(one.size());
  }
  auto document =
      is_talk ? schedule::session_of_code(*site, path) : schedule::speaker_of_code(*site, path);
  if (!document) return {};
  std::string url = document->facts().url;
  if (end.ends_with(".ics")) {
    if (url.ends_with(".html")) url.resize(url.size() - 5);
    while (url.ends_with('/')) url.pop_back();
    url += ".ics";
  }
  return {Kind::kRedirect, nullptr, nullptr, live.baseurl + url};
}

}  // namespace stet::api
