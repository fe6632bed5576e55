// The examples of AWS's documentation ("Signature Calculations for the Authorization Header:
// Transferring Payload in a Single Chunk").

#include "api/targets/signature_v4.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/base/hash.h"

namespace stet::targets {
namespace {

using ::testing::EndsWith;

const S3Credentials kCredentials{"AKIAIOSFODNN7EXAMPLE",
                                 "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"};
constexpr Instant kThen{1'369'353'600};  // 2013-05-24

std::string authorization(SignedRequest request) {
  request.host = "examplebucket.s3.amazonaws.com";
  for (const auto& [name, value] : sign_v4(request, kCredentials, "us-east-1", kThen)) {
    if (name == "Authorization") return value;
  }
  return "";
}

TEST(SignatureV4, IsThatOfThePublishedExamples) {
  const std::string empty = sha256_hex("");
  EXPECT_EQ(authorization({"GET", "", "/test.txt", "", {{"Range", "bytes=0-9"}}, empty}),
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
            "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, "
            "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  EXPECT_THAT(
      authorization({"PUT",
                     "",
                     encode_s3_path("/test$file.text"),
                     "",
                     {{"Date", "Fri, 24 May 2013 00:00:00 GMT"},
                      {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
                     sha256_hex("Welcome to Amazon S3.")}),
      EndsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"));
  EXPECT_THAT(
      authorization({"GET", "", "/", "lifecycle=", {}, empty}),
      EndsWith("Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"));
  EXPECT_THAT(
      authorization({"GET", "", "/", "max-keys=2&prefix=J", {}, empty}),
      EndsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
}

TEST(SignatureV4, EncodesWhatIsNotUnreserved) {
  EXPECT_EQ(encode_s3_path("/a b/ü+~_-.html"), "/a%20b/%C3%BC%2B~_-.html");
  EXPECT_EQ(encode_s3_path("/!'()*@:&="), "/%21%27%28%29%2A%40%3A%26%3D");
}

}  // namespace
}  // namespace stet::targets
