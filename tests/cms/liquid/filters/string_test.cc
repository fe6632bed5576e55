#include "tests/cms/liquid/filters/table.h"

namespace stet::liquid {
namespace {

TEST(StringFilters, ChangeCaseByUnicode) {
  bench::check({
      {"downcase", R"("ÉCOLE ΑΣ")", "[]", R"("école ασ")"},
      {"upcase", R"("straße ﬁn")", "[]", R"("STRASSE FIN")"},
      {"capitalize", R"("éCOLE Two")", "[]", R"("École two")"},
      {"capitalize", R"("ǆ")", "[]", R"("ǅ")"},
      {"upcase", "null", "[]", R"("")"},
      {"downcase", "[\"A\",1]", "[]", R"("[\"a\", 1]")"},
  });
}

TEST(StringFilters, ReplaceAsRubysGsubDoes) {
  bench::check({
      {"replace", R"("aXbX")", R"(["X", "-"])", R"("a-b-")"},
      {"replace", R"("aXb")", R"(["X"])", R"("ab")"},
      {"replace", R"("ab")", R"(["", "-"])", R"("-a-b-")"},
      {"replace", R"("ab")", R"(["b", "[\\0\\1\\\\]"])", R"("a[b\\]")"},
      {"replace", R"("a.b")", R"([".", "x"])", R"("axb")"},
      {"replace_first", R"("aXbX")", R"(["X", "-"])", R"("a-bX")"},
      {"replace_first", R"("ab")", R"([null, "#"])", R"("#ab")"},
      {"remove", R"("aXbX")", R"(["X"])", R"("ab")"},
      {"remove_first", R"("aXbX")", R"(["X"])", R"("abX")"},
      {"remove", R"("hello")", "[null]", R"("hello")"},
      {"append", R"("a")", "[5]", R"("a5")"},
      {"prepend", R"("a")", "[5]", R"("5a")"},
  });
}

TEST(StringFilters, StripAndBreakLinesAsRubyDoes) {
  bench::check({
      {"strip", R"(" \t\u0000 a\u00a0\n\u0000")", "[]", "\"a\u00a0\""},
      {"lstrip", R"(" a ")", "[]", R"("a ")"},
      {"rstrip", R"(" a ")", "[]", R"(" a")"},
      {"strip_newlines", R"("a\r\nb\nc\rd")", "[]", R"("abc\rd")"},
      {"newline_to_br", R"("a\r\nb\n")", "[]", R"("a\r<br />\nb<br />\n")"},
      {"normalize_whitespace", R"("  a \n\t b ")", "[]", R"("a b")"},
      {"normalize_whitespace", "42", "[]", R"("42")"},
  });
}

TEST(StringFilters, SplitAsRubyDoes) {
  bench::check({
      {"split", R"(" a  b ")", R"([" "])", R"(["a", "b"])"},
      {"split", R"("a,,b,,")", R"([","])", R"(["a", "", "b"])"},
      {"split", R"(",a")", R"([","])", R"(["", "a"])"},
      {"split", R"("añb")", R"([""])", R"(["a", "ñ", "b"])"},
      {"split", R"("ab")", "[null]", R"(["a", "b"])"},
      {"split", R"(",")", R"([","])", "[]"},
      {"split", R"("")", R"([","])", "[]"},
      {"split", "null", R"([","])", "[]"},
  });
}

TEST(StringFilters, TruncateByCharactersAndByWords) {
  bench::check({
      {"truncate", R"("Ünïcödé text")", "[7]", R"("Ünïc...")"},
      {"truncate", R"("short")", "[5]", R"("short")"},
      {"truncate", R"("shorter")", "[2]", R"("...")"},
      {"truncate", R"("shorter")", R"([4, ""])", R"("shor")"},
      {"truncate", R"("shorter")", R"(["x"])", "! invalid integer"},
      {"truncate", "null", "[5]", "nil"},
      {"truncatewords", R"("one  two\nthree")", "[2]", R"("one two...")"},
      {"truncatewords", R"("one two three")", "[3]", R"("one two three...")"},
      {"truncatewords", R"("one two")", "[3]", R"("one two")"},
      {"truncatewords", R"("one two")", "[-9]", R"("one...")"},
      {"truncatewords", R"("one two three")", "[2, 1]", R"("one two1")"},
      {"truncatewords", "5", "[2]", "5"},
  });
}

TEST(StringFilters, CountWordsInEveryScript) {
  bench::check({
      {"number_of_words", R"("one two  three")", "[]", "3"},
      {"number_of_words", R"("你好hello世界 안녕")", "[]", "2"},
      {"number_of_words", R"("你好hello世界 안녕")", R"(["cjk"])", "7"},
      {"number_of_words", R"("你好hello世界 안녕")", R"(["auto"])", "7"},
      {"number_of_words", R"("just words")", R"(["auto"])", "2"},
      {"number_of_words", R"("")", R"(["cjk"])", "0"},
  });
}

TEST(StringFilters, AskBeforeTheyMakeSomethingLarge) {
  for (std::string_view filter : {"append", "prepend", "replace"}) {
    bench::CountingContext context;
    context.bytes_max = 1000;
    Value large{std::string(600, 'a')};
    std::vector<Value> arguments = {large};
    if (filter == "replace") arguments = {Value(std::string("a")), large};
    EXPECT_FALSE(bench::run(context, filter, large, arguments).has_value()) << filter;
    EXPECT_GE(context.bytes, 1200U) << filter;
  }
}

}  // namespace
}  // namespace stet::liquid
