#include <CLI/CLI.hpp>

#include "api/program/command.h"
#include "api/program/site_options.h"
#include "api/program/site_problems.h"

namespace stet::program {
namespace {

Status check(const SiteFlags& flags) {
  auto request = TRY(read_site_flags(flags, {"_site", ".jekyll-cache"}, Sight::kAll));
  const CheckedSite checked = TRY(check_site(std::move(request)));
  if (print_problems(checked) > 0) {
    return invalid_input("the site has errors; they are listed above");
  }
  return {};
}

}  // namespace

void add_check(CLI::App& program, Run& run) {
  auto flags = std::make_shared<SiteFlags>();
  CLI::App* command = program.add_subcommand(
      "check", "say what is wrong with a site: path:line:column and the mend");
  add_site_flags(*command, *flags);
  command->callback([flags, &run] { run = [flags] { return check(*flags); }; });
}

}  // namespace stet::program
