// One who listens to the stream of events over a real socket.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/api/http/loopback.h"
#include "tests/api/routes/world.h"

namespace stet::api {

// One who listens; events come as they are told.
class Listener {
 public:
  Listener(World& world, std::uint16_t port, const std::string& more = "")
      : Listener(port, "Authorization: Bearer " + world.token("content:read") + "\r\n" + more) {}
  Listener(std::uint16_t port, const std::string& headers) : client_(port) {
    client_.send(http::get("/api/v1/events", "Accept: text/event-stream\r\n" + headers));
  }
  // All that has come until this text has, which it must.
  std::string until(const std::string& text) {
    std::string all;
    while (all.find(text) == std::string::npos && !client_.is_closed()) {
      all += client_.receive_bytes(1);
    }
    EXPECT_THAT(all, ::testing::HasSubstr(text));
    return all;
  }
  // What comes before the stream ends.
  std::string until_end() {
    std::string all;
    while (!client_.is_closed() && !all.ends_with("\r\n0\r\n\r\n")) {
      all += client_.receive_bytes(1);
    }
    return all;
  }

 private:
  http::Client client_;
};

}  // namespace stet::api
