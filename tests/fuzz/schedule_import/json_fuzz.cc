// A schedule as JSON: whatever the bytes, a schedule or a refusal, and what holds of each.

#include <cstdint>
#include <string_view>

#include "api/routes/json.h"
#include "cms/schedule_import/read_json.h"
#include "tests/fuzz/schedule_import/imported.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace stet::schedule_import;
  std::string_view text(reinterpret_cast<const char*>(bytes), size);
  auto parsed = stet::api::parse_json(text);
  const auto* data = std::get_if<stet::document::Data>(&parsed);
  if (!data) return 0;
  if (auto schedule = read_json(*data, {})) check_imported(*schedule);
  return 0;
}
