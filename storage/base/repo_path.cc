#include "storage/base/repo_path.h"

#include <algorithm>
#include <cctype>

#include "storage/base/utf8.h"

namespace stet {
namespace {

constexpr std::size_t kPathBytesMax = 4096;
constexpr std::size_t kComponentBytesMax = 255;

// Code points that HFS+ ignores in names: ".g\u200cit" would be ".git" there (CVE-2014-9390).
std::string without_ignorable(std::string_view name) {
  static constexpr std::string_view kIgnored[] = {"\u200c",
                                                  "\u200d",
                                                  "\u200e",
                                                  "\u200f",
                                                  "\u202a",
                                                  "\u202b",
                                                  "\u202c",
                                                  "\u202d",
                                                  "\u202e",
                                                  "\u206a",
                                                  "\u206b",
                                                  "\u206c",
                                                  "\u206d",
                                                  "\u206e",
                                                  "\u206f",
                                                  "\ufeff"};
  std::string kept;
  while (!name.empty()) {
    auto it = std::find_if(std::begin(kIgnored), std::end(kIgnored), [&](std::string_view mark) {
      return name.starts_with(mark);
    });
    if (it != std::end(kIgnored)) {
      name.remove_prefix(it->size());
    } else {
      kept += static_cast<char>(std::tolower(static_cast<unsigned char>(name.front())));
      name.remove_prefix(1);
    }
  }
  return kept;
}

bool means_dot_git(std::string_view component) {
  // Asked of every name that there is; hardly any begins so.
  char first = component.front();
  if (first != '.' && first != 'g' && first != 'G' && static_cast<unsigned char>(first) < 0x80) {
    return false;
  }
  std::string name = without_ignorable(component);
  while (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.pop_back();
  if (auto colon = name.find(':'); colon != std::string::npos) name.resize(colon);  // NTFS streams
  return name == ".git" || name == "git~1";
}

const char* fault_of_component(std::string_view component) {
  if (component.empty()) return "has an empty component";
  if (component == "." || component == "..") return "has a '.' or '..' component";
  if (component.size() > kComponentBytesMax) return "has a component of more than 255 bytes";
  if (means_dot_git(component)) return "names git's own folder";
  return nullptr;
}

const char* fault_of(std::string_view text) {
  if (text.empty()) return "is empty";
  if (text.size() > kPathBytesMax) return "has more than 4096 bytes";
  if (!is_utf8(text)) return "is not UTF-8";
  auto is_forbidden = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\';
  };
  if (std::any_of(text.begin(), text.end(), is_forbidden)) {
    return "has a control character or a backslash";
  }
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t end = std::min(text.find('/', begin), text.size());
    if (const char* fault = fault_of_component(text.substr(begin, end - begin))) return fault;
    begin = end + 1;
  }
  return nullptr;
}

}  // namespace

Result<RepoPath> RepoPath::parse(std::string_view text) {
  if (const char* fault = fault_of(text)) {
    return invalid_input("path '" + printable(text, 100) + "' " + fault);
  }
  return RepoPath(std::string(text));
}

std::string_view RepoPath::filename() const {
  return view().substr(text_.rfind('/') + 1);  // npos + 1 is 0
}

std::string_view RepoPath::folder() const {
  std::size_t slash = text_.rfind('/');
  return slash == std::string::npos ? std::string_view() : view().substr(0, slash);
}

std::string_view RepoPath::extension() const {
  std::string_view name = filename();
  std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view() : name.substr(dot);
}

std::string_view RepoPath::stem() const {
  std::string_view name = filename();
  return name.substr(0, name.size() - extension().size());
}

bool RepoPath::is_below(std::string_view folder) const {
  if (folder.empty()) return true;
  return view().starts_with(folder) &&
         (text_.size() == folder.size() || text_[folder.size()] == '/');
}

}  // namespace stet
