#include "api/program/site_options.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <sstream>

#include "api/program/command.h"
#include "cms/generate/generate.h"

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

Status read_commit(const SiteFlags& flags, site::SiteSource& source) {
  auto repository = TRY(storage::Repository::open(flags.repository));
  std::string ref = flags.ref.empty() ? TRY(repository.default_branch()) : flags.ref;
  CommitId commit = TRY(repository.resolve(ref));
  source.snapshot = TRY(storage::open_git_snapshot(repository, commit));
  source.last_changed = TRY(storage::LastChanged::build(repository, commit));
  return {};
}

}  // namespace

void add_site_flags(CLI::App& command, SiteFlags& flags) {
  command.add_option("-s,--source", flags.source, "the site's working folder (default: .)");
  command.add_option("--repo", flags.repository, "a git repository instead of a folder");
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
      ->delimiter(',');
  command.add_flag("-D,--drafts", flags.is_drafts, "show the drafts in _drafts");
  command.add_flag("--future", flags.is_future, "publish posts dated in the future");
  command.add_flag("--unpublished", flags.is_unpublished, "show what says 'published: false'");
  command.add_flag("--safe", flags.is_safe, "as Jekyll's; stet runs no plugins anyway");
  command.add_option("--limit_posts", flags.posts_max, "read this many posts, the newest");
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
  if (!flags.config_files.empty()) overrides.config_files = flags.config_files;
  if (const char* environment = std::getenv("JEKYLL_ENV")) overrides.environment = environment;
  return overrides;
}

Result<site::BuilderOptions> builder_options(site::Overrides overrides) {
  site::BuilderOptions options;
  options.overrides = std::move(overrides);
  options.generate = generate::generated;
  options.theme = TRY(storage::open_folder_snapshot(templates_folder() / "default"));
  return options;
}

liquid::Limits server_limits() {
  return {.steps_max = 50'000'000, .output_bytes_max = std::size_t{32} << 20, .depth_max = 100};
}

Result<pipeline::BuildRequest> read_site_flags(const SiteFlags& flags,
                                               const std::vector<std::string>& skipped) {
  if (!flags.source.empty() && !flags.repository.empty()) {
    return invalid_input("-s and --repo are two sources; name one");
  }
  pipeline::BuildRequest request;
  request.source.instant = TRY(instant_of(flags.time));
  if (!flags.repository.empty()) {
    TRY(read_commit(flags, request.source));
  } else {
    storage::FolderOptions options;
    options.skipped_folders = skipped;
    std::string folder = flags.source.empty() ? "." : flags.source;
    request.source.snapshot = TRY(storage::open_folder_snapshot(folder, options));
  }
  request.site = TRY(builder_options(overrides_of(flags)));
  if (flags.is_limited) request.limits = server_limits();
  request.threads = core_count();
  return request;
}

}  // namespace stet::program
