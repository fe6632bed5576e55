#include "cms/publish/output_path.h"

#include <algorithm>

#include "storage/base/utf8.h"

namespace stet::publish {
namespace {

constexpr std::size_t kPathBytesMax = 4096;
constexpr std::size_t kComponentBytesMax = 255;

const char* fault_of_component(std::string_view component) {
  if (component.empty()) return "has an empty component";
  if (component == "." || component == "..") return "has a '.' or '..' component";
  if (component.size() > kComponentBytesMax) return "has a component of more than 255 bytes";
  return nullptr;
}

const char* fault_of(std::string_view text) {
  if (text.empty()) return "is empty";
  if (text.size() > kPathBytesMax) return "has more than 4096 bytes";
  if (text.find('\0') != std::string_view::npos) return "has a NUL byte";
  if (!is_utf8(text)) return "is not UTF-8";
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t end = std::min(text.find('/', begin), text.size());
    if (const char* fault = fault_of_component(text.substr(begin, end - begin))) return fault;
    begin = end + 1;
  }
  return nullptr;
}

// RFC 3986 3.3: pchar and the slash.
bool stands_plain(char c) {
  static constexpr std::string_view kMarks = "-._~!$&'()*+,;=:@/";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         kMarks.find(c) != std::string_view::npos;
}

}  // namespace

Result<OutputPath> OutputPath::parse(std::string_view text) {
  if (const char* fault = fault_of(text)) {
    return invalid_input("output path '" + printable(text, 100) + "' " + fault);
  }
  return OutputPath(std::string(text));
}

std::string_view OutputPath::filename() const {
  return view().substr(text_.rfind('/') + 1);  // npos + 1 is 0
}

std::string_view OutputPath::folder() const {
  std::size_t slash = text_.rfind('/');
  return slash == std::string::npos ? std::string_view() : view().substr(0, slash);
}

std::string_view OutputPath::extension() const {
  std::string_view name = filename();
  std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view() : name.substr(dot);
}

std::string encode_url_path(std::string_view path) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string url;
  for (char c : path) {
    if (stands_plain(c)) {
      url += c;
    } else {
      auto byte = static_cast<unsigned char>(c);
      url += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return url;
}

std::string url_of(const OutputPath& path) {
  std::string_view shown = path.view();
  if (path.filename() == "index.html") shown.remove_suffix(path.filename().size());
  return "/" + encode_url_path(shown);
}

}  // namespace stet::publish
