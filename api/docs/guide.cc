#include "api/docs/guide.h"

#include <array>
#include <vector>

#include "api/docs/area.h"
#include "api/docs/error_page.h"
#include "api/docs/prose.h"
#include "api/docs/reference.h"
#include "api/docs/schema_html.h"
#include "api/docs/style.h"
#include "api/http/conditional.h"
#include "api/routes/openapi.h"
#include "api/routes/problem_type.h"
#include "storage/base/hash.h"

namespace stet::docs {
namespace {

constexpr std::string_view kHtml = "text/html; charset=utf-8", kCss = "text/css; charset=utf-8";
constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action "
    "'none'";

http::Response not_for_reading() {
  http::Response response = http::Response::problem(405, "this is for reading");
  response.headers.add("Allow", "GET, HEAD");
  return response;
}

http::Response moved_to(std::string_view path) {
  http::Response response{.status = 308};
  response.headers.add("Location", path);
  return response;
}

struct Page {
  Link link;
  std::string main;
};

constexpr char kGuide[] = "Guide", kReference[] = "Reference", kMore[] = "More";

struct Written {
  std::string_view name, title;
};

// Pages that are about no operations of their own.
constexpr std::array kWritten = std::to_array<Written>({
    {"authentication", "Who asks"},
    {"reading", "Reading"},
    {"writing", "Writing"},
    {"git", "git"},
    {"micropub", "Micropub"},
    {"limits", "Limits and rates"},
});

std::string list_of(const std::vector<Area>& areas) {
  std::string html = "<h2 id=\"areas\">Areas</h2>\n<dl>\n";
  for (const Area& area : areas) {
    html += "<dt><a href=\"" + escaped(area.page()) + "\">" + escaped(area.title) +
            "</a></dt>\n<dd>" + with_code(area.about) + "</dd>\n";
  }
  return html + "</dl>\n";
}

std::vector<Page> pages_of(const api::Json& document) {
  const std::vector<Area> areas = areas_of(document);
  std::vector<Page> pages = {
      {{"/docs/", "Overview", kGuide}, prose_html(text_of("overview")) + list_of(areas)}};
  auto add = [&](std::string path, std::string_view title, const char* group, std::string main) {
    pages.push_back({{std::move(path), std::string(title), group}, std::move(main)});
  };
  for (const Written& page : kWritten) {
    add("/docs/" + std::string(page.name), page.title, kGuide, prose_html(text_of(page.name)));
  }
  add(std::string(api::kProblemPage), "Problems", kGuide, error_page());
  for (const Area& area : areas) add(area.page(), area.title, kReference, area_page(area));
  add("/docs/schemas", "Schemas", kReference, schema_page(document));
  add("/docs/changelog", "Changelog", kMore, changelog_html());
  add("/docs/deprecation", "Deprecation", kMore, prose_html(text_of("deprecation")));
  return pages;
}

}  // namespace

Guide::Files Guide::made() const {
  const api::Json document = api::openapi_document(version_);
  const std::vector<Page> pages = pages_of(document);
  std::vector<Link> links;
  for (const Page& page : pages) links.push_back(page.link);
  Files files;
  auto add = [&](const std::string& path, std::string_view type, std::string bytes) {
    std::string tag = fingerprint(bytes).hex();
    files.insert_or_assign(path, File{type, std::move(bytes), std::move(tag)});
  };
  add("/docs/guide.css", kCss, std::string(style()));
  for (const auto& [link, main] : pages) {
    add(link.path, kHtml, framed(link.path, link.title, main, links));
  }
  return files;
}

http::Response Guide::answer(const http::Request& request) const {
  if (request.path == "/docs") return moved_to("/docs/");
  std::call_once(is_made_, [this] { files_ = made(); });
  auto found = files_.find(request.path);
  if (found == files_.end()) {
    return http::Response::problem(404, "the guide has no such page; /docs/ lists what it has");
  }
  if (request.method != "GET" && request.method != "HEAD") return not_for_reading();
  const File& file = found->second;
  http::EntityTag tag{.opaque = file.tag};
  http::Response response{.status = 200};
  response.headers.add("ETag", http::quoted(tag));
  response.headers.add("Content-Security-Policy", kPolicy);
  auto condition = http::condition_of_read(request.headers, tag, std::nullopt);
  if (condition == http::Condition::kNotModified) {
    response.status = 304;
    return response;
  }
  response.headers.add("Content-Type", file.type);
  response.body = file.bytes;
  return response;
}

}  // namespace stet::docs
