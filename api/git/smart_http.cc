#include "api/git/smart_http.h"

#include <algorithm>
#include <utility>

#include "api/auth/authenticate.h"
#include "api/git/backend_reply.h"
#include "api/git/hook_files.h"
#include "api/git/unzipped.h"
#include "api/http/worker_pool.h"
#include "storage/base/full_disk.h"
#include "storage/base/utf8.h"

namespace stet::git {
namespace {

using Service = SmartHttp::Service;

constexpr std::string_view kFetch = "git-upload-pack";
constexpr std::string_view kPush = "git-receive-pack";
constexpr std::size_t kProtocolBytesMax = 100;
constexpr std::size_t kNoteBytesMax = 500;
// A body may be longer than its pack by the commands before it, and the pack's limit is git's to
// tell, in words that the client shows.
constexpr std::uint64_t kBodySlackBytes = std::uint64_t{16} << 20;

http::Response plain(int status, std::string text) {
  http::Response response{.status = status};
  response.headers.add("Content-Type", "text/plain; charset=utf-8");
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("X-Content-Type-Options", "nosniff");
  response.body = std::move(text) + "\n";
  return response;
}

http::Response unauthorized(auth::Outcome outcome) {
  if (outcome == auth::Outcome::kUnavailable) {
    return plain(503, "tokens cannot be checked just now; try again in a moment");
  }
  http::Response response = plain(
      401, "a token of this site is needed, as the password; the user's name may be anything");
  response.headers.add("WWW-Authenticate", auth::kBasicChallenge);
  return response;
}

http::Response wrong_method(std::string_view allowed) {
  http::Response response = plain(405, "git does not ask so");
  response.headers.add("Allow", allowed);
  return response;
}

struct Asked {
  std::optional<Service> service;  // none: `refusal`
  std::optional<http::Response> refusal;
};

std::optional<Service> service_of(std::string_view name) {
  if (name == kFetch) return Service::kFetch;
  if (name == kPush) return Service::kPush;
  return std::nullopt;
}

// One of git's three requests: what it wants to do, or why not.
Asked asked_of(const http::Request& request) {
  std::string_view path = std::string_view(request.path).substr(kSmartHttpPrefix.size());
  bool is_reading = request.method == "GET" || request.method == "HEAD";
  if (path == "/info/refs") {
    if (!is_reading) return {{}, wrong_method("GET, HEAD")};
    auto service = service_of(request.query_value("service").value_or(""));
    if (service) return {service, {}};
    return {{}, plain(403, "only git's smart protocol is spoken here; git 1.6.6 or newer has it")};
  }
  auto service = path.starts_with('/') ? service_of(path.substr(1)) : std::nullopt;
  if (!service) {
    return {{},
            plain(404,
                  "there is nothing here; `git clone` takes the address " +
                      std::string(kSmartHttpPrefix))};
  }
  if (request.method != "POST") return {{}, wrong_method("POST")};
  return {service, {}};
}

std::string_view name_of(Service service) { return service == Service::kFetch ? kFetch : kPush; }

// "version=2": what a client may say of the protocol, and nothing that a log or a shell would mind.
bool is_protocol(std::string_view text) {
  return text.size() <= kProtocolBytesMax && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '=' || c == ':' ||
                  c == '-' || c == '.';
         });
}

// Settings of git's that no file on this machine gives it.
void add_config(std::vector<std::string>& environment,
                const std::vector<std::pair<std::string, std::string>>& config) {
  environment.push_back("GIT_CONFIG_COUNT=" + std::to_string(config.size()));
  for (std::size_t i = 0; i < config.size(); ++i) {
    std::string number = std::to_string(i);
    environment.push_back("GIT_CONFIG_KEY_" + number + "=" + config[i].first);
    environment.push_back("GIT_CONFIG_VALUE_" + number + "=" + config[i].second);
  }
}

bool is_zipped(const http::Request& request) {
  auto encoding = request.header("Content-Encoding").value_or("");
  return http::equal_without_case(encoding, "gzip") || http::equal_without_case(encoding, "x-gzip");
}

http::Response busy() {
  http::Response response = plain(503, "too many are cloning and pushing; try again in a moment");
  response.headers.add("Retry-After", "5");
  return response;
}

http::Response stopping() { return plain(503, "the server is stopping; try again in a moment"); }

}  // namespace

// git follows it with the first of its requests, and asks for credentials anew.
std::optional<http::Response> SmartHttp::send_on(const http::Request& request,
                                                 Service service) const {
  if (service != Service::kPush || !settings_.pushes_go_to) return std::nullopt;
  const std::string origin = settings_.pushes_go_to();
  if (origin.empty()) return std::nullopt;
  http::Response response = plain(307, "this server follows " + origin + ", which takes pushes");
  response.headers.add("Location", origin + request.target);
  return response;
}

std::optional<http::Response> SmartHttp::refuse(const http::Request& request,
                                                Service service,
                                                auth::Verdict& verdict) const {
  verdict = auth::authenticate_basic(tokens_, request.header("Authorization"));
  if (!verdict.principal) {
    if (!verdict.reason.empty()) note(request, verdict.reason);
    return unauthorized(verdict.outcome);
  }
  if (service == Service::kPush && !verdict.principal->rights.may_write()) {
    return plain(403,
                 "this token may read and not push; it needs posts:write, schedule:write, "
                 "theme:write or admin, and its owner a role that writes");
  }
  return std::nullopt;
}

std::optional<http::Response> SmartHttp::refuse_early(const http::Request& head) const {
  Asked asked = asked_of(head);
  if (!asked.service) return std::move(asked.refusal);
  if (auto elsewhere = send_on(head, *asked.service)) return elsewhere;
  auth::Verdict verdict;
  return refuse(head, *asked.service, verdict);
}

std::uint64_t SmartHttp::body_bytes_max(const http::Request& head) const {
  auto service = asked_of(head).service;
  if (!service) return 0;
  return *service == Service::kPush ? settings_.push_bytes_max + kBodySlackBytes
                                    : settings_.fetch_bytes_max;
}

void SmartHttp::handle(http::Request request, http::Responder responder) {
  Asked asked = asked_of(request);
  if (!asked.service) {
    responder.send(std::move(*asked.refusal));
    return;
  }
  if (auto elsewhere = send_on(request, *asked.service)) {
    responder.send(std::move(*elsewhere));
    return;
  }
  auth::Verdict verdict;
  if (auto refusal = refuse(request, *asked.service, verdict)) {
    responder.send(std::move(*refusal));
    return;
  }
  if (settings_.refuse) {
    const bool is_write = *asked.service == Service::kPush && request.method == "POST";
    if (auto refusal = settings_.refuse(*verdict.principal, is_write)) {
      responder.send(std::move(*refusal));
      return;
    }
  }
  auto visit = std::make_shared<Visit>(
      Visit{std::move(request), *asked.service, *std::move(verdict.principal)});
  turns_.come([this, visit, responder](Turns::Place* place) {
    if (place) {
      serve(*visit, responder, *place);
    } else {
      responder.send(is_stopped_ ? stopping() : busy());
    }
  });
}

void SmartHttp::serve(Visit& visit, const http::Responder& responder, Turns::Place& place) {
  http::Request& request = visit.request;
  if (request.method == "POST" && is_zipped(request)) {
    auto body = unzipped(request.body, settings_.fetch_bytes_max);
    if (!body) {
      responder.send(plain(413, body.error().message + "; send it as it is"));
      return;
    }
    request.body = *std::move(body);
  }
  run(visit, responder, place);
}

storage::Command SmartHttp::command_of(const http::Request& request,
                                       Service service,
                                       const auth::Principal& principal) const {
  bool is_post = request.method == "POST";
  std::string path = is_post ? "/" + std::string(name_of(service)) : "/info/refs";
  storage::Command command{.argv = {"git", "http-backend"}};
  command.folder = settings_.repository;
  command.environment = {"PATH=/usr/local/bin:/usr/bin:/bin",
                         "HOME=/nonexistent",
                         "LC_ALL=C",
                         "GIT_CONFIG_NOSYSTEM=1",
                         "GIT_CONFIG_GLOBAL=/dev/null",
                         "GIT_PROJECT_ROOT=" + settings_.repository.string(),
                         "GIT_HTTP_EXPORT_ALL=1",
                         "GIT_HTTP_MAX_REQUEST_BUFFER=" + std::to_string(settings_.fetch_bytes_max),
                         "PATH_INFO=" + path,
                         "REQUEST_METHOD=" + request.method,
                         "REMOTE_USER=" + principal.token_id,
                         "REMOTE_ADDR=" + request.peer_address,
                         "STET_PUSH_SCOPES=" + principal.rights.scopes.string(),
                         "STET_PUSH_ACTOR=" + principal.actor()};
  auto& environment = command.environment;
  if (principal.rights.role) {
    environment.push_back("STET_PUSH_ROLE=" + std::string(auth::name_of(*principal.rights.role)));
    environment.push_back("STET_PUSH_USER=" + principal.rights.user);
  }
  if (is_post) {
    environment.push_back("CONTENT_LENGTH=" + std::to_string(request.body.size()));
    environment.push_back("CONTENT_TYPE=application/x-" + std::string(name_of(service)) +
                          "-request");
  } else {
    environment.push_back("QUERY_STRING=service=" + std::string(name_of(service)));
  }
  std::string_view protocol = request.header("Git-Protocol").value_or("");
  if (!protocol.empty() && is_protocol(protocol)) {
    environment.push_back("GIT_PROTOCOL=" + std::string(protocol));
  }
  add_config(environment,
             {{"safe.directory", "*"},
              {"core.hooksPath", settings_.hooks_folder.string()},
              {"http.getanyfile", "false"},
              {"http.uploadpack", "true"},
              {"http.receivepack", "true"},
              {"uploadpack.allowFilter", "true"},
              {"receive.advertisePushOptions", "true"},
              {std::string(kMergeSetting), std::string(kMergeValue)},
              {"receive.autogc", "false"},
              {"receive.maxInputSize", std::to_string(settings_.push_bytes_max)},
              {"receive.unpackLimit", "1"},
              {"transfer.fsckObjects", "true"},
              {"transfer.hideRefs", "refs/stet"},
              {"uploadpack.hideRefs", "!refs/stet/epoch"},
              {"uploadpack.hideRefs", "!refs/stet/live"},
              {"uploadpack.hideRefs", "!refs/stet/site"},
              {"receive.hideRefs", "!refs/stet/epoch"},
              {"core.fsync", "committed"},
              {"pack.threads", "1"},
              {"pack.windowMemory", "64m"}});
  command.stop_fd = stop_.get();
  command.limits.wall_ms = settings_.wall_ms;
  command.limits.open_files = 1024;
  return command;
}

void SmartHttp::run(const Visit& visit, const http::Responder& responder, Turns::Place& place) {
  const http::Request& request = visit.request;
  bool is_push = visit.service == Service::kPush && request.method == "POST";
  BackendReply reply(responder,
                     is_push ? BackendReply::WhenGone::kGoOn : BackendReply::WhenGone::kStop);
  storage::Command command = command_of(request, visit.service, visit.principal);
  auto body = request.body.as_file();
  if (!body) {
    note(request, body.error().message);
    int status = is_of_full_disk(body.error()) ? 507 : 503;
    responder.send(plain(status, "there is no room for this now; try again later"));
    return;
  }
  command.input_fd = (*body)->descriptor();
  command.on_output = [&](std::string_view piece) { return reply.take(piece); };
  auto finished = [&] {
    http::WorkerPool::Waiting waiting;
    return storage::run(command);
  }();
  place.leave();  // before the client knows, for it may ask again at once
  if (!finished) {
    note(request, finished.error().message);
    responder.send(plain(503, "git could not be started; try again later"));
    return;
  }
  using Ending = storage::Finished::Ending;
  Status ended = storage::check_success(*finished, "git http-backend");
  if (!ended && finished->ending != Ending::kUnwanted) note(request, ended.error().message);
  // What git has to say of a failure of its own is in what it wrote.
  bool is_whole = finished->ending == Ending::kExited;
  if (is_whole ? reply.finish() : reply.abort()) return;
  if (is_stopped_ && finished->ending == Ending::kUnwanted) {
    responder.send(stopping());
    return;
  }
  bool is_late = finished->ending == Ending::kTimedOut;
  responder.send(is_late ? plain(503, "git took too long, and was ended; nothing was changed")
                         : plain(500, "git failed; the server's log says why"));
}

void SmartHttp::stop() {
  is_stopped_ = true;
  ::eventfd_write(stop_.get(), 1);
  turns_.stop();
}

void SmartHttp::note(const http::Request& request, std::string_view what) const {
  if (!note_) return;
  note_(request.request_id + " " + request.method + " " + printable(request.path, 100) + ": " +
        printable(what, kNoteBytesMax));
}

}  // namespace stet::git
