#include "cms/schema/infer.h"

#include <gtest/gtest.h>

#include "tests/cms/schema/yaml_of.h"

namespace stet::schema {
namespace {

using liquid::Value;

Value value_of(const document::Data& data);

liquid::Ref<liquid::Hash> hash_of(const document::Data& data) {
  std::vector<liquid::Hash::Entry> entries;
  for (const auto& [key, value] : *data.map()) entries.emplace_back(key, value_of(value));
  return liquid::Ref<liquid::Hash>(new liquid::Hash(std::move(entries)));
}

Value value_of(const document::Data& data) {
  if (data.boolean()) return *data.boolean();
  if (data.integer()) return *data.integer();
  if (data.real()) return *data.real();
  if (data.date()) return *data.date();
  if (data.time()) return *data.time();
  if (data.string()) return *data.string();
  if (data.map()) return Value(hash_of(data));
  if (!data.list()) return {};
  std::vector<Value> items;
  for (const auto& item : *data.list()) items.push_back(value_of(item));
  return liquid::Ref<liquid::Array>(new liquid::Array(std::move(items)));
}

Tally tally_of(const std::vector<std::string>& entries) {
  Tally tally;
  for (const std::string& entry : entries) tally.add(*hash_of(yaml(entry)));
  return tally;
}

std::string shown(const std::vector<Field>& fields) {
  std::string text;
  for (const Field& field : fields) {
    text += (text.empty() ? "" : ", ") + field.name + (field.is_required ? "! " : " ") +
            std::string(name_of(field.type));
    if (!field.fields.empty()) text += " (" + shown(field.fields) + ")";
  }
  return text;
}

TEST(Infer, TypesFollowFromValues) {
  struct {
    std::vector<std::string> entries;
    const char* wanted;
  } cases[] = {
      {{"{a: x, b: 1, c: 1.5, d: yes}", "{a: y, b: 2, c: 1, d: no}"},
       "a! text, b! number, c! number, d! boolean"},
      {{"{a: x}"}, "a text"},
      {{"{a: x}", "{b: y}"}, "a text, b text"},
      {{"{a: ~, b: 1}", "{a: x, b: 1}"}, "a text, b! number"},
      {{"{d: 2020-01-01, e: '2020-01-01T10:00Z'}"}, "d date, e date"},
      {{"{title: 404}", "{title: Not found}"}, "title! text"},
      {{"{tags: [a, b], keywords: a b}", "{tags: c d, keywords: [1]}"},
       "tags! tags, keywords! tags"},
      {{"{words: [a, b]}"}, "words tags"},
      {{"{pictures: [/a.jpg, /b.jpg]}"}, "pictures list ( image)"},
      {{"{links: [{url: a}, {url: b, name: c}]}"}, "links list ( object (url! text, name text))"},
      {{"{image: /a/b.JPG}", "{image: c.webp}"}, "image! image"},
      {{"{intro: \"one\\ntwo\"}"}, "intro markdown"},
      {{"{place: {city: x, zip: 7}}"}, "place object (city text, zip number)"},
      {{"{x: [a]}", "{x: b}", "{x: {c: d}}"}, "x! any"},
      {{"{layout: post}"}, "layout select"},
      {{"{s: a}", "{s: b}", "{s: a}", "{s: b}", "{s: a}", "{s: a}"}, "s! select"},
      {{"{s: a}", "{s: b}", "{s: c}", "{s: d}", "{s: e}", "{s: f}"}, "s! text"},
      {{"{e: []}"}, "e list"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(shown(infer_fields(tally_of(c.entries))), c.wanted) << c.entries.front();
  }
}

TEST(Infer, FieldsStandInTheOrderThatFrontMatterHas) {
  EXPECT_EQ(shown(infer_fields(tally_of({"{z: 1, b: 1, a: 1}", "{z: 1, b: 1, a: 1, c: 1}"}))),
            "z! number, b! number, a! number, c number");
}

TEST(Infer, PartsAddUpToTheWhole) {
  std::vector<std::string> entries;
  for (int i = 0; i < 300; ++i) {
    entries.push_back("{zk" + std::to_string(i) + ": v, n: " + std::to_string(i % 7) + ", s: t" +
                      std::to_string(i) + "}");
  }
  Tally whole = tally_of(entries), parts;
  for (std::size_t i = 0; i < entries.size(); i += 70) {
    parts.add(tally_of({entries.begin() + static_cast<long>(i),
                        entries.begin() + static_cast<long>(std::min(i + 70, entries.size()))}));
  }
  EXPECT_EQ(whole.fields.size(), kTallyFieldsMax);
  EXPECT_EQ(shown(infer_fields(whole)), shown(infer_fields(parts)));
  EXPECT_EQ(whole.find("n")->values.counts, parts.find("n")->values.counts);
  EXPECT_TRUE(whole.find("s")->values.has_more);
}

TEST(Infer, MostUsedValuesComeFirst) {
  auto used = most_used(tally_of({"{t: b}", "{t: a}", "{t: c}", "{t: c}"}).find("t")->values, 2);
  ASSERT_EQ(used.size(), 2u);
  EXPECT_EQ(used[0].value, "c");
  EXPECT_EQ(used[1].value, "a");
  EXPECT_EQ(title_of("last_modified-at"), "Last modified at");
}

}  // namespace
}  // namespace stet::schema
