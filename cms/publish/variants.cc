#include "cms/publish/variants.h"

#include "cms/publish/compress.h"
#include "cms/publish/mime.h"

namespace stet::publish {

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
    Store::Bytes bytes = TRY(store_.get(page.content));
    std::string smaller = variant == Variant::kGzip ? gzip(*bytes) : brotli(*bytes);
    if (smaller.size() >= bytes->size()) smaller.clear();
    smaller.shrink_to_fit();
    made = std::make_shared<const std::string>(std::move(smaller));
    cache_.put(key, made, made->size());
  }
  return made->empty() ? Store::Bytes() : made;
}

}  // namespace stet::publish
