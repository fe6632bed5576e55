#include "cms/image/vips_library.h"

#include <dlfcn.h>

#include <cstddef>

namespace stet::image {
namespace {

constexpr char kLibrary[] = "libvips.so.42";
constexpr int kSizeDown = 2;  // VIPS_SIZE_DOWN: never larger than it was
constexpr int kWebpQuality = 78, kJpegQuality = 80;

struct VipsImage;

}  // namespace

struct VipsLibrary::Functions {
  int (*init)(const char* program) = nullptr;
  void (*set_concurrency)(int threads) = nullptr;
  void (*set_cache_max)(int operations) = nullptr;
  void (*block)(const char* operation, int is_blocked) = nullptr;
  int (*thumbnail_buffer)(const void*, std::size_t, VipsImage**, int width, ...) = nullptr;
  int (*save_webp)(VipsImage*, void** bytes, std::size_t* size, ...) = nullptr;
  int (*save_jpeg)(VipsImage*, void** bytes, std::size_t* size, ...) = nullptr;
  const char* (*error)() = nullptr;
};

namespace {

template <typename Function>
bool find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

}  // namespace

Result<VipsLibrary> VipsLibrary::load() {
  void* library = ::dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
  if (!library) return not_found("libvips is not installed (Debian: libvips42)");
  static Functions functions;
  bool is_whole = find(library, "vips_init", functions.init) &&
                  find(library, "vips_concurrency_set", functions.set_concurrency) &&
                  find(library, "vips_cache_set_max", functions.set_cache_max) &&
                  find(library, "vips_operation_block_set", functions.block) &&
                  find(library, "vips_thumbnail_buffer", functions.thumbnail_buffer) &&
                  find(library, "vips_webpsave_buffer", functions.save_webp) &&
                  find(library, "vips_jpegsave_buffer", functions.save_jpeg) &&
                  find(library, "vips_error_buffer", functions.error);
  if (!is_whole || functions.init("stet-image") != 0) return not_found("this is another libvips");
  functions.set_concurrency(1);
  functions.set_cache_max(0);
  functions.block("VipsForeignLoad", 1);
  for (const char* loader : {"VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp"}) {
    functions.block(loader, 0);
  }
  return VipsLibrary(&functions);
}

Result<std::string> VipsLibrary::thumbnail(std::string_view picture, const Recipe& recipe) const {
  VipsImage* image = nullptr;
  constexpr int kHeightMax = 10'000'000;  // the width alone decides
  void* bytes = nullptr;
  std::size_t size = 0;
  const void* end = nullptr;  // of the options
  bool is_made = functions_->thumbnail_buffer(picture.data(),
                                              picture.size(),
                                              &image,
                                              static_cast<int>(recipe.width),
                                              "height",
                                              kHeightMax,
                                              "size",
                                              kSizeDown,
                                              "export_profile",
                                              "srgb",
                                              end) == 0;
  if (is_made && recipe.format == Format::kWebp) {
    is_made = functions_->save_webp(image, &bytes, &size, "Q", kWebpQuality, "strip", 1, end) == 0;
  } else if (is_made) {
    is_made = functions_->save_jpeg(image,
                                    &bytes,
                                    &size,
                                    "Q",
                                    kJpegQuality,
                                    "strip",
                                    1,
                                    "optimize_coding",
                                    1,
                                    "interlace",
                                    1,
                                    end) == 0;
  }
  // The process ends soon: image and bytes go with it.
  if (is_made) return std::string(static_cast<const char*>(bytes), size);
  std::string why = functions_->error();
  return invalid_input(why.substr(0, why.find('\n')));
}

}  // namespace stet::image
