#include "cms/site/parsed_file.h"

#include <gtest/gtest.h>

#include "cms/site/parse_cache.h"
#include "storage/snapshot/blob_id.h"
#include "storage/snapshot/memory_snapshot.h"
#include "tests/cms/site/made_site.h"

namespace stet::site {
namespace {

// Keeps what it is told, and counts what it is asked.
class Kept final : public KnownFiles {
 public:
  std::optional<std::string> find(const BlobId& blob) const override {
    auto found = records.find(blob);
    if (found == records.end()) return std::nullopt;
    ++hits;
    return found->second;
  }
  void add(const BlobId& blob, std::string_view record) override { records[blob] = record; }

  std::map<BlobId, std::string> records;
  mutable int hits = 0;
};

const std::string kTexts[] = {
    "",
    "no front matter\n",
    page("title: T\ntags: [a, b, [c, {d: e}]]\n", "body\n"),
    page("n: ~\nt: yes\ni: -3\nbig: 123456789012345678901234567890\nf: 1.5\nnan: .nan\n"
         "d: 2020-02-29\ntime: 2020-01-01 10:00:00 +0200\nutc: 2020-01-01 10:00:00Z\n"
         "empty: {}\nnone: []\nu: \"\\u00e4\\0\"\n2020: key\n"),
    page("broken: [", "body\n"),
    page("a: 1\na: 2\n<<: {b: 3}\n", ""),
    "---\nnever closed\n",
    "\xEF\xBB\xBF---\na: 1\n---\n\n\nlater\n",
};

std::string shown(const ParsedFile& file) {
  Text body = file.body;
  return file.blob.hex() + (file.has_front_matter ? " +" : " -") +
         show(liquid::Value(file.front_matter)) + " " + std::to_string(body.offset()) + " " +
         std::to_string(body.size()) + " " + body.fingerprint().hex() + " " +
         std::to_string(file.body_line) + "\n" + show(file.problems);
}

TEST(ParsedFile, OfWhatWasKeptIsTheSame) {
  auto known = std::make_shared<Kept>();
  auto nothing = storage::make_memory_snapshot(std::map<std::string, std::string>()).value();
  for (const std::string& text : kTexts) {
    auto snapshot = storage::make_memory_snapshot({{"a.md", text}}).value();
    const BlobId blob = storage::blob_id_of(text);
    ParseCache first(std::make_shared<Texts>(), known);
    auto parsed = first.parse({.path = "a.md", .blob = blob, .snapshot = *snapshot});
    ASSERT_TRUE(parsed);
    ASSERT_TRUE(known->records.contains(blob)) << text;
    known->hits = 0;
    ParseCache second(std::make_shared<Texts>(), known);
    auto again = second.parse({.path = "a.md", .blob = blob, .snapshot = *nothing});
    ASSERT_TRUE(again) << text;
    EXPECT_EQ(known->hits, 1);
    EXPECT_EQ(shown(**again), shown(**parsed));
    EXPECT_TRUE(
        is_same(liquid::Value((*again)->front_matter), liquid::Value((*parsed)->front_matter)) ||
        text.find(".nan") != text.npos);
    auto moved = second.parse({.path = "b.md", .blob = blob, .snapshot = *nothing});
    ASSERT_TRUE(moved);
    for (const Problem& problem : (*moved)->problems) EXPECT_EQ(problem.path, "b.md");
  }
}

TEST(ParsedFile, OfABrokenRecordIsNoneAndTheFileIsRead) {
  for (const std::string& text : kTexts) {
    auto known = std::make_shared<Kept>();
    auto snapshot = storage::make_memory_snapshot({{"a.md", text}}).value();
    const BlobId blob = storage::blob_id_of(text);
    auto parse = [&] {
      return ParseCache(std::make_shared<Texts>(), known)
          .parse({.path = "a.md", .blob = blob, .snapshot = *snapshot});
    };
    auto right = parse();
    ASSERT_TRUE(right);
    const std::string record = known->records[blob];
    for (std::size_t size = 0; size < record.size(); ++size) {
      EXPECT_FALSE(decode_parsed(record.substr(0, size), blob, "a.md")) << size;
      known->records[blob] = record.substr(0, size);
      EXPECT_EQ(shown(**parse()), shown(**right));
    }
    EXPECT_FALSE(decode_parsed(record + "x", blob, "a.md"));
    for (std::size_t bit = 0; bit < record.size() * 8; ++bit) {
      std::string spoilt = record;
      spoilt[bit / 8] = static_cast<char>(spoilt[bit / 8] ^ (1 << bit % 8));
      decode_parsed(spoilt, blob, "a.md");  // ends, and harms nobody
    }
  }
}

TEST(ParsedFile, OfAThemeOrOfAFolderIsHeldAndNotKept) {
  auto known = std::make_shared<Kept>();
  ParseCache cache(std::make_shared<Texts>(), known);
  auto snapshot = storage::make_memory_snapshot({{"a.md", page()}}).value();
  const BlobId blob = storage::blob_id_of(page());
  auto held =
      cache.parse({.path = "a.md", .blob = blob, .snapshot = *snapshot, .is_of_theme = true});
  ASSERT_TRUE(held);
  EXPECT_TRUE((*held)->body.is_held());
  EXPECT_TRUE(known->records.empty());
  EXPECT_FALSE(encode_parsed(**held, "a.md"));
}

TEST(ParsedFile, OfNestedListsBeyondAllMeasureIsNotDecoded) {
  ParsedFile file;
  liquid::Value value;
  for (int i = 0; i < 200; ++i) value = liquid::make_array({value});
  file.front_matter = liquid::Ref<liquid::Hash>(new liquid::Hash({{"a", value}}));
  auto record = encode_parsed(file, "a.md");
  ASSERT_TRUE(record);
  EXPECT_FALSE(decode_parsed(*record, file.blob, "a.md"));
}

}  // namespace
}  // namespace stet::site
