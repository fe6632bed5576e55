// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(MarkdownLexer, ReadsBlocks) {
  expect_tokens(
      "markdown",
      {
          {"# One\n\n## Two\n\nThree\n=====\n\n* a\n2. b\n> c\n\n***\n",
           "gh=#·One gu=##·Two gu=Three¶=====¶ p=¶* p=2. gt=>·c p=¶***¶"},
          {"text\n\n    code\n\nmore\n", "sb=¶¶····code¶¶"},
          {"[name]: http://a.example \"T\"\n", "p=[ ss=name p=]: sx=http://a.example nn=\"T\""},
      });
}

TEST(MarkdownLexer, ReadsSpans) {
  expect_tokens("markdown",
                {
                    {"a **b** *c* __d__ `e` \\* ![f](g \"h\") [i][j]",
                     "gs=**b** ge=*c* sb=`e` se=\\* p=[ nv=f p=]( sx=g nn=\"h\" p=) p=[ ss=i p=]"},
                    {"<b>x</b> &amp; <http://a.example> <me@a.example>",
                     "nv=<b>x</b>·&amp;·<http://a.example>·<me@a.example>"},
                });
}

TEST(MarkdownLexer, HandsCodeAndFrontMatterToTheirLexers) {
  expect_tokens("markdown",
                {
                    {"---\na: 1\n---\n\n```ruby\nputs 1\n```\n",
                     "nn=--- na=a pi=: m=1 nn=--- p=``` nl=ruby¶ nb=puts mi=1 p=```"},
                    {"```nothing\nx\n```\n", "p=``` nl=nothing¶ sb=x p=```"},
                    {"~~~ json\n{\"a\": 1}\n", "p=~~~ nl=·json¶ p={ nl=\"a\" p=: w=· mi=1 p=} w=¶"},
                });
}

}  // namespace
}  // namespace stet::highlight
