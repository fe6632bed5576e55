#include "cms/render/sheets.h"

#include <algorithm>

#include "cms/sass/resolve.h"
#include "cms/site/site.h"
#include "storage/base/path_text.h"

namespace stet::render {
namespace {

using liquid::Hash;
using liquid::Value;
using reads::Key;
using reads::Kind;

class SiteSources final : public sass::Sources {
 public:
  explicit SiteSources(const site::Site& site) : site_(site) {}
  bool has(const std::string& path) override { return site_.find_file(path).has_value(); }
  Result<std::string> read(const std::string& path) override {
    auto found = site_.find_file(path);
    if (!found) return not_found("there is no file '" + path + "'");
    return site_.read(*found);
  }

 private:
  const site::Site& site_;
};

// The configuration's `sass`, all of it one read.
class Options {
 public:
  explicit Options(site::View& view) : config_(view.site().config()) {
    reads::NameId config = view.names().id_of("config");
    for (std::string_view key : {"sass", "safe"}) {
      view.recorder().add(Key(Kind::kConfig, config, view.names().id_of(key)));
    }
    Value sass = config_.get("sass");
    if (sass.type() == liquid::Type::kHash) hash_ = &sass.as_hash();
  }

  Value get(std::string_view key) const {
    const Value* value = hash_ ? hash_->find(key) : nullptr;
    return value ? *value : Value();
  }
  std::string text(std::string_view key) const {
    Value value = get(key);
    return std::string(value.is_string() ? value.as_string() : "");
  }
  // Not in Jekyll's safe mode.
  bool flag(std::string_view key) const { return get(key).is_truthy() && !config_.flag("safe"); }

  int precision() const {
    constexpr std::int64_t kDigitsMax = 30;
    Value value = get("precision");
    bool is_number = value.type() == liquid::Type::kInteger && !config_.flag("safe");
    return is_number ? static_cast<int>(std::clamp<std::int64_t>(value.as_integer(), 0, kDigitsMax))
                     : 0;
  }

 private:
  const site::Config& config_;
  const Hash* hash_ = nullptr;
};

sass::Style style_of(std::string_view name, sass::Style otherwise) {
  if (name.starts_with(':')) name.remove_prefix(1);
  if (name == "nested") return sass::Style::kNested;
  if (name == "expanded") return sass::Style::kExpanded;
  if (name == "compact") return sass::Style::kCompact;
  if (name == "compressed") return sass::Style::kCompressed;
  return otherwise;
}

bool is_pattern(std::string_view path) { return path.find_first_of("*?[") != path.npos; }

void add_load_path(std::string_view named, site::View& view, std::vector<std::string>& paths) {
  while (named.starts_with('/')) named.remove_prefix(1);
  auto path = joined_path("", named);
  if (!path) return;  // outside of the site, where nothing is seen
  std::vector<std::string> folders = {*path};
  if (is_pattern(*path)) {
    view.recorder().add(Key(Kind::kFile, view.names().id_of(site::Site::kSheetFolders)));
    folders = view.site().sheet_folders(*path);
  }
  for (std::string& folder : folders) {
    if (std::find(paths.begin(), paths.end(), folder) == paths.end()) {
      paths.push_back(std::move(folder));
    }
  }
}

std::vector<std::string> load_paths_of(const Options& options, site::View& view) {
  std::vector<std::string> paths;
  Value named = options.get("load_paths");
  if (named.is_string()) add_load_path(named.as_string(), view, paths);
  if (named.type() == liquid::Type::kArray) {
    for (const Value& path : named.as_array().items) {
      if (path.is_string()) add_load_path(path.as_string(), view, paths);
    }
  }
  std::string folder = options.text("sass_dir");
  add_load_path(folder.empty() ? "_sass" : folder, view, paths);
  view.recorder().add(Key(Kind::kFile, view.names().id_of(site::kThemesFolder)));
  const site::ThemePtr& theme = view.site().theme();
  if (theme && !theme->root.empty()) add_load_path(theme->place_of("_sass"), view, paths);
  return paths;
}

}  // namespace

sass::Compiled compile_sheet(SheetText text, site::View& view, sass::Compiler* compiler) {
  if (!compiler) {
    Problem problem{Severity::kError, text.path, 0, 0, "Sass is not rendered here"};
    sass::Compiled failed;
    failed.is_failed = true;
    failed.problems.push_back(std::move(problem));
    return failed;
  }
  Options options(view);
  std::string engine = options.text("implementation");
  bool is_command = engine == "command" || engine == "sass-embedded";
  sass::Sheet sheet{
      .text = std::move(text.text),
      .path = std::move(text.path),
      .first_line = text.first_line,
      .name = std::move(text.name),
      .is_indented = text.is_indented,
      .style = style_of(options.text("style"),
                        is_command ? sass::Style::kExpanded : sass::Style::kCompact),
      .engine = is_command ? sass::Engine::kCommand : sass::Engine::kLibsass,
      .has_map = text.has_map,
      .has_line_comments = options.flag("line_comments"),
      .has_charset = options.get("add_charset").is_truthy(),
      .precision = options.precision(),
      .load_paths = load_paths_of(options, view),
  };
  SiteSources sources(view.site());
  sass::Compiled compiled = compiler->compile(sheet, sources);
  for (const std::string& path : compiled.looked_for) {
    view.recorder().add(Key(Kind::kFile, view.names().id_of(path)));
  }
  return compiled;
}

}  // namespace stet::render
