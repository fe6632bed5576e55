// What Debian's jekyll makes of the same files.
#include "cms/site/data_file.h"

#include "tests/cms/site/made_site.h"

namespace stet::site {
namespace {

std::string data(MadeSite::Files files) {
  MadeSite site(std::move(files));
  return show(liquid::Value(liquid::Ref<liquid::Hash>(&site->data()->hash())));
}

TEST(DataFile, FormatsByExtension) {
  struct {
    std::string path, bytes, out;
  } cases[] = {
      {"a.yml", "x: 1\nd: 2020-01-01\n", "{x: 1, d: 2020-01-01}"},
      {"a.yaml", "- 1\n- b\n", "[1, b]"},
      {"a.json", R"({"a": [1, 2.5, null, "x"]})", "{a: [1, 2.5, nil, x]}"},
      {"a.csv",
       "a b,c,\"d \"\"q\"\"\"\n1,,3\n\"x,\ny\",2\n",
       "[{a b: 1, c: nil, d \"q\": 3}, {a b: x,\ny, c: 2, d \"q\": nil}]"},
      {"a.csv", "a,b\n\n1,2,3,4\n", "[{a: nil, b: nil}, {a: 1, b: 2, : 3}]"},
      {"a.csv", "a,a\n1,2\n", "[{a: 1}]"},
      {"a.csv", "a,b\r\n1,\"\"\r\n", "[{a: 1, b: }]"},
      {"a.csv",
       "\xef\xbb\xbf"
       "a\n1",
       "[{a: 1}]"},
      {"a.csv", "a", "[]"},
      {"a.csv", "", "[]"},
      {"a.tsv", "a\tb\n1\t\n\"q\tr\"\t2\n", "[{a: 1, b: nil}, {a: q\tr, b: 2}]"},
  };
  for (const auto& c : cases) {
    Problems problems;
    EXPECT_EQ(show(parse_data_file(c.path, c.bytes, problems)), c.out) << c.bytes;
    EXPECT_TRUE(problems.empty()) << show(problems);
  }
}

TEST(DataFile, BrokenOnesAreNilAndAProblemWithItsLine) {
  Problems problems;
  EXPECT_EQ(show(parse_data_file("_data/a.yml", "a: 1\nb: [\n", problems)), "nil");
  ASSERT_FALSE(problems.empty());
  EXPECT_EQ(problems[0].path, "_data/a.yml");
  EXPECT_GT(problems[0].line, 1);
}

TEST(DataFile, BrokenTablesAreReadAsFarAsTheyGoAndAProblemWithItsPlace) {
  struct {
    std::string path, bytes, out, message;
    int line, column;
  } cases[] = {
      {"a.csv", "a\n\"unclosed\n", "[{a: unclosed\n}]", "is not closed", 2, 1},
      {"a.csv", "a,b\n1,2\"3\n", "[{a: 1, b: 2\"3}]", "within a field", 2, 4},
      {"a.csv", "a,b\n\"1\n2\",\"3\"4\n", "[{a: 1\n2, b: 34}]", "follows a quoted", 3, 7},
      {"a.tsv",
       "\xef\xbb\xbf"
       "a \"b\"\n",
       "[]",
       "within a field",
       1,
       3},
  };
  for (const auto& c : cases) {
    Problems problems;
    EXPECT_EQ(show(parse_data_file(c.path, c.bytes, problems)), c.out) << c.bytes;
    ASSERT_EQ(problems.size(), 1) << c.bytes;
    EXPECT_EQ(problems[0].path, c.path);
    EXPECT_EQ(problems[0].line, c.line) << c.bytes;
    EXPECT_EQ(problems[0].column, c.column) << c.bytes;
    EXPECT_NE(problems[0].message.find(c.message), std::string::npos) << problems[0].message;
  }
}

TEST(DataFile, NamesAreCleaned) {
  struct {
    std::string path, keys;
  } cases[] = {
      {"_data/a.yml", "a"},
      {"_data/team/members.yml", "team/members"},
      {"_data/x.y.yml", "xy"},
      {"_data/dash-ed_x.yml", "dash-ed_x"},
      {"_data/we ird & name.yml", "we_ird_name"},
      {"_data/sp  ace.yml", "sp_ace"},
      {"_data/ lead.yml", "lead"},
      {"_data/trail .yml", "trail_"},
      {"_data/Ümlaut.yml", "mlaut"},
      {"_data/a b/c d.yml", "a_b/c_d"},
  };
  for (const auto& c : cases) {
    std::string joined;
    for (const std::string& key : data_keys_of(c.path, "_data")) {
      joined += (joined.empty() ? "" : "/") + key;
    }
    EXPECT_EQ(joined, c.keys) << c.path;
  }
}

TEST(DataFile, FoldersWinOverFilesAndLaterFormatsOverEarlier) {
  EXPECT_EQ(data({{"_data/s.yml", "over: 1"}, {"_data/s/e.yml", "x: 2"}}), "{s: {e: {x: 2}}}");
  EXPECT_EQ(data({{"_data/a.csv", "x\n3\n"}, {"_data/a.json", "2"}, {"_data/a.yml", "1"}}),
            "{a: [{x: 3}]}");
  EXPECT_EQ(data({{"_data/a.yaml", "0"}, {"_data/a.yml", "1"}}), "{a: 1}");
  EXPECT_EQ(data({{"_data/s.yml", "s: {e: 1}"}, {"_data/s.x/y.yml", "1"}}),
            "{sx: {y: 1}, s: {s: {e: 1}}}");
}

TEST(DataFile, HiddenOnesAndOtherFormatsAreNone) {
  EXPECT_EQ(data({{"_data/.h.yml", "1"},
                  {"_data/.d/a.yml", "1"},
                  {"_data/a.txt", "1"},
                  {"_data/up.YML", "1"},
                  {"_data/_u.yml", "u: 1"}}),
            "{_u: {u: 1}}");
  EXPECT_EQ(data({{"_config.yml", "data_dir: facts"}, {"facts/a.yml", "1"}, {"_data/b.yml", "2"}}),
            "{a: 1}");
  EXPECT_EQ(data({{"_config.yml", "data_dir: /my/facts/"}, {"my/facts/a.yml", "1"}}), "{a: 1}");
}

}  // namespace
}  // namespace stet::site
