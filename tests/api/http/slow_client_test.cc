// Clients that take their time, with short timeouts; the tests wait for the server to close.
#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "tests/api/http/loopback.h"

namespace stet::http {
namespace {

using std::chrono::milliseconds;

void answer(Request, Responder responder) { responder.send(Response::text(200, "ok")); }

TEST(SlowClient, IsToldSoInTheMiddleOfAHead) {
  TestServer server(answer, {.timeouts = {.header = milliseconds(60)}});
  Client client(server.port());
  client.send("GET / HTTP/1.1\r\nHos");
  const Received received = client.receive();
  EXPECT_EQ(received.status, 408);
  EXPECT_EQ(client.receive_all(), "");
  EXPECT_TRUE(client.is_closed());
}

TEST(SlowClient, IsToldSoInTheMiddleOfABody) {
  TestServer server(answer, {.timeouts = {.body = milliseconds(60)}});
  Client client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
  EXPECT_EQ(client.receive().status, 408);
}

TEST(SlowClient, CannotBuyTimeWithSingleBytesOfABody) {
  ServerOptions options;
  options.timeouts.body = milliseconds(60);
  options.timeouts.linger = milliseconds(60);
  options.limits.body_bytes_per_second_min = 1'000'000'000;  // nobody is that fast
  TestServer server(answer, options);
  Client client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n");
  std::size_t sent = 0;
  while (sent < 100'000'000 && client.send("x")) ++sent;
  EXPECT_LT(sent, 100'000'000U);
}

TEST(SlowClient, IsLetGoWithoutAWordBetweenRequests) {
  TestServer server(answer, {.timeouts = {.idle = milliseconds(60)}});
  Client client(server.port());
  client.send(get("/"));
  EXPECT_EQ(client.receive().status, 200);
  EXPECT_EQ(client.receive_all(), "");
  EXPECT_TRUE(client.is_closed());
}

TEST(SlowClient, IsLetGoWithoutAWordWhenItNeverAsked) {
  TestServer server(answer, {.timeouts = {.header = milliseconds(60)}});
  Client client(server.port());
  EXPECT_EQ(client.receive_all(), "");
  EXPECT_TRUE(client.is_closed());
}

// What a log is told: "GET /a 200", and how it was cut.
struct Logged {
  Log log() {
    return [this](const LogRecord& record) {
      cut = record.cut;
      text.set_value(std::string(record.method) + " " + std::string(record.target) + " " +
                     std::to_string(record.status));
    };
  }

  std::promise<std::string> text;
  Cut cut = Cut::kNot;
};

TEST(SlowClient, IsCutWhenItDoesNotTakeItsAnswer) {
  std::atomic<bool> is_gone = false;
  Logged logged;
  TestServer server(
      [&](Request, Responder responder) {
        const Stream stream = responder.start({});
        stream.when_gone([&] {
          is_gone = true;
          is_gone.notify_all();
        });
        while (stream.wait_for_room(std::chrono::seconds(10)) == Stream::State::kRoom) {
          stream.write(std::string(1'000'000, 'x'));
        }
      },
      {.timeouts = {.write = milliseconds(100)}},
      false,
      logged.log());
  Client client(server.port());
  client.send(get("/a"));
  is_gone.wait(false);
  EXPECT_TRUE(is_gone);
  EXPECT_EQ(logged.text.get_future().get(), "GET /a 200");
  EXPECT_EQ(logged.cut, Cut::kReaderSlow);
}

TEST(SlowClient, IsLoggedWhenItLeavesBeforeItsAnswerOrInIt) {
  for (bool has_begun : {false, true}) {
    std::promise<void> asked, over;
    Logged logged;
    {
      TestServer server(
          [&](Request, Responder responder) {
            std::optional<Stream> stream;
            if (has_begun) stream = responder.start({});
            asked.set_value();
            over.get_future().wait();
          },
          {},
          false,
          logged.log());
      {
        Client client(server.port());
        client.send(get("/a"));
        asked.get_future().wait();
        if (has_begun) client.receive_bytes(12);
        client.leave_rudely();
      }
      EXPECT_EQ(logged.text.get_future().get(), has_begun ? "GET /a 200" : "GET /a 499");
      EXPECT_EQ(logged.cut, Cut::kReaderLeft);
      over.set_value();
    }
  }
}

TEST(SlowClient, DoesNotDisturbOthers) {
  TestServer server(answer);
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 200; ++i) {
    slow.push_back(std::make_unique<Client>(server.port()));
    slow.back()->send("GET / HTTP/1.1\r\nHos");
  }
  Client client(server.port());
  client.send(get("/"));
  EXPECT_EQ(client.receive().status, 200);
  slow[7]->send("t: a\r\n\r\n");
  EXPECT_EQ(slow[7]->receive().status, 200);
}

TEST(SlowClient, MayLeaveAtAnyPoint) {
  TestServer server(answer, {.timeouts = {.linger = milliseconds(60)}});
  const std::string whole = post("/", "hello");
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    Client client(server.port());
    client.send(std::string_view(whole).substr(0, cut));
    if (cut % 2 == 0) client.leave_rudely();
  }
  Client client(server.port());
  client.send(get("/"));
  EXPECT_EQ(client.receive().status, 200);
}

}  // namespace
}  // namespace stet::http
