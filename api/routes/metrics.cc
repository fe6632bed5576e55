#include "api/routes/metrics.h"

#include "api/auth/rate_limiter.h"
#include "api/remote/leadership.h"
#include "api/remote/upstream_follower.h"
#include "api/routes/request_counts.h"
#include "api/targets/target_follower.h"
#include "api/webhooks/dispatcher.h"
#include "storage/base/file_sync.h"

namespace stet::api {
namespace {

constexpr std::int64_t kMicrosecond = 1000;  // ns

// "0.0015"
std::string seconds_text(std::int64_t ns) {
  constexpr std::int64_t kSecondNs = 1'000'000'000;
  std::string fraction = std::to_string(ns % kSecondNs);
  fraction.insert(0, 9 - fraction.size(), '0');
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return std::to_string(ns / kSecondNs) + (fraction.empty() ? "" : "." + fraction);
}

class Metrics {
 public:
  void head(std::string_view name, std::string_view type, std::string_view help) {
    text_.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ");
    text_.append(name).append(" ").append(type).append("\n");
  }
  void value(std::string_view name, std::string_view labels, std::uint64_t value) {
    text_.append(name).append(labels).append(" ").append(std::to_string(value)).append("\n");
  }
  void text_value(std::string_view name, std::string_view labels, std::string_view value) {
    text_.append(name).append(labels).append(" ").append(value).append("\n");
  }
  void counter(std::string_view name, std::string_view help, std::uint64_t count) {
    head(name, "counter", help);
    value(name, "", count);
  }
  void gauge(std::string_view name, std::string_view help, std::uint64_t now) {
    head(name, "gauge", help);
    value(name, "", now);
  }
  // `took` counts what took up to each of `bounds`, and, last, what took longer; nothing is said
  // where nothing was counted. `label`: "route=\"x\"", or none. `unit_ns`: of the bounds.
  void histogram(std::string_view name,
                 const std::string& label,
                 const auto& took,
                 const auto& bounds,
                 std::int64_t unit_ns,
                 std::int64_t sum_ns) {
    std::uint64_t count = 0;
    for (const auto& bucket : took) count += bucket;
    if (count == 0) return;
    const std::string own(name), before = label.empty() ? "" : label + ",";
    std::uint64_t up_to = 0;
    for (std::size_t i = 0; i < bounds.size(); ++i) {
      up_to += took[i];
      const std::string bound = seconds_text(bounds[i] * unit_ns);
      value(own + "_bucket", "{" + before + "le=\"" + bound + "\"}", up_to);
    }
    value(own + "_bucket", "{" + before + "le=\"+Inf\"}", count);
    const std::string labels = label.empty() ? "" : "{" + label + "}";
    text_value(own + "_sum", labels, seconds_text(sum_ns));
    value(own + "_count", labels, count);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void add_requests(Metrics& metrics, const RequestCounts& counts) {
  constexpr std::string_view kName = "stet_http_requests_total";
  metrics.head(kName, "counter", "Requests answered, by origin and class of status.");
  const std::pair<std::string, const RequestCounts::Origin&> origins[] = {
      {"public", counts.public_site}, {"admin", counts.admin_site}};
  for (const auto& [name, origin] : origins) {
    for (std::size_t i = 0; i < origin.statuses.size(); ++i) {
      metrics.value(kName,
                    "{origin=\"" + name + "\",status=\"" + std::to_string(i + 1) + "xx\"}",
                    origin.statuses[i]);
    }
  }
  constexpr std::string_view kLimits = "stet_http_limits_total";
  metrics.head(kLimits, "counter", "Answers that say that a limit was met, by status.");
  for (const auto& [name, origin] : origins) {
    for (std::size_t i = 0; i < origin.limits.size(); ++i) {
      const std::string status = std::to_string(RequestCounts::kLimitStatuses[i]);
      metrics.value(
          kLimits, "{origin=\"" + name + "\",status=\"" + status + "\"}", origin.limits[i]);
    }
  }
  constexpr std::string_view kDoor = "stet_http_connections_turned_away_total";
  metrics.head(kDoor, "counter", "Connections beyond what one address, or all, may have.");
  for (const auto& [name, origin] : origins) {
    metrics.value(kDoor, "{origin=\"" + name + "\"}", origin.turned_away);
  }
  constexpr std::string_view kSlow = "stet_http_slow_readers_total";
  metrics.head(kSlow, "counter", "Answers that were cut, for their readers took nothing of them.");
  for (const auto& [name, origin] : origins) {
    metrics.value(kSlow, "{origin=\"" + name + "\"}", origin.slow_readers);
  }
}

// Of those that were asked for at all.
void add_routes(Metrics& metrics, const std::vector<RequestCounts::Named>& routes) {
  constexpr std::string_view kErrors = "stet_route_requests_total";
  constexpr std::string_view kTook = "stet_route_duration_seconds";
  auto labels = [](std::string_view route, std::string_view more) {
    return "{route=\"" + std::string(route) + "\"" + std::string(more) + "}";
  };
  metrics.head(kErrors, "counter", "Requests of the admin origin, by operation and status.");
  for (const auto& [route, counts] : routes) {
    for (std::size_t i = 0; i < counts.statuses.size(); ++i) {
      if (counts.statuses[i] == 0) continue;
      metrics.value(kErrors,
                    labels(route, ",status=\"" + std::to_string(i + 1) + "xx\""),
                    counts.statuses[i]);
    }
  }
  metrics.head(kTook, "histogram", "How long they took, until the last byte was handed over.");
  for (const auto& [route, counts] : routes) {
    metrics.histogram(kTook,
                      "route=\"" + std::string(route) + "\"",
                      counts.took,
                      RouteCounts::kBoundsUs,
                      kMicrosecond,
                      static_cast<std::int64_t>(counts.took_us) * kMicrosecond);
  }
}

void add_syncs(Metrics& metrics) {
  const SyncCounts counts = sync_counts();
  constexpr std::string_view kTook = "stet_fsync_duration_seconds";
  metrics.head(kTook, "histogram", "Waits until the disk has what was written.");
  metrics.histogram(
      kTook, "", counts.took, SyncCounts::kBoundsNs, 1, static_cast<std::int64_t>(counts.took_ns));
  metrics.counter("stet_fsync_failures_total", "Those that failed.", counts.failures);
}

void add_phases(Metrics& metrics, const pipeline::Timings& took) {
  constexpr std::string_view kName = "stet_publication_seconds_total";
  metrics.head(kName, "counter", "What publications took, by step.");
  const std::pair<std::string_view, std::int64_t> steps[] = {{"diff", took.diff},
                                                             {"dirty", took.dirty},
                                                             {"render", took.render},
                                                             {"publish", took.publish}};
  for (const auto& [step, ns] : steps) {
    metrics.text_value(kName, "{step=\"" + std::string(step) + "\"}", seconds_text(ns));
  }
}

void add_commits(Metrics& metrics, const RequestCounts& counts) {
  metrics.counter("stet_api_commits_total", "Commits that the API has made.", counts.commits);
  constexpr std::string_view kName = "stet_api_commit_seconds_total";
  metrics.head(kName, "counter", "What they took until they were on the disk.");
  metrics.text_value(kName, "", seconds_text(static_cast<std::int64_t>(counts.commit_ns)));
}

void add_targets(Metrics& metrics, const std::vector<targets::TargetReport>& reports) {
  if (reports.empty()) return;
  auto add = [&](std::string_view name, std::string_view type, std::string_view help, auto number) {
    metrics.head(name, type, help);
    for (const targets::TargetReport& report : reports) {
      metrics.value(name, "{target=\"" + report.name + "\"}", number(report));
    }
  };
  using Report = targets::TargetReport;
  add("stet_target_files", "gauge", "That the target holds.", [](const Report& of) {
    return of.files;
  });
  add("stet_target_behind", "gauge", "Files that are not there as they should be.", [](auto& of) {
    return of.behind;
  });
  add("stet_target_failing", "gauge", "1 while the last round failed.", [](const Report& of) {
    return std::uint64_t{!of.error.empty()};
  });
  add("stet_target_rounds_total", "counter", "Rounds of publishing.", [](const Report& of) {
    return of.rounds;
  });
  add("stet_target_failures_total", "counter", "Rounds that failed.", [](const Report& of) {
    return of.failures;
  });
  add("stet_target_written_total", "counter", "Files written there.", [](const Report& of) {
    return of.written;
  });
}

// By the names that Prometheus's own libraries use.
void add_process(Metrics& metrics, const ProcessNumbers& numbers) {
  metrics.gauge("process_resident_memory_bytes", "Resident memory.", numbers.resident_bytes);
  metrics.gauge("process_open_fds", "Open file descriptors.", numbers.open_files);
  metrics.gauge("process_max_fds", "Most of them.", numbers.open_files_max);
  metrics.gauge("process_threads", "Threads.", numbers.threads);
  metrics.gauge("stet_child_processes", "Running children: git, pictures.", numbers.children);
  auto add = [&](std::string_view name, std::string_view type, std::string_view help, double of) {
    metrics.head(name, type, help);
    metrics.text_value(name, "", seconds_text(static_cast<std::int64_t>(of * 1e9)));
  };
  add("process_cpu_seconds_total", "counter", "Processor time.", numbers.cpu_seconds);
  add("process_start_time_seconds", "gauge", "When it began, since 1970.", numbers.started_seconds);
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
  metrics.gauge("stet_repository_full", "1 while the quota refuses writes.", counts.is_full());
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
  if (backend.requests) {
    add_requests(metrics, *backend.requests);
    add_routes(metrics, backend.requests->routes());
    add_commits(metrics, *backend.requests);
  }
  add_phases(metrics, backend.pipeline.counts().took);
  add_syncs(metrics);
  if (backend.limiter) {
    metrics.counter("stet_rate_limited_total",
                    "Requests beyond what one token or person may ask in a minute.",
                    backend.limiter->refused());
  }
  if (backend.targets) add_targets(metrics, backend.targets());
  if (backend.process) add_process(metrics, backend.process());
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
