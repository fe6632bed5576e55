#include "cms/media/reference_scan.h"

#include <algorithm>

#include "cms/image/file_type.h"
#include "cms/site/permalink.h"
#include "storage/base/path_text.h"

namespace stet::media {
namespace {

constexpr std::size_t kExtensionBytesMax = 5;
constexpr std::size_t kNameBytesMax = 1024;
constexpr std::string_view kStops = " \t\r\n\f\v\"'`()<>[]{}=,;|\\*";

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// How long the extension is that begins at the dot; 0: it is none of media's.
std::size_t extension_at(std::string_view text, std::size_t dot) {
  std::size_t end = dot + 1;
  while (end < text.size() && end - dot <= kExtensionBytesMax + 1 && is_word(text[end])) ++end;
  std::size_t size = end - dot;
  if (size < 3 || size > kExtensionBytesMax + 1) return 0;
  bool goes_on =
      end + 1 < text.size() && (text[end] == '.' || text[end] == '-') && is_word(text[end + 1]);
  if (goes_on) return 0;
  return image::type_of_extension(text.substr(dot, size)) ? size : 0;
}

// What a name is once the site's own address is taken off.
struct Taken {
  std::string_view before;  // "https://example.org/base"
  std::string_view path;    // "/a.jpg", "../a.jpg"
  bool is_foreign = false;
};

std::string_view without_slash(std::string_view text) {
  while (text.ends_with('/')) text.remove_suffix(1);
  return text;
}

Taken take_off(std::string_view name, const NameHolder& holder) {
  Taken taken{{}, name};
  auto drop = [&](std::string_view prefix) {
    bool is_there = !prefix.empty() && taken.path.starts_with(prefix) &&
                    taken.path.size() > prefix.size() && taken.path[prefix.size()] == '/';
    if (is_there) taken.path.remove_prefix(prefix.size());
    return is_there;
  };
  std::string_view url = without_slash(holder.site_url);
  std::size_t colon = url.find(':');
  bool is_own = drop(url) || (colon != url.npos && drop(url.substr(colon + 1)));
  bool has_scheme = taken.path.find("://") != taken.path.npos || taken.path.starts_with("//");
  taken.is_foreign = has_scheme || taken.path.starts_with("data:");
  if (is_own || taken.path.starts_with('/')) drop(without_slash(holder.base_url));
  taken.before = name.substr(0, name.size() - taken.path.size());
  return taken;
}

// Where a relative path leads; above the root, browsers stay in it.
std::string joined(std::string_view folder, std::string_view relative) {
  std::vector<std::string_view> parts;
  for (std::string_view text : {folder, relative}) {
    while (!text.empty()) {
      std::size_t slash = std::min(text.find('/'), text.size());
      std::string_view part = text.substr(0, slash);
      text.remove_prefix(std::min(slash + 1, text.size()));
      if (part == "..") {
        if (!parts.empty()) parts.pop_back();
      } else if (!part.empty() && part != ".") {
        parts.push_back(part);
      }
    }
  }
  std::string path;
  for (std::string_view part : parts) path += (path.empty() ? "" : "/") + std::string(part);
  return path;
}

bool leads(std::string_view folder, std::string_view relative, std::string_view to) {
  return joined(folder, relative) == to;
}

bool ends_as(std::string_view path, std::string_view name) {
  if (name.empty() || name.size() >= path.size() || !path.ends_with(name)) return false;
  return name.front() == '/' || path[path.size() - name.size() - 1] == '/';
}

std::string relative_to(std::string_view folder, std::string_view path) {
  std::string up;
  while (!folder.empty() && !path.starts_with(std::string(folder) + "/")) {
    up += "../";
    folder = parent_folder(folder);
  }
  if (!folder.empty()) path.remove_prefix(folder.size() + 1);
  return up + std::string(path);
}

// As it may stand in a link: no blank, no bracket.
std::string linkable(std::string_view path) {
  std::string out;
  for (char c : site::escape_path(path)) {
    out += c == '(' ? "%28" : c == ')' ? "%29" : std::string(1, c);
  }
  return out;
}

}  // namespace

std::vector<std::string> paths_of(std::string_view name, const NameHolder& holder) {
  Taken taken = take_off(name, holder);
  if (taken.is_foreign) return {};
  std::string decoded = site::unescape_path(taken.path);
  if (decoded.starts_with('/')) return {decoded.substr(1)};
  std::vector<std::string> paths = {decoded, joined(parent_folder(holder.path), decoded)};
  if (!holder.page.empty()) paths.push_back(joined(parent_folder(holder.page), decoded));
  return paths;
}

std::vector<NameSpan> find_names(std::string_view text) {
  std::vector<NameSpan> spans;
  std::size_t last = 0;
  for (std::size_t dot = text.find('.'); dot != text.npos; dot = text.find('.', dot + 1)) {
    std::size_t extension = extension_at(text, dot);
    if (extension == 0) continue;
    std::size_t least = std::max(last, dot > kNameBytesMax ? dot - kNameBytesMax : 0);
    std::size_t begin = dot;
    while (begin > least && kStops.find(text[begin - 1]) == kStops.npos) --begin;
    last = dot + extension;
    spans.push_back({begin, last});
  }
  return spans;
}

std::string_view seen_name(std::string_view file_name) {
  std::size_t stop = file_name.find_last_of(kStops);
  return stop == file_name.npos ? file_name : file_name.substr(stop + 1);
}

PlaceCounter::Place PlaceCounter::at(std::size_t offset) {
  for (; counted_ < offset; ++counted_) {
    if (text_[counted_] != '\n') continue;
    ++line_;
    line_begin_ = counted_ + 1;
  }
  return {line_, static_cast<int>(offset - line_begin_) + 1};
}

Naming naming_of(std::string_view name,
                 const NameHolder& holder,
                 std::string_view path,
                 std::string_view output_path) {
  Taken taken = take_off(name, holder);
  if (taken.is_foreign) return Naming::kOther;
  std::string decoded = site::unescape_path(taken.path);
  std::string_view wanted = decoded;
  bool is_whole = seen_name(path.substr(path.rfind('/') + 1)) == path.substr(path.rfind('/') + 1);
  if (!is_whole) {
    // The name has a blank or a bracket in it, and the text may show the end of it alone.
    std::string_view file = wanted.substr(wanted.rfind('/') + 1);
    bool is_end = file == seen_name(path.substr(path.rfind('/') + 1));
    if (is_end) return Naming::kByName;
  }
  if (wanted.starts_with('/')) {
    std::string_view below = wanted.substr(1);
    if (below == path || below == output_path) return Naming::kByPath;
    return ends_as(path, wanted) || ends_as(output_path, wanted) ? Naming::kByName : Naming::kOther;
  }
  bool is_path = wanted == path || wanted == output_path;
  bool is_relative =
      leads(parent_folder(holder.path), wanted, path) ||
      (!holder.page.empty() && leads(parent_folder(holder.page), wanted, output_path));
  if (is_path || is_relative) return Naming::kByPath;
  return ends_as(path, wanted) || ends_as(output_path, wanted) ? Naming::kByName : Naming::kOther;
}

std::string renamed(std::string_view name,
                    const NameHolder& holder,
                    std::string_view path,
                    std::string_view output_path,
                    std::string_view new_path) {
  Taken taken = take_off(name, holder);
  std::string decoded = site::unescape_path(taken.path);
  std::string before(taken.before);
  if (decoded.starts_with('/')) return before + "/" + linkable(new_path);
  if (decoded == path || decoded == output_path) return before + linkable(new_path);
  bool is_of_page = !holder.page.empty() && leads(parent_folder(holder.page), decoded, output_path);
  std::string_view folder = parent_folder(is_of_page ? holder.page : holder.path);
  return before + linkable(relative_to(folder, new_path));
}

}  // namespace stet::media
