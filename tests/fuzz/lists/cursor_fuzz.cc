// Cursors of lists: any text is one of ours or none; what is encoded is decoded, for its own list
// and order alone.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/routes/list_cursor.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using stet::api::ListCursor;
  std::string_view text(reinterpret_cast<const char*>(bytes), size);
  stet::api::ListSpec spec;
  spec.resource = &stet::change::resource_of(stet::change::EntryKind::kPost);
  spec.sort = {{"date", true}};
  auto decoded = stet::api::decode_cursor(text, spec);
  if (decoded && stet::api::encode(*decoded, spec) != text) std::abort();
  ListCursor cursor{.is_before = size % 2 == 1, .key = std::string(text)};
  std::string encoded = stet::api::encode(cursor, spec);
  auto again = stet::api::decode_cursor(encoded, spec);
  if (!again || again->key != cursor.key || again->is_before != cursor.is_before) std::abort();
  spec.sort[0].is_descending = false;
  if (stet::api::decode_cursor(encoded, spec)) std::abort();
  return 0;
}
