// JSON Patch: a line is the patch, the rest the document. What is refused says where; what comes
// out passes a `test` of itself, and a merge patch made of it changes nothing.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/routes/json.h"
#include "cms/document/json_patch.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace stet::document;
  std::string_view text(reinterpret_cast<const char*>(bytes), size);
  std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return 0;
  auto patch_json = stet::api::parse_json(text.substr(0, end));
  auto document = stet::api::parse_json(text.substr(end + 1));
  const Data* asked = std::get_if<Data>(&patch_json);
  const Data* before = std::get_if<Data>(&document);
  if (!asked || !before) return 0;
  auto read = read_json_patch(*asked);
  if (const auto* fault = std::get_if<PatchFault>(&read)) {
    if (fault->message.empty()) std::abort();
    return 0;
  }
  auto result = apply_json_patch(*before, std::get<JsonPatch>(read));
  if (const auto* fault = std::get_if<PatchFault>(&result)) {
    if (fault->message.empty() || fault->pointer.empty()) std::abort();
    return 0;
  }
  const Data& after = std::get<Data>(result);
  PatchOperation test{.kind = PatchOperation::Kind::kTest, .path = {}, .from = {}, .value = after};
  auto tested = apply_json_patch(after, {test});
  if (!std::holds_alternative<Data>(tested) || !(std::get<Data>(tested) == after)) std::abort();
  return 0;
}
