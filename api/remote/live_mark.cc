#include "api/remote/live_mark.h"

#include <algorithm>
#include <charconv>

#include "storage/remote/references.h"

namespace stet::remote {
namespace {

constexpr std::string_view kLive = "live/", kSite = "site";
constexpr std::uint64_t kFactsBytesMax = 8192;

std::string named(std::string_view where, std::string_view name) {
  return std::string(where).append(name);
}

std::optional<Instant> instant_of(std::string_view name) {
  std::int64_t seconds = 0;
  const auto [end, failure] = std::from_chars(name.data(), name.data() + name.size(), seconds);
  const bool is_whole = failure == std::errc() && end == name.data() + name.size();
  return is_whole ? std::optional(Instant{seconds}) : std::nullopt;
}

// A line "name value" of the text; "": it has none.
std::string value_of(std::string_view text, std::string_view name) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const bool is_it =
        line.size() > name.size() && line.starts_with(name) && line[name.size()] == ' ';
    if (is_it) return std::string(line.substr(name.size() + 1));
  }
  return "";
}

std::uint64_t number_of(const std::string& text) {
  std::uint64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failure == std::errc() && end == text.data() + text.size() ? number : 0;
}

// An address stands in redirects, and comes from another server.
std::string origin_in(std::string value) {
  const bool is_plain = std::all_of(value.begin(), value.end(), [](unsigned char c) {
    return c > ' ' && c < 0x7f && c != '"' && c != '<' && c != '>' && c != '\\';
  });
  const bool is_web = value.starts_with("http://") || value.starts_with("https://");
  return is_plain && is_web ? value : "";
}

}  // namespace

Result<std::optional<LiveMark>> read_live(const storage::Repository& repository,
                                          std::string_view where) {
  const std::string prefix = named(where, kLive);
  std::optional<LiveMark> live;
  for (const auto& [name, commit] : TRY(storage::references_below(repository, prefix))) {
    const auto instant = instant_of(std::string_view(name).substr(prefix.size()));
    if (instant && (!live || *instant > live->instant)) live = LiveMark{commit, *instant};
  }
  return live;
}

Status write_live(const storage::Repository& repository, const LiveMark& mark) {
  const std::string prefix = named(kOwnMarks, kLive);
  const std::string name = prefix + std::to_string(mark.instant.seconds);
  TRY(storage::set_reference(repository, name, mark.commit));
  for (const auto& [other, commit] : TRY(storage::references_below(repository, prefix))) {
    if (other != name) TRY(storage::remove_reference(repository, other));
  }
  return {};
}

Result<std::optional<SiteFacts>> read_facts(const storage::Repository& repository,
                                            std::string_view where) {
  auto text = storage::read_note(repository, named(where, kSite), kFactsBytesMax);
  if (!text && text.error().code == ErrorCode::kNotFound) return std::optional<SiteFacts>();
  if (!text) return std::move(text).error();
  return std::optional(SiteFacts{.url = value_of(*text, "url"),
                                 .admin = origin_in(value_of(*text, "admin")),
                                 .settings = value_of(*text, "settings"),
                                 .term = number_of(value_of(*text, "term"))});
}

Status write_facts(const storage::Repository& repository, const SiteFacts& facts) {
  std::string text;
  auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) text.append(name).append(" ").append(value).append("\n");
  };
  add("url", facts.url);
  add("admin", facts.admin);
  add("settings", facts.settings);
  if (facts.term > 0) add("term", std::to_string(facts.term));
  return storage::write_note(repository, named(kOwnMarks, kSite), text);
}

}  // namespace stet::remote
