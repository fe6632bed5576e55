// What the API works on: one site, its branch, and the workers that change it.
//
// Made by the composition root, which keeps everything alive that is referred to. Threads: all of
// it may be used from any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "api/auth/tokens.h"
#include "cms/pipeline/pipeline.h"
#include "cms/publish/publisher.h"
#include "cms/publish/store.h"
#include "storage/base/clock.h"
#include "storage/commit/committer.h"
#include "storage/git/repository.h"

namespace stet::api {

struct Backend {
  const storage::Repository& repository;
  storage::Committer& committer;  // of the branch that is served
  pipeline::Pipeline& pipeline;
  publish::Publisher& publisher;
  publish::Store& store;
  auth::Tokens& tokens;
  const Clock& clock;
  // Publishes the branch's head some time soon, on another thread: for `Prefer: respond-async`.
  std::function<void()> publish_soon;
  // Told of what the outside is not: the words of internal errors. May be empty.
  std::function<void(std::string_view)> note;
  std::string version;  // of the program, for the OpenAPI document

  const std::string& branch() const { return committer.branch(); }
};

}  // namespace stet::api
