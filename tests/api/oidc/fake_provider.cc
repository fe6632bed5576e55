#include "tests/api/oidc/fake_provider.h"

#include "api/http/url.h"

namespace stet::oidc {

FakeProvider::FakeProvider()
    : server_([this](http::Request request, http::Responder responder) {
        take(std::move(request), std::move(responder));
      }) {
  discovery = {{"issuer", issuer()},
               {"authorization_endpoint", issuer() + "/authorize"},
               {"token_endpoint", issuer() + "/token"},
               {"jwks_uri", issuer() + "/keys"},
               {"userinfo_endpoint", issuer() + "/user"},
               {"authorization_response_iss_parameter_supported", true}};
  keys["keys"] = nlohmann::json::array({key.jwk(kid)});
}

std::string FakeProvider::issuer() const {
  return "http://127.0.0.1:" + std::to_string(server_.port());
}

ProviderSettings FakeProvider::settings(const std::string& id) const {
  return {.id = id,
          .name = "The fake",
          .issuer = issuer(),
          .client_id = "stet",
          .client_secret = "a secret: & more"};
}

FakeProvider::Query FakeProvider::query_of(const std::string& url) {
  Query query;
  auto pairs = http::parse_query(std::string_view(url).substr(url.find('?') + 1));
  for (const auto& [name, value] : pairs.value_or(http::Query())) query[name] = value;
  return query;
}

nlohmann::json FakeProvider::claims_for(const std::string& url, std::int64_t now) const {
  return {{"iss", issuer()},
          {"sub", "subject-1"},
          {"aud", "stet"},
          {"exp", now + 300},
          {"iat", now},
          {"nonce", query_of(url)["nonce"]},
          {"email", "jo@example.org"},
          {"email_verified", true}};
}

void FakeProvider::give(const nlohmann::json& claims) {
  give_token(token_of({{"alg", key.algorithm()}, {"kid", kid}}, claims, key));
}

void FakeProvider::give_token(const std::string& id_token) {
  token_answer = {{"id_token", id_token}, {"access_token", "access"}, {"token_type", "Bearer"}};
}

std::vector<FakeProvider::Asked> FakeProvider::asked(const std::string& path) const {
  std::lock_guard lock(mutex_);
  std::vector<Asked> found;
  for (const Asked& one : asked_) {
    if (one.path == path) found.push_back(one);
  }
  return found;
}

void FakeProvider::take(http::Request request, http::Responder responder) {
  std::lock_guard lock(mutex_);
  asked_.push_back(
      {request.method, request.path, request.body.read(1 << 20).value_or(""), request.headers});
  if (request.path == held_path) return holding_.push_back(std::move(responder));
  http::Response response = http::Response::text(404, "");
  auto answer = [&](const std::string& json, int status = 200) {
    response = http::Response::text(status, json);
  };
  if (request.path == "/.well-known/openid-configuration") answer(discovery.dump());
  if (request.path == "/keys") answer(raw_keys.empty() ? keys.dump() : raw_keys);
  if (request.path == "/token") answer(token_answer.dump(), token_status);
  if (request.path == "/user") answer(userinfo.dump());
  responder.send(std::move(response));
}

}  // namespace stet::oidc
