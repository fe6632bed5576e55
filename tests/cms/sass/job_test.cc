#include "cms/sass/job.h"

#include <gtest/gtest.h>

namespace stet::sass {
namespace {

Job sample_job() {
  Job job;
  job.text = std::string("a:b\0\n3:", 8);
  job.name = "main.scss";
  job.is_indented = job.has_map = true;
  job.style = Style::kCompressed;
  job.precision = 7;
  job.imports[{"", "x"}] = std::vector<std::string>{"_x.scss", "x.scss"};
  job.imports[{"_sass", "none"}] = std::vector<std::string>{};
  job.imports[{"_sass", "u.css"}] = std::nullopt;
  job.files["_sass/ü.scss"] = "12:";
  return job;
}

TEST(SassJob, ComesBackFromTheWireAsItWas) {
  Job job = sample_job();
  auto back = decode_job(encode(job));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->text, job.text);
  EXPECT_EQ(back->imports, job.imports);
  EXPECT_EQ(back->files, job.files);
  EXPECT_EQ(encode(*back), encode(job));
  Outcome outcome{"css", "map", true, "why", "x.scss", 3, 4, {{"a", "b"}}, {{"", "c"}}};
  auto outcome_back = decode_outcome(encode(outcome));
  ASSERT_TRUE(outcome_back);
  EXPECT_EQ(encode(*outcome_back), encode(outcome));
  EXPECT_EQ(outcome_back->used, outcome.used);
  EXPECT_EQ(outcome_back->line, 3);
}

TEST(SassJob, EveryPieceOfItIsRefused) {
  std::string bytes = encode(sample_job());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_job(bytes.substr(0, size))) << size;
  }
  EXPECT_FALSE(decode_job(bytes + "0:"));
}

TEST(SassJob, LiesAboutSizesAreRefusedAtOnce) {
  for (const char* bytes : {"99999999999999999999:",
                            "18446744073709551615:x",
                            "5:abc",
                            ":",
                            "-1:",
                            "0:0:1:01:01:01:01:010:2000000000",
                            "1",
                            "x:y"}) {
    EXPECT_FALSE(decode_job(bytes)) << bytes;
    EXPECT_FALSE(decode_outcome(bytes)) << bytes;
  }
}

}  // namespace
}  // namespace stet::sass
