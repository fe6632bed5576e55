#include <algorithm>
#include <chrono>

#include "api/program/command.h"
#include "api/program/serving.h"

namespace stet::program {
namespace {

// A write's worker waits for its commit and its publication: as many as these are one group.
constexpr unsigned kAdminWorkers = 96;

}  // namespace

Result<std::unique_ptr<http::Server>> listen(Origin origin,
                                             Serving& serving,
                                             http::Handler& handler) {
  http::ServerOptions options;
  options.address = std::move(origin.address);
  options.port = origin.port;
  options.socket = origin.socket.release();
  options.accepts_later = true;
  options.threads = std::max(2u, core_count());
  // A push holds its worker while git's hook waits for an answer of another.
  if (origin.name == "admin") {
    options.workers_max = kAdminWorkers + 2 * serving.settings.git.concurrent_max;
  }
  options.trusted_proxies = serving.settings.trusted_proxies;
  options.has_forwarded = serving.settings.has_forwarded;
  options.temporary_folder = serving.state.string();
  options.limits.body_bytes_max = std::max({options.limits.body_bytes_max,
                                            2 * (serving.settings.git.push_mib_max << 20),
                                            serving.settings.media.limits.request_bytes_max});
  options.request_id_prefix =
      origin.name.substr(0, 1) + std::to_string(serving.clock.now().seconds);
  const Settings::Limits& limits = serving.settings.limits;
  options.limits.connections_max = limits.connections;
  options.limits.connections_per_address_max = limits.connections_per_address;
  options.timeouts.header = std::chrono::seconds(limits.header_seconds);
  options.timeouts.body = std::chrono::seconds(limits.body_seconds);
  options.timeouts.idle = std::chrono::seconds(limits.idle_seconds);
  options.timeouts.write = std::chrono::seconds(limits.write_seconds);
  const bool is_admin = origin.name == "admin";
  auto& counts = is_admin ? serving.requests.admin_site : serving.requests.public_site;
  options.turned_away = &counts.turned_away;
  return http::Server::start(
      options,
      handler,
      serving.clock,
      [name = std::move(origin.name), is_admin, &counts, &serving](const http::LogRecord& record) {
        if (record.cut == http::Cut::kReaderSlow) ++counts.slow_readers;
        if (record.is_answer) api::RequestCounts::note(counts, record.status);
        if (is_admin && !record.method.empty()) {
          serving.requests.note_route(
              record.method, record.target, record.status, record.duration_us);
        }
        serving.request_log->add(name, record);
      });
}

}  // namespace stet::program
