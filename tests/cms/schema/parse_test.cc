#include "cms/schema/parse.h"

#include <gtest/gtest.h>

#include "tests/cms/schema/yaml_of.h"

namespace stet::schema {
namespace {

std::string faults_of(std::string_view text) {
  std::string shown;
  for (const Fault& fault : parse_schemas(yaml(text)).faults) {
    shown += fault.pointer + " " + fault.message + "\n";
  }
  return shown;
}

TEST(ParseSchemas, EveryTypeAndWhatItHas) {
  Parsed parsed = parse_schemas(yaml(R"(
posts:
  label: Articles
  help: What we write.
  additional: false
  fields:
    - {name: title, type: text, required: true, min_length: 3, max_length: 80, label: Title}
    - {name: code, type: text, pattern: "^[A-Z]+$", help: Capitals.}
    - {name: intro, type: markdown}
    - {name: until, type: date, min: 2020-01-01, default: today}
    - {name: is_open, type: boolean, default: false}
    - {name: seats, type: number, min: 1, max: 500, integer: true}
    - {name: tags, type: tags, max_items: 5, default: [news]}
    - {name: cover, type: image, external: true}
    - {name: author, type: reference, collection: people}
    - {name: status, type: select, options: [new, {value: 2, label: Two}], default: new}
    - {name: links, type: list, of: {type: object, fields: [{name: url, type: text}]}}
    - {name: words, type: list, of: text}
    - {name: place, type: object, additional: false, fields: [{name: city, type: text}]}
data/people: {shape: list, fields: []}
data/rooms: {shape: map, fields: []}
)"));
  for (const Fault& fault : parsed.faults) ADD_FAILURE() << fault.pointer << " " << fault.message;
  const Schema& posts = parsed.schemas.at("posts");
  EXPECT_EQ(posts.label, "Articles");
  EXPECT_FALSE(posts.takes_others);
  ASSERT_EQ(posts.fields.size(), 13u);
  EXPECT_TRUE(posts.fields[0].is_required);
  EXPECT_EQ(posts.fields[0].size_max, 80u);
  EXPECT_EQ(posts.fields[1].pattern->text(), "^[A-Z]+$");
  EXPECT_EQ(posts.fields[5].is_whole, true);
  EXPECT_EQ(posts.fields[8].collection, "people");
  EXPECT_EQ(posts.fields[9].options[1].label, "Two");
  EXPECT_EQ(posts.fields[10].fields.front().fields.front().name, "url");
  EXPECT_EQ(posts.fields[11].fields.front().type, FieldType::kText);
  EXPECT_EQ(parsed.schemas.at("data/people").shape, Shape::kList);
  EXPECT_EQ(parsed.schemas.at("data/rooms").shape, Shape::kMap);
}

TEST(ParseSchemas, AFaultNamesItsPlaceAndTheMend) {
  struct {
    const char* text;
    const char* wanted;  // the beginning of the only line; "": none
  } cases[] = {
      {"~", ""},
      {"[posts]", " collections are labels"},
      {"posts: 1", "/posts this is keys with values"},
      {"a/b: {}", "/a~1b 'a/b' is no collection"},
      {"posts: {filds: []}", "/posts/filds there is no 'filds' here; there are label"},
      {"posts: {label: [a]}", "/posts/label label is text"},
      {"posts: {additional: maybe}", "/posts/additional additional is true or false"},
      {"posts: {shape: list}", "/posts/shape shape is of data files"},
      {"data/x: {shape: tree}", "/data~1x/shape shape is object"},
      {"posts: {fields: {a: b}}", "/posts/fields fields are a list"},
      {"posts: {fields: [a]}", "/posts/fields/0 a field is keys with values"},
      {"posts: {fields: [{type: text}]}", "/posts/fields/0 a field has a name"},
      {"posts: {fields: [{name: 7, type: text}]}", "/posts/fields/0/name a field has a name"},
      {"posts: {fields: [{name: a}]}", "/posts/fields/0 a field has a type; there are text"},
      {"posts: {fields: [{name: a, type: string}]}", "/posts/fields/0/type there is no type"},
      {"posts: {fields: [{name: a, type: any}]}", "/posts/fields/0/type there is no type"},
      {"posts: {fields: [{name: a, type: text, min: 3}]}",
       "/posts/fields/0/min a field of type text has no 'min'; it has name, type"},
      {"posts: {fields: [{name: a, type: text, pattern: '('}]}",
       "/posts/fields/0/pattern this is no regular expression"},
      {"posts: {fields: [{name: a, type: text, max_length: -1}]}",
       "/posts/fields/0/max_length max_length is a number, 0 or more"},
      {"posts: {fields: [{name: a, type: list, min_items: 3, max_items: 2}]}",
       "/posts/fields/0 the largest size is less"},
      {"posts: {fields: [{name: a, type: number, min: 3, max: 2}]}",
       "/posts/fields/0/max max is less than min"},
      {"posts: {fields: [{name: a, type: date, min: soon}]}", "/posts/fields/0/min min is a date"},
      {"posts: {fields: [{name: a, type: select}]}", "/posts/fields/0 a select has options"},
      {"posts: {fields: [{name: a, type: select, options: []}]}",
       "/posts/fields/0/options a select has options"},
      {"posts: {fields: [{name: a, type: select, options: [yes]}]}",
       "/posts/fields/0/options/0 without quotes yes"},
      {"posts: {fields: [{name: a, type: select, options: [b, b]}]}",
       "/posts/fields/0/options/1 this option is there already"},
      {"posts: {fields: [{name: a, type: reference}]}",
       "/posts/fields/0 a reference names the collection"},
      {"posts: {fields: [{name: a, type: number, default: b}]}",
       "/posts/fields/0/default the default is no value of the field: 'a' is a number"},
      {"posts: {fields: [{name: a, type: list, of: {type: object, fields: [{name: b}]}}]}",
       "/posts/fields/0/of/fields/0 a field has a type"},
      {"posts: {fields: [{name: a, type: text}, {name: a, type: date}]}",
       "/posts/fields/1/name there is a field of this name"},
  };
  for (const auto& c : cases) {
    std::string shown = faults_of(c.text);
    EXPECT_EQ(shown.find(c.wanted), 0u) << c.text << "\n" << shown;
    EXPECT_EQ(std::count(shown.begin(), shown.end(), '\n'), *c.wanted ? 1 : 0) << shown;
  }
}

TEST(ParseSchemas, AFieldWithAFaultIsLeftOutAndTheOthersHold) {
  Parsed parsed =
      parse_schemas(yaml("posts: {fields: [{name: a, type: nosuch}, {name: b, type: text}]}"));
  EXPECT_EQ(parsed.faults.size(), 1u);
  ASSERT_EQ(parsed.schemas.at("posts").fields.size(), 1u);
  EXPECT_EQ(parsed.schemas.at("posts").fields[0].name, "b");
}

TEST(ParseSchemas, HasLimits) {
  std::string many = "posts: {fields: [";
  for (std::size_t i = 0; i <= kFieldsMax; ++i) {
    many += (i ? ", " : "") + ("{name: f" + std::to_string(i)) + ", type: text}";
  }
  EXPECT_EQ(faults_of(many + "]}").find("/posts/fields/1000 there are more than 1000 fields"), 0u);
  std::string deep = "{name: a, type: text}";
  for (std::size_t i = 0; i < kFieldDepthMax; ++i) {
    deep = "{name: a, type: object, fields: [" + deep + "]}";
  }
  EXPECT_NE(faults_of("posts: {fields: [" + deep + "]}").find("at most 5 deep"), std::string::npos);
  std::string wrong = "posts: {fields: [";
  for (std::size_t i = 0; i < 3 * kFaultsMax; ++i) wrong += "1, ";
  EXPECT_EQ(parse_schemas(yaml(wrong + "]}")).faults.size(), kFaultsMax);
}

TEST(ParseSchemas, DraftsFollowPostsUnlessSomethingIsSaidOfThem) {
  Parsed parsed = parse_schemas(yaml("posts: {label: P}\npages: {}"));
  EXPECT_EQ(find_schema(parsed.schemas, "drafts")->label, "P");
  EXPECT_EQ(find_schema(parsed.schemas, "recipes"), nullptr);
  parsed = parse_schemas(yaml("posts: {label: P}\ndrafts: {label: D}"));
  EXPECT_EQ(find_schema(parsed.schemas, "drafts")->label, "D");
}

}  // namespace
}  // namespace stet::schema
