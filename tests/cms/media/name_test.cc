#include "cms/media/name.h"

#include <gtest/gtest.h>

#include "storage/base/repo_path.h"
#include "storage/base/utf8.h"

namespace stet::media {
namespace {

const image::FileType& jpeg() { return image::type_of(image::Format::kJpeg); }

TEST(MediaName, IsCleanWhateverTheClientCallsIt) {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"photo.jpg", "photo.jpg"},
      {"Photo.JPEG", "photo.jpeg"},
      {"Gr\xc3\xbc\xc3\x9f"
       "e aus K\xc3\xb6ln (3).JPEG",
       "grusse-aus-koln-3.jpeg"},
      {"u\xcc\x88.jpg", "u.jpg"},
      {"\xe6\x97\xa5\xe6\x9c\xac.jpg", "\xe6\x97\xa5\xe6\x9c\xac.jpg"},
      {"\xd0\x99\xd0\xbe\xd0\xb4.jpg", "\xd0\xb9\xd0\xbe\xd0\xb4.jpg"},
      {"../../etc/passwd", "passwd.jpg"},
      {"..\\..\\windows\\x.jpg", "x.jpg"},
      {"/absolute/x.jpg", "x.jpg"},
      {"..", "file.jpg"},
      {"", "file.jpg"},
      {".htaccess", "htaccess.jpg"},
      {"_hidden.jpg", "hidden.jpg"},
      {".git", "git.jpg"},
      {"x.php", "x.jpg"},
      {"x.php.jpg", "x-php.jpg"},
      {"x.jpg.html", "x-jpg.jpg"},
      {"v1.2 final", "v1-2-final.jpg"},
      {"CON.jpg", "file-con.jpg"},
      {"com7.jpg", "file-com7.jpg"},
      {"console.jpg", "console.jpg"},
      {std::string("a\0b.jpg", 7), "a-b.jpg"},
      {"a\r\nSet-Cookie: x.jpg", "a-set-cookie-x.jpg"},
      {"\xff\xfe.jpg", "file.jpg"},
      {"<img src=x onerror=1>.jpg", "img-src-x-onerror-1.jpg"},
      {"$(rm -rf).jpg", "rm-rf.jpg"},
      {"-rf.jpg", "rf.jpg"},
      {"a%2f..%2fb.jpg", "a-2f-2fb.jpg"},
  };
  for (const auto& [name, expected] : rows) {
    EXPECT_EQ(clean_name(name, jpeg()), expected) << printable(name, 100);
  }
}

TEST(MediaName, IsShortOfWholeCharactersAndAPathThatMediaMayHave) {
  for (const std::string& unit : {std::string("x"),
                                  std::string("\xe6\x97\xa5"),
                                  std::string("-"),
                                  std::string("a-"),
                                  std::string("\xff"),
                                  std::string("/")}) {
    std::string name;
    for (int i = 0; i < 5000; ++i) name += unit;
    std::string clean = clean_name(name + ".jpg", jpeg());
    EXPECT_TRUE(is_utf8(clean));
    EXPECT_LE(clean.size(), kStemBytesMax + 5);
    EXPECT_TRUE(RepoPath::parse("a/" + clean)) << clean;
    EXPECT_TRUE(is_media_path("a/" + clean)) << clean;
  }
}

TEST(MediaName, OfTheSecondHasANumber) {
  EXPECT_EQ(numbered("x.jpg", 2), "x-2.jpg");
  EXPECT_EQ(numbered("a.b.jpg", 10), "a.b-10.jpg");
}

}  // namespace
}  // namespace stet::media
