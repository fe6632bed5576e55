// Signatures of requests to S3 and what speaks like it: AWS Signature Version 4, in the header.
//
// Pure functions. The whole body's hash is signed, so that nobody on the way can change it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/base/clock.h"

namespace stet::targets {

struct S3Credentials {
  std::string key_id, secret;
  std::string session_token = {};  // "": they are no temporary ones
};

struct SignedRequest {
  std::string method;
  std::string host;   // as the Host header has it
  std::string path;   // from the slash on, encoded by encode_s3_path
  std::string query;  // encoded, its names in order; "" for none
  std::vector<std::pair<std::string, std::string>> headers;  // all of them are signed
  std::string body_sha256;                                   // in hex
};

// All but unreserved characters as %XX; slashes stay.
std::string encode_s3_path(std::string_view path);

// The headers to send beside the request's own: x-amz-date, x-amz-content-sha256, Authorization,
// and x-amz-security-token where the credentials are temporary.
std::vector<std::pair<std::string, std::string>> sign_v4(const SignedRequest& request,
                                                         const S3Credentials& credentials,
                                                         const std::string& region,
                                                         Instant now);

}  // namespace stet::targets
