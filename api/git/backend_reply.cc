#include "api/git/backend_reply.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace stet::git {
namespace {

constexpr std::string_view kPassedOn[] = {"Content-Type", "Cache-Control", "Expires", "Pragma"};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// "403 Forbidden"
std::optional<int> status_of(std::string_view value) {
  int status = 0;
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), status);
  bool is_status = error == std::errc() && end == value.data() + 3 && status >= 200 && status < 600;
  return is_status ? std::optional(status) : std::nullopt;
}

}  // namespace

std::optional<http::Response> parse_cgi_head(std::string_view head) {
  http::Response response;
  while (!head.empty()) {
    std::string_view line = head.substr(0, head.find('\n'));
    head.remove_prefix(std::min(line.size() + 1, head.size()));
    std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    std::string_view name = line.substr(0, colon), value = trimmed(line.substr(colon + 1));
    if (http::equal_without_case(name, "Status")) {
      auto status = status_of(value);
      if (!status) return std::nullopt;
      response.status = *status;
    }
    for (std::string_view known : kPassedOn) {
      if (http::equal_without_case(name, known)) response.headers.set(known, value);
    }
  }
  return response;
}

bool BackendReply::take(std::string_view piece) {
  if (is_broken_) return false;
  if (stream_) return pass_on(std::string(piece));
  head_.append(piece);
  std::size_t end = head_.find("\r\n\r\n");
  if (end == std::string::npos) {
    is_broken_ = head_.size() > kHeadBytesMax;
    return !is_broken_;
  }
  std::string rest = head_.substr(end + 4);
  head_.resize(end + 1);
  if (!begin()) return false;
  return rest.empty() || pass_on(std::move(rest));
}

bool BackendReply::begin() {
  auto response = parse_cgi_head(head_);
  is_broken_ = !response;
  if (is_broken_) return false;
  response->headers.set("X-Content-Type-Options", "nosniff");
  stream_ = responder_.start(std::move(*response));
  return true;
}

bool BackendReply::pass_on(std::string piece) {
  if (is_gone_) return when_gone_ == WhenGone::kGoOn;
  http::Stream::State state = stream_->write(std::move(piece));
  if (state == http::Stream::State::kFull) state = stream_->wait_for_room(kPatience);
  is_gone_ = state != http::Stream::State::kRoom;
  return !is_gone_ || when_gone_ == WhenGone::kGoOn;
}

bool BackendReply::finish() {
  if (!stream_) return false;
  stream_->finish();
  return true;
}

bool BackendReply::abort() {
  if (!stream_) return false;
  stream_->abort();
  return true;
}

}  // namespace stet::git
