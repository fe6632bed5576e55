#include "api/program/command.h"
#include "api/program/site_options.h"
#include "cms/sass/compiler.h"

namespace stet::program {

std::shared_ptr<sass::Compiler> sass_compiler(std::vector<std::string> command) {
  sass::CompilerOptions options;
  options.worker = {sass_worker().string()};
  options.command = std::move(command);
  std::error_code failure;
  options.temporary_folder = std::filesystem::temp_directory_path(failure);
  if (failure) options.temporary_folder = "/var/tmp";
  return std::make_shared<sass::Compiler>(std::move(options));
}

}  // namespace stet::program
