#include "api/program/pictures.h"

#include <system_error>

#include "api/program/command.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;

// As image::VipsLibrary loads it.
constexpr char kLibrary[] = "libvips.so.42";

bool has_library() {
  std::error_code failure;
  for (const char* folder : {"/usr/lib/" STET_LIBRARY_FOLDER, "/usr/lib", "/usr/local/lib"}) {
    if (fs::exists(fs::path(folder) / kLibrary, failure)) return true;
  }
  return false;
}

}  // namespace

bool can_make_pictures() {
  static const bool can = [] {
    std::error_code failure;
    return fs::exists(image_worker(), failure) && has_library();
  }();
  return can;
}

image::MakerOptions maker_options() {
  image::MakerOptions options;
  if (can_make_pictures()) options.worker = {image_worker().string()};
  return options;
}

PictureParts::PictureParts(std::unique_ptr<publish::PictureStore> kept)
    : pictures(std::make_shared<site::Pictures>(can_make_pictures())),
      maker(maker_options()),
      store(std::move(kept)),
      source(maker, store.get(), pictures) {}

Result<std::unique_ptr<PictureParts>> PictureParts::make(const fs::path& folder,
                                                         std::uint64_t mib_max) {
  auto store = TRY(publish::PictureStore::open(folder, mib_max << 20));
  return std::unique_ptr<PictureParts>(new PictureParts(std::move(store)));
}

}  // namespace stet::program
