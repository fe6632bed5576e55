// git over HTTP at /site.git of the admin origin: clone, fetch and push, by `git http-backend`.
//
// Who asks is told by a token, as the password of Basic authentication (the user's name may be
// anything) or as a bearer token: any token reads, one with a scope to write may push, and what it
// may push is decided file by file by the gate (push_gate.h), which git runs as its pre-receive
// hook. Over HTTP git runs stet's hooks and none of the repository's. There is no dumb protocol;
// everything else below /site.git is 404.
//
// A request takes a worker while its child works; before that it waits for its turn (turns.h) and
// takes none, so hooks of pushes, which ask the server, never wait behind those. Bodies have been
// read before, large ones to an unlinked file that becomes the child's input; answers go out as
// they are made. Threads: every method from any thread. Limits: SmartHttpSettings. Failure: git is
// told in words where its protocol lets it show them, and the log has the rest; a push whose client
// has left is carried out all the same, for it had arrived. What is still at work when the server
// has to end is ended by stop(): a push then has moved a branch, or not.
#pragma once

#include <sys/eventfd.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "api/auth/tokens.h"
#include "api/git/turns.h"
#include "api/http/server.h"
#include "storage/base/descriptor.h"
#include "storage/process/process.h"

namespace stet::git {

inline constexpr std::string_view kSmartHttpPrefix = "/site.git";

struct SmartHttpSettings {
  std::filesystem::path repository;
  std::filesystem::path hooks_folder;                       // of write_hooks()
  std::uint64_t push_bytes_max = std::uint64_t{512} << 20;  // one push's pack
  TurnLimits turns = {};                                    // children; others hear 503
  std::int64_t wall_ms = 600'000;                           // of one child
  std::uint64_t fetch_bytes_max = std::uint64_t{16} << 20;  // of a fetch's request: its haves; and
                                                            // of any that came as gzip, unpacked
  // Told of each request that somebody known makes; an answer refuses it. May be empty.
  std::function<std::optional<http::Response>(const auth::Principal&, bool is_write)> refuse = {};
  // The origin to which those who push are sent on, without a slash at its end; "": none, and the
  // gate judges. May be empty.
  std::function<std::string()> pushes_go_to = {};
};

class SmartHttp final : public http::Handler {
 public:
  using Note = std::function<void(std::string_view)>;

  // `tokens` must outlive it; `note` is told what an operator should know, and may be empty.
  SmartHttp(SmartHttpSettings settings, auth::Tokens& tokens, Note note)
      : settings_(std::move(settings)),
        tokens_(tokens),
        note_(std::move(note)),
        stop_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
        turns_(settings_.turns) {}

  // For paths that begin with kSmartHttpPrefix; on a worker.
  void handle(http::Request request, http::Responder responder) override;
  std::optional<http::Response> refuse_early(const http::Request& head) const override;
  std::uint64_t body_bytes_max(const http::Request& head) const override;

  // Ends all children, now and later: their clients hear 503, or are cut off. So do those who wait.
  void stop();

  enum class Service { kFetch, kPush };

 private:
  struct Visit {
    http::Request request;
    Service service;
    auth::Principal principal;
  };

  std::optional<http::Response> send_on(const http::Request& request, Service service) const;
  std::optional<http::Response> refuse(const http::Request& request,
                                       Service service,
                                       auth::Verdict& verdict) const;
  storage::Command command_of(const http::Request& request,
                              Service service,
                              const auth::Principal& principal) const;
  void serve(Visit& visit, const http::Responder& responder, Turns::Place& place);
  void run(const Visit& visit, const http::Responder& responder, Turns::Place& place);
  void note(const http::Request& request, std::string_view what) const;

  const SmartHttpSettings settings_;
  auth::Tokens& tokens_;
  const Note note_;
  const Descriptor stop_;  // an eventfd; without one, children end by themselves
  std::atomic<bool> is_stopped_ = false;
  Turns turns_;
};

}  // namespace stet::git
