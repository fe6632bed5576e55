#include "api/http/request_parser.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "tests/api/http/parsing.h"

namespace stet::http {
namespace {

constexpr std::string_view kHost = "Host: a\r\n";

std::string told_at_once(std::string_view bytes, const ParserLimits& limits = {}) {
  return told_about(bytes, limits, [&] { return bytes.size(); });
}

std::string get_with(std::string_view fields) {
  return "GET / HTTP/1.1\r\n" + std::string(fields) + "\r\n";
}

std::string post_with(std::string_view fields, std::string_view body) {
  return "POST / HTTP/1.1\r\n" + std::string(kHost) + std::string(fields) + "\r\n" +
         std::string(body);
}

struct Case {
  const char* name;
  std::string bytes;
  std::string told;
};

std::string refused(int status) { return "refused " + std::to_string(status) + " after "; }

const std::string kPostHead = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
const std::string kPostTold = "POST /\n Host=a\n Transfer-Encoding=chunked\n";
const std::string kGetTold = "GET /\n Host=a\n";

std::vector<Case> well_formed() {
  return {
      {"plain", get_with(kHost), kGetTold + "body \nopen "},
      {"two in one",
       get_with(kHost) + get_with(kHost),
       kGetTold + "body \n" + kGetTold + "body \nopen "},
      {"empty lines before", "\r\n\r\n" + get_with(kHost), kGetTold + "body \nopen "},
      {"HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", "GET / close\nbody \nopen "},
      {"HTTP/1.0 keep-alive",
       "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
       "GET /\n Connection=keep-alive\nbody \nopen "},
      {"close",
       get_with("Host: a\r\nConnection: close\r\n"),
       "GET / close\n Host=a\n Connection=close\nbody \nopen "},
      {"blanks around a value", get_with("Host: \t a\t \r\n"), kGetTold + "body \nopen "},
      {"a length",
       post_with("Content-Length: 5\r\n", "hello"),
       "POST /\n Host=a\n Content-Length=5\nbody hello\nopen "},
      {"a length of 0",
       post_with("Content-Length: 0\r\n", ""),
       "POST /\n Host=a\n Content-Length=0\nbody \nopen "},
      {"half a body",
       post_with("Content-Length: 5\r\n", "hel"),
       "POST /\n Host=a\n Content-Length=5\nopen hel"},
      {"chunks", kPostHead + "5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n", kPostTold + "body hello!\nopen "},
      {"no chunk", kPostHead + "0\r\n\r\n", kPostTold + "body \nopen "},
      {"an extension",
       kPostHead + "5;a=b;c=\"d\"\r\nhello\r\n0\r\n\r\n",
       kPostTold + "body hello\nopen "},
      {"trailers are dropped",
       kPostHead + "1\r\nx\r\n0\r\nX-Sum: 1\r\n\r\n",
       kPostTold + "body x\nopen "},
      {"chunks, then another",
       kPostHead + "1\r\nx\r\n0\r\n\r\n" + get_with(kHost),
       kPostTold + "body x\n" + kGetTold + "body \nopen "},
      {"chunked in capitals",
       post_with("Transfer-Encoding: Chunked\r\n", "0\r\n\r\n"),
       "POST /\n Host=a\n Transfer-Encoding=Chunked\nbody \nopen "},
      {"an expectation",
       post_with("Expect: 100-Continue\r\nContent-Length: 1\r\n", "x"),
       "POST / continue\n Host=a\n Expect=100-Continue\n Content-Length=1\nbody x\nopen "},
      {"an unknown method", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", "BREW /\n Host=a\nbody \nopen "},
  };
}

std::vector<Case> malformed_heads() {
  using namespace std::string_literals;
  return {
      {"no Host", get_with(""), refused(400)},
      {"two Hosts", get_with("Host: a\r\nHost: a\r\n"), refused(400)},
      {"two Hosts in 1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", refused(400)},
      {"a Host with a slash", get_with("Host: a/b\r\n"), refused(400)},
      {"a Host with a blank", get_with("Host: a b\r\n"), refused(400)},
      {"bare LF", "GET / HTTP/1.1\nHost: a\n\n", refused(400)},
      {"bare CR", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", refused(400)},
      {"no colon", get_with("Host: a\r\nfoo\r\n"), refused(400)},
      {"no name", get_with("Host: a\r\n: b\r\n"), refused(400)},
      {"a blank before the colon", get_with("Host : a\r\n"), refused(400)},
      {"a folded field", get_with("Host: a\r\nX: a\r\n b\r\n"), refused(400)},
      {"NUL in a field", get_with("Host: a\r\nX: a\0b\r\n"s), refused(400)},
      {"NUL in the path", "GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n"s, refused(400)},
      {"DEL in a field", get_with("Host: a\r\nX: a\x7f\r\n"), refused(400)},
      {"a TLS hello", "\x16\x03\x01\x02", refused(400)},
      {"two blanks", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", refused(400)},
      {"no path", "GET HTTP/1.1\r\nHost: a\r\n\r\n", refused(400)},
      {"no version", "GET /\r\nHost: a\r\n\r\n", refused(400)},
      {"HTTP/1", "GET / HTTP/1\r\nHost: a\r\n\r\n", refused(400)},
      {"HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", refused(505)},
      {"HTTP/0.9", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", refused(505)},
      {"http/1.1", "GET / http/1.1\r\nHost: a\r\n\r\n", refused(400)},
      {"a method with a comma", "GE,T / HTTP/1.1\r\nHost: a\r\n\r\n", refused(400)},
      {"another expectation", post_with("Expect: tea\r\n", ""), refused(417)},
  };
}

std::vector<Case> malformed_framing() {
  std::vector<Case> cases;
  for (const char* length : {"+5",
                             "5abc",
                             "abc",
                             "0x5",
                             "-5",
                             "18446744073709551616",
                             "",
                             "5 5",
                             "5,5",
                             "5, 5",
                             ",5",
                             "5,"}) {
    cases.push_back({length,
                     post_with("Content-Length: " + std::string(length) + "\r\n", "hello"),
                     refused(400)});
  }
  for (const char* encoding : {"ch",
                               "xchunked",
                               "chunked, identity",
                               "identity, chunked",
                               "chunked, chunked",
                               "gzip",
                               "chunked;a=b",
                               ""}) {
    cases.push_back({encoding,
                     post_with("Transfer-Encoding: " + std::string(encoding) + "\r\n", ""),
                     refused(501)});
  }
  const std::vector<Case> others = {
      {"CL twice, different",
       post_with("Content-Length: 5\r\nContent-Length: 6\r\n", ""),
       refused(400)},
      {"CL twice, the same",
       post_with("Content-Length: 5\r\nContent-Length: 5\r\n", ""),
       refused(400)},
      {"TE twice",
       post_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", ""),
       refused(400)},
      {"TE with a blank", post_with("Transfer-Encoding : chunked\r\n", ""), refused(400)},
      {"CL before TE",
       post_with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", ""),
       refused(400)},
      {"CL after TE",
       post_with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", ""),
       refused(400)},
      {"TE in 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", refused(400)},
      {"an enormous length", post_with("Content-Length: 100000000000000\r\n", ""), refused(413)},
  };
  cases.insert(cases.end(), others.begin(), others.end());
  return cases;
}

std::vector<Case> malformed_chunks() {
  std::vector<Case> cases;
  for (const char* chunk : {"-5\r\nhello\r\n",
                            "+5\r\nhello\r\n",
                            "0x5\r\nhello\r\n",
                            " 5\r\nhello\r\n",
                            "\r\n\r\n\r\n",
                            "g\r\nhello\r\n",
                            "5 hello\r\n",
                            "5\nhello\r\n",
                            "5\rhello\r\n",
                            "10000000000000000\r\nx\r\n",
                            "5;\x01\r\nhello\r\n"}) {
    cases.push_back({chunk, kPostHead + chunk, kPostTold + refused(400)});
  }
  // Read over line ends, the quote would hide the end of one request in another.
  cases.push_back({"a quote without an end",
                   kPostHead + "1;a=\"\r\nx\r\n0;\"\r\n\r\n",
                   kPostTold + "body x\nopen "});
  cases.push_back(
      {"a trailer without a colon", kPostHead + "0\r\nfoo\r\n\r\n", kPostTold + refused(400)});
  cases.push_back(
      {"a folded trailer", kPostHead + "0\r\nX: a\r\n b\r\n\r\n", kPostTold + refused(400)});
  cases.push_back({"too long a chunk",
                   kPostHead + "5\r\nhelloo\r\n0\r\n\r\n",
                   kPostTold + refused(400) + "hello"});
  cases.push_back(
      {"an enormous chunk", kPostHead + "ffffffffffffffff\r\nx", kPostTold + refused(413)});
  return cases;
}

void check(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    EXPECT_EQ(told_at_once(one.bytes), one.told) << one.name;
  }
}

TEST(RequestParser, ReadsWellFormedRequests) { check(well_formed()); }
TEST(RequestParser, RefusesMalformedHeads) { check(malformed_heads()); }

TEST(RequestParser, RefusesLengthsAndChunksThatAreNotExact) {
  check(malformed_framing());
  check(malformed_chunks());
}

TEST(RequestParser, TellsTheSameHoweverTheBytesAreCut) {
  std::mt19937 random(7);  // any fixed seed
  for (const auto& cases :
       {well_formed(), malformed_heads(), malformed_framing(), malformed_chunks()}) {
    for (const Case& one : cases) {
      const std::string told = told_at_once(one.bytes);
      EXPECT_EQ(told_about(one.bytes, {}, [] { return 1; }), told) << one.name;
      for (int run = 0; run < 20; ++run) {
        EXPECT_EQ(told_about(one.bytes, {}, [&] { return 1 + random() % 9; }), told) << one.name;
      }
    }
  }
}

TEST(RequestParser, KeepsItsLimits) {
  const ParserLimits limits{
      .header_bytes_max = 300, .header_fields_max = 4, .target_bytes_max = 64, .body_bytes_max = 8};
  const std::string long_target = "GET /" + std::string(64, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n";
  const std::string endless_line = "GET /" + std::string(5000, 'a');
  const std::vector<Case> cases = {
      {"a target", long_target, refused(414)},
      {"a line without an end", endless_line, refused(414)},
      {"bytes", get_with("Host: a\r\nX: " + std::string(300, 'x') + "\r\n"), refused(431)},
      {"fields", get_with("Host: a\r\nB: b\r\nC: c\r\nD: d\r\nE: e\r\n"), refused(431)},
      {"as many fields as may be",
       get_with("Host: a\r\nB: b\r\nC: c\r\nD: d\r\n"),
       "GET /\n Host=a\n B=b\n C=c\n D=d\nbody \nopen "},
      {"a length", post_with("Content-Length: 9\r\n", ""), refused(413)},
      {"chunks", kPostHead + "8\r\n12345678\r\n1\r\n", kPostTold + refused(413) + "12345678"},
      {"as much body as may be",
       kPostHead + "8\r\n12345678\r\n0\r\n\r\n",
       kPostTold + "body 12345678\nopen "},
      {"an extension", kPostHead + "1;" + std::string(400, 'x'), kPostTold + refused(431)},
      {"trailers",
       kPostHead + "0\r\nX: " + std::string(400, 'x') + "\r\n\r\n",
       kPostTold + refused(431)},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(told_at_once(one.bytes, limits), one.told) << one.name;
    EXPECT_EQ(told_about(one.bytes, limits, [] { return 1; }), one.told) << one.name;
  }
}

TEST(RequestParser, TellsTheSameAtEachEdgeHoweverTheBytesAreCut) {
  const ParserLimits limits{
      .header_bytes_max = 300, .header_fields_max = 4, .target_bytes_max = 64};
  const auto check_cuts = [&](const std::string& bytes) {
    const std::string told = told_at_once(bytes, limits);
    for (std::size_t cut : {1, 2, 7, 64}) {
      EXPECT_EQ(told_about(bytes, limits, [&] { return cut; }), told) << bytes;
    }
    return told;
  };
  std::set<std::string> told;
  for (std::size_t size = 50; size < 120; ++size) {
    const std::string letters(size, 'a');
    told.insert(check_cuts("GET /" + letters + " HTTP/1.1\r\nHost: a\r\n\r\n").substr(0, 12));
    check_cuts("GET /" + letters + "\t\r\nHost: a\r\n\r\n");
    check_cuts("\r\n" + letters + "\r\n");
  }
  for (std::size_t size = 230; size < 310; ++size) {
    const std::string field = "X: " + std::string(size, 'x') + "\r\n";
    told.insert(check_cuts(get_with("Host: a\r\n" + field)).substr(0, 12));
    check_cuts(get_with(field));
  }
  EXPECT_GE(told.size(), 4U) << "some are taken and some refused, by either limit";
}

TEST(RequestParser, LetsTheCallerLowerTheLimitOfOneBody) {
  RequestParser parser({});
  const std::string bytes = post_with("Content-Length: 5\r\n", "hello");
  const auto step = parser.feed(bytes);
  ASSERT_EQ(step.event, RequestParser::Event::kHead);
  EXPECT_TRUE(parser.limit_body(5));
  EXPECT_FALSE(parser.limit_body(4));
}

TEST(RequestParser, TakesNothingOfTheNextRequest) {
  RequestParser parser({});
  const std::string first = get_with(kHost);
  const auto step = parser.feed(first + "rest");
  EXPECT_EQ(step.event, RequestParser::Event::kHead);
  EXPECT_EQ(step.consumed, first.size());
  EXPECT_EQ(parser.feed("rest").event, RequestParser::Event::kComplete);
  EXPECT_EQ(parser.feed("rest").consumed, 0U);
}

TEST(RequestParser, KnowsWhenNothingHasCome) {
  RequestParser parser({});
  EXPECT_TRUE(parser.is_between_requests());
  parser.feed("G");
  EXPECT_FALSE(parser.is_between_requests());
}

}  // namespace
}  // namespace stet::http
