#include "storage/base/minisign.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stet {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// minisign's own, as those who verify its signatures publish them for tests.
constexpr char kPublic[] = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
constexpr char kSignature[] =
    "untrusted comment: signature from minisign secret key\n"
    "RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/"
    "z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=\n"
    "trusted comment: timestamp:1556193335\tfile:test\n"
    "y/rUw2y8/hOUYjZU71eHp/Wo1KZ40fGy2VJEDl34XMJM+TX48Ss/17u3IvIfbVR1FkZZSNCisQbuQY+bHwhEBg==\n";

TEST(Minisign, VerifiesWhatMinisignHasSigned) {
  auto key = MinisignPublicKey::parse(kPublic);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->text(), kPublic);
  auto trusted = key->verify("test", kSignature);
  ASSERT_TRUE(trusted) << trusted.error().message;
  EXPECT_EQ(*trusted, "timestamp:1556193335\tfile:test");
  EXPECT_EQ(key->verify("Test", kSignature).error().code, ErrorCode::kForbidden);
}

TEST(Minisign, SignsAndVerifiesAndIsNotFooled) {
  CountingRandom random(7);
  const auto secret = MinisignSecretKey::make(random);
  const auto key = secret.public_key();
  const std::string signature = secret.sign("bytes", "commit abc");
  EXPECT_EQ(signature, secret.sign("bytes", "commit abc")) << "the same each time";
  EXPECT_EQ(*key.verify("bytes", signature), "commit abc");
  std::string other = signature;
  other.replace(other.find("commit abc"), 10, "commit abd");
  EXPECT_FALSE(key.verify("bytes", other)) << "the comment is signed too";
  const auto stranger = MinisignSecretKey::make(random);
  EXPECT_THAT(key.verify("bytes", stranger.sign("bytes", "")).error().message,
              HasSubstr("another key"));
  for (std::size_t i = 0; i < signature.size(); ++i) {
    std::string broken = signature;
    broken[i] = broken[i] == 'A' ? 'B' : 'A';
    const bool is_untrusted_comment = i < signature.find('\n');
    EXPECT_EQ(key.verify("bytes", broken).has_value(), is_untrusted_comment) << i;
  }
}

TEST(Minisign, KeysComeBackFromTheirFiles) {
  CountingRandom random;
  const auto secret = MinisignSecretKey::make(random);
  auto read = MinisignSecretKey::parse(secret.file());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->sign("x", "y"), secret.sign("x", "y"));
  auto open = MinisignPublicKey::parse(secret.public_key().file());
  ASSERT_TRUE(open);
  EXPECT_EQ(open->text(), secret.public_key().text());
}

TEST(Minisign, RefusesWhatIsNoKeyAndSaysNothingOfIt) {
  CountingRandom random;
  const std::string file = MinisignSecretKey::make(random).file();
  std::string spoilt = file;
  spoilt[150] = spoilt[150] == 'A' ? 'B' : 'A';
  for (const std::string& text :
       {std::string(), std::string("one\ntwo"), file.substr(0, 80), spoilt}) {
    auto read = MinisignSecretKey::parse(text);
    ASSERT_FALSE(read) << text;
    EXPECT_THAT(read.error().message, Not(HasSubstr("two")));
  }
  EXPECT_FALSE(MinisignPublicKey::parse("RWQ"));
  EXPECT_FALSE(MinisignPublicKey::parse(file));
  // "Sc": its bytes are behind a password.
  const std::size_t line = file.find('\n') + 1;
  std::string locked = file;
  locked.replace(line, 6, "RWRTY0");
  EXPECT_THAT(MinisignSecretKey::parse(locked).error().message, HasSubstr("password"));
}

}  // namespace
}  // namespace stet
