#include "cms/site/site_drop.h"

#include <algorithm>
#include <map>

#include "cms/liquid/convert.h"
#include "cms/site/config_reads.h"
#include "cms/site/document_list.h"
#include "cms/site/github.h"
#include "cms/site/memberships.h"
#include "cms/site/site.h"
#include "cms/site/view.h"

namespace stet::site {
namespace {

using liquid::Host;
using liquid::Value;
using reads::Key;
using reads::Kind;

constexpr std::size_t kRelatedPostsMax = 10;  // Jekyll's related_posts.rb

// A list of the site, read position by position.
class ItemList final : public liquid::List {
 public:
  ItemList(Items items, std::string_view list, reads::NameId name)
      : items_(std::move(items)), list_(list), name_(name) {}

  std::size_t size(Host& host) const override {
    view_of(host).recorder().add(Key(Kind::kLength, name_));
    return items_.size();
  }
  Value at(std::size_t position, Host& host) const override {
    view_of(host).recorder().add_position(name_, position);
    return Value(liquid::Ref<liquid::Drop>(items_.at(position).second.get()));
  }
  bool has(std::size_t position, Host& host) const override {
    view_of(host).recorder().add_position(name_, position);
    return position < items_.size();
  }
  std::vector<Value> first(std::size_t count, Host& host) const override {
    if (count == 0) return {};
    view_of(host).recorder().add_span({name_, 0, static_cast<std::uint32_t>(count)});
    std::vector<Value> values;
    values.reserve(count);
    items_.for_range(0, count, [&](const ListKey&, const ItemPtr& item) {
      values.emplace_back(liquid::Ref<liquid::Drop>(item.get()));
    });
    return values;
  }
  bool visit_field(std::string_view field, Host& host, const VisitField& visit) const override {
    View& view = view_of(host);
    auto all = [&](const Columns::Visit& ask) {
      items_.for_each([&](const ListKey&, const ItemPtr& item) { ask(*item); });
    };
    ColumnPtr column = view.site().columns().of(list_, field, all, view.names());
    if (!column) return false;
    view.recorder().add(Key(Kind::kLength, name_));
    if (!items_.empty()) {
      view.recorder().add_span({name_, 0, static_cast<std::uint32_t>(items_.size())});
    }
    view.recorder().add_shared(column->reads);
    for (std::size_t i = 0; i < column->values.size(); ++i) {
      const std::optional<Value>& value = column->values[i];
      visit(i, value ? *value : items_.at(i).second->get(field, host));
    }
    return true;
  }

 private:
  const Items items_;
  const std::string list_;
  const reads::NameId name_;
};

}  // namespace

Value list_value(std::string_view name, View& view) {
  reads::NameId id = view.names().id_of("site." + std::string(name));
  return Value(liquid::Ref<liquid::List>(new ItemList(view.site().list(name), name, id)));
}

namespace {

// `site.tags` and `site.categories`: names to lists of posts, newest first.
class GroupDrop final : public liquid::Drop {
 public:
  explicit GroupDrop(std::string group) : group_(std::move(group)) {}

  Value get(std::string_view key, Host& host) const override {
    View& view = view_of(host);
    view.recorder().add(Key(Kind::kField, subject(view), view.names().id_of(key)));
    std::string list = group_ + "." + std::string(key);
    return view.site().list(list).empty() ? Value() : list_value(list, view);
  }
  std::vector<std::string> keys(Host& host) const override {
    View& view = view_of(host);
    view.recorder().add(Key(Kind::kLength, subject(view)));
    return view.site().group_names(group_);
  }
  bool has_key(std::string_view key, Host& host) const override { return !get(key, host).is_nil(); }
  bool is_hash() const override { return true; }

 private:
  reads::NameId subject(View& view) const { return view.names().id_of("site." + group_); }
  const std::string group_;
};

// The static files among the collection's.
std::vector<Value> files_of(const CollectionConfig& collection, View& view) {
  std::vector<Value> files = liquid::items_of(list_value("static_files", view), view);
  std::erase_if(files, [&](const Value& file) {
    Value label = file.as_drop().get("collection", view);
    return !label.is_string() || label.as_string() != collection.label;
  });
  return files;
}

// An element of `site.collections`.
class CollectionDrop final : public liquid::Drop {
 public:
  explicit CollectionDrop(const CollectionConfig& collection) : collection_(collection) {}

  Value get(std::string_view key, Host& host) const override {
    View& view = view_of(host);
    if (key == "docs") return docs(view);
    if (key == "files") return liquid::make_array(files_of(collection_, view));
    if (key == "label") return Value(collection_.label);
    if (key == "relative_directory") return Value(collection_.folder);
    if (key == "output") return Value(collection_.is_output);
    const Value* found = collection_.metadata.as_hash().find(key);
    return found ? *found : Value();
  }
  std::vector<std::string> keys(Host&) const override {
    std::vector<std::string> keys = {"label", "docs", "files", "relative_directory", "output"};
    for (const auto& entry : collection_.metadata.as_hash().entries()) {
      if (std::find(keys.begin(), keys.end(), entry.first) == keys.end())
        keys.push_back(entry.first);
    }
    return keys;
  }
  bool has_key(std::string_view key, Host& host) const override {
    auto all = keys(host);
    return std::find(all.begin(), all.end(), key) != all.end();
  }

 private:
  // Oldest first, posts too, though `site.posts` begins with the newest.
  Value docs(View& view) const {
    Value list = list_value(list_of_collection(collection_.label), view);
    if (collection_.label != "posts") return list;
    std::vector<Value> items = liquid::items_of(list, view);
    std::reverse(items.begin(), items.end());
    return liquid::make_array(std::move(items));
  }

  const CollectionConfig collection_;
};

bool is_listed(const CollectionConfig& collection, const Site& site) {
  return !collection.is_implied || collection.label == "posts" ||
         !site.list(list_of_collection(collection.label)).empty();
}

Value collections_value(View& view) {
  const Site& site = view.site();
  std::vector<CollectionConfig> collections;
  for (const CollectionConfig& collection : collections_of(view)) {
    if (collection.is_implied && collection.label != "posts") {
      view.recorder().add(Key(Kind::kLength, view.names().id_of("site." + collection.label)));
    }
    if (is_listed(collection, site)) collections.push_back(collection);
  }
  std::sort(collections.begin(), collections.end(), [](const auto& a, const auto& b) {
    return a.label < b.label;
  });
  std::vector<Value> items;
  for (const CollectionConfig& collection : collections) {
    items.emplace_back(liquid::Ref<liquid::Drop>(new CollectionDrop(collection)));
  }
  return liquid::make_array(std::move(items));
}

// Tags and categories in the order of Jekyll's hashes, the others as they are.
Value archives_value(View& view) {
  std::vector<Value> items = liquid::items_of(list_value("archives", view), view);
  std::map<std::string, std::size_t> places;
  for (const char* group : {"tags", "categories"}) {
    view.recorder().add(Key(Kind::kLength, view.names().id_of("site." + std::string(group))));
    for (const std::string& name : view.site().group_names(group)) {
      places.try_emplace(std::string(group) + "." + name, places.size());
    }
  }
  auto place_of = [&](const Value& item) {
    const auto& page = static_cast<const Document&>(item.as_drop());
    auto it = places.find(page.facts().posts_list);
    return it == places.end() ? places.size() : it->second;
  };
  std::stable_sort(items.begin(), items.end(), [&](const Value& a, const Value& b) {
    return place_of(a) < place_of(b);
  });
  return liquid::make_array(std::move(items));
}

Value related_posts(View& view) {
  const Document* current = view.current();
  if (!current || current->facts().collection.empty()) return Value();
  Value posts = list_value("posts", view);
  std::vector<Value> items;
  for (std::size_t i = 0; items.size() < kRelatedPostsMax && posts.as_list().has(i, view); ++i) {
    Value post = posts.as_list().at(i, view);
    if (!post.as_drop().is_same(*current)) items.push_back(std::move(post));
  }
  return liquid::make_array(std::move(items));
}

constexpr std::string_view kLists[] = {"posts", "pages", "html_pages", "static_files"};
constexpr std::string_view kOthers[] = {
    "categories", "collections", "data", "documents", "tags", "time", "related_posts"};

template <typename Names>
bool is_in(const Names& names, std::string_view key) {
  return std::find(std::begin(names), std::end(names), key) != std::end(names);
}

}  // namespace

Value SiteDrop::get(std::string_view key, Host& host) const {
  View& view = view_of(host);
  const Site& site = view.site();
  // A collection goes before what else is called so; `site.data` is always the data files.
  const bool is_taken = is_in(kLists, key) || is_in(kOthers, key) || key == "archives";
  if (is_taken && key != "posts" && key != "data") {
    const CollectionConfig* collection = find_collection(key, view);
    if (collection && is_listed(*collection, site)) {
      return list_value(list_of_collection(key), view);
    }
  }
  if (is_in(kLists, key)) return list_value(key, view);
  if (key == "archives" && has_plugin("jekyll-archives", view)) return archives_value(view);
  if (key == "tags" || key == "categories") {
    return Value(liquid::Ref<liquid::Drop>(new GroupDrop(std::string(key))));
  }
  if (key == "time") return Value::live_time(site.time());
  if (key == "documents") return documents_value(view);
  if (key == "collections") return collections_value(view);
  if (key == "related_posts") return related_posts(view);
  if (key == "github" && has_plugin("jekyll-github-metadata", view)) return github_value(view);
  if (key == "data") {
    Value own = site.config().tree().get("data", host);
    return own.is_nil() ? Value(liquid::Ref<liquid::Drop>(site.data().get())) : own;
  }
  // What is no collection now may be one soon, and then it goes before the configuration's own key.
  const CollectionConfig* collection = find_collection(key, view);
  if (collection && is_listed(*collection, site)) {
    return list_value(list_of_collection(key), view);
  }
  if (collection) {
    view.recorder().add(Key(Kind::kLength, view.names().id_of("site." + std::string(key))));
  }
  return site.config().tree().get(key, host);
}

std::vector<std::string> SiteDrop::keys(Host& host) const {
  std::vector<std::string> keys = view_of(host).site().config().tree().keys(host);
  for (std::string_view name : kLists) keys.emplace_back(name);
  for (std::string_view name : kOthers) {
    if (!is_in(keys, name)) keys.emplace_back(name);
  }
  return keys;
}

bool SiteDrop::has_key(std::string_view key, Host& host) const {
  return is_in(kLists, key) || is_in(kOthers, key) || !get(key, host).is_nil();
}

}  // namespace stet::site
