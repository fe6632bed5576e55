#include "cms/site/document_url.h"

#include <set>

#include "cms/liquid/filters/letters.h"
#include "cms/liquid/filters/slugify.h"
#include "cms/site/field_text.h"
#include "cms/site/file_name.h"
#include "cms/site/permalink.h"

namespace stet::site {
namespace {

using liquid::Value;

std::string permalink_of(const DocumentFacts& facts, const Config& config) {
  const Value* own = facts.fields->find("permalink");
  if (own && own->is_string() && !own->as_string().empty()) return std::string(own->as_string());
  std::string style = config.text("permalink", "date");
  if (facts.kind == DocumentKind::kPage) {
    if (!is_html_extension(facts.output_extension)) return "/:path/:basename:output_ext";
    if (stem_of(facts.path) == "index") return "/:path/";
    return with_permalink_suffix("/:path/:basename", style);
  }
  const CollectionConfig* collection = config.find_collection(facts.collection);
  if (collection && collection->permalink) return permalink_template(*collection->permalink);
  if (facts.kind == DocumentKind::kPost) return permalink_template(style);
  return with_permalink_suffix("/:collection/:path", style);
}

std::string path_in_collection(const DocumentFacts& facts, const Config& config) {
  const CollectionConfig* collection = config.find_collection(facts.collection);
  std::string folder = collection ? collection->folder : "_" + facts.collection;
  std::string inner = facts.shown_path;
  inner.resize(inner.size() - extension_of(facts.path).size());
  if (std::size_t at = inner.find(folder); at != std::string::npos) inner.erase(at, folder.size());
  return std::string(without_dots(inner));
}

std::string joined_categories(std::string_view name, const DocumentFacts& facts) {
  std::vector<std::string> names;
  for (const std::string& category : facts.categories) {
    names.push_back(name == "categories" ? liquid::downcase(category)
                                         : liquid::slugify(category, "default"));
  }
  std::string text;
  std::set<std::string> seen;
  for (const std::string& category : names) {
    if (!seen.insert(category).second) continue;
    text += (text.empty() ? "" : "/") + category;
  }
  return text;
}

std::optional<std::string> placeholder(std::string_view name,
                                       const DocumentFacts& facts,
                                       const Config& config) {
  if (name == "output_ext") return facts.output_extension;
  if (name == "collection") return facts.collection;
  if (name == "path") return path_in_collection(facts, config);
  if (name == "name") {
    return liquid::slugify(stem_of(facts.path), "default");
  }
  if (name == "title" || name == "slug") {
    const Value* slug = facts.fields->find("slug");
    std::string text = slug ? field_text(*slug) : std::string(stem_of(facts.path));
    return name == "title" ? liquid::slugify(text, "pretty", true)
                           : liquid::slugify(text, "default");
  }
  if (name == "categories" || name == "slugified_categories") return joined_categories(name, facts);
  return date_placeholder(name, facts.has_date ? facts.date : Time{});
}

std::string page_url(const DocumentFacts& facts, const Config& config) {
  std::string_view path = facts.path;
  std::string_view folder = path.substr(0, path.rfind('/') == path.npos ? 0 : path.rfind('/'));
  return fill_permalink(permalink_of(facts, config),
                        {{"path", std::string(folder)},
                         {"basename", std::string(without_dots(stem_of(path)))},
                         {"output_ext", facts.output_extension}});
}

}  // namespace

bool is_html_extension(std::string_view extension) {
  return extension == ".html" || extension == ".xhtml" || extension == ".htm";
}

Status set_url(DocumentFacts& facts, const Config& config) {
  if (facts.kind == DocumentKind::kPage) {
    facts.url = page_url(facts, config);
    // A page is the index of its folder in its own format, a document in HTML.
    std::string shown = facts.url.ends_with("/") ? facts.url + "index" : facts.url;
    facts.output_path = output_path_of(shown, facts.output_extension);
    return {};
  }
  facts.url = TRY(expand_permalink(permalink_of(facts, config), [&](std::string_view name) {
    return placeholder(name, facts, config);
  }));
  facts.output_path = output_path_of(facts.url, facts.output_extension);
  return {};
}

}  // namespace stet::site
