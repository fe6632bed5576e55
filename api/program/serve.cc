#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <csignal>
#include <iostream>

#include "api/auth/door.h"
#include "api/auth/tokens.h"
#include "api/git/hook_files.h"
#include "api/git/smart_http.h"
#include "api/hooks/branch_watch.h"
#include "api/hooks/head_follower.h"
#include "api/hooks/incoming.h"
#include "api/hooks/local_hook.h"
#include "api/http/request_log.h"
#include "api/program/auditor.h"
#include "api/program/command.h"
#include "api/program/identity.h"
#include "api/program/keeper.h"
#include "api/program/log.h"
#include "api/program/remote_parts.h"
#include "api/program/repacker.h"
#include "api/program/serve.h"
#include "api/program/settings.h"
#include "api/program/waiting_handler.h"
#include "api/routes/admin_site.h"
#include "api/routes/news.h"
#include "api/routes/past_site.h"
#include "api/routes/public_site.h"
#include "api/webhooks/dispatcher.h"
#include "storage/base/random.h"

namespace stet::program {

std::string address_of(const ServeFlags& flags, std::uint16_t port) {
  std::string host =
      flags.address.find(':') == std::string::npos ? flags.address : "[" + flags.address + "]";
  return "http://" + host + ":" + std::to_string(port);
}

void wait_for_end() {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  int signal = 0;
  sigwait(&ends, &signal);
}

void block_ends() {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
}

namespace {

namespace fs = std::filesystem;
using remote::UpstreamFollower;

constexpr std::chrono::seconds kDrainPatience{5};
// A write's worker waits for its commit and its publication: as many as these are one group.
constexpr unsigned kAdminWorkers = 96;

std::int64_t wall_ms() {
  using std::chrono::milliseconds;
  auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<milliseconds>(since).count();
}

// Everything that serves, in the order in which it is made; it ends in the other. But who follows
// others, and so moves and publishes the branch, stops before anything that is told of it ends.
struct Serving {
  ~Serving() {
    if (remote) remote->stop();
    if (follower) follower->stop();
  }

  SystemClock clock;
  SystemRandom random;
  std::optional<storage::Repository> repository;
  fs::path state;
  Settings settings;
  std::string local_secret;
  std::unique_ptr<storage::Ledger> ledger;
  std::unique_ptr<publish::Store> store;
  std::unique_ptr<publish::Publisher> publisher;
  std::unique_ptr<storage::Committer> committer;
  std::unique_ptr<storage::People> people;
  std::unique_ptr<auth::Door> door;
  std::unique_ptr<auth::Tokens> tokens;
  std::unique_ptr<auth::Tickets> tickets;
  std::unique_ptr<events::EventFeed> events;
  std::unique_ptr<events::CommitTeller> commits;
  std::unique_ptr<api::NewsTeller> news;
  std::unique_ptr<publish::Variants> variants;
  std::unique_ptr<publish::Compressor> compressor;
  api::RequestCounts requests;
  api::UpkeepCounts upkeep;
  std::unique_ptr<api::IdempotencyKeys> keys;
  // Told of publications, by whichever thread has made one; null until it is there.
  std::atomic<UpstreamFollower*> upstream{nullptr};
  std::unique_ptr<pipeline::Pipeline> pipeline;
  std::unique_ptr<storage::Webhooks> webhook_store;
  std::unique_ptr<webhooks::Dispatcher> webhooks;
  std::unique_ptr<hooks::HeadFollower> follower;
  std::unique_ptr<RemoteParts> remote;  // null: there is no upstream
  std::unique_ptr<hooks::IncomingHooks> hooks;
  std::unique_ptr<git::SmartHttp> smart_http;
  std::optional<api::Backend> backend;
  std::unique_ptr<api::PublicSite> public_site;
  std::unique_ptr<api::PastSite> past_site;
  std::unique_ptr<api::AdminSite> admin_site;
  std::unique_ptr<hooks::BranchWatch> watch;
  std::unique_ptr<Keeper> keeper;
  std::unique_ptr<Repacker> repacker;
  std::unique_ptr<Auditor> auditor;  // null: its share is 0
  std::unique_ptr<http::RequestLog> request_log =
      std::make_unique<http::RequestLog>(log_lines, wall_ms);
  WaitingHandler public_waiting, admin_waiting;
  std::unique_ptr<http::Server> public_server, admin_server;
};

fs::path live_folder(const Serving& serving) { return serving.state / "live"; }

std::uint64_t push_bytes_max(const Settings& settings) { return settings.git.push_mib_max << 20; }

Status open_stores(const ServeFlags& flags, Serving& serving) {
  serving.settings = TRY(read_settings(flags.settings));
  storage::OpenOptions options;
  options.is_any_owner_trusted = serving.settings.is_any_owner_trusted;
  serving.repository = TRY(storage::Repository::open(flags.site.repository, options));
  serving.state = TRY(state_folder(flags.state, serving.repository->path()));
  serving.ledger = TRY(storage::Ledger::open(serving.state / "ledger.sqlite"));
  TRY(serving.ledger->release_unfinished_keys());
  serving.store = TRY(publish::Store::open(serving.state / "pages"));
  serving.publisher = TRY(publish::Publisher::open(live_folder(serving)));
  for (const std::string& notice : serving.publisher->notices()) log_note(notice);
  serving.people = TRY(storage::People::open(serving.state / "ledger.sqlite"));
  serving.door = std::make_unique<auth::Door>(
      *serving.people, serving.clock, serving.random, serving.settings.sessions);
  serving.tokens = std::make_unique<auth::Tokens>(*serving.ledger, serving.clock, serving.random);
  serving.tickets = std::make_unique<auth::Tickets>(serving.clock, serving.random);
  serving.events = std::make_unique<events::EventFeed>(std::to_string(serving.clock.now().seconds));
  serving.commits = std::make_unique<events::CommitTeller>(
      *serving.repository, *serving.events, [](std::string_view note) { log_note(note); });
  serving.news =
      std::make_unique<api::NewsTeller>(*serving.events, *serving.commits, serving.clock);
  serving.variants = std::make_unique<publish::Variants>(*serving.store);
  serving.compressor = std::make_unique<publish::Compressor>(*serving.variants);
  serving.keys =
      std::make_unique<api::IdempotencyKeys>(*serving.ledger, *serving.repository, serving.clock);
  storage::CommitterSettings commits;
  commits.branch = flags.branch.empty() ? TRY(serving.repository->default_branch()) : flags.branch;
  commits.name = serving.settings.commits.name;
  commits.email = serving.settings.commits.email;
  commits.note = [](std::string_view note) { log_note(note); };
  serving.committer = TRY(storage::Committer::open(*serving.repository, commits, serving.clock));
  return {};
}

Result<std::unique_ptr<http::Server>> listen(const ServeFlags& flags,
                                             Serving& serving,
                                             std::string origin,
                                             std::uint16_t port,
                                             http::Handler& handler) {
  http::ServerOptions options;
  options.address = flags.address;
  options.port = port;
  options.threads = std::max(2u, core_count());
  // A push holds its worker while git's hook waits for an answer of another.
  if (origin == "admin") {
    options.workers_max = kAdminWorkers + 2 * serving.settings.git.concurrent_max;
  }
  options.trusted_proxies = serving.settings.trusted_proxies;
  options.temporary_folder = serving.state.string();
  options.limits.body_bytes_max =
      std::max(options.limits.body_bytes_max, 2 * push_bytes_max(serving.settings));
  options.request_id_prefix = origin.substr(0, 1) + std::to_string(serving.clock.now().seconds);
  auto& counts = origin == "public" ? serving.requests.public_site : serving.requests.admin_site;
  return http::Server::start(
      options, handler, serving.clock, [origin, &counts, &serving](const http::LogRecord& record) {
        if (!record.method.empty()) api::RequestCounts::note(counts, record.status);
        serving.request_log->add(origin, record);
      });
}

Status make_webhooks(Serving& serving) {
  constexpr std::int64_t kSecondsPerDay = 86'400;
  const Settings::Webhooks& settings = serving.settings.webhooks;
  webhooks::DispatcherSettings options;
  options.disable_seconds = settings.disable_days * kSecondsPerDay;
  options.log_seconds = settings.log_days * kSecondsPerDay;
  options.agent = std::string("stet/") + STET_VERSION;
  serving.webhook_store = TRY(storage::Webhooks::open(serving.state / "ledger.sqlite"));
  webhooks::Dispatcher::Parts parts{
      .store = *serving.webhook_store,
      .repository = *serving.repository,
      .publisher = *serving.publisher,
      .clock = serving.clock,
      .random = serving.random,
      .note = [](std::string_view note) { log_note(note); },
      .tell = [&serving](auto type, auto json) { serving.events->tell(type, json); }};
  serving.webhooks = TRY(webhooks::Dispatcher::open(
      std::move(parts), storage::AddressFilter(settings.allowed_networks), std::move(options)));
  return {};
}

Status make_pipeline(const ServeFlags& flags, Serving& serving) {
  SiteFlags site_flags = flags.site;
  if (site_flags.url.empty()) site_flags.url = address_of(flags, serving.public_server->port());
  site::Overrides overrides = overrides_of(site_flags);
  pipeline::PipelineOptions options;
  options.settings = pages_identity(overrides, serving.settings);
  options.site = TRY(builder_options(std::move(overrides), serving.settings.theme_folders));
  options.limits = server_limits();
  options.sheets = sass_compiler(serving.settings.sass_command);
  options.threads = core_count() - 1;
  options.rendition_bytes_max = serving.settings.renditions_mib_max << 20;
  options.text_bytes_max = serving.settings.texts_mib_max << 20;
  options.state_folder = live_folder(serving);
  options.note = [](std::string_view note) { log_note(note); };
  options.tell = [&serving](const pipeline::News& news) {
    serving.compressor->add(news.changes);
    serving.news->tell(news);
    UpstreamFollower* upstream = serving.upstream;
    if (upstream && news.published) upstream->offer();
    if (news.published) serving.webhooks->wake();
  };
  serving.pipeline = std::make_unique<pipeline::Pipeline>(
      *serving.repository, *serving.store, *serving.publisher, serving.clock, std::move(options));
  return {};
}

Status publish_first(Serving& serving) {
  const std::string& branch = serving.committer->branch();
  auto published = serving.pipeline->publish_head(branch);
  if (!published && published.error().code == ErrorCode::kNotFound) {
    return not_found("branch '" + branch +
                     "' has no commit yet; push one, or make a site with 'stet init'");
  }
  if (!published) return published.error();
  // None where another thread's publication was the first, and failed.
  const pipeline::Start start = serving.pipeline->start().value_or(pipeline::Start());
  log_note(std::to_string(start.rendered) + " pages of commit " + (*published)->live->commit.hex() +
           " were rendered for the start; " +
           (start.is_warm ? std::to_string(start.nodes) + " pages and renditions were known"
                          : "all of them, for " + start.why_cold));
  return {};
}

// git's hooks of pushes over HTTP; those of other pushes lie in the repository.
fs::path hooks_folder(const Serving& serving) { return fs::absolute(serving.state) / "hooks"; }

Status write_hooks(const Serving& serving) {
  git::HookSettings hooks{.program = own_executable(),
                          .branch = serving.committer->branch(),
                          .state = fs::absolute(serving.state),
                          .policy = serving.settings.push,
                          .committer_name = serving.settings.commits.name,
                          .committer_email = serving.settings.commits.email};
  TRY(git::write_hooks(hooks_folder(serving), hooks));
  fs::path others = serving.repository->path() / "hooks";
  if (!git::has_hooks(others)) return {};
  Status written = git::install_hooks(*serving.repository, hooks);
  if (!written) log_note(written.error().message);
  return {};
}

// A forge says that something was pushed there.
void hear_forge(Serving& serving) {
  if (serving.remote && serving.remote->follower()) {
    serving.remote->follower()->hear();
  } else {
    serving.follower->wake();
  }
}

Status make_handlers(Serving& serving) {
  const Settings& settings = serving.settings;
  const std::string& branch = serving.committer->branch();
  auto note = [](std::string_view text) { log_note(text); };
  serving.follower =
      std::make_unique<hooks::HeadFollower>(branch, *serving.pipeline, *serving.repository, note);
  serving.remote = TRY(RemoteParts::make(settings,
                                         {*serving.repository,
                                          *serving.committer,
                                          *serving.events,
                                          serving.clock,
                                          serving.random,
                                          [&serving] { serving.follower->wake(); }}));
  hooks::IncomingSettings incoming;
  incoming.secrets = settings.hook_secrets;
  serving.local_secret = hooks::make_local_secret(serving.random);
  incoming.local_secret = serving.local_secret;
  serving.hooks = std::make_unique<hooks::IncomingHooks>(
      incoming,
      *serving.follower,
      [&serving] { hear_forge(serving); },
      *serving.ledger,
      serving.clock);
  serving.backend.emplace(api::Backend{*serving.repository,
                                       *serving.committer,
                                       *serving.pipeline,
                                       *serving.publisher,
                                       *serving.store,
                                       *serving.tokens,
                                       *serving.keys,
                                       serving.clock,
                                       [&serving] { serving.follower->wake(); },
                                       note,
                                       STET_VERSION,
                                       serving.events.get(),
                                       serving.tickets.get(),
                                       &serving.requests,
                                       nullptr,
                                       [&serving] { return serving.follower->trouble(); },
                                       &serving.upkeep,
                                       serving.commits.get(),
                                       serving.webhooks.get(),
                                       serving.door.get()});
  serving.public_site = std::make_unique<api::PublicSite>(
      *serving.pipeline, *serving.publisher, *serving.store, *serving.variants);
  serving.past_site = std::make_unique<api::PastSite>(*serving.backend);
  std::vector<api::Mount> mounts;
  mounts.push_back(
      {"/hooks/",
       [&serving](const http::Request& request) { return serving.hooks->answer(request); },
       hooks::kBodyBytesMax});
  mounts.push_back({api::PastSite::kPrefix, [&serving](const http::Request& request) {
                      return serving.past_site->answer(request);
                    }});
  serving.smart_http = std::make_unique<git::SmartHttp>(
      git::SmartHttpSettings{
          .repository = serving.repository->path(),
          .hooks_folder = hooks_folder(serving),
          .push_bytes_max = push_bytes_max(settings),
          .turns = {.working = settings.git.concurrent_max,
                    .waiting = settings.git.waiting_max,
                    .patience = std::chrono::seconds(settings.git.waiting_seconds_max)},
          .wall_ms = settings.git.seconds_max * 1000},
      *serving.tokens,
      note);
  mounts.push_back({.prefix = std::string(git::kSmartHttpPrefix),
                    .answer = nullptr,
                    .handler = serving.smart_http.get()});
  serving.admin_site = std::make_unique<api::AdminSite>(
      *serving.backend, std::move(mounts), api::AdminOptions{settings.allowed_origins});
  return {};
}

// An empty site of a server that has an upstream begins with what is there.
Status begin_with_upstream(Serving& serving) {
  if (!serving.remote) return {};
  auto head = serving.repository->head_of(serving.committer->branch());
  if (head && *head) return {};
  return serving.remote->begin();
}

void start_watch(const ServeFlags& flags, Serving& serving) {
  serving.watch = std::make_unique<hooks::BranchWatch>(
      hooks::BranchWatch::Parts{*serving.repository,
                                *serving.pipeline,
                                *serving.follower,
                                [](std::string_view text) { log_note(text); }},
      serving.committer->branch(),
      flags.branch.empty());
}

void start_remote(Serving& serving) {
  if (!serving.remote) return;
  serving.remote->start();
  serving.upstream = serving.remote->follower();
  serving.backend->remote = serving.upstream;  // the API, which looks there, is not open yet
}

void stop(Serving& serving) {
  log_note("draining");
  Status removed = hooks::remove_invitation(serving.state);
  if (!removed) log_error(removed.error().message);
  serving.events->end();
  serving.auditor.reset();
  serving.repacker.reset();
  serving.admin_server->drain(kDrainPatience);
  serving.smart_http->stop();
  serving.public_server->drain(kDrainPatience);
  serving.keeper.reset();
  serving.watch.reset();
  if (serving.remote) serving.remote->stop();
  serving.follower->stop();
  serving.webhooks->stop();
  serving.admin_server->stop();
  serving.public_server->stop();
  serving.request_log.reset();  // nobody adds to it any more
  log_note("ended");
}

Status serve(const ServeFlags& flags) {
  block_ends();
  Serving serving;
  TRY(open_stores(flags, serving));
  serving.public_server = TRY(listen(flags, serving, "public", flags.port, serving.public_waiting));
  serving.admin_server =
      TRY(listen(flags, serving, "admin", flags.admin_port, serving.admin_waiting));
  TRY(make_webhooks(serving));
  TRY(make_pipeline(flags, serving));
  TRY(make_handlers(serving));
  TRY(write_hooks(serving));
  std::string admin = address_of(flags, serving.admin_server->port());
  auto say_ready = [&] {
    serving.public_waiting.open(*serving.public_site);
    std::cout << "ready " << address_of(flags, serving.public_server->port()) << " " << admin
              << std::endl;
  };
  serving.admin_waiting.expect(*serving.admin_site);
  const bool is_shown_already = serving.pipeline->is_live_trusted();
  if (is_shown_already) say_ready();
  TRY(begin_with_upstream(serving));
  TRY(publish_first(serving));
  start_remote(serving);
  start_watch(flags, serving);
  serving.webhooks->start();
  TRY(hooks::write_invitation(serving.state, {admin + "/hooks/local", serving.local_secret}));
  serving.admin_waiting.open(*serving.admin_site);
  if (!is_shown_already) say_ready();
  serving.keeper = std::make_unique<Keeper>(Keeper::Kept{*serving.repository,
                                                         *serving.pipeline,
                                                         *serving.follower,
                                                         *serving.publisher,
                                                         *serving.store,
                                                         *serving.compressor,
                                                         *serving.events,
                                                         serving.clock},
                                            serving.committer->branch());
  serving.repacker = std::make_unique<Repacker>(
      Repacker::Kept{*serving.repository, *serving.publisher, serving.upkeep, serving.clock},
      serving.settings.repack,
      serving.state);
  if (serving.settings.audit_share > 0) {
    serving.auditor = std::make_unique<Auditor>(*serving.pipeline,
                                                *serving.publisher,
                                                serving.clock,
                                                serving.random,
                                                serving.settings.audit_share);
  }
  wait_for_end();
  stop(serving);
  return {};
}

// Flags of `stet build` that a server cannot follow.
Status refuse_flags(const SiteFlags& flags) {
  if (!flags.source.empty() && !flags.repository.empty()) {
    return invalid_input("-s and --repo are two sources; name one");
  }
  if (!flags.time.empty()) {
    return invalid_input("a server's site.time is now; --time is for stet build");
  }
  if (!flags.ref.empty()) {
    return invalid_input("a server follows a branch: --branch; --ref is for stet build");
  }
  return {};
}

}  // namespace

void add_serve(CLI::App& program, Run& run) {
  auto flags = std::make_shared<ServeFlags>();
  CLI::App* command = program.add_subcommand(
      "serve",
      "serve a repository: public pages, and the API on a second port; or a working folder, as "
      "jekyll serve does");
  add_site_flags(*command, flags->site);
  command->add_option(
      "-P,--port", flags->port, "of the public pages (default: 4000; 0: a free one)");
  command->add_option("-H,--address,--host", flags->address, "to listen on (default: 127.0.0.1)");
  CLI::Option_group* repository = command->add_option_group("Of a repository");
  repository->add_option(
      "--admin-port", flags->admin_port, "of the API (default: 4001; 0: a free one)");
  repository->add_option("--branch", flags->branch, "that is live (default: HEAD's)");
  repository->add_option("--state", flags->state, "ledger, pages, caches (default: <repo>/stet)");
  repository->add_option("--settings", flags->settings, "the server's settings file");
  CLI::Option_group* folder = command->add_option_group("Of a working folder");
  folder->add_flag("--watch,-w,!--no-watch",
                   flags->is_watching,
                   "render again what a change of the files touches (default: yes)");
  folder->add_flag("--livereload,-l,!--no-livereload",
                   flags->is_reloading,
                   "pages load themselves again in the browser (default: yes)");
  command->callback([flags, &run] {
    run = [flags]() -> Status {
      TRY(refuse_flags(flags->site));
      return flags->site.repository.empty() ? serve_folder(*flags) : serve(*flags);
    };
  });
}

}  // namespace stet::program
