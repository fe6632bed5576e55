#include "cms/generate/sitemap.h"

#include <string>

#include "cms/site/derive.h"

namespace stet::generate {
namespace {

using liquid::Hash;
using liquid::Value;

// A new line follows each tag that stands alone, and nothing else: the plugin's own white space.
constexpr const char* kLines[] = {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
    R"({% for file in site.static_files %}{% if file.path == "/sitemap.xsl" %})",
    R"(<?xml-stylesheet type="text/xsl" href="{{ "/sitemap.xsl" | absolute_url }}"?>)",
    "\n{% endif %}{% endfor %}",
    R"(<urlset xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" )",
    R"(xsi:schemaLocation="http://www.sitemaps.org/schemas/sitemap/0.9 )",
    R"(http://www.sitemaps.org/schemas/sitemap/0.9/sitemap.xsd" )",
    "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    R"({% for group in site.collections %}{% if group.output != false %})",
    R"({% for item in group.docs %}{% if item.sitemap != false %})",
    R"({% assign address = item.url | replace: "/index.html", "/" | absolute_url %})",
    R"({% assign changed = item.last_modified_at | default: item.date %})",
    "<url>\n<loc>{{ address | xml_escape }}</loc>\n",
    "{% if changed %}<lastmod>{{ changed | date_to_xmlschema }}</lastmod>\n{% endif %}</url>\n",
    R"({% endif %}{% endfor %}{% endif %}{% endfor %}{% assign scheduled = page.has_schedule %})",
    R"({% for item in site.html_pages %}{% if item.url == "/schedule/" %})",
    R"({% assign scheduled = false %}{% endif %})",
    R"({% if item.sitemap != false and item.url != "/404.html" %})",
    R"({% assign address = item.url | replace: "/index.html", "/" | absolute_url %})",
    "<url>\n<loc>{{ address | xml_escape }}</loc>\n{% if item.last_modified_at %}",
    "<lastmod>{{ item.last_modified_at | date_to_xmlschema }}</lastmod>\n{% endif %}</url>\n",
    R"({% endif %}{% endfor %}{% if scheduled %})",
    "<url>\n<loc>{{ \"/schedule/\" | absolute_url | xml_escape }}</loc>\n</url>\n{% endif %}",
    R"({% if page.has_schedule %}{% for address in page.schedule %})",
    "<url>\n<loc>{{ address | absolute_url | xml_escape }}</loc>\n</url>\n{% endfor %}{% endif %}",
    R"({% for item in site.static_files %}{% case item.extname %})",
    R"({% when ".htm", ".html", ".xhtml", ".pdf" %})",
    R"({% if item.sitemap != false and item.name != "404.html" %})",
    R"({% assign address = item.path | replace: "/index.html", "/" | absolute_url %})",
    "<url>\n<loc>{{ address | xml_escape }}</loc>\n",
    "<lastmod>{{ item.modified_time | date_to_xmlschema }}</lastmod>\n</url>\n",
    "{% endif %}{% endcase %}{% endfor %}</urlset>\n",
};

constexpr const char* kRobots = "Sitemap: {{ \"sitemap.xml\" | absolute_url }}\n";

site::DocumentPtr document_of(const std::string& path,
                              std::string text,
                              bool has_schedule,
                              std::int64_t place,
                              const site::Config& config,
                              reads::Names& names) {
  liquid::Ref<Hash> fields(new Hash({{"layout", Value()},
                                     {"has_schedule", Value(has_schedule)},
                                     {"view", Value(std::string("addresses"))}}));
  return site::generated_document(
      {path, "/" + path, "", std::move(text), fields, place}, config, names);
}

}  // namespace

void add_sitemap(const site::Config& config,
                 bool has_schedule,
                 std::int64_t place,
                 reads::Names& names,
                 std::vector<site::DocumentPtr>& documents) {
  std::string text;
  for (const char* line : kLines) text += line;
  documents.push_back(
      document_of("sitemap.xml", std::move(text), has_schedule, place, config, names));
  documents.push_back(document_of("robots.txt", kRobots, has_schedule, place + 1, config, names));
}

}  // namespace stet::generate
