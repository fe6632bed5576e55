#include "api/http/content_digest.h"

#include <gtest/gtest.h>

namespace stet::http {
namespace {

// Of "stet\n", by sha256sum and sha512sum.
constexpr char kSha256[] = "sha-256=:ANLMo3JrJvrT9wEf9F16cBCieYgkXLtT0fFyiqeVQRs=:";
constexpr char kSha512[] =
    "sha-512=:/S5EfFybQXMni87rOFftYvGcOKuxd1zvk8dYDQ1FvsytKEzwsDp/uUwR3jYn8Bt/"
    "+DAYnpSA3Ai7EPCaJSk6lw==:";

TEST(ContentDigest, IsCheckedWhereWeKnowTheAlgorithm) {
  struct Row {
    std::string field;
    DigestCheck wanted;
  };
  std::string both = std::string(kSha256) + ", " + kSha512;
  for (const Row& row : {Row{"", DigestCheck::kRight},
                         Row{kSha256, DigestCheck::kRight},
                         Row{kSha512, DigestCheck::kRight},
                         Row{both, DigestCheck::kRight},
                         Row{std::string(kSha256) + ";x=1", DigestCheck::kRight},
                         Row{"md5=:AAAA:", DigestCheck::kRight},
                         Row{"sha-256=:AAAA:", DigestCheck::kWrong},
                         Row{std::string(kSha512) + ",sha-256=:AAAA:", DigestCheck::kWrong},
                         Row{"sha-256=AAAA", DigestCheck::kMalformed},
                         Row{"sha-256=:A:", DigestCheck::kMalformed},
                         Row{"sha-256=:", DigestCheck::kMalformed},
                         Row{"sha-256", DigestCheck::kMalformed}}) {
    EXPECT_EQ(check_digest(row.field, "stet\n"), row.wanted) << row.field;
  }
}

TEST(ContentDigest, IsGivenByTheAlgorithmThatIsWantedMost) {
  EXPECT_EQ(wanted_digest("sha-256=1", "stet\n"), kSha256);
  EXPECT_EQ(wanted_digest("sha-256=3, sha-512=10", "stet\n"), kSha512);
  EXPECT_EQ(wanted_digest("sha-512=1,sha-256=2", "stet\n"), kSha256);
  for (const char* field : {"", "sha-256=0", "sha-256=11", "md5=5", "sha-256", "sha-256=x"}) {
    EXPECT_EQ(wanted_digest(field, "stet\n"), std::nullopt) << field;
  }
}

}  // namespace
}  // namespace stet::http
