// Clients that take their time, with short timeouts; the tests wait for the server to close.
#include <gtest/gtest.h>

#include <atomic>

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

TEST(SlowClient, IsCutWhenItDoesNotTakeItsAnswer) {
  std::atomic<bool> is_gone = false;
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
      false);
  Client client(server.port());
  client.send(get("/"));
  is_gone.wait(false);
  EXPECT_TRUE(is_gone);
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
