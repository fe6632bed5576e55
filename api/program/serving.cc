#include "api/program/serving.h"

#include <chrono>

#include "api/hooks/local_hook.h"
#include "api/micropub/endpoint.h"
#include "api/program/command.h"
#include "api/program/identity.h"
#include "api/program/log.h"
#include "api/program/process_numbers.h"
#include "api/routes/leader.h"
#include "api/routes/reset_page.h"
#include "storage/snapshot/folder_snapshot.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;
using remote::UpstreamFollower;

std::int64_t wall_ms() {
  using std::chrono::milliseconds;
  auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<milliseconds>(since).count();
}

fs::path live_folder(const Serving& serving) { return serving.state / "live"; }

// A forge says that something was pushed there.
void hear_forge(Serving& serving) {
  if (serving.follow) serving.follow->hear();
  if (serving.remote && serving.remote->follower()) {
    serving.remote->follower()->hear();
  } else {
    serving.follower->wake();
  }
}

void make_federation(Serving& serving) {
  const OidcSettings& settings = serving.settings.oidc;
  if (settings.providers.empty()) return;
  serving.federation = std::make_unique<oidc::Federation>(
      oidc::Federation::Parts{*serving.door, serving.clock, serving.random},
      settings.providers,
      oidc::Outside{.filter = storage::AddressFilter(settings.allowed_networks),
                    .agent = std::string("stet/") + STET_VERSION});
}

}  // namespace

Serving::Serving() : request_log(std::make_unique<http::RequestLog>(log_lines, wall_ms)) {}

Serving::~Serving() {
  if (remote) remote->stop();
  if (follow) follow->stop();
  if (follower) follower->stop();
}

fs::path hooks_folder(const Serving& serving) { return fs::absolute(serving.state) / "hooks"; }

namespace {

storage::CommitterSettings commits_of(const Settings& settings, std::string branch) {
  storage::CommitterSettings commits;
  commits.branch = std::move(branch);
  commits.name = settings.commits.name;
  commits.email = settings.commits.email;
  commits.note = [](std::string_view note) { log_note(note); };
  return commits;
}

Status open_pages(Serving& serving) {
  const std::uint64_t bytes_max = (serving.settings.pages_mib_max << 20) / 2;
  const fs::path folder = serving.state / "pages";
  serving.store = TRY(publish::Store::open(folder, {.cache_bytes_max = bytes_max}));
  serving.publisher = TRY(publish::Publisher::open(live_folder(serving)));
  for (const std::string& notice : serving.publisher->notices()) log_note(notice);
  serving.variants = std::make_unique<publish::Variants>(
      *serving.store, publish::Variants::Options{.cache_bytes_max = bytes_max});
  serving.compressor = std::make_unique<publish::Compressor>(*serving.variants);
  return {};
}

}  // namespace

Status open_stores(const ServeFlags& flags, Serving& serving) {
  program_identity();  // before anything loads libraries of its own
  TRY(make_mirror(serving.settings, flags.site.repository, flags.state));
  storage::OpenOptions options;
  options.is_any_owner_trusted = serving.settings.is_any_owner_trusted;
  options.remembered_bytes_max = serving.settings.objects_mib_max << 20;
  serving.repository = TRY(storage::Repository::open(flags.site.repository, options));
  serving.state = TRY(state_folder(flags.state, serving.repository->path()));
  storage::remove_locks(serving.repository->path(), "refs/stet");
  serving.leadership = TRY(remote::Leadership::open(
      *serving.repository, serving.state, !serving.settings.follow.url.empty()));
  serving.ledger = TRY(storage::Ledger::open(serving.state / "ledger.sqlite"));
  TRY(serving.ledger->release_unfinished_keys());
  TRY(open_pages(serving));
  serving.people = TRY(storage::People::open(serving.state / "ledger.sqlite"));
  serving.door = std::make_unique<auth::Door>(
      *serving.people, serving.clock, serving.random, serving.settings.sessions);
  make_federation(serving);
  serving.tokens = std::make_unique<auth::Tokens>(*serving.ledger, serving.clock, serving.random);
  serving.tickets = std::make_unique<auth::Tickets>(serving.clock, serving.random);
  serving.events = std::make_unique<events::EventFeed>(
      std::to_string(serving.clock.now().seconds),
      events::EventStreams::Watch{&serving.clock, [&serving] {
                                    return serving.people->revocations() +
                                           serving.tokens->revocations();
                                  }});
  serving.presence =
      std::make_unique<events::Presence>(*serving.events, serving.clock, serving.random);
  serving.commits = std::make_unique<events::CommitTeller>(
      *serving.repository, *serving.events, [](std::string_view note) { log_note(note); });
  // What was live when the last run ended has been told, or can be by its commits.
  if (auto newest = serving.publisher->newest()) serving.commits->reach(newest->commit);
  serving.news =
      std::make_unique<api::NewsTeller>(*serving.events, *serving.commits, serving.clock);
  if (serving.settings.is_searching) {
    serving.search = TRY(search::Index::open(serving.state / "search.sqlite", program_identity()));
    serving.held_back_search =
        TRY(search::Index::open(serving.state / "search-public.sqlite", program_identity()));
    serving.changes_search =
        TRY(search::Index::open(serving.state / "search-changes.sqlite", program_identity()));
  }
  serving.limiter =
      std::make_unique<auth::RateLimiter>(serving.settings.limits.per_minute, serving.clock);
  serving.upkeep.pack_bytes_max = serving.settings.limits.repository_mib << 20;
  serving.keys =
      std::make_unique<api::IdempotencyKeys>(*serving.ledger, *serving.repository, serving.clock);
  std::string branch =
      flags.branch.empty() ? TRY(serving.repository->default_branch()) : flags.branch;
  if (serving.leads()) {
    const auto adopted = TRY(remote::adopt_mirror(*serving.repository, branch));
    if (adopted.gained > 0) {
      log_note(std::to_string(adopted.gained) + " commits of the former leader were taken");
    }
    for (const std::string& kept : adopted.kept) {
      log_note("the former leader had commits beside those here; they are kept at " + kept);
    }
  }
  serving.committer = TRY(storage::Committer::open(
      *serving.repository, commits_of(serving.settings, std::move(branch)), serving.clock));
  return {};
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

namespace {

// Pages of a follower name the addresses that the leader's do; "": it leads, or that is not known.
Result<std::string> url_of_leader(const Serving& serving) {
  if (serving.leads()) return std::string();
  auto facts = TRY(remote::read_facts(*serving.repository, remote::kMirror));
  return facts ? facts->url : std::string();
}

}  // namespace

Status make_pipeline(const ServeFlags& flags, Serving& serving) {
  SiteFlags site_flags = flags.site;
  if (site_flags.url.empty()) site_flags.url = TRY(url_of_leader(serving));
  if (site_flags.url.empty()) site_flags.url = serving.public_server->origin();
  site::Overrides overrides = overrides_of(site_flags);
  pipeline::PipelineOptions options;
  options.settings = pages_identity(overrides, serving.settings);
  options.site = TRY(builder_options(std::move(overrides), serving.settings.theme_folders));
  options.limits = server_limits(serving.settings.limits);
  options.sheets = sass_compiler(serving.settings.sass_command);
  serving.pictures =
      TRY(PictureParts::make(serving.state / "pictures", serving.settings.media.variants_mib_max));
  options.pictures = serving.pictures->pictures;
  options.files = std::make_shared<storage::LargeFiles>(*serving.repository,
                                                        serving.repository->path() / "lfs");
  serving.files = options.files;
  options.threads = core_count() - 1;
  options.rendition_bytes_max = serving.settings.renditions_mib_max << 20;
  options.text_bytes_max = serving.settings.texts_mib_max << 20;
  options.state_folder = live_folder(serving);
  options.note = [](std::string_view note) { log_note(note); };
  options.progress = serving.progress;
  options.is_time_told = [&serving] { return serving.site_clock.is_told(); };
  options.tell = [&serving](const pipeline::News& news) {
    serving.compressor->add(news.changes);
    serving.news->tell(news);
    UpstreamFollower* upstream = serving.upstream;
    if (upstream && news.published) upstream->offer();
    if (news.published) serving.webhooks->wake();
    SearchFollower* search = serving.search_told;
    if (search && news.published) search->wake();
    LiveWriter* live = serving.live_told;
    if (live && news.published) live->wake();
    // Those wait for pages that are rendered later as well.
    if (TargetParts* targets = serving.targets_told) targets->wake();
  };
  serving.pipeline = std::make_unique<pipeline::Pipeline>(*serving.repository,
                                                          *serving.store,
                                                          *serving.publisher,
                                                          serving.site_clock,
                                                          std::move(options));
  return {};
}

// Whoever clones and pushes is held to the limits that the API has.
std::optional<http::Response> refuse_git(Serving& serving,
                                         const auth::Principal& who,
                                         bool is_write) {
  using Kind = auth::RateLimiter::Kind;
  const std::int64_t wait = serving.limiter->take(who.id(), is_write ? Kind::kWrite : Kind::kRead);
  if (wait > 0) {
    auto response = http::Response::text(
        429,
        "more quickly than the server's limits let; go on in " + std::to_string(wait) + " s\n");
    response.headers.add("Retry-After", std::to_string(wait));
    return response;
  }
  if (!is_write || !serving.upkeep.is_full()) return std::nullopt;
  return http::Response::text(507,
                              "the repository has reached the size that the server's settings "
                              "allow (limits.repository_mib); nothing was taken\n");
}

// What is live, and what was.
void make_sites(Serving& serving) {
  serving.public_site = std::make_unique<api::PublicSite>(
      *serving.pipeline, *serving.publisher, *serving.store, *serving.variants);
  serving.public_site->show_variants(&serving.pictures->source);
  if (serving.search) {
    serving.public_search = std::make_unique<api::PublicSearch>(
        *serving.search, *serving.held_back_search, *serving.pipeline, serving.clock);
    serving.public_site->set_search(serving.public_search.get());
  }
  serving.past_site = std::make_unique<api::PastSite>(*serving.backend);
}

// Where there is none that can be served, what stands in its place says so.
void make_editor(Serving& serving) {
  const fs::path folder = editor_folder();
  storage::FolderOptions options;
  options.files_max = editor::Bundle::kFilesMax + 1;
  auto files = storage::open_folder_snapshot(folder, options);
  auto bundle = files ? editor::Bundle::of(**files) : files.error();
  std::string why;
  if (!bundle) {
    why = "no editor is served of " + folder.string() + ": " + bundle.error().message;
    log_note(why);
  }
  serving.editor = std::make_unique<editor::Editor>(
      bundle ? *std::move(bundle) : nullptr, serving.random, bundle ? "" : "The log says why.");
}

void make_smart_http(Serving& serving) {
  const Settings& settings = serving.settings;
  serving.smart_http = std::make_unique<git::SmartHttp>(
      git::SmartHttpSettings{
          .repository = serving.repository->path(),
          .hooks_folder = hooks_folder(serving),
          .push_bytes_max = settings.git.push_mib_max << 20,
          .turns = {.working = settings.git.concurrent_max,
                    .waiting = settings.git.waiting_max,
                    .patience = std::chrono::seconds(settings.git.waiting_seconds_max)},
          .wall_ms = settings.git.seconds_max * 1000,
          .refuse = [&serving](const auth::Principal& who,
                               bool is_write) { return refuse_git(serving, who, is_write); },
          .pushes_go_to =
              [&serving] {
                return serving.leads() ? std::string() : serving.leadership->report().admin_url;
              }},
      *serving.tokens,
      [](std::string_view text) { log_note(text); });
}

namespace {

Status make_remote(Serving& serving) {
  serving.remote = TRY(RemoteParts::make(serving.settings,
                                         {*serving.repository,
                                          *serving.committer,
                                          *serving.events,
                                          serving.clock,
                                          serving.random,
                                          [&serving] { serving.follower->wake(); }}));
  return {};
}

// What is there already, or is made in its time.
void fill_backend(Serving& serving) {
  api::Backend& backend = *serving.backend;
  backend.remembered = std::make_shared<api::Remembered>(serving.settings.answers_mib_max << 20);
  backend.federation = serving.federation.get();
  backend.presence = serving.presence.get();
  backend.search = serving.search.get();
  backend.held_back_search = serving.held_back_search.get();
  backend.changes_search = serving.changes_search.get();
  backend.limiter = serving.limiter.get();
  backend.slow_writes = &serving.slow_writes;
  backend.progress = serving.progress.get();
  backend.process = [started = serving.clock.now()] { return process_numbers(started); };
  backend.targets = [&serving] {
    return serving.targets ? serving.targets->reports() : std::vector<targets::TargetReport>();
  };
  backend.run_target = [&serving](std::string_view name) {
    return serving.targets && serving.targets->run_now(name);
  };
  backend.media = serving.settings.media.limits;
  backend.variants = &serving.pictures->source;
  backend.files = serving.files.get();
  backend.leadership = serving.leadership.get();
}

}  // namespace

Status make_handlers(Serving& serving) {
  const Settings& settings = serving.settings;
  const std::string& branch = serving.committer->branch();
  auto note = [](std::string_view text) { log_note(text); };
  serving.follower = std::make_unique<hooks::HeadFollower>(
      branch,
      hooks::HeadFollower::Parts{*serving.pipeline, *serving.repository, serving.clock},
      note);
  if (serving.leads()) TRY(make_remote(serving));
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
  fill_backend(serving);
  serving.change_work = TRY(api::ChangeWork::make(*serving.backend,
                                                  {.commits = commits_of(settings, branch),
                                                   .ledger = serving.state / "ledger.sqlite",
                                                   .random = serving.random}));
  make_sites(serving);
  std::vector<api::Mount> mounts;
  mounts.push_back(
      {"/hooks/",
       [&serving](const http::Request& request) { return serving.hooks->answer(request); },
       hooks::kBodyBytesMax});
  mounts.push_back({api::PastSite::kPrefix, [&serving](const http::Request& request) {
                      return serving.past_site->answer(request);
                    }});
  mounts.push_back({api::ResetPage::kPrefix,
                    [page = api::ResetPage(*serving.backend)](const http::Request& request) {
                      return page.answer(request);
                    },
                    api::ResetPage::kFormBytesMax});
  mounts.push_back({std::string(docs::Guide::kPrefix), [&serving](const http::Request& request) {
                      return serving.guide.answer(request);
                    }});
  make_editor(serving);
  mounts.push_back({std::string(editor::Editor::kPrefix), [&serving](const http::Request& request) {
                      return serving.editor->answer(request);
                    }});
  mounts.push_back(
      {"/micropub",
       [&serving, endpoint = micropub::Endpoint(*serving.backend)](const http::Request& request) {
         const bool is_write = request.method == "POST";
         auto elsewhere = is_write ? api::send_elsewhere(*serving.backend, request) : std::nullopt;
         return elsewhere ? std::move(*elsewhere) : endpoint.answer(request);
       },
       micropub::Endpoint::kBodyBytesMax,
       settings.media.limits.request_bytes_max});
  make_smart_http(serving);
  mounts.push_back({.prefix = std::string(git::kSmartHttpPrefix),
                    .answer = nullptr,
                    .handler = serving.smart_http.get()});
  serving.admin_site = std::make_unique<api::AdminSite>(
      *serving.backend,
      std::move(mounts),
      api::AdminOptions{
          .allowed_origins = settings.allowed_origins,
          .home = serving.editor->is_there() ? std::string(editor::Editor::kHome) : ""});
  return {};
}

Status make_follow(Serving& serving) {
  serving.follow = TRY(FollowParts::make(serving.settings,
                                         {.repository = *serving.repository,
                                          .leadership = *serving.leadership,
                                          .site_clock = serving.site_clock,
                                          .clock = serving.clock,
                                          .random = serving.random,
                                          .branch = serving.committer->branch(),
                                          .moved =
                                              [&serving] {
                                                if (serving.follower) serving.follower->wake();
                                              },
                                          .settings =
                                              [&serving] {
                                                auto live = serving.publisher->newest();
                                                return live ? live->settings.hex() : std::string();
                                              }}));
  return {};
}

Status make_targets(Serving& serving) {
  const TargetsSettings& settings = serving.settings.targets;
  if (settings.targets.empty()) return {};
  auto known = TRY(open_target_state(serving.state));
  const TargetWorld world{.repository = serving.repository->path(),
                          .state = fs::absolute(serving.state),
                          .branch = serving.committer->branch(),
                          .name = serving.settings.commits.name,
                          .email = serving.settings.commits.email,
                          .known = *known,
                          .store = *serving.store,
                          .variants = *serving.variants,
                          .clock = serving.clock,
                          .random = serving.random};
  serving.targets = TRY(TargetParts::make(settings, std::move(known), world));
  return {};
}

}  // namespace stet::program
