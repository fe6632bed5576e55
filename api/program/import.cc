#include "api/program/import.h"

#include <CLI/CLI.hpp>

namespace stet::program {

void add_import(CLI::App& program, Run& run) {
  CLI::App* command = program.add_subcommand("import", "what others have made, as files of a site");
  command->require_subcommand(1);
  add_import_jekyll(*command, run);
  add_import_wordpress(*command, run);
  add_import_decap(*command, run);
  add_import_schedule(*command, run);
}

}  // namespace stet::program
