// Keys and signatures in the files of minisign(1): Ed25519 over the BLAKE2b-512 of what is signed,
// and over a trusted comment.
//
// The same bytes, comment and key give the same signature. Threads: values. Secret keys are those
// without a password (`minisign -G -W`): a server has nobody who could type one. Failure:
// kInvalidInput, and no message has any of a key in it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/random.h"
#include "storage/base/result.h"

namespace stet {

class MinisignPublicKey {
 public:
  // The file's text, or its second line alone ("RWQ...").
  static Result<MinisignPublicKey> parse(std::string_view text);

  std::string text() const;  // the second line
  std::string file() const;  // both

  // The trusted comment, where the signature is this key's over these bytes. kForbidden: it is not;
  // kInvalidInput: `signature` is no file of one.
  Result<std::string> verify(std::string_view bytes, std::string_view signature) const;

 private:
  friend class MinisignSecretKey;
  std::array<std::uint8_t, 8> number_{};
  std::array<std::uint8_t, 32> key_{};
};

class MinisignSecretKey {
 public:
  static Result<MinisignSecretKey> parse(std::string_view file);
  static MinisignSecretKey make(RandomSource& random);

  std::string file() const;
  MinisignPublicKey public_key() const;

  // A signature's file. `trusted_comment`: one line.
  std::string sign(std::string_view bytes, std::string_view trusted_comment) const;

 private:
  std::array<std::uint8_t, 8> number_{};
  std::array<std::uint8_t, 64> key_{};
};

}  // namespace stet
