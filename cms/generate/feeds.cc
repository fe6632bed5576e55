#include "cms/generate/feeds.h"

#include <algorithm>
#include <set>

#include "cms/generate/feed_template.h"
#include "cms/site/derive.h"
#include "storage/base/repo_path.h"

namespace stet::generate {
namespace {

using liquid::Hash;
using liquid::Type;
using liquid::Value;

constexpr std::size_t kFeedsMax = 1000;

struct Feed {
  std::string path;  // "/feed.xml"
  std::string collection = "posts";
  std::string category, tag;  // "": all
};

Value find_in(const Value& map, std::string_view key) {
  const Value* value = map.type() == Type::kHash ? map.as_hash().find(key) : nullptr;
  return value ? *value : Value();
}

std::string text_in(const Value& map, std::string_view key, std::string_view otherwise) {
  Value value = find_in(map, key);
  return std::string(value.is_string() ? value.as_string() : otherwise);
}

std::vector<std::string> texts(const Value& value) {
  std::vector<std::string> found;
  if (value.type() != Type::kArray) return found;
  for (const Value& item : value.as_array().items) {
    bool is_new =
        item.is_string() && std::find(found.begin(), found.end(), item.as_string()) == found.end();
    if (is_new) found.emplace_back(item.as_string());
  }
  return found;
}

struct Source {
  std::string label;
  Value settings;  // a map or nil
};

// The posts come last where no collection names them, as jekyll-feed adds them; the order decides
// nothing else.
std::vector<Source> sources_of(const Value& settings) {
  std::vector<Source> sources;
  Value named = find_in(settings, "collections");
  for (const std::string& label : texts(named)) sources.push_back({label, Value()});
  if (named.type() == Type::kHash) {
    for (const auto& [label, own] : named.as_hash().entries()) sources.push_back({label, own});
  }
  bool has_posts = std::any_of(
      sources.begin(), sources.end(), [](const Source& source) { return source.label == "posts"; });
  if (!has_posts) sources.push_back({"posts", Value()});
  return sources;
}

void add_source(const Source& source, const Value& settings, std::vector<Feed>& feeds) {
  bool is_posts = source.label == "posts";
  std::string prefix = is_posts ? "/feed" : "/feed/" + source.label;
  Value categories = find_in(source.settings, "categories");
  if (is_posts && categories.is_nil()) categories = find_in(settings, "categories");
  for (const std::string& category : texts(categories)) {
    feeds.push_back({prefix + "/" + category + ".xml", source.label, category, ""});
  }
  std::string usual = prefix + ".xml";
  if (is_posts) usual = text_in(settings, "path", usual);
  feeds.push_back({text_in(source.settings, "path", usual), source.label, "", ""});
}

// Only letters, digits and underscores, so that paths stay simple.
bool is_simple(std::string_view tag) {
  return std::all_of(tag.begin(), tag.end(), [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

void add_tags(const Value& settings, std::vector<Feed>& feeds) {
  Value tags = find_in(settings, "tags");
  std::vector<std::string> except = texts(find_in(tags, "except"));
  std::string folder = text_in(tags, "path", "/feed/by_tag/");
  for (const std::string& tag : texts(find_in(tags, "only"))) {
    bool is_left_out = std::find(except.begin(), except.end(), tag) != except.end();
    if (!is_left_out && is_simple(tag)) feeds.push_back({folder + tag + ".xml", "posts", "", tag});
  }
}

site::DocumentPtr document_of(const Feed& feed,
                              const std::string& path,
                              const site::Config& config,
                              reads::Names& names) {
  auto text_or_nil = [](const std::string& text) { return text.empty() ? Value() : Value(text); };
  liquid::Ref<Hash> fields(new Hash({{"layout", Value()},
                                     {"sitemap", Value(false)},
                                     {"collection", Value(feed.collection)},
                                     {"category", text_or_nil(feed.category)},
                                     {"tags", text_or_nil(feed.tag)}}));
  return site::generated_document({path, "/" + path, "", feed_template(), fields}, config, names);
}

}  // namespace

void add_feeds(const site::Config& config,
               reads::Names& names,
               std::vector<site::DocumentPtr>& documents) {
  Value settings = config.get("feed");
  bool is_off = find_in(settings, "disable_in_development").is_truthy();
  if (is_off && config.environment() == "development") return;
  std::vector<Feed> feeds;
  for (const Source& source : sources_of(settings)) add_source(source, settings, feeds);
  add_tags(settings, feeds);
  std::set<std::string> paths;
  for (const Feed& feed : feeds) {
    std::string path =
        feed.path.substr(std::min(feed.path.find_first_not_of('/'), feed.path.size()));
    bool is_usable = RepoPath::parse(path).has_value() && paths.size() < kFeedsMax;
    if (is_usable && paths.insert(path).second) {
      documents.push_back(document_of(feed, path, config, names));
    }
  }
}

}  // namespace stet::generate
