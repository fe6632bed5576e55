// Answers that are made as they are sent, and the end of a server.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "tests/api/http/loopback.h"

namespace stet::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(Stream, ArrivesPieceByPiece) {
  std::promise<Stream> started;
  TestServer server([&](Request, Responder responder) {
    Response head;
    head.headers.add("Content-Type", "text/event-stream");
    started.set_value(responder.start(std::move(head)));
  });
  Client client(server.port());
  client.send(get("/events") + get("/never"));
  const Stream stream = started.get_future().get();
  std::thread writer([stream] {
    for (int i = 0; i < 100; ++i) stream.write("data: " + std::to_string(i) + "\n\n");
    stream.write("");
    stream.finish();
    EXPECT_EQ(stream.write("late"), Stream::State::kGone);
  });
  const Received received = client.receive();
  writer.join();
  EXPECT_TRUE(received.is_whole);
  EXPECT_EQ(received.field("Content-Type"), "text/event-stream");
  EXPECT_TRUE(received.body.starts_with("data: 0\n\ndata: 1\n\n"));
  EXPECT_TRUE(received.body.ends_with("data: 99\n\n"));
}

TEST(Stream, HoldsItsWriterBack) {
  constexpr std::size_t kPiece = 300'000;
  constexpr int kPieces = 200;
  TestServer server(
      [&](Request, Responder responder) {
        const Stream stream = responder.start({}, kPiece * kPieces);
        for (int i = 0; i < kPieces; ++i) {
          while (stream.wait_for_room(seconds(10)) == Stream::State::kFull) continue;
          stream.write(std::string(kPiece, static_cast<char>('a' + i % 26)));
        }
        stream.finish();
      },
      {},
      false);
  Client client(server.port());
  client.send(get("/") + get("/"));
  for (int again = 0; again < 2; ++again) {
    const Received received = client.receive();
    EXPECT_EQ(received.body.size(), kPiece * kPieces);
    EXPECT_EQ(received.body.back(), static_cast<char>('a' + (kPieces - 1) % 26));
  }
}

TEST(Stream, WithoutAnEndIsCutSoThatTheClientKnows) {
  TestServer server([](Request request, Responder responder) {
    const Stream stream = request.path == "/short" ? responder.start({}, 10) : responder.start({});
    stream.write("half");
    if (request.path == "/abort") stream.abort();
    if (request.path == "/short") stream.finish();
    if (request.path == "/long") stream.write("more");
    // "/forgotten": the last copy goes without a word
  });
  for (const char* path : {"/abort", "/short", "/forgotten"}) {
    Client client(server.port());
    client.send(get(path));
    EXPECT_FALSE(client.receive().is_whole) << path;
    EXPECT_TRUE(client.is_closed()) << path;
  }
}

TEST(Stream, NeverSendsMoreThanItDeclared) {
  TestServer server([](Request, Responder responder) {
    const Stream stream = responder.start({}, 4);
    EXPECT_EQ(stream.write("12345"), Stream::State::kGone);
  });
  Client client(server.port());
  client.send(get("/"));
  EXPECT_EQ(client.receive().body, "");
}

TEST(Stream, LearnsThatItsClientHasLeft) {
  std::promise<void> gone;
  std::promise<Stream> started;
  TestServer server([&](Request, Responder responder) {
    const Stream stream = responder.start({});
    stream.when_gone([&] { gone.set_value(); });
    stream.write("hello");
    started.set_value(stream);
  });
  Client client(server.port());
  client.send(get("/"));
  const Stream stream = started.get_future().get();
  client.leave();
  gone.get_future().wait();
  EXPECT_EQ(stream.write("x"), Stream::State::kGone);
}

TEST(Stream, EndsWithTheConnectionForAnOldClient) {
  TestServer server([](Request, Responder responder) {
    const Stream stream = responder.start({});
    stream.write("a");
    stream.write("b");
    stream.finish();
  });
  Client client(server.port());
  client.send("GET / HTTP/1.0\r\n\r\n");
  const Received received = client.receive();
  EXPECT_EQ(received.body, "ab");
  EXPECT_EQ(received.field("Transfer-Encoding"), "");
}

TEST(Stream, HasNoBodyForHead) {
  TestServer server([](Request, Responder responder) {
    const Stream stream = responder.start({});
    EXPECT_EQ(stream.write("body"), Stream::State::kGone);
    stream.finish();
  });
  Client client(server.port());
  client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\nHEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.receive(true).status, 200);
  EXPECT_EQ(client.receive(true).status, 200);
}

TEST(Drain, LetsRequestsInFlightFinish) {
  std::promise<Responder> asked;
  TestServer server([&](Request request, Responder responder) {
    if (request.path == "/busy") return asked.set_value(std::move(responder));
    responder.send(Response::text(200, "idle from here on"));
  });
  Client busy(server.port()), idle(server.port());
  idle.send(get("/"));
  EXPECT_EQ(idle.receive().status, 200);
  busy.send(get("/busy"));
  const Responder responder = asked.get_future().get();
  auto drained = std::async(std::launch::async, [&] { return server.server->drain(seconds(10)); });
  EXPECT_EQ(idle.receive_all(), "");
  EXPECT_TRUE(idle.is_closed());
  responder.send(Response::text(200, "in time"));
  const Received received = busy.receive();
  EXPECT_EQ(received.body, "in time");
  EXPECT_EQ(received.field("Connection"), "close");
  busy.leave();
  EXPECT_TRUE(drained.get());
  Client late(server.port());
  late.send(get("/"));
  const std::string all = late.receive_all();
  EXPECT_TRUE(all.empty() || all.starts_with("HTTP/1.1 503 ")) << all;
}

TEST(Drain, GivesUpWhenItsPatienceEnds) {
  std::promise<Responder> asked;
  TestServer server([&](Request, Responder responder) { asked.set_value(std::move(responder)); });
  Client busy(server.port());
  busy.send(get("/"));
  const Responder responder = asked.get_future().get();
  EXPECT_FALSE(server.server->drain(milliseconds(20)));
  server.server->stop();
  EXPECT_FALSE(responder.send(Response::text(200, "too late")));
  EXPECT_EQ(busy.receive_all(), "");
}

TEST(Stop, LetsGoOfAWorkerThatWaitsForRoom) {
  std::promise<void> full;
  std::atomic<bool> is_let_go = false;
  TestServer server(
      [&](Request, Responder responder) {
        const Stream stream = responder.start({});
        while (stream.write(std::string(1'000'000, 'x')) == Stream::State::kRoom) continue;
        full.set_value();
        while (stream.wait_for_room(seconds(10)) != Stream::State::kGone) {
          stream.write(std::string(1'000'000, 'x'));
        }
        is_let_go = true;
      },
      {},
      false);
  Client client(server.port());
  client.send(get("/"));
  full.get_future().wait();
  server.server->stop();
  server.server->stop();
  EXPECT_TRUE(is_let_go);
}

TEST(Server, LivesBesideAnotherOne) {
  const auto say = [](const char* what) {
    return [what](Request, Responder responder) { responder.send(Response::text(200, what)); };
  };
  TestServer one(say("one")), other(say("other"));
  Client to_one(one.port()), to_other(other.port());
  to_one.send(get("/"));
  to_other.send(get("/"));
  EXPECT_EQ(to_one.receive().body, "one");
  EXPECT_EQ(to_other.receive().body, "other");
  one.server->stop();
  to_other.send(get("/"));
  EXPECT_EQ(to_other.receive().body, "other");
}

}  // namespace
}  // namespace stet::http
