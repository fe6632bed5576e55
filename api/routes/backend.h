// What the API works on: one site, its branch, and the workers that change it.
//
// Made by the composition root, which keeps everything alive that is referred to. Threads: all of
// it may be used from any thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "api/auth/tickets.h"
#include "api/auth/tokens.h"
#include "api/events/commit_teller.h"
#include "api/events/event_feed.h"
#include "api/routes/idempotency.h"
#include "api/routes/process_numbers.h"
#include "api/routes/remembered.h"
#include "api/routes/request_counts.h"
#include "api/routes/upkeep_counts.h"
#include "cms/media/rules.h"
#include "cms/pipeline/pipeline.h"
#include "cms/publish/publisher.h"
#include "cms/publish/store.h"
#include "storage/base/clock.h"
#include "storage/base/progress.h"
#include "storage/commit/committer.h"
#include "storage/git/repository.h"
#include "storage/snapshot/large_files.h"

namespace stet::auth {
class Door;
class RateLimiter;
}  // namespace stet::auth
namespace stet::changes {
class Changes;
class Timetable;
}  // namespace stet::changes
namespace stet::events {
class Presence;
}
namespace stet::media {
class VariantSource;
}
namespace stet::oidc {
class Federation;
}
namespace stet::pipeline {
class BranchPreviews;
}
namespace stet::storage {
class Reviews;
}
namespace stet::remote {
class Leadership;
class UpstreamFollower;
}  // namespace stet::remote
namespace stet::search {
class Index;
}
namespace stet::targets {
struct TargetReport;
}
namespace stet::webhooks {
class Dispatcher;
}

namespace stet::api {

class SlowWrites;

struct Backend {
  const storage::Repository& repository;
  storage::Committer& committer;  // of the branch that is served
  pipeline::Pipeline& pipeline;
  publish::Publisher& publisher;
  publish::Store& store;
  auth::Tokens& tokens;
  IdempotencyKeys& keys;
  const Clock& clock;
  // Publishes the branch's head some time soon, on another thread: for `Prefer: respond-async`.
  std::function<void()> publish_soon;
  // Told of what the outside is not: the words of internal errors. May be empty.
  std::function<void(std::string_view)> note;
  std::string version;                         // of the program, for the OpenAPI document
  events::EventFeed* events = nullptr;         // null: nobody can listen
  auth::Tickets* tickets = nullptr;            // null: there is no looking at old publications
  RequestCounts* requests = nullptr;           // null: nobody counts
  remote::UpstreamFollower* remote = nullptr;  // null: there is no upstream
  // Why what is live is not the branch's head; "": it is. May be empty.
  std::function<std::string()> trouble = {};
  const UpkeepCounts* upkeep = nullptr;  // null: nobody tends the repository
  // Of the events that commits are; null: there are none.
  events::CommitTeller* commits = nullptr;
  webhooks::Dispatcher* webhooks = nullptr;   // null: nobody is called
  auth::Door* door = nullptr;                 // null: nobody can sign in
  oidc::Federation* federation = nullptr;     // null: nobody else vouches for people
  events::Presence* presence = nullptr;       // null: nobody is told who has what open
  search::Index* search = nullptr;            // null: nothing is searched
  search::Index* held_back_search = nullptr;  // of what the public is shown, where that is less
  search::Index* changes_search = nullptr;    // of what open changes say: an index of branches

  changes::Changes* changes = nullptr;           // null: there is no unpublished work
  changes::Timetable* timetable = nullptr;       // null: nothing is published by itself
  storage::Reviews* reviews = nullptr;           // of it; there where `changes` is
  pipeline::BranchPreviews* previews = nullptr;  // likewise
  // News of it behind one number and up to another, each with its own. May be empty.
  std::function<Result<std::vector<events::ToldEvent>>(std::int64_t after, std::int64_t until)>
      news_between = {};

  media::Limits media = {};                    // what uploads may be
  media::VariantSource* variants = nullptr;    // null: of pictures there is one size alone
  const storage::LargeFiles* files = nullptr;  // null: Git LFS is not known here

  auth::RateLimiter* limiter = nullptr;  // null: everybody may ask as often as they like
  SlowWrites* slow_writes = nullptr;     // null: nobody keeps them
  const Progress* progress = nullptr;    // of whole builds; null: nobody tells
  // Where the site is published to. May be empty, as the next two.
  std::function<std::vector<targets::TargetReport>()> targets = {};
  std::function<bool(std::string_view name)> run_target = {};  // false: there is none of that name
  std::function<ProcessNumbers()> process = {};
  const remote::Leadership* leadership = nullptr;  // null: it leads

  std::string admin_url = {};  // where people reach this origin, without a slash at its end

  std::shared_ptr<Remembered> remembered = std::make_shared<Remembered>();

  const std::string& branch() const { return committer.branch(); }
};

}  // namespace stet::api
