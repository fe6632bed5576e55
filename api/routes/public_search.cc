#include "api/routes/public_search.h"

#include <algorithm>
#include <charconv>

#include "api/http/conditional.h"
#include "api/http/negotiate.h"
#include "api/routes/public_search_page.h"
#include "api/routes/search.h"
#include "cms/schedule/policy.h"
#include "cms/site/own_search.h"
#include "storage/base/ip_address.h"

namespace stet::api {
namespace {

constexpr std::string_view kPath = "/search";
constexpr double kNsPerSecond = 1e9;

void add_common(http::Headers& headers) {
  headers.add("Cache-Control", "no-cache");
  headers.add("X-Content-Type-Options", "nosniff");
  headers.add("X-Robots-Tag", "noindex");
  headers.add("Vary", "Accept");
}

http::Response refusal(int status, std::string_view why, std::string_view retry_after = "") {
  http::Response response = http::Response::text(status, std::string(why) + "\n");
  add_common(response.headers);
  if (!retry_after.empty()) response.headers.add("Retry-After", retry_after);
  return response;
}

bool wants_json(const http::Request& request) {
  std::string accept = request.headers.joined("Accept");
  return !accept.empty() && http::quality_of_media_type(accept, "application/json") >
                                http::quality_of_media_type(accept, "text/html");
}

std::size_t page_of(const http::Request& request) {
  std::size_t page = 1;
  if (auto text = request.query_value("page")) {
    std::from_chars(text->data(), text->data() + text->size(), page);
  }
  return std::clamp<std::size_t>(page, 1, PublicSearch::kPagesMax);
}

class Together {
 public:
  explicit Together(std::atomic<unsigned>& count) : count_(count), own_(++count) {}
  ~Together() { --count_; }
  Together(const Together&) = delete;
  Together& operator=(const Together&) = delete;
  bool is_too_many() const { return own_ > PublicSearch::kTogetherMax; }

 private:
  std::atomic<unsigned>& count_;
  const unsigned own_;
};

}  // namespace

bool PublicSearch::is_asked(const http::Request& request, const publish::Live& live) const {
  std::string_view path = request.path;
  if (!live.baseurl.empty() && path.starts_with(live.baseurl + "/")) {
    path.remove_prefix(live.baseurl.size());
  }
  if (!path.starts_with(kPath) || (path != kPath && path.substr(kPath.size()) != "/")) return false;
  if (!request.query_value("q")) return false;
  site::SitePtr site = pipeline_.public_site();
  return site && site::has_own_search(site->config());
}

search::Index& PublicSearch::index() const {
  site::SitePtr site = pipeline_.public_site();
  return site && schedule::is_held_back(site->config().get("stet")) ? held_back_ : index_;
}

// All whose buckets are full again, which need no memory; else the one who has asked for the
// longest time nothing.
void PublicSearch::forget_some(std::int64_t now) {
  constexpr double kFullAfterNs = kNsPerSecond * kBurst / kPerSecond;
  std::erase_if(allowances_, [&](const auto& one) {
    return static_cast<double>(now - one.second.at_ns) >= kFullAfterNs;
  });
  if (allowances_.size() < kAddressesMax) return;
  allowances_.erase(
      std::min_element(allowances_.begin(), allowances_.end(), [](const auto& a, const auto& b) {
        return a.second.at_ns < b.second.at_ns;
      }));
}

// A bucket that is filled again as time goes by.
bool PublicSearch::may_ask(const std::string& address) {
  std::int64_t now = clock_.monotonic_ns();
  std::lock_guard lock(mutex_);
  const std::string group = address_group(address);
  if (allowances_.size() >= kAddressesMax && !allowances_.contains(group)) forget_some(now);
  auto [found, is_new] = allowances_.try_emplace(group);
  Allowance& allowance = found->second;
  if (is_new) allowance.at_ns = now;
  double seconds = static_cast<double>(now - allowance.at_ns) / kNsPerSecond;
  allowance.left = std::min<double>(kBurst, allowance.left + seconds * kPerSecond);
  allowance.at_ns = now;
  if (allowance.left < 1) return false;
  allowance.left -= 1;
  return true;
}

Result<PublicSearch::Text> PublicSearch::make(const Asked& asked,
                                              const publish::Live& live,
                                              const std::optional<std::string>& page) {
  site::SitePtr site = pipeline_.public_site();
  ShownSearch shown;
  shown.text = asked.text;
  shown.baseurl = live.baseurl;
  shown.page = asked.page;
  search::Found found;
  auto query = search::parse_query(asked.text);
  if (query) {
    search::Wanted wanted{.query = std::move(*query),
                          .reach = {.is_public = true},
                          .offset = (asked.page - 1) * kResultsShown,
                          .limit = kResultsShown};
    hide_fields(public_rules_of(site->config()), wanted);
    found = TRY(index().find(wanted));
    for (const search::Hit& hit : found.hits) {
      if (auto entry = found_entry(*site, hit, true)) shown.entries.push_back(std::move(*entry));
    }
    shown.total = found.total;
    shown.is_more = found.is_more;
    shown.has_next = asked.page < kPagesMax && asked.page * kResultsShown < found.total;
  } else {
    shown.trouble = query.error().message;
    shown.text.clear();
  }
  return std::make_shared<const std::string>(asked.is_json ? search_json(shown)
                                                           : search_html(shown, page, kMark));
}

http::Response PublicSearch::answer(const http::Request& request,
                                    const publish::Live& live,
                                    const std::optional<std::string>& page) {
  if (!may_ask(request.peer_address)) return refusal(429, "Too many questions at once.", "2");
  Together together(together_);
  if (together.is_too_many()) return refusal(503, "Others are searching; try again.", "1");
  Asked asked{.text = std::string(*request.query_value("q")),
              .page = page_of(request),
              .is_json = wants_json(request)};
  auto commit = index().commit();
  std::string key = (commit ? commit->hex() : "") + std::to_string(live.number) +
                    (asked.is_json ? "j" : "h") + std::to_string(asked.page) + "\n" + asked.text;
  Text text = answers_.find(key);
  if (!text) {
    auto made = make(asked, live, page);
    if (!made) return refusal(503, "The search is being made ready.", "2");
    text = answers_.put(key, *made, (*made)->size() + key.size());
  }
  http::EntityTag tag{.opaque = fingerprint(*text).hex()};
  http::Response response{.status = 200};
  add_common(response.headers);
  response.headers.add("ETag", http::quoted(tag));
  auto condition = http::condition_of_read(request.headers, tag, std::nullopt);
  if (condition == http::Condition::kNotModified) {
    response.status = 304;
    return response;
  }
  response.headers.add("Content-Type",
                       asked.is_json ? "application/json" : "text/html; charset=utf-8");
  if (!asked.is_json && !page) {
    response.headers.add("Content-Security-Policy",
                         "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'");
  }
  response.body = text;
  return response;
}

}  // namespace stet::api
