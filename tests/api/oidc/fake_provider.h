// A provider on loopback that says whatever a test wants it to say.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "api/oidc/federation.h"
#include "tests/api/http/loopback.h"
#include "tests/api/oidc/signing_key.h"

namespace stet::oidc {

class FakeProvider {
 public:
  FakeProvider();

  std::string issuer() const;
  ProviderSettings settings(const std::string& id = "fake") const;

  // What it knows of the question that a browser brought: parameters of the URL.
  using Query = std::map<std::string, std::string>;
  static Query query_of(const std::string& url);

  // An honest token for that question, of jo; `now` in seconds.
  nlohmann::json claims_for(const std::string& url, std::int64_t now) const;
  // What /token answers from now on: `id_token` signed by `key` under `kid`.
  void give(const nlohmann::json& claims);
  void give_token(const std::string& id_token);

  struct Asked {
    std::string method, path, body;
    http::Headers headers;
  };
  std::vector<Asked> asked(const std::string& path) const;

  // To be set while nobody asks.
  SigningKey key{"ES256"};
  std::string kid = "one";
  nlohmann::json discovery, keys, userinfo;
  int token_status = 200;
  nlohmann::json token_answer;
  std::string raw_keys;   // not "": in their place
  std::string held_path;  // calls of it get no answer

 private:
  void take(http::Request request, http::Responder responder);

  mutable std::mutex mutex_;
  std::vector<Asked> asked_;
  std::vector<http::Responder> holding_;
  http::TestServer server_;
};

}  // namespace stet::oidc
