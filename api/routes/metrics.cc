#include "api/routes/metrics.h"

#include "api/remote/leadership.h"
#include "api/remote/upstream_follower.h"
#include "api/routes/request_counts.h"
#include "api/webhooks/dispatcher.h"

namespace stet::api {
namespace {

class Metrics {
 public:
  void head(std::string_view name, std::string_view type, std::string_view help) {
    text_.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ");
    text_.append(name).append(" ").append(type).append("\n");
  }
  void value(std::string_view name, std::string_view labels, std::uint64_t value) {
    text_.append(name).append(labels).append(" ").append(std::to_string(value)).append("\n");
  }
  void counter(std::string_view name, std::string_view help, std::uint64_t count) {
    head(name, "counter", help);
    value(name, "", count);
  }
  void gauge(std::string_view name, std::string_view help, std::uint64_t now) {
    head(name, "gauge", help);
    value(name, "", now);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void add_requests(Metrics& metrics, const RequestCounts& counts) {
  constexpr std::string_view kName = "stet_http_requests_total";
  metrics.head(kName, "counter", "Requests answered, by origin and class of status.");
  auto add = [&](std::string_view origin, const RequestCounts::Origin& of) {
    for (std::size_t i = 0; i < of.size(); ++i) {
      std::string labels =
          "{origin=\"" + std::string(origin) + "\",status=\"" + std::to_string(i + 1) + "xx\"}";
      metrics.value(kName, labels, of[i]);
    }
  };
  add("public", counts.public_site);
  add("admin", counts.admin_site);
}

void add_pages(Metrics& metrics, const Backend& backend) {
  const auto [live, newest, hold] = backend.publisher.shown();
  pipeline::Counts counts = backend.pipeline.counts();
  metrics.counter("stet_publications_total", "States of the site published.", counts.publications);
  metrics.counter("stet_pages_rendered_total", "Pages rendered to be published.", counts.rendered);
  metrics.counter("stet_pages_freshened_total",
                  "Stale pages rendered, for a reader or in the background.",
                  counts.freshened);
  metrics.counter("stet_pages_overtaken_total",
                  "Stale pages rendered in vain, for a newer change came.",
                  counts.overtaken);
  metrics.counter("stet_audits_total", "Pages rendered once more and compared.", counts.audited);
  metrics.counter(
      "stet_audit_mismatches_total", "Audited pages that were wrong.", counts.mismatches);
  metrics.counter("stet_audit_missed_reads_total",
                  "Reads that audits found and nobody had recorded.",
                  counts.missed_reads);
  metrics.gauge(
      "stet_publication_number", "The publication that is live.", live ? live->number : 0);
  metrics.gauge(
      "stet_pages", "Pages of the newest publication.", newest ? newest->manifest.size() : 0);
  metrics.gauge("stet_pages_stale",
                "Pages of the newest publication that are not rendered yet.",
                newest ? newest->manifest.stale_count() : 0);
  metrics.gauge("stet_rollback", "1 while an older publication is held live.", hold ? 1 : 0);
}

void add_remote(Metrics& metrics, const remote::RemoteReport& report) {
  const auto& counts = report.counts;
  metrics.counter("stet_remote_rounds_total", "Looks at the upstream.", counts.rounds);
  metrics.counter("stet_remote_fetches_total", "Fetches from the upstream.", counts.fetches);
  metrics.counter("stet_remote_pushes_total", "Pushes that the upstream took.", counts.pushes);
  metrics.counter("stet_remote_merges_total", "Merges of the upstream.", counts.merges);
  metrics.counter("stet_remote_failures_total", "Looks that failed.", counts.failures);
  metrics.gauge("stet_remote_ahead", "Commits that the upstream has not.", report.ahead);
  metrics.gauge("stet_remote_behind", "Commits of the upstream not taken.", report.behind);
  metrics.gauge("stet_remote_parked", "Branches that somebody has to merge.", report.parked.size());
  metrics.gauge("stet_remote_failing", "1 while the last look failed.", !report.last_error.empty());
  auto seconds = [](const std::optional<Instant>& instant) {
    return static_cast<std::uint64_t>(instant ? instant->seconds : 0);
  };
  metrics.gauge("stet_remote_last_fetch_seconds",
                "When the upstream was last reached, since 1970; 0: never.",
                seconds(report.last_fetch));
  metrics.gauge("stet_remote_last_push_seconds",
                "When a push was last taken, since 1970; 0: never.",
                seconds(report.last_push));
}

// Seconds are of the clock by which the last look was noted.
void add_leadership(Metrics& metrics, const remote::Leadership& leadership, Instant now) {
  const remote::LeaderReport report = leadership.report();
  constexpr std::string_view kRole = "stet_role";
  metrics.head(kRole, "gauge", "1 for what this server is to its site.");
  for (remote::Role role :
       {remote::Role::kLeads, remote::Role::kFollows, remote::Role::kReplaced}) {
    metrics.value(kRole,
                  "{role=\"" + std::string(remote::name_of(role)) + "\"}",
                  leadership.role() == role ? 1 : 0);
  }
  metrics.gauge("stet_epoch", "The latest epoch of the site known here.", leadership.epoch());
  metrics.gauge("stet_read_only", "1 while no writes are taken.", !leadership.refusal().empty());
  if (report.url.empty()) return;
  metrics.counter("stet_leader_looks_total", "Looks at the leader.", report.counts.looks);
  metrics.counter("stet_leader_failures_total", "Looks that failed.", report.counts.failures);
  metrics.gauge("stet_leader_behind", "Commits of the leader not shown here.", report.behind);
  const std::int64_t since = report.last_look ? now.seconds - report.last_look->seconds : -1;
  if (since < 0) return;
  metrics.gauge("stet_leader_seconds_since_look",
                "Since the last look that succeeded.",
                static_cast<std::uint64_t>(since));
}

void add_upkeep(Metrics& metrics, const UpkeepCounts& counts) {
  metrics.gauge("stet_repository_packs", "Packs of the repository.", counts.packs);
  metrics.gauge("stet_repository_pack_bytes", "Their size together.", counts.pack_bytes);
  metrics.gauge("stet_repository_loose_objects",
                "Objects outside of packs, estimated.",
                counts.loose_objects);
  metrics.counter("stet_repacks_total", "Times that packs were joined.", counts.repacks);
  metrics.counter("stet_repack_failures_total", "Times that git failed in it.", counts.failures);
  metrics.counter("stet_repack_milliseconds_total", "Time that it took.", counts.took_ms);
  metrics.gauge("stet_repack_running", "1 while git is at it.", counts.is_running ? 1 : 0);
}

void add_webhooks(Metrics& metrics, const webhooks::Dispatcher& dispatcher) {
  constexpr std::string_view kName = "stet_webhook_attempts_total";
  webhooks::DispatcherCounts done = dispatcher.counts();
  metrics.head(kName, "counter", "Deliveries tried, by what became of it.");
  metrics.value(kName, "{outcome=\"delivered\"}", done.delivered);
  metrics.value(kName, "{outcome=\"failed\"}", done.failed);
  auto counts = dispatcher.store().counts();
  if (!counts) return;
  auto gauge = [&](std::string_view name, std::string_view help, std::int64_t number) {
    metrics.gauge(name, help, static_cast<std::uint64_t>(number));
  };
  gauge("stet_webhooks", "Whom the server calls.", counts->endpoints);
  gauge("stet_webhooks_disabled", "Webhooks that were switched off.", counts->disabled);
  gauge("stet_webhook_deliveries_waiting", "Deliveries in queues.", counts->waiting);
}

}  // namespace

Answer read_metrics(const Call& call) {
  const Backend& backend = call.backend;
  Metrics metrics;
  add_pages(metrics, backend);
  publish::Store::Counts store = backend.store.counts();
  metrics.counter("stet_store_hits_total", "Pages read from memory.", store.hits);
  metrics.counter("stet_store_misses_total", "Pages read from disk.", store.misses);
  metrics.counter("stet_store_writes_total", "Pages written to disk.", store.writes);
  if (backend.requests) add_requests(metrics, *backend.requests);
  if (backend.upkeep) add_upkeep(metrics, *backend.upkeep);
  if (backend.events) {
    metrics.gauge("stet_event_listeners", "Who listens to events.", backend.events->listeners());
  }
  if (backend.remote) add_remote(metrics, backend.remote->report());
  if (backend.leadership) add_leadership(metrics, *backend.leadership, backend.clock.now());
  if (backend.webhooks) add_webhooks(metrics, *backend.webhooks);
  http::Response response{.status = 200};
  response.headers.add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  response.body = metrics.take();
  return response;
}

}  // namespace stet::api
