#include "storage/base/sha1.h"

#include <openssl/evp.h>

namespace stet {

Digest<20> sha1(std::string_view head, std::string_view body) {
  Digest<20> digest;
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  // Looked up once: OpenSSL 3 goes through its providers each time that EVP_sha1() is used.
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA1", nullptr);
  EVP_DigestInit_ex(context, algorithm, nullptr);
  EVP_DigestUpdate(context, head.data(), head.size());
  EVP_DigestUpdate(context, body.data(), body.size());
  EVP_DigestFinal_ex(context, digest.bytes.data(), nullptr);
  EVP_MD_CTX_free(context);
  return digest;
}

}  // namespace stet
