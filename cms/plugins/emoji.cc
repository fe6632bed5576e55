#include "cms/plugins/emoji.h"

#include <algorithm>
#include <iterator>

#include "cms/liquid/filters/escape.h"

namespace stet::plugins {
namespace {

#include "cms/plugins/emoji_table.h"

constexpr std::size_t kNameBytesMax = 80;

constexpr std::string_view name_of(std::string_view entry) {
  return entry.substr(0, entry.find('!'));
}

static_assert(std::is_sorted(std::begin(kEmoji), std::end(kEmoji), [](auto a, auto b) {
  return name_of(a) < name_of(b);
}));

bool is_part(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '+' || c == '-';
}

struct Found {
  std::size_t begin = std::string_view::npos, end = 0;  // the colons too
  std::string_view name, file;
};

// The first `:name:` from `at` on.
Found find_emoji(std::string_view text, std::size_t at) {
  while ((at = text.find(':', at)) != text.npos) {
    std::size_t end = at + 1;
    while (end < text.size() && end - at < kNameBytesMax && is_part(text[end])) ++end;
    if (end < text.size() && text[end] == ':') {
      const std::string_view name = text.substr(at + 1, end - at - 1);
      const std::string_view file = emoji_file(name);
      if (!file.empty()) return {at, end + 1, name, file};
    }
    at = end;
  }
  return {};
}

}  // namespace

std::string_view emoji_file(std::string_view name) {
  const auto found = std::lower_bound(
      std::begin(kEmoji), std::end(kEmoji), name, [](std::string_view entry, std::string_view n) {
        return name_of(entry) < n;
      });
  if (found == std::end(kEmoji) || name_of(*found) != name) return {};
  return found->substr(name.size() + 1);
}

bool has_emoji(std::string_view text) { return find_emoji(text, 0).end > 0; }

void append_with_emoji(std::string_view text, std::string_view folder, std::string& out) {
  while (folder.ends_with('/')) folder.remove_suffix(1);
  std::size_t at = 0;
  for (Found found = find_emoji(text, 0); found.end > 0; found = find_emoji(text, at)) {
    out += text.substr(at, found.begin - at);
    const std::string typed = ":" + std::string(found.name) + ":";
    out += "<img class=\"emoji\" title=\"" + typed + "\" alt=\"" + typed + "\" src=\"" +
           liquid::escape_html(folder) + "/emoji/" + std::string(found.file) +
           ".png\" height=\"20\" width=\"20\">";
    at = found.end;
  }
  out += text.substr(at);
}

}  // namespace stet::plugins
