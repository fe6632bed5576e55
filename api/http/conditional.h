// Preconditions and ranges of a request (RFC 9110 13 and 14). Pure functions. Threads: any.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/headers.h"
#include "storage/base/clock.h"

namespace stet::http {

struct EntityTag {
  std::string opaque;  // between the quotes
  bool is_weak = false;
  friend bool operator==(const EntityTag&, const EntityTag&) = default;
};

// "\"x\"" or "W/\"x\"".
std::string quoted(const EntityTag& tag);
std::optional<EntityTag> parse_entity_tag(std::string_view text);

// The value of If-Match or If-None-Match: "*", or tags.
struct EntityTags {
  bool is_any = false;
  std::vector<EntityTag> tags;
};
// None if the text is no such list.
std::optional<EntityTags> parse_entity_tags(std::string_view text);

// Same bytes (both strong), or the same for practical purposes (RFC 9110 8.8.3.2).
bool matches_strongly(const EntityTag& a, const EntityTag& b);
bool matches_weakly(const EntityTag& a, const EntityTag& b);

// What a GET or HEAD for a resource with this tag and date is answered, by If-Match,
// If-Unmodified-Since, If-None-Match, If-Modified-Since in the order of RFC 9110 13.2.2.
enum class Condition {
  kProceed,
  kNotModified,         // 304
  kPreconditionFailed,  // 412
  kMalformed,  // 400: If-Match or If-None-Match is no list of tags, on a request that relies on it
};
Condition condition_of_read(const Headers& headers,
                            const EntityTag& tag,
                            std::optional<Instant> last_modified);

// The same for a method that changes the resource; `tag` none: there is no such resource now.
Condition condition_of_write(const Headers& headers, const std::optional<EntityTag>& tag);

struct ByteRange {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

struct RangeAnswer {
  enum class Kind {
    kWhole,          // no range, one we don't serve, or several: answer 200 with all
    kPart,           // 206
    kUnsatisfiable,  // 416 with "Content-Range: bytes */size"
  };
  Kind kind = Kind::kWhole;
  ByteRange range;
};
RangeAnswer parse_range(std::string_view range, std::uint64_t size);

// Range under If-Range: the whole where the condition does not hold (RFC 9110 13.1.5).
RangeAnswer range_of_read(const Headers& headers,
                          const EntityTag& tag,
                          std::optional<Instant> last_modified,
                          std::uint64_t size);

// "bytes 0-99/1000".
std::string content_range(const ByteRange& range, std::uint64_t size);

}  // namespace stet::http
