#include "api/http/conditional.h"

#include <algorithm>
#include <charconv>

#include "api/http/response_head.h"

namespace stet::http {
namespace {

constexpr std::size_t kTagsMax = 64;

void skip_blanks(std::string_view& text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
}

// Takes one tag off the start.
std::optional<EntityTag> take_tag(std::string_view& text) {
  EntityTag tag;
  if (text.starts_with("W/")) {
    tag.is_weak = true;
    text.remove_prefix(2);
  }
  if (!text.starts_with('"')) return std::nullopt;
  const std::size_t end = text.find('"', 1);
  if (end == std::string_view::npos) return std::nullopt;
  tag.opaque = text.substr(1, end - 1);
  const bool has_only_etagc = std::all_of(tag.opaque.begin(), tag.opaque.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte != 0x7f;
  });
  if (!has_only_etagc) return std::nullopt;
  text.remove_prefix(end + 1);
  return tag;
}

bool is_any_of(const EntityTags& tags,
               const std::optional<EntityTag>& tag,
               bool (*matches)(const EntityTag&, const EntityTag&)) {
  if (!tag) return false;
  return tags.is_any || std::any_of(tags.tags.begin(), tags.tags.end(), [&](const EntityTag& one) {
           return matches(one, *tag);
         });
}

// The list of a field, joined over its lines. Outer none: no such field. Inner none: malformed.
std::optional<std::optional<EntityTags>> tags_of(const Headers& headers, std::string_view name) {
  if (headers.count(name) == 0) return std::nullopt;
  return parse_entity_tags(headers.joined(name));
}

std::optional<Instant> date_of(const Headers& headers, std::string_view name) {
  const auto value = headers.find(name);
  return value ? parse_http_date(*value) : std::nullopt;
}

std::optional<std::uint64_t> number(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error == std::errc::result_out_of_range) return UINT64_MAX;
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string quoted(const EntityTag& tag) {
  return (tag.is_weak ? "W/\"" : "\"") + tag.opaque + "\"";
}

std::optional<EntityTag> parse_entity_tag(std::string_view text) {
  auto tag = take_tag(text);
  return text.empty() ? tag : std::nullopt;
}

std::optional<EntityTags> parse_entity_tags(std::string_view text) {
  EntityTags all;
  skip_blanks(text);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  if (text == "*") {
    all.is_any = true;
    return all;
  }
  while (!text.empty()) {
    if (text.front() != ',') {  // empty elements are let pass (RFC 9110 5.6.1.2)
      auto tag = take_tag(text);
      if (!tag || all.tags.size() == kTagsMax) return std::nullopt;
      all.tags.push_back(std::move(*tag));
      skip_blanks(text);
      if (!text.empty() && text.front() != ',') return std::nullopt;
    }
    if (!text.empty()) text.remove_prefix(1);
    skip_blanks(text);
  }
  if (all.tags.empty()) return std::nullopt;
  return all;
}

bool matches_strongly(const EntityTag& a, const EntityTag& b) {
  return !a.is_weak && !b.is_weak && a.opaque == b.opaque;
}

bool matches_weakly(const EntityTag& a, const EntityTag& b) { return a.opaque == b.opaque; }

// A read that we don't understand is answered as if it had no condition: the client gets what it
// can use.
Condition condition_of_read(const Headers& headers,
                            const EntityTag& tag,
                            std::optional<Instant> last_modified) {
  if (const auto wanted = tags_of(headers, "If-Match")) {
    if (!*wanted) return Condition::kMalformed;
    if (!is_any_of(**wanted, tag, matches_strongly)) return Condition::kPreconditionFailed;
  } else if (const auto since = date_of(headers, "If-Unmodified-Since"); since && last_modified) {
    if (*last_modified > *since) return Condition::kPreconditionFailed;
  }
  if (const auto known = tags_of(headers, "If-None-Match")) {
    const bool is_known = *known && is_any_of(**known, tag, matches_weakly);
    return is_known ? Condition::kNotModified : Condition::kProceed;
  }
  const auto since = date_of(headers, "If-Modified-Since");
  const bool is_old = since && last_modified && *last_modified <= *since;
  return is_old ? Condition::kNotModified : Condition::kProceed;
}

Condition condition_of_write(const Headers& headers, const std::optional<EntityTag>& tag) {
  if (const auto wanted = tags_of(headers, "If-Match")) {
    if (!*wanted) return Condition::kMalformed;
    if (!is_any_of(**wanted, tag, matches_strongly)) return Condition::kPreconditionFailed;
  }
  if (const auto unwanted = tags_of(headers, "If-None-Match")) {
    if (!*unwanted) return Condition::kMalformed;
    if (is_any_of(**unwanted, tag, matches_weakly)) return Condition::kPreconditionFailed;
  }
  return Condition::kProceed;
}

RangeAnswer parse_range(std::string_view range, std::uint64_t size) {
  using Kind = RangeAnswer::Kind;
  constexpr std::string_view kUnit = "bytes=";
  if (!equal_without_case(range.substr(0, kUnit.size()), kUnit)) return {};
  range.remove_prefix(kUnit.size());
  const std::size_t dash = range.find('-');
  if (dash == std::string_view::npos || range.find(',') != std::string_view::npos) return {};
  const std::string_view first_text = range.substr(0, dash), last_text = range.substr(dash + 1);

  if (first_text.empty()) {  // the last so many bytes
    const auto suffix = number(last_text);
    if (!suffix) return {};
    if (*suffix == 0 || size == 0) return {.kind = Kind::kUnsatisfiable, .range = {}};
    const std::uint64_t count = std::min(*suffix, size);
    return {.kind = Kind::kPart, .range = {size - count, count}};
  }
  const auto first = number(first_text);
  const auto last = last_text.empty() ? UINT64_MAX : number(last_text);
  if (!first || !last || *last < *first) return {};
  if (*first >= size) return {.kind = Kind::kUnsatisfiable, .range = {}};
  return {.kind = Kind::kPart, .range = {*first, std::min(*last, size - 1) - *first + 1}};
}

RangeAnswer range_of_read(const Headers& headers,
                          const EntityTag& tag,
                          std::optional<Instant> last_modified,
                          std::uint64_t size) {
  const auto range = headers.find("Range");
  if (!range || headers.count("Range") > 1) return {};
  if (const auto condition = headers.find("If-Range")) {
    const auto wanted = parse_entity_tag(*condition);
    const auto date = parse_http_date(*condition);
    const bool holds =
        wanted ? matches_strongly(*wanted, tag) : date && last_modified && *date == *last_modified;
    if (!holds) return {};
  }
  return parse_range(*range, size);
}

std::string content_range(const ByteRange& range, std::uint64_t size) {
  return "bytes " + std::to_string(range.offset) + "-" +
         std::to_string(range.offset + range.size - 1) + "/" + std::to_string(size);
}

}  // namespace stet::http
