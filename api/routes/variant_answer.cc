#include "api/routes/variant_answer.h"

#include "api/http/conditional.h"
#include "api/http/url.h"
#include "api/http/worker_pool.h"

namespace stet::api {
namespace {

http::Response shown(const http::Request& request,
                     std::string_view path,
                     media::VariantSource::Bytes bytes) {
  std::string_view name = path.substr(path.rfind('-') + 1);
  http::EntityTag tag{.opaque = std::string(name.substr(0, name.find('.')))};
  http::Response response{.status = 200};
  response.headers.add("ETag", http::quoted(tag));
  // Another content has another name.
  response.headers.add("Cache-Control", "public, max-age=31536000, immutable");
  response.headers.add("X-Content-Type-Options", "nosniff");
  auto condition = http::condition_of_read(request.headers, tag, std::nullopt);
  if (condition == http::Condition::kNotModified) {
    response.status = 304;
    return response;
  }
  response.headers.add("Content-Type", path.ends_with(".webp") ? "image/webp" : "image/jpeg");
  response.body = std::move(bytes);
  return response;
}

}  // namespace

std::optional<http::Response> variant_answer(const http::Request& request,
                                             std::string_view output_path,
                                             const site::SitePtr& site,
                                             media::VariantSource* variants) {
  if (!variants || !image::parse_variant_path(output_path)) return std::nullopt;
  if (auto made = variants->find_made(output_path)) {
    return shown(request, output_path, std::move(made));
  }
  auto variant =
      site ? media::find_variant(*site, variants->pictures(), output_path) : std::nullopt;
  if (!variant) return std::nullopt;
  http::WorkerPool::Waiting waiting;
  auto made = variants->get(*site, *variant);
  if (made) return shown(request, output_path, *std::move(made));
  http::Response response{.status = 302};
  const site::SourceFile* source = site->find_source(variant->source);
  std::string_view asked = request.path;
  // Whatever stands before the path (a base, a preview's prefix) stays.
  std::string prefix(asked.substr(0, asked.size() - std::min(asked.size(), output_path.size())));
  response.headers.add("Location",
                       http::percent_encode_path(prefix + source->static_file->output_path()));
  response.headers.add("Cache-Control", "no-cache");
  return response;
}

}  // namespace stet::api
