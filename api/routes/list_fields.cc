#include "api/routes/list_fields.h"

#include <algorithm>
#include <array>

#include "cms/change/census.h"
#include "cms/change/schemas.h"

namespace stet::api {
namespace {

// A list of names as long as people read it.
constexpr std::size_t kNamesTold = 40;

// What Jekyll shows of every document, or makes lists of, whether a schema names it or not.
constexpr auto kOfDocuments = std::to_array<std::string_view>({"author",
                                                               "authors",
                                                               "categories",
                                                               "category",
                                                               "date",
                                                               "excerpt",
                                                               "slug",
                                                               "tag",
                                                               "tags",
                                                               "title"});

bool is_declared(const schema::Schema& schema, std::string_view name) {
  return schema::is_own_key(name) ||
         std::find(kOfDocuments.begin(), kOfDocuments.end(), name) != kOfDocuments.end() ||
         std::any_of(schema.fields.begin(), schema.fields.end(), [&](const schema::Field& field) {
           return field.name == name;
         });
}

std::string names_of(const schema::Schema& schema, const std::vector<std::string>& hidden) {
  std::string names;
  std::size_t count = 0;
  for (const schema::Field& field : schema.fields) {
    if (std::find(hidden.begin(), hidden.end(), field.name) != hidden.end()) continue;
    if (++count > kNamesTold) return names + ", ...";
    names += (names.empty() ? "" : ", ") + field.name;
  }
  return names;
}

// Of front matter: "author" of "front_matter.author.name" and of "author.name".
std::string_view field_name(std::string_view field) {
  constexpr std::string_view kWhole = "front_matter.";
  if (field.starts_with(kWhole)) field.remove_prefix(kWhole.size());
  return field.substr(0, field.find('.'));
}

}  // namespace

std::optional<ProblemReport> fault_of_field_words(const Call& call,
                                                  const Reading& reading,
                                                  const ListSpec& spec,
                                                  const std::vector<std::string>& fields) {
  if (fields.empty()) return std::nullopt;
  const std::string key = change::schema_key_of(*spec.resource, spec.label, "");
  const schema::Schemas schemas = change::schemas_of(reading.site->config());
  const schema::Schema* schema = schema::find_schema(schemas, key);
  if (!schema) return std::nullopt;
  for (const std::string& field : fields) {
    std::string_view name = field_name(field);
    if (name == "front_matter" || is_declared(*schema, name)) continue;
    auto tally = call.backend.remembered->census.of(reading.site)->tally_of(key);
    if (tally.find(name)) continue;
    return bad_query("fields",
                     "neither the schema of '" + key + "' nor any entry has a field '" +
                         std::string(name) + "'; the schema has " + names_of(*schema, spec.hidden));
  }
  return std::nullopt;
}

}  // namespace stet::api
