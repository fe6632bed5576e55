#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <iostream>

#include "api/git/hook_files.h"
#include "api/hooks/local_hook.h"
#include "api/program/activation.h"
#include "api/program/command.h"
#include "api/program/log.h"
#include "api/program/reload.h"
#include "api/program/serve.h"
#include "api/program/serving.h"

namespace stet::program {

ServeFlags with_settings(ServeFlags flags, const Settings::Http& settings) {
  flags.address = flags.address.value_or(settings.address);
  flags.port = flags.port.value_or(settings.port);
  flags.admin_port = flags.admin_port.value_or(settings.admin_port);
  if (flags.site.url.empty()) flags.site.url = settings.url;
  return flags;
}

namespace {

sigset_t signals_of(Hangup hangup) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  if (hangup == Hangup::kReloads) sigaddset(&signals, SIGHUP);
  return signals;
}

}  // namespace

bool wait_for_signal(Hangup hangup) {
  const sigset_t signals = signals_of(hangup);
  int signal = 0;
  sigwait(&signals, &signal);
  return signal == SIGHUP;
}

void block_ends(Hangup hangup) {
  const sigset_t signals = signals_of(hangup);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kDrainPatience{5};
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

}  // namespace

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

void start_auditor(Serving& serving) {
  serving.auditor.reset();
  if (serving.settings.audit_share == 0) return;
  serving.auditor = std::make_unique<Auditor>(*serving.pipeline,
                                              *serving.publisher,
                                              serving.clock,
                                              serving.random,
                                              serving.settings.audit_share);
}

namespace {

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

void start_search(Serving& serving) {
  if (!serving.search) return;
  serving.search_follower = std::make_unique<SearchFollower>(
      *serving.search, *serving.held_back_search, *serving.pipeline, [](std::string_view note) {
        log_note(note);
      });
  serving.search_told = serving.search_follower.get();
}

void start_targets(Serving& serving) {
  if (!serving.targets) return;
  serving.targets->start(
      {*serving.publisher,
       [&serving](const publish::OutputPath& path) { return serving.pipeline->mend(path.view()); },
       [](std::string_view note) { log_note(note); }});
  serving.targets_told = serving.targets.get();
}

void start_remote(Serving& serving) {
  if (!serving.remote) return;
  serving.remote->start();
  serving.upstream = serving.remote->follower();
  serving.backend->remote = serving.upstream;  // the API, which looks there, is not open yet
}

void stop(Serving& serving) {
  log_note("draining");
  tell_manager("STOPPING=1");
  Status removed = hooks::remove_invitation(serving.state);
  if (!removed) log_error(removed.error().message);
  serving.events->end();
  serving.auditor.reset();
  serving.repacker.reset();
  serving.admin_server->drain(kDrainPatience);
  serving.smart_http->stop();
  serving.public_server->drain(kDrainPatience);
  serving.change_clock.reset();
  serving.keeper.reset();
  serving.watch.reset();
  if (serving.remote) serving.remote->stop();
  serving.follower->stop();
  serving.targets_told = nullptr;
  if (serving.targets) serving.targets->stop();
  serving.search_told = nullptr;
  serving.search_follower.reset();
  serving.webhooks->stop();
  serving.admin_server->stop();
  serving.public_server->stop();
  serving.request_log.reset();  // nobody adds to it any more
  log_note("ended");
}

Status serve(const ServeFlags& given) {
  const Hangup hangup = given.settings.empty() ? Hangup::kEnds : Hangup::kReloads;
  block_ends(hangup);
  Activation handed = TRY(take_activation());  // before there are other threads
  Serving serving;
  serving.settings = TRY(read_settings(given.settings));
  const ServeFlags flags = with_settings(given, serving.settings.http);
  TRY(open_stores(flags, serving));
  serving.public_server =
      TRY(listen({"public", *flags.address, *flags.port, std::move(handed.public_socket)},
                 serving,
                 serving.public_waiting));
  serving.admin_server =
      TRY(listen({"admin", *flags.address, *flags.admin_port, std::move(handed.admin_socket)},
                 serving,
                 serving.admin_waiting));
  TRY(make_webhooks(serving));
  TRY(make_pipeline(flags, serving));
  TRY(make_handlers(serving));
  TRY(make_targets(serving));
  TRY(write_hooks(serving));
  std::string admin = serving.admin_server->origin();
  const std::string& named = serving.settings.admin_url;
  serving.backend->admin_url = named.empty() ? admin : named;
  auto say_ready = [&] {
    serving.public_waiting.open(*serving.public_site);
    std::cout << "ready " << serving.public_server->origin() << " " << admin << std::endl;
  };
  serving.admin_waiting.expect(*serving.admin_site);
  const bool is_shown_already = serving.pipeline->is_live_trusted();
  if (is_shown_already) say_ready();
  for (auto* server : {&serving.public_server, &serving.admin_server}) (*server)->accept();
  TRY(begin_with_upstream(serving));
  TRY(publish_first(serving));
  // What fell due while no server ran is live before anybody asks.
  serving.change_work->round();
  start_remote(serving);
  start_watch(flags, serving);
  start_search(serving);
  start_targets(serving);
  serving.webhooks->start();
  TRY(hooks::write_invitation(serving.state, {admin + "/hooks/local", serving.local_secret}));
  serving.admin_waiting.open(*serving.admin_site);
  if (!is_shown_already) say_ready();
  tell_manager("READY=1");
  serving.keeper = std::make_unique<Keeper>(Keeper::Kept{*serving.repository,
                                                         *serving.pipeline,
                                                         *serving.follower,
                                                         *serving.publisher,
                                                         *serving.store,
                                                         *serving.compressor,
                                                         *serving.events,
                                                         *serving.presence,
                                                         serving.clock},
                                            serving.committer->branch(),
                                            serving.state);
  serving.change_clock = std::make_unique<ChangeClock>(*serving.change_work, serving.clock);
  serving.repacker = std::make_unique<Repacker>(
      Repacker::Kept{*serving.repository, *serving.publisher, serving.upkeep, serving.clock},
      serving.settings.repack,
      serving.state);
  start_auditor(serving);
  while (wait_for_signal(hangup)) reload(flags.settings, serving);
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
  repository->add_option("--state", flags->state, "ledger, pages, caches (default: <repo>/stet)")
      ->type_name("DIR");
  repository->add_option("--settings", flags->settings, "the server's settings file")
      ->type_name("FILE");
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
      if (!flags->site.repository.empty()) return serve(*flags);
      return serve_folder(with_settings(*flags, {}));
    };
  });
}

}  // namespace stet::program
