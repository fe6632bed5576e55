#include "api/routes/public_site.h"

#include "api/http/conditional.h"
#include "api/http/negotiate.h"
#include "cms/publish/resolve.h"

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
// Larger ones are sent from their files, piece by piece.
constexpr std::uint64_t kInMemoryBytesMax = std::uint64_t{4} << 20;

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

http::Response failed() {
  http::Response response = http::Response::text(500, "This page cannot be shown just now.\n");
  add_common(response.headers);
  return response;
}

// The bytes of a page: shared with the store's memory, or its file.
Result<http::ResponseBody> bytes_of(publish::Store& store, const Page& page) {
  if (page.bytes <= kInMemoryBytesMax) return http::ResponseBody(TRY(store.get(page.content)));
  auto file = TRY(http::OpenFile::open(store.path_of(page.content).string()));
  return http::ResponseBody(http::FileRange{.file = file, .offset = 0, .size = page.bytes});
}

http::ResponseBody part_of(http::ResponseBody body, const http::ByteRange& range) {
  if (auto* file = std::get_if<http::FileRange>(&body)) {
    return http::FileRange{.file = file->file, .offset = range.offset, .size = range.size};
  }
  const auto& shared = std::get<std::shared_ptr<const std::string>>(body);
  return shared->substr(range.offset, range.size);
}

// How the page would travel to this client; kIdentity where a part of it is asked for.
http::Encoding encoding_for(const http::Request& request) {
  if (request.header("Range")) return http::Encoding::kIdentity;
  auto accepted = request.header("Accept-Encoding");
  return accepted ? http::preferred_encoding(*accepted) : http::Encoding::kIdentity;
}

publish::Variant variant_of(http::Encoding encoding) {
  return encoding == http::Encoding::kGzip ? publish::Variant::kGzip : publish::Variant::kBrotli;
}

// Where nothing lies at the path itself, it may be one below the site's baseurl.
Resolution find(const publish::Live& live, std::string_view path) {
  Resolution found = publish::resolve(live.manifest, path);
  if (found.kind != Resolution::Kind::kNone) return found;
  const std::string& base = live.baseurl;
  if (base.empty() || !path.starts_with(base)) return found;
  std::string_view inside = path.substr(base.size());
  if (inside.empty()) {
    found.kind = Resolution::Kind::kRedirect;
    found.location = base + "/";
  } else if (inside.starts_with('/')) {
    found = publish::resolve(live.manifest, inside);
    if (found.kind == Resolution::Kind::kRedirect) found.location.insert(0, base);
  }
  return found;
}

}  // namespace

bool PublicSite::is_quick(const http::Request& head) const {
  if (!is_read(head) || !head.has_utf8_path) return true;
  publish::LivePointer live = publisher_.live();
  if (!live) return true;
  Resolution found = find(*live, head.path);
  if (found.kind == Resolution::Kind::kRedirect) return true;
  const ManifestEntry* entry = found.entry ? found.entry : live->manifest.find(kNotFoundPath);
  if (!entry) return true;
  if (entry->is_stale() || !entry->page()) return false;
  const Page& page = *entry->page();
  http::Encoding encoding = encoding_for(head);
  if (encoding != http::Encoding::kIdentity && variants_.has_variants(page)) {
    return variants_.is_ready(page, variant_of(encoding));
  }
  return store_.has_in_memory(page.content);
}

void PublicSite::handle(http::Request request, http::Responder responder) {
  responder.send(answer(request));
}

http::Response PublicSite::answer(const http::Request& request) {
  if (!is_read(request)) {
    http::Response response = http::Response::text(405, "This site is for reading.\n");
    response.headers.add("Allow", "GET, HEAD");
    add_common(response.headers);
    return response;
  }
  publish::LivePointer live = publisher_.live();
  if (!live) return unavailable_response("Nothing is published yet.");
  if (!request.has_utf8_path) return not_found(request, live->manifest);
  Resolution found = find(*live, request.path);
  switch (found.kind) {
    case Resolution::Kind::kNone: return not_found(request, live->manifest);
    case Resolution::Kind::kPage: return page(request, *found.path, *found.entry);
    case Resolution::Kind::kRedirect: break;
  }
  http::Response response{.status = 301};
  std::string query;
  if (std::size_t mark = request.target.find('?'); mark != std::string::npos) {
    query = request.target.substr(mark);
  }
  response.headers.add("Location", found.location + query);
  add_common(response.headers);
  return response;
}

http::Response PublicSite::page(const http::Request& request,
                                const publish::OutputPath& path,
                                const ManifestEntry& entry) {
  publish::LivePointer fresh;  // keeps what `shown` points into
  const Page* shown = entry.page();
  if (entry.is_stale()) {
    if (!pipeline_.site()) return unavailable_response("The site is being made ready.");
    auto freshened = pipeline_.freshen(path.view());
    fresh = freshened ? *freshened : nullptr;
    const ManifestEntry* now = fresh ? fresh->manifest.find(path.view()) : nullptr;
    if (now && now->page()) shown = now->page();
  }
  if (!shown) return failed();
  http::EntityTag tag{.opaque = shown->content.hex()};
  http::Encoding encoding = encoding_for(request);
  publish::Store::Bytes variant;
  if (encoding != http::Encoding::kIdentity) {
    auto made = variants_.get(*shown, variant_of(encoding));
    if (made) variant = std::move(*made);
  }
  if (variant) tag.opaque += "-" + std::string(http::name_of(encoding));
  http::Response response{.status = 200};
  response.headers.add("ETag", http::quoted(tag));
  if (variants_.has_variants(*shown)) response.headers.add("Vary", "Accept-Encoding");
  add_common(response.headers);
  auto condition = http::condition_of_read(request.headers, tag, std::nullopt);
  if (condition == http::Condition::kNotModified) {
    response.status = 304;
    return response;
  }
  if (condition == http::Condition::kPreconditionFailed) {
    return http::Response::text(412, "This is not the version that If-Match names.\n");
  }
  response.headers.add("Content-Type", shown->type);
  if (variant) {
    response.headers.add("Content-Encoding", http::name_of(encoding));
    response.body = std::move(variant);
    return response;
  }
  auto body = bytes_of(store_, *shown);
  if (!body && !pipeline_.site()) return unavailable_response("The site is being made ready.");
  if (!body && pipeline_.mend(path.view())) body = bytes_of(store_, *shown);
  if (!body) return failed();
  response.headers.add("Accept-Ranges", "bytes");
  response.body = std::move(*body);
  if (!request.header("Range") || request.is_head()) return response;
  auto range = http::range_of_read(request.headers, tag, std::nullopt, shown->bytes);
  if (range.kind == http::RangeAnswer::Kind::kUnsatisfiable) {
    response = http::Response::text(416, "The page has no such part.\n");
    response.headers.add("Content-Range", "bytes */" + std::to_string(shown->bytes));
    add_common(response.headers);
  } else if (range.kind == http::RangeAnswer::Kind::kPart) {
    response.status = 206;
    response.headers.add("Content-Range", http::content_range(range.range, shown->bytes));
    response.body = part_of(std::move(response.body), range.range);
  }
  return response;
}

http::Response PublicSite::not_found(const http::Request& request, const Manifest& manifest) {
  const ManifestEntry* entry = manifest.find(kNotFoundPath);
  auto path = publish::OutputPath::parse(kNotFoundPath);
  if (!entry || !path) return html(404, kNotFoundText);
  // The page itself, not what the request's conditions and ranges make of it.
  http::Request plain;
  plain.method = request.method;
  http::Response response = page(plain, *path, *entry);
  if (response.status != 200) return html(404, kNotFoundText);
  response.status = 404;
  response.headers.remove("ETag");
  response.headers.remove("Accept-Ranges");
  return response;
}

}  // namespace stet::api
