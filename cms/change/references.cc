#include "cms/change/references.h"

#include <algorithm>
#include <string>
#include <vector>

#include "cms/change/report.h"
#include "cms/change/schemas.h"

namespace stet::change {
namespace {

using liquid::Type;
using liquid::Value;
using schema::Field;
using schema::FieldType;

struct Named {
  std::string_view collection, name, path;
};

bool has_reference(const std::vector<Field>& fields, std::string_view collection) {
  for (const Field& field : fields) {
    bool is_one = field.type == FieldType::kReference && field.collection == collection;
    if (is_one || has_reference(field.fields, collection)) return true;
  }
  return false;
}

// The pointer of the first field that names the entry; "": none does.
std::string place_in(const std::vector<Field>& fields, const Value& map, const Named& named);

std::string place_in(const Field& field, const Value& value, const Named& named) {
  if (field.type == FieldType::kReference && field.collection == named.collection) {
    bool is_named =
        value.is_string() && (value.as_string() == named.name || value.as_string() == named.path);
    return is_named ? "/" : "";
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
                                     const Named& named) {
  std::vector<Referrer> found;
  const Surroundings surroundings = Surroundings::of(site);
  bool has_schedule = surroundings.event().has_value();
  site.sources().for_each([&](const std::string& path, const site::SourceFilePtr& source) {
    bool is_data = source->data.has_value();
    if (path == named.path || (!is_data && source->documents.empty())) return;
    auto roles =
        site::roles_of(path, site.config(), surroundings.filter(), {"_config.yml"}, has_schedule);
    if (roles.empty()) return;
    const schema::Schema* schema =
        find_schema(schemas, schema_key_of(roles.front(), path, site.config()));
    if (!schema || !has_reference(schema->fields, named.collection)) return;
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

}  // namespace

Problems referrers_of(const site::Site& site,
                      const Resource& resource,
                      std::string_view label,
                      const RepoPath& path) {
  Problems problems;
  const schema::Schemas schemas = schemas_of(site.config());
  if (schemas.empty() || resource.is_structured()) return problems;
  std::string collection = schema_key_of(resource, label, "");
  bool is_named = std::any_of(schemas.begin(), schemas.end(), [&](const auto& one) {
    return has_reference(one.second.fields, collection);
  });
  if (!is_named) return problems;
  std::string name = name_of(site, resource, label, path.view());
  auto found = find_referrers(site, schemas, {collection, name, path.view()});
  for (std::size_t i = 0; i < found.size() && i < kReferrersMax; ++i) {
    const Referrer& one = found[i];
    Problem problem{Severity::kWarning,
                    one.path,
                    0,
                    0,
                    one.pointer.substr(1) + " names '" + name + "', which is no longer there"};
    auto bytes = site.read_path(one.path);
    auto shape = one.is_data ? FileShape::kYaml : FileShape::kDocument;
    std::string pointer = (one.is_data ? "" : "/front_matter") + one.pointer;
    if (auto place = bytes ? place_of(*bytes, shape, pointer) : std::nullopt) {
      problem.line = place->line;
      problem.column = place->column;
    }
    problems.push_back(std::move(problem));
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
