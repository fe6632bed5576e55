#include "cms/image/variant_maker.h"

#include <csignal>

#include "cms/image/worker.h"
#include "storage/process/process.h"

namespace stet::image {
namespace {

storage::Command command_of(const MakerOptions& options) {
  storage::Command command;
  command.argv = options.worker;
  // GLib looks for files of the user's where it is not told otherwise. What libvips only warns of,
  // pixels that are missing, would be whatever was in memory.
  command.environment = {"HOME=/nonexistent", "G_DEBUG=fatal-warnings"};
  command.limits.wall_ms = options.wall_ms;
  command.limits.cpu_seconds = options.cpu_seconds;
  command.limits.memory_bytes = options.memory_bytes;
  command.limits.output_bytes = options.output_bytes;
  return command;
}

}  // namespace

bool VariantMaker::is_able() const {
  if (options_.worker.empty()) return false;
  storage::Command command = command_of(options_);
  command.argv.emplace_back("check");
  auto finished = storage::run(command);
  return finished && finished->ending == storage::Finished::Ending::kExited && finished->code == 0;
}

Result<std::string> VariantMaker::make(std::string picture, const Recipe& recipe) {
  if (options_.worker.empty()) return unavailable("there is no program that makes pictures");
  if (picture.size() > options_.input_bytes) {
    return invalid_input("the picture has more than " + std::to_string(options_.input_bytes) +
                         " bytes");
  }
  storage::Command command = command_of(options_);
  command.argv.emplace_back(recipe.format == Format::kWebp ? "webp" : "jpeg");
  command.argv.push_back(std::to_string(recipe.width));
  command.input = std::move(picture);
  {
    std::unique_lock lock(mutex_);
    ended_.wait(lock, [&] { return running_ < options_.processes_max; });
    ++running_;
  }
  auto finished = storage::run(command);
  {
    std::lock_guard lock(mutex_);
    --running_;
  }
  ended_.notify_one();
  if (!finished) return std::move(finished).error().within("make a picture");
  bool is_exit = finished->ending == storage::Finished::Ending::kExited;
  if (is_exit && finished->code == 0) {
    // Whoever has taken over a decoder has at most a picture to say.
    const FileType* type = type_of_content(MemorySource(finished->output));
    if (type && type->format == recipe.format) return std::move(finished->output);
    return invalid_input("no smaller picture can be made of it: nothing came out");
  }
  if (is_exit && finished->code == kWorkerLacksLibrary) {
    return unavailable("libvips is not installed (Debian: libvips42)");
  }
  Status status = storage::check_success(*finished, "stet-image");
  // How GLib ends a program upon a warning that is fatal.
  if (finished->ending == storage::Finished::Ending::kSignalled && finished->code == SIGTRAP) {
    return invalid_input("no smaller picture can be made of it: it is damaged");
  }
  if (!is_exit) return unavailable("make a picture: " + status.error().message);
  return invalid_input("no smaller picture can be made of it: " + status.error().message);
}

}  // namespace stet::image
