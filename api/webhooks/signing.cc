#include "api/webhooks/signing.h"

#include <array>

#include "storage/base/base64.h"
#include "storage/base/hash.h"

namespace stet::webhooks {
namespace {

constexpr std::string_view kPrefix = "whsec_";
constexpr std::size_t kKeyBytes = 32, kKeyBytesMin = 24, kKeyBytesMax = 64;

template <std::size_t Size>
std::string_view text_of(const std::array<std::uint8_t, Size>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), Size};
}

}  // namespace

std::string make_secret(RandomSource& random) {
  std::array<std::uint8_t, kKeyBytes> key;
  random.fill(key);
  return std::string(kPrefix) + encode_base64(text_of(key));
}

Status check_secret(std::string_view secret) {
  auto key = secret.starts_with(kPrefix) ? decode_base64(secret.substr(kPrefix.size()))
                                         : std::optional<std::string>();
  if (key && key->size() >= kKeyBytesMin && key->size() <= kKeyBytesMax) return {};
  return invalid_input("a secret is 'whsec_' and 24 to 64 bytes in base64");
}

std::string signature_of(const Signed& message, const std::vector<std::string>& secrets) {
  std::string text = message.id + "." + std::to_string(message.at.seconds) + ".";
  text += message.body;
  std::string field;
  for (const std::string& secret : secrets) {
    std::string key = decode_base64(secret.substr(kPrefix.size())).value_or("");
    if (!field.empty()) field += ' ';
    field += "v1," + encode_base64(text_of(hmac_sha256(key, text)));
  }
  return field;
}

}  // namespace stet::webhooks
