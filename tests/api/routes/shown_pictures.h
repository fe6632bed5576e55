// A world whose pages link to smaller versions of pictures, and that can make them.
#pragma once

#include <memory>
#include <string>

#include "cms/media/variants.h"
#include "tests/api/routes/change_world.h"
#include "tests/cms/image/pictures.h"

namespace stet::api {

inline storage::TestRepository::Files picture_site(const std::string& tag) {
  storage::TestRepository::Files files = World::small_site();
  files["_config.yml"] += "baseurl: /base\nstet: {media: {widths: [100, 200, 4000]}}\n";
  files["_data/media.yml"] = "assets/x.png:\n  alt: A \"ramp\"\n";
  files["picture.html"] = "---\npermalink: /picture.html\nphoto: assets/x.png\n---\n" + tag + "\n";
  files["assets/x.png"] = image::png(400, 300);
  return files;
}

struct ShownPictures {
  explicit ShownPictures(const std::string& tag, bool has_variants = true)
      : ShownPictures(tag, options(), has_variants) {}
  ShownPictures(const std::string& tag, image::MakerOptions maker_options, bool has_variants = true)
      : pictures(std::make_shared<site::Pictures>(has_variants)),
        maker(std::move(maker_options)),
        store(std::move(*publish::PictureStore::open(folder.path() / "pictures", 1 << 20))),
        source(maker, store.get(), pictures),
        world(picture_site(tag), pipeline_options()) {
    world.backend->variants = &source;
    world.public_site->show_variants(&source);
  }
  static image::MakerOptions options() {
    image::MakerOptions options;
    options.worker = {STET_IMAGE_WORKER};
#ifdef __SANITIZE_ADDRESS__
    options.memory_bytes = 0;
#endif
    return options;
  }
  pipeline::PipelineOptions pipeline_options() {
    pipeline::PipelineOptions options;
    options.pictures = pictures;
    return options;
  }
  std::string page() { return world.page("/picture.html"); }
  // The address of the variant of that width, as the page has it.
  std::string link(int width) {
    std::string html = page(), mark = "-" + std::to_string(width) + "w-";
    std::size_t at = html.find(mark), begin = html.rfind('/', at), end = html.find(' ', at);
    return at == std::string::npos ? "" : "/assets" + html.substr(begin, end - begin);
  }

  storage::TemporaryFolder folder;
  std::shared_ptr<site::Pictures> pictures;
  image::VariantMaker maker;
  std::unique_ptr<publish::PictureStore> store;
  media::VariantSource source;
  ChangeWorld world;
};

}  // namespace stet::api
