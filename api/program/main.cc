// The program: its command line, and nothing else.

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>
#include <thread>

#include "api/program/command.h"

namespace {

constexpr stet::program::AddCommand kCommands[] = {
    stet::program::add_init,
    stet::program::add_serve,
    stet::program::add_build,
    stet::program::add_check,
    stet::program::add_explain,
    stet::program::add_import,
    stet::program::add_token,
    stet::program::add_user,
    stet::program::add_backup,
    stet::program::add_restore,
    stet::program::add_doctor,
    stet::program::add_promote,
    stet::program::add_config,
    stet::program::add_target,
    stet::program::add_verify,
    stet::program::add_hook,
    stet::program::add_merge_driver,
    stet::program::add_help,
};

constexpr char kFooter[] = R"(
A first site, and a first edit:
  stet init site.git                          a new repository with a first post
  stet serve --repo site.git                  the site on port 4000, the API on 4001
  stet token create --repo site.git --scope posts:write
  git clone site.git && ... && git push       is live when the push returns
  stet backup --repo site.git --to FOLDER     while it is served; stet restore puts it back

`stet help COMMAND` says what a command takes.)";

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App program("stet: a website out of a git repository, edited by API and by git push",
                   "stet");
  program.set_version_flag("--version", "stet " STET_VERSION);
  program.require_subcommand(1);
  program.footer(kFooter);
  stet::program::Run run;
  for (auto add : kCommands) add(program, run);
  CLI11_PARSE(program, argc, argv);
  stet::Status done = run();
  if (done) return 0;
  std::cerr << "stet: " << done.error().message << "\n";
  return done.error().code == stet::ErrorCode::kInvalidInput ? 1 : 2;
}
