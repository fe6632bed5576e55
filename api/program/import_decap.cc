#include <CLI/CLI.hpp>
#include <iostream>

#include "api/program/import.h"
#include "api/program/import_place.h"
#include "cms/schedule_import/report.h"
#include "cms/site_import/decap_plan.h"
#include "storage/base/durable_file.h"

namespace stet::program {
namespace {

constexpr std::string_view kFooter = R"(
What collections say of their fields becomes stet.collections of _config.yml, in place: all other
bytes of it stay, and so do fields that it says something of already. FILE is that editor's
config.yml; where none is named, the site's own admin/config.yml.

  stet import decap --repo site.git --dry-run             look first
  stet import decap --repo site.git                       one commit
  stet import decap admin/config.yml --into mysite        files of a working folder

What has no counterpart is told with its line. The same import twice changes nothing.)";

struct DecapFlags : ImportFlags {
  std::string file;
};

// The file's name and bytes: the one that was named, or the site's own.
Result<std::pair<std::string, std::string>> read_source(const DecapFlags& flags,
                                                        const storage::Snapshot& there) {
  if (!flags.file.empty()) {
    return std::pair(flags.file, TRY(read_file(flags.file, site_import::kDecapBytesMax)));
  }
  std::string path = TRY(site_import::find_decap(there));
  if (path.empty()) return not_found("the site has no admin/config.yml; name the FILE");
  auto entry = TRY(there.find(TRY(RepoPath::parse(path))));
  return std::pair(path, TRY(there.read(entry->blob)));
}

Status import_decap(const DecapFlags& flags) {
  ImportPlace place = TRY(open_import_place(flags));
  auto [name, bytes] = TRY(read_source(flags, *place.snapshot));
  auto plan = TRY(site_import::plan_decap(bytes, name, *place.snapshot));
  std::cout << site_import::schemas_text(plan)
            << schedule_import::findings_text(plan.findings, name) << std::flush;
  return write_import(
      place,
      flags,
      schedule_import::count_of(plan.findings, schedule_import::Finding::Kind::kDoubt),
      {.files = std::move(plan.files), .message = "Import the fields of entries of " + name});
}

}  // namespace

void add_import_decap(CLI::App& import, Run& run) {
  auto flags = std::make_shared<DecapFlags>();
  CLI::App* command = import.add_subcommand(
      "decap", "fields of entries, of the configuration of Decap (Netlify CMS) or Sveltia");
  command->footer(std::string(kFooter));
  command->add_option("FILE", flags->file, "its config.yml (default: the site's)");
  add_import_flags(*command, *flags);
  command->callback([flags, &run] { run = [flags] { return import_decap(*flags); }; });
}

}  // namespace stet::program
