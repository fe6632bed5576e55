#include "storage/base/password_hash.h"

#include <sodium.h>

#include <span>

#include "storage/base/base64.h"

namespace stet {
namespace {

constexpr std::size_t kHashBytes = 32;
static_assert(kPasswordSaltBytes == crypto_pwhash_argon2id_SALTBYTES);

// Picks the quickest code for this processor; harmless where it was done before.
void prepare() { [[maybe_unused]] static const int prepared = sodium_init(); }

std::string beginning_of(const PasswordCost& cost) {
  return "$argon2id$v=19$m=" + std::to_string(cost.memory_kib) +
         ",t=" + std::to_string(cost.passes) + ",p=1$";
}

std::string unpadded_base64(std::span<const std::uint8_t> bytes) {
  std::string text = encode_base64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  while (text.ends_with('=')) text.pop_back();
  return text;
}

}  // namespace

Result<std::string> hash_password(std::string_view password,
                                  const std::array<std::uint8_t, kPasswordSaltBytes>& salt,
                                  const PasswordCost& cost) {
  prepare();
  std::array<std::uint8_t, kHashBytes> hash{};
  int failed = crypto_pwhash_argon2id(hash.data(),
                                      hash.size(),
                                      password.data(),
                                      password.size(),
                                      salt.data(),
                                      cost.passes,
                                      std::size_t{cost.memory_kib} * 1024,
                                      crypto_pwhash_argon2id_ALG_ARGON2ID13);
  if (failed) return unavailable("there is no memory to hash a password; try again in a moment");
  return beginning_of(cost) + unpadded_base64(salt) + "$" + unpadded_base64(hash);
}

bool verify_password(std::string_view hash, std::string_view password) {
  prepare();
  const std::string text(hash);
  if (!text.starts_with(crypto_pwhash_argon2id_STRPREFIX) ||
      text.size() >= crypto_pwhash_argon2id_STRBYTES) {
    return false;
  }
  return crypto_pwhash_argon2id_str_verify(text.c_str(), password.data(), password.size()) == 0;
}

bool is_of_cost(std::string_view hash, const PasswordCost& cost) {
  return hash.starts_with(beginning_of(cost));
}

}  // namespace stet
