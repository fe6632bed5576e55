#include "cms/image/worker.h"

#include <sys/resource.h>
#include <unistd.h>

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "cms/image/variant.h"
#include "cms/image/vips_library.h"
#include "storage/process/whole_stream.h"

namespace stet::image {
namespace {

constexpr rlim_t kFilesMax = 3;  // the three streams, which are open

std::optional<Recipe> recipe_of(std::string_view format, std::string_view width) {
  Recipe recipe;
  if (format != "webp" && format != "jpeg") return std::nullopt;
  if (format == "jpeg") recipe.format = Format::kJpeg;
  auto [end, error] = std::from_chars(width.data(), width.data() + width.size(), recipe.width);
  bool is_good = error == std::errc() && end == width.data() + width.size() &&
                 recipe.width >= kWidthMin && recipe.width <= kWidthMax;
  return is_good ? std::optional(recipe) : std::nullopt;
}

// Once more, by whoever decodes: the picture is one that may be, and no larger than it may be.
bool is_decodable(std::string_view bytes) {
  MemorySource source(bytes);
  auto picture = picture_of(source);
  return picture && !recipes_of(*picture, {1}).empty();
}

}  // namespace

int serve_image_worker(int count, const char* const* arguments) {
  bool is_check = count == 2 && std::string_view(arguments[1]) == "check";
  auto recipe = count == 3 ? recipe_of(arguments[1], arguments[2]) : std::nullopt;
  if (!is_check && !recipe) return kWorkerBadJob;
  auto library = VipsLibrary::load();
  if (!library) return kWorkerLacksLibrary;
  if (is_check) return 0;
  std::string bytes;
  if (!storage::read_to_end(STDIN_FILENO, bytes)) return kWorkerBadJob;
  if (!is_decodable(bytes)) {
    storage::write_whole(STDERR_FILENO, "it is no picture, or a too large one\n");
    return kWorkerBadPicture;
  }
  const rlimit files{kFilesMax, kFilesMax};
  if (::setrlimit(RLIMIT_NOFILE, &files) != 0) return kWorkerBadJob;
  auto made = library->thumbnail(bytes, *recipe);
  if (made) return storage::write_whole(STDOUT_FILENO, *made) ? 0 : kWorkerBadJob;
  storage::write_whole(STDERR_FILENO, made.error().message + "\n");
  return kWorkerBadPicture;
}

}  // namespace stet::image
