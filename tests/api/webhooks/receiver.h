// A receiver of webhooks on loopback, which answers as it is told and remembers what came.
#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "api/routes/json.h"
#include "tests/api/http/loopback.h"

namespace stet::webhooks {

struct Called {
  std::string path, id, timestamp, signature, body;
  http::Headers headers;

  api::Json json() const { return api::Json::parse(body, nullptr, false); }
  // "entry.updated pages about", "site.published".
  std::string what() const;
};

// Whether one of the signatures is of this secret: by OpenSSL, and none of the code under test.
bool is_signed(const Called& called, const std::string& secret);

class Receiver {
 public:
  Receiver();

  std::string url(const std::string& path = "/") const;

  // What the next calls are answered, one each; afterwards 204.
  void answer(std::vector<int> statuses);
  // Calls of this path get no answer.
  void hold(const std::string& path);

  std::vector<Called> calls() const;
  std::vector<std::string> told() const;  // what() of each
  void forget();

 private:
  void take(http::Request request, http::Responder responder);

  mutable std::mutex mutex_;
  std::vector<Called> calls_;
  std::deque<int> statuses_;
  std::string held_;
  std::vector<http::Responder> holding_;
  http::TestServer server_;
};

}  // namespace stet::webhooks
