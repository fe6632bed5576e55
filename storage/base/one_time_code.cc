#include "storage/base/one_time_code.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace stet {

std::string hotp(std::string_view key, std::uint64_t counter, int digits) {
  std::array<unsigned char, 8> message;
  for (std::size_t i = 0; i < message.size(); ++i) {
    message[i] = static_cast<unsigned char>(counter >> (8 * (message.size() - 1 - i)));
  }
  std::array<unsigned char, 20> mac{};
  unsigned int size = mac.size();
  HMAC(EVP_sha1(),
       key.data(),
       static_cast<int>(key.size()),
       message.data(),
       message.size(),
       mac.data(),
       &size);
  // RFC 4226 5.3: four bytes from where the last half byte says, without the sign.
  std::size_t at = mac.back() & 0x0f;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | mac[at + i];
  number &= 0x7fffffff;
  std::string code(static_cast<std::size_t>(digits), '0');
  for (auto digit = code.rbegin(); digit != code.rend(); ++digit, number /= 10) {
    *digit = static_cast<char>('0' + number % 10);
  }
  return code;
}

}  // namespace stet
