#include "api/micropub/endpoint.h"

#include "api/auth/authenticate.h"
#include "api/auth/rate_limiter.h"
#include "api/micropub/address.h"
#include "api/micropub/command.h"
#include "api/micropub/post.h"
#include "api/micropub/received.h"
#include "api/routes/call.h"
#include "api/routes/media_store.h"
#include "api/routes/route.h"
#include "api/routes/write_path.h"
#include "cms/change/author.h"
#include "cms/change/terms.h"
#include "cms/document/document.h"
#include "cms/liquid/member.h"
#include "cms/site/post_name.h"

namespace stet::micropub {
namespace {

using api::Call;
using api::Json;
using document::Data;

constexpr std::string_view kPath = "/micropub", kMediaPath = "/micropub/media";

// What the write path wants to know of a route; it is in no table.
const api::Route& route() {
  static const api::Route route{.method = "POST",
                                .pattern = "/micropub",
                                .run = nullptr,
                                .scope = std::nullopt,
                                .resource = &change::resource_of(change::EntryKind::kPost),
                                .id = "micropub",
                                .summary = "",
                                .status = 201,
                                .is_entry_write = true};
  return route;
}

http::Response answer_of(const Fault& fault) {
  http::Response response = api::json_response(
      fault.status, Json{{"error", fault.error}, {"error_description", fault.description}});
  if (fault.status == 401) {
    bool lacks_scope = fault.error == "insufficient_scope";
    response.headers.add("WWW-Authenticate",
                         lacks_scope ? auth::challenge_of(auth::Scope::kPostsWrite)
                                     : std::string(auth::challenge_of(auth::Outcome::kMissing)));
  }
  return response;
}

http::Response empty(int status, std::string_view location = "") {
  http::Response response{.status = status};
  if (!location.empty()) response.headers.add("Location", location);
  return response;
}

// Of the API's problems in the words of Micropub.
Fault fault_of(const api::ProblemReport& report) {
  Fault fault{.status = report.status, .description = report.detail};
  for (const api::FieldError& field : report.errors) {
    if (field.detail != report.detail)
      fault.description += "; " + field.pointer + ": " + field.detail;
  }
  bool lacks_scope = report.status == 403 && report.headers.find("WWW-Authenticate");
  if (lacks_scope) {
    fault.status = 401;
    fault.error = "insufficient_scope";
  } else if (report.status == 403) {
    fault.error = "forbidden";
  } else if (report.status >= 500) {
    fault.error = "temporarily_unavailable";
  } else {
    fault.status = 400;
  }
  return fault;
}

// Of a post that is there.
struct There {
  Found found;
  Post post;
};

Result<There> read_post(const site::Site& site, const Found& found) {
  std::string bytes = TRY(site.read_path(found.path.view()));
  document::Document parsed = document::parse_document(bytes, found.path.view());
  There there{.found = found, .post = {}};
  there.post.front_matter = parsed.front_matter;
  there.post.body = std::string(parsed.body(bytes));
  there.post.is_draft = found.resource->kind == change::EntryKind::kDraft;
  return there;
}

change::Refusal no_post(std::string_view url) {
  change::Refusal refusal;
  refusal.kind = change::Refusal::Kind::kNotFound;
  refusal.message = "there is no post at '" + std::string(url.substr(0, 200)) + "'";
  return refusal;
}

change::Refusal refused(const Fault& fault) {
  change::Refusal refusal;
  refusal.message = fault.description;
  refusal.fields.push_back({"", fault.description});
  return refusal;
}

// What comes as a file, and under which properties.
std::optional<Fault> fault_of_files(const Call& call, const Received& received) {
  if (received.files.empty()) return std::nullopt;
  const auth::Rights& rights = call.principal.rights;
  if (!rights.may(auth::Area::kMedia, auth::Action::kWrite)) {
    bool lacks_scope = !rights.scopes.allows(auth::Scope::kPostsWrite);
    return Fault{.status = lacks_scope ? 401 : 403,
                 .error = lacks_scope ? "insufficient_scope" : "forbidden",
                 .description = "you may not add pictures and other media"};
  }
  if (received.files.size() <= api::kUploadsMax) return std::nullopt;
  return Fault{.status = 400,
               .description = "there are more than " + std::to_string(api::kUploadsMax) +
                              " files in the request"};
}

class Writing {
 public:
  Writing(const Call& call, Command command) : call_(call), command_(std::move(command)) {}

  // They become properties of the post, and files of the same commit. None: all may come in.
  std::optional<Fault> take(const Received& received) {
    if (auto fault = fault_of_files(call_, received)) return fault;
    for (const File& file : received.files) {
      bool is_known =
          file.property == "photo" || file.property == "video" || file.property == "audio";
      if (!is_known || command_.action != Action::kCreate) {
        return Fault{.description = "a file is the photo, video or audio of a new post"};
      }
      auto kept = api::keep_upload(call_, {file.content, file.name}, false, files_.size());
      if (auto* report = std::get_if<api::ProblemReport>(&kept)) return fault_of(*report);
      files_.push_back(api::new_file(std::get<api::KeptUpload>(kept)));
      properties_.push_back(file.property);
    }
    return std::nullopt;
  }

  http::Response run() {
    api::Write write;
    write.prepare = [this](const change::Ground& ground) {
      return command_.action == Action::kCreate ? create(ground) : change(ground);
    };
    write.refuse = [this](const site::Site& site, const change::Refusal& refusal) {
      return api::report_of(site, request_, refusal);
    };
    api::Answer answer = api::run_write(call_, write);
    if (auto* report = std::get_if<api::ProblemReport>(&answer))
      return answer_of(micropub::fault_of(*report));
    site::SitePtr site = call_.backend.pipeline.site();
    std::string address = site && path_ ? address_of(*site, *path_, call_.backend.admin_url) : "";
    int status = std::get<http::Response>(answer).status;
    if (command_.action == Action::kCreate) return empty(status == 202 ? 202 : 201, address);
    bool has_moved = command_.action == Action::kUpdate && address != before_;
    return has_moved ? empty(201, address) : empty(204);
  }

 private:
  void sign(change::WriteRequest& request) const {
    request.author_name = call_.principal.commit_name;
    request.author_email = call_.principal.commit_email;
    request.trailers = call_.trailers();
  }

  Result<change::PlanOutcome> create(const change::Ground& ground) {
    media::PlacedPlan placed;
    if (!files_.empty()) {
      auto outcome =
          media::place(ground, files_, {call_.principal.commit_name, call_.principal.commit_email});
      if (auto* refusal = std::get_if<change::Refusal>(&outcome)) {
        return change::PlanOutcome(std::move(*refusal));
      }
      placed = std::get<media::PlacedPlan>(std::move(outcome));
    }
    Command command = command_;
    for (std::size_t i = 0; i < files_.size(); ++i) {
      append(command.properties,
             properties_[i],
             Data(media_address(ground.site, placed.files[i].path)));
    }
    auto planned = TRY(create_post(ground, command));
    if (auto* plan = std::get_if<change::Plan>(&planned)) join(placed.plan, *plan);
    return planned;
  }

  // All of it is one commit.
  static void join(change::Plan& files, change::Plan& post) {
    auto move_all = [](auto& from, auto& to) {
      to.insert(
          to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
    };
    move_all(files.change_set.edits, post.change_set.edits);
    move_all(files.change_set.preconditions, post.change_set.preconditions);
  }

  Result<change::PlanOutcome> create_post(const change::Ground& ground, const Command& command) {
    Time now = ground.site.config().zone().at(ground.now.seconds);
    auto made = post_of(command, now);
    if (auto* fault = std::get_if<Fault>(&made)) return change::PlanOutcome(refused(*fault));
    Post& post = std::get<Post>(made);
    const auth::Rights& rights = call_.principal.rights;
    bool is_confined =
        rights.reach(auth::Area::kContent, auth::Action::kWrite) != auth::Reach::kAll &&
        rights.reach(auth::Area::kDrafts, auth::Action::kWrite) == auth::Reach::kOwn;
    if (is_confined && !post.front_matter.find(change::kAuthorKey)) {
      post.front_matter.map()->set(change::kAuthorKey, rights.user);
    }
    request_ = {};
    request_.resource =
        &change::resource_of(post.is_draft ? change::EntryKind::kDraft : change::EntryKind::kPost);
    request_.front_matter = std::move(post.front_matter);
    request_.body = std::move(post.body);
    sign(request_);
    auto outcome = TRY(change::prepare_create(ground, request_));
    if (takes_other_slug(outcome)) outcome = TRY(change::prepare_create(ground, request_));
    return planned(std::move(outcome));
  }

  // Where another post has the slug, the file has a number behind it, and so must the slug: the two
  // posts would have one URL.
  bool takes_other_slug(const change::Outcome& outcome) {
    const auto* made = std::get_if<change::Prepared>(&outcome);
    const Data* slug = request_.front_matter->find("slug");
    if (!made || !slug || !slug->string()) return false;
    bool is_post = request_.resource->kind == change::EntryKind::kPost;
    auto name = is_post ? site::parse_post_name(made->path.filename()) : std::nullopt;
    std::string taken = name ? name->slug : std::string(made->path.stem());
    if (taken == *slug->string()) return false;
    request_.front_matter->map()->set("slug", std::move(taken));
    return true;
  }

  Result<change::PlanOutcome> change(const change::Ground& ground) {
    auto found = find_post(ground.site, command_.url);
    if (!found) return change::PlanOutcome(no_post(command_.url));
    There there = TRY(read_post(ground.site, *found));
    before_ = address_of(ground.site, found->path, call_.backend.admin_url);
    Change change;
    if (command_.action == Action::kUpdate) {
      auto asked = change_of(command_, there.post);
      if (auto* fault = std::get_if<Fault>(&asked)) return change::PlanOutcome(refused(*fault));
      change = std::get<Change>(std::move(asked));
    } else {
      change.patch.set("published", command_.action == Action::kDelete ? Data(false) : Data());
    }
    request_ = {};
    request_.resource = found->resource;
    request_.name = found->path.string();
    if (!change.patch.empty()) request_.front_matter_patch = Data(std::move(change.patch));
    request_.body = std::move(change.body);
    sign(request_);
    return planned(TRY(change::prepare_patch(ground, request_)));
  }

  change::PlanOutcome planned(change::Outcome outcome) {
    if (auto* done = std::get_if<change::Prepared>(&outcome)) path_ = done->path;
    return change::plan_of(std::move(outcome), request_);
  }

  const Call& call_;
  const Command command_;
  std::vector<media::NewFile> files_;
  std::vector<std::string> properties_;  // of each file
  change::WriteRequest request_;
  std::optional<RepoPath> path_;
  std::string before_;
};

// `stet: {micropub: {syndicate-to: [{uid, name}]}}`: where else clients may send a post; its name
// is kept in the post, for whoever does that.
Json syndication_of(const site::Site& site) {
  Json targets = Json::array();
  using liquid::member_of;
  liquid::Value stet = site.config().get("stet");
  liquid::Value list = member_of(member_of(stet, "micropub"), "syndicate-to");
  if (list.type() != liquid::Type::kArray) return targets;
  for (const liquid::Value& item : list.as_array().items) {
    liquid::Value uid = member_of(item, "uid"), name = member_of(item, "name");
    if (!uid.is_string()) continue;
    targets.push_back({{"uid", uid.as_string()},
                       {"name", name.is_string() ? name.as_string() : uid.as_string()}});
  }
  return targets;
}

// The media endpoint (3.6.3): one file, and where it is then.
http::Response store_file(const Call& call, const Received& received) {
  if (auto fault = fault_of_files(call, received)) return answer_of(*fault);
  if (received.files.size() != 1 || received.files.front().property != "file") {
    return answer_of({.description = "here comes one file, as the part 'file' of a form"});
  }
  const File& file = received.files.front();
  api::StoreRequest request;
  request.uploads.push_back({file.content, file.name});
  api::StoreOutcome outcome = api::store_media(call, request);
  if (auto* report = std::get_if<api::ProblemReport>(&outcome.answer)) {
    return answer_of(fault_of(*report));
  }
  site::SitePtr site = call.backend.pipeline.site();
  std::string address = media_address(*site, outcome.stored.front().path);
  if (address.starts_with('/')) address.insert(0, call.backend.admin_url);
  return empty(201, address);
}

Json config_of(const site::Site& site, std::string_view admin_url) {
  Json types = Json::array();
  for (const auto& [type, name] : {std::pair("note", "Note"),
                                   std::pair("article", "Article"),
                                   std::pair("photo", "Photo"),
                                   std::pair("reply", "Reply"),
                                   std::pair("bookmark", "Bookmark")}) {
    types.push_back({{"type", type}, {"name", name}});
  }
  return {{"media-endpoint", std::string(admin_url) + std::string(kMediaPath)},
          {"syndicate-to", syndication_of(site)},
          {"post-types", std::move(types)},
          {"q", {"config", "source", "syndicate-to", "category", "post-types"}}};
}

http::Response source_of(const site::Site& site, const http::Request& request) {
  auto url = request.query_value("url");
  if (!url) return answer_of({.description = "q=source needs url"});
  auto found = find_post(site, *url);
  if (!found) return answer_of({.description = no_post(*url).message});
  auto there = read_post(site, *found);
  if (!there) return answer_of(fault_of(api::report_of(there.error())));
  std::vector<std::string> names;
  for (const auto& [name, value] : request.query) {
    if (name == "properties" || name == "properties[]") names.push_back(value);
  }
  Json json = Json::object();
  if (names.empty()) json["type"] = Json::array({"h-entry"});
  json["properties"] = api::to_json(Data(properties_of(there->post, names)));
  return api::json_response(200, json);
}

http::Response tell(const site::Site& site,
                    const http::Request& request,
                    std::string_view admin_url) {
  std::string_view asked = request.query_value("q").value_or("");
  if (asked.empty() || asked == "config") {
    return api::json_response(200, config_of(site, admin_url));
  }
  if (asked == "source") return source_of(site, request);
  if (asked == "syndicate-to") {
    return api::json_response(200, {{"syndicate-to", syndication_of(site)}});
  }
  if (asked == "post-types") {
    return api::json_response(200, {{"post-types", config_of(site, admin_url)["post-types"]}});
  }
  if (asked == "category") {
    Json names = Json::array();
    for (const change::Term& term : change::shown_terms_of(site, change::TermKind::kTag)) {
      names.push_back(term.name);
    }
    return api::json_response(200, {{"categories", std::move(names)}});
  }
  return answer_of({.description = "q is config, source, syndicate-to, category or post-types"});
}

// Who asks; or the answer to one who shows nothing, something else, or two tokens.
std::variant<auth::Principal, http::Response> caller_of(const api::Backend& backend,
                                                        const http::Request& request,
                                                        const Received& received) {
  std::optional<std::string> header;
  if (auto field = request.header("Authorization")) header = std::string(*field);
  for (const auto& [name, value] : received.form) {
    if (name != "access_token") continue;
    // RFC 6750 2: one way, not two. Clients are not told in JSON, for `invalid_request` is none of
    // the words that they know for it.
    if (header) {
      return http::Response::text(400,
                                  "bad request: the token comes in Authorization, or as "
                                  "access_token, and not both\n");
    }
    header = "Bearer " + value;
  }
  auth::Verdict verdict = auth::authenticate(
      backend.tokens, header ? std::optional<std::string_view>(*header) : std::nullopt);
  if (verdict.principal) return *std::move(verdict.principal);
  if (verdict.outcome == auth::Outcome::kUnavailable) {
    return answer_of({.status = 503,
                      .error = "temporarily_unavailable",
                      .description = "tokens cannot be checked just now"});
  }
  return answer_of({.status = 401,
                    .error = "unauthorized",
                    .description = "a valid token is needed: Authorization: Bearer <token>"});
}

std::int64_t seconds_to_wait(const api::Backend& backend,
                             const auth::Principal& principal,
                             bool is_read) {
  using Kind = auth::RateLimiter::Kind;
  if (!backend.limiter) return 0;
  return backend.limiter->take(principal.id(), is_read ? Kind::kRead : Kind::kWrite);
}

std::variant<Command, Fault> command_of(const Received& received) {
  if (received.json) return read_json(*received.json);
  return read_form(received.form, !received.files.empty());
}

}  // namespace

http::Response Endpoint::answer(const http::Request& request) const {
  const bool is_media = request.path == kMediaPath;
  if (!is_media && request.path != kPath && request.path != std::string(kPath) + "/") {
    return answer_of({.status = 404, .description = "Micropub is at /micropub"});
  }
  const bool is_read = !is_media && (request.method == "GET" || request.method == "HEAD");
  if (!is_read && request.method != "POST") {
    http::Response response = answer_of(
        {.status = 405,
         .description = is_media ? "files are sent by POST" : "Micropub has GET and POST"});
    response.headers.add("Allow", is_media ? "POST" : "GET, HEAD, POST");
    return response;
  }
  auto received = receive(request);
  if (auto* fault = std::get_if<Fault>(&received)) return answer_of(*fault);
  auto caller = caller_of(backend_, request, std::get<Received>(received));
  if (auto* response = std::get_if<http::Response>(&caller)) return std::move(*response);
  const auth::Principal& principal = std::get<auth::Principal>(caller);
  if (auto wait = seconds_to_wait(backend_, principal, is_read)) {
    http::Response response =
        answer_of({.status = 429,
                   .error = "temporarily_unavailable",
                   .description = "more quickly than the server's limits let"});
    response.headers.add("Retry-After", std::to_string(wait));
    return response;
  }
  site::SitePtr site = backend_.pipeline.site();
  if (!site) {
    return answer_of({.status = 503,
                      .error = "temporarily_unavailable",
                      .description = "nothing is published yet; try again in a moment"});
  }
  if (is_read) return tell(*site, request, backend_.admin_url);
  const Received& came = std::get<Received>(received);
  Call call{backend_, request, route(), principal, {}};
  if (is_media) return store_file(call, came);
  auto command = command_of(came);
  if (auto* fault = std::get_if<Fault>(&command)) return answer_of(*fault);
  Writing writing(call, std::get<Command>(std::move(command)));
  if (auto fault = writing.take(came)) return answer_of(*fault);
  return writing.run();
}

}  // namespace stet::micropub
