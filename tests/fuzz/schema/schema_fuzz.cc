// What a site says of its fields, and an entry that is held to it: {schemas: ..., entry: ...}.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "cms/document/yaml.h"
#include "cms/schema/check.h"
#include "cms/schema/moment.h"
#include "cms/schema/parse.h"

using stet::document::Data;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size > 64 * 1024) return 0;
  stet::Problems problems;
  std::string_view text(reinterpret_cast<const char*>(bytes), size);
  Data data = stet::document::parse_yaml(text, "fuzz.yml", problems);
  const Data* schemas = data.find("schemas");
  const Data* entry = data.find("entry");
  stet::schema::Parsed parsed = stet::schema::parse_schemas(schemas ? *schemas : data);
  if (parsed.faults.size() > stet::schema::kFaultsMax) std::abort();
  stet::schema::World world{[](std::string_view path) { return path.size() % 2 == 0; },
                            [](std::string_view, std::string_view name) { return name == "ada"; }};
  for (const auto& [key, schema] : parsed.schemas) {
    if (!entry) continue;
    stet::schema::check({schema, world, false},
                        *entry,
                        [](stet::Severity, const std::string& pointer, const std::string& message) {
                          if (message.empty() || (!pointer.empty() && pointer[0] != '/'))
                            std::abort();
                        });
    Data filled = *entry;
    stet::schema::read_dates(schema.fields, filled, entry);
    stet::schema::fill_initial(schema, filled, stet::Time{});
  }
  return 0;
}
