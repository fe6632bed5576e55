// The formats that `stet import` reads, each a command below it.
#pragma once

#include "api/program/command.h"

namespace stet::program {

void add_import_decap(CLI::App& import, Run& run);
void add_import_jekyll(CLI::App& import, Run& run);
void add_import_schedule(CLI::App& import, Run& run);
void add_import_wordpress(CLI::App& import, Run& run);

}  // namespace stet::program
