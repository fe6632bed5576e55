// Fields by what the site says of them, and what it says.

#include <set>

#include "cms/change/report.h"
#include "cms/change/schemas.h"
#include "cms/schema/parse.h"

namespace stet::change {
namespace {

using document::Data;

constexpr char kBegin[] = "/stet/collections";

std::set<std::string, std::less<>> labels_in(const Data& config) {
  std::set<std::string, std::less<>> labels{"posts", "drafts", "pages", "schedule", "speakers"};
  const Data* collections = config.find("collections");
  if (collections && collections->is_map()) {
    for (const auto& [label, value] : *collections->map()) labels.insert(label);
  } else if (collections && collections->is_list()) {
    for (const Data& label : *collections->list()) {
      if (label.string()) labels.insert(*label.string());
    }
  }
  return labels;
}

// The first collection that a reference goes to and that there is not; "": none.
std::string missing_collection(const std::vector<schema::Field>& fields,
                               const std::set<std::string, std::less<>>& labels) {
  for (const schema::Field& field : fields) {
    if (field.type == schema::FieldType::kReference && !labels.contains(field.collection)) {
      return field.collection;
    }
    std::string missing = missing_collection(field.fields, labels);
    if (!missing.empty()) return missing;
  }
  return "";
}

}  // namespace

void check_collections(const Data& config, Report& report) {
  const Data* stet = config.find("stet");
  const Data* collections = stet ? stet->find("collections") : nullptr;
  if (!collections) return;
  schema::Parsed parsed = schema::parse_schemas(*collections);
  for (schema::Fault& fault : parsed.faults) {
    std::string pointer = kBegin + fault.pointer;
    if (fault.severity == Severity::kError) {
      report.error(std::move(pointer), std::move(fault.message));
    } else {
      report.warn(std::move(pointer), std::move(fault.message));
    }
  }
  auto labels = labels_in(config);
  for (const auto& [key, schema] : parsed.schemas) {
    std::string pointer = kBegin + ("/" + pointer_token(key));
    if (!key.starts_with("data/") && !labels.contains(key)) {
      report.warn(pointer, "there is no collection '" + key + "' under collections:");
    }
    std::string missing = missing_collection(schema.fields, labels);
    if (!missing.empty()) {
      report.warn(pointer + "/fields",
                  "there is no collection '" + missing + "', which a reference goes to");
    }
  }
}

void check_schema(const Data& data,
                  const std::string& key,
                  const Surroundings& surroundings,
                  const std::string& begin,
                  Report& report) {
  const schema::Schema* schema = key.empty() ? nullptr : find_schema(surroundings.schemas(), key);
  if (!schema) return;
  schema::World world{
      .has_file = [&](std::string_view path) { return surroundings.has_file(path); },
      .has_entry = [&](std::string_view collection,
                       std::string_view name) { return surroundings.has_entry(collection, name); }};
  auto tell = [&](Severity severity, const std::string& pointer, std::string message) {
    report.tell(severity, begin + pointer, std::move(message));
  };
  schema::check({*schema, world, key == "drafts"}, data, tell);
}

}  // namespace stet::change
