// Request JSON: whatever the bytes, an answer; what is read by runs is what the library reads; and
// what was read is read again from what is written.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/routes/json.h"
#include "api/routes/json_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (auto plain = stet::api::read_json(text)) {
    auto wanted = stet::api::Json::parse(text, nullptr, false);
    if (wanted.is_discarded() || wanted != stet::api::to_json(*plain)) std::abort();
  }
  auto parsed = stet::api::parse_json(text);
  if (auto* fault = std::get_if<stet::api::JsonFault>(&parsed)) {
    bool is_in_text = fault->line >= 1 && fault->column >= 1 && fault->column <= size + 1;
    if (!is_in_text || fault->message.empty()) std::abort();
    return 0;
  }
  const auto& data = std::get<stet::document::Data>(parsed);
  std::string written = stet::api::dump(stet::api::to_json(data));
  auto again = stet::api::parse_json(written);
  auto* same = std::get_if<stet::document::Data>(&again);
  if (!same || !(*same == data)) std::abort();
  return 0;
}
