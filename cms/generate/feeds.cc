#include "cms/generate/feeds.h"

#include <algorithm>
#include <set>

#include "cms/generate/feed_template.h"
#include "cms/liquid/member.h"
#include "cms/site/derive.h"
#include "cms/site/site.h"
#include "cms/site/site_changes.h"
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

std::string text_in(const Value& map, std::string_view key, std::string_view otherwise) {
  Value value = liquid::member_of(map, key);
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
  Value named = liquid::member_of(settings, "collections");
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
  Value categories = liquid::member_of(source.settings, "categories");
  if (is_posts && categories.is_nil()) categories = liquid::member_of(settings, "categories");
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

std::string path_of_tag(const Value& settings, const std::string& tag) {
  return text_in(liquid::member_of(settings, "tags"), "path", "/feed/by_tag/") + tag + ".xml";
}

bool is_left_out(const Value& settings, const std::string& tag) {
  std::vector<std::string> except =
      texts(liquid::member_of(liquid::member_of(settings, "tags"), "except"));
  return !is_simple(tag) || std::find(except.begin(), except.end(), tag) != except.end();
}

void add_tags(const Value& settings, std::vector<Feed>& feeds) {
  for (const std::string& tag :
       texts(liquid::member_of(liquid::member_of(settings, "tags"), "only"))) {
    if (!is_left_out(settings, tag))
      feeds.push_back({path_of_tag(settings, tag), "posts", "", tag});
  }
}

site::DocumentPtr document_of(const Feed& feed,
                              const std::string& path,
                              site::ListKey place,
                              const site::Config& config,
                              reads::Names& names) {
  auto text_or_nil = [](const std::string& text) { return text.empty() ? Value() : Value(text); };
  liquid::Ref<Hash> fields(new Hash({{"layout", Value()},
                                     {"sitemap", Value(false)},
                                     {"collection", Value(feed.collection)},
                                     {"category", text_or_nil(feed.category)},
                                     {"tags", text_or_nil(feed.tag)}}));
  return site::generated_document(
      {path, "/" + path, "", feed_template(), fields, place.primary, place.text}, config, names);
}

std::string without_slash(const std::string& path) {
  return path.substr(std::min(path.find_first_not_of('/'), path.size()));
}

bool is_off(const site::Config& config) {
  return liquid::member_of(config.get("feed"), "disable_in_development").is_truthy() &&
         config.environment() == "development";
}

// A feed for each tag that a post bears.
class TagFeeds final : public site::Generator {
 public:
  TagFeeds(std::shared_ptr<const site::Config> config, std::int64_t place, reads::Names& names)
      : config_(std::move(config)), place_(place), names_(names) {}

  std::set<std::string> groups_of(const site::Touched& touched, bool) const override {
    std::set<std::string> tags;
    auto it = touched.lists.lower_bound("tags.");
    for (; it != touched.lists.end() && it->first.starts_with("tags."); ++it) {
      tags.insert(it->first.substr(5));
    }
    return tags;
  }

  site::Group make(const std::string& tag,
                   const site::Site& site,
                   const site::Group& before) const override {
    Value settings = config_->get("feed");
    std::string path = without_slash(path_of_tag(settings, tag));
    bool is_wanted = !site.list("tags." + tag).empty() && !is_left_out(settings, tag) &&
                     RepoPath::parse(path).has_value() && !site.blob_of(path);
    if (!is_wanted) return nullptr;
    if (before) return before;
    auto feed =
        document_of({path, "posts", "", tag}, path, {place_, "tag " + tag}, *config_, names_);
    return std::make_shared<std::vector<site::DocumentPtr>>(1, feed);
  }

 private:
  const std::shared_ptr<const site::Config> config_;
  const std::int64_t place_;
  reads::Names& names_;
};

}  // namespace

void add_feeds(const site::Config& config,
               std::int64_t place,
               reads::Names& names,
               std::vector<site::DocumentPtr>& documents) {
  if (is_off(config)) return;
  Value settings = config.get("feed");
  std::vector<Feed> feeds;
  for (const Source& source : sources_of(settings)) add_source(source, settings, feeds);
  add_tags(settings, feeds);
  std::set<std::string> paths;
  for (const Feed& feed : feeds) {
    std::string path = without_slash(feed.path);
    bool is_usable = RepoPath::parse(path).has_value() && paths.size() < kFeedsMax;
    if (is_usable && paths.insert(path).second) {
      std::string order = std::to_string(1000 + documents.size());
      documents.push_back(document_of(feed, path, {place, order}, config, names));
    }
  }
}

site::GeneratorPtr make_tag_feeds(const std::shared_ptr<const site::Config>& config,
                                  std::int64_t place,
                                  reads::Names& names) {
  Value tags = liquid::member_of(config->get("feed"), "tags");
  if (is_off(*config) || !tags.is_truthy() || liquid::member_of(tags, "only").is_truthy())
    return nullptr;
  return std::make_shared<TagFeeds>(config, place, names);
}

}  // namespace stet::generate
