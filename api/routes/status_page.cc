#include "api/routes/status_page.h"

#include <cmath>

#include "api/routes/route.h"
#include "cms/liquid/filters/escape.h"
#include "storage/base/base64.h"
#include "storage/base/sha.h"

namespace stet::api {
namespace {

constexpr std::string_view kStyle =
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 2rem}"
    "th,td{text-align:start;vertical-align:top;padding:.25rem .75rem .25rem 0;"
    "border-bottom:1px solid #8886;overflow-wrap:anywhere}"
    "th{overflow-wrap:normal}th[scope=row]{width:14rem;font-weight:400}strong{color:#b00020}"
    "@media(prefers-color-scheme:dark){:root{color-scheme:dark}strong{color:#ff8a80}}";
constexpr std::string_view kRefreshSeconds = "15";
constexpr std::size_t kShortCommit = 10, kSlowWritesShown = 10;

std::string policy() {
  static const std::string kPolicy =
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; "
      "style-src 'sha256-" +
      encode_base64(sha256_bytes(kStyle)) + "'";
  return kPolicy;
}

// What a member says, for people; "" where it is not there.
std::string words_of(const Json& json, std::string_view name) {
  auto found = json.find(name);
  if (found == json.end() || found->is_null()) return "";
  if (found->is_boolean()) return found->get<bool>() ? "yes" : "no";
  return found->is_string() ? found->get<std::string>() : found->dump();
}

// A number with one digit behind the point: nobody reads more.
std::string tenths(const Json& json, std::string_view name) {
  auto found = json.find(name);
  if (found == json.end() || !found->is_number()) return "";
  const auto number = static_cast<std::int64_t>(std::llround(found->get<double>() * 10));
  return std::to_string(number / 10) + "." + std::to_string(number % 10);
}

std::string short_commit(const Json& json, std::string_view name) {
  return words_of(json, name).substr(0, kShortCommit);
}

// "120 of 4000", "rendering pages: 120 of 4000"
std::string progress_words(const Json& step, bool with_what) {
  if (!step.is_object()) return "";
  Progress::Step read{.what = words_of(step, "what"),
                      .done = step.value("done", std::uint64_t{0}),
                      .total = step.value("total", std::uint64_t{0})};
  const std::string text = to_string(read);
  return with_what || text.size() <= read.what.size() ? text : text.substr(read.what.size() + 2);
}

class Html {
 public:
  Html& heading(std::string_view words) { return element("h2", words); }
  // A table of facts, or one of rows below heads.
  Html& begin_table() {
    text_ += "<table>\n";
    return *this;
  }
  Html& end_table() {
    text_ += "</table>\n";
    return *this;
  }
  // Nothing where there is nothing to say.
  Html& fact(std::string_view name, std::string_view words, bool is_bad = false) {
    if (words.empty()) return *this;
    text_ += "<tr><th scope=\"row\">" + liquid::escape_html(name) + "</th><td>";
    text_ += is_bad ? "<strong>" : "";
    text_ += liquid::escape_html(words);
    text_ += is_bad ? "</strong>" : "";
    text_ += "</td></tr>\n";
    return *this;
  }
  Html& row(const std::vector<std::string>& cells, std::string_view kind = "td") {
    text_ += "<tr>";
    const std::string open(kind == "th" ? "<th scope=\"col\">" : "<td>");
    for (const std::string& cell : cells) {
      text_.append(open).append(liquid::escape_html(cell)).append("</").append(kind).append(">");
    }
    text_ += "</tr>\n";
    return *this;
  }
  Html& element(std::string_view name, std::string_view words) {
    text_.append("<").append(name).append(">").append(liquid::escape_html(words));
    text_.append("</").append(name).append(">\n");
    return *this;
  }
  // Written here, not by anybody outside.
  Html& own(std::string_view html) {
    text_ += html;
    return *this;
  }

  http::Response response(int status) && {
    http::Response made{.status = status};
    made.headers.add("Content-Type", "text/html; charset=utf-8");
    made.headers.add("Content-Security-Policy", policy());
    made.headers.add("Cache-Control", "no-store");
    made.headers.add("Vary", "Accept");
    made.headers.add("X-Robots-Tag", "noindex, nofollow");
    std::string html =
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n"
        "<meta http-equiv=\"refresh\" content=\"";
    html.append(kRefreshSeconds).append("\">\n<title>Status</title>\n<style>");
    html.append(kStyle).append("</style>\n<h1>Status</h1>\n").append(text_);
    made.body = html.append("</html>\n");
    return made;
  }

 private:
  std::string text_;
};

void add_site(const Json& status, Html& html) {
  const Json& live = status["live"];
  const std::uint64_t mismatches = status["audits"].value("mismatches", std::uint64_t{0});
  html.heading("Site").begin_table();
  html.fact("Live",
            "publication " + words_of(live, "number") + ", commit " + short_commit(live, "commit") +
                ", of " + words_of(live, "instant"));
  html.fact("Branch", words_of(status, "branch"))
      .fact("Trouble", words_of(status, "trouble"), true);
  html.fact("Being made", progress_words(status.value("work", Json()), true));
  html.fact("Pages", words_of(status, "pages") + ", " + words_of(status, "stale") + " stale");
  html.fact("Problems", words_of(status, "problems"));
  if (status["rollback"].is_object()) {
    html.fact("Held", "an earlier publication is shown", true);
  }
  html.fact(
      "Audits",
      words_of(status["audits"], "audited") + " pages, " + std::to_string(mismatches) + " wrong",
      mismatches > 0);
  if (auto start = status.find("start"); start != status.end()) {
    html.fact("Start", words_of(*start, "kind") + ", " + tenths(*start, "seconds") + " s");
  }
  html.end_table();
}

void add_others(const Json& status, Html& html) {
  auto leadership = status.find("leadership"), remote = status.find("remote");
  if (leadership == status.end() && remote == status.end()) return;
  html.heading("Other servers").begin_table();
  if (leadership != status.end()) {
    html.fact("This server",
              words_of(*leadership, "role") + ", epoch " + words_of(*leadership, "epoch"));
    html.fact("Takes no writes", words_of(*leadership, "refusal"), true);
    if (const Json& leader = (*leadership)["leader"]; leader.is_object()) {
      html.fact("Leader",
                words_of(leader, "url") + ": " + words_of(leader, "state") + ", " +
                    words_of(leader, "behind") + " commits behind");
    }
  }
  if (remote != status.end()) {
    html.fact("Upstream",
              words_of(*remote, "url") + ": " + words_of(*remote, "state") + ", " +
                  words_of(*remote, "ahead") + " ahead, " + words_of(*remote, "behind") +
                  " behind");
    const Json& error = (*remote)["error"];
    if (error.is_object()) html.fact("Failure", words_of(error, "detail"), true);
  }
  html.end_table();
}

void add_targets(const Json& status, Html& html) {
  auto targets = status.find("targets");
  if (targets == status.end() || targets->empty()) return;
  html.heading("Targets").begin_table();
  html.row({"Name", "Place", "Files", "Behind", "Commit", "State"}, "th");
  for (const Json& target : *targets) {
    const std::string error = words_of(target, "error");
    std::string state = progress_words(target.value("progress", Json()), false);
    if (state.empty()) state = error.empty() ? "good" : error;
    html.row({words_of(target, "name"),
              words_of(target, "place"),
              words_of(target, "files"),
              words_of(target, "behind"),
              short_commit(target, "commit"),
              state});
  }
  html.end_table();
}

void add_machine(const Json& status, const Backend& backend, Html& html) {
  html.heading("Server").begin_table();
  html.fact("Version", backend.version);
  if (auto repository = status.find("repository"); repository != status.end()) {
    html.fact(
        "Repository",
        words_of(*repository, "packs") + " packs of " + words_of(*repository, "bytes") + " bytes");
    const bool is_full = repository->value("is_full", false);
    html.fact("Is full", is_full ? "its quota refuses writes" : "", true);
    html.fact("Repacking", words_of(*repository, "is_repacking"));
  }
  if (backend.process) {
    const ProcessNumbers numbers = backend.process();
    html.fact("Memory", std::to_string(numbers.resident_bytes >> 20) + " MiB");
    html.fact("Open files",
              std::to_string(numbers.open_files) + " of " + std::to_string(numbers.open_files_max));
  }
  html.end_table();
}

void add_slow_writes(const Json& slow, Html& html) {
  auto items = slow.find("items");
  if (items == slow.end() || items->empty()) return;
  html.heading("The slowest writes of the day").begin_table();
  html.row({"At", "Milliseconds", "Request", "Steps, in milliseconds"}, "th");
  std::size_t shown = 0;
  for (const Json& item : *items) {
    if (++shown > kSlowWritesShown) break;
    html.row({words_of(item, "at"),
              tenths(item, "milliseconds"),
              words_of(item, "method") + " " + words_of(item, "path"),
              words_of(item, "timing")});
  }
  html.end_table();
}

// The body of an answer, where it is one that says something.
Json json_of(const Router::Answered& answered) {
  const auto* response = std::get_if<http::Response>(&answered);
  const auto* body = response ? std::get_if<std::string>(&response->body) : nullptr;
  return body && response->status == 200 ? Json::parse(*body, nullptr, false) : Json();
}

}  // namespace

Router::Answered StatusPage::ask(const http::Request& request, std::string_view operation) const {
  http::Request routed = request;
  routed.path = std::string(kApiRoot) + std::string(operation);
  return router_.answer(routed);
}

Router::Answered StatusPage::answer(const http::Request& request, bool is_for_people) const {
  if (!is_for_people) {
    Router::Answered answered = ask(request, kPath);
    if (auto* told = std::get_if<http::Response>(&answered)) told->headers.add("Vary", "Accept");
    return answered;
  }
  http::Request whole = request;  // of JSON that is no answer, nobody has a tag
  whole.method = request.is_head() ? "GET" : request.method;
  whole.headers.remove("If-None-Match");
  const Json status = json_of(ask(whole, kPath));
  Html html;
  if (!status.is_object()) {
    const bool is_served = backend_.publisher.live() != nullptr;
    html.element("p", is_served ? "The site is served." : "Nothing is published yet.");
    html.own("<p><a href=\"/\">Sign in</a> to see more.</p>\n");
    return std::move(html).response(is_served ? 200 : 503);
  }
  add_site(status, html);
  add_others(status, html);
  add_targets(status, html);
  add_machine(status, backend_, html);
  add_slow_writes(json_of(ask(whole, "/status/slow-writes")), html);
  html.own("<p><a href=\"/admin/\">The editor</a> says what the problems are.</p>\n");
  return std::move(html).response(200);
}

}  // namespace stet::api
