#include "cms/site_import/jekyll_differences.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

#include "cms/change/report.h"
#include "cms/document/yaml.h"
#include "cms/site/plugins.h"
#include "cms/site_import/yaml_there.h"
#include "storage/base/utf8.h"

namespace stet::site_import {
namespace {

using document::Data;
using storage::SnapshotEntry;

constexpr std::size_t kGemsMax = 200;

// Keys that change what Jekyll writes. `same`: values by which it writes what stet writes, parted
// by blanks; any other is told.
struct Key {
  std::string_view pointer, same, what;
};
constexpr Key kKeys[] = {
    {"/source", ". ./", "the site is what lies at the repository's root; move its files there"},
    {"/lsi", "false", "related posts are the newest, without an index of their words"},
    {"/encoding", "utf-8 UTF-8", "files are UTF-8; convert them"},
    {"/highlighter", "rouge none", "code is coloured as Rouge does it"},
    {"/strict_front_matter",
     "false",
     "front matter that cannot be read does not stop the site; its page stays as it was"},
    {"/liquid/error_mode", "warn lax", "what Liquid cannot read does not stop the site"},
    {"/liquid/strict_variables", "false", "a variable that is not there is empty"},
    {"/liquid/strict_filters", "false", "a filter that is not there is told, and changes nothing"},
    {"/kramdown/syntax_highlighter", "rouge none", "code is coloured as Rouge does it"},
    {"/kramdown/math_engine", "mathjax", "formulas are left to MathJax"},
};

// Files by which others than Jekyll change what readers get.
struct HostFile {
  std::string_view path, what;
};
constexpr HostFile kHostFiles[] = {
    {".htaccess", "rules of Apache"},
    {"_headers", "headers of Netlify or Cloudflare"},
    {"_redirects", "redirects of Netlify or Cloudflare"},
    {"netlify.toml", "settings of Netlify"},
    {"vercel.json", "settings of Vercel"},
};

Problem difference(std::string path, std::string message, int line = 0, int column = 0) {
  return {Severity::kWarning, std::move(path), line, column, std::move(message)};
}

std::string mebibytes(std::uint64_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

Status add_file(const SnapshotEntry& entry, const JekyllFiles& files, Problems& problems) {
  const std::string& path = entry.path.string();
  if (entry.kind == storage::EntryKind::kSymlink) {
    problems.push_back(difference(
        path, "a symbolic link is not followed in a repository; put the file in its place"));
    return {};
  }
  if (entry.kind == storage::EntryKind::kSubmodule) {
    problems.push_back(
        difference(path, "a submodule's files are not read; put them into the repository itself"));
    return {};
  }
  for (const HostFile& file : kHostFiles) {
    if (file.path != path) continue;
    problems.push_back(difference(
        path,
        std::string(file.what) + " are not read; write redirects as redirect_from of the page, "
                                 "and headers into the proxy in front"));
  }
  std::uint64_t size = TRY(files.size_of(entry));
  if (size > files.file_bytes_max) {
    problems.push_back(difference(path,
                                  "the file has " + mebibytes(size) + ", and the editor takes " +
                                      mebibytes(files.file_bytes_max) +
                                      " at most; keep it by Git LFS, or elsewhere"));
  }
  if (size > storage::kLfsPointerBytesMax) return {};
  auto pointer = storage::parse_lfs_pointer(TRY(files.snapshot.read(entry.blob)));
  if (pointer && !files.has_object(*pointer)) {
    problems.push_back(difference(path,
                                  "the file is with Git LFS, and its object is not here; run "
                                  "`git lfs fetch --all` and copy lfs/objects"));
  }
  return {};
}

std::string text_of(const Data& value) {
  if (const std::string* text = value.string()) return *text;
  if (const bool* flag = value.boolean()) return *flag ? "true" : "false";
  return value.is_nil() ? "" : document::to_string(value);
}

const Data* value_at(const Data& data, std::string_view pointer) {
  const Data* value = &data;
  while (value && !pointer.empty()) {
    pointer.remove_prefix(1);
    std::size_t end = std::min(pointer.find('/'), pointer.size());
    value = value->find(pointer.substr(0, end));
    pointer.remove_prefix(end);
  }
  return value;
}

void add_keys(std::string_view bytes, Problems& problems) {
  Problems told_by_the_site;
  Data data = document::parse_yaml(bytes, kConfigPath, told_by_the_site);
  for (const Key& key : kKeys) {
    const Data* value = value_at(data, key.pointer);
    if (!value || value->is_nil()) continue;
    std::string text = text_of(*value);
    if ((" " + std::string(key.same) + " ").find(" " + text + " ") != std::string::npos) continue;
    auto place = change::place_of(bytes, change::FileShape::kYaml, std::string(key.pointer));
    std::string name(key.pointer.substr(1));
    std::replace(name.begin(), name.end(), '/', '.');
    problems.push_back(
        difference(kConfigPath,
                   name + ": '" + printable(text, 60) + "' has no effect: " + std::string(key.what),
                   place ? place->line : 0,
                   place ? place->column : 0));
  }
}

// "jekyll-feed" of `gem "jekyll-feed", "~> 0.12"`; none on other lines.
std::optional<std::string> gem_of(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  if (!line.starts_with("gem ") && !line.starts_with("gem(")) return std::nullopt;
  std::size_t open = line.find_first_of("\"'");
  std::size_t close = open == line.npos ? open : line.find(line[open], open + 1);
  if (close == line.npos) return std::nullopt;
  return std::string(line.substr(open + 1, close - open - 1));
}

// Bundler switches on what stands in its group :jekyll_plugins, whatever _config.yml says.
void add_gems(std::string_view bytes, const site::Config& config, Problems& problems) {
  bool is_in_group = false;
  std::size_t gems = 0;
  for (int line = 1; !bytes.empty() && gems < kGemsMax; ++line) {
    std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string_view text = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    std::string_view inner = text.substr(std::min(text.find_first_not_of(" \t"), text.size()));
    bool names_group = inner.find("jekyll_plugins") != inner.npos && !inner.starts_with('#');
    if (inner.starts_with("group ") || inner.starts_with("group(")) is_in_group = names_group;
    if (inner.starts_with("end")) is_in_group = false;
    auto gem = gem_of(text);
    if (!gem || !(is_in_group || names_group)) continue;
    ++gems;
    if (config.has_plugin(*gem) || *gem == "github-pages") continue;
    std::string lack = site::lack_of(*gem);
    std::string mend = lack.empty() ? "; add it to plugins: of _config.yml"
                                    : ", and is not built in; the site will lack " + lack;
    problems.push_back(difference(
        "Gemfile", "'" + printable(*gem, 60) + "' is switched on by Bundler alone" + mend, line));
  }
}

void add_configurations(const SnapshotEntry& entry, Problems& problems) {
  const std::string& path = entry.path.string();
  bool is_further =
      path.starts_with("_config") && path != kConfigPath &&
      (path.ends_with(".yml") || path.ends_with(".yaml") || path.ends_with(".toml")) &&
      path.find('/') == std::string::npos;
  if (!is_further) return;
  problems.push_back(difference(
      path, "a server reads _config.yml alone; put there what the public site shall have"));
}

}  // namespace

Result<Problems> jekyll_differences(const site::Site& site, const JekyllFiles& files) {
  Problems problems;
  TRY(files.snapshot.walk("", [&](const SnapshotEntry& entry) -> Status {
    add_configurations(entry, problems);
    return add_file(entry, files, problems);
  }));
  if (site.blob_of(kConfigPath)) add_keys(TRY(site.read_path(kConfigPath)), problems);
  if (site.blob_of("Gemfile")) add_gems(TRY(site.read_path("Gemfile")), site.config(), problems);
  return problems;
}

}  // namespace stet::site_import
