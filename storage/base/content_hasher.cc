#include "storage/base/content_hasher.h"

#include <sodium.h>

namespace stet {
namespace {

crypto_generichash_state* state_of(std::array<std::uint8_t, 384>& bytes) {
  static_assert(sizeof(crypto_generichash_state) <= 384);
  return reinterpret_cast<crypto_generichash_state*>(bytes.data());
}

}  // namespace

ContentHasher::ContentHasher() {
  crypto_generichash_init(state_of(state_), nullptr, 0, sizeof(ContentHash::bytes));
}

ContentHasher& ContentHasher::add(std::string_view bytes) {
  crypto_generichash_update(
      state_of(state_), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return *this;
}

ContentHash ContentHasher::finish() {
  ContentHash digest;
  crypto_generichash_final(state_of(state_), digest.bytes.data(), digest.bytes.size());
  return digest;
}

}  // namespace stet
