// What of a built editor's folder is taken, and what is refused.

#include "api/editor/bundle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/api/editor/built_editor.h"

namespace stet::editor {
namespace {

using ::testing::HasSubstr;

std::string why_not(Files files) {
  auto bundle = bundle_of(files);
  return bundle ? "" : bundle.error().message;
}

TEST(EditorBundle, OfAFolderThatIsNoneIsNotFound) {
  auto bundle = bundle_of({{"assets/a-1.js", "1"}});
  ASSERT_FALSE(bundle);
  EXPECT_EQ(bundle.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(bundle.error().message, HasSubstr("index.html"));
}

TEST(EditorBundle, WhatIsNoBusinessOfBrowsersIsRefusedByName) {
  for (const char* path :
       {"assets/a-1.php", "assets/run", "other.html", "assets/key.pem", "a.JS"}) {
    Files files = built_files();
    files[path] = "x";
    EXPECT_THAT(why_not(files), HasSubstr(path));
  }
}

TEST(EditorBundle, NamesThatBeginWithADotArePassedOver) {
  Files files = built_files();
  files[".vite/manifest.json"] = "{}";
  files["assets/.env"] = "SECRET=1";
  auto bundle = *bundle_of(files);
  EXPECT_EQ(bundle->find(".vite/manifest.json"), nullptr);
  EXPECT_EQ(bundle->find("assets/.env"), nullptr);
}

TEST(EditorBundle, ItsSizeAndNumberAreBounded) {
  Files files = built_files();
  files["assets/large-1.js"] = std::string(Bundle::kBytesMax, 'x');
  EXPECT_THAT(why_not(files), HasSubstr("32 MiB"));
  files = {{"index.html", "x"}};
  for (std::size_t i = 0; i < Bundle::kFilesMax; ++i) {
    files["assets/" + std::to_string(i) + ".js"] = "x";
  }
  EXPECT_EQ(why_not(files), "");
  files["assets/more.js"] = "x";
  EXPECT_THAT(why_not(files), HasSubstr("1000 files"));
}

TEST(EditorBundle, EachMarkBecomesTheNonce) {
  auto bundle = *bundle_of({{"index.html", "__STET_NONCE__ a __STET_NONCE____STET_NONCE__"}});
  EXPECT_EQ(bundle->page("N"), "N a NN");
  EXPECT_EQ((*bundle_of({{"index.html", "none"}}))->page("N"), "none");
}

TEST(EditorBundle, WhatWouldNotBeSmallerTravelsAsItIs) {
  auto bundle = *bundle_of(built_files());
  const Bundle::File* script = bundle->find("assets/index-Bx3f.js");
  ASSERT_NE(script, nullptr);
  ASSERT_TRUE(script->gzip && script->brotli);
  EXPECT_LT(script->brotli->size(), script->plain->size() / 4);
  const Bundle::File* face = bundle->find("assets/face-D1ce.woff2");
  ASSERT_NE(face, nullptr);
  EXPECT_FALSE(face->gzip || face->brotli);
  http::Encoding encoding = http::Encoding::kBrotli;
  EXPECT_EQ(face->as(encoding), face->plain);
  EXPECT_EQ(encoding, http::Encoding::kIdentity);
}

}  // namespace
}  // namespace stet::editor
