// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(ErbLexer, PartsRubyFromThePage) {
  expect_tokens("erb",
                {
                    {"<p class=\"a\"><%= link_to \"x\", y -%></p>\n<%# note %>\n"
                     "<% if a %>b<% end %>",
                     "nt=<p na=class= s=\"a\" nt=> cp=<%= n=link_to s2=\"x\" p=, n=y cp=-%> "
                     "nt=</p> c=<%#·note·%> cp=<% k=if n=a cp=%> cp=<% k=end cp=%>"},
                });
}

}  // namespace
}  // namespace stet::highlight
