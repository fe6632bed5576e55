#include "api/program/site_options.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "api/program/command.h"
#include "api/program/pictures.h"
#include "api/program/themes.h"
#include "cms/document/yaml.h"
#include "cms/generate/generate.h"
#include "cms/pipeline/for_all.h"
#include "cms/pipeline/released_program.h"
#include "cms/site/value_of.h"
#include "storage/snapshot/folder_snapshot.h"
#include "storage/snapshot/git_snapshot.h"

namespace stet::program {
namespace {

Result<Instant> instant_of(const std::string& text) {
  if (text.empty()) return SystemClock().now();
  auto parsed = parse_iso_time(text);
  if (!parsed)
    return invalid_input("--time '" + text + "' is no instant; write 2026-01-15T12:00:00Z");
  return Instant{seconds_as_utc(parsed->civil) - parsed->offset_seconds.value_or(0)};
}

Status hold_back(const pipeline::Versions& versions,
                 const std::optional<CommitId>& commit,
                 pipeline::BuildRequest& request) {
  const pipeline::ReleasedProgram program(versions, request.site.overrides);
  pipeline::PublicSource shown = TRY(program.shown(std::move(request.source), commit));
  request.source = std::move(shown.source);
  request.problems = std::move(shown.face.problems);
  return {};
}

Status read_commit(const SiteFlags& flags, Sight sight, pipeline::BuildRequest& request) {
  site::SiteSource& source = request.source;
  auto repository = TRY(storage::Repository::open(flags.repository));
  std::string ref = flags.ref.empty() ? TRY(repository.default_branch()) : flags.ref;
  CommitId commit = TRY(repository.resolve(ref));
  const pipeline::GitVersions versions(repository);
  source.snapshot = TRY(versions.open(commit));
  source.last_changed = TRY(versions.last_changed({}, std::nullopt, commit));
  source.schedule = TRY(versions.schedule(commit));
  request.files = std::make_shared<storage::LargeFiles>(repository, repository.path() / "lfs");
  return sight == Sight::kPublic ? hold_back(versions, commit, request) : Status();
}

Status read_folder(const std::string& source,
                   const std::vector<std::string>& skipped,
                   Sight sight,
                   pipeline::BuildRequest& request) {
  storage::FolderOptions options;
  options.for_all = request.for_all;
  options.skipped_folders = skipped;
  request.source.snapshot = TRY(storage::open_folder_snapshot(source, options));
  request.files = std::make_shared<storage::LargeFiles>(
      std::nullopt, std::filesystem::path(source) / ".git" / "lfs");
  const pipeline::FolderVersions versions(source, options);
  return sight == Sight::kPublic ? hold_back(versions, std::nullopt, request) : Status();
}

std::optional<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// `time: 2010-01-01`: midnight in the site's zone.
std::optional<Instant> time_in(const site::Config& config) {
  liquid::Value time = config.get("time");
  if (time.type() == liquid::Type::kTime) return Instant{time.as_time().seconds};
  if (time.type() != liquid::Type::kDate) return std::nullopt;
  return Instant{config.zone().resolve({time.as_date(), 0, 0, 0}).earlier.seconds};
}

}  // namespace

Result<WorkingFolder> find_working_folder(const SiteFlags& flags) {
  WorkingFolder found;
  std::string folder = flags.source.empty() ? "." : flags.source;
  std::vector<std::string> paths = flags.config_files;
  if (paths.empty()) paths.push_back((std::filesystem::path(folder) / "_config.yml").string());
  liquid::Ref<liquid::Hash> merged(new liquid::Hash({}));
  Problems told_later;  // by the builder
  for (const std::string& path : paths) {
    auto text = read_file(path);
    if (!text && flags.config_files.empty()) continue;
    if (!text) return invalid_input("the configuration file '" + path + "' cannot be read");
    document::Data data = document::parse_yaml(*text, path, told_later);
    if (data.map()) merged = site::deep_merged(*merged, *site::hash_of(*data.map()));
    found.outer_config.push_back({path, std::move(*text)});
  }
  reads::Names names;
  auto config = site::Config::make(merged.get(), "", {}, names);
  found.source = flags.source.empty() ? config->text("source", ".") : folder;
  found.destination = config->text("destination", "_site");
  found.time = time_in(*config);
  bool is_own = flags.config_files.empty() && found.source == folder;
  if (is_own) found.outer_config.clear();
  return found;
}

std::vector<std::string> skipped_folders(const std::string& source,
                                         const std::string& destination) {
  namespace fs = std::filesystem;
  std::vector<std::string> skipped = {"_site", ".jekyll-cache", ".sass-cache"};
  fs::path inside = fs::absolute(destination)
                        .lexically_normal()
                        .lexically_relative(fs::absolute(source).lexically_normal());
  if (!inside.empty() && *inside.begin() != "..") skipped.push_back(inside.generic_string());
  return skipped;
}

void add_site_flags(CLI::App& command, SiteFlags& flags) {
  command.add_option("-s,--source", flags.source, "the site's working folder (default: .)")
      ->type_name("DIR");
  command.add_option("--repo", flags.repository, "a git repository instead of a folder")
      ->type_name("DIR");
  command.add_option(
      "--ref", flags.ref, "of --repo: a branch, a tag or a commit (default: HEAD's)");
  command.add_option("--url", flags.url, "site.url, instead of the configuration's");
  command.add_option("-b,--baseurl", flags.baseurl, "site.baseurl, instead of the configuration's");
  command.add_option(
      "--time", flags.time, "site.time, such as 2026-01-15T12:00:00Z (default: now)");
  command
      .add_option("--config",
                  flags.config_files,
                  "configuration files; later ones win (default: _config.yml)")
      ->type_name("FILE")
      ->delimiter(',');
  command.add_flag("-D,--drafts", flags.is_drafts, "show the drafts in _drafts");
  command.add_flag("--future", flags.is_future, "publish posts dated in the future");
  command.add_flag("--unpublished", flags.is_unpublished, "show what says 'published: false'");
  command.add_flag("--safe", flags.is_safe, "as Jekyll's; stet runs no plugins anyway");
  command
      .add_option("--layouts", flags.layouts_folder, "the folder of layouts (default: _layouts)")
      ->type_name("DIR");
  command.add_option("--limit_posts", flags.posts_max, "read this many posts, the newest");
  command
      .add_option("--themes",
                  flags.theme_folders,
                  "folders of themes, by name (after the site's own _themes)")
      ->type_name("DIR");
  command
      .add_option("--sass-command",
                  flags.sass_command,
                  "Dart Sass's program, for sites that say 'sass: {implementation: command}'")
      ->type_name("FILE");
  command.add_flag("--limits",
                   flags.is_limited,
                   "hold templates to the server's limits, for a site that is not trusted");
}

site::Overrides overrides_of(const SiteFlags& flags) {
  site::Overrides overrides;
  if (!flags.url.empty()) overrides.url = flags.url;
  if (!flags.baseurl.empty()) overrides.baseurl = flags.baseurl;
  if (flags.is_drafts) overrides.is_drafts = true;
  if (flags.is_future) overrides.is_future = true;
  if (flags.is_unpublished) overrides.is_unpublished = true;
  if (flags.is_safe) overrides.is_safe = true;
  overrides.posts_max = flags.posts_max;
  if (!flags.layouts_folder.empty()) overrides.layouts_folder = flags.layouts_folder;
  if (!flags.config_files.empty()) overrides.config_files = flags.config_files;
  if (const char* environment = std::getenv("JEKYLL_ENV")) overrides.environment = environment;
  return overrides;
}

Result<site::BuilderOptions> builder_options(site::Overrides overrides,
                                             std::vector<std::string> theme_folders) {
  site::BuilderOptions options;
  options.overrides = std::move(overrides);
  options.find_theme = themes_in(std::move(theme_folders));
  options.generate = generate::generated;
  options.theme = TRY(storage::open_folder_snapshot(templates_folder() / "default"));
  return options;
}

std::vector<std::string> sass_command_of(const SiteFlags& flags) {
  if (flags.sass_command.empty()) return {};
  return {flags.sass_command};
}

liquid::Limits server_limits(const Settings::Limits& limits) {
  return {.steps_max = limits.render_steps,
          .output_bytes_max = limits.page_mib << 20,
          .depth_max = 100};
}

Result<pipeline::BuildRequest> read_site_flags(const SiteFlags& flags,
                                               const std::vector<std::string>& skipped,
                                               Sight sight) {
  if (!flags.source.empty() && !flags.repository.empty()) {
    return invalid_input("-s and --repo are two sources; name one");
  }
  pipeline::BuildRequest request;
  request.for_all = pipeline::for_all_with_staying(core_count() - 1);
  request.source.instant = TRY(instant_of(flags.time));
  site::Overrides overrides = overrides_of(flags);
  WorkingFolder folder;
  if (flags.repository.empty()) {
    folder = TRY(find_working_folder(flags));
    if (flags.time.empty() && folder.time) request.source.instant = *folder.time;
    if (!folder.outer_config.empty()) {
      overrides.outer_config = folder.outer_config;
      overrides.config_files = {"_config.yml"};
    }
  }
  request.site = TRY(builder_options(std::move(overrides), flags.theme_folders));
  if (flags.repository.empty()) {
    TRY(read_folder(folder.source, skipped, sight, request));
  } else {
    TRY(read_commit(flags, sight, request));
  }
  request.sheets = sass_compiler(sass_command_of(flags));
  request.pictures = std::make_shared<site::Pictures>(can_make_pictures());
  if (flags.is_limited) request.limits = server_limits();
  return request;
}

}  // namespace stet::program
