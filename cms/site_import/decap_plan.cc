#include "cms/site_import/decap_plan.h"

#include <algorithm>
#include <set>

#include "cms/document/structured.h"
#include "cms/document/yaml.h"
#include "cms/schema/parse.h"
#include "cms/site_import/decap_fields.h"
#include "cms/site_import/yaml_there.h"
#include "storage/base/utf8.h"

namespace stet::site_import {
namespace {

using document::Data;

constexpr std::string_view kPlaces[] = {"admin/config.yml",
                                        "static/admin/config.yml",
                                        "public/admin/config.yml",
                                        "src/admin/config.yml"};

// Of the whole file and of a collection: what changes content, and that stet has another way for.
struct Unread {
  std::string_view key, why;
};
constexpr Unread kOfFile[] = {
    {"publish_mode",
     "unpublished work is a change here, whatever this says: stet.review of _config.yml says who "
     "must approve"},
    {"slug", "names of new entries follow stet's own rule"},
    {"i18n", "entries in several languages have no counterpart"},
};
constexpr Unread kOfCollection[] = {
    {"slug", "names of new entries follow stet's own rule"},
    {"path", "where new entries lie follows stet's own rule"},
    {"extension", "new entries are .md"},
    {"format", "entries are front matter in YAML and a body"},
    {"frontmatter_delimiter", "front matter stands between lines of ---"},
    {"filter", "all entries of the folder have the fields"},
    {"nested", "entries in folders have the same fields"},
    {"i18n", "entries in several languages have no counterpart"},
    {"media_folder", "uploads of all collections go to one folder"},
    {"public_folder", "addresses of media follow where they lie"},
    {"create", "who may make entries is a matter of people's roles"},
    {"delete", "who may delete entries is a matter of people's roles"},
    {"index_file", "an index is an entry like others"},
};

std::string without_slashes(std::string_view path) {
  if (path.starts_with("./")) path.remove_prefix(2);
  while (path.starts_with('/')) path.remove_prefix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  return std::string(path);
}

class DecapPlanner {
 public:
  DecapPlanner(std::string_view bytes, std::string_view path, const storage::Snapshot& there)
      : bytes_(bytes), path_(path), there_(there), fields_(bytes, keys_, told_) {}

  Result<DecapPlan> run() {
    TRY(read());
    config_ = TRY(read_yaml_there(there_, kConfigPath));
    tell_unread(data_, "", kOfFile);
    const Data::List& collections = *data_.find("collections")->list();
    for (std::size_t i = 0; i < collections.size(); ++i) name_collection(collections[i]);
    for (std::size_t i = 0; i < collections.size(); ++i) {
      add_collection(collections[i], "/collections/" + std::to_string(i));
    }
    Data::Map stet;
    if (!patch_.empty()) stet.set("collections", std::move(patch_));
    add_media(stet);
    TRY(check_whole(stet));
    Data::Map patch;
    if (!stet.empty()) patch.set("stet", std::move(stet));
    TRY(plan_patch(config_, patch, plan_.files));
    plan_.findings = told_.take();
    return std::move(plan_);
  }

 private:
  Status read() {
    if (bytes_.size() > kDecapBytesMax) return invalid_input("the configuration is over 1 MiB");
    Problems problems;
    if (!bytes_.empty()) data_ = document::parse_yaml(bytes_, path_, problems);
    for (const Problem& problem : problems) {
      if (problem.severity == Severity::kError) return invalid_input(to_string(problem));
    }
    const Data* collections = data_.find("collections");
    if (!collections || !collections->list()) {
      return invalid_input(std::string(path_) +
                           ": this is no configuration of Decap or Sveltia; it has no list "
                           "'collections'");
    }
    if (collections->list()->size() > schema::kSchemasMax) {
      return invalid_input(std::string(path_) + ": there are more than " +
                           std::to_string(schema::kSchemasMax) + " collections");
    }
    return {};
  }

  template <std::size_t N>
  void tell_unread(const Data& map, const std::string& pointer, const Unread (&unread)[N]) {
    for (const Unread& one : unread) {
      const Data* value = map.find(one.key);
      bool is_said = value && !value->is_nil() && !(value->boolean() && one.key == "create");
      if (!is_said) continue;
      told_.leave_out(fields_.place_of(pointer + "/" + std::string(one.key)),
                      std::string(one.key) + ": " + std::string(one.why));
    }
  }

  // What a folder's entries are called here; "" where they are no kind of their own.
  std::string key_of_folder(std::string_view folder) const {
    std::string path = without_slashes(folder);
    std::size_t slash = path.rfind('/');
    std::string last = slash == path.npos ? path : path.substr(slash + 1);
    if (last == "_posts") return "posts";
    if (last == "_drafts") return "drafts";
    std::string below = without_slashes(text_in(config_.data, "collections_dir"));
    if (!below.empty() && path.starts_with(below + "/")) path.erase(0, below.size() + 1);
    bool is_collection = path.size() > 1 && path[0] == '_' && path.find('/') == path.npos;
    bool is_jekylls = path == "_data" || path == "_layouts" || path == "_includes" ||
                      path == "_sass" || path == "_site" || path == "_pages";
    return is_collection && !is_jekylls ? path.substr(1) : "";
  }

  void name_collection(const Data& collection) {
    std::string name = text_in(collection, "name"), folder = text_in(collection, "folder");
    if (!name.empty()) keys_.emplace(name, folder.empty() ? "" : key_of_folder(folder));
  }

  void add_collection(const Data& collection, const std::string& pointer) {
    if (!collection.is_map()) return;
    std::string name = "collection '" + printable(text_in(collection, "name"), 60) + "': ";
    tell_unread(collection, pointer, kOfCollection);
    if (const Data* files = collection.find("files"); files && files->list()) {
      for (std::size_t i = 0; i < files->list()->size() && i < schema::kSchemasMax; ++i) {
        add_file((*files->list())[i], pointer + "/files/" + std::to_string(i));
      }
      return;
    }
    std::string folder = text_in(collection, "folder"), key = key_of_folder(folder);
    Place place = fields_.place_of(pointer + "/folder");
    if (folder.empty()) return told_.leave_out(place, name + "it has neither folder nor files");
    if (key.empty()) {
      return told_.leave_out(
          place,
          name + "'" + printable(folder, 100) +
              "' is no folder of a collection (_posts, or _NAME with NAME below collections: of "
              "_config.yml), so its entries have no fields of their own; move them, or say the "
              "fields of all pages by stet.collections.pages");
    }
    tell_missing(key, place);
    add_schema(key, collection, pointer, true);
  }

  void add_file(const Data& file, const std::string& pointer) {
    std::string path = without_slashes(text_in(file, "file"));
    std::string data_folder = without_slashes(text_in(config_.data, "data_dir"));
    if (data_folder.empty()) data_folder = "_data";
    bool is_data = path.starts_with(data_folder + "/") && document::is_structured_name(path);
    if (!is_data) {
      return told_.leave_out(fields_.place_of(pointer + "/file"),
                             "file '" + printable(path, 100) + "' is no data (" + data_folder +
                                 "/NAME.yml), so it has no fields of its own; say the fields of "
                                 "all pages by stet.collections.pages");
    }
    path.resize(path.rfind('.'));
    add_schema("data" + path.substr(data_folder.size()), file, pointer, false);
  }

  // Collections that the configuration does not name are no entries to Jekyll.
  void tell_missing(const std::string& key, Place place) {
    static const std::set<std::string> kOwn{"posts", "drafts", "schedule", "speakers"};
    const Data* named = config_.data.find("collections");
    bool is_there = kOwn.contains(key) || (named && named->find(key));
    if (named && named->list()) {
      for (const Data& one : *named->list()) is_there |= one.string() && *one.string() == key;
    }
    if (is_there) return;
    told_.leave_out(place,
                    "_config.yml names no collection '" + printable(key, 60) +
                        "'; add it there: collections: {" + printable(key, 60) +
                        ": {output: true}}");
  }

  void add_schema(const std::string& key,
                  const Data& source,
                  const std::string& pointer,
                  bool is_entry) {
    Data::List made = fields_.fields(source.find("fields"), pointer + "/fields", is_entry);
    Data::Map schema = schema_there(key);
    Data::List list;
    if (const Data* there = schema.find("fields"); there && there->list()) list = *there->list();
    std::set<std::string> names;
    for (const Data& field : list) names.insert(text_in(field, "name"));
    PlannedSchema planned{key, {}, {}};
    for (Data& field : made) {
      std::string name = text_in(field, "name");
      if (!names.insert(name).second) {
        planned.there.push_back(std::move(name));
        continue;
      }
      planned.fields.push_back(std::move(name));
      list.push_back(std::move(field));
    }
    Data::Map patch;
    for (auto [from, to] : {std::pair("label", "label"), std::pair("description", "help")}) {
      std::string text = text_in(source, from);
      if (!text.empty() && !schema.contains(to)) patch.set(to, std::move(text));
    }
    if (!planned.fields.empty()) patch.set("fields", std::move(list));
    plan_.schemas.push_back(std::move(planned));
    if (patch.empty()) return;
    Data merged = patch_.contains(key) ? *patch_.find(key) : Data(Data::Map());
    for (const auto& [name, value] : patch) merged.map()->set(name, value);
    patch_.set(key, std::move(merged));
  }

  // With what this import has added so far: two collections may be one here.
  Data::Map schema_there(const std::string& key) const {
    const Data* stet = config_.data.find("stet");
    const Data* all = stet ? stet->find("collections") : nullptr;
    const Data* one = all ? all->find(key) : nullptr;
    Data::Map schema;
    if (one && one->map()) schema = *one->map();
    const Data* added = patch_.find(key);
    if (added) {
      for (const auto& [name, value] : *added->map()) schema.set(name, value);
    }
    return schema;
  }

  void add_media(Data::Map& stet) {
    std::string folder = without_slashes(text_in(data_, "media_folder"));
    if (folder.empty()) return;
    Place place = fields_.place_of("/media_folder");
    if (!RepoPath::parse(folder) || folder[0] == '_' || folder.find('{') != folder.npos) {
      return told_.leave_out(place, "media_folder: this is no folder for uploads here");
    }
    const Data* own = config_.data.find("stet");
    bool is_said = own && own->find("media");
    if (!is_said) stet.set("media", Data::Map{{"folder", folder}, {"by", "none"}});
    std::string shown = text_in(data_, "public_folder");
    if (!shown.empty() && without_slashes(shown) != folder) {
      told_.leave_out(fields_.place_of("/public_folder"),
                      "public_folder: here media lie below their own path, '/" + folder +
                          "'; images that entries name below '" + printable(shown, 100) +
                          "' are to be found there only if the site has them there");
    }
  }

  // What one field at a time cannot show: that there are too many.
  Status check_whole(const Data::Map& stet) const {
    const Data* there = config_.data.find("stet");
    Data merged = document::merge_patched(there ? *there : Data(Data::Map()), stet);
    const Data* collections = merged.find("collections");
    if (!collections) return {};
    for (const schema::Fault& fault : schema::parse_schemas(*collections).faults) {
      if (fault.severity != Severity::kError) continue;
      return invalid_input(std::string(kConfigPath) + ": what it then said at /stet/collections" +
                           fault.pointer + " is wrong: " + fault.message + "; mend that first");
    }
    return {};
  }

  const std::string_view bytes_, path_;
  const storage::Snapshot& there_;
  Data data_;
  YamlThere config_;
  Told told_;
  std::map<std::string, std::string> keys_;  // of collections, by their names
  DecapFields fields_;
  Data::Map patch_;  // of stet.collections
  DecapPlan plan_;
};

}  // namespace

Result<DecapPlan> plan_decap(std::string_view bytes,
                             std::string_view path,
                             const storage::Snapshot& there) {
  return DecapPlanner(bytes, path, there).run();
}

std::string schemas_text(const DecapPlan& plan) {
  std::string text;
  for (const PlannedSchema& schema : plan.schemas) {
    text += schema.key + ":";
    for (const std::string& field : schema.fields) text += " " + printable(field, 60);
    if (schema.fields.empty()) text += " no new fields";
    if (!schema.there.empty()) {
      text += " (" + std::to_string(schema.there.size()) + " there already, which stay)";
    }
    text += "\n";
  }
  return text;
}

Result<std::string> find_decap(const storage::Snapshot& there) {
  for (std::string_view place : kPlaces) {
    auto entry = TRY(there.find(TRY(RepoPath::parse(place))));
    if (entry && is_readable(entry->kind)) return std::string(place);
  }
  return std::string();
}

}  // namespace stet::site_import
