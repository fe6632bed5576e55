// The JSON Schemas that are served, asked by another's validator (python3-jsonschema): each is one
// of 2020-12, and takes just those entries that ours takes.

#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "api/routes/field_schema_json.h"
#include "cms/schema/check.h"
#include "cms/schema/infer.h"
#include "cms/schema/parse.h"
#include "cms/site/value_of.h"
#include "tests/storage/git/test_repository.h"

namespace stet::api {
namespace {

using document::Data;
using Map = Data::Map;
using List = Data::List;

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t n) { return engine_() % n; }
  bool often() { return below(4) != 0; }
  bool seldom() { return below(4) == 0; }
  template <typename T, std::size_t n>
  const T& of(const T (&list)[n]) {
    return list[below(n)];
  }

 private:
  std::mt19937 engine_;
};

const char* const kTexts[] = {"",
                              " ",
                              "a",
                              "abc",
                              "xyy",
                              "12",
                              "7-x",
                              "2020-01-01",
                              "2020-13-01",
                              "2020-01-01 10:00:00 +0200",
                              "2020-01-01T10:00",
                              "a b",
                              "\xc3\xa9\xc3\xa9",
                              "/a.jpg",
                              "new"};
const char* const kPatterns[] = {
    "^[a-z]+$", "b", "^(?:x|yy)*$", "[0-9]{2}", "^.{0,3}$", "\\d-\\w", "\\S"};
const char* const kNames[] = {"a", "b", "c", "layout", "d/e"};
const char* const kTypes[] = {"text",
                              "markdown",
                              "date",
                              "boolean",
                              "number",
                              "list",
                              "tags",
                              "image",
                              "reference",
                              "select",
                              "object"};

Data any_value(Random& random, int depth) {
  switch (random.below(depth > 2 ? 8 : 10)) {
    case 0: return {};
    case 1: return random.seldom();
    case 2: return static_cast<std::int64_t>(random.below(9)) - 3;
    case 3: return static_cast<double>(random.below(9)) / 2;
    case 4: return Date{2020, 3, 1};
    case 5: return Time{1600000000, 0, 7200, false};
    case 8: {
      List list;
      for (std::size_t i = random.below(4); i > 0; --i)
        list.push_back(any_value(random, depth + 1));
      return list;
    }
    case 9: {
      Map map;
      for (std::size_t i = random.below(3); i > 0; --i) {
        map.set(random.seldom() ? "path" : random.of(kNames), any_value(random, depth + 1));
      }
      return map;
    }
    default: return random.of(kTexts);
  }
}

Data fields_of(Random& random, int depth);

void add_size(Random& random, Map& field, const std::string& unit) {
  std::int64_t least = static_cast<std::int64_t>(random.below(3));
  if (random.seldom()) field.set("min_" + unit, least);
  if (random.seldom()) field.set("max_" + unit, least + static_cast<std::int64_t>(random.below(3)));
}

Map any_field(Random& random, int depth) {
  std::string type = kTypes[random.below(depth > 2 ? 10 : 11)];
  Map field{{"type", type}};
  if (random.seldom()) field.set("required", true);
  bool is_text = type == "text" || type == "markdown";
  if (is_text) add_size(random, field, "length");
  if ((is_text || type == "tags") && random.seldom()) field.set("pattern", random.of(kPatterns));
  if (type == "tags" || type == "list") add_size(random, field, "items");
  if (type == "list" && depth <= 2 && random.often()) {
    Map item = any_field(random, depth + 1);
    item.erase("required");
    field.set("of", item);
  }
  if (type == "number") {
    if (random.seldom()) field.set("integer", true);
    if (random.seldom()) field.set("min", static_cast<std::int64_t>(random.below(3)));
    if (random.seldom()) field.set("max", 2.5 + static_cast<double>(random.below(2)));
  }
  if (type == "reference") field.set("collection", "people");
  if (type == "image" && random.seldom()) field.set("external", true);
  if (type == "select") field.set("options", List{"new", "abc", 2, Map{{"value", 1.5}}});
  if (type == "object") {
    field.set("fields", fields_of(random, depth + 1));
    if (random.seldom()) field.set("additional", false);
  }
  return field;
}

Data fields_of(Random& random, int depth) {
  List fields;
  for (const char* name : kNames) {
    if (random.seldom()) continue;
    Map field = any_field(random, depth);
    field.set("name", name);
    fields.push_back(std::move(field));
  }
  return fields;
}

// What is likely to fit the field, and sometimes anything.
Data value_for(Random& random, const schema::Field& field, int depth);

Data map_for(Random& random, const std::vector<schema::Field>& fields, int depth) {
  Map map;
  for (const schema::Field& field : fields) {
    if (random.often() || random.often()) map.set(field.name, value_for(random, field, depth));
  }
  if (random.below(8) == 0) map.set(random.seldom() ? "permalink" : "other", 1);
  return map;
}

Data value_for(Random& random, const schema::Field& field, int depth) {
  if (random.below(6) == 0) return any_value(random, depth);
  switch (field.type) {
    case schema::FieldType::kDate: return Date{2020, 1, 1};
    case schema::FieldType::kBoolean: return random.seldom();
    case schema::FieldType::kNumber: return static_cast<std::int64_t>(random.below(5));
    case schema::FieldType::kObject: return map_for(random, field.fields, depth + 1);
    case schema::FieldType::kSelect: return field.options[random.below(field.options.size())].value;
    case schema::FieldType::kList:
    case schema::FieldType::kTags: {
      List list;
      for (std::size_t i = random.below(4); i > 0; --i) {
        list.push_back(field.fields.empty() ? any_value(random, 3)
                                            : value_for(random, field.fields.front(), depth + 1));
      }
      return list;
    }
    default: return random.of(kTexts);
  }
}

bool is_taken(const schema::Schema& schema, const Data& entry, bool is_draft) {
  schema::World world{[](std::string_view) { return true; },
                      [](std::string_view, std::string_view) { return true; }};
  bool is_good = true;
  schema::check({schema, world, is_draft},
                entry,
                [&](Severity severity, const std::string&, const std::string& message) {
                  // Which files are pictures is nothing that a JSON Schema says, as which there
                  // are.
                  if (message.find(" is no picture") != std::string::npos) return;
                  is_good &= severity != Severity::kError;
                });
  return is_good;
}

bool has_validator() {
  return std::system(
             "python3 -c 'import jsonschema; jsonschema.Draft202012Validator' "
             ">/dev/null 2>&1") == 0;
}

// What the other one says of each line.
std::vector<std::string> answers_to(const std::vector<Json>& cases) {
  storage::TemporaryFolder folder;
  std::string in = (folder.path() / "cases").string(), out = (folder.path() / "answers").string();
  {
    std::ofstream file(in);
    for (const Json& one : cases) file << dump(one);
  }
  std::string command = "python3 tests/api/routes/validate_entries.py '" + in + "' > '" + out + "'";
  EXPECT_EQ(std::system(command.c_str()), 0);
  std::vector<std::string> answers;
  std::ifstream file(out);
  for (std::string line; std::getline(file, line);) answers.push_back(line);
  return answers;
}

TEST(FieldSchemaAgreement, AnotherValidatorTakesWhatOursTakesAndRefusesWhatOursRefuses) {
  if (!has_validator()) GTEST_SKIP() << "python3-jsonschema is not installed";
  Random random(20240601);
  std::vector<Json> cases;
  std::vector<std::string> ours;
  for (int i = 0; i < 300; ++i) {
    Map said{{"fields", fields_of(random, 1)}};
    if (random.seldom()) said.set("additional", false);
    schema::Parsed parsed = schema::parse_schemas(Map{{"posts", said}});
    for (const schema::Fault& fault : parsed.faults) {
      ADD_FAILURE() << fault.pointer << " " << fault.message << document::to_string(said);
    }
    const schema::Schema& schema = parsed.schemas.at("posts");
    bool is_draft = random.seldom();
    Json entries = Json::array();
    std::string verdicts;
    for (int j = 0; j < 40; ++j) {
      Data entry = map_for(random, schema.fields, 1);
      entries.push_back(to_json(entry));
      verdicts += is_taken(schema, entry, is_draft) ? '1' : '0';
    }
    Json served = to_json(FieldSchema{schema, schema::Tally(), true, is_draft});
    cases.push_back({{"schema", std::move(served)}, {"entries", std::move(entries)}});
    ours.push_back(std::move(verdicts));
  }
  std::vector<std::string> theirs = answers_to(cases);
  ASSERT_EQ(theirs.size(), ours.size());
  std::size_t taken = 0, refused = 0;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    taken += static_cast<std::size_t>(std::count(ours[i].begin(), ours[i].end(), '1'));
    refused += static_cast<std::size_t>(std::count(ours[i].begin(), ours[i].end(), '0'));
    for (std::size_t j = 0; j < ours[i].size() && theirs[i] != ours[i]; ++j) {
      if (j < theirs[i].size() && theirs[i][j] == ours[i][j]) continue;
      ADD_FAILURE() << cases[i]["schema"].dump() << "\n"
                    << cases[i]["entries"][j].dump() << "\nours " << ours[i][j] << ", theirs "
                    << theirs[i];
      break;
    }
  }
  EXPECT_GT(taken, 1000u);  // of 12,000: the entries are no chaff
  EXPECT_GT(refused, 1000u);
}

TEST(FieldSchemaAgreement, EveryEntryFitsTheSchemaThatIsInferredOfAll) {
  if (!has_validator()) GTEST_SKIP() << "python3-jsonschema is not installed";
  Random random(7);
  std::vector<Json> cases;
  for (int i = 0; i < 100; ++i) {
    schema::Tally tally;
    Json entries = Json::array();
    for (int j = 0; j < 15; ++j) {
      Map entry;
      for (const char* name : kNames) {
        if (random.often()) entry.set(name, any_value(random, 0));
      }
      tally.add(*site::hash_of(entry));
      entries.push_back(to_json(Data(entry)));
    }
    schema::Schema schema;
    schema.key = "posts";
    schema.fields = schema::infer_fields(tally);
    Json served = to_json(FieldSchema{schema, tally, false, false});
    cases.push_back({{"schema", std::move(served)}, {"entries", std::move(entries)}});
  }
  std::vector<std::string> theirs = answers_to(cases);
  ASSERT_EQ(theirs.size(), cases.size());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    EXPECT_EQ(theirs[i], std::string(15, '1')) << cases[i].dump();
  }
}

}  // namespace
}  // namespace stet::api
