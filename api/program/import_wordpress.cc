#include <CLI/CLI.hpp>
#include <iostream>
#include <optional>

#include "api/program/import.h"
#include "api/program/import_place.h"
#include "api/program/media_fetch.h"
#include "api/program/site_options.h"
#include "cms/media/rules.h"
#include "cms/schedule_import/report.h"
#include "cms/site_import/wxr_plan.h"
#include "cms/site_import/yaml_there.h"
#include "storage/base/durable_file.h"
#include "storage/base/utf8.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;
using schedule_import::Finding;

constexpr std::string_view kFooter = R"(
FILE is an export of WordPress (Tools > Export, .xml; versions 1.0 to 1.2). Posts go to _posts,
drafts to _drafts, pages to their own paths, authors to _data/authors.yml; texts stay HTML. Old
addresses lead to the new ones. Told, with lines, is what stays behind: comments, passwords, menus,
shortcodes that only WordPress fills in.

  stet import wordpress site.xml --dry-run                       look first
  stet import wordpress site.xml --repo site.git --fetch-media   one commit, pictures too
  stet import wordpress site.xml --into mysite                   files of a working folder

What an earlier import has brought (wordpress_site, wordpress_id) stays as it is, so the same import
twice changes nothing, a newer export adds what is new, and that of another site its own. Pictures
come with the first import, or never: later ones do not touch the texts that show them.)";

struct WordPressFlags : ImportFlags {
  std::string file;
  bool fetches_media = false;
  std::vector<std::string> networks;
};

Result<storage::AddressFilter> filter_of(const WordPressFlags& flags) {
  std::vector<Network> networks;
  for (const std::string& text : flags.networks) {
    auto network = Network::parse(text);
    if (!network) return std::move(network).error().within("--allow-network");
    networks.push_back(*network);
  }
  return storage::AddressFilter(std::move(networks));
}

// `stet.media.folder` of the site that is there.
Result<std::string> media_folder(const storage::Snapshot& there) {
  auto config = TRY(site_import::read_yaml_there(there, site_import::kConfigPath));
  const document::Data* stet = config.data.find("stet");
  const document::Data* media = stet ? stet->find("media") : nullptr;
  const document::Data* folder = media ? media->find("folder") : nullptr;
  if (!folder || !folder->string()) return media::Rules().folder;
  return TRY(RepoPath::parse(*folder->string())).string();
}

void list_media(const site_import::Uploads& uploads, std::vector<Finding>& findings) {
  auto leave = [&](schedule_import::Place at, std::string message) {
    findings.push_back({Finding::Kind::kLeftOut, at, std::move(message), ""});
  };
  for (const site_import::Upload& upload : uploads.list) {
    leave(
        upload.place,
        "media: " + printable(upload.address, 300) + " stays where it is; --fetch-media brings it");
  }
}

// Who asks for media is to know beforehand that some would be missing.
std::optional<Finding> untold_media(const site_import::Uploads& uploads, bool is_wanted) {
  if (uploads.untold == 0) return std::nullopt;
  std::string message = std::to_string(uploads.untold) + " further files of media are beyond the " +
                        "limit of " + std::to_string(site_import::kUploadsMax);
  if (!is_wanted) {
    return Finding{Finding::Kind::kLeftOut, {}, message + ", and stay where they are", ""};
  }
  return Finding{Finding::Kind::kDoubt,
                 {},
                 message + "; export the site in parts, by year or author",
                 "they stay where they are"};
}

// Pictures last: what would be refused fetches none.
bool fetches_now(const WordPressFlags& flags, std::size_t doubts) {
  bool is_refused = doubts > 0 && !flags.accepts_doubts;
  return flags.fetches_media && !flags.is_dry && !is_refused;
}

Status import_wordpress(const WordPressFlags& flags) {
  ImportPlace place = TRY(open_import_place(flags));
  storage::AddressFilter filter = TRY(filter_of(flags));
  auto read = site_import::read_wxr(
      TRY(read_file(flags.file, std::uint64_t{site_import::kWxrMebibytesMax} << 20)));
  if (!read) return std::move(read).error().within(flags.file);
  const site_import::Uploads uploads = site_import::uploads_of(*read);
  site_import::WxrTarget target{place.snapshot, TRY(builder_options({}, {})), {}};
  auto plan = TRY(site_import::plan_wxr(*read, target));
  const auto untold = untold_media(uploads, flags.fetches_media);
  std::size_t doubts = schedule_import::count_of(plan.findings, Finding::Kind::kDoubt);
  doubts += untold && untold->kind == Finding::Kind::kDoubt;
  FetchedMedia media;
  if (fetches_now(flags, doubts)) {
    media = TRY(fetch_media(uploads.list, place, TRY(media_folder(*place.snapshot)), filter));
    target.media = std::move(media.paths);
    plan = TRY(site_import::plan_wxr(*read, target));
  } else {
    list_media(uploads, media.findings);
  }
  std::vector<Finding>& findings = plan.findings;
  findings.insert(findings.end(), media.findings.begin(), media.findings.end());
  if (untold) findings.push_back(*untold);
  std::cout << site_import::entries_text(plan)
            << schedule_import::findings_text(findings, flags.file) << std::flush;
  std::string name = fs::path(flags.file).filename().string();
  return write_import(place,
                      flags,
                      schedule_import::count_of(findings, Finding::Kind::kDoubt),
                      {.files = std::move(plan.files),
                       .media = std::move(media.edits),
                       .message = "Import the site of " + printable(name, 200)});
}

}  // namespace

void add_import_wordpress(CLI::App& import, Run& run) {
  auto flags = std::make_shared<WordPressFlags>();
  CLI::App* command = import.add_subcommand(
      "wordpress", "posts, pages, authors and pictures of an export of WordPress");
  command->footer(std::string(kFooter));
  command->add_option("FILE", flags->file, "the export, .xml")->required();
  add_import_flags(*command, *flags);
  command->add_flag("--fetch-media",
                    flags->fetches_media,
                    "pictures and other files too, from the site's server; a dry run fetches none");
  command
      ->add_option("--allow-network",
                   flags->networks,
                   "where media may be fetched beside the public internet: 10.0.0.0/8")
      ->type_name("NET");
  command->callback([flags, &run] { run = [flags] { return import_wordpress(*flags); }; });
}

}  // namespace stet::program
