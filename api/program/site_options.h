// The flags of `jekyll build` that change what a site is, and where its files come from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/program/settings.h"
#include "cms/pipeline/build_once.h"

namespace CLI {
class App;
}

namespace stet::program {

struct SiteFlags {
  std::string source;      // -s: a working folder
  std::string repository;  // --repo: a git repository, with --ref
  std::string ref;
  std::string url, baseurl, time;
  std::vector<std::string> config_files;
  bool is_drafts = false, is_future = false, is_unpublished = false, is_safe = false;
  bool is_limited = false;  // --limits: those of the server, for sites that are not trusted
  std::optional<std::int64_t> posts_max;
  std::string layouts_folder;
  std::string sass_command;                // --sass-command
  std::vector<std::string> theme_folders;  // --themes
};

// A working folder as Jekyll finds it: its configuration may name another source, and where to.
struct WorkingFolder {
  std::string source;           // of the flags, else `source` of the configuration, else "."
  std::string destination;      // `destination` of the configuration, else "_site"
  std::optional<Instant> time;  // `time` of the configuration
  std::vector<site::OuterConfig> outer_config;  // where the configuration is not the source's own
};

void add_site_flags(CLI::App& command, SiteFlags& flags);

// kInvalidInput names a file of --config that cannot be read.
Result<WorkingFolder> find_working_folder(const SiteFlags& flags);

// The folders below `source` that are made and not written: the destination, where it lies there,
// and caches. Paths from `source`.
std::vector<std::string> skipped_folders(const std::string& source, const std::string& destination);

// Whose: what the public sees of a schedule may be less than there is
// (cms/pipeline/released_program.h).
enum class Sight { kPublic, kAll };

// What to build, at which instant: the working folder without `skipped` folders, or the commit.
Result<pipeline::BuildRequest> read_site_flags(const SiteFlags& flags,
                                               const std::vector<std::string>& skipped,
                                               Sight sight);

// Overrides as the flags have them; the environment from JEKYLL_ENV.
site::Overrides overrides_of(const SiteFlags& flags);

// The default theme, themes by name (those of the folders before Debian's), and the documents that
// stet adds.
Result<site::BuilderOptions> builder_options(site::Overrides overrides,
                                             std::vector<std::string> theme_folders);

// Runs `stet-sass` for libsass; `command` is Dart Sass's, for sites that ask for it, or
// empty.
std::shared_ptr<sass::Compiler> sass_compiler(std::vector<std::string> command);

std::vector<std::string> sass_command_of(const SiteFlags& flags);

// What a hostile template may use up in the server.
liquid::Limits server_limits(const Settings::Limits& limits = {});

}  // namespace stet::program
