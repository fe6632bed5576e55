// The public origin over real sockets: RFC 9110's conditions, ranges and forms, and what one reader
// sees while publications are made.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/api/http/loopback.h"
#include "tests/api/routes/world.h"

namespace stet::api {
namespace {

using ::testing::HasSubstr;

std::string long_page() {
  std::string text = "---\n---\n";
  for (int i = 0; i < 200; ++i) text += "Line " + std::to_string(i) + ".\n";
  return text;
}

class Serving : public testing::Test {
 protected:
  explicit Serving(const storage::TestRepository::Files& files = {{"long.txt", long_page()},
                                                                  {"short.txt", "---\n---\nx\n"}},
                   pipeline::PipelineOptions options = {})
      : world_(files, std::move(options)) {
    auto server = http::Server::start({}, *world_.public_site, clock_, nullptr);
    EXPECT_TRUE(server);
    server_ = std::move(*server);
    client_ = std::make_unique<http::Client>(server_->port());
  }

  // All over one connection.
  http::Received get(const std::string& path, const std::string& fields = "") {
    client_->send(http::get(path, fields));
    return client_->receive();
  }
  http::Received head(const std::string& path, const std::string& fields = "") {
    client_->send("HEAD" + http::get(path, fields).substr(3));
    return client_->receive(true);
  }

  World world_;
  SystemClock clock_;
  std::unique_ptr<http::Server> server_;
  std::unique_ptr<http::Client> client_;
};

TEST_F(Serving, EveryAnswerLeavesTheConnectionOpenForTheNext) {
  std::string tag = get("/long.txt").field("ETag");
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(get("/long.txt").status, 200);
    EXPECT_EQ(head("/long.txt").status, 200);
    EXPECT_EQ(get("/long.txt", "If-None-Match: " + tag + "\r\n").status, 304);
    EXPECT_EQ(get("/long.txt", "Range: bytes=0-3\r\n").status, 206);
    EXPECT_EQ(get("/long.txt", "Range: bytes=99999-\r\n").status, 416);
    EXPECT_EQ(get("/long.txt", "If-Match: \"x\"\r\n").status, 412);
    EXPECT_EQ(get("/long.txt", "If-Match: x\r\n").status, 400);
    EXPECT_EQ(get("/never").status, 404);
    EXPECT_EQ(get("/long.txt", "Accept-Encoding: br\r\n").status, 200);
  }
  EXPECT_FALSE(client_->is_closed());
}

TEST_F(Serving, AHeadHasTheFieldsOfItsGet) {
  for (const char* coding : {"", "gzip", "br"}) {
    std::string fields = coding[0] ? "Accept-Encoding: " + std::string(coding) + "\r\n" : "";
    http::Received whole = get("/long.txt", fields), only_head = head("/long.txt", fields);
    for (const char* name : {"Content-Length",
                             "Content-Type",
                             "Content-Encoding",
                             "ETag",
                             "Vary",
                             "Accept-Ranges",
                             "Cache-Control"}) {
      EXPECT_EQ(only_head.field(name), whole.field(name)) << coding << " " << name;
    }
    EXPECT_EQ(whole.field("Content-Length"), std::to_string(whole.body.size()));
    // RFC 9110 14.2: a range is for GET alone.
    EXPECT_EQ(head("/long.txt", fields + "Range: bytes=0-3\r\n").status, 200);
  }
}

TEST_F(Serving, ANotModifiedHasTheFieldsThatCachesKeep) {
  for (const char* coding : {"", "gzip", "br"}) {
    std::string fields = coding[0] ? "Accept-Encoding: " + std::string(coding) + "\r\n" : "";
    http::Received whole = get("/long.txt", fields);
    http::Received again =
        get("/long.txt", fields + "If-None-Match: \"other\", W/" + whole.field("ETag") + "\r\n");
    EXPECT_EQ(again.status, 304) << "weak comparison, of one in a list (RFC 9110 13.1.2)";
    for (const char* name : {"ETag", "Vary", "Cache-Control"}) {
      EXPECT_EQ(again.field(name), whole.field(name)) << coding << " " << name;
    }
    EXPECT_EQ(again.field("Content-Length"), "");
    EXPECT_EQ(get("/long.txt", fields + "If-None-Match: *\r\n").status, 304);
    EXPECT_EQ(get("/long.txt", fields + "If-Match: W/" + whole.field("ETag") + "\r\n").status, 412)
        << "strong comparison (RFC 9110 13.1.1)";
    EXPECT_EQ(get("/long.txt", fields + "If-Match: " + whole.field("ETag") + "\r\n").status, 200);
  }
}

TEST_F(Serving, RangesAreOfThePlainBytesUnlessIfRangeNamesAnotherForm) {
  std::string plain = get("/long.txt").body;
  http::Received gzip = get("/long.txt", "Accept-Encoding: gzip\r\n");
  ASSERT_EQ(gzip.field("Content-Encoding"), "gzip");
  EXPECT_EQ(gzip.field("Accept-Ranges"), "bytes");
  std::string taking = "Accept-Encoding: gzip\r\n";
  http::Received part = get("/long.txt", taking + "Range: bytes=5-9\r\n");
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, plain.substr(5, 5));
  EXPECT_EQ(part.field("Content-Encoding"), "");
  EXPECT_NE(part.field("ETag"), gzip.field("ETag"));
  EXPECT_EQ(part.field("Vary"), "Accept-Encoding");
  // Who has the beginning of the compressed form goes on with it.
  http::Received rest =
      get("/long.txt", taking + "Range: bytes=10-\r\nIf-Range: " + gzip.field("ETag") + "\r\n");
  EXPECT_EQ(rest.status, 206);
  EXPECT_EQ(rest.field("Content-Encoding"), "gzip");
  EXPECT_EQ(rest.field("ETag"), gzip.field("ETag"));
  EXPECT_EQ(gzip.body.substr(0, 10) + rest.body, gzip.body);
  EXPECT_EQ(
      rest.field("Content-Range"),
      "bytes 10-" + std::to_string(gzip.body.size() - 1) + "/" + std::to_string(gzip.body.size()));
  // An If-Range that no longer holds, or is weak, is answered with the whole (RFC 9110 13.1.5).
  for (std::string tag : {std::string("\"old\""), "W/" + part.field("ETag"), gzip.field("ETag")}) {
    http::Received whole = get("/long.txt", "Range: bytes=5-9\r\nIf-Range: " + tag + "\r\n");
    EXPECT_EQ(whole.status, 200) << tag;
    EXPECT_EQ(whole.body, plain) << tag;
  }
}

TEST_F(Serving, RangesOfEveryShape) {
  std::string plain = get("/long.txt").body;
  std::string size = std::to_string(plain.size());
  struct Row {
    const char* range;
    int status;
    std::string body;
  };
  for (const Row& row : {Row{"bytes=0-0", 206, plain.substr(0, 1)},
                         Row{"bytes=-5", 206, plain.substr(plain.size() - 5)},
                         Row{"bytes=-99999", 206, plain},
                         Row{"bytes=5-99999", 206, plain.substr(5)},
                         Row{"BYTES=5-6", 206, plain.substr(5, 2)},
                         Row{"bytes=6-5", 200, plain},
                         Row{"bytes=x-5", 200, plain},
                         Row{"lines=1-2", 200, plain},
                         Row{"bytes=0-1,4-5", 200, plain}}) {
    http::Received told = get("/long.txt", "Range: " + std::string(row.range) + "\r\n");
    EXPECT_EQ(told.status, row.status) << row.range;
    EXPECT_EQ(told.body, row.body) << row.range;
  }
  for (const char* range : {"bytes=-0", "bytes=99999-", "bytes=99999-100000"}) {
    http::Received told = get("/long.txt", "Range: " + std::string(range) + "\r\n");
    EXPECT_EQ(told.status, 416) << range;
    EXPECT_EQ(told.field("Content-Range"), "bytes */" + size) << range;
    EXPECT_EQ(told.field("ETag"), "") << range;
  }
}

TEST_F(Serving, TheFormIsTheOneThatTheClientPrefers) {
  struct Row {
    const char *accepted, *coding;
  };
  for (const Row& row : {Row{"gzip, br", "br"},
                         Row{"gzip;q=1, br;q=0.5", "gzip"},
                         Row{"br;q=0, gzip", "gzip"},
                         Row{"*", "br"},
                         Row{"identity, gzip;q=0.5", ""},
                         Row{"deflate", ""},
                         Row{"gzip;q=0", ""}}) {
    http::Received told =
        get("/long.txt", "Accept-Encoding: " + std::string(row.accepted) + "\r\n");
    EXPECT_EQ(told.field("Content-Encoding"), row.coding) << row.accepted;
    EXPECT_EQ(told.field("Vary"), "Accept-Encoding") << row.accepted;
  }
  EXPECT_EQ(get("/short.txt", "Accept-Encoding: br\r\n").field("Vary"), "") << "it has one form";
}

// Every page bears the number of its publication thrice, and the style sheet its own.
class Marked : public Serving {
 protected:
  static constexpr int kPages = 12;

  static std::string sheet_of(int number) { return "app-0000" + std::to_string(number) + ".css"; }
  static storage::TestRepository::Files state(int number) {
    std::string mark = std::to_string(number), name = sheet_of(number);
    return {{"_data/mark.yml", "n: " + mark + "\n"},
            {"_layouts/default.html",
             "<" + mark + "><{{ site.data.mark.n }}><link href=/" + name + ">{{ content }}"},
            {name, "/* " + mark + " */\n"}};
  }
  static storage::TestRepository::Files files() {
    auto files = state(1000);
    for (int i = 0; i < kPages; ++i) {
      files["p" + std::to_string(i) + ".html"] =
          "---\nlayout: default\n---\n<{{ site.data.mark.n }}>\n";
    }
    return files;
  }
  static pipeline::PipelineOptions options() {
    pipeline::PipelineOptions options;
    options.eager_pages_max = 1;
    options.threads = 1;
    return options;
  }
  Marked() : Serving(files(), options()) {}

  void publish(int number) {
    world_.repository.commit(state(number), {sheet_of(number - 1)});
    ASSERT_TRUE(world_.pipeline->publish_head("main"));
  }

  // The mark of a page, which must be the same in all its places.
  static int mark_of(const http::Received& page) {
    EXPECT_EQ(page.status, 200);
    int number = page.body.size() > 1 ? std::atoi(page.body.c_str() + 1) : 0;
    std::string mark = "<" + std::to_string(number) + ">";
    EXPECT_EQ(page.body, mark + mark + "<link href=/" + sheet_of(number) + ">" + mark + "\n");
    return number;
  }
};

TEST_F(Marked, OneReaderNeverSeesTwoPublicationsInOneAnswerNorGoesBack) {
  constexpr int kPublications = 25;
  std::atomic<int> live{1000};
  std::atomic<bool> is_over{false};
  std::vector<std::thread> readers;
  std::atomic<int> pages{0}, sheets{0};
  for (int reader = 0; reader < 3; ++reader) {
    readers.emplace_back([&, reader] {
      http::Client client(server_->port());
      int last = 0;
      for (int i = reader; !is_over; ++i) {
        int known = live;
        client.send(http::get("/p" + std::to_string(i % kPages) + ".html"));
        http::Received page = client.receive();
        int mark = mark_of(page);
        EXPECT_GE(mark, known) << "older than what was answered to be live";
        EXPECT_GE(mark, last) << "older than what this reader has seen";
        last = mark;
        ++pages;
        // The page's style sheet is there, though the next publication has another.
        std::size_t begin = page.body.find("href=") + 5;
        client.send(http::get(page.body.substr(begin, page.body.find('>', begin) - begin)));
        http::Received sheet = client.receive();
        EXPECT_EQ(sheet.status, 200);
        EXPECT_EQ(sheet.body, "/* " + std::to_string(mark) + " */\n");
        ++sheets;
      }
    });
  }
  std::thread filler([&] {
    while (!is_over) EXPECT_TRUE(world_.pipeline->fill(3));
  });
  for (int number = 1001; number <= 1000 + kPublications; ++number) {
    publish(number);
    live = number;
  }
  is_over = true;
  for (std::thread& reader : readers) reader.join();
  filler.join();
  EXPECT_GT(pages, 0);
  EXPECT_EQ(pages, sheets);
}

TEST_F(Marked, FilesWithoutAFingerprintAreGoneWhenTheyAreGone) {
  world_.repository.commit({{"plain.css", "a\n"}, {"page-00000001.html", "a\n"}});
  ASSERT_TRUE(world_.pipeline->publish_head("main"));
  EXPECT_EQ(get("/plain.css").status, 200);
  world_.repository.commit({}, {"plain.css", "page-00000001.html"});
  ASSERT_TRUE(world_.pipeline->publish_head("main"));
  EXPECT_EQ(get("/plain.css").status, 404);
  EXPECT_EQ(get("/page-00000001.html").status, 404);
}

}  // namespace
}  // namespace stet::api
