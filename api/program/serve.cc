#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <iostream>

#include "api/git/hook_files.h"
#include "api/hooks/local_hook.h"
#include "api/program/activation.h"
#include "api/program/command.h"
#include "api/program/log.h"
#include "api/program/progress_line.h"
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

Word wait_for_word(Hangup hangup, std::chrono::seconds patience) {
  const sigset_t signals = signals_of(hangup);
  const timespec time{.tv_sec = patience.count(), .tv_nsec = 0};
  const int signal = sigtimedwait(&signals, nullptr, &time);
  if (signal < 0) return Word::kNone;
  return signal == SIGHUP ? Word::kReload : Word::kEnd;
}

void block_ends(Hangup hangup) {
  const sigset_t signals = signals_of(hangup);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kDrainPatience{5};
constexpr std::chrono::seconds kRolePatience{1};  // between two looks at who leads

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
                          .file_mib_max = serving.settings.git.file_mib_max,
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

// How a server ends: for good, or to begin anew, for it leads no more, or does so now.
enum class Ending { kEnds, kBeginsAnew };

void stop(Serving& serving, Ending ending) {
  log_note("draining");
  tell_manager(ending == Ending::kEnds ? "STOPPING=1" : "RELOADING=1");
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
  if (serving.follow) serving.follow->stop();
  serving.follower->stop();
  serving.live_told = nullptr;
  serving.live_writer.reset();
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

// Both listen from now on; the same ports are theirs when this begins anew.
Status open_origins(const Activation& handed,
                    const ServeFlags& flags,
                    ServeFlags& next,
                    Serving& serving) {
  serving.public_server = TRY(listen({"public", *flags.address, *flags.port, handed.public_copy()},
                                     serving,
                                     serving.public_waiting));
  serving.admin_server =
      TRY(listen({"admin", *flags.address, *flags.admin_port, handed.admin_copy()},
                 serving,
                 serving.admin_waiting));
  next.port = serving.public_server->port();
  next.admin_port = serving.admin_server->port();
  return {};
}

// What writes, and what tells others: a leader's alone.
void start_leading(Serving& serving) {
  if (!serving.leads()) return;
  start_remote(serving);
  start_targets(serving);
  serving.webhooks->start();
  const remote::Leadership& leadership = *serving.leadership;
  serving.change_clock = std::make_unique<ChangeClock>(
      *serving.change_work, serving.clock, [&leadership] { return leadership.may_write(); });
}

void start_following(Serving& serving) {
  if (serving.follow) serving.follow->start();
  if (serving.leadership->role() == remote::Role::kReplaced) {
    log_error(serving.leadership->refusal());
    return;
  }
  serving.live_writer = std::make_unique<LiveWriter>(LiveWriter::Parts{
      *serving.repository, *serving.publisher, [&serving] {
        const remote::LeaderReport leader = serving.leadership->report();
        return serving.leads() ? std::pair(serving.backend->admin_url, serving.leadership->term())
                               : std::pair(leader.admin_url, leader.term);
      }});
  serving.live_told = serving.live_writer.get();
}

void start_upkeep(Serving& serving) {
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
  serving.repacker = std::make_unique<Repacker>(
      Repacker::Kept{*serving.repository, *serving.publisher, serving.upkeep, serving.clock},
      serving.settings.repack,
      serving.state);
  start_auditor(serving);
}

// What is shown is the branch's head, and both origins answer.
Status open(const ServeFlags& flags, Serving& serving) {
  const std::string admin = serving.admin_server->origin();
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
  {
    const ProgressLine line(serving.progress, log_note);
    TRY(publish_first(serving));
  }
  // What fell due while no server ran is live before anybody asks.
  if (serving.leadership->may_write()) serving.change_work->round();
  start_watch(flags, serving);
  start_search(serving);
  start_following(serving);
  start_leading(serving);
  TRY(hooks::write_invitation(serving.state, {admin + "/hooks/local", serving.local_secret}));
  serving.admin_waiting.open(*serving.admin_site);
  if (!is_shown_already) say_ready();
  tell_manager("READY=1");
  return {};
}

Ending wait(const ServeFlags& flags, Hangup hangup, Serving& serving) {
  for (;;) {
    const Word word = wait_for_word(hangup, kRolePatience);
    if (word == Word::kEnd) return Ending::kEnds;
    if (word == Word::kReload) reload(flags.settings, serving);
    if (serving.leadership->has_changed()) return Ending::kBeginsAnew;
  }
}

// Until it ends, or has another role: what a server is made of depends on that.
Result<Ending> serve_in_role(ServeFlags& given, Hangup hangup, const Activation& handed) {
  Serving serving;
  serving.settings = TRY(read_settings(given.settings));
  serving.leader = given.follow;
  if (!serving.leader.empty()) serving.settings.follow.url = serving.leader;
  const ServeFlags flags = with_settings(given, serving.settings.http);
  TRY(open_stores(flags, serving));
  TRY(make_follow(serving));
  if (serving.follow) TRY(serving.follow->begin());
  if (serving.leadership->has_changed()) return Ending::kBeginsAnew;
  log_note("this server " + std::string(name_of(serving.leadership->role())) + ", in epoch " +
           std::to_string(serving.leadership->epoch()));
  TRY(open_origins(handed, flags, given, serving));
  TRY(make_webhooks(serving));
  TRY(make_pipeline(flags, serving));
  TRY(make_handlers(serving));
  if (serving.leads()) TRY(make_targets(serving));
  TRY(write_hooks(serving));
  TRY(open(flags, serving));
  start_upkeep(serving);
  const Ending ending = wait(flags, hangup, serving);
  stop(serving, ending);
  return ending;
}

Status serve(const ServeFlags& given) {
  const Hangup hangup = given.settings.empty() ? Hangup::kEnds : Hangup::kReloads;
  block_ends(hangup);
  const Activation handed = TRY(take_activation());  // before there are other threads
  ServeFlags flags = given;
  while (TRY(serve_in_role(flags, hangup, handed)) == Ending::kBeginsAnew) {
    log_note("begins anew: who leads the site is another");
  }
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
  repository
      ->add_option(
          "--follow", flags->follow, "mirror the site that another server leads: its git URL")
      ->type_name("URL");
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
