#include "tests/api/webhooks/receiver.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace stet::webhooks {
namespace {

std::string from_base64(const std::string& text) {
  std::string bytes(text.size(), '\0');
  int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                             reinterpret_cast<const unsigned char*>(text.data()),
                             static_cast<int>(text.size()));
  bytes.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  for (auto c = text.rbegin(); c != text.rend() && *c == '='; ++c) bytes.pop_back();
  return bytes;
}

std::string header_of(const http::Request& request, std::string_view name) {
  return std::string(request.header(name).value_or(""));
}

}  // namespace

std::string Called::what() const {
  api::Json event = json();
  std::string text = event["type"];
  const api::Json& data = event["data"];
  if (data.contains("resource")) {
    text += " " + data["resource"].get<std::string>() + " " + data["name"].get<std::string>();
  }
  return text;
}

bool is_signed(const Called& called, const std::string& secret) {
  std::string key = from_base64(secret.substr(6));
  std::string text = called.id + "." + called.timestamp + "." + called.body;
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(),
       key.data(),
       static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()),
       text.size(),
       digest,
       &size);
  unsigned char base64[100];
  EVP_EncodeBlock(base64, digest, static_cast<int>(size));
  std::string wanted = "v1," + std::string(reinterpret_cast<char*>(base64));
  return (" " + called.signature + " ").find(" " + wanted + " ") != std::string::npos;
}

Receiver::Receiver()
    : server_([this](http::Request request, http::Responder responder) {
        take(std::move(request), std::move(responder));
      }) {}

std::string Receiver::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(server_.port()) + path;
}

void Receiver::answer(std::vector<int> statuses) {
  std::lock_guard lock(mutex_);
  statuses_.assign(statuses.begin(), statuses.end());
}

void Receiver::hold(const std::string& path) {
  std::lock_guard lock(mutex_);
  held_ = path;
}

std::vector<Called> Receiver::calls() const {
  std::lock_guard lock(mutex_);
  return calls_;
}

std::vector<std::string> Receiver::told() const {
  std::vector<std::string> told;
  for (const Called& called : calls()) told.push_back(called.what());
  return told;
}

void Receiver::forget() {
  std::lock_guard lock(mutex_);
  calls_.clear();
}

void Receiver::take(http::Request request, http::Responder responder) {
  std::lock_guard lock(mutex_);
  calls_.push_back({request.path,
                    header_of(request, "webhook-id"),
                    header_of(request, "webhook-timestamp"),
                    header_of(request, "webhook-signature"),
                    request.body.read(1 << 20).value_or(""),
                    request.headers});
  if (request.path == held_) return holding_.push_back(std::move(responder));
  int status = 204;
  if (!statuses_.empty()) {
    status = statuses_.front();
    statuses_.pop_front();
  }
  http::Response response = http::Response::text(status, status == 204 ? "" : "an answer");
  if (status == 429) response.headers.add("Retry-After", "90");
  if (status == 302) response.headers.add("Location", "/elsewhere");
  responder.send(std::move(response));
}

}  // namespace stet::webhooks
