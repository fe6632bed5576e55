#include "api/http/service.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "api/http/forwarded.h"
#include "api/http/url.h"
#include "storage/base/ip_address.h"

namespace stet::http {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

ParserLimits parser_limits_of(const Limits& limits) {
  return {.header_bytes_max = limits.header_bytes_max,
          .header_fields_max = limits.header_fields_max,
          .target_bytes_max = limits.target_bytes_max,
          .body_bytes_max = limits.body_bytes_max};
}

constexpr std::uint64_t kTurnedAwayPerLine = 100;

}  // namespace

Service::Service(ServerOptions options, Handler& handler, const Clock& clock, Log log)
    : options_(std::move(options)),
      parser_limits_(parser_limits_of(options_.limits)),
      handler_(handler),
      clock_(clock),
      log_(std::move(log)),
      workers_({.running = std::max(1U, options_.workers),
                .threads = std::max({1U, options_.workers, options_.workers_max}),
                .queue = options_.worker_queue_max}) {}

bool Service::is_trusted(std::string_view address) const {
  return is_in_any(options_.trusted_proxies, address);
}

bool Service::is_counted(std::string_view address) const {
  return !address.starts_with("127.") && address != "::1" && !is_trusted(address);
}

bool Service::admit(const std::string& address) {
  const bool is_counted_here = is_counted(address);
  const std::lock_guard lock(mutex_);
  if (connections_ >= options_.limits.connections_max) return false;
  if (is_counted_here) {
    std::uint32_t& count = connections_of_[address_group(address)];
    if (count >= options_.limits.connections_per_address_max) return false;
    ++count;
  }
  ++connections_;
  return true;
}

void Service::note_turned_away(const std::string& address) {
  if (!options_.turned_away) return;
  const std::uint64_t before = (*options_.turned_away)++;
  // A flood of connections is no flood of lines.
  if (before % kTurnedAwayPerLine != 0) return;
  log({.peer_address = address,
       .status = 503,
       .fault = "a connection was turned away: there are as many as the limits let"});
}

void Service::release(const std::string& address) {
  const std::lock_guard lock(mutex_);
  if (const auto found = connections_of_.find(address_group(address));
      found != connections_of_.end()) {
    if (--found->second == 0) connections_of_.erase(found);
  }
  if (--connections_ == 0) emptied_.notify_all();
}

bool Service::wait_until_empty(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return emptied_.wait_for(lock, patience, [&] { return connections_ == 0; });
}

std::string Service::next_request_id() {
  std::array<char, 16> digits;
  const std::uint64_t number = requests_.fetch_add(1, std::memory_order_relaxed) + 1;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
  return options_.request_id_prefix + std::string(digits.data(), end);
}

void Service::log(const LogRecord& record) const {
  if (log_) log_(record);
}

void Service::log_fault(std::string_view request_id, int status, std::string_view fault) const {
  log({.request_id = request_id, .status = status, .fault = fault});
}

Result<Request> Service::request_of(RequestHead& head, const std::string& socket_address) {
  Target target = TRY(parse_target(head.target));
  if (target.path == "*" && head.method != "OPTIONS") {
    return invalid_input("the request target * is for OPTIONS alone");
  }
  Request request;
  request.method = std::move(head.method);
  request.target = std::move(head.target);
  request.path = std::move(target.path);
  request.has_utf8_path = target.has_utf8_path;
  request.query = std::move(target.query);
  request.headers = std::move(head.headers);
  // The absolute form's host is the one that counts (RFC 9112 3.2.2).
  if (!target.authority.empty()) request.headers.set("Host", target.authority);
  request.is_http_10 = head.is_http_10;
  request.peer_address = socket_address;
  request.request_id = next_request_id();
  if (is_trusted(socket_address)) believe_proxy(request);
  return request;
}

// The list of X-Forwarded-For grows at its right end: what trusted proxies wrote is believed, and
// the first address from the right that is not one of them is the client.
void Service::believe_proxy(Request& request) const {
  if (options_.has_forwarded) return believe_forwarded(request);
  std::string all = request.headers.joined("X-Forwarded-For");
  std::string_view list = all;
  while (!list.empty()) {
    const std::size_t comma = list.rfind(',');
    const std::string_view last =
        trimmed(comma == std::string_view::npos ? list : list.substr(comma + 1));
    list = comma == std::string_view::npos ? std::string_view() : list.substr(0, comma);
    if (last.empty()) continue;
    std::string address = address_of_node(last);
    if (address.empty()) break;
    request.peer_address = std::move(address);
    if (!is_trusted(request.peer_address)) break;
  }
  const std::string schemes = request.headers.joined("X-Forwarded-Proto");
  const std::size_t comma = schemes.rfind(',');
  const std::string_view scheme =
      trimmed(comma == std::string::npos ? schemes : std::string_view(schemes).substr(comma + 1));
  if (equal_without_case(scheme, "https")) request.scheme = "https";
}

void Service::believe_forwarded(Request& request) const {
  auto hops = parse_forwarded(request.headers.joined("Forwarded"));
  if (!hops || hops->empty()) return;
  if (equal_without_case(hops->back().proto, "https")) request.scheme = "https";
  for (auto hop = hops->rbegin(); hop != hops->rend() && !hop->address.empty(); ++hop) {
    request.peer_address = hop->address;
    if (!is_trusted(hop->address)) break;
  }
}

}  // namespace stet::http
