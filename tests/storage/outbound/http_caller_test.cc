// Calls over real sockets, to a server of the test's own on loopback.

#include "storage/outbound/http_caller.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/api/http/loopback.h"

namespace stet::storage {
namespace {

using ::testing::HasSubstr;

AddressFilter loopback() { return AddressFilter({*Network::parse("127.0.0.0/8")}); }

std::unique_ptr<HttpCaller> open(AddressFilter filter, CallLimits limits = {}) {
  auto caller = HttpCaller::open(std::move(filter), limits, "stet/test");
  EXPECT_TRUE(caller);
  return std::move(*caller);
}

std::string url_of(const http::TestServer& server, const std::string& path = "/") {
  return "http://127.0.0.1:" + std::to_string(server.port()) + path;
}

HttpAnswer call(HttpCaller& caller, HttpCall call) {
  EXPECT_TRUE(caller.start(1, std::move(call)));
  for (int i = 0; i < 100; ++i) {
    auto answers = caller.wait(1000);
    if (!answers.empty()) return answers.front().second;
  }
  ADD_FAILURE() << "no answer";
  return {};
}

TEST(HttpCaller, PostsBodyAndHeadersAndTellsTheAnswer) {
  std::string seen;
  http::TestServer server([&](http::Request request, http::Responder responder) {
    seen = request.method + " " + request.path + " " + *request.body.read(1000) + " " +
           std::string(request.header("X-A").value_or("")) + " " +
           std::string(request.header("User-Agent").value_or("")) + " " +
           std::string(request.header("Expect").value_or("-"));
    responder.send(http::Response::text(202, "taken"));
  });
  auto caller = open(loopback());
  HttpAnswer answer = call(*caller, {url_of(server, "/x"), {{"X-A", "b"}}, "{\"a\": 1}"});
  EXPECT_EQ(answer.status, 202);
  EXPECT_EQ(answer.beginning, "taken");
  EXPECT_EQ(answer.failure, "");
  EXPECT_EQ(seen, "POST /x {\"a\": 1} b stet/test -");
}

TEST(HttpCaller, PutsGetsAndDeletes) {
  std::vector<std::string> seen;
  http::TestServer server([&](http::Request request, http::Responder responder) {
    seen.push_back(request.method + " " + *request.body.read(1000) + " " +
                   std::string(request.header("Content-Length").value_or("-")));
    responder.send(http::Response::text(200, ""));
  });
  auto caller = open(loopback());
  for (const char* method : {"PUT", "DELETE", "GET"}) {
    EXPECT_EQ(call(*caller, {url_of(server), {}, "body", method}).status, 200) << method;
  }
  EXPECT_EQ(call(*caller, {url_of(server), {}, "", "PUT"}).status, 200);
  EXPECT_THAT(seen, ::testing::ElementsAre("PUT body 4", "DELETE  -", "GET  -", "PUT  0"));
}

TEST(HttpCaller, CallsNobodyWhomTheFilterRefuses) {
  bool is_called = false;
  http::TestServer server([&](http::Request, http::Responder responder) {
    is_called = true;
    responder.send(http::Response::text(200, ""));
  });
  auto caller = open(AddressFilter());
  std::string port = std::to_string(server.port());
  for (const std::string& host : {std::string("127.0.0.1"),
                                  std::string("localhost"),
                                  std::string("2130706433"),
                                  std::string("[::ffff:127.0.0.1]")}) {
    HttpAnswer answer = call(*caller, {"http://" + host + ":" + port + "/", {}, "x"});
    EXPECT_EQ(answer.status, 0) << host;
    EXPECT_TRUE(answer.is_refused) << host;
    EXPECT_THAT(answer.failure, HasSubstr("of no public network")) << host;
  }
  EXPECT_FALSE(is_called);
}

TEST(HttpCaller, FollowsNoRedirect) {
  int calls = 0;
  http::TestServer server([&](http::Request request, http::Responder responder) {
    ++calls;
    http::Response response = http::Response::text(302, "");
    response.headers.add("Location", request.path == "/" ? "/next" : "/");
    responder.send(std::move(response));
  });
  auto caller = open(loopback());
  EXPECT_EQ(call(*caller, {url_of(server), {}, ""}).status, 302);
  EXPECT_EQ(calls, 1);
}

TEST(HttpCaller, KeepsTheBeginningOfALongAnswerAndReadsNoEnd) {
  http::TestServer server([](http::Request, http::Responder responder) {
    responder.send(http::Response::text(200, std::string(1 << 20, 'a')));
  });
  auto caller = open(loopback(), {.answer_bytes_kept = 10, .answer_bytes_max = 1000});
  HttpAnswer answer = call(*caller, {url_of(server), {}, ""});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.beginning, "aaaaaaaaaa");
  EXPECT_THAT(answer.failure, HasSubstr("more than 1000 bytes"));
}

TEST(HttpCaller, TellsWhenToComeBack) {
  http::TestServer server([](http::Request, http::Responder responder) {
    http::Response response = http::Response::text(429, "");
    response.headers.add("Retry-After", "120");
    responder.send(std::move(response));
  });
  auto caller = open(loopback());
  EXPECT_EQ(call(*caller, {url_of(server), {}, ""}).retry_after_seconds, 120);
}

TEST(HttpCaller, OneThatDoesNotAnswerHoldsUpNoOther) {
  std::vector<http::Responder> waiting;
  http::TestServer server([&](http::Request request, http::Responder responder) {
    if (request.path == "/slow") return waiting.push_back(std::move(responder));
    responder.send(http::Response::text(200, ""));
  });
  auto caller = open(loopback(), {.total_ms_max = 300});
  ASSERT_TRUE(caller->start(1, {url_of(server, "/slow"), {}, ""}));
  ASSERT_TRUE(caller->start(2, {url_of(server, "/quick"), {}, ""}));
  std::vector<std::pair<std::uint64_t, HttpAnswer>> all;
  while (all.size() < 2) {
    for (auto& answer : caller->wait(1000)) all.push_back(std::move(answer));
  }
  EXPECT_EQ(all[0].first, 2u);
  EXPECT_EQ(all[0].second.status, 200);
  EXPECT_EQ(all[1].first, 1u);
  EXPECT_EQ(all[1].second.status, 0);
  EXPECT_THAT(all[1].second.failure, HasSubstr("imed out"));
  EXPECT_EQ(caller->under_way(), 0u);
}

TEST(HttpCaller, SaysWhetherAnAnswerThatTookTooLongHasBegun) {
  std::vector<http::Responder> waiting;
  std::vector<http::Stream> begun;
  http::TestServer server([&](const http::Request& request, http::Responder responder) {
    if (request.path == "/slow") return waiting.push_back(std::move(responder));
    begun.push_back(responder.start(http::Response::text(200, ""), 10));
    begun.back().write("some");
  });
  auto caller = open(loopback(), {.total_ms_max = 300});
  EXPECT_FALSE(call(*caller, {url_of(server, "/slow"), {}, ""}).has_begun);
  HttpAnswer answer = call(*caller, {url_of(server, "/begun"), {}, ""});
  EXPECT_TRUE(answer.has_begun);
  EXPECT_EQ(answer.status, 0);
}

TEST(HttpCaller, SaysThatNobodyListens) {
  std::uint16_t port = 0;
  {
    http::TestServer server([](http::Request, http::Responder) {});
    port = server.port();
  }
  auto caller = open(loopback());
  HttpAnswer answer = call(*caller, {"http://127.0.0.1:" + std::to_string(port) + "/", {}, ""});
  EXPECT_EQ(answer.status, 0);
  EXPECT_FALSE(answer.is_refused);
  EXPECT_NE(answer.failure, "");
}

TEST(HttpCaller, IsWokenByAnotherThread) {
  auto caller = open(loopback());
  std::thread other([&] { caller->wake(); });
  EXPECT_TRUE(caller->wait(60'000).empty());
  other.join();
}

}  // namespace
}  // namespace stet::storage
