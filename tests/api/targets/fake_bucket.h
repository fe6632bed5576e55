// An S3 of the test's own on loopback: it keeps objects, counts requests, and answers as it is
// told.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "tests/api/http/loopback.h"

namespace stet::targets {

class FakeBucket {
 public:
  struct Answer {
    int status;
    std::string body = {};
    bool is_none = false;  // no answer ever comes
  };
  struct Object {
    std::string body, type, cache, redirect, host;
  };

  FakeBucket()
      : server_([this](http::Request request, http::Responder responder) {
          take(std::move(request), std::move(responder));
        }) {}

  std::string endpoint(const std::string& host = "127.0.0.1") const {
    return "http://" + host + ":" + std::to_string(server_.port());
  }

  // What the next requests are answered, one each; afterwards as S3 does.
  void answer(std::deque<Answer> answers) {
    std::lock_guard lock(mutex_);
    answers_ = std::move(answers);
  }
  std::vector<std::string> take_requests() {
    std::lock_guard lock(mutex_);
    return std::exchange(requests_, {});
  }
  std::map<std::string, Object> objects() {
    std::lock_guard lock(mutex_);
    return objects_;
  }

 private:
  void take(http::Request request, http::Responder responder) {
    auto header = [&](const char* name) { return std::string(request.header(name).value_or("")); };
    std::string body = *request.body.read(1 << 20);
    std::lock_guard lock(mutex_);
    requests_.push_back(request.method + " " + request.target);
    if (!answers_.empty()) {
      Answer next = answers_.front();
      answers_.pop_front();
      if (next.is_none) {
        held_.push_back(std::move(responder));
      } else {
        responder.send(http::Response::text(next.status, next.body));
      }
      return;
    }
    if (request.method == "PUT") {
      objects_[request.target] = {std::move(body),
                                  header("Content-Type"),
                                  header("Cache-Control"),
                                  header("x-amz-website-redirect-location"),
                                  header("Host")};
    } else {
      objects_.erase(request.target);
    }
    responder.send(http::Response::text(request.method == "PUT" ? 200 : 204, ""));
  }

  std::mutex mutex_;
  std::deque<Answer> answers_;
  std::vector<std::string> requests_;
  std::map<std::string, Object> objects_;
  std::vector<http::Responder> held_;
  http::TestServer server_;
};

}  // namespace stet::targets
