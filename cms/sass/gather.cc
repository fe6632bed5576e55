#include "cms/sass/gather.h"

#include "cms/sass/import_scan.h"
#include "cms/sass/resolve.h"
#include "storage/base/path_text.h"

namespace stet::sass {

Gathering::Gathering(const Sheet& sheet, Sources& sources, GatherLimits limits)
    : sheet_(sheet), sources_(sources), limits_(limits) {
  job_.text = sheet.text;
  job_.name = sheet.name;
  job_.is_indented = sheet.is_indented;
  job_.has_map = sheet.has_map;
  job_.has_line_comments = sheet.has_line_comments;
  job_.style = sheet.style;
  job_.precision = sheet.precision;
  bytes_ = sheet.text.size();
  pending_.push_back({"", sheet.text, sheet.is_indented});
}

Status Gathering::follow() { return drain(); }

Status Gathering::add(const std::vector<Import>& imports) {
  for (const Import& import : imports) TRY(resolve(import));
  return drain();
}

Status Gathering::drain() {
  if (bytes_ > limits_.bytes_max) {
    return invalid_input("the sheet is larger than " + std::to_string(limits_.bytes_max >> 20) +
                         " MiB");
  }
  while (!pending_.empty()) {
    Pending next = std::move(pending_.back());
    pending_.pop_back();
    for (const ImportName& import : scan_imports(next.text, next.is_indented)) {
      if (!import.is_plain_css) {
        TRY(resolve({next.folder, import.name}));
      } else if (job_.imports.size() < limits_.imports_max) {
        job_.imports.try_emplace({next.folder, import.name});
      }
    }
  }
  return {};
}

Status Gathering::resolve(const Import& import) {
  auto [at, is_new] = job_.imports.try_emplace(import);
  if (!is_new && at->second) return {};
  if (job_.imports.size() > limits_.imports_max) {
    return invalid_input("the sheet imports more than " + std::to_string(limits_.imports_max) +
                         " others");
  }
  at->second =
      resolve_import(sources_, import.first, import.second, sheet_.load_paths, looked_for_[import]);
  if (at->second->size() != 1) return {};
  const std::string& path = at->second->front();
  if (job_.files.contains(path)) return {};
  std::string text = TRY(sources_.read(path));
  bytes_ += text.size();
  if (bytes_ > limits_.bytes_max) {
    return invalid_input("the sheet and what it imports are more than " +
                         std::to_string(limits_.bytes_max >> 20) + " MiB");
  }
  pending_.push_back({std::string(parent_folder(path)), text, path.ends_with(".sass")});
  job_.files.emplace(path, std::move(text));
  return {};
}

std::vector<std::string> Gathering::looked_for(const std::vector<Import>& imports) const {
  std::set<std::string> paths;
  for (const Import& import : imports) {
    auto at = looked_for_.find(import);
    if (at != looked_for_.end()) paths.insert(at->second.begin(), at->second.end());
  }
  return {paths.begin(), paths.end()};
}

std::vector<std::string> Gathering::looked_for() const {
  std::set<std::string> paths;
  for (const auto& [import, asked] : looked_for_) paths.insert(asked.begin(), asked.end());
  return {paths.begin(), paths.end()};
}

}  // namespace stet::sass
