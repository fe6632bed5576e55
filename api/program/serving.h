// What a server of a repository is made of.
//
// Threads: made, begun and ended by one.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "api/auth/door.h"
#include "api/auth/tokens.h"
#include "api/docs/guide.h"
#include "api/editor/editor.h"
#include "api/events/presence.h"
#include "api/git/smart_http.h"
#include "api/hooks/branch_watch.h"
#include "api/hooks/head_follower.h"
#include "api/hooks/incoming.h"
#include "api/http/request_log.h"
#include "api/oidc/federation.h"
#include "api/program/auditor.h"
#include "api/program/change_clock.h"
#include "api/program/follow_parts.h"
#include "api/program/keeper.h"
#include "api/program/live_writer.h"
#include "api/program/pictures.h"
#include "api/program/remote_parts.h"
#include "api/program/repacker.h"
#include "api/program/search_follower.h"
#include "api/program/serve.h"
#include "api/program/settings.h"
#include "api/program/target_parts.h"
#include "api/program/waiting_handler.h"
#include "api/routes/admin_site.h"
#include "api/routes/news.h"
#include "api/routes/past_site.h"
#include "api/routes/public_site.h"
#include "api/routes/slow_writes.h"
#include "api/webhooks/dispatcher.h"
#include "storage/base/descriptor.h"
#include "storage/base/random.h"

namespace stet::program {

// Everything that serves, in the order in which it is made; it ends in the other. But who follows
// others, and so moves and publishes the branch, stops before anything that is told of it ends.
struct Serving {
  Serving();
  ~Serving();

  // Whether it was made to: what a leader alone does is done.
  bool leads() const { return leadership->role() == remote::Role::kLeads; }

  SystemClock clock;
  remote::LeaderClock site_clock{clock};  // of what is rendered
  SystemRandom random;
  std::optional<storage::Repository> repository;
  std::filesystem::path state;
  std::shared_ptr<Progress> progress = std::make_shared<Progress>();  // of whole builds
  Settings settings;
  std::string leader;  // whom the command line says to follow; "": as the settings have it
  std::string local_secret;
  std::unique_ptr<storage::Ledger> ledger;
  std::unique_ptr<publish::Store> store;
  std::unique_ptr<publish::Publisher> publisher;
  std::unique_ptr<storage::Committer> committer;
  std::unique_ptr<remote::Leadership> leadership;
  std::unique_ptr<storage::People> people;
  std::unique_ptr<auth::Door> door;
  std::unique_ptr<oidc::Federation> federation;  // null: nobody else vouches for people
  std::unique_ptr<auth::Tokens> tokens;
  std::unique_ptr<auth::Tickets> tickets;
  std::unique_ptr<events::EventFeed> events;
  std::unique_ptr<events::Presence> presence;
  std::unique_ptr<events::CommitTeller> commits;
  std::unique_ptr<api::NewsTeller> news;
  std::unique_ptr<publish::Variants> variants;
  std::unique_ptr<publish::Compressor> compressor;
  std::unique_ptr<PictureParts> pictures;
  std::shared_ptr<const storage::LargeFiles> files;
  api::RequestCounts requests;
  api::UpkeepCounts upkeep;
  api::SlowWrites slow_writes;
  std::unique_ptr<auth::RateLimiter> limiter;
  std::unique_ptr<api::IdempotencyKeys> keys;
  // Told of publications, by whichever thread has made one; null until it is there.
  std::atomic<remote::UpstreamFollower*> upstream{nullptr};
  // null: the settings want none
  std::unique_ptr<search::Index> search, held_back_search, changes_search;
  std::atomic<SearchFollower*> search_told{nullptr};
  std::atomic<LiveWriter*> live_told{nullptr};
  std::atomic<TargetParts*> targets_told{nullptr};
  std::unique_ptr<pipeline::Pipeline> pipeline;
  std::unique_ptr<TargetParts> targets;  // null: the site goes nowhere else
  std::unique_ptr<SearchFollower> search_follower;
  std::unique_ptr<storage::Webhooks> webhook_store;
  std::unique_ptr<webhooks::Dispatcher> webhooks;
  std::unique_ptr<hooks::HeadFollower> follower;
  std::unique_ptr<RemoteParts> remote;  // null: there is no upstream
  std::unique_ptr<FollowParts> follow;  // null: no other server of the site is looked at
  std::unique_ptr<LiveWriter> live_writer;
  std::unique_ptr<hooks::IncomingHooks> hooks;
  std::unique_ptr<git::SmartHttp> smart_http;
  std::optional<api::Backend> backend;
  std::unique_ptr<api::ChangeWork> change_work;
  std::unique_ptr<api::PublicSearch> public_search;
  std::unique_ptr<api::PublicSite> public_site;
  std::unique_ptr<api::PastSite> past_site;
  docs::Guide guide{STET_VERSION};
  std::unique_ptr<editor::Editor> editor;
  std::unique_ptr<api::AdminSite> admin_site;
  std::unique_ptr<hooks::BranchWatch> watch;
  std::unique_ptr<Keeper> keeper;
  std::unique_ptr<ChangeClock> change_clock;
  std::unique_ptr<Repacker> repacker;
  std::unique_ptr<Auditor> auditor;  // null: its share is 0
  std::unique_ptr<http::RequestLog> request_log;
  WaitingHandler public_waiting{progress}, admin_waiting{progress};
  std::unique_ptr<http::Server> public_server, admin_server;
};

// Each step needs those before it.
Status open_stores(const ServeFlags& flags, Serving& serving);

// One of the two that are served.
struct Origin {
  std::string name;  // "public", "admin"
  std::string address;
  std::uint16_t port = 0;
  Descriptor socket = {};  // that listens already, instead of those
};
Result<std::unique_ptr<http::Server>> listen(Origin origin,
                                             Serving& serving,
                                             http::Handler& handler);
Status make_webhooks(Serving& serving);
Status make_pipeline(const ServeFlags& flags, Serving& serving);  // once the public port is known
Status make_follow(Serving& serving);                             // first of all
Status make_handlers(Serving& serving);
Status make_targets(Serving& serving);

// Into that folder and, where stet's are there already, into the repository.
Status write_hooks(const Serving& serving);

// As the settings say; none is a share of 0.
void start_auditor(Serving& serving);

// git's hooks of pushes over HTTP; those of other pushes lie in the repository.
std::filesystem::path hooks_folder(const Serving& serving);

}  // namespace stet::program
