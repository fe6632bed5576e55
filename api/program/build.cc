#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>

#include "api/program/command.h"
#include "api/program/site_options.h"
#include "cms/publish/output_path.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;

struct BuildFlags {
  SiteFlags site;
  std::string destination;
  bool is_quiet = false;
  bool is_without_effect = false;  // takes the flags of jekyll that mean nothing here
};

// Writes a page unless the file is there with these very bytes: mtimes then stay, as rsync likes
// it.
Status write_page(const fs::path& path, const std::string& bytes) {
  std::error_code failure;
  if (fs::file_size(path, failure) == bytes.size() && !failure) {
    std::ifstream present(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(present)), std::istreambuf_iterator<char>());
    if (text == bytes) return {};
  }
  if (fs::is_directory(path, failure)) fs::remove_all(path, failure);
  fs::create_directories(path.parent_path(), failure);
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) return unavailable("cannot write '" + path.string() + "'; is the disk full?");
  return {};
}

// Deletes what the site does not have, but for keep_files, and folders that become empty.
void sweep(const fs::path& root,
           const std::set<std::string>& written,
           const std::vector<std::string>& kept) {
  std::error_code failure;
  std::vector<fs::path> folders;
  for (auto it = fs::recursive_directory_iterator(root, failure);
       it != fs::recursive_directory_iterator();
       it.increment(failure)) {
    if (failure) return;
    std::string relative = it->path().lexically_relative(root).generic_string();
    bool is_kept = std::any_of(kept.begin(), kept.end(), [&](const std::string& name) {
      return relative == name || relative.starts_with(name + "/");
    });
    if (is_kept) {
      if (it->is_directory(failure)) it.disable_recursion_pending();
    } else if (it->is_directory(failure) && !it->is_symlink(failure)) {
      folders.push_back(it->path());
    } else if (!written.contains(relative)) {
      fs::remove(it->path(), failure);
    }
  }
  for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder) {
    if (fs::is_empty(*folder, failure) && !failure) fs::remove(*folder, failure);
  }
}

// `destination` of the configuration is known only once the site is read; -d is known at once.
Status build(const BuildFlags& flags) {
  std::string source = flags.site.source.empty() ? "." : flags.site.source;
  std::vector<std::string> skipped = {"_site", ".jekyll-cache", ".sass-cache"};
  if (!flags.destination.empty()) {
    fs::path inside = fs::absolute(flags.destination)
                          .lexically_normal()
                          .lexically_relative(fs::absolute(source).lexically_normal());
    if (!inside.empty() && *inside.begin() != "..") skipped.push_back(inside.generic_string());
  }
  auto request = TRY(read_site_flags(flags.site, skipped));
  fs::path destination =
      flags.destination.empty() ? fs::path(source) / "_site" : fs::path(flags.destination);
  std::set<std::string> written;
  std::mutex mutex;
  auto sink = [&](const std::string& path, const render::RenderedPage& page) -> Status {
    auto checked = publish::OutputPath::parse(path);
    if (!checked || page.is_failed) return {};
    {
      std::lock_guard lock(mutex);
      written.insert(path);
    }
    return write_page(destination / path, page.bytes);
  };
  auto report = TRY(pipeline::build_once(std::move(request), sink));
  std::error_code failure;
  fs::create_directories(destination, failure);
  if (report.failed == 0) sweep(destination, written, report.site->config().texts("keep_files"));
  for (const Problem& problem : report.problems) {
    if (problem.severity == Severity::kWarning && flags.is_quiet) continue;
    std::cerr << (problem.severity == Severity::kWarning ? "warning: " : "error: ")
              << to_string(problem) << "\n";
  }
  if (report.failed > 0) {
    return invalid_input(std::to_string(report.failed) + " of " + std::to_string(report.pages) +
                         " pages could not be rendered; the problems are listed above");
  }
  if (!flags.is_quiet) {
    std::cout << report.pages << " files written to " << destination.string() << "\n";
  }
  return {};
}

}  // namespace

void add_build(CLI::App& program, Run& run) {
  auto flags = std::make_shared<BuildFlags>();
  CLI::App* command =
      program.add_subcommand("build", "render a site into a folder, as jekyll build does");
  add_site_flags(*command, flags->site);
  command->add_option("-d,--destination", flags->destination, "where to (default: ./_site)");
  command->add_flag("-q,--quiet", flags->is_quiet, "say errors alone");
  // Flags of `jekyll build` in scripts that mean nothing here: accepted, and without effect.
  for (const char* name : {"--trace",
                           "--verbose,-V",
                           "--incremental,-I",
                           "--profile",
                           "--lsi",
                           "--strict_front_matter",
                           "--disable-disk-cache",
                           "--no-watch"}) {
    command->add_flag(name, flags->is_without_effect, "as in scripts for jekyll; no effect")
        ->group("");
  }
  command->callback([flags, &run] { run = [flags] { return build(*flags); }; });
}

}  // namespace stet::program
