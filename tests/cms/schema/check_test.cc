#include "cms/schema/check.h"

#include <gtest/gtest.h>

#include "tests/cms/schema/yaml_of.h"

namespace stet::schema {
namespace {

World world() {
  return {[](std::string_view path) { return path == "assets/a.jpg" || path == "_config.yml"; },
          [](std::string_view collection, std::string_view name) {
            return collection == "people" && name == "ada";
          }};
}

std::string told(const Schema& schema, std::string_view entry, bool is_draft = false) {
  std::string shown;
  World all = world();
  check({schema, all, is_draft},
        yaml(entry),
        [&](Severity severity, const std::string& pointer, const std::string& message) {
          shown +=
              (severity == Severity::kError ? "" : "warning ") + pointer + " " + message + "\n";
        });
  return shown;
}

struct Case {
  const char* field;  // what follows its name, x
  const char* value;
  const char* wanted;  // the beginning; "": nothing is wrong
};

void check_all(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    Schema schema = schema_of("{name: x, " + std::string(c.field) + "}");
    std::string shown = told(schema, "{x: " + std::string(c.value) + "}");
    EXPECT_EQ(shown.find(c.wanted), 0u) << c.field << " | " << c.value << " | " << shown;
    EXPECT_EQ(shown.empty(), *c.wanted == '\0') << c.field << " | " << c.value << " | " << shown;
  }
}

TEST(Check, Texts) {
  check_all({
      {"type: text", "some words", ""},
      {"type: text", "2020-01-01", ""},
      {"type: text", "'2020'", ""},
      {"type: text", "", ""},
      {"type: text", "2020", "/x 'x' is text: put it in quotes, and this is the number 2020"},
      {"type: text", "yes", "/x 'x' is text: put it in quotes, and this is true"},
      {"type: markdown", "[a]", "/x 'x' is text, and this is a list"},
      {"type: text, max_length: 2", "\"\\u00e9\\u00e9\"", ""},
      {"type: text, max_length: 2", "abc", "/x this has 3 characters; 2 are the most"},
      {"type: text, min_length: 2", "a", "/x this has 1 characters; 2 are the least"},
      {"type: text, required: true", "", "/x 'x' is needed"},
      {"type: text, required: true, label: Name", "", "/x 'x' is needed (Name)"},
      {"type: text, required: true", "''", "/x 'x' is needed"},
      {"type: text, pattern: '^a+$'", "aaa", ""},
      {"type: text, pattern: '^a+$', help: Only a.",
       "ab",
       "/x 'ab' does not fit the pattern ^a+$: Only a."},
  });
}

TEST(Check, DatesAreDaysOrTimesWithTheirOffset) {
  check_all({
      {"type: date", "2020-10-11", ""},
      {"type: date", "'2020-10-11'", ""},
      {"type: date", "2020-10-11 10:00:00 +0200", ""},
      {"type: date", "'2020-10-11T10:00Z'", ""},
      {"type: date", "'2020-10-11T10:00:00.5+02:00'", ""},
      {"type: date", "'2020-10-11T10:00:00'", "/x '2020-10-11T10:00:00' is no date; write a day"},
      {"type: date", "2020-02-31", "/x '2020-02-31' is no date"},
      {"type: date", "2 March 2020", "/x '2 March 2020' is no date"},
      {"type: date", "7", "/x this is no date"},
      {"type: date, min: 2020-10-11", "2020-10-10", "/x 2020-10-10 is before 2020-10-11"},
      {"type: date, max: 2020-10-11", "2020-10-11 23:00:00 +0000", ""},
      {"type: date, max: 2020-10-11", "2020-10-12", "/x 2020-10-12 is after 2020-10-11"},
      {"type: date, max: 2020-10-11 10:00:00 +0200", "'2020-10-11T08:00Z'", ""},
      {"type: date, max: 2020-10-11 10:00:00 +0200",
       "'2020-10-11T08:01Z'",
       "/x 2020-10-11T08:01Z is after 2020-10-11 10:00:00 +0200"},
  });
}

TEST(Check, BooleansAndNumbers) {
  check_all({
      {"type: boolean", "no", ""},
      {"type: boolean", "'no'", "/x 'x' is true or false, without quotes, and this is text"},
      {"type: number", "1.5", ""},
      {"type: number", "'1'", "/x 'x' is a number, without quotes, and this is text"},
      {"type: number, integer: true", "2.0", ""},
      {"type: number, integer: true", "2.5", "/x 2.5 is no whole number"},
      {"type: number, min: 1", "0", "/x 0 is less than 1"},
      {"type: number, max: 1", "1.5", "/x 1.5 is more than 1"},
  });
}

TEST(Check, ListsTagsAndObjects) {
  check_all({
      {"type: list", "[1, a, {b: c}]", ""},
      {"type: list", "a", "/x 'x' is a list, and this is text"},
      {"type: list, of: number", "[1, a]", "/x/1 each of the list is a number"},
      {"type: list, of: number", "[1, ~]", "/x/1 an item of the list is empty"},
      {"type: list, required: true", "[]", "/x 'x' is needed"},
      {"type: list, max_items: 1", "[1, 2]", "/x this has 2 items; 1 are the most"},
      {"type: list, of: {type: object, fields: [{name: u, type: text, required: true}]}",
       "[{u: a}, {v: b}]",
       "/x/1/u 'u' is needed"},
      {"type: tags", "[a, 2020]", ""},
      {"type: tags", "a b", ""},
      {"type: tags, max_items: 1", "a b", "/x 'x' is a list of words, such as [one, two]"},
      {"type: tags", "[yes]", "/x/0 this is true or false; a word is put in quotes"},
      {"type: tags", "[[a]]", "/x/0 this is no word"},
      {"type: tags, pattern: '^[a-z]+$'", "[a, B]", "/x/1 'B' does not fit the pattern"},
      {"type: tags, required: true", "' '", "/x 'x' is needed"},
      {"type: object, fields: [{name: a/b, type: text}]", "{a/b: 1}", "/x/a~1b 'a/b' is text"},
      {"type: object", "{a: 1}", ""},
      {"type: object", "[]", "/x 'x' is keys with values, and this is a list"},
      {"type: object, additional: false, fields: [{name: a, type: text}]",
       "{layout: b}",
       "/x/layout there is no field 'layout' here; there are a"},
  });
}

TEST(Check, FilesEntriesAndOptions) {
  check_all({
      {"type: image", "/assets/a.jpg", ""},
      {"type: image", "assets/a.jpg", ""},
      {"type: image", "{path: /assets/a.jpg, alt: A}", ""},
      {"type: image", "/assets/b.jpg", "/x there is no file '/assets/b.jpg'; upload it"},
      {"type: image", "{path: b}", "/x/path there is no file 'b'"},
      {"type: image", "{path: /assets/a.jpg, alt: [1]}", "/x/alt alt is text"},
      {"type: image", "https://example.org/a.jpg", "/x there is no file 'https:"},
      {"type: image", "/_config.yml", "/x '/_config.yml' is no picture"},
      {"type: image", "{path: /_config.yml}", "/x/path '/_config.yml' is no picture"},
      {"type: image, external: true", "https://example.org/a.jpg", ""},
      {"type: image", "[a]", "/x 'x' is the path of a file"},
      {"type: reference, collection: people", "ada", ""},
      {"type: reference, collection: people", "bob", "/x there is no 'bob' in people"},
      {"type: reference, collection: people", "[ada]", "/x 'x' is the name of one of people"},
      {"type: select, options: [a, 1]", "a", ""},
      {"type: select, options: [a, 1]", "1.0", ""},
      {"type: select, options: [a, 1]", "b", "/x 'b' is none of the options a, 1"},
      {"type: select, options: [a, '1']", "1", "/x the number 1 is none of the options"},
  });
}

TEST(Check, OtherKeysAreTakenUnlessTheSchemaSaysNo) {
  Schema schema = schema_of("{name: a, type: text}");
  EXPECT_EQ(told(schema, "{b: 1}"), "");
  schema.takes_others = false;
  EXPECT_EQ(told(schema, "{a: x, layout: post, permalink: /x/, redirect_from: /y/}"), "");
  EXPECT_EQ(told(schema, "{b: 1}"), "/b there is no field 'b' here; there are a\n");
}

TEST(Check, OfADraftWhatIsMissingIsAWarning) {
  Schema schema = schema_of("{name: a, type: text, required: true}, {name: b, type: number}");
  EXPECT_EQ(told(schema, "{}", true), "warning /a 'a' is needed\n");
  EXPECT_EQ(told(schema, "{a: ''}", true), "warning /a 'a' is needed\n");
  EXPECT_EQ(told(schema, "{a: x, b: y}", true).find("/b 'b' is a number"), 0u);
}

TEST(Check, DataFilesAreOneOrSeveral) {
  Schema schema = schema_of("{name: a, type: number}");
  schema.shape = Shape::kList;
  EXPECT_EQ(told(schema, "[{a: 1}, {a: x}, 7]"),
            "/1/a 'a' is a number, without quotes, and this is text\n"
            "/2 this is keys with values, and not the number 7\n");
  EXPECT_EQ(told(schema, "{a: 1}"), " this file is a list\n");
  schema.shape = Shape::kMap;
  EXPECT_EQ(told(schema, "{k/1: {a: x}, l: {a: 1}}").find("/k~11/a "), 0u);
}

}  // namespace
}  // namespace stet::schema
