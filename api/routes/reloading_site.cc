#include "api/routes/reloading_site.h"

#include "api/routes/json.h"

namespace stet::api {
namespace {

constexpr std::string_view kChangesPath = "/.stet/changes";
// A page is loaded again when it is among what changed, or something is that it may be made of.
// After a restart of the server the listening begins anew, and nobody knows what has changed.
constexpr std::string_view kScript = R"(<script>
(() => {
  const events = new EventSource("/.stet/changes");
  const here = () => decodeURI(location.pathname).replace(/index\.html$/, "");
  let isOpen = false;
  events.onopen = () => { if (isOpen) location.reload(); isOpen = true; };
  events.addEventListener("changed", (event) => {
    const urls = JSON.parse(event.data).urls.map((url) => decodeURI(url));
    const isMine = (url) => url === here() || url === here() + ".html" ||
      /\.(css|js|png|jpe?g|gif|svg|webp|avif|ico|woff2?)$/i.test(url);
    if (urls.some((url) => here().endsWith(url) || isMine(url))) location.reload();
  });
})();
</script>
)";

bool is_html(const http::Response& response) {
  auto type = response.headers.find("Content-Type");
  return type && type->starts_with("text/html");
}

// The text of a body that lies in memory.
const std::string* text_of(const http::ResponseBody& body) {
  if (auto* text = std::get_if<std::string>(&body)) return text;
  if (auto* shared = std::get_if<std::shared_ptr<const std::string>>(&body)) return shared->get();
  return nullptr;
}

std::string with_script(const std::string& html) {
  std::size_t end = html.rfind("</body>");
  if (end == std::string::npos) end = html.size();
  std::string changed = html.substr(0, end);
  changed += kScript;
  changed.append(html, end);
  return changed;
}

}  // namespace

void ReloadingSite::handle(http::Request request, http::Responder responder) {
  if (request.path == kChangesPath && request.method == "GET") {
    return streams_.add(responder, {}, "retry: 500\n\n");
  }
  // A part of a page, a page from before, or its compressed form would be one without the script.
  for (std::string_view name : {"Range", "If-None-Match", "If-Modified-Since", "Accept-Encoding"}) {
    request.headers.remove(name);
  }
  http::Response response = site_.answer(request);
  const std::string* html = is_html(response) ? text_of(response.body) : nullptr;
  if (html && !html->empty()) {
    response.body = with_script(*html);
    response.headers.remove("ETag");
    response.headers.remove("Accept-Ranges");
  }
  responder.send(std::move(response));
}

void ReloadingSite::tell(const pipeline::Published& published) {
  Json urls = published.changed_urls;
  for (const pipeline::DirtyPage& page : published.stale) urls.push_back(page.url);
  if (urls.empty()) return;
  streams_.send(events::event_text("", "changed", Json({{"urls", urls}}).dump()));
}

}  // namespace stet::api
