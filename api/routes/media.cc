#include "api/routes/media.h"

#include "api/http/conditional.h"
#include "api/http/url.h"
#include "api/routes/media_json.h"
#include "api/routes/page_lookup.h"
#include "api/routes/reading.h"
#include "api/routes/variant_answer.h"
#include "cms/image/file_type.h"
#include "cms/media/place.h"
#include "storage/base/repo_path.h"

namespace stet::api {
namespace {

constexpr std::size_t kUsesShown = 200;
constexpr std::uint64_t kLfsBytesMax = std::uint64_t{256} << 20;  // of what is not published

// Scripts in it do not run, whoever opens it: it has no origin, and may load nothing.
constexpr std::string_view kHarmless = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

// As what it travels: by the content of pictures, by the name of all else, and never as a page.
std::string type_of(const MediaFacts& facts) {
  return facts.type ? std::string(facts.type->media_type) : "application/octet-stream";
}

bool is_shown(const MediaFacts& facts) {
  if (!facts.type) return false;
  std::string_view family = facts.type->family;
  return family == "image" || family == "video" || family == "audio";
}

// What lies in the store where the file is published as it is; else it is read.
Result<http::ResponseBody> body_of(const Call& call,
                                   const Reading& reading,
                                   const RepoPath& path,
                                   const MediaFacts& facts) {
  const site::SourceFile* source = reading.site->find_source(path.view());
  publish::LivePointer live = call.backend.publisher.live();
  bool is_live = reading.scope.empty() && live && source && source->static_file &&
                 live->commit == call.backend.pipeline.commit();
  if (is_live) {
    const publish::ManifestEntry* entry = live->manifest.find(source->static_file->output_path());
    bool is_fresh = entry && !entry->is_stale() && entry->page();
    if (is_fresh) {
      if (auto body = bytes_of(call.backend.store, *entry->page())) return body;
    }
  }
  if (!facts.lfs || !call.backend.files) {
    return http::ResponseBody(TRY(reading.site->read_path(path.view())));
  }
  auto content = TRY(call.backend.files->open(*facts.lfs));
  return http::ResponseBody(TRY(read_all(*content, kLfsBytesMax)));
}

http::ResponseBody part_of(http::ResponseBody body, const http::ByteRange& range) {
  if (auto* file = std::get_if<http::FileRange>(&body)) {
    return http::FileRange{.file = file->file, .offset = range.offset, .size = range.size};
  }
  if (auto* text = std::get_if<std::string>(&body)) return text->substr(range.offset, range.size);
  const auto& shared = std::get<std::shared_ptr<const std::string>>(body);
  return shared->substr(range.offset, range.size);
}

void take_part(const http::Request& request, const http::EntityTag& tag, http::Response& response) {
  const std::uint64_t size = http::size_of(response.body);
  auto range = http::range_of_read(request.headers, tag, std::nullopt, size);
  if (range.kind == http::RangeAnswer::Kind::kUnsatisfiable) {
    response.status = 416;
    response.headers.set("Content-Range", "bytes */" + std::to_string(size));
    response.body = std::string();
  } else if (range.kind == http::RangeAnswer::Kind::kPart) {
    response.status = 206;
    response.headers.set("Content-Range", http::content_range(range.range, size));
    response.body = part_of(std::move(response.body), range.range);
  }
}

struct FoundMedia {
  Reading reading;
  RepoPath path;
  MediaFactsPtr facts;
};

std::variant<FoundMedia, ProblemReport> find(const Call& call) {
  auto found = reading_of(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return *report;
  Reading& reading = std::get<Reading>(found);
  auto path = media::find_media(*reading.site, call.name());
  if (!path) return report_of(path.error());
  auto facts = media_facts_of(call.backend.remembered->media_facts,
                              {call.backend.repository, call.backend.files, *reading.site},
                              path->string());
  if (!facts) return report_of(facts.error());
  return FoundMedia{std::move(reading), *std::move(path), *std::move(facts)};
}

// A smaller version, for lists of pictures on this origin.
Answer in_width(const Call& call, const FoundMedia& media) {
  const std::string wanted(*call.request.query_value("width"));
  std::string widths;
  media::VariantSource* source = call.backend.variants;
  auto variants =
      source ? media::variants_of(*media.reading.site, source->pictures(), media.path.view())
             : std::vector<media::Variant>();
  for (const media::Variant& variant : variants) {
    if (variant.recipe.format != image::Format::kWebp) continue;
    std::string width = std::to_string(variant.recipe.width);
    widths += (widths.empty() ? "" : ", ") + width;
    if (width != wanted) continue;
    auto response = variant_answer(call.request, variant.path, media.reading.site, source);
    if (!response || response->status == 302) {
      return ProblemReport{.status = 422, .detail = "no smaller version can be made of it"};
    }
    response->headers.set("Content-Security-Policy", kHarmless);
    response->headers.set("Cache-Control", "private, max-age=31536000, immutable");
    return *std::move(response);
  }
  return bad_query("width",
                   widths.empty() ? "there are no smaller versions of it" : "width is " + widths);
}

}  // namespace

Answer read_media(const Call& call) {
  auto found = find(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return std::move(*report);
  const FoundMedia& media = std::get<FoundMedia>(found);
  const site::SitePtr& site = media.reading.site;
  auto json = media_json(call, *site, media.path.string());
  if (!json) return report_of(json.error());
  (*json)["variants"] = variants_json(call, *site, media.path.string());
  auto uses = call.backend.remembered->references.of(site)->uses_of(media.path.view(), kUsesShown);
  if (!uses) return report_of(uses.error());
  (*json)["uses"] = uses_json(*uses);
  // The tag begins with what If-Match names; what uses the file is of the answer too.
  return tagged_response(call, *json, site->blob_of(media.path.view())->hex() + "-");
}

Answer read_media_content(const Call& call) {
  auto found = find(call);
  if (auto* report = std::get_if<ProblemReport>(&found)) return std::move(*report);
  const FoundMedia& media = std::get<FoundMedia>(found);
  if (call.request.query_value("width")) return in_width(call, media);
  http::EntityTag tag{.opaque = media.reading.site->blob_of(media.path.view())->hex()};
  http::Response response{.status = 200};
  response.headers.add("ETag", http::quoted(tag));
  response.headers.add("Content-Security-Policy", kHarmless);
  auto condition = http::condition_of_read(call.request.headers, tag, std::nullopt);
  if (condition == http::Condition::kNotModified) {
    response.status = 304;
    return response;
  }
  if (condition == http::Condition::kMalformed) {
    return ProblemReport{.status = 400, .detail = "If-Match or If-None-Match is no list of tags"};
  }
  if (condition == http::Condition::kPreconditionFailed) {
    return ProblemReport{.status = 412, .detail = "this is not the version that If-Match names"};
  }
  auto body = body_of(call, media.reading, media.path, *media.facts);
  if (!body) return report_of(body.error());
  response.body = *std::move(body);
  response.headers.add("Content-Type", type_of(*media.facts));
  response.headers.add("Accept-Ranges", "bytes");
  std::string name(media.path.filename());
  response.headers.add("Content-Disposition",
                       std::string(is_shown(*media.facts) ? "inline" : "attachment") +
                           "; filename*=UTF-8''" + http::percent_encode(name));
  if (call.request.header("Range") && !call.request.is_head()) {
    take_part(call.request, tag, response);
  }
  return response;
}

}  // namespace stet::api
