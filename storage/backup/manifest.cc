#include "storage/backup/manifest.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "storage/backup/tar.h"
#include "storage/base/hash.h"
#include "storage/base/time.h"
#include "storage/base/utf8.h"

namespace stet::storage {
namespace {

constexpr std::string_view kFirst = "stet backup ";
constexpr std::size_t kValueBytesMax = 1024;

bool is_hex_of(std::string_view text, std::size_t digits) {
  return text.size() == digits && text.find_first_not_of("0123456789abcdef") == text.npos;
}

std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }

std::string body_of(const Manifest& manifest) {
  std::string text(kFirst);
  auto line = [&](std::string_view key, std::string_view value) {
    text.append(key).append(": ").append(value).append("\n");
  };
  text += std::to_string(kBackupFormat) + "\n";
  line("version", manifest.version);
  line("taken", iso_instant(manifest.taken));
  line("previous", or_dash(manifest.previous));
  line("branch", or_dash(manifest.branch));
  line("commit", or_dash(manifest.commit));
  line("ledger", std::to_string(manifest.ledger));
  for (const BackupPart& part : manifest.parts) {
    line("part", part.sha256 + " " + std::to_string(part.bytes) + " " + part.name);
  }
  return text;
}

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool is_number = failure == std::errc() && end == text.data() + text.size() && number >= 0;
  return is_number ? std::optional(number) : std::nullopt;
}

// Lines one after the other, each with the key that must come now.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  bool is_at(std::string_view key) const {
    return rest_.starts_with(key) && rest_.substr(key.size()).starts_with(": ");
  }
  std::string_view rest() const { return rest_; }

  Result<std::string_view> take(std::string_view key) {
    std::size_t end = rest_.find('\n');
    if (!is_at(key) || end == rest_.npos) return wrong("is to be '" + std::string(key) + ": ...'");
    std::string_view value = rest_.substr(key.size() + 2, end - key.size() - 2);
    bool is_good = !value.empty() && value.size() <= kValueBytesMax && is_utf8(value);
    if (!is_good) return wrong("has no value that '" + std::string(key) + "' may have");
    rest_.remove_prefix(end + 1);
    ++number_;
    return value;
  }

  Error wrong(const std::string& what) const {
    return invalid_input(std::string(kManifestName) + ":" + std::to_string(number_) + " " + what);
  }

  // A value that may be "-", for none.
  Result<std::string> take_hex(std::string_view key, std::size_t digits) {
    std::string_view value = TRY(take(key));
    if (value == "-") return std::string();
    if (!is_hex_of(value, digits)) return before("names no " + std::string(key));
    return std::string(value);
  }

  Result<std::int64_t> take_number(std::string_view key) {
    auto number = number_of(TRY(take(key)));
    if (!number) return before("has no number");
    return *number;
  }

  // Of the line that was just taken.
  Error before(const std::string& what) const {
    return invalid_input(std::string(kManifestName) + ":" + std::to_string(number_ - 1) + " " +
                         what);
  }

 private:
  std::string_view rest_;
  std::size_t number_ = 2;  // of the line that comes now; the first is check_format's
};

Result<std::string_view> check_format(std::string_view text) {
  std::size_t end = text.find('\n');
  if (!text.starts_with(kFirst) || end == text.npos) {
    return invalid_input(std::string(kManifestName) + " is not one of stet's");
  }
  auto format = number_of(text.substr(kFirst.size(), end - kFirst.size()));
  if (format && *format > kBackupFormat) {
    return invalid_input("a newer stet wrote it, in format " + std::to_string(*format) +
                         "; this one reads format " + std::to_string(kBackupFormat) +
                         ": run the newer stet");
  }
  if (format != kBackupFormat) {
    return invalid_input(std::string(kManifestName) + " has no format that stet knows");
  }
  return text.substr(end + 1);
}

Result<Instant> take_instant(Lines& lines) {
  std::string_view value = TRY(lines.take("taken"));
  auto parsed = parse_iso_time(value);
  Instant taken{parsed ? seconds_as_utc(parsed->civil) : 0};
  if (parsed && iso_instant(taken) == value) return taken;
  return lines.before("is no time");
}

Result<BackupPart> take_part(Lines& lines) {
  std::string_view value = TRY(lines.take("part"));
  std::size_t first = value.find(' '), second = value.find(' ', first + 1);
  if (first == value.npos || second == value.npos) return lines.before("is no part");
  auto bytes = number_of(value.substr(first + 1, second - first - 1));
  BackupPart part{.name = std::string(value.substr(second + 1)),
                  .bytes = static_cast<std::uint64_t>(bytes.value_or(0)),
                  .sha256 = std::string(value.substr(0, first))};
  if (bytes && is_hex_of(part.sha256, 64) && is_tar_name(part.name)) return part;
  return lines.before("is no part");
}

}  // namespace

const BackupPart* Manifest::find(std::string_view name) const {
  auto it = std::find_if(
      parts.begin(), parts.end(), [&](const BackupPart& part) { return part.name == name; });
  return it == parts.end() ? nullptr : &*it;
}

std::string to_text(const Manifest& manifest) {
  std::string text = body_of(manifest);
  return text + "end: " + sha256_hex(text) + "\n";
}

std::string digest_of(const Manifest& manifest) { return sha256_hex(body_of(manifest)); }

Result<Manifest> parse_manifest(std::string_view text) {
  Lines lines(TRY(check_format(text)));
  Manifest manifest;
  manifest.version = TRY(lines.take("version"));
  manifest.taken = TRY(take_instant(lines));
  manifest.previous = TRY(lines.take_hex("previous", 64));
  std::string_view branch = TRY(lines.take("branch"));
  if (branch != "-") manifest.branch = branch;
  manifest.commit = TRY(lines.take_hex("commit", 40));
  manifest.ledger = TRY(lines.take_number("ledger"));
  while (lines.is_at("part")) manifest.parts.push_back(TRY(take_part(lines)));
  std::string_view body = text.substr(0, text.size() - lines.rest().size());
  std::string_view end = TRY(lines.take("end"));
  if (!lines.rest().empty() || end != sha256_hex(body)) {
    return invalid_input(std::string(kManifestName) + " is not as it was written");
  }
  return manifest;
}

}  // namespace stet::storage
