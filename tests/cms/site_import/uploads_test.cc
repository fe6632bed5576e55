#include "cms/site_import/uploads.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cms/site_import/exported.h"

namespace stet::site_import {
namespace {

using testing::ElementsAre;

constexpr char kBegin[] = "https://old.example/blog/wp-content/uploads/";

WxrExport site_of(const std::string& body, const std::string& attachment = "") {
  std::vector<Exported> items = {{.id = "1", .title = "T", .slug = "t", .body = body}};
  if (!attachment.empty()) {
    items.push_back({.id = "2",
                     .title = "A",
                     .slug = "a",
                     .type = "attachment",
                     .status = "inherit",
                     .more = "<wp:attachment_url>" + attachment + "</wp:attachment_url>"});
  }
  return read_export(export_of(items));
}

std::vector<std::string> names_of(const Uploads& uploads) {
  std::vector<std::string> names;
  for (const Upload& one : uploads.list) names.push_back(one.folder + " " + one.file_name);
  return names;
}

TEST(Uploads, AreAttachmentsAndWhatTextsShow) {
  const std::string begin = kBegin;
  EXPECT_THAT(names_of(uploads_of(site_of("", begin + "2020/05/x.jpg"))),
              ElementsAre("2020/05 x.jpg"));
  EXPECT_THAT(names_of(uploads_of(site_of("<img src=\"" + begin + "2019/y.png\"> and " + begin +
                                          "2019/y.png?w=3&amp;h=2"))),
              ElementsAre("2019 y.png"));
  // A smaller version is the picture; http and https are one.
  EXPECT_THAT(names_of(uploads_of(site_of("<img src='http://old.example/blog/wp-content/uploads/"
                                          "2020/05/x-300x200.jpg'>",
                                          begin + "2020/05/x.jpg"))),
              ElementsAre("2020/05 x.jpg"));
  // A picture that is called so is itself.
  EXPECT_THAT(names_of(uploads_of(site_of("", begin + "x-300x200.jpg"))),
              ElementsAre(" x-300x200.jpg"));
}

TEST(Uploads, AreOfThatSiteAlone) {
  for (const char* body : {"https://elsewhere.example/wp-content/uploads/x.jpg",
                           "https://old.example/blog/wp-content/uploads/",
                           "ftp://old.example/wp-content/uploads/x.jpg",
                           "//elsewhere.example/wp-content/uploads/x.jpg",
                           "https://elsewhere.example/?u=/wp-content/uploads/x.jpg",
                           "https://elsewhere.example/wp-content/uploads//wp-content/uploads/x.jpg",
                           "a/wp-content/uploads/x.jpg"}) {
    EXPECT_TRUE(uploads_of(site_of(body)).list.empty()) << body;
  }
  EXPECT_TRUE(uploads_of(site_of("", "file:///etc/passwd")).list.empty());
}

TEST(Uploads, AreTheSameInAnySpelling) {
  const std::string address = "https://old.example/wp-content/uploads/2020/05/x.jpg";
  NewAddresses moved{{address_key(address), "/m/x.jpg"}};
  for (const std::string own : {"/wp-content/uploads/2020/05/x.jpg",
                                "//old.example/wp-content/uploads/2020/05/x.jpg",
                                "//www.old.example/wp-content/uploads/2020/05/x.jpg",
                                "http://WWW.old.example/wp-content/uploads/2020/05/x.jpg",
                                "https://old.example//wp-content/uploads//2020/05//x.jpg",
                                "/wp-content/uploads/2020/05/x-30x20.jpg"}) {
    for (const auto& [before, behind] :
         std::vector<std::pair<std::string, std::string>>{{"<img src=\"", "\">"},
                                                          {"<img src='", "'>"},
                                                          {"<img src=", ">"},
                                                          {"<p style=\"background:url(", ")\">"},
                                                          {"<img srcset=\"a.jpg 1w, ", " 2w\">"},
                                                          {"", ""}}) {
      const std::string text = before + own + behind;
      WxrExport site = site_of(text);
      Uploads uploads = uploads_of(site);
      EXPECT_THAT(names_of(uploads), ElementsAre("2020/05 x.jpg")) << text;
      EXPECT_EQ(with_new_addresses(text, site, moved), before + "/m/x.jpg" + behind);
      // What is fetched has a server.
      if (own.starts_with('/') && !uploads.list.empty()) {
        EXPECT_TRUE(uploads.list[0].address.starts_with("https://")) << uploads.list[0].address;
      }
    }
    // One file, however often it is named.
    EXPECT_THAT(names_of(uploads_of(site_of("<img src=\"" + own + "\">", address))),
                ElementsAre("2020/05 x.jpg"));
  }
}

TEST(Uploads, HaveFoldersWhateverTheirSlashes) {
  for (const std::string address : {"https://old.example/wp-content/uploads//2020/05/x.jpg",
                                    "https://old.example/wp-content//uploads/2020//05//x.jpg"}) {
    EXPECT_THAT(names_of(uploads_of(site_of("", address))), ElementsAre("2020/05 x.jpg"));
  }
}

TEST(Uploads, TextsLeadToWhereTheyHaveGone) {
  const std::string begin = kBegin;
  WxrExport site = site_of("", begin + "2020/05/x.jpg");
  NewAddresses moved{{address_key(begin + "2020/05/x.jpg"), "/assets/media/2020/05/x.jpg"}};
  EXPECT_EQ(with_new_addresses("<a href=\"" + begin + "2020/05/x.jpg\"><img src=\"" + begin +
                                   "2020/05/x-30x20.jpg?a=b&amp;c=d\"></a>" + begin + "z.jpg",
                               site,
                               moved),
            "<a href=\"/assets/media/2020/05/x.jpg\"><img "
            "src=\"/assets/media/2020/05/x.jpg\"></a>" +
                begin + "z.jpg");
}

TEST(Uploads, CostWhatTheTextIsLong) {
  std::string hostile;
  for (int i = 0; i < 100'000; ++i) hostile += "/wp-content/uploads/";
  EXPECT_TRUE(uploads_of(site_of(hostile)).list.empty());
}

}  // namespace
}  // namespace stet::site_import
