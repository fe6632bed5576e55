#include "api/targets/signature_v4.h"

#include <algorithm>
#include <array>
#include <map>

#include "api/http/url.h"
#include "storage/base/hash.h"
#include "storage/base/hex.h"
#include "storage/base/time.h"

namespace stet::targets {
namespace {

constexpr char kService[] = "s3";

std::string_view text_of(const std::array<std::uint8_t, 32>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// "20130524T000000Z".
std::string stamp_of(Instant now) {
  std::string stamp = iso_instant(now);
  std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
  return stamp;
}

std::string lower(std::string_view name) {
  std::string result(name);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

// Without blanks at the ends, and one where there are several.
std::string trimmed(std::string_view value) {
  std::string result;
  for (char c : value) {
    if (c != ' ' || (!result.empty() && result.back() != ' ')) result += c;
  }
  if (result.ends_with(' ')) result.pop_back();
  return result;
}

}  // namespace

std::string encode_s3_path(std::string_view path) {
  std::string encoded;
  for (;;) {
    const std::size_t slash = path.find('/');
    encoded += http::percent_encode(path.substr(0, slash));
    if (slash == path.npos) return encoded;
    encoded += '/';
    path.remove_prefix(slash + 1);
  }
}

std::vector<std::pair<std::string, std::string>> sign_v4(const SignedRequest& request,
                                                         const S3Credentials& credentials,
                                                         const std::string& region,
                                                         Instant now) {
  const std::string stamp = stamp_of(now), day = stamp.substr(0, 8);
  std::vector<std::pair<std::string, std::string>> added = {
      {"x-amz-date", stamp}, {"x-amz-content-sha256", request.body_sha256}};
  if (!credentials.session_token.empty()) {
    added.emplace_back("x-amz-security-token", credentials.session_token);
  }
  std::map<std::string, std::string> headers = {{"host", request.host}};
  for (const auto& [name, value] : request.headers) headers[lower(name)] = trimmed(value);
  for (const auto& [name, value] : added) headers[name] = trimmed(value);
  std::string lines, names;
  for (const auto& [name, value] : headers) {
    lines.append(name).append(":").append(value).append("\n");
    names.append(names.empty() ? "" : ";").append(name);
  }
  const std::string canonical = request.method + "\n" + request.path + "\n" + request.query + "\n" +
                                lines + "\n" + names + "\n" + request.body_sha256;
  const std::string scope = day + "/" + region + "/" + kService + "/aws4_request";
  const std::string to_sign =
      "AWS4-HMAC-SHA256\n" + stamp + "\n" + scope + "\n" + sha256_hex(canonical);
  auto key = hmac_sha256("AWS4" + credentials.secret, day);
  key = hmac_sha256(text_of(key), region);
  key = hmac_sha256(text_of(key), kService);
  key = hmac_sha256(text_of(key), "aws4_request");
  added.emplace_back("Authorization",
                     "AWS4-HMAC-SHA256 Credential=" + credentials.key_id + "/" + scope +
                         ", SignedHeaders=" + names +
                         ", Signature=" + encode_hex(hmac_sha256(text_of(key), to_sign)));
  return added;
}

}  // namespace stet::targets
