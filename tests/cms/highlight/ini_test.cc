// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(IniLexer, ReadsSectionsAndSettings) {
  expect_tokens(
      "ini",
      {
          {"; note\n[core]\neditor = vi # no comment\npath=C:\\temp \\\n  more",
           "c=;·note¶ nn=[core] py=editor p== s=vi·#·no·comment py=path p== s=C: se=\\t "
           "s=emp· se=\\¶ s=more"},
          {"a=\"b \\\" c\nd\"\nx.y-z = 'q'\nlonely\n# last",
           "py=a p== s=\"b· se=\\\" s=·c¶d\" py=x.y-z p== s='q' err=lonely err=# err=last"},
          {"[open", "err=[open"},
      });
}

TEST(IniLexer, ReadsPropertiesOfJava) {
  expect_tokens("properties",
                {
                    {"! note\n# note\na.b : c\\u0041\\n\nd=1",
                     "c=!·note¶#·note¶ py=a.b p=: s=c se=\\u0041\\n py=d p== s=1"},
                    {"[no] = 2", "err=[no] err== err=2"},
                });
}

}  // namespace
}  // namespace stet::highlight
