#include <algorithm>
#include <set>

#include "cms/liquid/filters/tables.h"
#include "tests/cms/liquid/filters/table.h"

namespace stet::liquid {
namespace {

TEST(ArrayFilters, WalkListsWithinLists) {
  bench::check({
      {"join", R"([1, [2, [null, "x"]]])", R"(["-"])", R"("1-2--x")"},
      {"join", "[1, 2]", "[]", R"("1 2")"},
      {"join", "null", R"(["-"])", R"("")"},
      {"join", R"({"a": 1})", R"(["-"])", R"("{\"a\"=>1}")"},
      {"reverse", "[1, [2, 3]]", "[]", "[3, 2, 1]"},
      {"compact", "[1, null, [null, 2]]", "[]", "[1, 2]"},
      {"compact", R"([{"a": 1}, {"a": null}])", R"(["a"])", R"([{"a"=>1}])"},
      {"uniq", R"([1, 1.0, "1", 1, {"a": 1}, {"a": 1}])", "[]", R"([1, 1.0, "1", {"a"=>1}])"},
      {"uniq", R"([{"a": 1, "b": 2}, {"a": 1}])", R"(["a"])", R"([{"a"=>1, "b"=>2}])"},
      {"concat", "[1]", "[[2, [3]]]", "[1, 2, [3]]"},
      {"concat", "[1]", "[5]", "! concat filter requires an array argument"},
      {"map", R"([{"a": 1}, [{"a": 2}], {}, null, "xay"])", R"(["a"])", R"([1, 2, nil, nil, "a"])"},
      {"map", "[1]", R"(["a"])", "! cannot select the property 'a'"},
      {"map", R"({"a": 3})", R"(["a"])", "[3]"},
  });
}

TEST(ArrayFilters, TakePartsOfTextAndLists) {
  bench::check({
      {"slice", R"("Liquid")", "[-2, 99]", R"("id")"},
      {"slice", R"("Lïquid")", "[1, 3]", R"("ïqu")"},
      {"slice", R"("abc")", "[3]", R"("")"},
      {"slice", R"("abc")", "[-9]", R"("")"},
      {"slice", R"("abc")", "[1, null]", R"("b")"},
      {"slice", R"("abc")", "[1, -1]", R"("")"},
      {"slice", R"("abc")", R"(["x"])", "! invalid integer"},
      {"slice", "[1, 2, 3]", "[-2, 2]", "[2, 3]"},
      {"first", "[1, 2]", "[]", "1"},
      {"last", "[1, 2]", "[]", "2"},
      {"first", R"({"a": 1})", "[]", R"(["a", 1])"},
      {"first", R"("abc")", "[]", "nil"},
      {"size", R"("añb")", "[]", "3"},
      {"size", R"({"a": 1})", "[]", "1"},
      {"size", "5", "[]", "8"},
      {"size", "null", "[]", "0"},
      {"default", R"("")", R"(["x"])", R"("x")"},
      {"default", "[]", R"(["x"])", R"("x")"},
      {"default", "false", R"(["x"])", R"("x")"},
      {"default", "0", R"(["x"])", "0"},
      {"default", "null", "[]", R"("")"},
  });
}

TEST(ListFilters, SortAsJekyllDoes) {
  bench::check({
      {"sort", R"(["b", "a", "C"])", "[]", R"(["C", "a", "b"])"},
      {"sort", "[10, 9.5, 2]", "[]", "[2, 9.5, 10]"},
      {"sort", "null", "[]", "! Cannot sort a null object."},
      {"sort", R"(["b", null, "a"])", "[]", "! comparison of NilClass with String failed"},
      {"sort", R"([1, "a"])", "[]", "! comparison of Integer with String failed"},
      {"sort", R"(["a", 1])", "[]", "! comparison of String with 1 failed"},
      {"sort", R"([{"k": "10"}, {"k": "9"}, {}])", R"(["k"])", R"([{}, {"k"=>"9"}, {"k"=>"10"}])"},
      {"sort", R"([{"k": 1}, {}])", R"(["k", "last"])", R"([{"k"=>1}, {}])"},
      {"sort",
       R"([{"o": {"k": 2}}, {"o": {"k": 1}}])",
       R"(["o.k"])",
       R"([{"o"=>{"k"=>1}}, {"o"=>{"k"=>2}}])"},
      {"sort",
       "[{}]",
       R"(["k", "middle"])",
       "! Invalid nils order: 'middle' is not a valid nils order. It must be 'first' or 'last'."},
      {"sort_natural", R"(["b", "A", null, "a"])", "[]", R"(["A", "a", "b", nil])"},
      {"sort_natural", R"([{"t": "b"}, {"t": "A"}])", R"(["t"])", R"([{"t"=>"A"}, {"t"=>"b"}])"},
  });
}

TEST(ListFilters, FindItemsByTheirProperties) {
  constexpr std::string_view kItems = R"([{"n": "a", "w": "10", "tags": ["x", "y"]},
      {"n": "b", "w": 9, "tags": []}, {"n": "c", "tags": "x", "o": {"p": 1.5}}])";
  const bench::Row rows[] = {
      {"where", kItems, R"(["w", 10])", "a"},
      {"where", kItems, R"(["w", null])", "c"},
      {"where", kItems, R"(["tags", "x"])", "ac"},
      {"where", kItems, R"(["o.p", "1.5"])", "c"},
      {"where", kItems, R"(["o.p", 1.5])", "c"},
      {"where", kItems, R"(["n", ""])", ""},
  };
  for (const bench::Row& row : rows) {
    bench::CountingContext context;
    std::vector<Value> arguments;
    for (const auto& a : nlohmann::ordered_json::parse(row.arguments)) {
      arguments.push_back(bench::value_of(a));
    }
    Value found = bench::run(context, row.filter, bench::from_json(row.input), arguments).value();
    Value names = bench::run(context, "map", found, {Value(std::string("n"))}).value();
    EXPECT_EQ(to_text(names, context.host()), row.expected) << row.arguments;
  }
  bench::check({
      {"where", R"({"z": {"n": 1}, "y": {"n": 2}})", R"(["n", 2])", R"([{"n"=>2}])"},
      {"where", R"("text")", R"(["n", 1])", R"("text")"},
      {"where", R"(["b"])", R"(["n", 1])", "[]"},
      {"where", "[5]", R"(["n", 1])", "! no implicit conversion of String into Integer"},
      {"find", R"([{"n": 1}, {"n": 2, "m": 3}])", R"(["n", 2])", R"({"n"=>2, "m"=>3})"},
      {"find", R"([{"n": 1}])", R"(["n", 2])", "nil"},
      {"group_by",
       R"([{"n": "07"}, {"n": 7}, {}])",
       R"(["n"])",
       R"([{"name"=>"7", "items"=>[{"n"=>"07"}, {"n"=>7}], "size"=>2}, )"
       R"({"name"=>"", "items"=>[{}], "size"=>1}])"},
      {"group_by",
       R"([{"n": ["a"]}])",
       R"(["n"])",
       R"([{"name"=>"[\"a\"]", "items"=>[{"n"=>["a"]}], "size"=>1}])"},
  });
}

TEST(ListFilters, FindNothingByEmpty) {
  bench::CountingContext context;
  Value items = bench::from_json(R"([{"t": []}, {"t": ["a"]}, {"t": ""}, {}])");
  Value tags{std::string("t")};
  Value found = bench::run(context, "where", items, {tags, Value::empty()}).value();
  EXPECT_EQ(inspect(found, context.host()), R"([{"t"=>[]}, {"t"=>""}, {}])");
}

TEST(ListFilters, AskAnExpressionAboutEachItem) {
  bench::CountingContext context;
  context.evaluate = [](const Value& item) -> Result<Value> {
    return Value(item.as_integer() % 2 == 0);
  };
  std::vector<Value> arguments = {Value(std::string("i")), Value(std::string("ignored"))};
  Value items = bench::from_json("[1, 2, 3, 4]");
  auto show = [&](std::string_view filter) {
    return inspect(bench::run(context, filter, items, arguments).value(), context.host());
  };
  EXPECT_EQ(show("where_exp"), "[2, 4]");
  EXPECT_EQ(show("find_exp"), "2");
  EXPECT_EQ(show("group_by_exp"),
            R"([{"name"=>false, "items"=>[1, 3], "size"=>2}, )"
            R"({"name"=>true, "items"=>[2, 4], "size"=>2}])");
  context.evaluate = [](const Value&) -> Result<Value> { return invalid_input("no"); };
  EXPECT_FALSE(bench::run(context, "where_exp", items, arguments).has_value());
}

TEST(ListFilters, AddTakeAndDraw) {
  bench::check({
      {"push", "[1]", "[[2]]", "[1, [2]]"},
      {"push", "5", "[2]", "5"},
      {"unshift", "[1]", "[2]", "[2, 1]"},
      {"pop", "[1, 2, 3]", "[]", "[1, 2]"},
      {"pop", "[1, 2, 3]", R"(["2"])", "[1]"},
      {"pop", "[1]", "[9]", "[]"},
      {"pop", "[1]", "[-1]", "! negative array size"},
      {"shift", "[1, 2, 3]", "[2]", "[3]"},
      {"shift", "[1]", R"(["x"])", "! invalid integer"},
      {"sample", "[7, 8, 9]", "[]", "7"},
      {"sample", "[7, 8, 9]", "[2]", "[7, 8]"},
      {"sample", "[]", "[]", "nil"},
      {"sample", R"("text")", "[]", R"("text")"},
      {"to_integer", R"("12abc")", "[]", "12"},
      {"to_integer", "3.9", "[]", "3"},
      {"to_integer", "true", "[]", "1"},
      {"to_integer", "[]", "[]", "! undefined method `to_i' for Array"},
      {"array_to_sentence_string", "[]", "[]", R"("")"},
      {"array_to_sentence_string", "[1]", "[]", R"("1")"},
      {"array_to_sentence_string", "[1, 2]", R"(["or"])", R"("1 or 2")"},
      {"array_to_sentence_string", R"(["a", "b", "c"])", "[]", R"("a, b, and c")"},
  });
}

TEST(LazyLists, AreReadNoFurtherThanAFilterLooks) {
  std::vector<std::string> asked;
  Value list{Ref<List>(new bench::NotingList(1000, asked))};
  bench::CountingContext context;
  auto asked_by = [&](std::string_view filter, const std::vector<Value>& arguments) {
    asked.clear();
    EXPECT_TRUE(bench::run(context, filter, list, arguments).has_value()) << filter;
    return asked;
  };
  using Asked = std::vector<std::string>;
  EXPECT_EQ(asked_by("first", {}), Asked({"0"}));
  EXPECT_EQ(asked_by("sample", {}), Asked({"0"}));
  EXPECT_EQ(asked_by("size", {}), Asked({"size"}));
  EXPECT_EQ(asked_by("default", {Value(1)}), Asked());
  Asked sliced = asked_by("slice", {Value(5), Value(2)});
  std::erase(sliced, "size");
  EXPECT_EQ(sliced, Asked({"5", "6"}));
  context.evaluate = [](const Value& item) -> Result<Value> {
    return Value(item.as_integer() == 2);
  };
  Asked found = asked_by("find_exp", {Value(std::string("i")), Value(std::string("x"))});
  std::erase(found, "size");
  EXPECT_EQ(found, Asked({"0", "1", "2"}));
}

TEST(Limits, AListThatHoldsItselfTwiceOverIsPaidForAsItIsFlattened) {
  bench::CountingContext context;
  context.steps_max = 10'000;
  Value list = bench::from_json("[1]");
  for (int i = 0; i < 40; ++i) list = make_array({list, list});
  EXPECT_FALSE(bench::run(context, "join", list).has_value());
  EXPECT_LE(context.steps, 10'100U);
}

TEST(Limits, ARangeTooLongForMemoryIsRefused) {
  bench::CountingContext context;
  context.steps_max = SIZE_MAX;
  EXPECT_FALSE(bench::run(context, "join", Value::range(1, INT64_MAX)).has_value());
}

TEST(Registry, HasEachNameOnceAndEachTableInOrder) {
  std::set<std::string_view> names;
  for (auto table : {array_filters(),
                     date_filters(),
                     list_filters(),
                     markup_filters(),
                     math_filters(),
                     string_filters(),
                     url_filters()}) {
    EXPECT_TRUE(std::ranges::is_sorted(table, {}, &FilterEntry::name));
    for (const FilterEntry& entry : table) EXPECT_TRUE(names.insert(entry.name).second);
  }
}

TEST(Registry, FindsEveryFilterAndNoOther) {
  for (std::string_view name : {"abs",
                                "absolute_url",
                                "append",
                                "array_to_sentence_string",
                                "at_least",
                                "at_most",
                                "capitalize",
                                "ceil",
                                "cgi_escape",
                                "compact",
                                "concat",
                                "date",
                                "date_to_long_string",
                                "date_to_rfc822",
                                "date_to_string",
                                "date_to_xmlschema",
                                "default",
                                "divided_by",
                                "downcase",
                                "escape",
                                "escape_once",
                                "find",
                                "find_exp",
                                "first",
                                "floor",
                                "group_by",
                                "group_by_exp",
                                "h",
                                "inspect",
                                "join",
                                "jsonify",
                                "last",
                                "lstrip",
                                "map",
                                "markdownify",
                                "minus",
                                "modulo",
                                "newline_to_br",
                                "normalize_whitespace",
                                "number_of_words",
                                "plus",
                                "pop",
                                "prepend",
                                "push",
                                "relative_url",
                                "remove",
                                "remove_first",
                                "replace",
                                "replace_first",
                                "reverse",
                                "round",
                                "rstrip",
                                "sample",
                                "sassify",
                                "scssify",
                                "shift",
                                "size",
                                "slice",
                                "slugify",
                                "smartify",
                                "sort",
                                "sort_natural",
                                "split",
                                "strip",
                                "strip_html",
                                "strip_index",
                                "strip_newlines",
                                "times",
                                "to_integer",
                                "truncate",
                                "truncatewords",
                                "uniq",
                                "unshift",
                                "upcase",
                                "uri_escape",
                                "url_decode",
                                "url_encode",
                                "where",
                                "where_exp",
                                "xml_escape"}) {
    const FilterEntry* entry = find_filter(name);
    ASSERT_NE(entry, nullptr) << name;
    EXPECT_EQ(entry->name, name);
    EXPECT_LE(entry->arguments_min, entry->arguments_max);
  }
  for (std::string_view name : {"", "a", "base64_encode", "sum", "zzz", "strip_slash"}) {
    EXPECT_EQ(find_filter(name), nullptr) << name;
  }
}

}  // namespace
}  // namespace stet::liquid
