#include "cms/change/references.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "cms/change/locate.h"
#include "cms/change/report.h"
#include "cms/change/schemas.h"
#include "cms/document/structured.h"
#include "cms/site/value_of.h"

namespace stet::change {
namespace {

using liquid::Type;
using liquid::Value;
using schema::Field;
using schema::FieldType;

// What is looked for: names and paths by collection; and which of them was found.
struct Named {
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> by_collection;
  mutable std::string found = {};

  bool has(std::string_view collection, std::string_view name) const {
    auto names = by_collection.find(collection);
    if (names == by_collection.end() || !names->second.contains(name)) return false;
    found = name;
    return true;
  }
};

bool has_reference(const std::vector<Field>& fields, const Named& named) {
  for (const Field& field : fields) {
    bool is_one =
        field.type == FieldType::kReference && named.by_collection.contains(field.collection);
    if (is_one || has_reference(field.fields, named)) return true;
  }
  return false;
}

// The pointer of the first field that names the entry; "": none does.
std::string place_in(const std::vector<Field>& fields, const Value& map, const Named& named);

std::string place_in(const Field& field, const Value& value, const Named& named) {
  if (field.type == FieldType::kReference) {
    return value.is_string() && named.has(field.collection, value.as_string()) ? "/" : "";
  }
  if (field.type == FieldType::kObject) return place_in(field.fields, value, named);
  if (field.type != FieldType::kList || field.fields.empty() || value.type() != Type::kArray) {
    return "";
  }
  const auto& items = value.as_array().items;
  for (std::size_t i = 0; i < items.size(); ++i) {
    std::string place = place_in(field.fields.front(), items[i], named);
    if (!place.empty()) return "/" + std::to_string(i) + (place == "/" ? "" : place);
  }
  return "";
}

std::string place_in(const std::vector<Field>& fields, const Value& map, const Named& named) {
  if (map.type() != Type::kHash) return "";
  for (const Field& field : fields) {
    const Value* value = map.as_hash().find(field.name);
    std::string place = value ? place_in(field, *value, named) : "";
    if (!place.empty()) return "/" + pointer_token(field.name) + (place == "/" ? "" : place);
  }
  return "";
}

// Of a data file, one after the other what the schema is about.
std::string place_in(const schema::Schema& schema, const Value& data, const Named& named) {
  if (schema.shape == schema::Shape::kObject) return place_in(schema.fields, data, named);
  if (data.type() == Type::kArray) {
    const auto& items = data.as_array().items;
    for (std::size_t i = 0; i < items.size(); ++i) {
      std::string place = place_in(schema.fields, items[i], named);
      if (!place.empty()) return "/" + std::to_string(i) + place;
    }
  }
  if (data.type() != Type::kHash) return "";
  for (const auto& [key, value] : data.as_hash().entries()) {
    std::string place = place_in(schema.fields, value, named);
    if (!place.empty()) return "/" + pointer_token(key) + place;
  }
  return "";
}

struct Referrer {
  std::string path, pointer;
  bool is_data = false;
};

std::vector<Referrer> find_referrers(const site::Site& site,
                                     const schema::Schemas& schemas,
                                     const Named& named,
                                     std::string_view own_path) {
  std::vector<Referrer> found;
  const Surroundings surroundings = Surroundings::of(site);
  bool has_schedule = surroundings.event().has_value();
  site.sources().for_each([&](const std::string& path, const site::SourceFilePtr& source) {
    bool is_data = source->data.has_value();
    if (path == own_path || (!is_data && source->documents.empty())) return;
    auto roles =
        site::roles_of(path, site.config(), surroundings.filter(), {"_config.yml"}, has_schedule);
    if (roles.empty()) return;
    const schema::Schema* schema =
        find_schema(schemas, schema_key_of(roles.front(), path, site.config()));
    if (!schema || !has_reference(schema->fields, named)) return;
    Value value;
    if (is_data) {
      value = *source->data;
    } else if (const auto& file = source->documents.front()->facts().file) {
      value = Value(file->front_matter);
    }
    std::string place = place_in(*schema, value, named);
    if (!place.empty()) found.push_back({path, std::move(place), is_data});
  });
  return found;
}

Problem warning_of(const Referrer& one, const std::string& name, const Result<std::string>& bytes) {
  Problem problem{Severity::kWarning,
                  one.path,
                  0,
                  0,
                  one.pointer.substr(1) + " names '" + name + "', which is no longer there"};
  auto shape = one.is_data ? FileShape::kYaml : FileShape::kDocument;
  std::string pointer = (one.is_data ? "" : "/front_matter") + one.pointer;
  if (auto place = bytes ? place_of(*bytes, shape, pointer) : std::nullopt) {
    problem.line = place->line;
    problem.column = place->column;
  }
  return problem;
}

// As references name it, by its place below its collection's folder, and as a path.
void add_names(const site::Config& config,
               const std::string& key,
               const std::string& path,
               Named& named) {
  auto& names = named.by_collection[key];
  names.insert(path);
  auto folder = folder_of_key(config, key);
  if (folder && path.starts_with(*folder)) {
    names.insert(std::string(without_extension(path.substr(folder->size()))));
  }
}

// The schema's key of a file; "": of none.
std::string key_at(const Surroundings& surroundings, const std::string& path) {
  const site::Config& config = surroundings.config();
  auto roles = site::roles_of(
      path, config, surroundings.filter(), {"_config.yml"}, surroundings.event().has_value());
  return roles.empty() ? "" : schema_key_of(roles.front(), path, config);
}

}  // namespace

Result<Problems> lost_references(const Push& push, const Surroundings& after) {
  Problems problems;
  const schema::Schemas& schemas = after.schemas();
  if (schemas.empty()) return problems;
  Named named;
  for (const storage::FileChange& change : push.diff) {
    if (change.after || !change.before) continue;
    std::string key = key_at(after, change.path.string());
    if (!key.empty()) add_names(after.config(), key, change.path.string(), named);
  }
  if (named.by_collection.empty()) return problems;
  std::size_t asked = 0;
  TRY(push.after->walk("", [&](const storage::SnapshotEntry& entry) -> Status {
    if (problems.size() >= kReferrersMax || asked >= kFilesAskedMax) return {};
    if (!storage::is_readable(entry.kind)) return {};
    const std::string& path = entry.path.string();
    std::string key = key_at(after, path);
    const schema::Schema* schema = key.empty() ? nullptr : find_schema(schemas, key);
    if (!schema || !has_reference(schema->fields, named)) return {};
    ++asked;
    std::string bytes = TRY(push.after->read(entry.blob));
    Referrer one{path, "", key.starts_with("data/")};
    Problems ignored;
    Value value = site::value_of(one.is_data ? document::read_structured(bytes, path, ignored)
                                             : document::parse_document(bytes, path).front_matter);
    one.pointer = place_in(*schema, value, named);
    if (!one.pointer.empty()) problems.push_back(warning_of(one, named.found, bytes));
    return {};
  }));
  return problems;
}

Problems referrers_of(const site::Site& site,
                      const Resource& resource,
                      std::string_view label,
                      const RepoPath& path) {
  Problems problems;
  const schema::Schemas schemas = schemas_of(site.config());
  if (schemas.empty() || resource.is_structured()) return problems;
  std::string collection = schema_key_of(resource, label, "");
  std::string name = name_of(site, resource, label, path.view());
  Named named;
  named.by_collection[collection] = {name, path.string()};
  bool is_named = std::any_of(schemas.begin(), schemas.end(), [&](const auto& one) {
    return has_reference(one.second.fields, named);
  });
  if (!is_named) return problems;
  auto found = find_referrers(site, schemas, named, path.view());
  for (std::size_t i = 0; i < found.size() && i < kReferrersMax; ++i) {
    problems.push_back(warning_of(found[i], name, site.read_path(found[i].path)));
  }
  if (found.size() > kReferrersMax) {
    problems.push_back({Severity::kWarning,
                        path.string(),
                        0,
                        0,
                        std::to_string(found.size() - kReferrersMax) + " more entries name it"});
  }
  return problems;
}

}  // namespace stet::change
