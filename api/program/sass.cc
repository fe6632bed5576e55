#include <CLI/CLI.hpp>

#include "api/program/command.h"
#include "api/program/site_options.h"
#include "cms/sass/compiler.h"
#include "cms/sass/worker.h"

namespace stet::program {
namespace {

constexpr char kWorker[] = "sass-worker";

}  // namespace

std::shared_ptr<sass::Compiler> sass_compiler(std::vector<std::string> command) {
  sass::CompilerOptions options;
  options.worker = {own_executable().string(), kWorker};
  options.command = std::move(command);
  std::error_code failure;
  options.temporary_folder = std::filesystem::temp_directory_path(failure);
  if (failure) options.temporary_folder = "/var/tmp";
  return std::make_shared<sass::Compiler>(std::move(options));
}

void add_sass_worker(CLI::App& program, Run& run) {
  CLI::App* command = program.add_subcommand(
      kWorker, "makes CSS of one sheet; what this program runs, and nobody else");
  command->group("");  // unlisted
  command->callback([&run] {
    // Without an end as other commands have it: what a crash of libsass left is not tidied up.
    run = [] {
      std::_Exit(sass::serve_worker());
      return Status();
    };
  });
}

}  // namespace stet::program
