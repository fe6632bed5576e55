#include "cms/render/templates.h"

#include <algorithm>
#include <vector>

#include "cms/document/document.h"
#include "cms/site/value_of.h"

namespace stet::render {

Result<ParsedTemplatePtr> Templates::layout(const site::Site& site, const site::FoundFile& file) {
  return get(site, file, true);
}

Result<ParsedTemplatePtr> Templates::include(const site::Site& site, const site::FoundFile& file) {
  return get(site, file, false);
}

Result<ParsedTemplatePtr> Templates::get(const site::Site& site,
                                         const site::FoundFile& file,
                                         bool has_front_matter) {
  {
    std::lock_guard lock(mutex_);
    auto it = known_.find(file.path);
    if (it != known_.end() && it->second.blob == file.blob) {
      it->second.last_used = ++uses_;
      return it->second.parsed;
    }
  }
  std::string bytes = TRY(site.read(file));
  auto parsed = std::make_shared<ParsedTemplate>();
  document::Document split;
  split.body_line = 1;
  if (has_front_matter) split = document::parse_document(bytes, file.path);
  parsed->front_matter = site::hash_of(*split.front_matter.map());
  auto read = liquid::Template::parse(std::string(split.body(bytes)), file.path, split.body_line);
  parsed->tree = std::move(read.tree);
  parsed->problems = std::move(split.problems);
  parsed->problems.insert(parsed->problems.end(), read.problems.begin(), read.problems.end());
  std::lock_guard lock(mutex_);
  known_[file.path] = {file.blob, parsed, ++uses_};
  return ParsedTemplatePtr(parsed);
}

ParsedTemplatePtr Templates::built_in(const std::string& path, std::string_view text) {
  std::lock_guard lock(mutex_);
  Known& known = known_["built in: " + path];
  known.last_used = ++uses_;
  if (known.parsed && known.parsed->tree->source() == text) return known.parsed;
  auto read = liquid::Template::parse(std::string(text), path);
  auto parsed = std::make_shared<ParsedTemplate>();
  parsed->front_matter = liquid::Ref<liquid::Hash>(new liquid::Hash({}));
  parsed->tree = std::move(read.tree);
  parsed->problems = std::move(read.problems);
  known.parsed = std::move(parsed);
  return known.parsed;
}

void Templates::forget_unused(std::size_t kept_max) {
  std::lock_guard lock(mutex_);
  if (known_.size() <= kept_max) return;
  std::vector<std::uint64_t> uses;
  for (const auto& [path, known] : known_) uses.push_back(known.last_used);
  std::nth_element(uses.begin(), uses.end() - static_cast<std::ptrdiff_t>(kept_max), uses.end());
  std::uint64_t oldest_kept = uses[uses.size() - kept_max];
  std::erase_if(known_, [&](const auto& entry) { return entry.second.last_used < oldest_kept; });
}

}  // namespace stet::render
