#include "storage/base/minisign.h"

#include <sodium.h>

#include <algorithm>
#include <vector>

#include "storage/base/base64.h"
#include "storage/base/hash.h"
#include "storage/base/hex.h"

namespace stet {
namespace {

// Names of algorithms: Ed25519, the same over a hash, none for passwords, BLAKE2b for the checksum.
constexpr std::string_view kKey = "Ed", kHashed = "ED", kChecksum = "B2";
constexpr std::size_t kNumber = 8, kPublic = 32, kSecret = 64, kSignature = 64;
constexpr std::size_t kSecretFile = 2 + 2 + 2 + 32 + 8 + 8 + kNumber + kSecret + 32;
constexpr std::string_view kTrusted = "trusted comment: ";

template <std::size_t Size>
std::string_view view(const std::array<std::uint8_t, Size>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), Size};
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty() && lines.size() < 8) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// Of what decodes to exactly `size` bytes; "" otherwise.
std::string decoded(std::string_view line, std::size_t size) {
  auto bytes = decode_base64(line);
  return bytes && bytes->size() == size ? *bytes : "";
}

std::string hashed(std::string_view bytes) {
  std::string hash(crypto_generichash_BYTES_MAX, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()),
                     hash.size(),
                     bytes_of(bytes),
                     bytes.size(),
                     nullptr,
                     0);
  return hash;
}

std::string number_text(const std::array<std::uint8_t, kNumber>& number) {
  std::array<std::uint8_t, kNumber> reversed = number;
  std::reverse(reversed.begin(), reversed.end());  // as minisign prints it
  std::string text = encode_hex(reversed);
  for (char& c : text) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

bool is_signed(std::string_view bytes,
               std::string_view signature,
               const std::array<std::uint8_t, kPublic>& key) {
  return crypto_sign_verify_detached(
             bytes_of(signature), bytes_of(bytes), bytes.size(), key.data()) == 0;
}

std::string signature_of(std::string_view bytes, const std::array<std::uint8_t, kSecret>& key) {
  std::string signature(kSignature, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()),
                       nullptr,
                       bytes_of(bytes),
                       bytes.size(),
                       key.data());
  return signature;
}

}  // namespace

Result<MinisignPublicKey> MinisignPublicKey::parse(std::string_view text) {
  const auto lines = lines_of(text);
  for (std::string_view line : lines) {
    const std::string bytes = decoded(line, kKey.size() + kNumber + kPublic);
    if (!bytes.starts_with(kKey)) continue;
    MinisignPublicKey key;
    auto number = bytes.begin() + kKey.size();
    std::copy(number, number + kNumber, key.number_.begin());
    std::copy(number + kNumber, bytes.end(), key.key_.begin());
    return key;
  }
  return invalid_input("this is no public key of minisign, such as RWQ... of 56 letters");
}

std::string MinisignPublicKey::text() const {
  return encode_base64(std::string(kKey) + std::string(view(number_)) + std::string(view(key_)));
}

std::string MinisignPublicKey::file() const {
  return "untrusted comment: minisign public key " + number_text(number_) + "\n" + text() + "\n";
}

Result<std::string> MinisignPublicKey::verify(std::string_view bytes,
                                              std::string_view signature) const {
  const auto lines = lines_of(signature);
  if (lines.size() < 4 || !lines[2].starts_with(kTrusted)) {
    return invalid_input("this is no signature of minisign: it has four lines");
  }
  const std::string first = decoded(lines[1], kHashed.size() + kNumber + kSignature);
  const std::string global = decoded(lines[3], kSignature);
  if (first.empty() || global.empty() ||
      (!first.starts_with(kHashed) && !first.starts_with(kKey))) {
    return invalid_input("this is no signature of minisign");
  }
  if (first.substr(kHashed.size(), kNumber) != view(number_)) {
    return forbidden("it was signed with another key than " + number_text(number_));
  }
  const std::string_view trusted = lines[2].substr(kTrusted.size());
  const std::string own = first.substr(kHashed.size() + kNumber);
  const bool is_hashed = first.starts_with(kHashed);
  if (!is_signed(is_hashed ? hashed(bytes) : std::string(bytes), own, key_) ||
      !is_signed(own + std::string(trusted), global, key_)) {
    return forbidden("the signature is not that of these bytes");
  }
  return std::string(trusted);
}

Result<MinisignSecretKey> MinisignSecretKey::parse(std::string_view file) {
  const Error wrong = invalid_input("this is no secret key of minisign");
  const auto lines = lines_of(file);
  if (lines.size() < 2) return wrong;
  const std::string bytes = decoded(lines[1], kSecretFile);
  if (!bytes.starts_with(kKey)) return wrong;
  if (bytes[2] != '\0' || bytes[3] != '\0') {
    return invalid_input(
        "the key has a password, which nobody is there to type; make one without: "
        "stet target key, or minisign -G -W");
  }
  MinisignSecretKey key;
  const std::size_t number = kSecretFile - kNumber - kSecret - 32;
  std::copy_n(bytes.begin() + number, kNumber, key.number_.begin());
  std::copy_n(bytes.begin() + number + kNumber, kSecret, key.key_.begin());
  const std::string_view checksum = std::string_view(bytes).substr(kSecretFile - 32);
  const ContentHash expected = content_hash(std::string(kKey) + std::string(view(key.number_)) +
                                            std::string(view(key.key_)));
  // Older versions of minisign leave it out where there is no password.
  if (checksum != view(expected.bytes) && checksum != std::string(32, '\0')) return wrong;
  return key;
}

MinisignSecretKey MinisignSecretKey::make(RandomSource& random) {
  MinisignSecretKey made;
  random.fill(made.number_);
  std::array<std::uint8_t, crypto_sign_SEEDBYTES> seed;
  random.fill(seed);
  std::array<std::uint8_t, kPublic> open;
  crypto_sign_seed_keypair(open.data(), made.key_.data(), seed.data());
  sodium_memzero(seed.data(), seed.size());
  return made;
}

std::string MinisignSecretKey::file() const {
  const std::string secret = std::string(view(number_)) + std::string(view(key_));
  std::string bytes = std::string(kKey) + std::string(2, '\0') + std::string(kChecksum);
  bytes += std::string(32 + 8 + 8, '\0');
  bytes += secret;
  bytes += view(content_hash(std::string(kKey) + secret).bytes);
  return "untrusted comment: minisign secret key\n" + encode_base64(bytes) + "\n";
}

MinisignPublicKey MinisignSecretKey::public_key() const {
  MinisignPublicKey key;
  key.number_ = number_;
  std::copy(key_.begin() + kPublic, key_.end(), key.key_.begin());
  return key;
}

std::string MinisignSecretKey::sign(std::string_view bytes,
                                    std::string_view trusted_comment) const {
  const std::string own = signature_of(hashed(bytes), key_);
  const std::string trusted(trusted_comment);
  return "untrusted comment: signature from minisign secret key\n" +
         encode_base64(std::string(kHashed) + std::string(view(number_)) + own) + "\n" +
         std::string(kTrusted) + trusted + "\n" + encode_base64(signature_of(own + trusted, key_)) +
         "\n";
}

}  // namespace stet
