// The process that makes smaller pictures, where it does what it should not: it ends, and the
// picture is shown as it is.

#include <gtest/gtest.h>

#include <thread>

#include "tests/api/routes/shown_pictures.h"

namespace stet::api {
namespace {

image::MakerOptions shell(const std::string& script) {
  image::MakerOptions options;
  options.worker = {"/bin/sh", "-c", script, "worker"};
  options.wall_ms = 200;
  options.cpu_seconds = 1;
  return options;
}

TEST(MediaWorker, WhateverBecomesOfItThePictureIsShown) {
  for (const char* script : {"kill -KILL $$",
                             "kill -SEGV $$",
                             "while :; do :; done",
                             "cat > /dev/null; while :; do :; done",
                             "exit 3",
                             "cat",  // no smaller picture, and no picture
                             "cat > /dev/null",
                             "exec cat /dev/zero"}) {
    ShownPictures shown("{% responsive_image assets/x.png %}", shell(script));
    const std::string link = "/base" + shown.link(100);
    for (int i = 0; i < 5; ++i) {
      Told told = shown.world.site({.target = link});
      EXPECT_EQ(told.status, 302) << script;
      EXPECT_EQ(told.header("Location"), "/base/assets/x.png") << script;
      EXPECT_EQ(told.header("Cache-Control"), "no-cache");
    }
    EXPECT_EQ(shown.world.api({.target = "/media-content/assets/x.png?width=100"}).status, 422);
    EXPECT_EQ(shown.world.site({.target = "/base/assets/x.png"}).status, 200);
  }
}

// A process that is ended early may be the machine's fault: it is tried again, and not for ever.
TEST(MediaWorker, IsTriedAFewTimes) {
  storage::TemporaryFolder folder;
  const std::string count = (folder.path() / "count").string();
  ShownPictures shown("{% responsive_image assets/x.png %}",
                      shell("cat > /dev/null; echo x >> '" + count + "'; kill -KILL $$"));
  const std::string link = "/base" + shown.link(100);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(shown.world.site({.target = link}).status, 302);
  EXPECT_EQ(std::filesystem::file_size(count), 3 * 2u);
}

TEST(MediaWorker, ManyWhoAskForOneAtOnceHaveItMadeOnce) {
  storage::TemporaryFolder folder;
  const std::string count = (folder.path() / "count").string();
  image::MakerOptions options = ShownPictures::options();
  options.worker = {"/bin/sh",
                    "-c",
                    "echo x >> '" + count + "'; exec " + STET_IMAGE_WORKER + " \"$@\"",
                    "worker"};
  ShownPictures shown("{% responsive_image assets/x.png %}", options);
  const std::string link = "/base" + shown.link(100);
  std::vector<std::thread> readers;
  std::atomic<int> good = 0;
  for (int i = 0; i < 8; ++i) {
    readers.emplace_back([&] { good += shown.world.site({.target = link}).status == 200; });
  }
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(good, 8);
  EXPECT_EQ(std::filesystem::file_size(count), 2u);
  // And what was made is found by the next process of the server.
  auto again = *publish::PictureStore::open(shown.folder.path() / "pictures", 1 << 20);
  media::VariantSource kept(shown.maker, again.get(), shown.pictures);
  EXPECT_TRUE(kept.find_made(link.substr(6)));
}

}  // namespace
}  // namespace stet::api
