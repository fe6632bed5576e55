#include "api/routes/field_schemas.h"

#include "api/http/url.h"
#include "api/routes/field_schema_json.h"
#include "api/routes/route.h"
#include "cms/change/census.h"
#include "cms/change/locate.h"
#include "cms/change/schemas.h"
#include "cms/schedule/schedule_view.h"
#include "cms/schema/infer.h"

namespace stet::api {
namespace {

constexpr std::size_t kDataFilesMax = 500;  // of a list; all can be read
constexpr std::string_view kDataBegin = "data/";
constexpr std::string_view kOfItems = "collections/";

// "data/", of the configuration's folder.
std::string data_folder(const site::Site& site) {
  std::string folder = site.config().text("data_dir", "_data");
  while (folder.ends_with('/')) folder.pop_back();
  return folder + "/";
}

// Null where there is no such file, or it is none of YAML's.
const site::SourceFile* data_file(const site::Site& site, std::string_view key) {
  std::string path = data_folder(site) + std::string(key.substr(kDataBegin.size()));
  for (const char* extension : {".yml", ".yaml"}) {
    const site::SourceFile* source = site.find_source(path + extension);
    if (source && source->data) return source;
  }
  return nullptr;
}

// As the configuration names it, of a resource's own name.
std::string key_of(std::string_view name) {
  if (name == "schedule/sessions") return schedule::kSessions;
  if (name.starts_with(kOfItems)) name.remove_prefix(kOfItems.size());
  return std::string(name);
}

bool is_there(const site::Site& site, const schema::Schemas& schemas, const std::string& key) {
  if (schemas.contains(key) || key == "posts" || key == "drafts" || key == "pages") return true;
  if (key.starts_with(kDataBegin)) return data_file(site, key) != nullptr;
  return site.config().find_collection(key) != nullptr;
}

Json item_of(const std::string& key,
             const schema::Schema* schema,
             std::optional<std::size_t> entries) {
  bool has_label = schema && !schema->label.empty();
  return {{"key", key},
          {"title", has_label ? schema->label : schema::title_of(key)},
          {"from", schema ? "declared" : "inferred"},
          {"entries", entries ? Json(*entries) : Json(nullptr)},
          {"resource", url_of_key(key)},
          {"self", std::string(kApiRoot) + "/schemas/" + http::percent_encode_path(key)}};
}

void add_data_files(const site::Site& site, std::map<std::string, std::size_t>& kinds) {
  std::string folder = data_folder(site);
  const auto& sources = site.sources();
  std::size_t begin = sources.rank_of(folder);
  for (std::size_t i = begin; i < sources.size() && i - begin < kDataFilesMax; ++i) {
    const std::string& path = sources.at(i).first;
    if (!path.starts_with(folder)) return;
    if (!path.ends_with(".yml") && !path.ends_with(".yaml")) continue;
    std::string_view name = change::without_extension(path);
    kinds.emplace(std::string(kDataBegin) + std::string(name.substr(folder.size())), 1);
  }
}

}  // namespace

Answer list_field_schemas(const Call& call) {
  auto found = site_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  const site::SitePtr& site = std::get<site::SitePtr>(found);
  const schema::Schemas schemas = change::schemas_of(site->config());
  auto kinds = call.backend.remembered->census.of(site)->entries();
  for (const char* key : {"posts", "drafts", "pages"}) kinds.emplace(key, 0);
  for (const site::CollectionConfig& collection : site->config().collections()) {
    if (!collection.is_implied) kinds.emplace(collection.label, 0);
  }
  add_data_files(*site, kinds);
  for (const auto& [key, schema] : schemas) kinds.emplace(key, 0);
  Json items = Json::array();
  for (const auto& [key, entries] : kinds) {
    std::optional<std::size_t> count;
    if (!key.starts_with(kDataBegin)) count = entries;
    items.push_back(item_of(key, find_schema(schemas, key), count));
  }
  std::size_t total = items.size();
  return tagged_response(call, {{"items", std::move(items)}, {"total", total}});
}

Answer read_field_schema(const Call& call) {
  auto found = site_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  const site::SitePtr& site = std::get<site::SitePtr>(found);
  const std::string key = key_of(call.name());
  const schema::Schemas schemas = change::schemas_of(site->config());
  if (!is_there(*site, schemas, key)) {
    return ProblemReport{.status = 404,
                         .detail = "there are no entries of the kind '" + key +
                                   "'; GET /schemas lists those that there are"};
  }
  change::DataTally counted;
  if (!key.starts_with(kDataBegin)) {
    counted.tally = call.backend.remembered->census.of(site)->tally_of(key);
  } else if (const site::SourceFile* source = data_file(*site, key)) {
    counted = change::tally_of_data(*source->data);
  }
  const schema::Schema* declared = find_schema(schemas, key);
  schema::Schema schema;
  if (declared) {
    schema = *declared;
  } else {
    schema.shape = counted.shape;
    schema.fields = schema::infer_fields(counted.tally);
  }
  schema.key = key;
  http::Response response = tagged_response(
      call, to_json(FieldSchema{schema, counted.tally, declared != nullptr, key == "drafts"}));
  if (response.status == 200) response.headers.set("Content-Type", "application/schema+json");
  return response;
}

}  // namespace stet::api
