// Headers, bodies, heads of answers: the small parts.
#include "api/http/message.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "api/http/response_head.h"

namespace stet::http {
namespace {

TEST(Headers, FindWithoutCase) {
  Headers headers;
  headers.add("Content-Type", "text/html");
  headers.add("X-A", "1");
  headers.add("x-a", "2");
  EXPECT_EQ(headers.find("content-TYPE"), "text/html");
  EXPECT_EQ(headers.find("X-A"), "1");
  EXPECT_EQ(headers.find("X"), std::nullopt);
  EXPECT_EQ(headers.joined("X-A"), "1, 2");
  EXPECT_EQ(headers.count("x-A"), 2U);
}

TEST(Headers, SetReplacesAllOfAName) {
  Headers headers;
  headers.add("A", "1");
  headers.add("B", "2");
  headers.add("a", "3");
  headers.set("A", *headers.find("B"));
  EXPECT_EQ(headers.size(), 2U);
  EXPECT_EQ(headers.joined("A"), "2");
}

TEST(Headers, NeverLetAValueBeginAField) {
  Headers headers;
  headers.add("Location", "/a\r\nSet-Cookie: b");
  EXPECT_EQ(headers.find("Location"), "/a  Set-Cookie: b");
}

TEST(BodyCollector, KeepsASmallBodyInMemory) {
  BodyCollector collector(4, "/nowhere");
  ASSERT_TRUE(collector.append("ab"));
  ASSERT_TRUE(collector.append("cd"));
  const Body body = collector.take();
  EXPECT_TRUE(body.is_in_memory());
  EXPECT_EQ(body.memory(), "abcd");
  EXPECT_EQ(collector.size(), 0U);
}

TEST(BodyCollector, MovesALargeBodyToAFile) {
  BodyCollector collector(4, testing::TempDir());
  for (const char* piece : {"ab", "cd", "ef", "gh"}) ASSERT_TRUE(collector.append(piece));
  const Body body = collector.take();
  EXPECT_FALSE(body.is_in_memory());
  EXPECT_EQ(body.size(), 8U);
  EXPECT_EQ(*body.read(8), "abcdefgh");
  EXPECT_FALSE(body.read(7));
}

TEST(BodyCollector, SaysSoWhenThereIsNoPlaceForAFile) {
  BodyCollector collector(1, "/nowhere/at/all");
  EXPECT_FALSE(collector.append("ab"));
}

TEST(Body, IsAFileForAChildEitherWay) {
  BodyCollector collector(2, testing::TempDir());
  ASSERT_TRUE(collector.append("hello"));
  for (const Body& body : {Body("hello"), collector.take()}) {
    for (int again = 0; again < 2; ++again) {
      const auto file = body.as_file();
      ASSERT_TRUE(file);
      char bytes[8] = {};
      EXPECT_EQ(::read((*file)->descriptor(), bytes, sizeof bytes), 5);
      EXPECT_STREQ(bytes, "hello");
    }
  }
}

TEST(HttpDate, IsWrittenAndReadBack) {
  const std::pair<std::int64_t, const char*> kCases[] = {
      {784111777, "Sun, 06 Nov 1994 08:49:37 GMT"},
      {0, "Thu, 01 Jan 1970 00:00:00 GMT"},
      {1582934400, "Sat, 29 Feb 2020 00:00:00 GMT"},
  };
  for (const auto& [seconds, text] : kCases) {
    EXPECT_EQ(http_date({seconds}), text);
    EXPECT_EQ(parse_http_date(text), Instant{seconds});
  }
}

TEST(HttpDate, IsNotReadWhereThereIsNone) {
  for (const char* text : {"",
                           "yesterday",
                           "Sun, 06 Nov 1994 08:49:37",
                           "Sun, 31 Feb 2020 00:00:00 GMT",
                           "Sun, 06 Nov 1994 24:49:37 GMT",
                           "Sun, 06 nov 1994 08:49:37 GMT",
                           "Sunday, 06-Nov-94 08:49:37 GMT",
                           "Sun, 0x Nov 1994 08:49:37 GMT"}) {
    EXPECT_EQ(parse_http_date(text), std::nullopt) << text;
  }
}

TEST(HeadWriter, WritesItsOwnFieldsAndDropsTheHandlers) {
  const ManualClock clock({784111777});
  HeadWriter writer(clock);
  Response response{.status = 404};
  response.headers.add("Content-Length", "7");
  response.headers.add("connection", "upgrade");
  response.headers.add("X-Mine", "1");
  std::string head = "something old";
  writer.write(head, response, {.length = 3, .connection = "close", .request_id = "r1"});
  EXPECT_EQ(head,
            "HTTP/1.1 404 Not Found\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nX-Mine: 1\r\n"
            "Content-Length: 3\r\nX-Request-Id: r1\r\nConnection: close\r\n\r\n");
}

TEST(Response, ProblemEscapesItsDetail) {
  const Response problem = Response::problem(400, "a \"b\"\n");
  EXPECT_EQ(std::get<std::string>(problem.body),
            "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
            "\"detail\":\"a \\\"b\\\"\\u000a\"}\n");
}

}  // namespace
}  // namespace stet::http
