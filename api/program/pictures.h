// What makes smaller versions of pictures: `stet-image`, with libvips, where both are installed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "cms/media/variants.h"

namespace stet::program {

// Whether both are there; nothing is run to learn it. Where libvips turns out to be another one,
// pictures are shown as they are.
bool can_make_pictures();

image::MakerOptions maker_options();

// Everything that a server needs of it. Threads: any.
struct PictureParts {
  // Keeps what is made in the folder, up to that size.
  static Result<std::unique_ptr<PictureParts>> make(const std::filesystem::path& folder,
                                                    std::uint64_t mib_max);

  std::shared_ptr<site::Pictures> pictures;
  image::VariantMaker maker;
  std::unique_ptr<publish::PictureStore> store;
  media::VariantSource source;

 private:
  explicit PictureParts(std::unique_ptr<publish::PictureStore> kept);
};

}  // namespace stet::program
