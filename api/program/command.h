// What the commands of the program share: how they are declared, how they end, where things lie.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "storage/base/result.h"

namespace CLI {
class App;
}

namespace stet::program {

// Adds the command to the program's command line; when it was asked for, `run` is set to do it.
using Run = std::function<Status()>;
using AddCommand = void (*)(CLI::App& program, Run& run);

void add_backup(CLI::App& program, Run& run);
void add_build(CLI::App& program, Run& run);
void add_check(CLI::App& program, Run& run);
void add_config(CLI::App& program, Run& run);
void add_doctor(CLI::App& program, Run& run);
void add_explain(CLI::App& program, Run& run);
void add_help(CLI::App& program, Run& run);
void add_hook(CLI::App& program, Run& run);
void add_import(CLI::App& program, Run& run);
void add_init(CLI::App& program, Run& run);
void add_merge_driver(CLI::App& program, Run& run);
void add_promote(CLI::App& program, Run& run);
void add_restore(CLI::App& program, Run& run);
void add_serve(CLI::App& program, Run& run);
void add_target(CLI::App& program, Run& run);
void add_token(CLI::App& program, Run& run);
void add_user(CLI::App& program, Run& run);
void add_verify(CLI::App& program, Run& run);

// `--state`, or `<repo>/stet`, whether it is there or not.
std::filesystem::path state_place(const std::string& named,
                                  const std::filesystem::path& repository);

// The same, made where it is missing, for its owner alone.
Result<std::filesystem::path> state_folder(const std::string& named,
                                           const std::filesystem::path& repository);

// The themes and example that come with the program: --templates, else where it was installed.
std::filesystem::path templates_folder();

// The built web editor: $STET_EDITOR, else where it was installed, else where ./dev builds it.
std::filesystem::path editor_folder();

// This program's own file, for hooks to call.
std::filesystem::path own_executable();

// The program `stet-sass`: beside this one, or where it was installed.
std::filesystem::path sass_worker();
// The program `stet-image`, likewise.
std::filesystem::path image_worker();

unsigned core_count();

}  // namespace stet::program
