#include "cms/site/site.h"

#include <algorithm>
#include <set>

#include "cms/site/entry_filter.h"
#include "cms/site/excerpt.h"
#include "cms/site/file_name.h"
#include "cms/site/memberships.h"

namespace stet::site {

Time Site::time() const {
  Time time = config_->zone().at(instant_.seconds);
  time.is_utc = false;
  return time;
}

const Items& Site::list(std::string_view name) const {
  static const Items kNone;
  if (const auto* mixed = mixed_.find(name)) return (*mixed)->items;
  const Items* items = lists_.find(name);
  return items ? *items : kNone;
}

std::optional<std::pair<ListKey, std::size_t>> Site::place_in_group(std::string_view list) const {
  const Items& items = this->list(list);
  if (items.empty()) return std::nullopt;
  const auto& [key, item] = items.at(items.size() - 1);
  const DocumentFacts& facts = static_cast<const Document&>(*item).facts();
  const auto& names = list.starts_with("tags.") ? facts.tags : facts.categories;
  auto at = std::find(names.begin(), names.end(), list.substr(list.find('.') + 1));
  return std::pair(key, static_cast<std::size_t>(at - names.begin()));
}

std::vector<std::string> Site::group_names(std::string_view group) const {
  std::vector<std::pair<std::pair<ListKey, std::size_t>, std::string>> places;
  std::string prefix = std::string(group) + ".";
  for (std::size_t i = lists_.rank_of(prefix); i < lists_.size(); ++i) {
    const std::string& list = lists_.at(i).first;
    if (!list.starts_with(prefix)) break;
    if (auto place = place_in_group(list)) places.emplace_back(*place, list.substr(prefix.size()));
  }
  std::sort(places.begin(), places.end(), [](const auto& a, const auto& b) {
    const auto& [oldest_a, index_a] = a.first;
    const auto& [oldest_b, index_b] = b.first;
    if (oldest_a == oldest_b) return index_a < index_b;
    return oldest_b < oldest_a;  // lists begin with the newest
  });
  std::vector<std::string> names;
  for (auto& [place, name] : places) names.push_back(std::move(name));
  return names;
}

DocumentPtr Site::neighbour_of(const Document& document, bool is_next) const {
  const std::string name = list_of_collection(document.facts().collection);
  const Items& items = list(name);
  auto at = [&](std::size_t place) {
    return DocumentPtr(static_cast<const Document*>(items.at(place).second.get()));
  };
  if (const auto* mixed = mixed_.find(name)) {
    const std::size_t* place = (*mixed)->ranks.find(document.path());
    if (!place || (is_next ? *place + 1 >= items.size() : *place == 0)) return {};
    return at(is_next ? *place + 1 : *place - 1);
  }
  if (!items.contains(document.key())) return {};
  std::size_t rank = items.rank_of(document.key());
  bool is_up = is_next != document.key().is_descending;
  if (is_up ? rank + 1 >= items.size() : rank == 0) return {};
  return at(is_up ? rank + 1 : rank - 1);
}

DocumentPtr Site::find_document(std::string_view subject) const {
  const DocumentPtr* document = documents_.find(subject);
  return document ? *document : DocumentPtr();
}

const SourceFile* Site::find_source(std::string_view path) const {
  const SourceFilePtr* source = sources_.find(path);
  return source ? source->get() : nullptr;
}

std::string Site::output_prefix(std::string_view path) { return std::string(path) + '\0'; }

const Output* Site::find_output(std::string_view output_path) const {
  std::size_t end = outputs_.rank_of(std::string(output_path) + '\x01');
  if (end == 0) return nullptr;
  const auto& [key, output] = outputs_.at(end - 1);
  return key.starts_with(output_prefix(output_path)) ? &output : nullptr;
}

bool Site::has_other_output(std::string_view output_path, std::string_view subject) const {
  std::string prefix = output_prefix(output_path);
  auto own = names_->find(subject);
  for (std::size_t i = outputs_.rank_of(prefix); i < outputs_.size(); ++i) {
    const auto& [key, output] = outputs_.at(i);
    if (!key.starts_with(prefix)) return false;
    if (!own || output.item->subject() != *own) return true;
  }
  return false;
}

void Site::for_each_output(
    const std::function<void(const std::string&, const Output&)>& visit) const {
  std::string path;
  const Output* winner = nullptr;
  outputs_.for_each([&](const std::string& key, const Output& output) {
    std::string own = key.substr(0, key.find('\0'));
    if (winner && own != path) visit(path, *winner);
    path = std::move(own);
    winner = &output;
  });
  if (winner) visit(path, *winner);
}

std::optional<FoundFile> Site::find_file(std::string_view path) const {
  if (const BlobId* blob = blobs_.find(path)) return FoundFile{std::string(path), *blob, false};
  std::string prefix = theme_ ? theme_->place_of("") : "";
  if (!theme_ || !path.starts_with(prefix)) return std::nullopt;
  const BlobId* blob = theme_->blobs.find(path.substr(prefix.size()));
  return blob ? std::optional(FoundFile{std::string(path), *blob, true}) : std::nullopt;
}

std::optional<FoundFile> Site::find_layout(std::string_view name) const {
  auto find_in = [&](const auto& blobs, const std::string& folder) {
    std::string prefix = folder + "/" + std::string(name) + ".";
    for (std::size_t i = blobs.rank_of(prefix); i < blobs.size(); ++i) {
      const auto& [path, blob] = blobs.at(i);
      if (!path.starts_with(prefix)) break;
      if (path.find_first_of("./", prefix.size()) != std::string::npos) continue;
      return std::optional(FoundFile{path, blob, false});
    }
    return std::optional<FoundFile>();
  };
  auto found = find_in(blobs_, config_->text("layouts_dir"));
  if (found || !theme_) return found;
  found = find_in(theme_->blobs, "_layouts");
  if (found) *found = {theme_->place_of(found->path), found->blob, true};
  return found;
}

std::vector<std::string> Site::sheet_folders(std::string_view pattern) const {
  std::set<std::string> folders;
  blobs_.for_each([&](const std::string& path, const BlobId&) {
    if (!is_sheet_name(path) && !path.ends_with(".css")) return;
    for (std::size_t end = path.rfind('/'); end != path.npos && end > 0;
         end = path.rfind('/', end - 1)) {
      if (!folders.insert(path.substr(0, end)).second) return;  // and those above
    }
  });
  std::erase_if(folders, [&](const std::string& path) { return !matches_folders(pattern, path); });
  return {folders.begin(), folders.end()};
}

std::optional<BlobId> Site::blob_of(std::string_view path) const {
  const BlobId* blob = blobs_.find(path);
  return blob ? std::optional(*blob) : std::nullopt;
}

Result<std::string> Site::read_path(std::string_view path) const {
  const BlobId* blob = blobs_.find(path);
  if (!blob) return not_found("there is no file '" + std::string(path) + "'");
  return snapshot_->read(*blob);
}

Result<std::string> Site::read(const FoundFile& file) const {
  return (file.is_of_theme ? theme_->files : snapshot_)->read(file.blob);
}

Result<std::string> Site::read(const StaticFile& file) const {
  const BlobId* own = blobs_.find(file.path());
  return (own && *own == file.blob() ? snapshot_ : theme_->files)->read(file.blob());
}

Result<ReadText> Site::text_of(const ParsedFile& file) const {
  return texts_->read(file.body, file.blob, *snapshot_);
}

Result<std::string> Site::excerpt_of(const ExcerptSource& source) const {
  ReadText body = TRY(text_of(*source.file));
  return site::excerpt_of(body.text, source.separator);
}

std::optional<Instant> Site::last_changed(std::string_view path) const {
  auto parsed = RepoPath::parse(path);
  if (!parsed) return std::nullopt;
  const storage::LastChange* change = last_changed_.find(*parsed);
  return change ? std::optional(Instant{change->when.seconds}) : std::nullopt;
}

std::optional<Instant> Site::next_moment() const {
  std::optional<Instant> next;
  for (const auto* documents : {&waiting_, &leaving_}) {
    if (documents->empty()) continue;
    Instant moment{documents->at(0).first.primary};
    if (!next || moment < *next) next = moment;
  }
  return next;
}

Problems Site::problems() const {
  Problems problems = config_->problems();
  problems.insert(problems.end(), theme_problems_.begin(), theme_problems_.end());
  sources_.for_each([&](const std::string&, const SourceFilePtr& source) {
    problems.insert(problems.end(), source->problems.begin(), source->problems.end());
  });
  add_conflicts(problems);
  add_ruby_plugins(problems);
  return problems;
}

void Site::add_ruby_plugins(Problems& problems) const {
  std::string folder = config_->text("plugins_dir") + "/";
  for (std::size_t i = blobs_.rank_of(folder); i < blobs_.size(); ++i) {
    const std::string& path = blobs_.at(i).first;
    if (!path.starts_with(folder)) return;
    if (!path.ends_with(".rb")) continue;
    problems.push_back(
        {Severity::kWarning,
         path,
         0,
         0,
         "Ruby is not run: the site lacks the tags, filters and pages of this file"});
  }
}

void Site::add_conflicts(Problems& problems) const {
  std::string destination = config_->text("destination"), path;
  std::vector<std::string> sources;
  auto close = [&] {
    if (sources.size() < 2) return;
    std::string message = "Conflict: The following destination is shared by multiple files. " +
                          destination + "/" + path + ": ";
    for (const std::string& source : sources) {
      message += source + (&source == &sources.back() ? "; the last one is shown" : ", ");
    }
    problems.push_back({Severity::kWarning, sources.back(), 0, 0, std::move(message)});
  };
  outputs_.for_each([&](const std::string& key, const Output& output) {
    std::size_t end = key.find('\0');
    if (key.compare(0, end, path) != 0 || path.size() != end) {
      close();
      path = key.substr(0, end);
      sources.clear();
    }
    if (key[end + 1] != '0') sources.push_back(output.item->path());  // '0': made to give way
  });
  close();
}

}  // namespace stet::site
