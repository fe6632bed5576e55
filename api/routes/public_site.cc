#include "api/routes/public_site.h"

#include <algorithm>
#include <array>

#include "api/http/conditional.h"
#include "api/http/negotiate.h"
#include "api/http/url.h"
#include "api/routes/page_lookup.h"
#include "api/routes/schedule_addresses.h"
#include "api/routes/variant_answer.h"

namespace stet::api {
namespace {

using publish::Manifest;
using publish::ManifestEntry;
using publish::Page;
using publish::Resolution;

constexpr std::string_view kNotFoundPath = "404.html";
constexpr std::string_view kNotFoundText =
    "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Not found</title>\n"
    "<h1>Not found</h1>\n<p>There is no page here. <a href=\"/\">To the start page</a></p>\n"
    "</html>\n";
bool is_read(const http::Request& request) {
  return request.method == "GET" || request.method == "HEAD";
}

void add_common(http::Headers& headers) {
  headers.add("Cache-Control", "no-cache");
  headers.add("X-Content-Type-Options", "nosniff");
}

http::Response html(int status, std::string_view text) {
  http::Response response{.status = status};
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  add_common(response.headers);
  response.body = std::string(text);
  return response;
}

http::Response unavailable_response(std::string_view why) {
  http::Response response = http::Response::text(503, std::string(why) + "\n");
  response.headers.add("Retry-After", "1");
  add_common(response.headers);
  return response;
}

http::Response refusal(int status, std::string_view why) {
  http::Response response = http::Response::text(status, std::string(why));
  add_common(response.headers);
  return response;
}

http::Response redirect(const http::Request& request, const Resolution& found) {
  http::Response response{.status = 301};
  response.headers.add("Location", found.location + std::string(http::query_part(request.target)));
  add_common(response.headers);
  return response;
}

http::Response not_allowed() {
  http::Response response = refusal(405, "This site is for reading.\n");
  response.headers.add("Allow", "GET, HEAD");
  return response;
}

http::Response failed() { return refusal(500, "This page cannot be shown just now.\n"); }

// "app-3f2a9c81.css": what has another name when it has other bytes.
bool has_fingerprint(std::string_view path) {
  constexpr std::size_t kDigitsMin = 8;
  constexpr auto kExtensions = std::to_array<std::string_view>({".css",
                                                                ".js",
                                                                ".mjs",
                                                                ".map",
                                                                ".png",
                                                                ".jpg",
                                                                ".jpeg",
                                                                ".gif",
                                                                ".svg",
                                                                ".webp",
                                                                ".avif",
                                                                ".ico",
                                                                ".woff",
                                                                ".woff2",
                                                                ".ttf"});
  std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return false;
  std::string_view extension = path.substr(dot);
  if (std::find(kExtensions.begin(), kExtensions.end(), extension) == kExtensions.end()) {
    return false;
  }
  std::string_view name = path.substr(path.rfind('/') + 1, dot - path.rfind('/') - 1);
  std::string_view digits = name.substr(name.find_last_of("-._") + 1);
  return digits.size() >= kDigitsMin && digits.size() < name.size() &&
         digits.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

http::ResponseBody part_of(http::ResponseBody body, const http::ByteRange& range) {
  if (auto* file = std::get_if<http::FileRange>(&body)) {
    return http::FileRange{.file = file->file, .offset = range.offset, .size = range.size};
  }
  const auto& shared = std::get<std::shared_ptr<const std::string>>(body);
  return shared->substr(range.offset, range.size);
}

std::string tag_of(const Page& page, http::Encoding encoding) {
  std::string tag = page.content.hex();
  if (encoding != http::Encoding::kIdentity) tag += "-" + std::string(http::name_of(encoding));
  return tag;
}

// How the page would travel to this client. Parts are of the plain bytes, unless the client has the
// beginning of another form, and says so (RFC 9110 13.1.5).
http::Encoding encoding_for(const http::Request& request, const Page& page) {
  auto accepted = request.header("Accept-Encoding");
  http::Encoding wanted =
      accepted ? http::preferred_encoding(*accepted) : http::Encoding::kIdentity;
  if (!request.header("Range")) return wanted;
  auto condition = request.header("If-Range");
  auto tag = condition ? http::parse_entity_tag(*condition) : std::nullopt;
  return tag && tag->opaque == tag_of(page, wanted) ? wanted : http::Encoding::kIdentity;
}

publish::Variant variant_of(http::Encoding encoding) {
  return encoding == http::Encoding::kGzip ? publish::Variant::kGzip : publish::Variant::kBrotli;
}

// What a range makes of the whole.
void take_part(const http::Request& request, const http::EntityTag& tag, http::Response& response) {
  std::uint64_t size = http::size_of(response.body);
  auto range = http::range_of_read(request.headers, tag, std::nullopt, size);
  if (range.kind == http::RangeAnswer::Kind::kUnsatisfiable) {
    response = refusal(416, "The page has no such part.\n");
    response.headers.add("Content-Range", "bytes */" + std::to_string(size));
  } else if (range.kind == http::RangeAnswer::Kind::kPart) {
    response.status = 206;
    response.headers.add("Content-Range", http::content_range(range.range, size));
    response.body = part_of(std::move(response.body), range.range);
  }
}

}  // namespace

void PublicSite::handle(http::Request request, http::Responder responder) {
  responder.send(answer(request));
}

http::Response PublicSite::answer(const http::Request& request) {
  if (!is_read(request)) return not_allowed();
  publish::LivePointer live = publisher_.live();
  if (!live) return unavailable_response("Nothing is published yet.");
  if (search_ && search_->is_asked(request, *live)) return searched(request, *live);
  return answer_with(request, *live, find_shown(request, *live));
}

std::optional<http::Response> PublicSite::answer_at_once(const http::Request& request) {
  if (!is_read(request)) return not_allowed();
  publish::LivePointer live = publisher_.live();
  if (!live) return unavailable_response("Nothing is published yet.");
  if (search_ && search_->is_asked(request, *live)) return std::nullopt;
  Resolution found = find_shown(request, *live);
  if (found.kind != Resolution::Kind::kRedirect) {
    if (!found.entry && has_fingerprint(request.path)) return std::nullopt;
    const ManifestEntry* entry = found.entry ? found.entry : live->manifest.find(kNotFoundPath);
    if (entry && !is_in_memory(request, *entry)) return std::nullopt;
  }
  return answer_with(request, *live, found);
}

bool PublicSite::is_in_memory(const http::Request& request, const ManifestEntry& entry) const {
  if (entry.is_stale() || !entry.page()) return false;
  const Page& page = *entry.page();
  http::Encoding encoding = encoding_for(request, page);
  if (encoding != http::Encoding::kIdentity && variants_.has_variants(page)) {
    return variants_.is_ready(page, variant_of(encoding));
  }
  return store_.has_in_memory(page.content);
}

http::Response PublicSite::answer_with(const http::Request& request,
                                       const publish::Live& live,
                                       const Resolution& found) {
  switch (found.kind) {
    case Resolution::Kind::kNone: {
      auto moved = find_by_code(request, live, pipeline_.public_site());
      if (moved.kind == Resolution::Kind::kRedirect) return redirect(request, moved);
      if (auto picture = variant(request, live)) return *std::move(picture);
      auto asset = request.has_utf8_path ? kept_asset(request) : std::nullopt;
      return asset ? std::move(*asset) : not_found(request, live.manifest);
    }
    case Resolution::Kind::kPage:
      pipeline_.demand().note(found.path->view());
      return page(request, *found.path, *found.entry);
    case Resolution::Kind::kRedirect: break;
  }
  return redirect(request, found);
}

http::Response PublicSite::page(const http::Request& request,
                                const publish::OutputPath& path,
                                const ManifestEntry& entry) {
  const Page* shown = entry.page();
  std::optional<Page> fresh;
  if (entry.is_stale()) {
    if (!pipeline_.is_ready()) return unavailable_response("The site is being made ready.");
    if (auto freshened = pipeline_.freshen(path.view())) fresh = std::move(*freshened);
    if (fresh) shown = &*fresh;
  }
  if (!shown) return failed();
  http::Encoding encoding = encoding_for(request, *shown);
  publish::Store::Bytes variant;
  if (encoding != http::Encoding::kIdentity) {
    auto made = variants_.get(*shown, variant_of(encoding));
    if (made) variant = std::move(*made);
  }
  if (!variant) encoding = http::Encoding::kIdentity;
  http::EntityTag tag{.opaque = tag_of(*shown, encoding)};
  http::Response response{.status = 200};
  response.headers.add("ETag", http::quoted(tag));
  if (variants_.has_variants(*shown)) response.headers.add("Vary", "Accept-Encoding");
  add_common(response.headers);
  switch (http::condition_of_read(request.headers, tag, std::nullopt)) {
    case http::Condition::kProceed: break;
    case http::Condition::kNotModified: response.status = 304; return response;
    case http::Condition::kPreconditionFailed:
      return refusal(412, "This is not the version that If-Match names.\n");
    case http::Condition::kMalformed: return refusal(400, "If-Match is no list of tags.\n");
  }
  response.headers.add("Content-Type", shown->type);
  response.headers.add("Accept-Ranges", "bytes");
  if (variant) {
    response.headers.add("Content-Encoding", http::name_of(encoding));
    response.body = std::move(variant);
  } else {
    auto body = bytes_of(store_, *shown);
    if (!body && !pipeline_.public_site())
      return unavailable_response("The site is being made ready.");
    if (!body && pipeline_.mend(path.view())) body = bytes_of(store_, *shown);
    if (!body) return failed();
    response.body = std::move(*body);
  }
  if (request.header("Range") && !request.is_head()) take_part(request, tag, response);
  return response;
}

http::Response PublicSite::searched(const http::Request& request, const publish::Live& live) {
  Resolution found = find_page(live, "/search/");
  if (found.kind != Resolution::Kind::kPage) return search_->answer(request, live, std::nullopt);
  http::Request plain;
  plain.method = "GET";
  http::Response own = page(plain, *found.path, *found.entry);
  std::optional<std::string> text;
  if (auto* held = std::get_if<std::string>(&own.body)) text = *held;
  if (auto* shared = std::get_if<std::shared_ptr<const std::string>>(&own.body)) text = **shared;
  bool is_ours = own.status == 200 && text && text->find(PublicSearch::kMark) != std::string::npos;
  return is_ours ? search_->answer(request, live, text)
                 : answer_with(request, live, find_shown(request, live));
}

// A page that was read before a publication asks for its files after it. Files whose names tell
// their bytes are found as long as a publication that had them is kept.
std::optional<http::Response> PublicSite::kept_asset(const http::Request& request) {
  if (!has_fingerprint(request.path)) return std::nullopt;
  for (const publish::LivePointer& kept : publisher_.kept()) {
    Resolution found = find_page(*kept, request.path);
    if (found.kind != Resolution::Kind::kPage || found.entry->is_stale()) continue;
    return page(request, *found.path, *found.entry);
  }
  return std::nullopt;
}

std::optional<http::Response> PublicSite::variant(const http::Request& request,
                                                  const publish::Live& live) {
  if (!pictures_ || !request.has_utf8_path) return std::nullopt;
  std::string_view path = request.path;
  bool is_below_base = !live.baseurl.empty() && path.starts_with(live.baseurl + "/");
  path.remove_prefix(is_below_base ? live.baseurl.size() + 1 : 1);
  return variant_answer(request, path, pipeline_.public_site(), pictures_);
}

http::Response PublicSite::not_found(const http::Request& request, const Manifest& manifest) {
  const ManifestEntry* entry = manifest.find(kNotFoundPath);
  auto path = publish::OutputPath::parse(kNotFoundPath);
  if (!entry || !path) return html(404, kNotFoundText);
  // The page itself, not what the request's conditions and ranges make of it.
  http::Request plain;
  plain.method = request.method;
  if (auto accepted = request.header("Accept-Encoding")) {
    plain.headers.add("Accept-Encoding", *accepted);
  }
  http::Response response = page(plain, *path, *entry);
  if (response.status != 200) return html(404, kNotFoundText);
  response.status = 404;
  response.headers.remove("ETag");
  response.headers.remove("Accept-Ranges");
  return response;
}

}  // namespace stet::api
