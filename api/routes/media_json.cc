#include "api/routes/media_json.h"

#include "api/http/conditional.h"
#include "api/http/url.h"
#include "api/routes/media_facts.h"
#include "api/routes/media_store.h"
#include "api/routes/route.h"
#include "cms/media/variants.h"

namespace stet::api {
namespace {

using liquid::Value;

constexpr char kAbout[] = "media";  // _data/media.yml

// What _data/media.yml says of the file: {path: {alt, title, credit}}.
Json about_of(const site::Site& site, const std::string& path) {
  Json about = Json::object();
  const Value* media = site.data()->hash().find(kAbout);
  if (!media || media->type() != liquid::Type::kHash) return about;
  const Value* own = media->as_hash().find(path);
  if (!own || own->type() != liquid::Type::kHash) return about;
  for (std::string_view key : {"alt", "title", "credit"}) {
    const Value* text = own->as_hash().find(key);
    if (text && text->is_string()) about[std::string(key)] = std::string(text->as_string());
  }
  return about;
}

struct Shown {
  std::string path;
  std::optional<std::string> output_path;
  BlobId blob;
};

Json json_of(const site::Site& site, const Shown& shown, const MediaFacts& facts) {
  const std::string& path = shown.path;
  const std::string url = shown.output_path ? public_media_url(*shown.output_path) : "";
  Json json = {{"path", path},
               {"name", path.substr(path.rfind('/') + 1)},
               {"self", media_url(path)},
               {"content", media_content_url(path)},
               {"url", url.empty() ? Json(nullptr) : Json(url)},
               {"etag", http::quoted({.opaque = shown.blob.hex()})},
               {"format", facts.type ? Json(facts.type->name) : Json(nullptr)},
               {"family", facts.type ? Json(facts.type->family) : Json(nullptr)},
               {"type", facts.type ? Json(facts.type->media_type) : Json(nullptr)},
               {"size", facts.size},
               {"width", facts.picture ? Json(facts.picture->width) : Json(nullptr)},
               {"height", facts.picture ? Json(facts.picture->height) : Json(nullptr)}};
  if (!facts.broken.empty()) json["broken"] = facts.broken;
  if (facts.lfs) json["lfs"] = {{"oid", facts.lfs->oid}, {"is_here", !facts.is_missing}};
  json["about"] = about_of(site, path);
  return json;
}

}  // namespace

std::string media_url(std::string_view path) {
  return std::string(kApiRoot) + "/media/" + http::percent_encode_path(path);
}

std::string media_content_url(std::string_view path) {
  return std::string(kApiRoot) + "/media-content/" + http::percent_encode_path(path);
}

std::string public_media_url(std::string_view output_path) {
  return "/" + http::percent_encode_path(output_path);
}

Result<Json> media_json(const Call& call, const site::Site& site, const std::string& path) {
  auto& cache = call.backend.remembered->media_facts;
  auto facts =
      TRY(media_facts_of(cache, {call.backend.repository, call.backend.files, site}, path));
  const site::SourceFile* source = site.find_source(path);
  Shown shown{.path = path, .output_path = std::nullopt, .blob = *site.blob_of(path)};
  if (source && source->static_file && source->static_file->is_written()) {
    shown.output_path = source->static_file->output_path();
  }
  Json json = json_of(site, shown, *facts);
  auto changed = site.last_changed(path);
  json["changed"] = changed ? Json(iso_instant(*changed)) : Json(nullptr);
  return json;
}

Json stored_media_json(const site::Site& site, const StoredMedia& stored) {
  MediaFacts facts;
  facts.size = stored.size;
  facts.type = stored.type;
  facts.picture = stored.picture;
  Json json = json_of(site, {stored.path.string(), stored.path.string(), stored.blob}, facts);
  json["is_duplicate"] = stored.is_duplicate;
  json["removed"] = stored.removed;
  return json;
}

Json variants_json(const Call& call, const site::Site& site, const std::string& path) {
  Json list = Json::array();
  if (!call.backend.variants) return list;
  for (const media::Variant& variant :
       media::variants_of(site, call.backend.variants->pictures(), path)) {
    bool is_webp = variant.recipe.format == image::Format::kWebp;
    list.push_back({{"url", public_media_url(variant.path)},
                    {"width", variant.recipe.width},
                    {"type", is_webp ? "image/webp" : "image/jpeg"}});
  }
  return list;
}

Json uses_json(const std::vector<media::Use>& uses) {
  Json list = Json::array();
  for (const media::Use& use : uses) {
    list.push_back({{"path", use.path},
                    {"line", use.line},
                    {"column", use.column},
                    {"text", use.text},
                    {"is_sure", use.is_sure}});
  }
  return list;
}

}  // namespace stet::api
