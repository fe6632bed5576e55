#include "api/git/backend_reply.h"

#include <gtest/gtest.h>

#include "api/http/exchange.h"

namespace stet::git {
namespace {

using WhenGone = BackendReply::WhenGone;

// What the reactor thread would send of an answer.
class Wire {
 public:
  http::Responder responder() { return http::Responder(http::Exchange::for_writers(exchange_)); }

  // "200 text/plain: bytes", with "|" for the end and "!" for a cut.
  std::string sent() {
    if (auto answer = exchange_->take_answer()) {
      text_ += std::to_string(answer->response.status) + " " +
               std::string(answer->response.headers.find("Content-Type").value_or("")) + ": ";
    }
    for (std::string piece;;) {
      switch (exchange_->take_piece(piece)) {
        case http::Exchange::Next::kPiece: text_ += piece; break;
        case http::Exchange::Next::kEnd: return text_ + "|";
        case http::Exchange::Next::kAborted: return text_ + "!";
        case http::Exchange::Next::kNothingYet: return text_;
      }
    }
  }
  void leave() { exchange_->client_has_gone(); }

 private:
  std::shared_ptr<http::Mailbox> mailbox_ = std::make_shared<http::Mailbox>();
  std::shared_ptr<http::Exchange> exchange_ = std::make_shared<http::Exchange>(mailbox_, 1, false);
  std::string text_;
};

constexpr std::string_view kReply =
    "Expires: Fri, 01 Jan 1980 00:00:00 GMT\r\nContent-Type: application/x-git\r\n\r\n0000bytes";

TEST(BackendReply, PassesHeadAndBytesOnHoweverTheyWereCut) {
  for (std::size_t cut = 1; cut < kReply.size(); ++cut) {
    Wire wire;
    BackendReply reply(wire.responder(), WhenGone::kStop);
    ASSERT_TRUE(reply.take(kReply.substr(0, cut)));
    ASSERT_TRUE(reply.take(kReply.substr(cut)));
    ASSERT_TRUE(reply.finish());
    EXPECT_EQ(wire.sent(), "200 application/x-git: 0000bytes|") << cut;
  }
}

TEST(BackendReply, HasTheStatusThatTheProgramGave) {
  Wire wire;
  BackendReply reply(wire.responder(), WhenGone::kStop);
  EXPECT_TRUE(reply.take("Status: 403 Forbidden\r\nContent-Type: text/plain\r\n\r\nno"));
  EXPECT_TRUE(reply.abort());
  EXPECT_EQ(wire.sent(), "403 text/plain: !");
}

TEST(BackendReply, WithoutAHeadThereIsNoAnswer) {
  for (std::string_view text : {std::string_view("Content-Type: text/plain\r\n"),
                                std::string_view("fatal no\r\n\r\n"),
                                std::string_view("Status: 99\r\n\r\n"),
                                std::string_view("Status: 20x\r\n\r\n"),
                                std::string_view(": x\r\n\r\n")}) {
    Wire wire;
    BackendReply reply(wire.responder(), WhenGone::kStop);
    reply.take(text);
    EXPECT_FALSE(reply.finish()) << text;
    EXPECT_EQ(wire.sent(), "");
  }
  Wire wire;
  BackendReply reply(wire.responder(), WhenGone::kStop);
  EXPECT_FALSE(reply.take(std::string(BackendReply::kHeadBytesMax + 1, 'x')));
  EXPECT_FALSE(reply.take("\r\n\r\n"));
}

TEST(BackendReply, AFetchEndsWithItsClientAndAPushDoesNot) {
  for (WhenGone when : {WhenGone::kStop, WhenGone::kGoOn}) {
    Wire wire;
    BackendReply reply(wire.responder(), when);
    ASSERT_TRUE(reply.take(kReply));
    wire.leave();
    EXPECT_EQ(reply.take("more"), when == WhenGone::kGoOn);
    EXPECT_EQ(reply.take("more"), when == WhenGone::kGoOn);
  }
}

}  // namespace
}  // namespace stet::git
