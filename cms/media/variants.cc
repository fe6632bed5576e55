#include "cms/media/variants.h"

#include <algorithm>

#include "cms/liquid/member.h"
#include "cms/media/reference_scan.h"
#include "cms/site/permalink.h"

namespace stet::media {
namespace {

using liquid::member_of;
using liquid::Type;
using liquid::Value;

std::vector<std::uint32_t> widths_of(const site::Config& config) {
  return site::picture_widths(member_of(member_of(config.get("stet"), "media"), "widths"));
}

// "640w-1a2b3c4d5e6f7a8b.webp": all of the name that is not the picture's.
std::string key_of(std::string_view output_path) {
  std::size_t last = output_path.rfind('-');
  std::size_t first =
      last == output_path.npos || last == 0 ? last : output_path.rfind('-', last - 1);
  return first == output_path.npos ? "" : std::string(output_path.substr(first + 1));
}

}  // namespace

std::vector<Variant> variants_of(const site::Site& site,
                                 site::Pictures& pictures,
                                 std::string_view source) {
  std::vector<Variant> variants;
  const site::SourceFile* file = site.find_source(source);
  if (!file || !file->static_file || !pictures.has_variants()) return variants;
  auto picture = pictures.find(site, source);
  if (!picture) return variants;
  for (const image::Recipe& recipe : image::recipes_of(*picture, widths_of(site.config()))) {
    variants.push_back({std::string(source),
                        image::variant_path(file->static_file->output_path(), file->blob, recipe),
                        recipe});
  }
  return variants;
}

std::optional<Variant> find_variant(const site::Site& site,
                                    site::Pictures& pictures,
                                    std::string_view output_path) {
  auto name = image::parse_variant_path(output_path);
  if (!name) return std::nullopt;
  for (std::string_view extension : {".jpg", ".jpeg", ".png", ".webp", ".JPG", ".JPEG", ".PNG"}) {
    const site::Output* output = site.find_output(name->stem + std::string(extension));
    if (!output || !output->is_static) continue;
    for (Variant& variant : variants_of(site, pictures, output->item->path())) {
      if (variant.path == output_path) return std::move(variant);
    }
  }
  return std::nullopt;
}

std::vector<std::string> variant_links(std::string_view page, std::string_view baseurl) {
  std::vector<std::string> links;
  if (page.find(".webp") == page.npos) return links;  // every picture that has others has those
  for (const NameSpan& span : find_names(page)) {
    std::string path = site::unescape_path(page.substr(span.begin, span.end - span.begin));
    bool is_below = !baseurl.empty() && path.starts_with(std::string(baseurl) + "/");
    if (is_below) path.erase(0, baseurl.size());
    if (path.starts_with('/') && image::parse_variant_path(path)) links.push_back(path.substr(1));
  }
  return links;
}

VariantSource::Bytes VariantSource::find_made(std::string_view output_path) {
  if (!store_ || !image::parse_variant_path(output_path)) return nullptr;
  auto made = store_->get(key_of(output_path));
  return made ? *made : nullptr;
}

std::optional<std::string> VariantSource::reason_against(const std::string& key) const {
  auto failed = failed_.find(key);
  bool is_given_up = failed != failed_.end() && failed->second.tries >= kTriesMax;
  return is_given_up ? std::optional(failed->second.why) : std::nullopt;
}

void VariantSource::note_failure(const std::string& key, const Error& error) {
  std::lock_guard lock(mutex_);
  if (failed_.size() >= kFailedMax) failed_.clear();
  Failure& failure = failed_[key];
  failure.why = error.message;
  failure.tries = error.code == ErrorCode::kInvalidInput ? kTriesMax : failure.tries + 1;
}

Result<VariantSource::Bytes> VariantSource::get(const site::Site& site, const Variant& variant) {
  const std::string key = key_of(variant.path);
  if (Bytes made = find_made(variant.path)) return made;
  {
    std::unique_lock lock(mutex_);
    ended_.wait(lock, [&] { return !at_work_.contains(key); });
    if (auto reason = reason_against(key)) return invalid_input(*std::move(reason));
    at_work_.insert(key);
  }
  struct End {
    VariantSource& source;
    const std::string& key;
    ~End() {
      {
        std::lock_guard lock(source.mutex_);
        source.at_work_.erase(key);
      }
      source.ended_.notify_all();
    }
  } end{*this, key};
  if (Bytes made = find_made(variant.path)) return made;
  auto made = maker_.make(TRY(site.read_path(variant.source)), variant.recipe);
  if (!made) {
    note_failure(key, made.error());
    return std::move(made).error();
  }
  auto bytes = std::make_shared<const std::string>(*std::move(made));
  // What cannot be kept is shown all the same, and made again.
  if (store_) static_cast<void>(store_->put(key, bytes));
  return bytes;
}

}  // namespace stet::media
