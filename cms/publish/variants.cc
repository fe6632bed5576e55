#include "cms/publish/variants.h"

#include "cms/publish/compress.h"
#include "cms/publish/mime.h"

namespace stet::publish {
namespace {

std::string_view form_of(Variant variant) { return variant == Variant::kGzip ? "gz" : "br"; }

}  // namespace

bool Variants::has_variants(const Page& page) const {
  return page.bytes >= options_.page_bytes_min && page.bytes <= options_.page_bytes_max &&
         is_compressible(page.type);
}

bool Variants::is_ready(const Page& page, Variant variant) const {
  return !has_variants(page) || cache_.contains({page.content, variant});
}

Result<Store::Bytes> Variants::get(const Page& page, Variant variant) {
  if (!has_variants(page)) return Store::Bytes();
  VariantKey key{page.content, variant};
  Store::Bytes made = cache_.find(key);
  if (!made) {
    if (auto kept = store_.get_form(page.content, form_of(variant))) {
      made = std::make_shared<const std::string>(std::move(*kept));
    } else {
      made = TRY(make(page, variant));
    }
    cache_.put(key, made, made->size());
  }
  return made->empty() ? Store::Bytes() : made;
}

// A disk that is full costs the next process this work, and nothing else.
Result<Store::Bytes> Variants::make(const Page& page, Variant variant) {
  Store::Bytes bytes = TRY(store_.get(page.content));
  std::string smaller = variant == Variant::kGzip ? gzip(*bytes) : brotli(*bytes);
  if (smaller.size() >= bytes->size()) smaller.clear();
  smaller.shrink_to_fit();
  [[maybe_unused]] Status kept = store_.put_form(page.content, form_of(variant), smaller);
  return std::make_shared<const std::string>(std::move(smaller));
}

Result<bool> Variants::prepare(const Page& page) {
  bool is_new = false;
  if (!has_variants(page)) return is_new;
  for (Variant variant : {Variant::kGzip, Variant::kBrotli}) {
    if (store_.has_form(page.content, form_of(variant))) continue;
    TRY(make(page, variant));
    is_new = true;
  }
  return is_new;
}

}  // namespace stet::publish
