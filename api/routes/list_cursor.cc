#include "api/routes/list_cursor.h"

#include "storage/base/base64.h"
#include "storage/base/hash.h"

namespace stet::api {
namespace {

constexpr std::size_t kCheckBytes = 6;
constexpr char kBehind = 'a', kBefore = 'b';

// Filters are left out: a place is a place in any part of the list.
std::string check_of(const ListSpec& spec, std::string_view rest) {
  Fingerprinter parts;
  parts.add(spec.resource->name).add(spec.label);
  for (const SortField& field : spec.sort)
    parts.add(field.is_descending ? "-" : "+").add(field.name);
  Fingerprint all = parts.add(rest).finish();
  return std::string(reinterpret_cast<const char*>(all.bytes.data()), kCheckBytes);
}

}  // namespace

std::string encode(const ListCursor& cursor, const ListSpec& spec) {
  std::string rest(1, cursor.is_before ? kBefore : kBehind);
  rest += cursor.key;
  std::string bytes = check_of(spec, rest) + rest;
  return encode_base64url({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

std::optional<ListCursor> decode_cursor(std::string_view text, const ListSpec& spec) {
  auto bytes = decode_base64url(text);
  if (!bytes || bytes->size() <= kCheckBytes) return std::nullopt;
  std::string_view rest = std::string_view(*bytes).substr(kCheckBytes);
  if (bytes->substr(0, kCheckBytes) != check_of(spec, rest)) return std::nullopt;
  return ListCursor{rest.front() == kBefore, std::string(rest.substr(1))};
}

}  // namespace stet::api
