#include "cms/liquid/tokenizer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace stet::liquid {
namespace {

std::vector<std::string> tokens(std::string_view source, bool by_lines = false) {
  Tokenizer tokenizer(source, by_lines);
  std::vector<std::string> all;
  while (const auto token = tokenizer.next()) all.emplace_back(*token);
  return all;
}

TEST(Tokenizer, CutsWhereLiquidDoes) {
  using Tokens = std::vector<std::string>;
  EXPECT_EQ(tokens(""), Tokens{});
  EXPECT_EQ(tokens("a{{ b }}c{% d %}e"), (Tokens{"a", "{{ b }}", "c", "{% d %}", "e"}));
  EXPECT_EQ(tokens("{{ a }b}}"), (Tokens{"{{ a }", "b}}"}));
  EXPECT_EQ(tokens("{{ '}}' }}"), (Tokens{"{{ '}}", "' }}"}));
  EXPECT_EQ(tokens("{{ a\n}}"), (Tokens{"{{ a\n}}"}));
  EXPECT_EQ(tokens("x{{"), (Tokens{"x", "{{"}));
  EXPECT_EQ(tokens("{% a"), (Tokens{"{%", " a"}));
  EXPECT_EQ(tokens("{%}x%}"), (Tokens{"{%}x%}"}));
  EXPECT_EQ(tokens("{a{{b}}"), (Tokens{"{a", "{{b}}"}));
  EXPECT_EQ(tokens("{{{a}}}"), (Tokens{"{{{a}}", "}"}));
}

TEST(Tokenizer, LosesNoByte) {
  for (const std::string source : {"{{{%}}%}{%{{", "}}{{%}%}{%%}{{}}", "{{{{{{", "{%{%{%"}) {
    std::string joined;
    for (const std::string& token : tokens(source)) joined += token;
    EXPECT_EQ(joined, source);
  }
}

TEST(Tokenizer, CutsLinesWhereAsked) {
  EXPECT_EQ(tokens("a\n\nb", true), (std::vector<std::string>{"a", "", "b"}));
}

}  // namespace
}  // namespace stet::liquid
