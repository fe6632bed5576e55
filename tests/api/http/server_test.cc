// Requests and answers over real sockets.
#include "api/http/server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "tests/api/http/loopback.h"

namespace stet::http {
namespace {

using namespace std::string_literals;

void echo(Request request, Responder responder) {
  std::string text = request.method + " " + request.path;
  for (const auto& [name, value] : request.query) text += " " + name + "=" + value;
  if (!request.body.empty()) text += " [" + *request.body.read(1 << 20) + "]";
  responder.send(Response::text(200, text));
}

TEST(Server, AnswersAndKeepsTheConnection) {
  TestServer server(echo);
  Client client(server.port());
  for (int i = 0; i < 3; ++i) {
    client.send(get("/a%20b?c=d+e"));
    const Received received = client.receive();
    EXPECT_EQ(received.status, 200);
    EXPECT_EQ(received.body, "GET /a b c=d e");
    EXPECT_EQ(received.field("Date").size(), 29U);
    EXPECT_EQ(received.field("Connection"), "");
  }
}

TEST(Server, AnswersPipelinedRequestsInTheirOrder) {
  for (const bool is_quick : {true, false}) {
    TestServer server(echo, {}, is_quick);
    Client client(server.port());
    std::string all;
    for (int i = 0; i < 200; ++i) all += get("/" + std::to_string(i)) + post("/p", "x");
    client.send(all);
    for (int i = 0; i < 200; ++i) {
      ASSERT_EQ(client.receive().body, "GET /" + std::to_string(i));
      ASSERT_EQ(client.receive().body, "POST /p [x]");
    }
  }
}

TEST(Server, RefusesOnceAndCloses) {
  TestServer server(echo);
  const std::pair<std::string, int> kCases[] = {
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nfoo\r\n\r\n" + get("/"), 400},
      {"GET / HTTP/1.1\nHost: a\n\n", 400},
      {"\x16\x03\x01\x02", 400},
      {get("/%zz"), 400},
      {get("/%00"), 400},
      {get("x"), 400},
      {"GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
      {get("/" + std::string(500'000, 'a')), 414},
      {get("/", std::string(50'000, 'a') + ": b\r\n"), 431},
      {post("/", "", "Transfer-Encoding: chunked\r\n"), 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n", 413},
      {get("/", "Expect: tea\r\n"), 417},
  };
  for (const auto& [bytes, status] : kCases) {
    Client client(server.port());
    client.send(bytes);
    const Received received = client.receive();
    EXPECT_EQ(received.status, status) << bytes.substr(0, 80);
    EXPECT_EQ(received.field("Connection"), "close");
    EXPECT_EQ(client.receive_all(), "");
    EXPECT_TRUE(client.is_closed());
  }
}

TEST(Server, KeepsTheConnectionAfterAMethodThatItDoesNotKnow) {
  TestServer server(echo);
  Client client(server.port());
  client.send("PROPFIND / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nxx" + get("/a"));
  EXPECT_EQ(client.receive().status, 501);
  EXPECT_EQ(client.receive().body, "GET /a");
}

TEST(Server, SendsTheHeadersOfGetForHead) {
  TestServer server(echo);
  Client client(server.port());
  client.send("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n" + get("/next"));
  const Received received = client.receive(true);
  EXPECT_EQ(received.field("Content-Length"), std::to_string("HEAD /abc"s.size()));
  EXPECT_EQ(client.receive().body, "GET /next");
}

TEST(Server, ClosesWhenAskedTo) {
  TestServer server(echo);
  for (const std::string& bytes : {get("/", "Connection: close\r\n"), "GET / HTTP/1.0\r\n\r\n"s}) {
    Client client(server.port());
    client.send(bytes);
    EXPECT_EQ(client.receive().status, 200);
    client.receive_all();
    EXPECT_TRUE(client.is_closed());
  }
}

TEST(Server, KeepsAnOldConnectionThatAsksForIt) {
  TestServer server(echo);
  Client client(server.port());
  for (int i = 0; i < 2; ++i) {
    client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    const Received received = client.receive();
    EXPECT_EQ(received.body, "GET /a");
    EXPECT_EQ(received.field("Connection"), "keep-alive");
  }
}

TEST(Server, AsksForTheBodyThatAClientHoldsBack) {
  TestServer server(echo);
  Client client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.receive().status, 100);
  client.send("ok");
  EXPECT_EQ(client.receive().body, "POST / [ok]");
}

TEST(Server, RefusesBeforeTheBodyIsSent) {
  TestServer server(echo);
  server.handler.early = [](const Request& head) -> std::optional<Response> {
    if (head.header("Authorization")) return std::nullopt;
    return Response::problem(401, "Who are you?");
  };
  Client client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.receive().status, 401);
  EXPECT_EQ(client.receive_all(), "");

  Client known(server.port());
  known.send(post("/", "hi", "Authorization: x\r\n"));
  EXPECT_EQ(known.receive().body, "POST / [hi]");
}

TEST(Server, HoldsEachRequestToItsOwnBodyLimit) {
  TestServer server(echo);
  server.handler.body_max = 4;
  Client fits(server.port());
  fits.send(post("/", "1234"));
  EXPECT_EQ(fits.receive().status, 200);
  Client declared(server.port());
  declared.send(post("/", "12345"));
  EXPECT_EQ(declared.receive().status, 413);
  Client chunked(server.port());
  chunked.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345");
  EXPECT_EQ(chunked.receive().status, 413);
}

TEST(Server, PutsALargeBodyIntoAFile) {
  ServerOptions options;
  options.limits.body_memory_bytes_max = 1000;
  options.temporary_folder = testing::TempDir();
  TestServer server(
      [](Request request, Responder responder) {
        const bool is_right = *request.body.read(UINT64_MAX) == std::string(3'000'000, 'x');
        responder.send(Response::text(200,
                                      request.body.is_in_memory() ? "memory"
                                      : is_right                  ? "file"
                                                                  : "wrong"));
      },
      options,
      false);
  Client client(server.port());
  client.send(post("/", std::string(3'000'000, 'x')) + post("/", "small"));
  EXPECT_EQ(client.receive().body, "file");
  EXPECT_EQ(client.receive().body, "memory");
}

TEST(Server, SaysSoWhenThereIsNoRoomForABody) {
  ServerOptions options;
  options.limits.body_memory_bytes_max = 10;
  options.temporary_folder = "/nowhere/at/all";
  TestServer server(echo, options);
  Client client(server.port());
  client.send(post("/", std::string(100, 'x')));
  EXPECT_EQ(client.receive().status, 507);
}

TEST(Server, SendsLargeAnswersWhole) {
  const auto shared = std::make_shared<const std::string>(20'000'000, 's');
  const std::string path = testing::TempDir() + "/large_answer";
  FILE* file = std::fopen(path.c_str(), "wb");
  ASSERT_NE(file, nullptr);
  std::fwrite(shared->data(), 1, shared->size(), file);
  std::fclose(file);
  TestServer server([&](Request request, Responder responder) {
    Response response;
    if (request.path == "/shared") response.body = shared;
    if (request.path == "/own") response.body = std::string(5'000'000, 'o');
    if (request.path == "/file") {
      response.body = FileRange{*OpenFile::open(path), 1000, 10'000'000};
    }
    responder.send(std::move(response));
  });
  Client client(server.port());
  client.send(get("/shared") + get("/own") + get("/file") + get("/empty"));
  EXPECT_EQ(client.receive().body, *shared);
  EXPECT_EQ(client.receive().body, std::string(5'000'000, 'o'));
  EXPECT_EQ(client.receive().body, std::string(10'000'000, 's'));
  EXPECT_EQ(client.receive().body, "");
}

TEST(Server, HidesWhatAHandlerThrows) {
  std::mutex mutex;
  std::vector<std::string> faults;
  for (const bool is_quick : {true, false}) {
    TestServer server(
        [](Request request, Responder) {
          if (request.path == "/int") throw 7;
          if (request.path == "/error") throw std::runtime_error("secret");
        },
        {},
        is_quick,
        [&](const LogRecord& record) {
          const std::lock_guard lock(mutex);
          if (!record.fault.empty() && record.method.empty()) faults.emplace_back(record.fault);
        });
    Client client(server.port());
    for (const char* path : {"/int", "/error", "/silent"}) {
      client.send(get(path));
      const Received received = client.receive();
      EXPECT_EQ(received.status, 500) << path;
      EXPECT_EQ(received.body.find("secret"), std::string::npos);
    }
    server.server->stop();
  }
  EXPECT_EQ(std::count(faults.begin(), faults.end(), "secret"), 2);
}

TEST(Server, TakesTheFirstAnswerAlone) {
  std::promise<std::pair<bool, bool>> sent;
  TestServer server([&](Request, Responder responder) {
    const bool first = responder.send(Response::text(200, "first"));
    const bool second = responder.send(Response::text(200, "second"));
    sent.set_value({first, second});
  });
  Client client(server.port());
  client.send(get("/"));
  EXPECT_EQ(client.receive().body, "first");
  EXPECT_EQ(sent.get_future().get(), std::pair(true, false));
}

TEST(Server, DropsAnswersToThoseWhoLeft) {
  std::mutex mutex;
  std::vector<Responder> held;
  std::atomic<int> asked = 0;
  TestServer server([&](Request request, Responder responder) {
    if (request.path == "/hold") {
      const std::lock_guard lock(mutex);
      held.push_back(responder);
      ++asked;
      asked.notify_all();
    } else {
      responder.send(Response::text(200, "fresh"));
    }
  });
  for (int round = 0; round < 20; ++round) {
    const int before = asked;
    Client leaver(server.port());
    leaver.send(get("/hold"));
    asked.wait(before);
    if (round % 2 == 0) leaver.leave_rudely();
    leaver.leave();
    Client newcomer(server.port());  // likely on the same descriptor
    std::thread late([&] {
      const std::lock_guard lock(mutex);
      for (const Responder& responder : held) responder.send(Response::text(200, "stale"));
      held.clear();
    });
    newcomer.send(get("/"));
    EXPECT_EQ(newcomer.receive().body, "fresh");
    late.join();
  }
}

TEST(Server, AnswersAClientThatHasStoppedSending) {
  TestServer server(echo, {}, false);
  Client client(server.port());
  client.send(get("/a"));
  client.shut_down_sending();
  EXPECT_EQ(client.receive().body, "GET /a");
  EXPECT_EQ(client.receive_all(), "");
  EXPECT_TRUE(client.is_closed());
}

TEST(Server, TurnsAwayWhatItsWorkersCannotTake) {
  ServerOptions options;
  options.threads = 1;
  options.workers = 1;
  options.worker_queue_max = 1;
  std::promise<void> go, begun, queued;
  const std::shared_future<void> gate = go.get_future().share();
  TestServer server(
      [&](Request request, Responder responder) {
        if (request.path == "/working") {
          begun.set_value();
          gate.wait();
        }
        responder.send(Response::text(200, request.path));
      },
      options,
      false);
  // Called on the one reactor thread, which queues this request before it looks at another.
  server.handler.early = [&](const Request& head) -> std::optional<Response> {
    if (head.path == "/waiting") queued.set_value();
    return std::nullopt;
  };
  Client working(server.port()), waiting(server.port()), refused(server.port());
  working.send(get("/working"));
  begun.get_future().wait();
  waiting.send(post("/waiting", "x"));
  queued.get_future().wait();
  refused.send(get("/refused"));
  const Received busy = refused.receive();
  EXPECT_EQ(busy.status, 503);
  EXPECT_EQ(busy.field("Retry-After"), "1");
  go.set_value();
  EXPECT_EQ(working.receive().body, "/working");
  EXPECT_EQ(waiting.receive().body, "/waiting");
  refused.send(get("/again"));
  EXPECT_EQ(refused.receive().body, "/again");
}

TEST(Server, BelievesTrustedProxiesAlone) {
  const auto who = [](Request request, Responder responder) {
    responder.send(Response::text(200, request.peer_address + " " + request.scheme));
  };
  const std::string fields =
      "X-Forwarded-For: 6.6.6.6, 203.0.113.9\r\nX-Forwarded-Proto: https\r\n";
  {
    TestServer server(who);
    Client client(server.port());
    client.send(get("/", fields));
    EXPECT_EQ(client.receive().body, "127.0.0.1 http");
  }
  ServerOptions options;
  options.trusted_proxies = {*Network::parse("127.0.0.1")};
  TestServer server(who, options);
  Client client(server.port());
  client.send(get("/", fields));
  EXPECT_EQ(client.receive().body, "203.0.113.9 https");
  client.send(get("/", "X-Forwarded-For: 198.51.100.1, 127.0.0.1\r\n"));
  EXPECT_EQ(client.receive().body, "198.51.100.1 http");
  for (const auto& [list, said] : std::vector<std::pair<std::string, std::string>>{
           {"::ffff:203.0.113.9", "203.0.113.9 http"},
           {"203.0.113.9:4711, ::ffff:127.0.0.1", "203.0.113.9 http"},
           {"[2001:db8::9]:443", "2001:db8::9 http"},
           {"2001:0db8:0:0::9", "2001:db8::9 http"},
           {"6.6.6.6, unknown", "127.0.0.1 http"}}) {
    client.send(get("/", "X-Forwarded-For: " + list + "\r\n"));
    EXPECT_EQ(client.receive().body, said) << list;
  }
}

TEST(Server, BelievesTheFieldThatItsProxiesWriteAndNoOther) {
  ServerOptions options;
  options.trusted_proxies = {*Network::parse("127.0.0.1")};
  options.has_forwarded = true;
  TestServer server(
      [](Request request, Responder responder) {
        responder.send(Response::text(200, request.peer_address + " " + request.scheme));
      },
      options);
  Client client(server.port());
  for (const auto& [fields, said] : std::vector<std::pair<std::string, std::string>>{
           {"Forwarded: for=6.6.6.6, for=203.0.113.9;proto=https\r\n", "203.0.113.9 https"},
           {"Forwarded: for=6.6.6.6\r\nForwarded: for=198.51.100.1, for=127.0.0.1\r\n",
            "198.51.100.1 http"},
           {"Forwarded: for=6.6.6.6, for=unknown\r\n", "127.0.0.1 http"},
           {"Forwarded: for=6.6.6.6,\r\n", "127.0.0.1 http"},
           {"X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\n", "127.0.0.1 http"}}) {
    client.send(get("/", fields));
    EXPECT_EQ(client.receive().body, said) << fields;
  }
}

TEST(Server, CapsItsConnections) {
  ServerOptions options;
  options.limits.connections_max = 2;
  TestServer server(echo, options);
  Client first(server.port()), second(server.port());
  for (Client* client : {&first, &second}) {
    client->send(get("/"));
    EXPECT_EQ(client->receive().status, 200);
  }
  Client third(server.port());
  const std::string all = third.receive_all();
  EXPECT_TRUE(third.is_closed());
  EXPECT_TRUE(all.empty() || all.starts_with("HTTP/1.1 503 ")) << all;
}

TEST(Server, EndsAConnectionAfterItsLastRequest) {
  ServerOptions options;
  options.limits.requests_per_connection_max = 2;
  TestServer server(echo, options);
  Client client(server.port());
  client.send(get("/1") + get("/2") + get("/3"));
  EXPECT_EQ(client.receive().field("Connection"), "");
  EXPECT_EQ(client.receive().field("Connection"), "close");
  EXPECT_EQ(client.receive_all(), "");
}

TEST(Server, RefusesAddressesThatAreNoneAndPortsThatAreTaken) {
  TestServer server(echo);
  FunctionHandler handler(echo);
  SystemClock clock;
  EXPECT_EQ(Server::start({.address = "localhost"}, handler, clock, nullptr).error().code,
            ErrorCode::kInvalidInput);
  EXPECT_EQ(Server::start({.port = server.port()}, handler, clock, nullptr).error().code,
            ErrorCode::kUnavailable);
}

TEST(Server, ListensOnIpv6) {
  FunctionHandler handler(echo);
  SystemClock clock;
  const auto server = Server::start({.address = "::1"}, handler, clock, nullptr);
  if (!server) GTEST_SKIP() << "no IPv6 on this machine's loopback: " << server.error().message;
  EXPECT_NE((*server)->port(), 0);
}

TEST(Server, LogsWhatItAnswered) {
  std::promise<std::string> logged;
  TestServer server(echo, {.request_id_prefix = "p-"}, true, [&](const LogRecord& record) {
    logged.set_value(std::string(record.method) + " " + std::string(record.target) + " " +
                     std::string(record.peer_address) + " " + std::string(record.request_id) + " " +
                     std::to_string(record.status));
  });
  Client client(server.port());
  client.send(get("/a?b"));
  EXPECT_EQ(client.receive().field("X-Request-Id"), "p-1");
  EXPECT_EQ(logged.get_future().get(), "GET /a?b 127.0.0.1 p-1 200");
}

std::optional<Response> echo_at_once(const Request& request) {
  if (request.path == "/throw") throw std::runtime_error("secret");
  if (request.path.starts_with("/later")) return std::nullopt;
  return Response::text(200, "at once " + request.path);
}

// A port is known before a client is, so nobody asks before the handler is whole.
TEST(Server, AnswersAtOnceInTheOrderOfTheRequests) {
  TestServer server(echo, {}, false);
  server.handler.at_once = echo_at_once;
  Client client(server.port());
  std::string all;
  for (int i = 0; i < 100; ++i) {
    all += get("/now") + get("/later") + post("/now", "x") + get("/later%20too");
  }
  client.send(all + "HEAD /now HTTP/1.1\r\nHost: a\r\n\r\n");
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(client.receive().body, "at once /now");
    ASSERT_EQ(client.receive().body, "GET /later");
    ASSERT_EQ(client.receive().body, "POST /now [x]") << "what has a body is never answered so";
    ASSERT_EQ(client.receive().body, "GET /later too");
  }
  const Received head = client.receive(true);
  EXPECT_EQ(head.field("Content-Length"), "12");
  EXPECT_EQ(head.body, "");
}

TEST(Server, LogsWhatItAnsweredAtOnceAndWhatWasThrown) {
  std::mutex mutex;
  std::vector<std::string> lines;
  TestServer server(echo, {.request_id_prefix = "p-"}, false, [&](const LogRecord& record) {
    const std::lock_guard lock(mutex);
    lines.push_back(std::string(record.method) + " " + std::string(record.target) + " " +
                    std::string(record.peer_address) + " " + std::string(record.request_id) + " " +
                    std::to_string(record.status) + " " + std::string(record.fault));
  });
  server.handler.at_once = echo_at_once;
  Client client(server.port());
  for (const char* path : {"/a?b", "/later?c", "/throw", "/d"}) {
    client.send(get(path));
    const Received received = client.receive();
    EXPECT_EQ(received.status, path == "/throw"s ? 500 : 200);
    EXPECT_EQ(received.body.find("secret"), std::string::npos);
  }
  server.server->stop();
  EXPECT_EQ(
      lines,
      (std::vector<std::string>{"GET /a?b 127.0.0.1 p-1 200 ",
                                "GET /later?c 127.0.0.1 p-2 200 ",
                                "  "
                                " p-3 500 secret",
                                "GET /throw 127.0.0.1 p-3 500 the handler went without an answer",
                                "GET /d 127.0.0.1 p-4 200 "}));
}

}  // namespace
}  // namespace stet::http
