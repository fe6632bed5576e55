// The admin origin: the API, the hooks, health, and a page that says what this is.
//
// GET /health answers while the process does; GET /ready once something is live; /metrics is
// /api/v1/metrics under the name that is usual, /status a page for people. Every answer has
// headers that keep browsers from guessing, framing and caching. Another origin's scripts may read
// answers only where the settings name that origin (CORS), or, of reads, the site does; and never
// with cookies: a token is sent by who has it, a cookie by any browser. Threads: any.
#pragma once

#include <functional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "api/http/server.h"
#include "api/routes/backend.h"
#include "api/routes/router.h"
#include "api/routes/status_page.h"

namespace stet::api {

// Answers everything whose path begins with `prefix`, on a worker.
struct Mount {
  std::string prefix;  // "/hooks/"
  std::function<http::Response(const http::Request&)> answer;
  std::uint64_t body_bytes_max = 64 * 1024;
  std::uint64_t bytes_max_with_token = 0;  // of who shows a good one in Authorization; 0: no more
  // Instead of both, for what streams its answers; must outlive the site.
  http::Handler* handler = nullptr;
};

struct AdminOptions {
  std::vector<std::string> allowed_origins = {};  // "https://editor.example"; none: no CORS
  // Where browsers at "/" are sent, "/admin/"; "": they see what this is.
  std::string home = {};
};

class AdminSite final : public http::Handler {
 public:
  // `backend` must outlive it, and whatever the mounts refer to.
  AdminSite(const Backend& backend, std::vector<Mount> mounts, AdminOptions options = {});

  void handle(http::Request request, http::Responder responder) override;
  bool is_quick(const http::Request& head) const override;
  std::optional<http::Response> refuse_early(const http::Request& head) const override;
  std::uint64_t body_bytes_max(const http::Request& head) const override;
  http::Response refusal(int status, std::string_view detail) const override;

  // From the next request on. Threads: any.
  void set_allowed_origins(std::vector<std::string> origins);

  // The same as handle(), as a function; of a stream its head.
  http::Response answer(const http::Request& request) const;

 private:
  Router::Answered route(const http::Request& request) const;
  void add_common(const http::Request& request, http::Headers& headers) const;
  http::Response own(const http::Request& request) const;
  bool is_read_only() const;
  const Mount* find_mount(std::string_view path) const;
  bool shows_token(const http::Request& head) const;
  std::optional<std::string_view> allowed_origin(const http::Request& request) const;
  std::optional<std::string> origin_for_all(const http::Request& request) const;

  const Backend& backend_;
  const Router router_;
  const StatusPage status_page_;
  const std::vector<Mount> mounts_;
  mutable std::shared_mutex mutex_;  // of options_.allowed_origins
  AdminOptions options_;             // all but these origins stays as it is
};

}  // namespace stet::api
