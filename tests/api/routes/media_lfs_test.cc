// Files that Git LFS keeps: told as what they are, and served where their objects are here.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "storage/base/hash.h"
#include "tests/api/routes/world.h"
#include "tests/cms/image/pictures.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kPicture = image::png(400, 300);

std::string pointer_of(const std::string& content) {
  return "version https://git-lfs.github.com/spec/v1\noid sha256:" + sha256_hex(content) +
         "\nsize " + std::to_string(content.size()) + "\n";
}

void keep(const std::filesystem::path& lfs, const std::string& content) {
  std::string oid = sha256_hex(content);
  std::filesystem::path folder = lfs / "objects" / oid.substr(0, 2) / oid.substr(2, 2);
  std::filesystem::create_directories(folder);
  std::ofstream(folder / oid, std::ios::binary) << content;
}

TEST(MediaLfs, FilesAreServedWhereTheirObjectsAreHere) {
  storage::TemporaryFolder folder;
  keep(folder.path(), kPicture);
  auto files = std::make_shared<storage::LargeFiles>(std::nullopt, folder.path());
  pipeline::PipelineOptions options;
  options.files = files;
  World world({{"_config.yml", "title: T\n"},
               {"index.html", "x"},
               {"here.png", pointer_of(kPicture)},
               {"gone.png", pointer_of("gone")},
               {"text.txt", "version https://git-lfs.github.com/spec/v1\n"}},
              options);
  world.backend->files = files.get();
  EXPECT_EQ(world.page("/here.png"), kPicture);
  EXPECT_EQ(world.page("/text.txt"), "version https://git-lfs.github.com/spec/v1\n");
  EXPECT_EQ(world.page("/gone.png"), "404");
  EXPECT_THAT(world.api({.target = "/problems?path=gone.png"}).body, HasSubstr("git lfs fetch"));
  Json here = world.api({.target = "/media/here.png"}).json();
  EXPECT_EQ(here["size"], kPicture.size());
  EXPECT_EQ(here["width"], 400);
  EXPECT_EQ(here["lfs"], (Json{{"oid", sha256_hex(kPicture)}, {"is_here", true}}));
  EXPECT_EQ(world.api({.target = "/media-content/here.png"}).body, kPicture);
  Json gone = world.api({.target = "/media/gone.png"}).json();
  EXPECT_EQ(gone["size"], 4);
  EXPECT_EQ(gone["lfs"]["is_here"], false);
  EXPECT_THAT(gone["broken"].get<std::string>(), HasSubstr("git lfs fetch"));
  EXPECT_EQ(world.api({.target = "/media-content/gone.png"}).status, 404);
  keep(folder.path(), "gone");
  gone = world.api({.target = "/media/gone.png"}).json();
  EXPECT_EQ(gone["lfs"]["is_here"], true);
  // What comes late is published without a commit, and the problem with it is over.
  EXPECT_EQ(*world.pipeline->take_late_files(), 1u);
  EXPECT_EQ(world.page("/gone.png"), "gone");
  EXPECT_THAT(world.api({.target = "/problems"}).body, Not(HasSubstr("gone.png")));
  EXPECT_EQ(*world.pipeline->take_late_files(), 0u);
}

}  // namespace
}  // namespace stet::api
